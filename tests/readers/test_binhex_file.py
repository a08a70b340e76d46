"""BinHex: both forks of a Macintosh file come out of its letters."""

import struct
from binascii import crc_hqx
from pathlib import Path
from typing import ClassVar

from muniment.core import Child, Metadata
from muniment.readers.binhex_file import BINHEX
from tests.readers.contract import ReaderContract, codes, read_bytes

_LETTERS = "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"


def binhex(name: bytes, data: bytes, resources: bytes = b"", *, runs: bool = False) -> bytes:
    """RFC 1741, appendix A; with `runs` of zeros written as runs."""

    def checked(part: bytes) -> bytes:
        return part + struct.pack(">H", crc_hqx(part, 0))

    head = bytes([len(name)]) + name + b"\0TEXTttxt\0\0"
    head += struct.pack(">II", len(data), len(resources))
    raw = (checked(head) + checked(data) + checked(resources)).replace(b"\x90", b"\x90\0")
    if runs:
        raw = raw.replace(bytes(60), b"\0\x90\x3c")
    bits = "".join(f"{byte:08b}" for byte in raw)
    bits += "0" * (-len(bits) % 6)
    letters = "".join(_LETTERS[int(bits[at : at + 6], 2)] for at in range(0, len(bits), 6))
    lines = [f":{letters}:"[at : at + 64] for at in range(0, len(letters) + 2, 64)]
    return "\r\n".join(["(This file must be converted with BinHex 4.0)", "", *lines, ""]).encode()


TEXT = b"who is on the list \x90 " + bytes(60) + b"."


class TestBinHex(ReaderContract):
    reader = BINHEX
    samples: ClassVar = {"two forks": binhex(b"list.txt", TEXT, b"resources")}


def test_a_file_comes_out_of_its_letters(tmp_path: Path) -> None:
    for runs in (False, True):
        _, parts, folder = read_bytes(binhex(b"list.txt", TEXT, b"more", runs=runs), tmp_path)
        children = [part for part in parts if isinstance(part, Child)]
        assert [child.name for child in children] == ["list.txt", "resource fork"]
        assert [(folder / child.digest.hex).read_bytes() for child in children] == [TEXT, b"more"]
        assert "TEXT" in [part.written for part in parts if isinstance(part, Metadata)]
        assert codes(parts) == []


def test_a_fork_with_another_checksum_does_not_come_out(tmp_path: Path) -> None:
    data = binhex(b"list.txt", TEXT)
    at = data.index(b"\r\n:") + 60
    _, parts, _ = read_bytes(
        data[:at] + (b"1" if data[at] != ord("1") else b"2") + data[at + 1 :], tmp_path
    )
    assert codes(parts) == ["crc-mismatch"]
