"""Folders of Outlook Express (.dbx): each message with its exact bytes.

    header: at C4 how many messages, at E4 where the tree begins
    tree node     18 bytes of head, then 12 bytes an entry: message info, child node, count
    message info  12 bytes of head, then 4 bytes an entry: kind u8, value u24
    message       segments: own offset, size, length here, next segment

- Announced is what the header counts, or what the tree lists where that is more.
- Trees and chains are followed once; one that leads back is a Problem.

Source: Arne Schloh, Outlook Express dbx format (2001-2009), checked against the files themselves.
"""

import re
import struct
from collections.abc import Iterator

from muniment.core import Member, Part, Problem, Relation, Tally, Whole
from muniment.readers.members import DamagedError, Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source

_SIGNATURE = bytes.fromhex("cfad12fec5fd746f")  # a folder of messages; other files end otherwise
_COUNT_AT, _ROOT_AT = 0xC4, 0xE4
_NODE_HEAD, _INFO_HEAD, _SEGMENT_HEAD = 0x18, 12, 16
_MOST_MESSAGES = 1 << 20
_MOST_ENTRIES = 0xFF
_MOST_SEGMENTS = 1 << 20
_MESSAGE, _FLAGS = 0x04, 0x01
_DIRECT = 0x80


def read_outlook_express(source: Source, context: Context) -> Iterator[Part]:
    """The messages of a folder, in the order of its tree."""
    head = source.read_at(0, 0x100)
    if len(head) < 0x100:  # noqa: PLR2004 - the part of the header that is used
        raise UnreadableError("its header is cut off")
    count, root = (struct.unpack_from("<I", head, at)[0] for at in (_COUNT_AT, _ROOT_AT))
    found = list(_infos(source, root))
    announced = max(len(found), count if count < _MOST_MESSAGES else 0)
    yield Tally(Whole(), "messages", announced)
    for index, offset in enumerate(found):
        yield _message(source, context, index, offset)
    if announced > len(found):
        message = f"{announced} messages are announced, {len(found)} are listed"
        yield Problem(Whole(), "members-missing", message)


def _infos(source: Source, root: int) -> Iterator[int]:
    """Where the info of each message stands."""
    pending = [root] if root != 0 else []
    seen: set[int] = set()
    while len(pending) > 0 and len(seen) < _MOST_MESSAGES:
        offset = pending.pop()
        if offset in seen:
            continue
        seen.add(offset)
        node = source.read_at(offset, _NODE_HEAD + 12 * _MOST_ENTRIES)
        if len(node) < _NODE_HEAD or int.from_bytes(node[:4], "little") != offset:
            continue
        first = int.from_bytes(node[8:12], "little")
        rows = range(min(node[0x11], (len(node) - _NODE_HEAD) // 12))
        entries = [struct.unpack_from("<III", node, _NODE_HEAD + 12 * row) for row in rows]
        for info, _, _ in entries:
            if info != 0:
                yield info
        children = [first, *(child for _, child, _ in entries)]
        pending.extend(child for child in reversed(children) if child != 0)


def _message(source: Source, context: Context, index: int, offset: int) -> Part:
    values = _info(source, offset)
    start = values.get(_MESSAGE)
    if start is None:
        return Problem(Member(index), "member-damaged", "the place of a message is not stated")
    stated = (("offset", str(start)), ("flags", f"{values.get(_FLAGS, 0):08x}"))
    entry = Entry(Member(index), index, Relation.MEMBER, b"", "", stated)
    return child_or_problem(context.children, entry, _segments(source, start))


def _info(source: Source, offset: int) -> dict[int, int]:
    """The values of a message info, by their kind."""
    head = source.read_at(offset, _INFO_HEAD)
    if len(head) < _INFO_HEAD:
        return {}
    count = head[10]
    entries = source.read_at(offset + _INFO_HEAD, 4 * count)
    values = {}
    for at in range(0, len(entries) // 4 * 4, 4):
        kind, value = entries[at], int.from_bytes(entries[at + 1 : at + 4], "little")
        if kind & _DIRECT:
            values[kind & 0x7F] = value
        else:
            there = offset + _INFO_HEAD + 4 * count + value
            values[kind] = int.from_bytes(source.read_at(there, 4), "little")
    return values


def _segments(source: Source, offset: int) -> Iterator[bytes]:
    seen: set[int] = set()
    while offset != 0:
        head = source.read_at(offset, _SEGMENT_HEAD)
        if len(head) < _SEGMENT_HEAD or offset in seen or len(seen) > _MOST_SEGMENTS:
            raise DamagedError("member-damaged", "the chain of a message's segments is broken")
        seen.add(offset)
        own, _, length, after = struct.unpack("<IIII", head)
        data = source.read_at(offset + _SEGMENT_HEAD, length)
        if own != offset or len(data) < length:
            raise DamagedError("member-damaged", "a segment of a message is not there")
        yield data
        offset = after


def _is_outlook_express(head: bytes) -> bool:
    return head.startswith(_SIGNATURE)


OUTLOOK_EXPRESS = Reader(
    name="outlook-express",
    version=1,
    media_types=("application/x-outlook-express",),
    read=read_outlook_express,
    recognises=_is_outlook_express,
    begins=re.escape(_SIGNATURE),
)
