"""Cells as readers yield them, as tables whose figures can be computed again.

A figure is taken as the file shows it where it shows a percentage, and as it is stored elsewhere:
the sum of stored values is what a workbook itself prints.
"""

from collections.abc import Iterable

from muniment.core import Area, Cell, CellKind, shortest_number
from muniment.facts.totals.grid import TableCell

Table = tuple[str | None, int | None]  # sheet or table by name, and the page it stands on


def tables_of(cells: Iterable[Cell]) -> dict[Table, list[TableCell]]:
    """The cells of each table, in the order of the parts."""
    tables: dict[Table, list[TableCell]] = {}
    for cell in cells:
        page = cell.at.page if isinstance(cell.at, Area) else None
        tables.setdefault((cell.in_table.sheet, page), []).append(table_cell(cell))
    return tables


def table_cell(cell: Cell) -> TableCell:
    """One cell; one that is merged stands in its first row and column."""
    share = cell.shown is not None and "%" in cell.shown
    return TableCell(
        cell.in_table.row,
        cell.in_table.column,
        cell.shown if share and cell.shown is not None else _written(cell),
        cell.at,
        cell.formula,
        cell.hidden,
        cell.kind is CellKind.NUMBER and not share,
    )


def _written(cell: Cell) -> str:
    """A date is no figure: its number would be added to others. A number has its own decimals."""
    if cell.kind is CellKind.DATE:
        return cell.shown or f"day {cell.written}"
    if cell.kind is CellKind.NUMBER:
        return shortest_number(cell.written) or cell.written
    return cell.written
