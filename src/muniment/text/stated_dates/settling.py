"""From a year, a month and a day to a reading: which calendar, and whether it has that day."""

from muniment.core import Precision
from muniment.text.calendars import (
    BUDDHIST,
    CALENDARS,
    ISLAMIC_UMALQURA,
    PERSIAN,
    ROC,
    Calendar,
    Converted,
    convert_islamic,
    iso,
)
from muniment.text.stated_dates.reading import DateHints, DateReading, DateReason, Extent, unread

FIRST_YEAR, LAST_YEAR = 1550, 2200  # that a Gregorian year without a mark can have
_BUDDHIST_YEARS = range(2380, 2700)
_MUSLIM_YEARS = range(1200, FIRST_YEAR)
_SHORT_YEAR = 100
_BY_NAME = {calendar.name: calendar for calendar in CALENDARS}


def settle(
    written: str, year: int, month: int | None, day: int | None, calendar: str | None
) -> DateReading:
    """The reading of a date whose order is known. Without a calendar, the year tells it."""
    if calendar is None or calendar == "gregory":
        if FIRST_YEAR <= year <= LAST_YEAR or calendar is not None:
            value = iso(year, month, day)
            if value is None:
                return unread(written, DateReason.IMPOSSIBLE)
            return DateReading(written, value, precision=_precision(month, day), calendar="gregory")
        return _of_unknown_calendar(written, year, month, day)
    name, converted = calendar, None
    if calendar == ISLAMIC_UMALQURA.name:
        used, converted = convert_islamic(year, month, day)
        name = used.name
    elif calendar in _BY_NAME:
        converted = _BY_NAME[calendar].convert(year, month, day)
    return settled(written, converted, name, _precision(month, day))


def settled(
    written: str, converted: Converted | None, calendar: str, precision: Precision
) -> DateReading:
    """The reading of what a calendar answered."""
    if converted is None:
        return unread(written, DateReason.IMPOSSIBLE)
    return DateReading(
        written,
        converted.value,
        converted.until,
        Extent.POINT if converted.until is None else Extent.WITHIN,
        precision,
        calendar,
        uncertainty_days=converted.uncertainty_days,
    )


def settle_short_year(
    written: str, year: int, month: int | None, day: int | None, hints: DateHints
) -> DateReading:
    """The reading of a date whose year has two digits."""
    if hints.calendar not in (None, "gregory"):
        return settle(written, year, month, day, hints.calendar)
    if hints.pivot is not None:
        century = 2000 if year <= hints.pivot else 1900
        return settle(written, century + year, month, day, "gregory")
    both = tuple(
        value for century in (1900, 2000) if (value := iso(century + year, month, day)) is not None
    )
    reason = DateReason.IMPOSSIBLE if len(both) == 0 else DateReason.TWO_DIGIT_YEAR
    return unread(written, reason, both)


def is_short(digits: str) -> bool:
    """Whether a year is written with two digits."""
    return len(digits) == len("18")


def calendar_of(hints: DateHints, marked: str | None) -> str | None:
    """The calendar that a mark beside the year names, else the hinted one."""
    return hints.calendar if marked is None else marked


def _of_unknown_calendar(
    written: str, year: int, month: int | None, day: int | None
) -> DateReading:
    """A year that is no Gregorian one of these centuries: what it can be, for somebody to say."""
    if year in _BUDDHIST_YEARS:
        tried: tuple[Calendar, ...] = (BUDDHIST,)
    elif year in _MUSLIM_YEARS:
        tried = (PERSIAN, ISLAMIC_UMALQURA)
    elif 0 < year < 2 * _SHORT_YEAR:
        tried = (ROC,)
    else:
        return unread(written, DateReason.NOT_A_DATE)
    found = (calendar.convert(year, month, day) for calendar in tried)
    alternatives = tuple(each.value for each in found if each is not None)
    if len(alternatives) == 0:
        return unread(written, DateReason.IMPOSSIBLE)
    return unread(written, DateReason.CALENDAR_UNKNOWN, alternatives)


def _precision(month: int | None, day: int | None) -> Precision:
    if month is None:
        return Precision.YEAR
    return Precision.MONTH if day is None else Precision.DAY
