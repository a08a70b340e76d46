"""The records of a BIFF stream, as Excel 2 to 2003 wrote them, and the strings in them.

    record    opcode u16, length u16, data      all numbers little-endian
    CONTINUE  (0x3C) carries on the record before it

- A stream that breaks off ends the walk; what stood before has been yielded.
- A text that breaks off is as long as what is there; nothing is padded.

Source: [MS-XLS] §2.1.4 and §2.5.293; OpenOffice.org's documentation of the Excel file format for
BIFF2 to BIFF5.
"""

import struct
from collections.abc import Iterator, Sequence

import msgspec

from muniment.readers.code_pages import decode_page

CONTINUE = 0x3C
EOF = 0x0A
BOFS = (0x0809, 0x0409, 0x0209, 0x0009)
_HEAD = struct.Struct("<HH")
_WIDE, _PHONETIC, _RICH = 0x01, 0x04, 0x08
_UNICODE_FROM = 8
_MOST_EXTRA = 1 << 24


class Record(msgspec.Struct, frozen=True, gc=False):
    """One record: its position in the stream, its opcode, its data and what carries it on."""

    position: int
    opcode: int
    data: bytes
    more: tuple[bytes, ...] = ()


def records(stream: bytes, start: int = 0) -> Iterator[Record]:
    """The records from `start` on; a record that is carried on comes out whole."""
    held: Record | None = None
    more: list[bytes] = []
    position, end = start, len(stream) - _HEAD.size
    while position <= end:
        opcode, length = _HEAD.unpack_from(stream, position)
        data = stream[position + _HEAD.size : position + _HEAD.size + length]
        if opcode == CONTINUE and held is not None:
            more.append(data)
        else:
            if held is not None:
                yield _whole(held, more)
            held, more = Record(position, opcode, data), []
        position += _HEAD.size + length
    if held is not None:
        yield _whole(held, more)


def _whole(record: Record, more: list[bytes]) -> Record:
    if len(more) == 0:
        return record
    return Record(record.position, record.opcode, record.data, tuple(more))


class Strings:
    """Reads strings one after the other out of a record and what carries it on."""

    def __init__(self, chunks: Sequence[bytes], at: int = 0) -> None:
        self._chunks = chunks
        self._chunk = 0
        self._at = at
        self.phonetic = ""  # the phonetic guide of the last string

    def take(self, count: int) -> bytes:
        """The next bytes; fewer only at the end."""
        data = self._chunks[self._chunk]
        if self._at + count <= len(data):
            self._at += count
            return data[self._at - count : self._at]
        pieces = []
        while count > 0 and self._chunk < len(self._chunks):
            piece = self._chunks[self._chunk][self._at : self._at + count]
            pieces.append(piece)
            count -= len(piece)
            self._at += len(piece)
            if count > 0 and not self._turn():
                break
        return b"".join(pieces)

    def _turn(self) -> bool:
        """Go to the next chunk; False at the last."""
        if self._chunk + 1 >= len(self._chunks):
            return False
        self._chunk += 1
        self._at = 0
        return True

    def unicode_string(self) -> str:
        """A string with its length in two bytes, as a shared string is.

        Raises:
            struct.error: there is no further string.
        """
        count, flags = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if flags & _RICH else 0
        extra = struct.unpack("<I", self.take(4))[0] if flags & _PHONETIC else 0
        text = self.characters(count, flags)
        self.take(4 * runs)
        self.phonetic = _phonetic(self.take(min(extra, _MOST_EXTRA))) if extra > 0 else ""
        return text

    def characters(self, count: int, flags: int) -> str:
        """`count` characters; each further chunk begins with flags of its own."""
        pieces = []
        while count > 0:
            width = 1 + (flags & _WIDE)
            data = self._chunks[self._chunk]
            piece = data[self._at : self._at + count * width]
            self._at += len(piece)
            count -= max(len(piece) // width, 0)
            pieces.append(piece.decode("utf-16-le" if width > 1 else "latin-1", "replace"))
            if count > 0:
                if not self._turn() or len(self._chunks[self._chunk]) == 0:
                    break
                flags = self._chunks[self._chunk][0]
                self._at = 1
        return "".join(pieces)


def _phonetic(extra: bytes) -> str:
    """The phonetic guide after a string ([MS-XLS] §2.5.86, ExtRst); empty where there is none."""
    if len(extra) < 14:  # noqa: PLR2004 - up to the number of characters
        return ""
    count = int.from_bytes(extra[12:14], "little")
    return extra[14 : 14 + 2 * count].decode("utf-16-le", "replace").strip("\0")


class Spelling(msgspec.Struct, frozen=True):
    """How texts are written in a stream: the version of BIFF and the code page."""

    version: int
    page: int

    def text(self, data: bytes, at: int, length_bytes: int) -> tuple[str, int]:
        """The string at `at` with its length in front, and where it ends."""
        count = int.from_bytes(data[at : at + length_bytes], "little")
        at += length_bytes
        if self.version < _UNICODE_FROM:
            return decode_page(data[at : at + count], self.page), at + count
        return self.characters(data, at, count)

    def characters(self, data: bytes, at: int, count: int) -> tuple[str, int]:
        """The string of `count` characters at `at`, and where it ends."""
        if self.version < _UNICODE_FROM:
            return decode_page(data[at : at + count], self.page), at + count
        if at >= len(data):
            return "", at
        flags = data[at]
        at += 1
        runs = extra = 0
        if flags & _RICH:
            runs = int.from_bytes(data[at : at + 2], "little")
            at += 2
        if flags & _PHONETIC:
            extra = int.from_bytes(data[at : at + 4], "little")
            at += 4
        size = count * (1 + (flags & _WIDE))
        codec = "utf-16-le" if flags & _WIDE else "latin-1"
        text = data[at : at + size].decode(codec, "replace")
        return text, at + size + 4 * runs + extra
