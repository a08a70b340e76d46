"""Hangul documents: text at its units, roles by control, packed and distributed forms."""

import struct
import zlib
from pathlib import Path
from typing import ClassVar

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from muniment.core import Chars, Child, Field, Part, Role, State, TextSpan
from muniment.readers.hangul import HANGUL
from muniment.simulate.compound import compound_file
from tests.readers import samples
from tests.readers.contract import ReaderContract, read_bytes

_TEXT, _CONTROL = 67, 71


def _record(sort: int, level: int, data: bytes) -> bytes:
    if len(data) < 0xFFF:
        return struct.pack("<I", sort | level << 10 | len(data) << 20) + data
    return struct.pack("<II", sort | level << 10 | 0xFFF << 20, len(data)) + data


def _text(words: str, level: int = 1) -> bytes:
    return _record(_TEXT, level, words.encode("utf-16-le"))


_SECTION = (
    _text("첫 \x0b" + "\0" * 7 + "문단\r")
    + _record(_CONTROL, 1, b"daeh" + bytes(8))
    + _text("머리말\r", 2)
    + _record(_CONTROL, 1, b"  nf" + bytes(8))
    + _text("각주\r", 2)
    + _text("x" * 3000 + "\r")
)


def _packed(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def _document(flags: int, section: bytes, storage: str = "BodyText") -> bytes:
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05000300, flags)
    files = {"BIN0001.png": _packed(samples.picture())}
    return compound_file(
        {"FileHeader": header.ljust(256, b"\0"), storage: {"Section0": section}, "BinData": files}
    )


_FULL = _document(1, _packed(_SECTION))


class TestHangul(ReaderContract):
    reader = HANGUL
    samples: ClassVar = {"every kind of text": _FULL}


def _spans(parts: list[Part]) -> list[TextSpan]:
    return [part for part in parts if isinstance(part, TextSpan)]


def test_text_stands_at_its_units_with_its_role(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_FULL, tmp_path)
    assert _spans(parts)[:4] == [
        TextSpan(Chars(0, 2, "1"), "첫 "),
        TextSpan(Chars(10, 12, "1"), "문단"),
        TextSpan(Chars(13, 16, "1"), "머리말", Role.HEADER),
        TextSpan(Chars(17, 19, "1"), "각주", Role.NOTE),
    ]


def test_pictures_are_children(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(_FULL, tmp_path)
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert child.at == Field("BinData/BIN0001.png")
    assert (scratch / child.digest.hex).read_bytes() == samples.picture()


def test_a_document_with_a_password_is_locked(tmp_path: Path) -> None:
    reading, _, _ = read_bytes(_document(3, b"\0" * 64), tmp_path)
    assert reading.state is State.LOCKED


def test_a_document_for_distribution_is_opened(tmp_path: Path) -> None:
    """The key is made and veiled here as the description of the format says, step by step."""
    seed, key = 0x1234_5677, bytes(range(65, 81))
    state, veil = seed, b""
    while len(veil) < 256:
        state = (state * 214013 + 2531011) % (1 << 32)
        byte = (state >> 16) % 0x8000 & 0xFF
        state = (state * 214013 + 2531011) % (1 << 32)
        veil += bytes([byte]) * (((state >> 16) % 0x8000 & 0xF) + 1)
    start = 4 + (seed & 0xF)
    plain = bytearray(256)
    plain[start : start + 16] = key
    data = bytearray(one ^ other for one, other in zip(plain, veil, strict=False))
    data[:4] = struct.pack("<I", seed)
    packed = _packed(_text("배포\r"))
    encryptor = Cipher(AES(key), ECB()).encryptor()  # noqa: S305 - the format fixes it
    sealed = encryptor.update(packed.ljust(-(-len(packed) // 16) * 16, b"\0"))
    section = _record(28, 0, bytes(data)) + sealed
    _, parts, _ = read_bytes(_document(5, section, "ViewText"), tmp_path)
    assert [span.text for span in _spans(parts)] == ["배포"]
