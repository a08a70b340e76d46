"""What a column as a whole, or what it is said of, takes from a value that was read.

- A day that programs write where there is none (1900-01-01, 1970-01-01), and a day of birth that
  a share of the column has, are perhaps no dates: `placeholder`.
- A date that the column as a whole leaves open (`notation`) is not read.
- A name that may be the names of several people is read as one, `several-in-one-cell`.
"""

from collections import Counter

import msgspec
import numpy as np

from muniment.core import CellKind
from muniment.facts.mapping import ColumnRule
from muniment.facts.model import is_a
from muniment.facts.notation import Notation, notation_of
from muniment.facts.readings import Reading, unread
from muniment.facts.readings.several import is_several
from muniment.facts.statement import Doubt
from muniment.facts.table import NOTHING, Codes, Held

# Days from which programs count, and last days that they are given: hardly ever a day of a person.
NO_DATES = frozenset(
    {"1601-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "2099-12-31"}
)
# The same of Unix, DOS, Apple and SQL: people were born on these days, too.
PERHAPS_NONE = frozenset({"1901-01-01", "1904-01-01", "1969-12-31", "1970-01-01", "1980-01-01"})
_PERHAPS_SHARE, _PERHAPS_FEWEST = 0.01, 3
_SHARE, _FEWEST = 0.05, 10  # of a column with one day of birth, and cells at least: set high
_DAY = len("1900-01-01")
NAMES = frozenset({"name", "alias", "fatherName", "motherName"})


def doubted(
    rule: ColumnRule,
    schema: str,
    held: tuple[Held, ...],
    readings: tuple[Reading, ...],
    codes: Codes,
) -> tuple[Reading, ...]:
    """The readings of a column with the doubts that follow from all of them."""
    if rule.reader in ("date", "date-range"):
        return _with_placeholders(rule, _as_meant(rule, held, readings), codes)
    if rule.reader == "name" and rule.property in NAMES and is_a(schema, "Person"):
        return tuple(
            _with(reading, Doubt.SEVERAL)
            if reading.read is not None and is_several(value.written)
            else reading
            for value, reading in zip(held, readings, strict=True)
        )
    return readings


def _as_meant(
    rule: ColumnRule, held: tuple[Held, ...], readings: tuple[Reading, ...]
) -> tuple[Reading, ...]:
    """The readings without those that the column as a whole leaves open and no option says."""
    texts = [value.written for value in held if value.kind is CellKind.TEXT]
    notation = notation_of(rule.header, texts)
    if "calendar" in dict(rule.options) or notation == Notation():
        return readings
    return tuple(
        unread(why)
        if reading.read is not None
        and value.kind is CellKind.TEXT
        and (why := notation.why_open(value.written)) is not None
        else reading
        for value, reading in zip(held, readings, strict=True)
    )


def _with_placeholders(
    rule: ColumnRule, readings: tuple[Reading, ...], codes: Codes
) -> tuple[Reading, ...]:
    filled = codes[codes != NOTHING]
    stated: Counter[str] = Counter()
    for code, count in zip(*np.unique(filled, return_counts=True), strict=True):
        read = readings[int(code)].read
        if read is not None and len(read) == _DAY:
            stated[read] += int(count)
    often = {
        day
        for day, count in stated.items()
        if rule.property == "birthDate" and count >= max(_FEWEST, _SHARE * len(filled))
    }
    perhaps = {
        day
        for day in PERHAPS_NONE
        if stated[day] >= max(_PERHAPS_FEWEST, _PERHAPS_SHARE * len(filled))
    }
    unlikely = (NO_DATES & stated.keys()) | often | perhaps
    if len(unlikely) == 0:
        return readings
    return tuple(
        _with(reading, Doubt.PLACEHOLDER) if reading.read in unlikely else reading
        for reading in readings
    )


def _with(reading: Reading, doubt: Doubt) -> Reading:
    return msgspec.structs.replace(reading, doubts=(*reading.doubts, doubt.value))
