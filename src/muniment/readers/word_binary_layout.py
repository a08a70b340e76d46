"""Where things are in a binary Word document: the File Information Block, read for any version.

    Word 97 and later    WordDocument (text, FKPs) + 0Table or 1Table (tables) + Data (pictures)
    Word 6, 95           all in WordDocument; 8-bit text in the code page of the language
    Word 2               no compound file around it; 8-bit text in one run

- Tables are numbered as in FibRgFcLcb97; Word 6 and 95 have the first of them in the same order.

Source: [MS-DOC] §2.5; for Word 6 and 95, Microsoft's Word 95 binary format of 1997 (caolan/wv).
"""

import struct

import msgspec

from muniment.readers.code_pages import WESTERN, page_of_language
from muniment.readers.signals import UnreadableError

WORD_97, WORD_6, WORD_2 = 0xA5EC, 0xA5DC, 0xA5DB
_WORD_6_FROM, _WORD_6_TO = 100, 105  # nFib; below lies Word 2, above Word 97

# Numbers of tables in FibRgFcLcb97 ([MS-DOC] §2.5.6).
STYLES, FOOTNOTE_TEXTS, COMMENT_REFERENCES, COMMENT_TEXTS = 1, 3, 4, 5
HEADERS, CHARACTER_RUNS, PARAGRAPH_RUNS, PIECES, COMMENT_OWNERS = 11, 12, 13, 33, 36
DRAWINGS, REVISION_AUTHORS, SAVED_BY, COMMENT_DATES = 50, 51, 71, 112

_COMPLEX, _ENCRYPTED, _TABLE_1, _FAR_EAST, _OBFUSCATED = 0x4, 0x100, 0x200, 0x4000, 0x8000
_LENGTHS_6, _TABLES_6, _HEAD_6 = 52, 0x58, 0x300
_LENGTHS_97_OFFSET = 12  # in FibRgLw97, behind cbMac and two that are not used
_STORIES = 8
_MOST_TABLES = 512
_SHORTEST = 68


class Layout(msgspec.Struct, frozen=True):
    """What the File Information Block says."""

    version: int  # wIdent: WORD_97, WORD_6 or WORD_2
    language: int
    encrypted: bool
    obfuscated: bool
    key: int  # the length of the encryption header, or the XOR verifier
    table: str  # the stream that holds the tables
    text_from: int  # where text begins when it is in one run
    complex: bool
    lengths: tuple[int, ...]  # characters of each of the eight stories
    tables: tuple[tuple[int, int], ...]  # offset and length, by number

    @property
    def page(self) -> int:
        """The code page of 8-bit text."""
        return WESTERN if self.version == WORD_97 else page_of_language(self.language)

    def slice_of(self, number: int, data: bytes) -> bytes:
        """The bytes of a table; empty where there is none."""
        if number >= len(self.tables):
            return b""
        offset, length = self.tables[number]
        return data[offset : offset + length]


def layout_of(data: bytes) -> Layout:
    """The layout of the document in a WordDocument stream.

    Raises:
        UnreadableError: it does not begin with a File Information Block.
    """
    if len(data) < _SHORTEST:
        raise UnreadableError("its WordDocument stream is too short")
    ident, number, _, language = struct.unpack_from("<HHHH", data)
    (flags,) = struct.unpack_from("<H", data, 10)
    key, text_from = struct.unpack_from("<I", data, 14)[0], struct.unpack_from("<I", data, 24)[0]
    modern = ident == WORD_97 or (ident not in (WORD_6, WORD_2) and number > _WORD_6_TO)
    try:
        lengths, tables = _modern(data) if modern else _old(data, number)
    except struct.error as why:
        raise UnreadableError("its File Information Block breaks off") from why
    version = WORD_97 if modern else WORD_6 if number >= _WORD_6_FROM else WORD_2
    table = "WordDocument" if not modern else "1Table" if flags & _TABLE_1 else "0Table"
    return Layout(
        version=version,
        language=language,
        encrypted=flags & _ENCRYPTED != 0,
        obfuscated=flags & _OBFUSCATED != 0 if modern else True,
        key=key,
        table=table,
        text_from=text_from,
        complex=flags & _COMPLEX != 0,
        lengths=lengths,
        tables=tables,
    )


def _modern(data: bytes) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    (words,) = struct.unpack_from("<H", data, 32)
    at = 34 + 2 * words
    (longs,) = struct.unpack_from("<H", data, at)
    lengths = struct.unpack_from(f"<{_STORIES}I", data, at + 2 + _LENGTHS_97_OFFSET)
    at += 2 + 4 * longs
    (count,) = struct.unpack_from("<H", data, at)
    count = min(count, _MOST_TABLES, (len(data) - at - 2) // 8)
    numbers = struct.unpack_from(f"<{2 * count}I", data, at + 2)
    return lengths, tuple(zip(numbers[::2], numbers[1::2], strict=True))


def _old(data: bytes, number: int) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    lengths = struct.unpack_from(f"<{_STORIES}I", data, _LENGTHS_6)
    if number < _WORD_6_FROM or len(data) < _HEAD_6:
        return lengths, ()
    numbers = struct.unpack_from(f"<{2 * (PIECES + 1)}I", data, _TABLES_6)
    return lengths, tuple(zip(numbers[::2], numbers[1::2], strict=True))
