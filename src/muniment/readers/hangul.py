"""Hangul documents (HWP 5): text with its roles, properties, pictures.

    FileHeader            version, whether packed, locked, or for distribution
    BodyText/Section0 …   records, deflated; ViewText where the document is for distribution
    BinData/BIN0001.jpg … pictures and objects, deflated

- Text stands at `Chars`, counted in the 16-bit units of its section's paragraphs as the file has
  them; the section is the number of the stream, from 1.
- Headers, footers, notes, hidden comments and boxes are told by the control that holds them.

Source: Hancom, "한글 문서 파일 형식 5.0" revision 1.3, §2, §3, §4.3; distribution documents §4.2.
"""

import struct
import zlib
from collections.abc import Iterator
from functools import partial

import msgspec

from muniment.core import Chars, Field, Part, Problem, Relation, Role, TextSpan
from muniment.readers.embedded_files import Found, embedded
from muniment.readers.ole_file import OleFile, open_ole
from muniment.readers.ole_properties import ole_properties
from muniment.readers.reader import Context, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import LockedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.text_blocks import LONGEST_BLOCK

_SIGNATURE = b"HWP Document File"
_PACKED, _LOCKED, _DISTRIBUTED = 1, 2, 4
_MOST_UNPACKED = 1 << 28
_MOST_RECORDS = 5_000_000
_PARAGRAPH_TEXT, _CONTROL, _DISTRIBUTION = 67, 71, 28
_ALONE = frozenset((0, 10, 13, *range(24, 32)))  # controls of one unit; all others take eight
_SHOWN = {9: "\t", 10: "\n", 24: "-", 30: "\u00a0", 31: " "}
_ROLES = {
    b"head": Role.HEADER,
    b"foot": Role.FOOTER,
    b"fn  ": Role.NOTE,
    b"en  ": Role.NOTE,
    b"tcmt": Role.COMMENT,
    b"gso ": Role.BOX,
}


class _Record(msgspec.Struct, frozen=True):
    """A record of a section: its sort, how deep it lies, its contents."""

    sort: int
    level: int
    data: bytes


def read_hangul(source: Source, context: Context) -> Iterator[Part]:
    """The text, properties and pictures of a document.

    Raises:
        LockedError: it is encrypted with a password.
        UnreadableError: it does not say that it is a Hangul document.
    """
    ole = open_ole(source)
    header = ole.read("FileHeader") or b""
    if not header.startswith(_SIGNATURE) or len(header) < 40:  # noqa: PLR2004 - with its flags
        raise UnreadableError("it does not begin as a Hangul document")
    (flags,) = struct.unpack_from("<I", header, 36)
    yield from ole_properties(ole)
    if flags & _LOCKED:
        raise LockedError("a Hangul document that is encrypted with a password")
    storage = "ViewText" if flags & _DISTRIBUTED else "BodyText"
    for path in sorted(ole.within(storage), key=lambda path: (len(path[-1]), path[-1])):
        yield from _section(ole, path, flags)
    yield from embedded(list(_files(ole, flags)), context)


def _section(ole: OleFile, path: tuple[str, ...], flags: int) -> Iterator[Part]:
    digits = "".join(letter for letter in path[-1] if letter.isdecimal())[:5]
    number = str(int(digits or "0") + 1)
    data = ole.read(*path) or b""
    try:
        if flags & _DISTRIBUTED:
            data = _undistributed(data)
        if flags & _PACKED:
            data = _unpacked(data)
    except (zlib.error, ValueError, struct.error) as why:
        message = f"{'/'.join(path)} cannot be unpacked ({said_of(why)})"
        yield Problem(Field("/".join(path)), "part-damaged", message)
        return
    yield from _spans(data, number)


