"""The grid of a table: what its template asks of rows and cells, worked out once a page."""

import re
import unicodedata
from collections.abc import Iterator

import msgspec
from markupsafe import Markup, escape

from muniment.app.web.table_address import COLUMNS_SHOWN, ROWS_SHOWN, TableAddress
from muniment.app.web.templating import visible
from muniment.catalog.sheets import SeenCell, SeenRow, Sheet, Window, letters
from muniment.core import CellArea, CellKind

_LONGEST = 160  # letters of a cell in the grid; the panel has them all
_LINED_UP = (CellKind.NUMBER, CellKind.DATE)
_RIGHT_TO_LEFT = ("R", "AL")
_LETTER = re.compile("[A-Za-z]")
_LINED_UP_STYLE = ' class="number"'


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
    if text.isascii():
        return 0 if _LETTER.search(text) is None else -1
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way in _RIGHT_TO_LEFT:
            return 1
        if way == "L":
            return -1
    return 0


class GridRow(msgspec.Struct, frozen=True):
    """One row of the grid; `here` where it was asked for, and no cell of it.

    `cells` is markup: a page has a thousand cells, and a template takes five times as long.
    """

    number: int
    hidden: bool
    here: bool
    cells: Markup


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
        query = address.plain.query
        # A cell's address is this and its row and column, beside the page that shows it.
        self.to_cell = f"?{query}&cell=" if query != "" else "?cell="
        self.to_row = self.to_cell.removesuffix("cell=") + "row="
        self._to_cell = str(escape(self.to_cell))
        self._marked = address.cell or (address.row, None)
        self._merged = {
            (each.area.row, each.area.column): range_name(each.area)
            for each in seen.ranges
            if each.name == "merged"
        }
        self._spans = dict(_spans(seen))
        self._covered = frozenset(
            (row + down, column + across)
            for (row, column), (high, wide) in self._spans.items()
            for down in range(high)
            for across in range(wide)
            if (down, across) != (0, 0)
        )
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
        marked, number = self._marked, row.number
        here = marked[1] if marked[0] == number else None
        special = {column for at, column in self._merged if at == number} | {here}
        cells = "".join(
            self._plain_cell(number, column, cell)
            if column not in special and (cell is None or cell.is_plain)
            else self._cell(number, column, cell, here=here == column)
            for column, cell in zip(columns, row.cells, strict=True)
            if (number, column) not in self._covered
        )
        asked = marked == (number, None)
        return GridRow(number, row.hidden, asked, Markup(cells))  # noqa: S704 - escaped in both

    def _plain_cell(self, row: int, column: int, cell: SeenCell | None) -> str:
        """A cell of which nothing is to be said: most are, and a page has a thousand of them."""
        if cell is None:
            return f'<td id="r{row}c{column}"></td>'
        style = _LINED_UP_STYLE if cell.value.kind in _LINED_UP else ""
        return (
            f'<td id="r{row}c{column}"{style}>'
            f'<a tabindex="-1" href="{self._to_cell}{row},{column}#r{row}c{column}">'
            f'<bdi dir="auto">{_shown(cell.value.displayed)}</bdi></a></td>'
        )

    def _cell(self, row: int, column: int, cell: SeenCell | None, *, here: bool) -> str:
        """One cell; what it shows is escaped, and isolated from the direction of what is around."""
        place = f"r{row}c{column}"
        current = ' aria-current="true"' if here else ""
        high, wide = self._spans.get((row, column), (1, 1))
        current += f' rowspan="{high}"' if high > 1 else ""
        current += f' colspan="{wide}"' if wide > 1 else ""
        if cell is None:
            return f'<td id="{place}"{_style(here=here)}{current}></td>'
        shown = _shown(cell.value.displayed)
        link = (
            f'<a tabindex="-1" href="{self._to_cell}{row},{column}#{place}">'
            f'<bdi dir="auto">{shown}</bdi></a>'
        )
        marks = self._marks(row, column, cell)
        held = link if marks == "" else f'<div>{link}<span class="marks">{marks}</span></div>'
        style = _style(
            number=cell.value.kind in _LINED_UP,
            spans=(row, column) in self._merged and (row, column) not in self._spans,
            here=here,
            concealed=cell.hidden and not here,
        )
        return f'<td id="{place}"{style}{current}>{held}</td>'

    def _marks(self, row: int, column: int, cell: SeenCell) -> str:
        """What stands in a cell beside its value."""
        marks = '<i title="a formula">ƒ</i>' if cell.formula else ""
        if cell.comment is not None:
            number = len(self.notes) + 1
            self.notes.append(Note(number, row, column, cell.comment))
            marks += f'<a href="#note-{number}" title="a comment">{number}</a>'
        if cell.again:
            marks += '<b title="the file has this cell more than once">2×</b>'
        merged = None if (row, column) in self._spans else self._merged.get((row, column))
        return marks if merged is None else marks + f'<span title="merged">{merged}</span>'


def _spans(seen: Window) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where a merged cell can be one: its first row and column, and how many of each it spans.

    All of it is in the window, side by side, and nothing else stands in it.
    """
    numbers = [row.number for row in seen.rows]
    places = {number: place for place, number in enumerate(numbers)}
    columns = {column: place for place, column in enumerate(seen.columns)}
    taken: set[tuple[int, int]] = set()
    for each in seen.ranges:
        area = each.area
        high = (area.last_row or area.row) - area.row + 1
        wide = (area.last_column or area.column) - area.column + 1
        top, left = places.get(area.row), columns.get(area.column)
        if each.name != "merged" or top is None or left is None:
            continue
        if high > len(numbers) - top or wide > len(columns) - left:
            continue
        rows = seen.rows[top : top + high]
        across = seen.columns[left : left + wide]
        in_order = [row.number for row in rows] == list(range(area.row, area.row + high))
        if not in_order or list(across) != list(range(area.column, area.column + wide)):
            continue
        inside = {(row, column) for row in range(high) for column in range(wide)}
        held = any(_says(rows[down].cells[left + aside]) for down, aside in inside - {(0, 0)})
        placed = {(area.row + down, area.column + aside) for down, aside in inside}
        if not held and len(inside) > 1 and taken.isdisjoint(placed):
            taken |= placed
            yield (area.row, area.column), (high, wide)


def _says(cell: SeenCell | None) -> bool:
    """Whether something stands in a cell: a merged range may hide what stood there before."""
    return cell is not None and (
        cell.value.displayed != "" or cell.formula or cell.comment is not None
    )


def _shown(untrusted: str) -> str:
    """What a cell shows, as markup."""
    if untrusted.isalnum() and len(untrusted) <= _LONGEST:
        return untrusted  # letters and digits are no markup and steer nothing
    return str(escape(visible(cut(untrusted))))


def _style(**classes: bool) -> str:
    """The attribute of those classes that apply; none where none does."""
    named = " ".join(name for name, applies in classes.items() if applies)
    return "" if named == "" else f' class="{named}"'


def cut(text: str) -> str:
    """A text as long as a cell of the grid bears."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def range_name(area: CellArea) -> str:
    """A range as spreadsheets write it: B2:D5."""
    first = f"{letters(area.column)}{area.row}"
    if area.last_row is None:
        return first
    return f"{first}:{letters(area.last_column or area.column)}{area.last_row}"
