"""Names for the tables of a document, and which of them go on over the page.

- A table that ends low on a page and one of the same width and columns that begins the next are
  one table; its rows are counted on, and a heading that is printed again is a row again.
"""

from collections.abc import Sequence

import msgspec

from muniment.readers.page_table_records import Sheet, Table

_ALIKE = 12.0  # points by which the sides of a continued table differ
_LOW = 0.6  # of the page's height
_HIGH = 0.35


class NamedTable(msgspec.Struct, frozen=True):
    """A table, the name it is cited by, and how many of its rows stand on pages before."""

    table: Table
    name: str
    rows_before: int


class TableNames:
    """Names tables page by page."""

    def __init__(self) -> None:
        self._count = 0
        self._last: tuple[NamedTable, Sheet] | None = None

    def named(self, tables: Sequence[Table], sheet: Sheet) -> list[NamedTable]:
        """The tables of the next page with their names."""
        found: list[NamedTable] = []
        for number, table in enumerate(tables):
            before = self._last
            if number == 0 and before is not None and _goes_on(before, table, sheet):
                rows = before[0].rows_before + before[0].table.rows
                found.append(NamedTable(table, before[0].name, rows))
            else:
                self._count += 1
                found.append(NamedTable(table, f"table {self._count}", 0))
        self._last = (found[-1], sheet) if len(found) > 0 else None
        return found


def _goes_on(before: tuple[NamedTable, Sheet], table: Table, sheet: Sheet) -> bool:
    last = before[0].table
    return (
        last.box[3] > _LOW * before[1].height
        and table.box[1] < _HIGH * sheet.height
        and last.columns == table.columns
        and abs(last.box[0] - table.box[0]) <= _ALIKE
        and abs(last.box[2] - table.box[2]) <= _ALIKE
    )
