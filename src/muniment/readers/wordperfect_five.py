"""The codes in the text of WordPerfect 5.0 and 5.1.

    20…7E   ASCII                       00…1F, 80…BF   a function of one byte
    C0…CF   c … c                       a function of a length that its code fixes
    D0…FF   c sub size:2 … size:2 sub c   a function that states its length

- A size counts what follows it, so that the whole is four bytes longer; it stands at both ends.
- A function whose ends disagree is damaged: reading goes on behind its first byte.

Source: the format as libwpd and Apache Tika read it; what the functions are called is theirs.
"""

import re
import struct
from collections.abc import Iterator

from muniment.core import Role
from muniment.readers.wordperfect_signs import SETS_5, sign_of
from muniment.readers.wordperfect_tokens import Sort, Token

_TEXT = re.compile(rb"[\x20-\x7e]+")
_SHOWN = {
    **dict.fromkeys((0x0B, 0x0D, *range(0x90, 0x96)), " "),  # soft ends of lines and pages
    0xA0: "\u00a0",
    **dict.fromkeys((0xA9, 0xAA, 0xAB), "-"),
}
_ENDS = frozenset((0x0A, 0x0C, 0x8C, 0x99))
_FIXED = (4, 9, 11, 3, 3, 5, 6, 7, 4, 5, 6, 6, 8, 10, 10, 12)  # bytes of C0 to CF
_SIGN, _TAB, _INDENT, _FIRST_FIXED, _FIRST_VARIABLE = 0xC0, 0xC1, 0xC2, 0xC0, 0xD0
_HEADERS, _NOTES, _BOX, _TABLE_AT_LINE, _TABLE_AT_PAGE = 0xD5, 0xD6, 0xDA, 0xDC, 0xDD
_TABLE = (Sort.CELL, Sort.ROW, Sort.TABLE_END)
_HEADER_HEAD = 18  # bytes before the text of a header
_NOTE_HEAD = 7  # … of an endnote; a footnote states its own


def tokens_of_five(data: bytes, start: int, end: int) -> Iterator[Token]:
    """What stands in these bytes of a document of version 5."""
    at = start
    while at < end:
        code = data[at]
        found = _TEXT.match(data, at, end)
        if found is not None:
            yield Token(Sort.LETTERS, at, found.end(), found[0].decode("ascii"))
            at = found.end()
        elif code < _FIRST_FIXED:
            yield from _of_one_byte(code, at)
            at += 1
        elif code < _FIRST_VARIABLE:
            size = _FIXED[code - _FIRST_FIXED]
            yield from _fixed(data, at, min(at + size, end), size)
            at += size
        else:
            size = _size(data, at, end)
            yield from _variable(data, at, size)
            at += size


def _of_one_byte(code: int, at: int) -> Iterator[Token]:
    if code in _ENDS:
        yield Token(Sort.PARAGRAPH, at, at + 1)
    elif code in _SHOWN:
        yield Token(Sort.LETTERS, at, at + 1, _SHOWN[code])


def _fixed(data: bytes, at: int, end: int, size: int) -> Iterator[Token]:
    code = data[at]
    if end - at < size or data[end - 1] != code:
        yield Token(Sort.DAMAGED, at, end)
    elif code == _SIGN:
        yield Token(Sort.LETTERS, at, end, sign_of(SETS_5, data[at + 1], data[at + 2]))
    elif code in (_TAB, _INDENT):
        yield Token(Sort.LETTERS, at, end, "\t")


def _size(data: bytes, at: int, end: int) -> int:
    """Bytes of a function that states its length; 1 where its ends disagree."""
    if at + 8 > end:  # code, sub, size at both ends
        return 1
    (inner,) = struct.unpack_from("<H", data, at + 2)
    last = at + 4 + inner
    if last > end or inner < 4:  # noqa: PLR2004 - the end itself
        return 1
    same = data[last - 4 : last] == struct.pack("<HBB", inner, data[at + 1], data[at])
    return 4 + inner if same else 1


def _variable(data: bytes, at: int, size: int) -> Iterator[Token]:
    code, sub = data[at], data[at + 1] if size > 1 else 0
    end = at + size
    if size == 1:
        yield Token(Sort.DAMAGED, at, end)
    elif code in (_TABLE_AT_LINE, _TABLE_AT_PAGE) and sub < len(_TABLE):
        yield Token(_TABLE[sub], at, end)
    elif code == _HEADERS:
        role = Role.HEADER if sub < 2 else Role.FOOTER  # noqa: PLR2004 - two headers, two footers
        yield Token(Sort.STORY, at, end, role=role, inner=(at + 4 + _HEADER_HEAD, end - 4))
    elif code == _NOTES:
        # A footnote's head grows with the pages that it runs on to.
        head = _NOTE_HEAD if sub != 0 else 4 + 2 * (data[at + 7] + 1) + 9
        yield Token(Sort.STORY, at, end, role=Role.NOTE, inner=(at + 4 + head, end - 4))
    elif code == _BOX:
        yield Token(Sort.NOT_READ, at, end, "a box (a figure, a table or a text beside the text)")
