"""A table that was laid out, open for questions.

- Rows are named by their position among the rows that hold a cell, from 0; `rows` has their true
  numbers. Columns are named by their true numbers, from 1.
- It reads from a map of the file, and keeps no answer between questions.
"""

from collections.abc import Sequence
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path

import msgspec
import numpy as np

from muniment.catalog.sheets.blocks import Array, Block, BlockReader, Coded, Texts, damaged
from muniment.catalog.sheets.layout import (
    KINDS,
    VERSION,
    ColumnLayout,
    Contents,
    ReadBy,
    Said,
    TableLayout,
)
from muniment.catalog.sheets.value import Value, unpacked
from muniment.core import (
    Area,
    Cell,
    CellArea,
    Citation,
    Digest,
    UsageError,
    parse_place,
)

_cells_decoder = msgspec.msgpack.Decoder(list[Cell])
_SOME = 20  # names of tables that an error lists


class Range(msgspec.Struct, frozen=True):
    """What the file states of a range of cells."""

    area: CellArea
    name: str
    written: str


class Entries:
    """The byte strings of a block, by their numbers."""

    def __init__(self, reader: BlockReader, texts: Texts) -> None:
        self.ends = reader.array(texts.ends)
        self.joined = reader.array(texts.joined)
        self._view: memoryview = self.joined.data

    def __len__(self) -> int:
        """How many there are."""
        return len(self.ends)

    def __getitem__(self, number: int) -> memoryview:
        """One of them."""
        start = 0 if number == 0 else int(self.ends[number - 1])
        return self._view[start : int(self.ends[number]) - 1]

    def some(self, numbers: Array) -> list[memoryview]:
        """Some of them."""
        ends = self.ends[numbers].tolist()
        # What the numbering from the end gives for the first is not looked at.
        starts = np.where(numbers == 0, 0, self.ends[numbers - 1]).tolist()
        view = self._view
        return [view[start : end - 1] for start, end in zip(starts, ends, strict=True)]


class CodedRows:
    """An entry for each row, where it has one."""

    def __init__(self, reader: BlockReader, coded: Coded) -> None:
        self.codes = reader.array(coded.codes)
        self.entries = Entries(reader, coded.entries)

    def at(self, position: int) -> memoryview | None:
        """The entry of a row."""
        code = int(self.codes[position])
        return None if code == len(self.entries) else self.entries[code]

    def has(self) -> Array:
        """Which rows have one."""
        return np.asarray(self.codes != len(self.entries))


class Column:
    """One column of a table that is open."""

    def __init__(self, reader: BlockReader, layout: ColumnLayout) -> None:
        self.layout = layout
        self._reader = reader
        self.number = layout.column

    @cached_property
    def values(self) -> CodedRows:
        """The value of each row."""
        return CodedRows(self._reader, self.layout.values)

    @cached_property
    def folded(self) -> Entries:
        """What each value displays, folded."""
        return Entries(self._reader, self.layout.folded)

    @cached_property
    def keys(self) -> Array:
        """The numbers of those values that are numbers and dates."""
        return self._reader.array(self.layout.keys)

    @cached_property
    def kinds(self) -> Array:
        """The kind of each value, by its number in `KINDS`."""
        return self._reader.array(self.layout.kinds)

    @cached_property
    def alike(self) -> Array | None:
        """For each value the first that displays the same; None where all differ."""
        return self.array(self.layout.alike)

    @cached_property
    def hidden(self) -> Array | None:
        """Which rows' cells are hidden; None where none is."""
        return self.array(self.layout.hidden)

    def array(self, block: Block | None) -> Array | None:
        """A block that may not be there."""
        return None if block is None else self._reader.array(block)

    def coded(self, coded: Coded | None) -> CodedRows | None:
        """What few rows have: formulas, comments, places."""
        return None if coded is None else CodedRows(self._reader, coded)

    def value(self, number: int) -> Value:
        """One of the values, by its number in their order."""
        return unpacked(KINDS[int(self.kinds[number])], self.values.entries[number])

    def some_values(self, numbers: Sequence[int]) -> list[Value]:
        """These values, by their numbers: in a third of the time of asking for each."""
        chosen = np.array(numbers, np.int64)
        kinds, entries = self.kinds[chosen].tolist(), self.values.entries.some(chosen)
        return [unpacked(KINDS[kind], entry) for kind, entry in zip(kinds, entries, strict=True)]


