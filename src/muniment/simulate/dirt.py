"""What goes wrong with single cells of lists that many hands kept.

Invariants:

- each soiling says what it is called, what is written, and what the cell says to a reader who
  guesses nothing: a clean value, or nothing where what is written is no such value;
- what a cell says may be wrong (day and month exchanged): what is so stands in `people.csv`;
- about one cell in nine is soiled, and which one follows from the person and the column alone.
"""

import random
from collections.abc import Callable
from datetime import date

import msgspec

SHARE = 0.11  # of the filled cells that can be soiled
_FULL_WIDTH = str.maketrans("0123456789-.", "０１２３４５６７８９－．")
_CHINESE_DIGITS = "〇一二三四五六七八九"
_TEN = 10


class Soiled(msgspec.Struct, frozen=True):
    """One soiled cell: what was done, what is written, what it says (None: nothing readable)."""

    what: str
    written: str
    says: str | None


Soiling = Callable[[random.Random, str], Soiled]


def soiled(rng: random.Random, ways: tuple[Soiling, ...], clean: str) -> Soiled | None:
    """The cell as a careless hand leaves it; None where it stays clean."""
    if clean == "" or len(ways) == 0 or rng.random() >= SHARE:
        return None
    return rng.choice(ways)(rng, clean)


def _day(clean: str) -> date:
    return date.fromisoformat(clean)


def swapped_date(_rng: random.Random, clean: str) -> Soiled:
    """Day and month exchanged: another day where there is one, else none."""
    day = _day(clean)
    written = f"{day.year:04}-{day.day:02}-{day.month:02}"
    return Soiled("swapped-date", written, written if day.day <= 12 else None)  # noqa: PLR2004


def full_width_date(_rng: random.Random, clean: str) -> Soiled:
    """Full-width digits."""
    return Soiled("full-width", clean.translate(_FULL_WIDTH), clean)


def two_digit_year(_rng: random.Random, clean: str) -> Soiled:
    """A year without its century."""
    return Soiled("two-digit-year", f"{_day(clean):%y.%m.%d}", None)


def impossible_date(_rng: random.Random, clean: str) -> Soiled:
    """The 31st of February."""
    return Soiled("impossible-date", f"{clean[:5]}02-31", None)


def day_cut_off(_rng: random.Random, clean: str) -> Soiled:
    """A date that stops at its month, and says no more."""
    return Soiled("day-cut-off", clean[:7], clean[:7])


def unknown(rng: random.Random, _clean: str) -> Soiled:
    """A word that says that nothing is known."""
    return Soiled("unknown", rng.choice(("不详", "无", "N/A", "-")), None)


def lost_digits(rng: random.Random, clean: str) -> Soiled:
    """A number whose last one to four characters were cut off: what is left is what it says."""
    left = clean[: -rng.randint(1, 4)]
    return Soiled("lost-digits", left, left)


def full_width_number(_rng: random.Random, clean: str) -> Soiled:
    """Full-width digits."""
    return Soiled("full-width", clean.translate(_FULL_WIDTH), clean)


def spaced_number(_rng: random.Random, clean: str) -> Soiled:
    """A number in groups."""
    return Soiled("spaces", f"{clean[:6]} {clean[6:14]} {clean[14:]}", clean)


def padded(rng: random.Random, clean: str) -> Soiled:
    """Spaces around it: plain, no-break or ideographic."""
    space = rng.choice((" ", "  ", "\u00a0", "\u3000"))
    return Soiled("spaces", f"{space}{clean}{space}", clean)


def other_sex(_rng: random.Random, clean: str) -> Soiled:
    """Another word for the same."""
    return Soiled("other-word", f"{clean}性", clean)


def years_in_words(rng: random.Random, clean: str) -> Soiled:
    """A term of years with its unit, in digits or in words."""
    years = int(clean)
    spelt = _CHINESE_DIGITS[years] if years < _TEN else str(years)
    return Soiled("unit-in-cell", f"{rng.choice((str(years), spelt))}年", clean)


def other_years(_rng: random.Random, clean: str) -> Soiled:
    """A number with a decimal that says nothing."""
    return Soiled("decimal", f"{clean}.0", clean)


def dotted_swapped(_rng: random.Random, clean: str) -> Soiled:
    """Month before day in a list that writes days first: another day where there is one."""
    day = _day(clean)
    says = f"{day.year:04}-{day.day:02}-{day.month:02}" if day.day <= 12 else None  # noqa: PLR2004
    return Soiled("swapped-date", f"{day:%m.%d.%Y}", says)


def dotted_full_width(_rng: random.Random, clean: str) -> Soiled:
    """Days first, in full-width digits."""
    return Soiled("full-width", f"{_day(clean):%d.%m.%Y}".translate(_FULL_WIDTH), clean)


def dotted_short(_rng: random.Random, clean: str) -> Soiled:
    """Days first, and a year without its century."""
    return Soiled("two-digit-year", f"{_day(clean):%d.%m.%y}", None)


DATES = (swapped_date, full_width_date, two_digit_year, impossible_date, day_cut_off, unknown)
DOTTED_DATES = (dotted_swapped, dotted_full_width, dotted_short, unknown)
NUMBERS = (lost_digits, full_width_number, spaced_number, padded)
NAMES = (padded,)
SEXES = (padded, other_sex)
WORDS = (padded,)
TERMS = (years_in_words, padded, other_years)
