"""Rows that go on about the person above: their own columns are blank, others are filled.

    1 | Ali Vargas | 1980 | 2017-01-11 | Camp 1
      |            |      | 2018-01-11 | Camp 2      of Ali Vargas, where the mapping says so

- It is proposed, and said: a person confirms it, and every value that is taken from above has the
  doubt `continued`. Where rows are numbered, a number in the row begins somebody else.
"""

from collections.abc import Sequence

import numpy as np

from muniment.facts.layout import RowKind, Rows
from muniment.facts.proposing.choice import Choice
from muniment.facts.table import Mask

ABOVE = ("blank", "above")
_NAMING = frozenset({"name", "first_name", "last_name", "id_number"})
_OWN = frozenset({"serial", "registration"})  # concepts that number a person's first row
_MOST = 0.8  # share of rows that go on: beyond it, a column is merely blank
_USUAL, _FEWEST = 0.8, 2  # share of rows that fill a column of one's own, and of such columns


class Continued:
    """Which rows go on about the person above, and which columns name that person."""

    def __init__(self, choices: Sequence[Choice], rows: Rows) -> None:
        data = rows.of(RowKind.DATA)
        filled = {
            choice.seen.column.number: choice.seen.column.filled() & data for choice in choices
        }
        own = [each for each in choices if each.entity == "person" or each.concept in _OWN]
        other = [each for each in choices if each.concept != "" and each not in own]
        naming = [each for each in own if each.concept in _NAMING]
        begins, goes_on, named = (
            _any([filled[each.seen.column.number] for each in of], data)
            for of in (own, other, naming)
        )
        below = np.maximum.accumulate(named) if len(named) > 0 else named
        self.rows: Mask = np.asarray(data & ~begins & goes_on & below, np.bool_)
        # One column alone that is blank may have been left blank.
        usual = sum(
            int(filled[each.seen.column.number].sum()) >= _USUAL * int(begins.sum()) for each in own
        )
        sure = 0 < self.count <= _MOST * int(data.sum()) and usual >= _FEWEST
        columns = (each.seen.column.number for each in naming)
        self.columns = frozenset(columns if sure else ())

    @property
    def count(self) -> int:
        """How many rows there are."""
        return int(self.rows.sum())

    def doubts(self) -> tuple[str, ...]:
        """What a person is told of it before confirming."""
        if len(self.columns) == 0:
            return ()
        columns = ", ".join(map(str, sorted(self.columns)))
        says = (
            f"{self.count:,} rows name nobody below one that does, and are proposed to go on about "
            f"that person (option blank=above of column {columns}), with the doubt continued; take "
            "the option out where they do not"
        )
        return (says,)


def _any(masks: list[Mask], data: Mask) -> Mask:
    return np.asarray(np.logical_or.reduce([np.zeros_like(data), *masks]), np.bool_)
