"""What an identifier is: a name, a country, and four functions.

    find(text)               -> the numbers that stand in running text, with their places
    parse(written)           -> what one cell or word says when read as this number, or None
    show(parsed)             -> the usual printed form, which `parse` reads again
    assess(parsed, context)  -> aspects, each by itself

- `parse` asks for the form alone. That a check digit is wrong or a date impossible is an *aspect*:
  a number with a slip of the pen is still the number that was written.
- `find` asks for more than `parse` (a check digit, or a date and a separator that fit), because in
  running text any long number has the form of some identifier.
- No aspect is a verdict, and aspects are never added up into a score.
- No function reads the clock, a file outside the package, or anything from before.
"""

from collections.abc import Callable
from enum import StrEnum

import msgspec


class Outcome(StrEnum):
    """What came of one question."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    NOT_APPLICABLE = "not-applicable"  # this number does not say such a thing
    NOT_EVALUATED = "not-evaluated"  # what the question needs is not known


class Aspect(msgspec.Struct, frozen=True):
    """The answer to one question about a number."""

    name: str  # of the question, one of `ASPECTS`
    outcome: Outcome
    says: str  # a sentence for people, with what was compared
    source: str  # the standard or table that the answer rests on


# Every name that an aspect can have, and its question.
ASPECTS = {
    "form": "Has it the length and the letters of such a number?",
    "check-digit": "Does its check digit agree with the others?",
    "birth-date-possible": "Is the date of birth in it a day of the calendar, and not too late?",
    "birth-date-stated": "Is it the date of birth that stands beside it?",
    "sex-stated": "Is the sex in it the one that stands beside it?",
    "region-known": "Is the region or prefix in it known to a published table?",
    "region-period": "Did that region's code exist in a year in which it can have been issued?",
}


class Found(msgspec.Struct, frozen=True):
    """A number in running text; `start` and `end` count code points of that text."""

    start: int
    end: int
    written: str
    compact: str


class Parsed(msgspec.Struct, frozen=True):
    """A number as read; what it says of its holder is None where it says nothing."""

    identifier: str  # name of the `Identifier`
    written: str
    compact: str  # without separators, in ASCII
    birth_date: str | None = None  # ISO 8601; None too where the digits are no day of the calendar
    sex: str | None = None  # "male" or "female"
    region: str | None = None  # a code: of an area, or of a country in two letters
    inferred: tuple[str, ...] = ()  # parts of the above that do not stand in the number: "century"


class Context(msgspec.Struct, frozen=True):
    """What else is known beside a number; None where nothing is."""

    birth_date: str | None = None  # as stated, ISO 8601, of any precision
    sex: str | None = None  # as stated: "male", "female" or "other"
    as_of: str | None = None  # the day of the list, ISO 8601, of any precision: nothing is later


class Catches(StrEnum):
    """The slips that a check digit always shows."""

    SINGLE = "any one digit changed"
    SWAP = "any two neighbours exchanged"


class Identifier(msgspec.Struct, frozen=True):
    """One kind of number."""

    name: str
    title: str  # for people
    country: str | None  # ISO 3166-1 in two letters; None for international ones
    example: str  # made up, of the right form
    find: Callable[[str], tuple[Found, ...]]
    parse: Callable[[str], Parsed | None]
    show: Callable[[Parsed], str]
    assess: Callable[[Parsed, Context], tuple[Aspect, ...]]
    catches: frozenset[Catches] = frozenset()
