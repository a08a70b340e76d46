"""Cells of a sheet in the encoding of the part file, many at once, without an object for each.

- `PackedCells` holds exactly what encoding its cells one by one would give; a reader that makes
  millions of cells yields them so, everyone else sees the cells.
- A cell is its start, its row, its column and sheet, its kind, then its other fields in order.
- The parent decodes every one of them strictly all the same (`border.SheetCell`).
"""

import struct
from collections.abc import Callable, Iterable, Iterator

import msgspec

from muniment.core import Cell, Part
from muniment.readers.reader import Context, PackedCells
from muniment.readers.source import Source

LARGEST_PACKED = 1 << 18  # about 5,000 cells; a message of the border holds 64 times as much
CELL_START = b"\x9c\xa4cell\x96\xa4cell"  # a cell of twelve items, its place of six
NIL, FALSE, TRUE = b"\xc0", b"\xc2", b"\xc3"
STORED = b"\xc0\xc0\xa0"  # no grid, no confidence, no source but the file
_decoder = msgspec.msgpack.Decoder(list[Cell])


def unpacked(parts: Iterable[Part | PackedCells]) -> Iterator[Part]:
    """The same parts, one by one."""
    for part in parts:
        if isinstance(part, PackedCells):
            yield from cells_of(part)
        else:
            yield part


def cells_of(packed: PackedCells) -> list[Cell]:
    """The cells in a batch."""
    return _decoder.decode(array_head(packed.count) + packed.body)


def array_head(count: int) -> bytes:
    """How msgpack begins an array of `count` items."""
    return struct.pack(">BI", 0xDD, count)


def reading_unpacked(
    read_packed: Callable[[Source, Context], Iterator[Part | PackedCells]],
) -> Callable[[Source, Context], Iterator[Part]]:
    """The `read` of a reader that packs its cells."""

    def read(source: Source, context: Context) -> Iterator[Part]:
        return unpacked(read_packed(source, context))

    return read
