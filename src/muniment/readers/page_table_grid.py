"""Cells out of ruling: a grid of lines, cells merged where no line stands between them.

- A line that ends early divides only the rows or columns that it runs past.
- The open side of a grid (lines that run on beyond the last crossing one) is closed.
"""

import bisect
from collections.abc import Callable, Sequence

import msgspec

from muniment.readers.page_table_records import Box, Rule
from muniment.readers.page_table_ruling import NEAR, Ruling

_OPEN = 10.0  # points by which lines run on beyond the last crossing one
_COVERED = 0.6  # of a cell's side that is drawn
_MOST = 250_000  # spaces of one grid


class Space(msgspec.Struct, frozen=True):
    """A ruled cell: its place in the grid and its box."""

    row: int
    column: int
    last_row: int
    last_column: int
    box: Box


class Grid(msgspec.Struct, frozen=True):
    """Ruled cells, by row, and where their lines run."""

    xs: list[float]
    ys: list[float]
    spaces: list[Space]

    def at(self) -> Callable[[float, float], Space | None]:
        """What tells which space a point lies in."""
        found = {
            (row, column): space
            for space in self.spaces
            for row in range(space.row, space.last_row + 1)
            for column in range(space.column, space.last_column + 1)
        }

        def look(x: float, y: float) -> Space | None:
            return found.get((bisect.bisect(self.ys, y) - 1, bisect.bisect(self.xs, x) - 1))

        return look


def grid_of(ruling: Ruling) -> Grid:
    """The ruled cells of a grid; none where it is no grid."""
    xs = _places(ruling.down, ruling.across)
    ys = _places(ruling.across, ruling.down)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns > _MOST:
        return Grid(xs, ys, [])
    down, across = _near(ruling.down, xs), _near(ruling.across, ys)
    bands = [_band(down, ys, row) for row in range(rows)]
    return Grid(xs, ys, _stacked(across, xs, ys, bands))


def _places(along: Sequence[Rule], crossing: Sequence[Rule]) -> list[float]:
    """Where the lines stand, near ones taken as one, and the ends of an open side."""
    places: list[float] = []
    for at in sorted(rule.at for rule in along):
        if len(places) == 0 or at - places[-1] > NEAR:
            places.append(at)
    if len(crossing) > 1:
        starts, ends = sorted(r.start for r in crossing), sorted(r.end for r in crossing)
        start, end = starts[1], ends[-2]  # at least two lines run that far
        if len(places) == 0 or start < places[0] - _OPEN:
            places.insert(0, start)
        if end > places[-1] + _OPEN:
            places.append(end)
    return places


def _near(along: Sequence[Rule], places: list[float]) -> list[list[Rule]]:
    """The lines at each place."""
    return [[rule for rule in along if abs(rule.at - place) <= NEAR] for place in places]


def _band(down: list[list[Rule]], ys: list[float], row: int) -> list[tuple[int, int]]:
    """First and last column of each space of one row."""
    spaces = []
    first = 0
    for column in range(len(down) - 1):
        last = column == len(down) - 2
        if last or _is_drawn(down[column + 1], ys[row], ys[row + 1]):
            spaces.append((first, column))
            first = column + 1
    return spaces


def _stacked(
    across: list[list[Rule]], xs: list[float], ys: list[float], bands: list[list[tuple[int, int]]]
) -> list[Space]:
    """Spaces of equal width with no line between them are one."""
    done: list[Space] = []
    open_: dict[tuple[int, int], int] = {}  # columns → the row in which the space began
    for row, band in enumerate(bands):
        following = set(bands[row + 1]) if row + 1 < len(bands) else set()
        for columns in band:
            first = open_.pop(columns, row)
            left, right = xs[columns[0]], xs[columns[1] + 1]
            goes_on = columns in following and not _is_drawn(across[row + 1], left, right)
            if goes_on:
                open_[columns] = first
            else:
                box = (left, ys[first], right, ys[row + 1])
                done.append(Space(first, columns[0], row, columns[1], box))
    return sorted(done, key=lambda space: (space.row, space.column))


def _is_drawn(rules: Sequence[Rule], start: float, end: float) -> bool:
    """Whether lines at one place run past most of a stretch."""
    covered = 0.0
    for rule in rules:
        covered += max(0.0, min(end, rule.end) - max(start, rule.start))
    return covered >= _COVERED * (end - start)
