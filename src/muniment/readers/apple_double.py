"""What macOS keeps beside a file's bytes: AppleDouble (`._name`, `__MACOSX/`) and AppleSingle.

    00051607 | version | 16 bytes | count | count × (id, offset, length) | what they point at
    00051600   the same with the file's own bytes in it, as entry 1

- Archives made on a Mac are full of them. They say where a file was downloaded from, what its
  finder comment was, which program made it, and when.
- The file's own bytes and a resource fork that holds anything are children; an extended attribute
  is a property where it is text, and a child where it is not (mostly a property list).

Source: RFC 1740, appendices A and B; Apple's copyfile.c for the attributes behind the Finder's.
"""

import struct
from collections.abc import Iterator
from functools import partial

import msgspec

from muniment.core import Field, Metadata, Part, Problem, Relation, Whole
from muniment.readers.embedded_files import Found, embedded
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_SINGLE, _DOUBLE = b"\x00\x05\x16\x00", b"\x00\x05\x16\x07"
_HEADER, _ENTRY = 26, 12
_MOST_ENTRIES = 64
_LARGEST = 1 << 30
_DATA, _RESOURCES, _NAME, _COMMENT, _DATES, _FINDER = 1, 2, 3, 4, 8, 9
_NEVER = -(1 << 31)
_EMPTY_FORK = b"This resource fork intentionally left blank"
_ATTRIBUTES, _ATTRIBUTES_AT, _ATTRIBUTES_HEADER = b"ATTR", 34, 36
_MOST_ATTRIBUTES = 1_000
_LONGEST_TEXT = 4_096


class _Entry(msgspec.Struct, frozen=True):
    kind: int
    start: int
    end: int


def read_apple_double(source: Source, context: Context) -> Iterator[Part]:
    """Properties and files of an AppleDouble or AppleSingle file.

    Raises:
        RefusedError: it is larger than is held in memory.
        UnreadableError: its list of entries is cut off.
    """
    if source.size > _LARGEST:
        raise RefusedError(f"an AppleSingle file of more than {_LARGEST} bytes")
    data = source.read_all()
    entries = _entries(data)
    names = [data[one.start : one.end] for one in entries if one.kind == _NAME]
    found: list[Found] = []
    for one in entries:
        body = data[one.start : one.end]
        if one.end > len(data):
            yield Problem(Whole(), "section-damaged", "an entry ends behind the end of the file")
        if one.kind == _DATA:
            found.append(_fork("data fork", body, names[0] if len(names) > 0 else None))
        elif one.kind == _RESOURCES and len(body) > 0 and _EMPTY_FORK not in body:
            found.append(_fork("resource fork", body, None))
        elif one.kind == _NAME:
            yield Metadata(Field("name"), "name", _text(body))
        elif one.kind == _COMMENT and body != b"":
            yield Metadata(Field("comment"), "comment", _text(body))
        elif one.kind == _DATES:
            yield from _dates(body)
        elif one.kind == _FINDER:
            yield from _finder(body)
            yield from _attributes(data, one, found)
    yield from embedded(found, context)


def _entries(data: bytes) -> list[_Entry]:
    if len(data) < _HEADER:
        raise UnreadableError("its header is cut off")
    (count,) = struct.unpack_from(">H", data, _HEADER - 2)
    if count > _MOST_ENTRIES or _HEADER + _ENTRY * count > len(data):
        raise UnreadableError("its list of entries is cut off")
    listed = struct.iter_unpack(">III", data[_HEADER : _HEADER + _ENTRY * count])
    return [_Entry(kind, start, start + length) for kind, start, length in listed]


def _fork(name: str, body: bytes, raw_name: bytes | None) -> Found:
    return Found(
        Field(name),
        name if raw_name is None else _text(raw_name),
        partial(bytes, body),
        raw_name=raw_name,
        relation=Relation.EMBEDDED,
        named_here=raw_name is None,
    )


def _text(written: bytes) -> str:
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        return written.decode("mac_roman")


def _dates(body: bytes) -> Iterator[Part]:
    if len(body) < 16:  # noqa: PLR2004 - four times
        return
    for name, seconds in zip(
        ("created", "modified", "backed up", "read"), struct.unpack_from(">4i", body), strict=True
    ):
        if seconds != _NEVER:
            written = str(seconds)
            yield Metadata(Field(name), f"{name} (seconds since 2000-01-01, UTC)", written)


def _finder(body: bytes) -> Iterator[Part]:
    """The four letters each for what the file is and which program it belongs to."""
    for name, written in (("file type", body[:4]), ("file creator", body[4:8])):
        if written.strip(b"\0 ") != b"":
            yield Metadata(Field(name), name, written.decode("mac_roman"))


def _attributes(data: bytes, finder: _Entry, found: list[Found]) -> Iterator[Part]:
    """The extended attributes; their offsets count from the beginning of the file."""
    at = finder.start + _ATTRIBUTES_AT
    if data[at : at + 4] != _ATTRIBUTES or at + _ATTRIBUTES_HEADER > len(data):
        return
    (count,) = struct.unpack_from(">H", data, at + _ATTRIBUTES_HEADER - 2)
    at += _ATTRIBUTES_HEADER
    for _ in range(min(count, _MOST_ATTRIBUTES)):
        if at + 11 > len(data):
            yield Problem(Whole(), "section-damaged", "its list of attributes is cut off")
            return
        start, length, _, letters = struct.unpack_from(">IIHB", data, at)
        raw_name = data[at + 11 : at + 11 + letters].rstrip(b"\0")
        body = data[start : start + length]
        at += (11 + letters + 3) & ~3
        text = _plain(body)
        name = _text(raw_name)
        if text is None:
            found.append(Found(Field(name), name, partial(bytes, body), raw_name=raw_name))
        elif text != "":
            yield Metadata(Field(name), name, text)


def _plain(body: bytes) -> str | None:
    """The value as text; None where it is none."""
    if len(body) > _LONGEST_TEXT or body.startswith(b"bplist"):
        return None
    try:
        text = body.rstrip(b"\0").decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if all(letter.isprintable() or letter in "\r\n\t" for letter in text) else None


def _is_apple_double(head: bytes) -> bool:
    version = head[4:8] in (b"\x00\x01\x00\x00", b"\x00\x02\x00\x00")
    return head.startswith((_SINGLE, _DOUBLE)) and version


APPLE_DOUBLE = Reader(
    name="apple-double",
    version=1,
    media_types=("application/applefile",),
    read=read_apple_double,
    recognises=_is_apple_double,
    begins=rb"\0\x05\x16[\0\x07]",
)
