"""What stands beside the grid of a table: one cell, one row or one column of it."""

from typing import Any

import msgspec

from muniment.app.web.table_address import TableAddress
from muniment.catalog.sheets import (
    ColumnStatistics,
    Range,
    Sheet,
    Test,
    Where,
    column_statistics,
)
from muniment.core import Cell, CellArea, Citation


class CellPanel(msgspec.Struct, frozen=True):
    """One cell, or several that the file has under the same row and column."""

    row: int
    column: int
    cells: tuple[tuple[Cell, str], ...]  # each with its citation
    ranges: tuple[Range, ...]


class RowPanel(msgspec.Struct, frozen=True):
    """One row, field by field, each with its citation."""

    row: int
    fields: tuple[tuple[int, Cell, str], ...]
    citation: str


def beside(sheet: Sheet, address: TableAddress) -> dict[str, Any]:
    """What stands beside the grid: a cell, a row, a column; or nothing."""
    found: dict[str, Any] = {"cell": None, "row": None, "column": None}
    if address.cell is not None:
        found["cell"] = _cell_panel(sheet, *address.cell)
    elif address.row is not None:
        found["row"] = _row_panel(sheet, address.row)
    elif address.column is not None:
        found["column"] = _column_panel(sheet, address)
    return found


def _cell_panel(sheet: Sheet, row: int, column: int) -> CellPanel:
    cells = tuple(
        (cell, str(Citation(sheet.digest, cell.at))) for cell in sheet.cells_at(row, column)
    )
    return CellPanel(row, column, cells, _ranges_over(sheet, row, column))


def _ranges_over(sheet: Sheet, row: int, column: int) -> tuple[Range, ...]:
    return tuple(
        each
        for each in sheet.ranges(row, row)
        if each.area.column <= column <= (each.area.last_column or each.area.column)
    )


def _row_panel(sheet: Sheet, row: int) -> RowPanel:
    held = [(column, cell) for column in sheet.columns for cell in sheet.cells_at(row, column)]
    fields = tuple((column, cell, str(Citation(sheet.digest, cell.at))) for column, cell in held)
    if len(held) == 0:
        return RowPanel(row, (), "")
    if not isinstance(held[0][1].at, CellArea):  # on a page a row has no place of its own
        return RowPanel(row, fields, fields[0][2])
    last = max(column for column, _ in held)
    area = CellArea(row, held[0][0], sheet.sheet, row, last)
    return RowPanel(row, fields, str(Citation(sheet.digest, area)))


def _column_panel(sheet: Sheet, address: TableAddress) -> ColumnStatistics | None:
    number = address.column
    if number is None or number not in sheet.columns:
        return None
    return column_statistics(sheet, number, address.question)


def where_is(column: int, displayed: str) -> Where | None:
    """The condition that finds what shows the same; None where nothing is shown."""
    return None if displayed == "" else Where(column, Test.IS, displayed)


def empty_in(column: int) -> Where:
    """The condition that finds what shows nothing."""
    return Where(column, Test.EMPTY)


def of_kind(column: int, kind: str) -> Where:
    """The condition that finds what the file stores as this kind."""
    return Where(column, Test.KIND, kind)


def marked(column: int, mark: str) -> Where:
    """The condition that finds what is hidden, or carries a formula or a comment."""
    return Where(column, Test.MARK, mark)


CONDITIONS: dict[str, Any] = {
    "empty_in": empty_in,
    "marked": marked,
    "of_kind": of_kind,
    "where_is": where_is,
}
