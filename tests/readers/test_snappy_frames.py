"""Snappy's frames: what they hold is given whole and checked, or not at all."""

import struct
from pathlib import Path
from typing import ClassVar

import pytest

from muniment.core import Child
from muniment.readers.compressed import COMPRESSED
from tests.readers.contract import ReaderContract, codes, read_bytes

_START = b"\xff\x06\0\0sNaPpY"
# CRC-32C of "123456789" is E3069283 (RFC 3720's check value), masked by the format's rule.
_CRC = struct.pack("<I", ((0xE3069283 >> 15 | 0xE3069283 << 17) + 0xA282EAD8) & 0xFFFFFFFF)


def chunk(sort: int, body: bytes) -> bytes:
    return bytes([sort]) + len(body).to_bytes(3, "little") + body


PLAIN = _START + chunk(1, _CRC + b"123456789")
PACKED = _START + chunk(0xFE, bytes(5)) + chunk(0, _CRC + b"\x09\x20123456789")


class TestSnappyFrames(ReaderContract):
    reader = COMPRESSED
    samples: ClassVar = {"plain": PLAIN, "packed": PACKED, "joined": PLAIN + PACKED}


@pytest.mark.parametrize("data", [PLAIN, PACKED])
def test_what_was_packed_comes_out(tmp_path: Path, data: bytes) -> None:
    _, parts, folder = read_bytes(data, tmp_path)
    (child,) = (part for part in parts if isinstance(part, Child))
    assert (folder / child.digest.hex).read_bytes() == b"123456789"


DAMAGED = {
    "another checksum": (_START + chunk(1, bytes(4) + b"123456789"), "crc-mismatch"),
    "a sort that may not be skipped": (PLAIN + chunk(0x02, b""), "member-damaged"),
    "an end that is missing": (PLAIN[:-1], "member-damaged"),
    "a block that breaks off": (_START + chunk(0, _CRC + b"\x09\x20123"), "member-damaged"),
}


@pytest.mark.parametrize("sort", DAMAGED)
def test_half_a_stream_is_no_file(tmp_path: Path, sort: str) -> None:
    data, code = DAMAGED[sort]
    _, parts, _ = read_bytes(data, tmp_path)
    assert codes(parts) == [code]
