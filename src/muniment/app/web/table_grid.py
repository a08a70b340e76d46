"""The grid of a table: what its template asks of rows and cells, worked out once a page."""

import unicodedata

import msgspec

from muniment.app.web.table_address import COLUMNS_SHOWN, ROWS_SHOWN, TableAddress
from muniment.app.web.templating import visible
from muniment.catalog.sheets import SeenCell, SeenRow, Sheet, Window, letters
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


class GridCell(msgspec.Struct, frozen=True, gc=False):
    """One cell of the grid; `text` is fit for a page, and cut to what a cell bears."""

    place: str  # its id on the page
    to: str  # what follows the grid's `to_cell` in its address
    style: str  # classes
    text: str | None  # None where there is no cell
    here: bool = False  # the cell that was asked for
    formula: bool = False
    note: int | None = None  # the number of its comment among those under the grid
    merged: str | None = None
    again: bool = False

    @property
    def is_marked(self) -> bool:
        """Whether something stands in it beside its value."""
        return self.formula or self.again or self.note is not None or self.merged is not None


class GridRow(msgspec.Struct, frozen=True):
    """One row of the grid; `here` where it was asked for, and no cell of it."""

    number: int
    hidden: bool
    here: bool
    cells: tuple[GridCell, ...]


class Note(msgspec.Struct, frozen=True):
    """A comment of a cell that is seen."""

    number: int
    row: int
    column: int
    text: str


class Grid:
    """The rows that are seen, and what is said of them."""

    def __init__(self, seen: Window, address: TableAddress, hidden_columns: frozenset[int]) -> None:
        self.direction = _direction(seen)
        self.hidden_columns = hidden_columns
        plain = address.plain.address
        # A cell's address is this and its row and column: there are a thousand of them.
        self.to_cell = plain + ("&" if "?" in plain else "?") + "cell="
        self.to_row = self.to_cell.removesuffix("cell=") + "row="
        self._marked = address.cell or (address.row, None)
        self._merged = {
            (each.area.row, each.area.column): range_name(each.area)
            for each in seen.ranges
            if each.name == "merged"
        }
        self.notes: list[Note] = []
        self.rows = tuple(self._row(row, seen.columns) for row in seen.rows)
        self._order = {
            each.column: "descending" if each.descending else "ascending"
            for each in address.question.sort
        }

    def order_of(self, column: int) -> str | None:
        """How a column orders the rows, as browsers are told it; None where it does not."""
        return self._order.get(column)

    def _row(self, row: SeenRow, columns: tuple[int, ...]) -> GridRow:
        here, number = self._marked, row.number
        asked = here[0] == number
        cells = tuple(
            self._cell(number, column, cell, here=asked and here[1] == column)
            for column, cell in zip(columns, row.cells, strict=True)
        )
        return GridRow(number, row.hidden, asked and here[1] is None, cells)

    def _cell(self, row: int, column: int, cell: SeenCell | None, *, here: bool) -> GridCell:
        place = f"r{row}c{column}"
        if cell is None:
            return GridCell(place, "", "here" if here else "", None, here)
        note = None
        if cell.comment is not None:
            note = len(self.notes) + 1
            self.notes.append(Note(note, row, column, cell.comment))
        return GridCell(
            place,
            f"{row},{column}#{place}",
            _style(cell, here=here, spans=(row, column) in self._merged),
            visible(cut(cell.value.displayed)),
            here,
            cell.formula,
            note,
            self._merged.get((row, column)),
            cell.again,
        )


def _style(cell: SeenCell, *, here: bool, spans: bool) -> str:
    style = "number" if cell.value.kind in _LINED_UP else ""
    if spans:
        style += " spans"
    if here:
        return style + " here"
    return style + " concealed" if cell.hidden else style


def cut(text: str) -> str:
    """A text as long as a cell of the grid bears."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def range_name(area: CellArea) -> str:
    """A range as spreadsheets write it: B2:D5."""
    first = f"{letters(area.column)}{area.row}"
    if area.last_row is None:
        return first
    return f"{first}:{letters(area.last_column or area.column)}{area.last_row}"
