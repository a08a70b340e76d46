"""Dates of one row that cannot all be true: death before birth, held before birth, born later.

- Both cells stay as they are read. A contradiction is a finding with its place; which of the two
  is wrong is for a person to say.
- Where several columns state one property of one subject (a beginning by day and one by month), the
  first beginning goes with the first end; several births say nothing here.
- Dates of different precision contradict each other only where what both state does: 1950 and
  1950-03-12 do not.
"""

from collections.abc import Iterator
from collections.abc import Mapping as Map

import msgspec
import numpy as np

from muniment.facts.mapping import ColumnRule, Mapping
from muniment.facts.model import is_a
from muniment.facts.readings import Reading
from muniment.facts.table import NOTHING, Codes

_READERS = frozenset({"date"})
_BORN, _START, _END = "birthDate", "startDate", "endDate"
_NEVER_LATER = frozenset({_BORN, "deathDate", _START})  # than the day on which a file arrived
# Of what is tied to a person, which dates cannot be before the birth.
_AFTER_BIRTH = frozenset({"deathDate", _START, _END, "date"})


class Dates(msgspec.Struct, frozen=True):
    """A column of dates: its rule, the code of each row, and what each code was read as."""

    rule: ColumnRule
    codes: Codes
    readings: tuple[Reading, ...]


class Contradiction(msgspec.Struct, frozen=True):
    """One row (by position) and column in which a date cannot be true with another."""

    position: int
    column: int
    code: str
    says: str


def contradictions(
    mapping: Mapping, columns: Map[int, Dates], as_of: str | None
) -> Iterator[Contradiction]:
    """What contradicts itself in the rows of a table; no birth is later than `as_of`."""
    dated = {each.rule.column: each for each in columns.values() if each.rule.reader in _READERS}
    for first in dated.values():
        if as_of is not None and first.rule.property in _NEVER_LATER:
            yield from _later(first, as_of)
        for second in dated.values():
            says = _must_follow(mapping, first.rule, second.rule)
            if says is not None and _belong(dated, first.rule, second.rule):
                yield from _before(first, second, *says)


def _belong(dated: Map[int, Dates], first: ColumnRule, second: ColumnRule) -> bool:
    """Whether two columns are the only ones of their properties, or stand in the same place."""
    firsts, seconds = (
        [
            each.rule.column
            for each in dated.values()
            if (each.rule.entity, each.rule.property) == (rule.entity, rule.property)
        ]
        for rule in (first, second)
    )
    if first.property == _BORN:
        return len(firsts) == 1
    same = firsts.index(first.column) == seconds.index(second.column)
    return same and len(firsts) == len(seconds)


def _must_follow(mapping: Mapping, first: ColumnRule, second: ColumnRule) -> tuple[str, str] | None:
    """The code and words of a second date that stands before the first; None where it may."""
    if (first.property, second.property) == (_START, _END) and first.entity == second.entity:
        return "end-before-start", f"earlier than the beginning in column {first.column}"
    entity = mapping.entity(first.entity)
    if first.property != _BORN or entity is None or not is_a(entity.schema, "Person"):
        return None
    if second.property not in _AFTER_BIRTH:
        return None
    says = f"earlier than the birth in column {first.column}"
    if second.entity == first.entity:
        code = "death-before-birth" if second.property == "deathDate" else "before-birth"
        return code, says
    tied = any(
        link.entity == second.entity and link.target == first.entity for link in mapping.links
    )
    return ("before-birth", says) if tied else None


def _before(first: Dates, second: Dates, code: str, says: str) -> Iterator[Contradiction]:
    rows = np.flatnonzero((first.codes != NOTHING) & (second.codes != NOTHING))
    known: dict[tuple[int, int], bool] = {}
    for position in rows:
        pair = int(first.codes[position]), int(second.codes[position])
        if pair not in known:
            earlier, later = first.readings[pair[0]].read, second.readings[pair[1]].read
            known[pair] = _is_before(later, earlier)
        if known[pair]:
            yield Contradiction(int(position), second.rule.column, code, says)


def _later(dates: Dates, as_of: str) -> Iterator[Contradiction]:
    late = np.array([*(_is_before(as_of, each.read) for each in dates.readings), False], np.bool_)
    for position in np.flatnonzero(late[dates.codes]):
        says = f"{dates.rule.property}: later than the day on which the file arrived"
        yield Contradiction(int(position), dates.rule.column, "future-date", says)


def _is_before(one: str | None, other: str | None) -> bool:
    """Whether a date is surely before another; spans of two dates say nothing here."""
    if one is None or other is None or "/" in one or "/" in other:
        return False
    length = min(len(one), len(other))
    return one[:length] < other[:length]
