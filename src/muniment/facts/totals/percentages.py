"""Printed percentages computed again, each as the share of a whole that the table states.

For each column of percentages the table is searched for what they are shares of: another column's
figure over that column's total (printed, or the sum of its rows), or over a figure of the same
row. The choice that gives most rows is taken, where it gives at least three and three fifths; the
other rows are findings. What is written as 12.3 may be anything from 12.25 to 12.35.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice

import msgspec

from muniment.core import Place
from muniment.facts.totals.finding import Agreement, Checked, Kind, finding
from muniment.facts.totals.grid import Figure, Grid

_HUNDRED = Decimal(100)
_MIN_ROWS = 3
_SAMPLE = 100  # rows a choice is tried on before all
_MIN_ADDENDS = 2
_MOST = Decimal("0.8")
_MIN_SHARE = Decimal("0.6")
_WHOLE_STEP = Decimal("0.5")  # a percentage without decimals is rounded too


class Share(msgspec.Struct, frozen=True):
    """A percentage and the two figures it may be made from."""

    stated: Figure
    part: Figure
    whole: Decimal
    whole_figure: Figure | None  # None where the whole is the sum of the column

    @property
    def computed(self) -> Decimal:
        """The percentage, unrounded."""
        return self.part.value / self.whole * _HUNDRED

    @property
    def agrees(self) -> bool:
        """Whether rounding explains the difference."""
        return abs(self.stated.value - self.computed) <= _room(self.stated)


Stated = Mapping[int, Figure]  # percentages by row
Maker = Callable[[Stated], tuple[Share, ...]]


def check_percentages(grid: Grid) -> Checked:
    """Every column of percentages of a table."""
    checked = _closing_rows(grid)
    for column in sorted(grid.share_columns):
        shares = {row: f for row in grid.body if (f := grid.figures.get((row, column))) is not None}
        checked += _shares(grid, shares, grid.value_columns) + _closing(grid, column)
    for column in grid.columns:
        beside = {row: f for (row, at), f in grid.shares_beside.items() if at == column}
        checked += _shares(grid, beside, [column])
    return checked


def _shares(grid: Grid, stated: Stated, parts: Sequence[int]) -> Checked:
    """Percentages by row, as shares made from one of the columns `parts`."""
    sample = dict(islice(stated.items(), _SAMPLE))
    choices = [choice for choice in _choices(grid, parts) if _fit(choice[1](sample)) > 0]
    best = max(choices, key=lambda choice: _fit(choice[1](stated)), default=None)
    if best is None or _fit(shares := best[1](stated)) == 0:
        return Checked()
    seen = f"{_fit(shares)} of {len(shares)} percentages of this column are {best[0]}"
    return Checked(
        tuple(
            finding(Kind.PERCENTAGE, _at(share), share.stated.value, _shown(share), seen)
            for share in shares
            if not share.agrees
        ),
        tuple(
            Agreement(Kind.PERCENTAGE, _at(share), share.stated.value, _shown(share))
            for share in shares
            if share.agrees
        ),
    )


def _fit(shares: Sequence[Share]) -> int:
    """How many shares agree; 0 where they are too few, or too alike, to tell anything."""
    agreeing = [share.stated.value for share in shares if share.agrees]
    enough = len(set(agreeing)) >= _MIN_ROWS and len(agreeing) >= _MIN_SHARE * len(shares)
    return len(agreeing) if enough else 0


def _choices(grid: Grid, parts: Sequence[int]) -> Iterator[tuple[str, Maker]]:
    """What percentages may be shares of, in words, and how shares are made of it."""
    for part in parts:
        for row in sorted(grid.total_rows):
            if (row, part) in grid.figures:
                whole = grid.figures[row, part]
                yield "shares of the printed total", partial(_of_one, grid, part, whole)
        yield "shares of the sum of the rows", partial(_of_one, grid, part, _sum(grid, part))
        for other in grid.value_columns:
            if other != part:
                yield "shares of another figure of the row", partial(_of_row, grid, part, other)


def _sum(grid: Grid, column: int) -> Decimal:
    plain = grid.in_column(column, [row for row in grid.body if row not in grid.total_rows])
    return sum((figure.value for figure in plain), Decimal(0))


def _of_one(grid: Grid, part: int, whole: Figure | Decimal, stated: Stated) -> tuple[Share, ...]:
    """Shares of one whole; a total's own share is `_closing`'s business."""
    value = whole if isinstance(whole, Decimal) else whole.value
    figure = None if isinstance(whole, Decimal) else whole
    rows = ((row, share) for row, share in stated.items() if row not in grid.total_rows)
    parts = ((share, grid.figures.get((row, part))) for row, share in rows)
    made = (Share(share, found, value, figure) for share, found in parts if found is not None)
    return () if value == 0 else tuple(made)


def _of_row(grid: Grid, part: int, other: int, stated: Stated) -> tuple[Share, ...]:
    rows = (
        (share, grid.figures.get((row, part)), grid.figures.get((row, other)))
        for row, share in stated.items()
    )
    return tuple(
        Share(share, found, whole.value, whole)
        for share, found, whole in rows
        if found is not None and whole is not None and whole.value != 0
    )


def _closing_rows(grid: Grid) -> Checked:
    """Rows whose shares, over all columns of shares, end in a hundred where most rows' do."""
    columns = sorted(grid.share_columns)
    if len(columns) < _MIN_ADDENDS:
        return Checked()
    rows = [found for row in grid.body if (found := grid.in_row(row, columns))]
    sums = [sum((figure.value for figure in row), Decimal(0)) for row in rows]
    closing = [
        abs(total - _HUNDRED) <= sum(map(_room, row)) for row, total in zip(rows, sums, strict=True)
    ]
    if sum(closing) < _MIN_ROWS or sum(closing) < _MOST * len(rows):
        return Checked()
    seen = f"in {sum(closing)} of {len(rows)} rows the shares make a hundred together"
    every = list(zip(closing, rows, sums, strict=True))
    return Checked(
        tuple(
            finding(Kind.HUNDRED, tuple(f.cell.place for f in row), _HUNDRED, total, seen)
            for closes, row, total in every
            if not closes
        ),
        tuple(
            Agreement(Kind.HUNDRED, tuple(f.cell.place for f in row), _HUNDRED, total)
            for closes, row, total in every
            if closes
        ),
    )


