"""Cached values of formulas against the same formulas computed again.

Only what adds is computed: SUM, SUBTOTAL(9 or 109), COUNTA, COUNT, and cells joined by + and -,
over the same sheet. Any other formula is left alone, and so is + or - on a cell without a number.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from operator import itemgetter

from muniment.facts.totals.finding import Agreement, Checked, Kind, finding
from muniment.facts.totals.grid import Figure, Grid, TableCell, places

_REF = r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})"
_RANGE = re.compile(rf"{_REF}(?::{_REF})?")
_CALL = re.compile(r"=?(SUM|COUNTA|COUNT|SUBTOTAL)\(([^()!]*)\)", re.IGNORECASE)
_CHAIN = re.compile(rf"=?\+?{_REF}(?:[+-]{_REF})+")
_TERM = re.compile(rf"([+-]?){_REF}")
_LARGEST = 2_000_000  # cells of a range that is walked through
_FLOAT_ROOM = Decimal("1e-9")  # of the value: cached values are binary fractions


def check_formulas(grid: Grid) -> Checked:
    """Every formula of a table that adds."""
    computed = ((key, cell) for key, cell in grid.cells.items() if cell.formula is not None)
    return Checked.all(
        _check(grid, cell, grid.figures[key])
        for key, cell in sorted(computed, key=itemgetter(0))
        if key in grid.figures
    )


def _check(grid: Grid, cell: TableCell, figure: Figure) -> Checked:
    formula = (cell.formula or "").replace(" ", "").upper()
    computed = _computed(grid, formula)
    if computed is None:
        return Checked()
    value, addends = computed
    at = (cell.place, *places(addends))
    if abs(figure.value - value) <= abs(value) * _FLOAT_ROOM:
        return Checked((), (Agreement(Kind.FORMULA, at, figure.value, value),))
    hidden = sum(one.cell.hidden for one in addends)
    seen = [f"the formula is {cell.formula}", f"{hidden} of its {len(addends)} cells are hidden"]
    return Checked((finding(Kind.FORMULA, at, figure.value, value, *seen),))


def _computed(grid: Grid, formula: str) -> tuple[Decimal, list[Figure]] | None:
    call = _CALL.fullmatch(formula)
    if call is not None:
        return _called(grid, call[1], call[2].split(","))
    if _CHAIN.fullmatch(formula) is None:
        return None
    terms = [
        (sign, grid.figures.get(_key(letters, row)))
        for sign, letters, row in _TERM.findall(formula)
    ]
    figures = [figure for _, figure in terms if figure is not None]
    if len(figures) < len(terms):
        return None
    signed = [-f.value if sign == "-" else f.value for sign, f in terms if f is not None]
    return sum(signed, Decimal(0)), figures


def _called(grid: Grid, function: str, arguments: list[str]) -> tuple[Decimal, list[Figure]] | None:
    if function == "SUBTOTAL":
        if arguments[0] not in {"9", "109"} or _other_subtotals(grid, arguments[1:]):
            return None
        arguments = arguments[1:]
    keys = [key for argument in arguments for key in _keys(argument)]
    if not keys or any(_RANGE.fullmatch(argument) is None for argument in arguments):
        return None
    figures = [grid.figures[key] for key in keys if key in grid.figures]
    if function == "COUNTA":
        return Decimal(sum(key in grid.cells for key in keys)), figures
    if function == "COUNT":
        return Decimal(len(figures)), figures
    return sum((figure.value for figure in figures), Decimal(0)), figures


def _other_subtotals(grid: Grid, arguments: list[str]) -> bool:
    """Whether a range holds subtotals, which SUBTOTAL leaves out."""
    formulas = (grid.cells[k].formula for a in arguments for k in _keys(a) if k in grid.cells)
    return any(formula is not None and "SUBTOTAL" in formula.upper() for formula in formulas)


def _keys(argument: str) -> Iterator[tuple[int, int]]:
    match = _RANGE.fullmatch(argument)
    if match is None:
        return
    (top, left), (bottom, right) = (
        _key(match[1], match[2]),
        _key(match[3] or match[1], match[4] or match[2]),
    )
    if (bottom - top + 1) * (right - left + 1) <= _LARGEST:
        yield from (
            (row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)
        )


def _key(letters: str, row: str) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(row), column