def _spans(data: bytes, section: str) -> Iterator[Part]:
    """The paragraphs of a section, positions counted over all of its texts."""
    position = 0
    controls: list[tuple[int, Role]] = []
    for record in _records(data):
        while len(controls) > 0 and controls[-1][0] >= record.level:
            controls.pop()
        if record.sort == _CONTROL:
            role = _ROLES.get(record.data[3::-1])
            if role is not None:
                controls.append((record.level, role))
        elif record.sort == _PARAGRAPH_TEXT:
            role = controls[-1][1] if len(controls) > 0 else Role.BODY
            for start, text in _texts(record.data):
                at = Chars(position + start, position + start + _units(text), section)
                yield TextSpan(at, text, role)
            position += len(record.data) // 2


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _records(data: bytes) -> Iterator[_Record]:
    at = 0
    for _ in range(_MOST_RECORDS):
        if at + 4 > len(data):
            return
        (head,) = struct.unpack_from("<I", data, at)
        size = head >> 20
        at += 4
        if size == 0xFFF:  # noqa: PLR2004 - the size follows in a word of its own
            if at + 4 > len(data):
                return
            (size,) = struct.unpack_from("<I", data, at)
            at += 4
        yield _Record(head & 0x3FF, head >> 10 & 0x3FF, data[at : at + size])
        at += size


def _texts(data: bytes) -> Iterator[tuple[int, str]]:
    """Stretches of text between controls that are not shown, with their first unit."""
    units = struct.unpack(f"<{len(data) // 2}H", data[: len(data) & ~1])
    begun, held = 0, bytearray()
    at = 0
    while at < len(units):
        unit = units[at]
        if unit >= 32 or unit in (10, 24, 30, 31):  # noqa: PLR2004 - below are controls
            if len(held) == 0:
                begun = at
            letter = _SHOWN.get(unit)
            held += struct.pack("<H", unit) if letter is None else letter.encode("utf-16-le")
            at += 1
            if len(held) < 2 * LONGEST_BLOCK:
                continue
        else:
            at += 1 if unit in _ALONE else 8
        yield from _stretch(begun, held)
        held = bytearray()
    yield from _stretch(begun, held)


def _stretch(begun: int, held: bytearray) -> Iterator[tuple[int, str]]:
    text = bytes(held).decode("utf-16-le", "replace")
    if text != "" and not text.isspace():
        yield begun, text


def _unpacked(data: bytes) -> bytes:
    return zlib.decompressobj(-15).decompress(data, _MOST_UNPACKED)


def _undistributed(data: bytes) -> bytes:
    """A section of a distribution document in the clear; its key stands in its first record."""
    # Loaded when such a document is met: cryptography takes its time to start.
    from cryptography.hazmat.primitives.ciphers import Cipher  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.algorithms import AES  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.modes import ECB  # noqa: PLC0415

    (head,) = struct.unpack_from("<I", data)
    if head & 0x3FF != _DISTRIBUTION or len(data) < 4 + 256:
        raise ValueError("no key at the start of the section")
    key = _distribution_key(data[4:260])
    sealed = data[260:]
    # The format fixes this cipher and mode; nothing is encrypted here.
    decryptor = Cipher(AES(key), ECB()).decryptor()  # noqa: S305
    return decryptor.update(sealed[: len(sealed) - len(sealed) % 16]) + decryptor.finalize()


def _distribution_key(data: bytes) -> bytes:
    """The AES key in 256 bytes that are veiled with the random numbers of Microsoft's C library."""
    (seed,) = struct.unpack_from("<I", data)
    state, veil = seed, bytearray()
    while len(veil) < len(data):
        state = (state * 214013 + 2531011) & 0xFFFFFFFF
        byte = state >> 16 & 0xFF
        state = (state * 214013 + 2531011) & 0xFFFFFFFF
        veil += bytes([byte]) * ((state >> 16 & 0xF) + 1)
    plain = bytes(one ^ other for one, other in zip(data, veil, strict=False))
    start = 4 + (seed & 0xF)
    return plain[start : start + 16]


def _files(ole: OleFile, flags: int) -> Iterator[Found]:
    for path in ole.within("BinData"):
        at, name = Field("/".join(path)), path[-1]
        yield Found(at, name, partial(_binary, ole, path, flags))
    if ole.has("PrvImage"):
        data = partial(_binary, ole, ("PrvImage",), 0)
        yield Found(Field("PrvImage"), "PrvImage", data, relation=Relation.THUMBNAIL)


def _binary(ole: OleFile, path: tuple[str, ...], flags: int) -> bytes:
    """A file of the document; one that does not unpack is not packed, as the format allows."""
    data = ole.read(*path) or b""
    if flags & _PACKED == 0:
        return data
    try:
        return _unpacked(data)
    except zlib.error:
        return data


HANGUL = Reader(name="hangul", version=2, media_types=("application/x-hwp",), read=read_hangul)
