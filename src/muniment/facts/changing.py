"""Where a sheet changes its shape half-way without headers: a run of rows read by other columns.

    Name   | Born      | Lives in  | Held since | Held at
    Muster | 1.1.1910  | Prüfstadt | 01.01.1942 | Lager A        as in all rows above
    Probe  | 7.5.1943  | 7.3.1915  | Lager B    | Testheim       from here on

- A run is at least so many rows in which the same two columns hold what they do not hold elsewhere:
  a date that does not read as one, a day where others have a place. Single bad rows are no run.
- Nothing is stated of such rows. What their cells are nobody has said; they are counted and listed.
"""

import re
from collections.abc import Mapping as Map

import numpy as np

from muniment.core import CellKind
from muniment.facts.table import Codes, Held, Mask

FEWEST_ROWS = 5  # of a run
_FEWEST_ELSEWHERE = 5  # rows that show what the columns hold
_COLUMNS = 2  # that hold something else, all along a run
_GAP = 2  # rows of a run, one after the other, that do not show it
_ALONG, _ELSEWHERE = 0.8, 0.2  # share of odd cells: in a run at least, elsewhere at most
# What stands in no column of names, places or reasons: a day in figures, nothing beside it.
_DAY = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})")


def is_day(held: Held) -> bool:
    """Whether a value of a column of words is a day in figures."""
    return held.kind is CellKind.DATE or _DAY.fullmatch(held.displayed.strip()) is not None


def changed_rows(odd: Map[int, Mask], filled: Map[int, Mask], data: Mask) -> Codes:
    """The positions of rows of data in which the sheet has another shape.

    `odd` says of each column in which rows it holds what it cannot hold, or does not otherwise;
    `filled` in which it holds anything.
    """
    rows = np.flatnonzero(data)
    if len(rows) < FEWEST_ROWS + _FEWEST_ELSEWHERE:
        return np.zeros(0, np.int64)
    strange = sum(
        (mask[rows].astype(np.int64) for mask in odd.values()), np.zeros(len(rows), np.int64)
    )
    found = [
        np.arange(start, end)
        for start, end in _runs(strange >= _COLUMNS)
        if _is_change(odd, filled, rows, start, end)
    ]
    return rows[np.concatenate(found)] if len(found) > 0 else np.zeros(0, np.int64)


def _runs(marked: Mask) -> list[tuple[int, int]]:
    """Stretches of marked places, with small gaps, that are long enough: first, and one past."""
    places = np.flatnonzero(marked)
    if len(places) < FEWEST_ROWS:
        return []
    breaks = np.flatnonzero(np.diff(places) > _GAP + 1)
    starts, ends = np.append(0, breaks + 1), np.append(breaks, len(places) - 1)
    return [
        (int(places[start]), int(places[end]) + 1)
        for start, end in zip(starts, ends, strict=True)
        if end - start + 1 >= FEWEST_ROWS
    ]


def _is_change(
    odd: Map[int, Mask], filled: Map[int, Mask], rows: Codes, start: int, end: int
) -> bool:
    """Whether enough columns are odd all along a run, and hardly anywhere else."""
    within = np.zeros(len(rows), np.bool_)
    within[start:end] = True
    turned = 0
    for column, mask in odd.items():
        holds, here = filled[column][rows], mask[rows]
        along, elsewhere = holds & within, holds & ~within
        if along.sum() < FEWEST_ROWS or elsewhere.sum() < _FEWEST_ELSEWHERE:
            continue
        in_run, outside = here[along].mean(), here[elsewhere].mean()
        turned += bool(in_run >= _ALONG and outside <= _ELSEWHERE)
    return turned >= _COLUMNS
