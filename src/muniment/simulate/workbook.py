"""Writes workbooks cell by cell and tells the truth the same cells in the same breath.

Invariants:

- a row goes to the sheet and to the truth through one call, so that they cannot differ;
- nothing in the file depends on the time of writing: creation dates are given, zip times fixed;
- rows are written from top to bottom and not kept (XlsxWriter's constant memory), so that
  300,000 people need no more memory than 300; a book with ranges over rows keeps its rows.
"""

import io
from datetime import date, datetime, time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from muniment.simulate.columns import Cell, Column
from muniment.simulate.people import Person
from muniment.simulate.truth import Truth

_CREATED = datetime(2018, 6, 30, 10, 12, 0)  # noqa: DTZ001 - office files state no zone


class Formula(msgspec.Struct, frozen=True):
    """A formula and the value that the file keeps for it, which may be wrong on purpose."""

    formula: str
    value: int | float | str


class Book:
    """One workbook while it is written. `shown` is its path under `leak/`, used in the truth."""

    def __init__(
        self, path: Path | io.BytesIO, shown: str, truth: Truth, *, constant_memory: bool = True
    ) -> None:
        self.shown = shown
        self.truth = truth
        self.file = xlsxwriter.Workbook(
            path if isinstance(path, io.BytesIO) else str(path),
            {"constant_memory": constant_memory},
        )
        self.file.set_properties({"author": "科员", "company": "虚谷县公安局", "created": _CREATED})
        self.title = self.file.add_format({"bold": True, "font_size": 16, "align": "center"})
        self.head = self.file.add_format({"bold": True, "border": 1, "bg_color": "#DDDDDD"})
        self.date = self.file.add_format({"num_format": "yyyy/m/d"})
        self.long_number = self.file.add_format({"num_format": "0"})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.file.close()

    def sheet(self, name: str) -> "Sheet":
        return Sheet(self, self.file.add_worksheet(name))


class Sheet:
    """One sheet, filled from the top; rows count from 1 as in the spreadsheet itself."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book = book
        self.sheet = sheet
        self.next_row = 1
        self.table = 0  # its number in the truth

    def heading(self, text: str, columns: int) -> None:
        """A title merged over the table's columns, as people put it above the header row."""
        self.sheet.merge_range(self.next_row - 1, 0, self.next_row - 1, columns - 1, "")
        self.sheet.write_string(self.next_row - 1, 0, text, self.book.title)
        self.next_row += 1

    def remark(self, text: str) -> None:
        """A line of text in the first column that belongs to no table."""
        self.sheet.write_string(self.next_row - 1, 0, text)
        self.next_row += 1

    def header(self, columns: tuple[Column, ...]) -> None:
        """The header row; from here on `row` notes its cells in the truth."""
        row = self.next_row - 1
        for position, column in enumerate(columns):
            self.sheet.write_string(row, position, column.header, self.book.head)
        headers = tuple(column.header for column in columns)
        self.table = self.book.truth.table(
            self.book.shown, self.sheet.get_name(), self.next_row, headers
        )
        self.next_row += 1

    def merge(self, first: int, last: int, column: int, text: str) -> None:
        """One cell over rows of a column, all from 1; its rows are written before."""
        self.sheet.merge_range(first - 1, column - 1, last - 1, column - 1, text)

    def person(self, person: Person, cells: tuple[Cell | Formula, ...]) -> int:
        return self.row(person.number, cells)

    def row(self, person: int, cells: tuple[Cell | Formula, ...]) -> int:
        """Write one row and note it; returns the row's number."""
        row = self.next_row
        for position, cell in enumerate(cells):
            self._cell(row - 1, position, cell)
        self.book.truth.row(self.table, row, person, tuple(truth_of(cell) for cell in cells))
        self.next_row += 1
        return row

    def _cell(self, row: int, column: int, cell: Cell | Formula) -> None:
        match cell:
            case "" | None:
                return
            case str():
                self.sheet.write_string(row, column, cell)
            case date():
                moment = datetime.combine(cell, time())
                self.sheet.write_datetime(row, column, moment, self.book.date)
            case Formula():
                self.sheet.write_formula(row, column, cell.formula, None, cell.value)
            case _:
                whole = self.book.long_number if isinstance(cell, float) else None
                self.sheet.write_number(row, column, cell, whole)


def truth_of(cell: Cell | Formula) -> Any:
    """A cell as cells.jsonl.gz notes it: text, number, null, {"date": …} or {"formula": …}."""
    match cell:
        case "" | None:
            return None
        case date():
            return {"date": cell.isoformat()}
        case Formula():
            return {"formula": cell.formula, "value": cell.value}
        case _:
            return cell
