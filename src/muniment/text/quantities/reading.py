"""What a number with its unit says: as written, as read, or why it was not read.

- `written` is always kept; a number that can be read in two ways has both as alternatives.
- Comparators are kept, never dropped: *more than 300* is not 300.
"""

from decimal import Decimal
from enum import StrEnum

import msgspec


class Comparator(StrEnum):
    """What a word beside a number makes of it."""

    ABOUT = "about"
    MORE_THAN = "more-than"
    AT_LEAST = "at-least"
    LESS_THAN = "less-than"
    AT_MOST = "at-most"


class NumberReason(StrEnum):
    """Why a number has no value."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not-a-number"
    AMBIGUOUS_SIGN = (
        "ambiguous-sign"  # 1,234 is a thousand to some and little more than 1 to others
    )
    INDEFINITE = "indefinite"  # 几十, several dozen
    OTHER_WORDS = "other-words"  # beside the number stands what is not known here


class NumberReading(msgspec.Struct, frozen=True):
    """One number. `reason` is None where and only where `value` is not."""

    written: str
    value: Decimal | None = None
    alternatives: tuple[Decimal, ...] = ()
    reason: NumberReason | None = None


class QuantityReading(msgspec.Struct, frozen=True):
    """A number, or a span of numbers, with its unit. `reason` is None only where `value` is not."""

    written: str
    value: Decimal | None = None
    upper: Decimal | None = None  # of a span: 3-5 days
    unit: str | None = None  # a code of `UNITS`; None where none is written
    comparator: Comparator | None = None
    alternatives: tuple[Decimal, ...] = ()
    reason: NumberReason | None = None


class FoundQuantity(msgspec.Struct, frozen=True):
    """A quantity in running text; `start` and `end` count code points of that text."""

    start: int
    end: int
    reading: QuantityReading


class Duration(msgspec.Struct, frozen=True):
    """A length of time in the units that are written; None for a unit that is not."""

    years: int | None = None
    months: int | None = None
    weeks: int | None = None
    days: int | None = None


class DurationReading(msgspec.Struct, frozen=True):
    """A duration. `reason` is None where and only where `value` is not."""

    written: str
    value: Duration | None = None
    comparator: Comparator | None = None
    reason: NumberReason | None = None


class Penalty(StrEnum):
    """What a sentence consists of."""

    IMPRISONMENT = "imprisonment"
    LIFE = "life-imprisonment"
    DEATH = "death"
    DEATH_REPRIEVED = "death-with-reprieve"  # 死缓
    DETENTION = "short-detention"  # 拘役
    SURVEILLANCE = "public-surveillance"  # 管制
    SUSPENDED = "suspended"  # the time of probation: 缓刑
    RIGHTS = "deprivation-of-rights"
    UNSTATED = "unstated"  # a duration alone


class PenaltyReading(msgspec.Struct, frozen=True):
    """One part of a sentence, with its duration where one is written."""

    written: str
    penalty: Penalty
    duration: Duration | None


class SentenceReading(msgspec.Struct, frozen=True):
    """A sentence; `parts` is empty where and only where a `reason` says why."""

    written: str
    parts: tuple[PenaltyReading, ...] = ()
    comparator: Comparator | None = None
    reason: NumberReason | None = None
