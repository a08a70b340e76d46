"""Rows whose cells have moved: what stands in them reads as the columns beside do.

    No | Name | Sex | Born | Arrested           No | Name | Sex | Born | Arrested |
    1  | Ali  | M   | 1980 | 2017               9  |      | Bek | M    | 1975     | 2017

- Such a row is not set right, and nothing of it is read: a birth would be taken for an arrest. Its
  cells make statements that are unread, `shifted-row`, and the row is listed once.
- Two cells at least that do not read as their columns do, and more cells that read as those of one
  neighbour: two unreadable cells alone are no reason to doubt the rest of a row.
"""

from collections.abc import Iterator
from collections.abc import Mapping as Map

import numpy as np

from muniment.facts.mapping import ColumnRule
from muniment.facts.readings import CellFacts, Reading, read_value
from muniment.facts.statement import Unread
from muniment.facts.table import NOTHING, Codes, Mask, Table

STRICT = frozenset({"date", "date-range", "sex", "identity", "coordinate", "email", "integer"})
FEWEST = 2  # strict cells of one row that are unread: perhaps its cells moved
_BESIDE = (1, -1, 2, -2)  # columns by which cells are looked for
# Reasons that speak for a cell that belongs to another column; an impossible date does not.
_MOVED = frozenset(
    {
        Unread.NOT_A_DATE.value,
        Unread.UNKNOWN_CODE.value,
        Unread.NOT_AN_IDENTIFIER.value,
        Unread.NOT_A_NUMBER.value,
        Unread.NOT_A_COORDINATE.value,
        Unread.NOT_AN_EMAIL.value,
    }
)


def does_not_belong(readings: tuple[Reading, ...]) -> Mask:
    """Which codes of a strict column stand for what the column cannot hold; the last: nothing."""
    return np.array([*(reading.unread in _MOVED for reading in readings), False], np.bool_)


def shifted_rows(
    table: Table, rules: Map[ColumnRule, dict[str, str]], misread: Codes
) -> dict[int, int]:
    """By how many columns the cells of rows have moved, by position.

    `rules` are the strict columns with their options, `misread` how many of their cells in each
    row cannot belong to them.
    """
    readers = _Readers(table, rules)
    found = {}
    for position in np.flatnonzero(misread >= FEWEST).tolist():
        here = readers.read(position, 0)
        by = next((by for by in _BESIDE if readers.read(position, by) >= max(FEWEST, here + 1)), 0)
        if by != 0:
            found[position] = by
    return found


class _Readers:
    """Reads cells as a column beside theirs would; each different value once."""

    def __init__(self, table: Table, rules: Map[ColumnRule, dict[str, str]]) -> None:
        self._table = table
        self._rules = rules
        self._known: dict[tuple[int, int, int], bool] = {}

    def read(self, position: int, by: int) -> int:
        """How many strict columns read what stands `by` columns to their right."""
        return sum(self._each(position, by))

    def _each(self, position: int, by: int) -> Iterator[bool]:
        for rule, options in self._rules.items():
            column = self._table.column(rule.column + by)
            code = NOTHING if column is None else int(column.codes[position])
            if column is None or code == NOTHING:
                continue
            asked = (rule.column, by, code)
            if asked not in self._known:
                held = column.values[code]
                facts = CellFacts(held.kind, held.shown, held.number_format)
                reading = read_value(rule.reader, held.written, facts, options)
                self._known[asked] = reading.read is not None
            yield self._known[asked]


def unread_of_shifted(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The same values in rows that have moved: none of them is read."""
    return tuple(
        Reading(None, Unread.SHIFTED_ROW) if reading.read is not None else reading
        for reading in readings
    )
