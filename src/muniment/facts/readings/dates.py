"""Days, months and years as lists write them; ranges of them.

- The order of day and month is an option: where neither it nor the number itself says which is
  which, nothing is read.
- The precision is that of what is written: 1987年3月 is 1987-03.
- A day that is in no calendar (30 February) is impossible, not the day after.
- What is not exact (about 1950, the 1950s, before 1950) is not read as if it were: `approximate`.
- A number cell without a date's format that is read as a count of days is doubted; one of four
  digits is a year, and six or eight digits are a date, or nothing.
- A bare year before 1600 or after 2099 may be of another calendar: 1365 Persian, 2560 Buddhist.
  Without option `calendar` it is not read.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from muniment import text
from muniment.core import CellKind
from muniment.facts.readings.approximate import has_sign, is_approximate
from muniment.facts.readings.numbers import decimal_of, digits_of
from muniment.facts.readings.reading import CellFacts, Options, Reading, tidy, unread
from muniment.facts.statement import Doubt, Unread
from muniment.text import DateHints, DateReason, Extent, Order, read_stated_date
from muniment.text.stated_dates.month_names import month_names
from muniment.text.stated_dates.numeric import possible_orders

WORKBOOK_EPOCH = "workbook-epoch"  # what a table adds to options: the day its workbook counts from
_EPOCHS = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1)}
_SERIALS = range(1, 80_000)  # days that a workbook's list of people can hold: to 2119
_LEAP_BUG = 60  # serial of 29 February 1900, which never was: ECMA-376 Part 1, §18.17.4.1
_YEARS = range(1800, 2101)
_GREGORIAN = range(1600, 2100)  # years that are taken for ours where nothing names a calendar
_YEAR_FIRST = re.compile(r"(\d{4})[-./年](?:(\d{1,2})(?:[-./月](?:(\d{1,2})[日号號]?)?)?)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-./\s](\d{1,2})[-./\s](\d{4}|\d{2})(?:\s?(?:г|ж|y)\.?\w?\.?)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-./](\d{4})")
_SIX, _EIGHT = re.compile(r"\d{6}"), re.compile(r"\d{8}")
_CLOCK = re.compile(r"[T\s](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?$")
_PARTED = re.compile(r"\s*(?:—|–|~|～|至|到| - |\.\.)\s*")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-(?!00)\d{2}")  # 1900-01-00 is no day
_TWO_DIGITS = 2
_LONGEST_RANGE = 5  # years within which one day may be said to lie; 1950-1975 is a life
_BARE_SERIALS = range(10_000, 80_000)  # that a number without any format is taken for
_NO_DAY = re.compile(r"0+[-./]0+[-./]0+(?:[ T]0+:0+(?::0+)?)?")  # what databases write for none
# Dashes of every length between the parts of one date; two years apart by one are a range.
_LONG_DASHES = re.compile(r"(?<=\d)\s*[‐‑‒–—―－]\s*(?=\d)")
_FLOATED = re.compile(r"(?<=^\d{4})\.0$|(?<=^\d{8})\.0$")  # 1950.0: a year that was a float
_DASHED = re.compile(r"\d{4}-\d{1,2}(?:-\d{1,2})?|\d{1,2}-\d{1,2}-\d{4}")


def read_date(written: str, facts: CellFacts, options: Options) -> Reading:
    """A date in ISO 8601, as precise as it is written."""
    if facts.kind is CellKind.DATE or ("calendar" not in options and facts.kind is CellKind.NUMBER):
        return _stored(written, facts, options)
    if _NO_DAY.fullmatch(written.strip()) is not None:
        return unread(Unread.NO_VALUE)
    found = _written(_with_short_dashes(written), options)
    if found.read is not None:
        return unread(Unread.QUALIFIED_DATE) if has_sign(written) else found
    vague = found.unread in (Unread.NOT_A_DATE, Unread.IMPOSSIBLE_DATE)
    return unread(Unread.QUALIFIED_DATE) if vague and is_approximate(written) else found


def _with_short_dashes(written: str) -> str:
    """1987—03—14 as 1987-03-14."""
    if written.isascii():
        return written
    short = _LONG_DASHES.sub("-", written)
    return short if _DASHED.fullmatch(short.strip()) is not None else written


def _written(written: str, options: Options) -> Reading:
    """A date as text."""
    plain = digits_of(tidy(written))
    clock = _CLOCK.search(plain)
    if clock is not None and not _is_time(clock):
        return unread(Unread.NOT_A_DATE)
    if "calendar" in options:
        return _in_words(written, options)
    bare = _CLOCK.sub("", plain).rstrip(" ,;。.")
    bare = re.sub(r"\s*([-./年月])\s*", r"\1", bare)
    bare = re.sub(r"^(\d{4}) (\d{1,2}) (\d{1,2})$", r"\1-\2-\3", bare)
    bare = _FLOATED.sub("", bare)
    if "epoch" in options and bare.isdecimal() and int(bare) in _BARE_SERIALS:
        return Reading(_of_serial(int(bare), options["epoch"]), doubts=(Doubt.SERIAL.value,))
    for form in (_year_first, _packed, _year_last, _month_year):
        found = form(bare, options)
        if found is not None:
            return found
    return _in_words(written, options)


def _is_time(clock: re.Match[str]) -> bool:
    """Whether a day has such an hour: to 24:00, and with leap seconds."""
    hour, minute, second = (int(part or 0) for part in clock.groups())
    return (hour < 24 and minute < 60 and second <= 60) or (hour, minute, second) == (24, 0, 0)


def _in_words(written: str, options: Options) -> Reading:
    """A date with words or signs in it, or of another calendar."""
    order, pivot = options.get("order", ""), options.get("pivot", "")
    hints = DateHints(
        order=Order(order) if order in _ORDERS else None,
        calendar=options.get("calendar"),
        pivot=int(pivot) if pivot.isdecimal() else None,
    )
    found = read_stated_date(written, hints)
    if found.value is None:
        return unread(_WHY.get(found.reason, Unread.NOT_A_DATE))
    if found.qualifier is not None:
        return unread(Unread.QUALIFIED_DATE)
    if found.extent is Extent.WITHIN:
        return unread(Unread.CALENDAR_SPAN)
    years = [int(day[:4]) for day in (found.value, found.until) if day is not None]
    ours = "calendar" not in options and found.calendar in (None, "gregory")
    # With option calendar, 1950 in a column of 民國 years would be a day of 3861.
    late = any(year >= _GREGORIAN.stop for year in years)
    if (late and options.get("calendar") != "gregory") or (
        ours and not all(_is_ours(year, written) for year in years)
    ):
        return unread(Unread.AMBIGUOUS_CALENDAR)
    doubts = (Doubt.CALENDAR_VARIANT.value,) if found.uncertainty_days > 0 else ()
    if found.extent is Extent.RANGE:
        if years[-1] - years[0] > _LONGEST_RANGE:
            return unread(Unread.QUALIFIED_DATE)
        return Reading(f"{found.value}/{found.until or '..'}", doubts=doubts)
    return Reading(found.value, doubts=doubts)


def _is_ours(year: int, written: str) -> bool:
    """Whether a year is of our calendar, by itself or by the name of a month beside it.

    Buddhist years stand beside our months, too, so a month's name says nothing of late ones.
    """
    if year in _GREGORIAN or year >= _GREGORIAN.stop:
        return year in _GREGORIAN
    words = re.findall(r"[^\W\d_]+", written)
    return any(month_names().get(text.fold(word), ("", 0))[0] == "gregory" for word in words)


_ORDERS = frozenset(order.value for order in Order)
_WHY: dict[DateReason | None, Unread] = {
    DateReason.IMPOSSIBLE: Unread.IMPOSSIBLE_DATE,
    DateReason.AMBIGUOUS_ORDER: Unread.AMBIGUOUS_DATE,
    DateReason.TWO_DIGIT_YEAR: Unread.TWO_DIGIT_YEAR,
    DateReason.CALENDAR_UNKNOWN: Unread.OTHER_CALENDAR,
    DateReason.LUNAR: Unread.OTHER_CALENDAR,
}


def read_date_range(written: str, facts: CellFacts, options: Options) -> Reading:
    """Two dates as `start/end`, ISO 8601; one date is one date."""
    parts = _PARTED.split(tidy(written))
    if len(parts) != 2 or "" in parts:
        return read_date(written, facts, options)
    both = [read_date(part, CellFacts(), options) for part in parts]
    for each in both:
        if each.read is None:
            return each
    doubts = tuple(dict.fromkeys(doubt for each in both for doubt in each.doubts))
    return Reading("/".join(each.read or "" for each in both), doubts=doubts)


def infer_order(written: Iterable[str]) -> str | None:
    """The order of day and month that a column as a whole shows: dmy, mdy, or None."""
    support = text.infer_order(written)
    orders = [order.value for order, _ in support.deciding if order is not Order.YMD]
    return orders[0] if len(orders) == 1 else None


def infer_epoch(pairs: Iterable[tuple[str, str]]) -> str | None:
    """The epoch that date cells show, by the serials they store and the days they display."""
    for stored, shown in pairs:
        number, day = decimal_of(stored), _year_first(shown, {})
        if number is None or day is None or day.read is None:
            continue
        for name in _EPOCHS:
            if _of_serial(int(number), name) == day.read:
                return name
    return None


def _stored(written: str, facts: CellFacts, options: Options) -> Reading:
    """A date cell's serial number, or a number that packs a date: 19870314."""
    if facts.kind is CellKind.DATE and facts.shown is not None:
        shown = _ISO_DAY.match(facts.shown)  # what readers of workbooks show of a date is ISO 8601
        if shown is not None:
            return Reading(shown[0])
    number = decimal_of(written)
    if number is None:
        return read_date(written, CellFacts(), options)
    whole = int(number)
    bare = facts.kind is CellKind.NUMBER
    if bare and number == whole:
        packed = _packed(str(whole), options)
        if packed is not None:
            return packed
        if whole in _YEARS:
            return _day(str(whole), "", "")
    if bare and whole in _YEARS:
        return unread(Unread.AMBIGUOUS_DATE)  # 2017.1 was 2017.1 or 2017.10, or is a day of 1905
    return _counted(whole, options, bare=bare)


