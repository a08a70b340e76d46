"""Printed numbers of rows: gaps, repeats, and numbers out of order.

A column numbers the rows where its heading says so, or where it begins with 1 and nine of ten
steps are one. A number 1 begins a new count (a section, a page), which is no finding.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from muniment.facts.totals.finding import Agreement, Checked, Finding, Kind, finding
from muniment.facts.totals.grid import Figure, Grid
from muniment.facts.totals.words import names_serial

_MIN_ROWS = 4
_MIN_STEPS = 0.9
_MIN_NAMED_STEPS = 0.5  # where the heading says what the column is


def check_running_numbers(grid: Grid) -> Checked:
    """Every column that numbers the rows."""
    checked = Checked()
    for column in grid.columns:
        figures = grid.in_column(column, [r for r in grid.rows if r not in grid.total_rows])
        whole = [figure for figure in figures if _counts(figure)]
        if len(whole) == len(figures) >= _MIN_ROWS and _numbers_rows(grid, column, whole):
            checked += _count(whole)
    return checked


def _counts(figure: Figure) -> bool:
    return figure.amount.decimals == 0 and not figure.amount.percent and figure.value >= 0


def _numbers_rows(grid: Grid, column: int, figures: Sequence[Figure]) -> bool:
    ones = sum(b.value - a.value == 1 or b.value == 1 < a.value for a, b in _steps(figures))
    share = ones / (len(figures) - 1)
    if names_serial(grid.heading_of[column]):
        return share >= _MIN_NAMED_STEPS
    return figures[0].value == 1 and share >= _MIN_STEPS


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
