"""BinHex 4.0 (.hqx): a Macintosh file written as letters, as old mail and archives carry it.

    (This file must be converted with BinHex 4.0)
    :letters of six bits each … :   ──▶ runs undone ──▶ header, data fork, resource fork

- Each fork that holds bytes is a child, if it has the checksum that follows it.
- Name, type and creator are stated.

Source: RFC 1741, appendix A.
"""

import struct
from binascii import crc_hqx
from collections.abc import Iterator
from functools import partial

from muniment.core import Field, Metadata, Part
from muniment.readers.embedded_files import Found, embedded
from muniment.readers.members import DamagedError
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_SIGN = b"(This file must be converted with BinHex"
_WITHIN = 300
_LETTERS = b"!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"
_VALUES = bytes.maketrans(_LETTERS, bytes(range(64)))
_SPACE = b" \t\r\n"
_RUN = 0x90
_LARGEST = 1 << 28
_HEADER = struct.Struct(">x4s4sHII")  # version, type, creator, flags, lengths of the forks


def read_binhex(source: Source, context: Context) -> Iterator[Part]:
    """The forks of the file, and what its header says.

    Raises:
        RefusedError: it is larger than is held in memory.
        UnreadableError: its letters or its header break off.
    """
    if source.size > _LARGEST:
        raise RefusedError(f"a BinHex file of more than {_LARGEST} bytes")
    data = _expanded(_packed(source.read_all()))
    length = data[0] if len(data) > 0 else 0
    at = 1 + length
    if length == 0 or len(data) < at + _HEADER.size + 2:
        raise UnreadableError("its header is cut off")
    raw_name = data[1:at]
    kind, creator, _, size, resources = _HEADER.unpack_from(data, at)
    name = raw_name.decode("mac_roman")
    yield Metadata(Field("name"), "name", name)
    for called, written in (("file type", kind), ("file creator", creator)):
        yield Metadata(Field(called), called, written.decode("mac_roman"))
    start = at + _HEADER.size + 2
    found = [Found(Field("data fork"), name, partial(_fork, data, start, size), raw_name=raw_name)]
    if resources > 0:
        fork = partial(_fork, data, start + size + 2, resources)
        found.append(Found(Field("resource fork"), "resource fork", fork, named_here=True))
    yield from embedded(found, context)


def _packed(data: bytes) -> bytes:
    """The bytes that the letters between the colons stand for."""
    sign = data.find(_SIGN)
    start = data.find(b":", data.find(b"\n", sign) if b"\n" in data[sign:] else sign)
    end = data.find(b":", start + 1)
    if sign < 0 or start < 0:
        raise UnreadableError("its letters do not begin")
    letters = data[start + 1 : len(data) if end < 0 else end].translate(None, _SPACE)
    values = letters.translate(_VALUES)
    if len(letters.translate(None, _LETTERS)) > 0:
        raise UnreadableError("a letter in it is none of BinHex")
    whole = len(values) // 4 * 4
    packed = bytearray()
    for one, two, three, four in zip(*(values[n:whole:4] for n in range(4)), strict=True):
        group = one << 18 | two << 12 | three << 6 | four
        packed += group.to_bytes(3, "big")
    rest = values[whole:].ljust(4, b"\0")
    group = rest[0] << 18 | rest[1] << 12 | rest[2] << 6 | rest[3]
    return bytes(packed) + group.to_bytes(3, "big")[: (len(values) - whole) * 3 // 4]


def _expanded(packed: bytes) -> bytes:
    """The bytes with runs written out: a byte, 0x90 and how often; 0x90 0 is the byte 0x90."""
    out = bytearray()
    pieces = packed.split(bytes([_RUN]))
    out += pieces[0]
    for piece in pieces[1:]:
        count, rest = piece[:1] or b"\1", piece[1:]
        if count == b"\0":
            out.append(_RUN)
        elif len(out) > 0:
            out += out[-1:] * (count[0] - 1)
        out += rest
    return bytes(out)


def _fork(data: bytes, start: int, size: int) -> bytes:
    body, stated = data[start : start + size], data[start + size : start + size + 2]
    if len(body) < size or len(stated) < 2:  # noqa: PLR2004 - its checksum
        raise DamagedError("member-damaged", "its bytes end too early")
    if crc_hqx(body, 0) != int.from_bytes(stated, "big"):
        raise DamagedError("crc-mismatch", "its bytes do not have the checksum that is stated")
    return body


def _is_binhex(head: bytes) -> bool:
    """Only where it begins as one: a mail with such a file in its text is a mail."""
    start = head.lstrip()
    return start.startswith(_SIGN) and b"\n:" in start[:_WITHIN].replace(b"\r", b"\n")


BINHEX = Reader(
    name="binhex",
    version=1,
    media_types=("application/mac-binhex40",),
    read=read_binhex,
    recognises=_is_binhex,
    begins=rb"\s*\(This file must be ",
)
