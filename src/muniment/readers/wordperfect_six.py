"""The codes in the text of WordPerfect 6 and later, and the packets before it.

    01…20   letters of western Europe     21…7E   ASCII         80…CF   a function of one byte
    D0…EF   c sub size:2 flags [n id:2 …] … size:2 c            a function that states its length
    F0…FE   c … c                                                … of a length that its code fixes

- A size counts the whole function; a function whose ends disagree is damaged: reading goes on
  behind its first byte.
- Notes, headers and boxes stand in packets before the text; functions name them by number. A
  packet of text that no function names any more is still in the file, and is read as deleted.

Source: the format as libwpd and Apache Tika read it; what the functions are called is theirs.
"""

import re
import struct
from collections.abc import Iterator

import msgspec

from muniment.core import Role
from muniment.readers.wordperfect_signs import SETS_6, SHORT_6, sign_of
from muniment.readers.wordperfect_tokens import Sort, Token

_TEXT = re.compile(rb"[\x21-\x7e\x80]+")  # 80 is the space
_SHOWN = {0x81: "\u00a0", 0x84: "-"}
_ENDS = frozenset((0x87, 0x89))
_FIRST_LINE_END, _LINES = 0xB4, 0xD0  # of one byte: those of D0, counted down
_FIXED = (4, 5, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 8, 8)  # bytes of F0 to FE
_FIRST_VARIABLE, _FIRST_FIXED, _NONE = 0xD0, 0xF0, 0xFF
_SIGN, _UNDO, _TAB, _BOX = 0xF0, 0xF1, 0xE0, 0xDF
_ROLES = {0xD6: Role.HEADER, 0xD7: Role.NOTE, _BOX: Role.BOX}
_FOOTERS = (2, 3)  # subs of D6
_HAS_NUMBERS = 0x80
_HEAD = 14  # bytes of an entry in the list of packets
_OF_TEXT = 0x08
_MOST_BLOCKS = 4_096
_SPACES, _PARAGRAPHS = (1, 2, 3, 20, 21, 22), (*range(4, 10), *range(23, 29))
_CELL, _ROWS, _TABLE_ENDS = 10, range(11, 17), range(17, 20)


class Packet(msgspec.Struct, frozen=True):
    """A packet of text: the bytes in which it runs."""

    start: int
    end: int


def packets_of(data: bytes, index: int) -> dict[int, Packet]:
    """The packets of text by their numbers, from the list at byte `index`."""
    found: dict[int, Packet] = {}
    if index + 4 > len(data):
        return found
    (count,) = struct.unpack_from("<H", data, index + 2)
    for number in range(1, count):
        at = index + _HEAD * number
        if at + _HEAD > len(data):
            break
        sort, size, start = struct.unpack_from("<xB4xII", data, at)
        if sort == _OF_TEXT and start + size <= len(data):
            packet = _text_in(data, start, start + size)
            if packet is not None:
                found[number] = packet
    return found


def _text_in(data: bytes, start: int, end: int) -> Packet | None:
    """The blocks of a packet, one behind the other behind their sizes."""
    if start + 6 > end:
        return None
    (blocks,) = struct.unpack_from("<H", data, start)
    first = start + 6 + 4 * blocks
    if not 0 < blocks <= _MOST_BLOCKS or first > end:
        return None
    sizes = struct.unpack_from(f"<{blocks}I", data, start + 6)
    return Packet(first, min(end, first + sum(sizes)))


def tokens_of_six(data: bytes, start: int, end: int, packets: dict[int, Packet]) -> Iterator[Token]:
    """What stands in these bytes of a document of version 6; names `packets` as stories."""
    at = start
    while at < end:
        code = data[at]
        found = _TEXT.match(data, at, end)
        if found is not None:
            text = found[0].replace(b"\x80", b" ").decode("ascii")
            yield Token(Sort.LETTERS, at, found.end(), text)
            at = found.end()
        elif code < _FIRST_VARIABLE or code == _NONE:
            yield from _of_one_byte(code, at)
            at += 1
        elif code >= _FIRST_FIXED:
            size = _FIXED[code - _FIRST_FIXED]
            yield from _fixed(data, at, min(at + size, end), size)
            at += size
        else:
            size = _size(data, at, end)
            yield from _variable(data, at, size, packets)
            at += size


def _of_one_byte(code: int, at: int) -> Iterator[Token]:
    if 0 < code < len(SHORT_6):
        yield Token(Sort.LETTERS, at, at + 1, SHORT_6[code])
    elif code in _SHOWN:
        yield Token(Sort.LETTERS, at, at + 1, _SHOWN[code])
    elif code in _ENDS:
        yield Token(Sort.PARAGRAPH, at, at + 1)
    elif _FIRST_LINE_END <= code < _LINES:
        yield from _line_end(_LINES - code, at, at + 1)


def _line_end(sub: int, at: int, end: int) -> Iterator[Token]:
    if sub in _SPACES:
        yield Token(Sort.LETTERS, at, end, " ")
    elif sub in _PARAGRAPHS:
        yield Token(Sort.PARAGRAPH, at, end)
    elif sub == _CELL:
        yield Token(Sort.CELL, at, end)
    elif sub in _ROWS:
        yield Token(Sort.ROW, at, end)
    elif sub in _TABLE_ENDS:
        yield Token(Sort.TABLE_END, at, end)


def _fixed(data: bytes, at: int, end: int, size: int) -> Iterator[Token]:
    code = data[at]
    if end - at < size or data[end - 1] != code:
        yield Token(Sort.DAMAGED, at, end)
    elif code == _SIGN:
        yield Token(Sort.LETTERS, at, end, sign_of(SETS_6, data[at + 1], data[at + 2]))
    elif code == _UNDO and data[at + 1] in (0, 1):
        yield Token((Sort.DELETED, Sort.RESTORED)[data[at + 1]], at, end)


def _size(data: bytes, at: int, end: int) -> int:
    """Bytes of a function that states its length; 1 where its ends disagree."""
    if at + 4 > end:
        return 1
    (size,) = struct.unpack_from("<H", data, at + 2)
    last = at + size
    if size < 8 or last > end:  # noqa: PLR2004 - code, sub, sizes, flags, code
        return 1
    same = data[last - 3 : last - 1] == data[at + 2 : at + 4] and data[last - 1] == data[at]
    return size if same else 1


def _variable(data: bytes, at: int, size: int, packets: dict[int, Packet]) -> Iterator[Token]:
    code, end = data[at], at + size
    if size == 1:
        yield Token(Sort.DAMAGED, at, end)
        return
    sub = data[at + 1]
    if code == _LINES:
        yield from _line_end(sub, at, end)
    elif code == _TAB:
        yield Token(Sort.LETTERS, at, end, "\t")
    named = [packets[number] for number in _numbers(data, at, size) if number in packets]
    role = Role.FOOTER if code == min(_ROLES) and sub in _FOOTERS else _ROLES.get(code, Role.BOX)
    for packet in named:
        yield Token(Sort.STORY, at, end, role=role, inner=(packet.start, packet.end))
    if code == _BOX and len(named) == 0:
        yield Token(Sort.NOT_READ, at, end, "a box (a figure or a drawing beside the text)")


def _numbers(data: bytes, at: int, size: int) -> tuple[int, ...]:
    """The packets that a function names."""
    if not data[at + 4] & _HAS_NUMBERS or size < 9:  # noqa: PLR2004 - with their count
        return ()
    count = data[at + 5]
    if at + 6 + 2 * count > at + size:
        return ()
    return struct.unpack_from(f"<{count}H", data, at + 6)
