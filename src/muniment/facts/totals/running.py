"""Printed numbers of rows: gaps, repeats, and numbers out of order.

A number 1 behind a larger one begins a new count (a section, a page), which is no finding.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from muniment.facts.totals.finding import Agreement, Checked, Finding, Kind, finding
from muniment.facts.totals.grid import Figure, Grid


def check_running_numbers(grid: Grid) -> Checked:
    """Every column that numbers the rows."""
    checked = Checked()
    for column in grid.running_columns:
        checked += _count(grid.in_column(column, grid.plain_rows))
    return checked


def _count(figures: Sequence[Figure]) -> Checked:
    """Findings of one column, each run of numbers on its own."""
    found: list[Finding] = []
    seen = {figures[0].value}
    for last, here in _steps(figures):
        if here.value == 1 < last.value:
            seen = set()
        elif here.value in seen:
            found.append(_found(Kind.NUMBERS_REPEATED, last, here))
        elif here.value < last.value:
            found.append(_found(Kind.NUMBERS_OUT_OF_ORDER, last, here))
        elif here.value > last.value + 1:
            missing = here.value - last.value - 1
            found.append(_found(Kind.NUMBERS_MISSING, last, here, f"{missing} numbers between"))
        seen.add(here.value)
    if found:
        return Checked(tuple(found))
    at = (figures[0].cell.place, figures[-1].cell.place)
    count = Decimal(len(figures))
    return Checked((), (Agreement(Kind.NUMBERS_MISSING, at, count, count),))


def _found(kind: Kind, last: Figure, here: Figure, *seen: str) -> Finding:
    at = (here.cell.place, last.cell.place)
    return finding(kind, at, here.value, last.value + 1, *seen)


def _steps(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    return pairwise(figures)
