"""Small cells withheld from a published table, with others, so that sums do not give them away.

- Primary: a cell from 1 to threshold - 1, totals too. Zeros are published unless `zeros` withholds
  them.
- Complementary: a row or column with one withheld cell gives it away, so its smallest other cell
  goes too. Then every primary cell is audited: linear programming finds the range that the
  published cells leave it (Fischetti and Salazar 2001, Management Science 47:1008), and while it is
  narrower than the threshold, or a complementary cell's is one number, more cells go.
- The result is deterministic: ties go to the first cell in reading order.
- Publish `cells` alone: which of the withheld were small is known to the house only.

           men women total               men women total
    east     3    40    43        east     -    40     -
    west    25    60    85    ->  west     -    60     -
    total   28   100   128        total   28   100   128
"""

from collections.abc import Sequence

import msgspec
import numpy as np
from scipy.optimize import linprog

from muniment.measure.errors import RequestError
from muniment.measure.table import whole_count

THRESHOLD = 5
Cell = tuple[int, int]


class PublishedTable(msgspec.Struct, frozen=True):
    """A table with its totals in the last row and column; None where a number is withheld."""

    cells: tuple[tuple[int | None, ...], ...]
    primary: tuple[Cell, ...]  # withheld because small; not for publication
    complementary: tuple[Cell, ...]  # withheld to protect others; not for publication
    threshold: int


def suppress(
    counts: Sequence[Sequence[int]], *, threshold: int = THRESHOLD, zeros: bool = False
) -> PublishedTable:
    """The table with totals, small cells and those that would give them away withheld.

    Each withheld small cell is audited by min and max of x_ij subject to the published cells and
    totals (Fischetti and Salazar 2001, Management Science 47:1008-1027).
    """
    table = _with_totals(counts)
    if threshold < 2:  # noqa: PLR2004 - below 2 no cell is small
        raise RequestError(f"a threshold of {threshold} withholds nothing")
    primary = [
        (i, j)
        for i, row in enumerate(table)
        for j, count in enumerate(row)
        if (0 < count < threshold) or (zeros and count == 0)
    ]
    withheld = set(primary)
    while True:
        exposed = _exposed(table, withheld, primary, threshold, zeros=zeros)
        added = None if exposed is None else _companion(table, withheld, exposed)
        if added is None:
            break
        withheld.add(added)
    return PublishedTable(
        cells=tuple(
            tuple(None if (i, j) in withheld else count for j, count in enumerate(row))
            for i, row in enumerate(table)
        ),
        primary=tuple(primary),
        complementary=tuple(sorted(withheld - set(primary))),
        threshold=threshold,
    )


def feasible_range(
    table: Sequence[Sequence[int]], withheld: set[Cell], cell: Cell, *, zeros: bool = False
) -> Cell:
    """The smallest and largest value of a withheld cell that the other published cells allow.

    `table` includes its totals. An unbounded end is reported as the sum of all cells. Unless zeros
    are withheld too, whoever reads the table knows that no withheld cell is one: five withheld
    cells that sum to 5 are five ones.
    """
    names = sorted(withheld)
    place = {name: k for k, name in enumerate(names)}
    rows, sums = [], []
    for line in _lines(len(table), len(table[0])):
        hidden = [name for name in line if name in withheld]
        if len(hidden) == 0:
            continue
        row = np.zeros(len(names))
        known = 0
        for name in line:
            sign = -1 if name == line[-1] else 1  # the last of a line is its total
            if name in withheld:
                row[place[name]] = sign
            else:
                known += sign * table[name[0]][name[1]]
        rows.append(row)
        sums.append(-known)
    aim = np.zeros(len(names))
    aim[place[cell]] = 1.0
    most = sum(sum(row) for row in table)
    ends = []
    for sign in (1, -1):
        found = linprog(
            sign * aim, A_eq=np.array(rows), b_eq=np.array(sums), bounds=(0 if zeros else 1, most)
        )
        if found.fun is None:
            raise RequestError(f"the table's totals do not add up: {found.message}")
        ends.append(round(sign * float(found.fun)))
    return ends[0], ends[1]


def _with_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    if len(counts) == 0 or len(counts[0]) == 0 or len({len(row) for row in counts}) != 1:
        raise RequestError("a table needs rows of equal length")
    whole = [[whole_count(count, "a count") for count in row] for row in counts]
    table = [[*row, sum(row)] for row in whole]
    return [*table, [sum(column) for column in zip(*table, strict=True)]]


def _lines(rows: int, columns: int) -> list[list[Cell]]:
    """Every row and column, its total last."""
    across = [[(i, j) for j in range(columns)] for i in range(rows)]
    return across + [[(i, j) for i in range(rows)] for j in range(columns)]


def _exposed(
    table: list[list[int]],
    withheld: set[Cell],
    primary: list[Cell],
    threshold: int,
    *,
    zeros: bool,
) -> Cell | None:
    """A withheld cell that the published ones give away; a primary one when its range is narrow."""
    for line in _lines(len(table), len(table[0])):
        hidden = [name for name in line if name in withheld]
        if len(hidden) == 1:
            return hidden[0]
    for cell in primary:
        low, high = feasible_range(table, withheld, cell, zeros=zeros)
        if high - low < threshold:
            return cell
    for cell in sorted(withheld - set(primary)):
        low, high = feasible_range(table, withheld, cell, zeros=zeros)
        if low == high:  # whoever computes it knows that it was not small, and which were
            return cell
    return None


def _companion(table: list[list[int]], withheld: set[Cell], cell: Cell) -> Cell | None:
    """The smallest published, non-zero cell of the line that has fewest withheld.

    None when none is left.
    """
    lines = [line for line in _lines(len(table), len(table[0])) if cell in line]
    lines.sort(key=lambda line: sum(name in withheld for name in line))
    for line in lines:
        free = [name for name in line if name not in withheld and table[name[0]][name[1]] > 0]
        if len(free) > 0:
            return min(free, key=lambda name: (table[name[0]][name[1]], name))
    rest = [
        (i, j)
        for i, row in enumerate(table)
        for j, count in enumerate(row)
        if count > 0 and (i, j) not in withheld
    ]
    return min(rest, key=lambda name: (table[name[0]][name[1]], name), default=None)