class Sheet:
    """One table of an object, laid out."""

    def __init__(self, digest: Digest, reader: BlockReader, layout: TableLayout) -> None:
        self.digest = digest
        self.layout = layout
        self.sheet = layout.sheet
        self.rows = reader.array(layout.rows)
        self._reader = reader
        self._columns = {each.column: Column(reader, each) for each in layout.columns}

    @property
    def columns(self) -> Sequence[int]:
        """The columns that hold a cell, in order."""
        return tuple(self._columns)

    @property
    def hidden_columns(self) -> frozenset[int]:
        """The columns that are hidden whole, where the table is not."""
        return frozenset(each.column for each in self.layout.columns if each.is_hidden)

    @cached_property
    def hidden_rows(self) -> Array | None:
        """Which rows are hidden whole; None where none is."""
        block = self.layout.hidden_rows
        return None if block is None else self._reader.array(block)

    def column(self, number: int) -> Column:
        """One column.

        Raises:
            UsageError: no cell stands in it, or it was not laid out.
        """
        found = self._columns.get(number)
        if found is None:
            raise UsageError(
                f"column {number} of this table holds no cell",
                next_step="choose a column that the table shows",
            )
        return found

    def position(self, row: int) -> int | None:
        """The position of a row by its true number; None where it holds no cell."""
        at = int(np.searchsorted(self.rows, row))
        return at if at < len(self.rows) and self.rows[at] == row else None

    def cells_at(self, row: int, column: int) -> tuple[Cell, ...]:
        """What stands under a row and a column: nothing, a cell, or several that share it."""
        position, found = self.position(row), self._columns.get(column)
        if position is None or found is None:
            return ()
        code = int(found.values.codes[position])
        if code == len(found.values.entries):
            return ()
        return (self._cell(found, position, found.value(code)), *_again(found, position))

    def _cell(self, column: Column, position: int, value: Value) -> Cell:
        layout = column.layout
        at, grid = self._place(column, position)
        read_by = _text(column, layout.read_by, position)
        read = ReadBy(None, "") if read_by is None else msgspec.msgpack.decode(read_by, type=ReadBy)
        formula = _text(column, layout.formulas, position)
        comment = _text(column, layout.comments, position)
        return Cell(
            at=at,
            kind=value.kind,
            written=value.written,
            shown=value.shown,
            formula=None if formula is None else formula.decode(),
            number_format=value.number_format,
            hidden=column.hidden is not None and bool(column.hidden[position]),
            comment=None if comment is None else comment.decode(),
            grid=grid,
            confidence=read.confidence,
            source=read.source,
        )

    def citation(self, position: int, column: Column) -> Citation:
        """The citation of the cell in a row, by its position, and a column."""
        return Citation(self.digest, self._place(column, position)[0])

    def _place(self, column: Column, position: int) -> tuple[CellArea | Area, CellArea | None]:
        printed = _text(column, column.layout.places, position)
        if printed is None:
            return CellArea(int(self.rows[position]), column.number, self.sheet), None
        place, _, grid = printed.decode().partition(" ")
        at, in_table = parse_place(place), None if grid == "" else parse_place(grid)
        if not isinstance(at, (CellArea, Area)) or isinstance(in_table, Area):
            raise damaged("a cell stands where no cell stands")
        return at, in_table if isinstance(in_table, CellArea) else None

    def ranges(self, first_row: int, last_row: int) -> tuple[Range, ...]:
        """What the file states of ranges that touch these rows."""
        corners = self._reader.array(self.layout.ranges).reshape(-1, 4)
        touching = np.flatnonzero((corners[:, 0] <= last_row) & (corners[:, 2] >= first_row))
        said = CodedRows(self._reader, self.layout.said)
        found = []
        for number in touching:
            top, left, bottom, right = (int(each) for each in corners[number])
            stated = msgspec.msgpack.decode(said.entries[int(said.codes[number])], type=Said)
            area = CellArea(top, left, self.sheet, bottom, right)
            found.append(Range(area, stated.name, stated.written))
        return tuple(found)


def open_laid_out(digest: Digest, file: Path | bytes, source: str, sheet: str | None) -> Sheet:
    """One table of the file of an object's tables.

    Raises:
        IntegrityError: the file is damaged, or made of another reading than `source`.
        UsageError: there is no such table in it.
    """
    reader = BlockReader(file if isinstance(file, bytes) else _mapped(file))
    contents = reader.contents(Contents)
    if (contents.version, contents.source) != (VERSION, source):
        raise damaged("it was made of another reading of the object")
    block = dict(contents.tables).get(sheet)
    if block is None:
        names = ", ".join(repr(name) for name, _ in contents.tables[:_SOME] if name is not None)
        raise UsageError(
            "there is no such table in this object" if sheet is None else f"no sheet {sheet!r}",
            next_step=f"name one of its sheets: {names}" if names != "" else "name no sheet",
        )
    return Sheet(digest, reader, reader.record(block, TableLayout))


def _mapped(path: Path) -> mmap:
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def _text(column: Column, coded: Coded | None, position: int) -> bytes | None:
    found = column.coded(coded)
    entry = None if found is None else found.at(position)
    return None if entry is None else bytes(entry)


def _again(column: Column, position: int) -> tuple[Cell, ...]:
    entry = _text(column, column.layout.again, position)
    return () if entry is None else tuple(_cells_decoder.decode(entry))
