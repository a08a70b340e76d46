"""Cells sorted by table and column, on disk where they are many.

- Cells come row by row and are wanted column by column. What does not fit is put aside, some
  hundred thousand cells at a time, so that memory holds one column of one table and no more.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec
import numpy as np

from muniment.catalog.sheets.blocks import Array
from muniment.core import Cell, CellArea, Metadata

_AT_ONCE = 200_000  # cells in memory
_MOST_RANGES = 200_000  # of a table; a million links would be as many
_decoder = msgspec.msgpack.Decoder(list[Cell])


class TableSpool:
    """The cells of one table, and what is said of its columns and ranges."""

    def __init__(self, sheet: str | None) -> None:
        self.sheet = sheet
        self.cells = self.hidden = self.comments = self.formulas = 0
        self.state = ""
        self.names: dict[int, str] = {}
        self.types: dict[int, str] = {}
        self.ranges: list[tuple[CellArea, str, str]] = []
        self.ranges_left_out = 0
        self._waiting: dict[int, list[Cell]] = {}
        self._aside: dict[int, list[tuple[int, int]]] = {}
        self._rows: list[Array] = []
        self._new_rows: list[int] = []
        self._last_row = 0

    def add(self, cell: Cell) -> None:
        """Take a cell."""
        at = cell.in_table
        row = at.row
        waiting = self._waiting.get(at.column)
        if waiting is None:
            waiting = self._waiting[at.column] = []
        waiting.append(cell)
        self.cells += 1
        self.hidden += cell.hidden
        self.comments += cell.comment is not None
        self.formulas += cell.formula is not None
        if row != self._last_row:
            self._new_rows.append(row)
            self._last_row = row

    def state_of(self, said: Metadata, at: CellArea) -> None:
        """Take what is said of the table, a column or a range of it."""
        if said.name == "column":
            self.names[at.column] = said.written
        elif said.name == "column type":
            self.types[at.column] = said.written
        elif said.name == "sheet":
            self.state = said.written.removeprefix(self.sheet or "").strip(" ()")
        elif len(self.ranges) < _MOST_RANGES:
            self.ranges.append((at, said.name, said.written))
        else:
            self.ranges_left_out += 1

    @property
    def columns(self) -> list[int]:
        """The columns that hold a cell, in order."""
        return sorted(self._waiting.keys() | self._aside.keys())

    def rows(self) -> Array:
        """The rows that hold a cell, in order, by their true numbers."""
        self._settle_rows()
        return self._rows[0]

    def put_aside(self, file: BinaryIO) -> None:
        """Write the cells in memory to `file`."""
        self._settle_rows()
        for column, cells in self._waiting.items():
            encoded = msgspec.msgpack.encode(cells)
            self._aside.setdefault(column, []).append((file.tell(), len(encoded)))
            file.write(encoded)
        self._waiting = {}

    def column(self, file: BinaryIO, column: int) -> Iterator[Cell]:
        """The cells of a column in the order in which they came."""
        for at, length in self._aside.get(column, ()):
            file.seek(at)
            yield from _decoder.decode(file.read(length))
        yield from self._waiting.get(column, ())

    def _settle_rows(self) -> None:
        new = np.array(self._new_rows, np.int64)
        self._rows = [np.unique(np.concatenate([*self._rows, new]))]
        self._new_rows = []


class Spool:
    """The cells of one object by table; the file is made in `folder` and nobody sees it."""

    def __init__(self, folder: Path | None = None, *, at_once: int = _AT_ONCE) -> None:
        self._at_once = at_once
        self.tables: dict[str | None, TableSpool] = {}
        self.file: BinaryIO = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed in __exit__
        self._waiting = 0

    def __enter__(self) -> Self:
        """The spool itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, why: BaseException | None, at: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self.file.close()

    def add(self, cell: Cell) -> None:
        """Take a cell."""
        self._table(cell.in_table.sheet).add(cell)
        self._waiting += 1
        if self._waiting >= self._at_once:
            for table in self.tables.values():
                table.put_aside(self.file)
            self._waiting = 0

    def state_of(self, said: Metadata, at: CellArea) -> None:
        """Take what is said of a table or a range of it."""
        self._table(at.sheet).state_of(said, at)

    def _table(self, sheet: str | None) -> TableSpool:
        table = self.tables.get(sheet)
        if table is None:
            table = self.tables[sheet] = TableSpool(sheet)
        return table
