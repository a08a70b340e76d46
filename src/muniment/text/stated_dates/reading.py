"""What a date in a list or in prose says: as written, as read, or why it was not read.

- `written` is always kept. `value` has only the parts that are stated: 2018-03 has no day.
- Where writing allows several readings there is none, and all of them are the alternatives.
- What other calendars say is told in ISO 8601 days, with the calendar named.
"""

from enum import StrEnum

import msgspec

from muniment.core import Precision


class Order(StrEnum):
    """In which order a day, a month and a year stand."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class Qualifier(StrEnum):
    """What a word beside the date makes of it."""

    ABOUT = "about"
    BEFORE = "before"
    UNTIL = "until"  # that date included, or whoever wrote it did not say
    AFTER = "after"
    SINCE = "since"
    EARLY = "early"  # in that year or month
    MIDDLE = "middle"
    LATE = "late"


class Extent(StrEnum):
    """How `value` and `until` belong together."""

    POINT = "point"  # one date, of the stated precision
    RANGE = "range"  # from one to the other, as stated; open where `until` is None
    WITHIN = "within"  # a year or month of another calendar, which lies between these days


class DateReason(StrEnum):
    """Why a date has no value."""

    EMPTY = "empty"
    NOT_A_DATE = "not-a-date"
    IMPOSSIBLE = "impossible-date"  # it has the form of a date, and no calendar has that day
    AMBIGUOUS_ORDER = "ambiguous-order"  # of day, month and year
    TWO_DIGIT_YEAR = "two-digit-year"  # the century is not stated
    CALENDAR_UNKNOWN = "calendar-unknown"  # the year belongs to one of several calendars
    LUNAR = "lunar-calendar"  # the Chinese one, which is not converted here
    NO_YEAR = "no-year"
    NUMBER = "number"  # a count of days in a spreadsheet, perhaps; see `DateHints.serials`
    ZERO_LOST = "zero-lost"  # 2018.1 stored as a number was 2018.1 or 2018.10


class DateHints(msgspec.Struct, frozen=True):
    """What is known of a column or a document beside the date itself; None where nothing is."""

    order: Order | None = None
    calendar: str | None = None  # a CLDR name, as in `calendars`: years without a mark are its own
    pivot: int | None = None  # years of two digits: up to it 20xx, above it 19xx
    serials: int | None = None  # 1900 or 1904: whole numbers are days, counted as a workbook does
    stored_as_number: bool = False  # the cell holds a number, so 2018.10 has become 2018.1


NO_HINTS = DateHints()


class DateReading(msgspec.Struct, frozen=True):
    """One date, read or not. `reason` is None where and only where `value` is not."""

    written: str
    value: str | None = None  # ISO 8601 of the stated precision; of a range, its beginning
    until: str | None = None  # of a range or span, its end
    extent: Extent = Extent.POINT
    precision: Precision | None = None  # YEAR, MONTH or DAY, in the calendar it is stated in
    calendar: str | None = None
    qualifier: Qualifier | None = None
    time: str | None = None  # HH:MM or HH:MM:SS beside the date; no zone
    alternatives: tuple[str, ...] = ()
    uncertainty_days: int = 0
    reason: DateReason | None = None


def unread(written: str, reason: DateReason, alternatives: tuple[str, ...] = ()) -> DateReading:
    """A date that is kept as written."""
    return DateReading(written, alternatives=alternatives, reason=reason)
