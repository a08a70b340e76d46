"""The grid of a table: what its template asks of rows and cells, worked out once a page."""

import unicodedata

import msgspec

from muniment.app.web.table_address import COLUMNS_SHOWN, ROWS_SHOWN, TableAddress
from muniment.catalog.sheets import SeenCell, Sheet, Window, letters
from muniment.core import CellArea, CellKind

_LONGEST = 160  # letters of a cell in the grid; the panel has them all
_LINED_UP = (CellKind.NUMBER, CellKind.DATE)
_RIGHT_TO_LEFT = ("R", "AL")


class Steps(msgspec.Struct, frozen=True):
    """Addresses of the rows and columns before and after those seen."""

    rows_before: str | None
    rows_after: str | None
    columns_before: str | None
    columns_after: str | None


def steps(address: TableAddress, seen: Window, sheet: Sheet) -> Steps:
    plain, known = address.plain, set(sheet.columns)
    chosen = tuple(each for each in address.columns if each in known) or tuple(sheet.columns)
    place = chosen.index(seen.columns[0])
    end, before = place + COLUMNS_SHOWN, max(0, place - COLUMNS_SHOWN)
    held = {"first": seen.columns[0]} if place > 0 else {}
    follows = seen.start + len(seen.rows)
    return Steps(
        plain.to(start=max(0, seen.start - ROWS_SHOWN), **held) if seen.start > 0 else None,
        plain.to(start=follows, **held) if follows < seen.total else None,
        plain.to(first=chosen[before] if before > 0 else None) if place > 0 else None,
        plain.to(first=chosen[end]) if end < len(chosen) else None,
    )


def _direction(seen: Window) -> str:
    """Which way the columns run: to the left where more cells begin in such letters."""
    leftward = 0
    for row in seen.rows:
        for cell in row.cells:
            if cell is not None:
                leftward += _leaning(cell.value.displayed[:20])
    return "rtl" if leftward > 0 else "ltr"


def _leaning(text: str) -> int:
    """1 where a text's first letter runs to the left, -1 to the right, 0 where it has none."""
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way in _RIGHT_TO_LEFT:
            return 1
        if way == "L":
            return -1
    return 0


class Grid:
    """What the template asks of each cell of the grid, worked out once."""

    def __init__(self, seen: Window, address: TableAddress, hidden_columns: frozenset[int]) -> None:
        self.direction = _direction(seen)
        plain = address.plain
        # A cell's address is this and its row and column: there are a thousand of them.
        self.to_cell = plain.to() + ("&" if "?" in plain.to() else "?") + "cell="
        self.to_row = self.to_cell.removesuffix("cell=") + "row="
        self.marked = self._marked(address)
        self.hidden_columns = hidden_columns
        self._order = {
            each.column: "descending" if each.descending else "ascending"
            for each in address.question.sort
        }
        self.merged = {
            (each.area.row, each.area.column): each.area
            for each in seen.ranges
            if each.name == "merged"
        }
        notes = [
            (row.number, column, cell.comment)
            for row in seen.rows
            for column, cell in zip(seen.columns, row.cells, strict=True)
            if cell is not None and cell.comment is not None
        ]
        self.notes = [(n, *note) for n, note in enumerate(notes, start=1)]
        self.note_of = {(row, column): n for n, row, column, _ in self.notes}

    @staticmethod
    def _marked(address: TableAddress) -> tuple[int, int | None] | None:
        if address.cell is not None:
            return address.cell
        return None if address.row is None else (address.row, None)

    def order_of(self, column: int) -> str | None:
        """How a column orders the rows, as browsers are told it; None where it does not."""
        return self._order.get(column)

    @staticmethod
    def kind_of(cell: SeenCell) -> str:
        """The class of a cell that lines up by its digits."""
        return " number" if cell.value.kind in _LINED_UP else ""

    @staticmethod
    def cut(text: str) -> str:
        """A text as long as a cell of the grid bears."""
        return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"

    def merged_from(self, row: int, column: int) -> str | None:
        """The range that begins at a cell, as spreadsheets write it."""
        area = self.merged.get((row, column))
        return None if area is None else range_name(area)


def range_name(area: CellArea) -> str:
    """A range as spreadsheets write it: B2:D5."""
    first = f"{letters(area.column)}{area.row}"
    if area.last_row is None:
        return first
    return f"{first}:{letters(area.last_column or area.column)}{area.last_row}"
