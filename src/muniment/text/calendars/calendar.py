"""What a calendar is: a name, and one function to the Gregorian calendar.

    convert(year, month, day) -> Converted | None       month and day may be None

- Names are those of Unicode CLDR: gregory, roc, buddhist, japanese, persian, islamic-umalqura,
  islamic-civil, ethiopic.
- A year or a month of a calendar whose years begin elsewhere is a span of days, never one of them.
- None: that calendar has no such day.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

import msgspec

_LAST_YEAR = 9999
_MONTHS = 12


class Converted(msgspec.Struct, frozen=True):
    """The same time in ISO 8601: a date of some precision, or the first and last day of a span."""

    value: str
    until: str | None = None  # the last day of a span
    uncertainty_days: int = 0  # by which a day may be off, to either side


class Calendar(msgspec.Struct, frozen=True):
    """One way of counting years."""

    name: str
    title: str
    convert: Callable[[int, int | None, int | None], Converted | None]


def iso(year: int, month: int | None, day: int | None) -> str | None:
    """A Gregorian date in ISO 8601, as precise as stated; None where there is no such day."""
    if not 1 <= year <= _LAST_YEAR:
        return None
    if month is None:
        return f"{year:04}" if day is None else None
    if not 1 <= month <= _MONTHS:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    if not 1 <= day <= (31 if month == 1 else monthrange(year, month)[1]):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def shifted(years: int) -> Callable[[int, int | None, int | None], Converted | None]:
    """A calendar that is the Gregorian one but for the number of the year."""

    def convert(year: int, month: int | None, day: int | None) -> Converted | None:
        value = iso(year + years, month, day) if year > 0 else None
        return None if value is None else Converted(value)

    return convert


def spanning(
    to_date: Callable[[int, int, int], date], uncertainty_days: int = 0
) -> Callable[[int, int | None, int | None], Converted | None]:
    """A calendar with months of its own; `to_date` raises ValueError where there is no such day."""

    def convert(year: int, month: int | None, day: int | None) -> Converted | None:
        if month is None and day is not None:
            return None
        try:
            first = to_date(year, 1 if month is None else month, 1 if day is None else day)
            if month is not None and day is not None:
                return Converted(first.isoformat(), None, uncertainty_days)
            after = _next(to_date, year, month)
        except (ValueError, OverflowError):  # what calendars say of days that they have not
            return None
        last = after - timedelta(days=1)
        return Converted(first.isoformat(), last.isoformat(), uncertainty_days)

    return convert


def _next(to_date: Callable[[int, int, int], date], year: int, month: int | None) -> date:
    """The first day after a year or a month."""
    if month is not None:
        try:
            return to_date(year, month + 1, 1)
        except ValueError:  # it was the last month of its year
            pass
    return to_date(year + 1, 1, 1)
