"""The pages of an Access database (Jet 3, Jet 4, ACE): what lies where, without its meaning.

    page 0      header, its bytes from 0x18 on masked by RC4 with a fixed key
    page 0x02   table definition      page 0x01   rows of one table
    page 2      definition of MSysObjects, the catalogue

- Pages are read one at a time; nothing that the file announces is believed without a bound.
- A database whose pages are encoded with a key in its own header is decoded; one that is
  encrypted with a password is locked.

Source: mdbtools, HACKING.md.
"""

import struct
from collections.abc import Iterator

import msgspec

from muniment.readers.signals import LockedError, UnreadableError
from muniment.readers.source import Source

_HEADER_KEY = bytes.fromhex("c7da396b")
_MASKED_FROM = 0x18
_KEY_AT = 0x3E
_CODE_PAGE_AT = 0x3C
_TABLE, _ROWS = b"\x02\x01", b"\x01\x01"
_DELETED, _ELSEWHERE, _OFFSET = 0x8000, 0x4000, 0x1FFF
_MOST_LONG_VALUE = 1 << 28
_MOST_DEFINITION = 1 << 22


class Pages:
    """An open database; `newer` says whether it is Jet 4 or later."""

    def __init__(self, source: Source) -> None:
        self._source = source
        head = source.read_at(0, 0x100)
        if len(head) < 0x100:  # noqa: PLR2004 - the header
            raise UnreadableError("its header is cut short")
        self.version = head[0x14]
        self.newer = self.version > 0
        self.size = 4096 if self.newer else 2048
        length = 128 if self.newer else 126
        clear = rc4(_HEADER_KEY, head[_MASKED_FROM : _MASKED_FROM + length])
        self._key = int.from_bytes(clear[_KEY_AT - _MASKED_FROM :][:4], "little")
        code_page = int.from_bytes(clear[_CODE_PAGE_AT - _MASKED_FROM :][:2], "little")
        self.code_page = 1252 if code_page == 0 else code_page
        if self.page(2)[:2] != _TABLE:
            if self._key != 0 or self.newer:
                raise LockedError("its pages are encrypted with a password")
            raise UnreadableError("its catalogue is damaged")
        self._owned = self._rows_by_owner()

    def page(self, number: int) -> bytes:
        """The bytes of one page; fewer, or none, behind the end of the file."""
        page = self._source.read_at(number * self.size, self.size)
        if self._key == 0 or number == 0:
            return page
        return rc4((self._key ^ number).to_bytes(4, "little"), page)

    def rows_of(self, definition: int) -> Iterator[bytes]:
        """The rows of the table that is defined on this page, in the order of its pages."""
        for number in self._owned.get(definition, ()):
            page = self.page(number)
            for row in range(self._count(page)):
                flags = self._offset(page, row)
                if flags & _DELETED:
                    continue
                found = self._row(page, row)
                if flags & _ELSEWHERE:
                    found = self.at(int.from_bytes(found[:4], "little"))
                yield found

    def at(self, pointer: int) -> bytes:
        """The row that a pointer names: its number in the low byte, its page above."""
        page = self.page(pointer >> 8)
        number = pointer & 0xFF
        return self._row(page, number) if number < self._count(page) else b""

    def long_value(self, field: bytes) -> bytes:
        """What a memo or object field stands for: inline, on one page, or along a chain."""
        if len(field) < 12:  # noqa: PLR2004 - length, pointer, and four unknown bytes
            return b""
        stated, pointer = struct.unpack_from("<II", field)
        length = stated & 0x3FFFFFFF
        if stated & 0x80000000:
            return field[12 : 12 + length]
        if stated & 0x40000000:
            return self.at(pointer)[:length]
        out = bytearray()
        most = min(length, _MOST_LONG_VALUE, self._source.size)  # a chain may run in a circle
        while pointer >> 8 != 0 and len(out) < most:
            piece = self.at(pointer)
            if len(piece) <= 4:  # noqa: PLR2004 - the pointer to the next
                break
            out += piece[4:]
            pointer = int.from_bytes(piece[:4], "little")
        return bytes(out[:length])

    def definition(self, number: int) -> bytes:
        """The definition that begins on a page, with the pages that it goes on."""
        first = self.page(number)
        if first[:2] != _TABLE:
            return b""
        out, following, seen = bytearray(first), first, {number}
        while (after := int.from_bytes(following[4:8], "little")) not in (0, *seen):
            following = self.page(after)
            if following[:1] != _TABLE[:1] or len(out) > _MOST_DEFINITION:
                break
            seen.add(after)
            out += following[8:]
        return bytes(out)

    def _rows_by_owner(self) -> dict[int, list[int]]:
        owned: dict[int, list[int]] = {}
        for number in range(1, -(-self._source.size // self.size)):
            page = self.page(number) if self._key != 0 else self._head(number)
            if page[:2] == _ROWS:
                owned.setdefault(int.from_bytes(page[4:8], "little"), []).append(number)
        return owned

    def _head(self, number: int) -> bytes:
        return self._source.read_at(number * self.size, 8)

    def _count(self, page: bytes) -> int:
        at = 12 if self.newer else 8
        stated = int.from_bytes(page[at : at + 2], "little")
        return min(stated, (len(page) - at - 2) // 2)

    def _offset(self, page: bytes, row: int) -> int:
        at = (14 if self.newer else 10) + 2 * row
        return int.from_bytes(page[at : at + 2], "little")

    def _row(self, page: bytes, row: int) -> bytes:
        end = len(page) if row == 0 else self._offset(page, row - 1) & _OFFSET
        return page[self._offset(page, row) & _OFFSET : end]


class Column(msgspec.Struct, frozen=True):
    """One column of a table; `number` is its bit in the mask of values that are not null."""

    name: str
    kind: int
    number: int
    fixed: bool
    fixed_at: int
    variable: int  # its position among the columns of variable length
    length: int
    scale: int


def rc4(key: bytes, data: bytes) -> bytes:
    """RC4, which this format masks its header and pages with."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 0xFF
        state[i], state[j] = state[j], state[i]
    out = bytearray(len(data))
    i = j = 0
    for at, byte in enumerate(data):
        i = (i + 1) & 0xFF
        j = (j + state[i]) & 0xFF
        state[i], state[j] = state[j], state[i]
        out[at] = byte ^ state[(state[i] + state[j]) & 0xFF]
    return bytes(out)
