"""Rows of a database as cells: one value, one cell, at its row and column of its table.

- Rows are counted from 1 in the order in which the file gives them; the names of the columns are
  no row but properties of their columns.
- Numbers are spelled as briefly as keeps their value; dates and times in ISO 8601; a value that is
  null is no cell.
"""

import datetime as dt
import decimal
import math
from collections.abc import Iterator, Sequence

from muniment.core import Cell, CellArea, CellKind, Metadata, Part
from muniment.readers.signals import RefusedError


def column_parts(
    table: str | None, names: Sequence[str], types: Sequence[str] = ()
) -> Iterator[Part]:
    """The name, and where stated the type, of each column, at its column in the first row."""
    for column, name in enumerate(names, start=1):
        at = CellArea(1, column, table)
        yield Metadata(at, "column", name)
        if column <= len(types) and types[column - 1] != "":
            yield Metadata(at, "column type", types[column - 1])


def cell_of(at: CellArea, value: object, *, hidden: bool = False) -> Cell | None:
    """The cell that holds this value; None where there is none to hold."""
    match value:
        case None:
            return None
        case bool():
            return Cell(at, CellKind.BOOLEAN, "true" if value else "false", hidden=hidden)
        case int():
            return Cell(at, CellKind.NUMBER, str(value), hidden=hidden)
        case float():
            return _number(at, value, hidden=hidden)
        case decimal.Decimal():
            return Cell(at, CellKind.NUMBER, format(value, "f"), hidden=hidden)
        case dt.date() | dt.time():
            return Cell(at, CellKind.TEXT, value.isoformat(), hidden=hidden)
        case _:
            written = str(value)
            return None if written == "" else Cell(at, CellKind.TEXT, written, hidden=hidden)


def _number(at: CellArea, value: float, *, hidden: bool) -> Cell:
    if not math.isfinite(value):
        return Cell(at, CellKind.TEXT, str(value), hidden=hidden)
    shortest = repr(value)
    whole = shortest.removesuffix(".0")
    return Cell(at, CellKind.NUMBER, whole, hidden=hidden)


class CellCount:
    """How many cells of an object have come out; refuses to go past the limit."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._count = 0

    def add(self, count: int) -> None:
        """Count these too.

        Raises:
            RefusedError: they are more than the limit.
        """
        self._count += count
        if self._count > self._most:
            raise RefusedError(f"has more than {self._most} cells")
