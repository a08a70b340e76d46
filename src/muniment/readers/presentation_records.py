"""The records of a binary presentation, and which of them are the current ones.

    Current User ──▶ UserEditAtom ──▶ PersistDirectoryAtom: number of an object → its offset
                         └──▶ the edit before it, and so on

- The newest edit that names an object says where it is; what older edits say of it is past.
- Records are walked without recursion, 24 deep and 500,000 in number at most.

Source: [MS-PPT] §2.1.2, §2.3.2 to §2.3.5; record headers: §2.3.1.
"""

import struct
from collections.abc import Iterator

import msgspec

from muniment.readers.office_art import Record, record_at

USER_EDIT, PERSIST_DIRECTORY = 0x0FF5, 0x1772
DOCUMENT, SLIDE, NOTES, MAIN_MASTER, HANDOUT = 0x03E8, 0x03EE, 0x03F0, 0x03F8, 0x0FC9
SLIDE_LIST, SLIDE_PERSIST, SLIDE_INFO, NOTES_ATOM, SLIDE_ATOM = (
    *(0x0FF0, 0x03F3, 0x03F9, 0x03F1),
    0x03EF,
)
TEXT_HEADER, TEXT_WIDE, TEXT_NARROW, OUTLINE_REFERENCE = 0x0F9F, 0x0FA0, 0x0FA8, 0x0F9E
STRING, HEADERS_FOOTERS, COMMENT, COMMENT_ATOM = 0x0FBA, 0x0FD9, 0x2EE0, 0x2EE1
EX_OBJECTS, EX_EMBED, EX_CONTROL, EX_OBJECT_ATOM = 0x0409, 0x0FCC, 0x0FEE, 0x0FC3
EX_LINK_OBJECT, EX_HYPERLINK, EX_STORAGE = 0x0FCE, 0x0FD7, 0x1011
VBA_INFO_ATOM, DRAWING_GROUP, SHAPE_PROPERTIES = 0x0400, 0x040B, 0xF00B
CRYPT_SESSION = 0x2F14

_CONTAINER = 0xF
_BLOB = 0x138B  # BinaryTagDataBlob: records inside it, though its version does not say so
_DEEPEST = 24
_MOST_RECORDS = 500_000
_MOST_EDITS = 10_000
_MOST_OBJECTS = 1 << 20
_TOKEN_ENCRYPTED = 0xF3D1C4DF


class Edits(msgspec.Struct, frozen=True):
    """Where the current objects are, by number; which is the document; which the cipher's."""

    offsets: dict[int, int]
    document: int
    session: int  # 0 where nothing is encrypted


def walk(data: bytes, start: int, end: int) -> Iterator[tuple[int, Record]]:
    """Every record between two positions, containers before what they hold, with its depth."""
    pending = [(start, min(end, len(data)), 0)]
    for _ in range(_MOST_RECORDS):
        if len(pending) == 0:
            return
        at, last, depth = pending.pop()
        record = record_at(data, at, last)
        if record is None:
            continue
        pending.append((record.end, last, depth))
        yield depth, record
        inside = record.version == _CONTAINER or record.kind == _BLOB
        if inside and depth < _DEEPEST:
            pending.append((record.start, record.end, depth + 1))


def children_of(data: bytes, record: Record) -> Iterator[Record]:
    """The records directly in a container."""
    at = record.start
    for _ in range(_MOST_RECORDS):
        found = record_at(data, at, record.end)
        if found is None:
            return
        yield found
        at = found.end


def edits_of(current_user: bytes, data: bytes) -> Edits | None:
    """The current objects; None where the chain of edits cannot be found."""
    if len(current_user) >= 20:  # noqa: PLR2004 - up to the offset of the edit
        token, offset = struct.unpack_from("<II", current_user, 12)
        found = _chain(data, offset, encrypted=token == _TOKEN_ENCRYPTED)
        if found is not None:
            return found
    return _last_edit(data)


def _last_edit(data: bytes) -> Edits | None:
    """The edit that stands last in the stream, where nothing says which is current."""
    at = data.rfind(struct.pack("<HHI", 0, USER_EDIT, 28))
    return None if at < 0 else _chain(data, at, encrypted=False)


def _chain(data: bytes, offset: int, *, encrypted: bool) -> Edits | None:
    offsets: dict[int, int] = {}
    document = session = 0
    seen: set[int] = set()
    while offset not in seen and len(seen) < _MOST_EDITS:
        seen.add(offset)
        record = record_at(data, offset, len(data))
        if record is None or record.kind != USER_EDIT or record.end - record.start < 28:  # noqa: PLR2004
            break
        before, directory, number = struct.unpack_from("<III", data, record.start + 8)
        if document == 0:
            document = number
            if record.end - record.start >= 32:  # noqa: PLR2004 - the optional last field
                (session,) = struct.unpack_from("<I", data, record.start + 28)
        for key, value in _directory(data, directory):
            offsets.setdefault(key, value)
        offset = before
        if before == 0:
            break
    if document == 0 or document not in offsets:
        return None
    return Edits(offsets, document, session if encrypted or session in offsets else 0)


def _directory(data: bytes, offset: int) -> Iterator[tuple[int, int]]:
    record = record_at(data, offset, len(data))
    if record is None or record.kind != PERSIST_DIRECTORY:
        return
    at = record.start
    for _ in range(_MOST_OBJECTS):
        if at + 4 > record.end:
            return
        (head,) = struct.unpack_from("<I", data, at)
        first, count = head & 0xFFFFF, head >> 20
        count = min(count, (record.end - at - 4) // 4)
        for number, value in enumerate(struct.unpack_from(f"<{count}I", data, at + 4)):
            yield first + number, value
        at += 4 + 4 * count
        if count == 0 and head >> 20 > 0:
            return
