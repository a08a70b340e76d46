"""Totals that count rows, such as `Total: 26 persons`, against the rows that are numbered.

Only tables whose rows carry running numbers are counted: elsewhere what a row is stays a guess.
"""

import re
from bisect import bisect_left
from decimal import Decimal
from operator import attrgetter

from muniment.facts.totals.amount import Separators, amount
from muniment.facts.totals.finding import Agreement, Checked, Kind, finding
from muniment.facts.totals.grid import Figure, Grid, TableCell, places
from muniment.facts.totals.words import names_total

_COUNT = re.compile(
    r"(?<![\w.,/-])(\d[\d.,\s]*?)\s*(?:人|名|个|個|条|條|чел|осіб|ос\.|лиц|запис|адам|kişi|kayıt|kishi|كىشى"
    r"|persons?\b|people\b|names?\b|entries\b|records\b|personas?\b|personnes?\b|noms\b|Personen\b"
    r"|pessoas?\b|شخص|نفر|معتقل)",
    re.IGNORECASE,
)
_ROW = attrgetter("cell.row")


def check_counts(grid: Grid) -> Checked:
    """Every total that counts rows, of a table whose rows are numbered."""
    numbered = [grid.in_column(column, grid.plain_rows) for column in grid.running_columns]
    found: list[Checked] = []
    last = 0
    for row in grid.rows if numbered else ():
        cells = [grid.cells[row, column] for column in grid.columns if (row, column) in grid.cells]
        if any(names_total(cell.written) for cell in cells[:2]):
            before, since = (bisect_left(numbered[0], at, key=_ROW) for at in (row, last))
            found.extend(_check(cell, numbered[0][:before], since) for cell in cells)
            last = row
    return Checked.all(found)


def _check(cell: TableCell, before: list[Figure], since: int) -> Checked:
    """A count against the numbered rows since the last total, or all of them."""
    match = _COUNT.search(cell.written)
    read = None if match is None else amount(match[1], Separators())
    if read is None or not before:
        return Checked()
    rows = before if read.value == len(before) else before[since:] or before
    computed = Decimal(len(rows))
    at = (cell.place, *places(rows))
    if read.value == computed:
        return Checked((), (Agreement(Kind.COUNT, at, read.value, computed),))
    seen = f"{len(rows)} rows before it carry a number"
    return Checked((finding(Kind.COUNT, at, read.value, computed, seen),))
