"""Printed totals added again: totals in rows (of columns) and totals in columns (of rows).

How it is decided what a total is over. A total row is one that a word names; around it are a few
*scopes*: the rows since the last total, all rows, the subtotals, the rows below.

- The scope that gives the printed figure in the most columns is taken. Where it gives at least
  half of them, the other columns are findings.
- Where none gives any, a scope whose sums all lie near the figures is taken; else the total is
  unplaced, or, where its figures lie among those they would be the sum of, it is a mean or a rate
  and left alone (men, women, "total" of a rate).
- Beside sums that agree, a figure that lies among those it would be the sum of is left alone too:
  totals of tables carry means ("inhabitants per outlet").
- A row that no word names is taken for a total where the rows above it add up to it in at least
  two columns and half of them.
- For totals in a column the same holds with rows and columns exchanged, but there a word alone is
  not enough: `Total assets` is the sum of no other column. Columns of men and women are added
  without a word, where they are most of another column.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from math import prod

import msgspec
from msgspec import structs

from muniment.core import Place
from muniment.facts.totals.finding import Agreement, Checked, Finding, Kind, finding
from muniment.facts.totals.grid import Figure, Grid, places
from muniment.facts.totals.words import names_total, only_names_total, sex_in

_MIN_ADDENDS = 2
_FARTHEST = 40  # rows a total without a clear beginning is looked for
_MANY = 50  # totals of a table, of which then only the last few are tried over everything
_LAST = 5
_LARGE = 1_000  # a sum that some rows above do not give by chance
_TELLING = 10_000  # product of sums that agree: smaller ones come about among small numbers
_NEAR = Decimal("0.1")  # of the larger
_LOOSE = "just the last"
_SEXES = "the columns of men and women"
_OTHER_WAY = "the same figure is the sum of the cells in the other direction"
_NO_WORD = "no word says that this row is a total; its figures do"


class Line(msgspec.Struct, frozen=True):
    """One total and what it would be the sum of."""

    total: Figure
    addends: tuple[Figure, ...]

    @property
    def computed(self) -> Decimal:
        """The sum."""
        return sum((figure.value for figure in self.addends), Decimal(0))

    @property
    def agrees(self) -> bool:
        """Whether both lie as near as rounding lets them."""
        room = self.total.amount.half_step + sum(f.amount.half_step for f in self.addends)
        return abs(self.total.value - self.computed) <= room

    @property
    def gap(self) -> Decimal:
        """How far both lie apart, as a share of the larger."""
        largest = max(abs(self.total.value), abs(self.computed))
        return abs(self.total.value - self.computed) / largest if largest else Decimal(0)

    @property
    def near(self) -> bool:
        """Whether both are surely meant to be the same."""
        return self.gap <= _NEAR or _left_out(self) is not None

    @property
    def between(self) -> bool:
        """Whether the total lies among what it would be the sum of: then it is a mean or a rate.

        A sum of numbers of both signs lies among them, too: there it must be nearer the mean.
        """
        values = [figure.value for figure in self.addends]
        low, high = min(values), max(values)
        mean = self.computed / len(values)
        if low < 0 < high and abs(self.total.value - self.computed) < abs(self.total.value - mean):
            return False
        return low < self.total.value < high or low == self.total.value == high

    @property
    def tells(self) -> bool:
        """Whether agreeing is more than a coincidence of zeros: two addends that are something."""
        return sum(figure.value != 0 for figure in self.addends) >= _MIN_ADDENDS


class Scope(msgspec.Struct, frozen=True):
    """A choice of rows (or columns), in words, and the lines it gives."""

    words: str
    lines: tuple[Line, ...]
    loose: bool = False  # nothing but the sum says where it begins

    @property
    def agreeing(self) -> int:
        """Lines that agree and tell something; a loose scope needs two, or a large number."""
        found = [line for line in self.lines if line.agrees and line.tells]
        if self.loose and len(found) == 1 and abs(found[0].total.value) < _LARGE:
            return 0
        return len(found)

    @property
    def telling(self) -> int:
        """Lines that tell something, agreeing or not; means do not."""
        return sum(line.tells and (line.agrees or not line.between) for line in self.lines)


def check_sums(grid: Grid) -> Checked:
    """Totals of columns, then totals of rows."""
    down, across = _total_rows(grid), _total_columns(grid)
    return _beside(down, across) + _beside(across, down)


def _beside(one: Checked, other: Checked) -> Checked:
    """The findings of one way, saying where the same figure agrees the other way."""
    agreeing = {agreement.at[0] for agreement in other.agreements}
    return Checked(
        tuple(
            structs.replace(found, observations=(*found.observations, _OTHER_WAY))
            if found.at[0] in agreeing
            else found
            for found in one.findings
        ),
        one.agreements,
    )


def _total_rows(grid: Grid) -> Checked:
    body = [row for row in grid.body if row not in grid.average_rows]
    named = [row for row in body if row in grid.total_rows]
    found: list[Checked] = []
    for row in named:
        scopes = [
            Scope(words, _down(grid, row, r)) for words, r in _scopes(body, named, row, "row")
        ]
        if not any(map(_settles, scopes)):
            more = _loose(body, row, "row")
            scopes += [Scope(words, _down(grid, row, rows), loose=True) for words, rows in more]
        found.append(_judge(scopes, clear=any(map(only_names_total, grid.labels(row)))))
    for row in _adding_up(grid, body, named):
        above = [other for other in body if other < row and other not in named]
        scope = Scope("all rows above", _down(grid, row, above))
        found.append(_compared(scope, Kind.TOTAL, _NO_WORD))
    return Checked.all(found)


def _total_columns(grid: Grid) -> Checked:
    columns = grid.value_columns
    named = [column for column in columns if names_total(grid.heading_of[column])]
    checked = Checked()
    for column in named:
        choices = [*_scopes(columns, named, column, "column"), *_loose(columns, column, "column")]
        scopes = [
            Scope(words, _across(grid, column, others), loose=words.startswith(_LOOSE))
            for words, others in choices
        ]
        best = max(scopes, key=lambda scope: scope.agreeing)
        if best.agreeing >= _MIN_ADDENDS and best.agreeing * 2 >= best.telling:
            checked += _compared(best, Kind.TOTAL)
    return checked + _of_both_sexes(grid)


def _of_both_sexes(grid: Grid) -> Checked:
    """Columns that no word names and that are, in most rows, the sum of men and women."""
    men, women = (
        [column for column in grid.value_columns if sex_in(grid.heading_of[column]) == sex]
        for sex in ("male", "female")
    )
    checked = Checked()
    if len(men) != 1 or len(women) != 1:
        return checked
    for column in grid.value_columns:
        if column in (*men, *women) or names_total(grid.heading_of[column]):
            continue
        scope = Scope(_SEXES, _across(grid, column, [*men, *women]))
        if scope.agreeing >= _MIN_ADDENDS and scope.agreeing * 2 >= scope.telling:
            checked += _compared(scope, Kind.TOTAL)
    return checked


def _scopes(
    order: Sequence[int], named: Sequence[int], total: int, of: str
) -> list[tuple[str, Sequence[int]]]:
    """What a total in row (or column) `total` may be over, the likeliest first.

    Where totals are many, only the last of them are tried over everything before.
    """
    here = bisect_left(order, total)
    nth = bisect_left(named, total)
    since = bisect_left(order, named[nth - 1]) + 1 if nth > 0 else 0
    coming = bisect_left(order, named[nth + 1]) if nth + 1 < len(named) else len(order)
    near: list[tuple[str, Sequence[int]]] = [
        (f"the {of}s since the last total", order[since:here]),
        (f"the last total and the {of}s since", order[max(0, since - 1) : here]),
        (f"the {of}s behind, up to the next total", order[here + 1 : coming]),
    ]
    if len(named) > _MANY and nth < len(named) - _LAST:
        return near
    return near[:1] + _far_scopes(order, named, total, of) + near[1:]


def _loose(order: Sequence[int], total: int, of: str) -> list[tuple[str, Sequence[int]]]:
    """Some rows just before a total, where nothing but the sum says how many."""
    here = bisect_left(order, total)
    return [
        (f"{_LOOSE} {count} {of}s before", order[here - count : here])
        for count in range(_MIN_ADDENDS, min(here, _FARTHEST))
    ]


def _settles(scope: Scope) -> bool:
    """Whether a scope gives at least half of what it would give."""
    return 0 < scope.telling <= scope.agreeing * 2


def _far_scopes(
    order: Sequence[int], named: Sequence[int], total: int, of: str
) -> list[tuple[str, Sequence[int]]]:
    """What reaches over other totals."""
    totals = frozenset(named)
    before = [one for one in order if one < total]
    behind = [one for one in order if one > total]
    last = max((one for one in named if one < total), default=-1)
    return [
        (f"all {of}s before", [one for one in before if one not in totals]),
        ("the totals before", [one for one in before if one in totals]),
        (
            f"the totals before and the {of}s since",
            [one for one in before if one in totals or one > last],
        ),
        (f"all {of}s behind", [one for one in behind if one not in totals]),
        ("the totals behind", [one for one in behind if one in totals]),
    ]


def _down(grid: Grid, row: int, rows: Sequence[int]) -> tuple[Line, ...]:
    lines = (
        Line(grid.figures[row, column], tuple(grid.in_column(column, rows)))
        for column in grid.value_columns
        if (row, column) in grid.figures
    )
    return tuple(line for line in lines if len(line.addends) >= _MIN_ADDENDS)


def _across(grid: Grid, column: int, columns: Sequence[int]) -> tuple[Line, ...]:
    lines = (
        Line(grid.figures[row, column], tuple(grid.in_row(row, columns)))
        for row in grid.body
        if (row, column) in grid.figures
    )
    return tuple(line for line in lines if len(line.addends) >= _MIN_ADDENDS)


def _adding_up(grid: Grid, body: Sequence[int], named: Sequence[int]) -> list[int]:
    """Rows without a word for it whose figures are, in two columns and half, the sum so far."""
    sums: dict[int, Decimal] = {}
    something: Counter[int] = Counter()
    totals = frozenset(named)
    found = []
    for row in body:
        if row in totals:
            continue
        figures = [
            (c, grid.figures[row, c].value) for c in grid.value_columns if (row, c) in grid.figures
        ]
        telling = [c for c, _ in figures if something[c] >= _MIN_ADDENDS]
        agreeing = [abs(value) for c, value in figures if c in telling and value == sums.get(c)]
        by_chance = prod(agreeing) < _TELLING
        if len(agreeing) >= _MIN_ADDENDS and len(agreeing) * 2 >= len(telling) and not by_chance:
            found.append(row)
            continue
        for column, value in figures:
            sums[column] = sums.get(column, Decimal(0)) + value
            something[column] += value != 0
    return found


def _judge(scopes: Sequence[Scope], *, clear: bool) -> Checked:
    """What agrees and differs in a row that a word names.

    `clear` says that its label names nothing but a total.
    """
    possible = [scope for scope in scopes if scope.lines]
    if not possible:
        return Checked()
    best = max(possible, key=lambda scope: scope.agreeing)
    if _settles(best):
        return _compared(best, Kind.TOTAL)
    if best.agreeing > 0:
        return _compared(best, Kind.TOTAL_UNPLACED)
    near = [scope for scope in possible if not scope.loose and all(x.near for x in scope.lines)]
    means = all(line.between for line in possible[0].lines)
    if near and not means:
        return _compared(min(near, key=_gap), Kind.TOTAL)
    return _compared(possible[0], Kind.TOTAL_UNPLACED) if clear and not means else Checked()


def _gap(scope: Scope) -> Decimal:
    return max(line.gap for line in scope.lines)


def _compared(scope: Scope, kind: Kind, *seen: str) -> Checked:
    lines = [line for line in scope.lines if line.agrees or not line.between]
    agreeing = [line for line in lines if line.agrees]
    share = f"of {len(lines)} figures, {len(agreeing)} are the sum of {scope.words}"
    return Checked(
        tuple(_difference(line, kind, share, *seen) for line in lines if not line.agrees),
        tuple(
            Agreement(Kind.TOTAL, _places(line), line.total.value, line.computed)
            for line in agreeing
        ),
    )


def _difference(line: Line, kind: Kind, *seen: str) -> Finding:
    hidden = sum(figure.cell.hidden for figure in line.addends)
    more = [] if hidden == 0 else [f"{hidden} of the {len(line.addends)} cells added are hidden"]
    left_out = _left_out(line)
    if left_out is not None:
        more.append(f"the difference is what stands in one of the cells added: {left_out}")
    return finding(kind, _places(line), line.total.value, line.computed, *seen, *more)


def _left_out(line: Line) -> Decimal | None:
    """The one addend that is as large as the difference."""
    gap = abs(line.total.value - line.computed)
    found = [figure.value for figure in line.addends if abs(figure.value) == gap]
    return found[0] if len(found) == 1 else None


def _places(line: Line) -> tuple[Place, ...]:
    return (line.total.cell.place, *places(line.addends))
