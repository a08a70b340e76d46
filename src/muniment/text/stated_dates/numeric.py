"""Dates in digits alone: 2018-03-05, 2018.3.5, 03/04/2018, 20180305, 2018.3, 2018, 5.3.18.

- Where a year stands first with four digits, month and day follow.
- Where it stands last, only an order that is known (`DateHints.order`) or a number above twelve
  tells the day from the month; otherwise both readings are alternatives.
"""

import re

from muniment.core import Precision
from muniment.text.calendars import iso
from muniment.text.stated_dates.reading import (
    DateHints,
    DateReading,
    DateReason,
    Order,
    unread,
)
from muniment.text.stated_dates.settling import (
    FIRST_YEAR,
    LAST_YEAR,
    is_short,
    settle,
    settle_short_year,
)

# Three numbers, and a time of day that a spreadsheet or database wrote beside them.
_THREE = re.compile(
    r"(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})\.?"
    r"(?:[T ]+(\d{1,2}:\d\d(?::\d\d)?)(?:\.\d+)?(?: ?([AP]\.?M\.?)|Z)?)?",
    re.ASCII | re.IGNORECASE,
)
_SPACED = re.compile(r"\s*([-./])\s*", re.ASCII)
_TWO = re.compile(r"(\d{1,4})([-./])(\d{1,4})\.?", re.ASCII)
_PACKED = re.compile(r"(\d{4})(\d\d)(\d\d)?", re.ASCII)
_YEAR = re.compile(r"[1-9]\d{3}", re.ASCII)
_DIGITS = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_YEAR_DIGITS, _ROC_DIGITS, _TEN = 4, 3, 10
_NOON, _LAST_HOUR = 12, 24


def read_numeric(written: str, text: str, hints: DateHints) -> DateReading | None:
    """The reading of `text`, which is `written` in ASCII digits; None where it has other signs."""
    three = _THREE.fullmatch(text)
    if three is None and " " in text:
        text = _SPACED.sub(r"\1", text)
        three = _THREE.fullmatch(text)
    if three is not None:
        return _of_three(written, three, hints)
    two = _TWO.fullmatch(text)
    if two is not None:
        return _of_two(written, two, hints)
    if _YEAR.fullmatch(text) is not None:
        return settle(written, int(text), None, None, hints.calendar)
    packed = _PACKED.fullmatch(text)
    if packed is not None:
        return _of_packed(written, packed, hints)
    return unread(written, DateReason.NUMBER) if _DIGITS.fullmatch(text) is not None else None


def possible_orders(first: str, second: str, third: str) -> dict[Order, tuple[int, int, int]]:
    """Which orders make a day of the calendar, in some century, of three numbers; year first."""
    orders = {
        Order.DMY: (third, second, first),
        Order.MDY: (third, first, second),
        Order.YMD: (first, second, third),
    }
    found = {}
    for order, (year, month, day) in orders.items():
        if len(year) not in (2, _YEAR_DIGITS) or len(month) > 2 or len(day) > 2:  # noqa: PLR2004
            continue
        years = (int(year), 1900 + int(year)) if is_short(year) else (int(year),)
        if any(iso(each or 2000, int(month), int(day)) is not None for each in years):
            found[order] = (int(year), int(month), int(day))
    return found


def _of_three(written: str, three: re.Match[str], hints: DateHints) -> DateReading:
    first, _, second, third, time, half = three.groups()
    if len(first) >= _ROC_DIGITS:
        if len(third) > 2 or first[0] == "0":  # noqa: PLR2004
            return unread(written, DateReason.NOT_A_DATE)
        reading = settle(written, int(first), int(second), int(third), hints.calendar)
    elif len(third) == _YEAR_DIGITS:
        reading = _year_last(written, (first, second, third), hints)
    else:
        reading = _all_short(written, (first, second, third), hints)
    if time is None or reading.value is None:
        return reading
    return _with_time(reading, time, half)