def _closing(grid: Grid, column: int) -> Checked:
    """Shares above a printed 100."""
    totals = [row for row in sorted(grid.total_rows) if (row, column) in grid.figures]
    if len(totals) != 1 or grid.figures[totals[0], column].value != _HUNDRED:
        return Checked()
    stated = grid.figures[totals[0], column]
    shares = grid.in_column(column, [row for row in grid.body if row < totals[0]])
    computed = sum((figure.value for figure in shares), Decimal(0))
    room = sum((_room(figure) for figure in shares), _room(stated))
    at = (stated.cell.place, *(figure.cell.place for figure in shares))
    if len(shares) < _MIN_ROWS:
        return Checked()
    if abs(computed - _HUNDRED) <= room:
        return Checked((), (Agreement(Kind.HUNDRED, at, stated.value, computed),))
    return Checked((finding(Kind.HUNDRED, at, stated.value, computed),))


def _room(figure: Figure) -> Decimal:
    return figure.amount.half_step or _WHOLE_STEP


def _shown(share: Share) -> Decimal:
    """The computed percentage with one decimal more than the printed one has."""
    return share.computed.quantize(Decimal(1).scaleb(-share.stated.amount.decimals - 1))


def _at(share: Share) -> tuple[Place, ...]:
    whole = () if share.whole_figure is None else (share.whole_figure.cell.place,)
    return (share.stated.cell.place, share.part.cell.place, *whole)
