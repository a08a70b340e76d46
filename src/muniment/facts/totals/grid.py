"""A table as rows of cells: which rows are headings, labels and numbers of each row and column."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

import msgspec

from muniment.core import CellArea, Place
from muniment.facts.totals.amount import Amount, Separators, amount, separators_of
from muniment.facts.totals.serial import counts_rows
from muniment.facts.totals.words import (
    names_average,
    names_serial,
    names_share,
    names_total,
    names_year,
)

_YEARS = range(1900, 2101)
_FIRST_COLUMNS = (1, 2)  # where a row that numbers the columns begins
_BESIDE = re.compile(r"([^()\n]*\d)\s*\(([^()\n]*\d\s*[%％٪])\)")
_LABELS = 2  # texts at the beginning of a row that may name it
_NAMING = 8  # digits of a number that names somebody
_LARGEST_SHARE = 1_000  # per cent: more is no share, whatever the heading says


class TableCell(msgspec.Struct, frozen=True):
    """One cell: row and column from 1, as written, and its place."""

    row: int
    column: int
    written: str
    place: Place
    formula: str | None = None
    hidden: bool = False
    number: bool = False  # stored as a number: digits and a decimal point, whatever the table shows


class Figure(msgspec.Struct, frozen=True):
    """A cell that is a number."""

    cell: TableCell
    amount: Amount

    @property
    def value(self) -> Decimal:
        """The number."""
        return self.amount.value


class Grid:
    """The cells of one table, by row and column, with numbers read."""

    def __init__(self, cells: Iterable[TableCell]) -> None:
        """Keep the cells that hold something."""
        self.cells = {(c.row, c.column): c for c in cells if c.written.strip() != ""}
        separators = separators_of(c.written for c in self.cells.values())
        self.figures: dict[tuple[int, int], Figure] = {}
        self.shares_beside: dict[tuple[int, int], Figure] = {}  # the 18.5 of `63 (18.5 %)`
        for key, cell in self.cells.items():
            own = Separators() if cell.number else separators
            parts = _BESIDE.fullmatch(cell.written.strip()) if "(" in cell.written else None
            written, share = (cell.written, "") if parts is None else (parts[1], parts[2])
            read, beside = amount(written, own), amount(share, own)
            if read is not None and (share == "" or beside is not None):
                self.figures[key] = Figure(cell, read)
                if beside is not None:
                    self.shares_beside[key] = Figure(cell, beside)

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Rows that hold something, in order."""
        return tuple(sorted({row for row, _ in self.cells}))

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """Columns that hold something, in order."""
        return tuple(sorted({column for _, column in self.cells}))

    @cached_property
    def body(self) -> tuple[int, ...]:
        """Rows with numbers, below the headings."""
        rows = [row for row in self.rows if self._numbers(row)]
        while rows and self._is_heading(*rows[:2]):
            rows = rows[1:]
        return tuple(rows)

    @cached_property
    def heading_of(self) -> dict[int, str]:
        """What stands above the first row of the body, a column."""
        first = self.body[0] if self.body else 0
        texts: dict[int, list[str]] = {column: [] for column in self.columns}
        for row, column in sorted(self.cells):
            if row < first:
                texts[column].append(self.cells[row, column].written)
        return {column: " ".join(parts) for column, parts in texts.items()}

    @cached_property
    def share_columns(self) -> frozenset[int]:
        """Columns of percentages: by their cells, or by their heading where the cells agree."""
        return frozenset(column for column in self.columns if self._holds_shares(column))

    @cached_property
    def plain_rows(self) -> tuple[int, ...]:
        """Rows whose label names no total."""
        return tuple(row for row in self.rows if not any(map(names_total, self.labels(row))))

    @cached_property
    def running_columns(self) -> tuple[int, ...]:
        """Columns that number the rows: by their heading, or the first one by its numbers."""
        named = [
            c for c in self.columns if c == self.columns[0] or names_serial(self.heading_of[c])
        ]
        numbers = {c: [f.value for f in self.in_column(c, self.plain_rows)] for c in named}
        return tuple(c for c in named if counts_rows(self.heading_of[c], numbers[c]))

    @cached_property
    def value_columns(self) -> tuple[int, ...]:
        """Columns whose numbers can be added: no shares, means, years, names or row numbers."""
        return tuple(
            column
            for column in self.columns
            if column not in self.share_columns
            and (names_total(self.heading_of[column]) or self._may_be_added(column))
        )

    @cached_property
    def total_rows(self) -> frozenset[int]:
        """Rows of the body whose label names a total."""
        return frozenset(row for row in self.body if any(map(names_total, self.labels(row))))

    @cached_property
    def average_rows(self) -> frozenset[int]:
        """Rows that hold means."""
        return frozenset(row for row in self.body if any(map(names_average, self.labels(row))))

    def labels(self, row: int) -> list[str]:
        """The first texts of a row, at most two, that are no numbers."""
        texts: list[str] = []
        for column in self.columns:
            key = row, column
            if key in self.cells and key not in self.figures:
                texts.append(self.cells[key].written)
                if len(texts) == _LABELS:
                    break
        return texts

    def in_column(self, column: int, rows: Iterable[int]) -> list[Figure]:
        """Numbers of a column in some rows."""
        return [self.figures[row, column] for row in rows if (row, column) in self.figures]

    def in_row(self, row: int, columns: Iterable[int]) -> list[Figure]:
        """Numbers of a row in some columns."""
        return [self.figures[row, column] for column in columns if (row, column) in self.figures]

    def _may_be_added(self, column: int) -> bool:
        return (
            column not in self.running_columns
            and not names_average(self.heading_of[column])
            and not self._holds_years(column)
            and not self._holds_names(column)
        )

    def _numbers(self, row: int) -> list[Figure]:
        return self.in_row(row, self.columns)

    def _is_heading(self, row: int, below: int | None = None) -> bool:
        """Years, or the numbers of the columns, above a table whose rows are neither."""
        values = [figure.value for figure in self._numbers(row)]
        if any(map(names_total, self.labels(row))):
            return False
        steps = [b - a for a, b in pairwise(values)]
        counted = len(steps) > 1 and set(steps) == {1} and values[0] in _FIRST_COLUMNS
        if not self._are_years(row):
            return counted and not self.labels(row)
        in_order = len(steps) > 0 and (min(steps) > 0 or max(steps) < 0)
        apart = in_order or row == self.rows[0] or not self.labels(row)
        return apart and (below is None or not self._are_years(below))

    def _are_years(self, row: int) -> bool:
        return all(figure.value in _YEARS for figure in self._numbers(row))

    def _holds_years(self, column: int) -> bool:
        """Years name the rows: they stand first, or are said to be years."""
        if column != self.columns[0] and not names_year(self.heading_of[column]):
            return False
        figures = self.in_column(column, self.body)
        return bool(figures) and all(
            figure.value in _YEARS and figure.cell.written.strip().isdigit() for figure in figures
        )

    def _holds_names(self, column: int) -> bool:
        """Long numbers of one length, never grouped: identities, telephones, accounts."""
        written = [figure.cell.written.strip() for figure in self.in_column(column, self.body)]
        lengths = {len(one) for one in written}
        return len(lengths) == 1 and max(lengths) >= _NAMING and all(map(str.isdigit, written))

    def _holds_shares(self, column: int) -> bool:
        figures = self.in_column(column, self.body)
        if not figures:
            return False
        marked = sum(figure.amount.percent for figure in figures)
        if marked:
            return marked * 2 > len(figures)
        return names_share(self.heading_of[column]) and all(
            abs(figure.value) <= _LARGEST_SHARE for figure in figures
        )


def places(figures: Sequence[Figure]) -> tuple[Place, ...]:
    """The places of figures, with neighbours in a column of a sheet as one rectangle."""
    joined: list[Place] = []
    for figure in figures:
        here, last = figure.cell.place, joined[-1] if joined else None
        if isinstance(here, CellArea) and isinstance(last, CellArea) and _follows(last, here):
            joined[-1] = CellArea(last.row, last.column, last.sheet, here.row, here.column)
        else:
            joined.append(here)
    return tuple(joined)


def _follows(last: CellArea, here: CellArea) -> bool:
    end = last.row if last.last_row is None else last.last_row
    right = last.column if last.last_column is None else last.last_column
    below = here.row == end + 1 and last.column == right == here.column
    beside = here.row == end == last.row and here.column == right + 1
    return here.last_row is None and here.sheet == last.sheet and (below or beside)