def _with_time(reading: DateReading, time: str, half: str | None) -> DateReading:
    """`half` is AM or PM, where the clock has twelve hours: 12 AM is midnight."""
    hour, _, rest = time.partition(":")
    clock = int(hour)
    if half is not None and 1 <= clock <= _NOON:
        clock = clock % _NOON + (_NOON if half[0] in "pP" else 0)
    elif half is not None or clock > _LAST_HOUR:
        return unread(reading.written, DateReason.IMPOSSIBLE)
    if any(part > "59" for part in rest.split(":")):
        return unread(reading.written, DateReason.IMPOSSIBLE)
    return DateReading(
        reading.written,
        reading.value,
        precision=reading.precision,
        calendar=reading.calendar,
        time=f"{clock:02}:{rest}",
        uncertainty_days=reading.uncertainty_days,
    )


def _year_last(written: str, parts: tuple[str, str, str], hints: DateHints) -> DateReading:
    first, second, year = int(parts[0]), int(parts[1]), int(parts[2])
    if not FIRST_YEAR <= year <= LAST_YEAR or hints.calendar not in (None, "gregory"):
        order = hints.order or Order.DMY  # no such calendar is written month first
        day, month = (second, first) if order is Order.MDY else (first, second)
        return settle(written, year, month, day, hints.calendar)
    by_day, by_month = iso(year, second, first), iso(year, first, second)
    if by_day is None and by_month is None:
        return unread(written, DateReason.IMPOSSIBLE)
    known = _ordered(hints.order, by_day, by_month)
    if known is not None:
        return DateReading(written, known, precision=Precision.DAY, calendar="gregory")
    both = tuple(each for each in (by_day, by_month) if each is not None)
    against = len(both) == 1
    reason = DateReason.IMPOSSIBLE if against else DateReason.AMBIGUOUS_ORDER
    return unread(written, reason, both)


def _ordered(order: Order | None, by_day: str | None, by_month: str | None) -> str | None:
    """The one reading that the order allows; None where it allows none, or two."""
    if order is Order.MDY:
        return by_month
    if order is Order.DMY:
        return by_day
    if by_day is None or by_month is None:
        return by_day or by_month
    return by_day if by_day == by_month else None


def _all_short(written: str, parts: tuple[str, str, str], hints: DateHints) -> DateReading:
    """Three numbers of one or two digits: 18.3.5, 05/03/18."""
    orders = possible_orders(*parts)
    if hints.order is not None:
        orders = {each: found for each, found in orders.items() if each is hints.order}
    if len(orders) == 0:
        short = len(parts[0]) == 1 and len(parts[2]) == 1  # 1.1.1 has no year: it numbers a heading
        return unread(written, DateReason.NOT_A_DATE if short else DateReason.IMPOSSIBLE)
    readings = [settle_short_year(written, *found, hints) for found in orders.values()]
    if len({(each.value, each.alternatives) for each in readings}) == 1:
        return readings[0]
    said = [
        value
        for each in readings
        for value in ((each.value,) if each.value is not None else each.alternatives)
    ]
    return unread(written, DateReason.AMBIGUOUS_ORDER, tuple(dict.fromkeys(said)))


def _of_two(written: str, two: re.Match[str], hints: DateHints) -> DateReading | None:
    """A year and a month, in either order; two years are a range, and read elsewhere."""
    first, sign, second = two.groups()
    if len(first) == _YEAR_DIGITS and len(second) == _YEAR_DIGITS:
        return None
    if len(first) == _YEAR_DIGITS and len(second) <= 2:  # noqa: PLR2004
        month = int(second)
        if hints.stored_as_number and sign == "." and second == "1":
            both = tuple(f"{first}-{each:02}" for each in (month, _TEN))
            return unread(written, DateReason.ZERO_LOST, both)
        return settle(written, int(first), month, None, hints.calendar)
    if len(second) == _YEAR_DIGITS and len(first) <= 2:  # noqa: PLR2004
        return settle(written, int(second), int(first), None, hints.calendar)
    if len(first) == _ROC_DIGITS and hints.calendar is not None and len(second) <= 2:  # noqa: PLR2004
        return settle(written, int(first), int(second), None, hints.calendar)
    return unread(written, DateReason.NUMBER if sign == "." else DateReason.NOT_A_DATE)


def _of_packed(written: str, packed: re.Match[str], hints: DateHints) -> DateReading:
    year, month, day = packed.groups()
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return unread(written, DateReason.NUMBER)
    return settle(written, int(year), int(month), None if day is None else int(day), hints.calendar)