def _counted(whole: int, options: Options, *, bare: bool) -> Reading:
    """The day to which a number counts; doubted where no format says that it counts days."""
    if whole not in (_BARE_SERIALS if bare and "epoch" not in options else _SERIALS):
        return unread(Unread.NOT_A_DATE)
    epoch = options.get("epoch") or options.get(WORKBOOK_EPOCH, "1900")
    if whole == _LEAP_BUG and epoch == "1900":
        return unread(Unread.IMPOSSIBLE_DATE)
    return Reading(_of_serial(whole, epoch), doubts=(Doubt.SERIAL.value,) if bare else ())


def _of_serial(whole: int, epoch: str) -> str:
    days = whole + (1 if epoch == "1900" and whole < _LEAP_BUG else 0)
    return (_EPOCHS.get(epoch, _EPOCHS["1900"]) + timedelta(days=days)).isoformat()


def _year_first(bare: str, _options: Options) -> Reading | None:
    found = _YEAR_FIRST.fullmatch(bare) or re.fullmatch(r"(\d{4})()()", bare)
    return None if found is None else _day(found[1], found[2] or "", found[3] or "")


def _packed(bare: str, options: Options) -> Reading | None:
    """19870314, 14031987, 198703, 870314."""
    if _SIX.fullmatch(bare) is not None:
        return _six_digits(bare, options)
    if _EIGHT.fullmatch(bare) is None:
        return None
    last = _year_last(f"{bare[:2]}.{bare[2:4]}.{bare[4:]}", options)
    ends = last is not None and int(bare[4:]) in _YEARS and last.unread != Unread.IMPOSSIBLE_DATE
    if int(bare[:4]) not in _YEARS:
        return last if ends else None
    first = _day(bare[:4], bare[4:6], bare[6:])
    return last if first.unread == Unread.IMPOSSIBLE_DATE and ends else first


def _six_digits(bare: str, options: Options) -> Reading | None:
    """A year and a month, or three numbers of two digits; not read where it may be both.

    Option `order` says which: "ym", or one of days.
    """
    one, two, three = bare[:2], bare[2:4], bare[4:]
    months = int(bare[:4]) in _YEARS and 1 <= int(three) <= 12
    order = options.get("order", "")
    as_days = possible_orders(one, two, three)
    if order in _ORDERS and (Order(order) in as_days or not months):
        as_days = {each: day for each, day in as_days.items() if each is Order(order)}
        months = False
    if months:
        both = len(as_days) > 0 and order != "ym"
        return unread(Unread.AMBIGUOUS_DATE) if both else _day(bare[:4], three, "")
    if len(as_days) == 0:
        return unread(Unread.IMPOSSIBLE_DATE) if order in _ORDERS else None
    if len(as_days) > 1:
        return unread(Unread.AMBIGUOUS_DATE)
    ((short, month, day),) = as_days.values()
    return _short_year(short, str(month), str(day), options)


def _short_year(short: int, month: str, day: str, options: Options) -> Reading:
    """A date whose year has two digits: option `pivot` says of which century."""
    pivot = options.get("pivot", "")
    if not pivot.isdecimal():
        return unread(Unread.TWO_DIGIT_YEAR)
    century = "20" if short <= int(pivot) else "19"
    return _day(f"{century}{short:02}", month, day, (Doubt.TWO_DIGIT_YEAR.value,))


def _year_last(bare: str, options: Options) -> Reading | None:
    found = _YEAR_LAST.fullmatch(bare)
    if found is None:
        return None
    first, second, year = int(found[1]), int(found[2]), found[3]
    if len(year) == _TWO_DIGITS and not options.get("pivot", "").isdecimal():
        return unread(Unread.TWO_DIGIT_YEAR)
    if first == 0 or second == 0:
        return unread(Unread.IMPOSSIBLE_DATE)
    order = options.get("order", "")
    if order not in ("dmy", "mdy") and first != second:
        order = "dmy" if first > 12 >= second else "mdy" if second > 12 >= first else ""
        if order == "":
            both = max(first, second) > 12
            return unread(Unread.IMPOSSIBLE_DATE if both else Unread.AMBIGUOUS_DATE)
    day, month = (second, first) if order == "mdy" else (first, second)
    if len(year) == _TWO_DIGITS:
        return _short_year(int(year), str(month), str(day), options)
    return _day(year, str(month), str(day))


def _month_year(bare: str, _options: Options) -> Reading | None:
    found = _MONTH_YEAR.fullmatch(bare)
    return None if found is None else _day(found[2], found[1], "")


def _day(year: str, month: str, day: str, doubts: tuple[str, ...] = ()) -> Reading:
    if int(year) not in _GREGORIAN:
        return unread(Unread.AMBIGUOUS_CALENDAR)
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return unread(Unread.IMPOSSIBLE_DATE)
    parts = [f"{int(part):02d}" for part in (month, day) if part != ""]
    return Reading("-".join([f"{int(year):04d}", *parts]), doubts=doubts)
