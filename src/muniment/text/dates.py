"""Dates and times in the forms that programs write: ISO 8601, mail, PDF, EXIF, counted seconds.

- A zone is read where one is written, and never supplied: "2019-03-02 14:05" has none.
- What is no date of the calendar (a thirteenth month, 31 June) is not read as another one.
- Dates as people write them in prose are not read here.
"""

import re
from datetime import UTC, datetime, timedelta

from muniment.core import Precision, Stamp
from muniment.text.zones import zone_minutes

_ZONE = r"(?P<zone>Z|z|\s?UTC|\s?GMT|[+-]\d\d:?\d\d|[+-]\d\d)?"
_CLOCK = r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,12}))?)?"
# 2019 · 2019-03 · 2019-03-02 · 2019-03-02T14:05:07.25+01:00 · 2019:03:02 14:05:07 (EXIF)
_ISO = re.compile(
    r"(?P<year>\d{4})(?:[-:/](?P<month>\d\d)(?:[-:/](?P<day>\d\d)"
    rf"(?:[T ]{_CLOCK}\s?{_ZONE})?)?)?",
    re.ASCII,
)
# D:20190302140507+01'00' (ISO 32000-1, 7.9.4) and 20190302140507
_PACKED = re.compile(
    r"(?:D:)?(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?)?"
    r"(?P<zone>Z|[+-]\d\d(?:'?\d\d'?)?)?(?:00'00'?)?",
    re.ASCII,
)
# Sat, 2 Mar 2019 14:05:07 +0100 (CET), RFC 5322, 3.3 with the obsolete zones of 4.3
_MAIL = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(?P<day>\d{1,2})[\s-](?P<name>[A-Za-z]{3})[a-z]*[\s-](?P<year>\d{4}|\d\d)"
    r"(?:(?:,|\s+at)?\s+(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:\.\d+)?"
    r"\s*(?P<zone>[+-]\d{4}|(?:GMT|UTC?)[+-]\d{1,2}|GMT|UTC?|Z|[ECMP][SD]T)?)?\s*(?:\(.{0,80}\))?",
    re.ASCII | re.DOTALL,
)
# Sat Mar  2 14:05:07 2019, as C's asctime, and with a zone or the year at the other end
_SPELT = re.compile(
    r"[A-Z][a-z]{2} (?P<name>[A-Z][a-z]{2}) {1,2}(?P<day>\d{1,2}) (?:(?P<first>\d{4}) )?"
    r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
    r"(?: (?P<zone>[+-]\d{4}|(?:GMT|UTC)[+-]\d{4}|GMT|UTC|[ECMP][SD]T))?(?: (?P<year>\d{4}))?"
    r"\s*(?:\(.{0,80}\))?",
    re.ASCII,
)
# 190302140507Z, ASN.1 UTCTime as RFC 5280, 4.1.2.5.1 has it
_UTC_TIME = re.compile(
    r"(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)(?P<zone>Z)",
    re.ASCII,
)
_FORMS = (_ISO, _UTC_TIME, _PACKED, _MAIL, _SPELT)
_PIVOT = 50  # of years in two digits: RFC 5322, 4.3, and RFC 5280
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNIX, _MAC = datetime(1970, 1, 1, tzinfo=UTC), datetime(1904, 1, 1, tzinfo=UTC)
_COUNTED = re.compile(r"(-?\d{1,12})(?:\.(\d{1,9}))?", re.ASCII)
_LONGEST = 200  # code points; what is longer is no date
_LEAP = 60
_FIELDS = (("year", 0), ("month", 1), ("day", 1), ("hour", 0), ("minute", 0), ("second", 0))
# The first field that is not stated → how many letters of the ISO form are, and how precise it is.
_COARSER = (
    ("month", 4, Precision.YEAR),
    ("day", 7, Precision.MONTH),
    ("hour", 10, Precision.DAY),
    ("second", 16, Precision.MINUTE),
)
_MICRO, _NANO = 6, 9  # digits of a fraction


def read_date(written: str) -> Stamp:
    """The time that `written` states; its `local` is None where it states none that is known."""
    text = written.strip()
    if len(text) <= _LONGEST:
        for form in _FORMS:
            found = form.fullmatch(text)
            if found is not None:
                return _stamp(written, found.groupdict())
    return _unread(written)


def read_seconds(written: str, *, since_1904: bool = False) -> Stamp:
    """The time that is so many seconds, in UTC, after 1970 or 1904 began."""
    found = _COUNTED.fullmatch(written.strip())
    if found is None:
        return _unread(written)
    try:
        moment = (_MAC if since_1904 else _UNIX) + timedelta(seconds=int(found[1]))
    except OverflowError:
        return _unread(written)
    local = moment.replace(tzinfo=None).isoformat() + _fraction(found[2])
    return Stamp(written, local, 0, _precision_of(found[2]))


def _stamp(written: str, stated: dict[str, str | None]) -> Stamp:
    """The stamp of the fields that a form found; `local` is None where they are no date."""
    fields = stated | {"month": _month(stated), "year": _year(stated)}
    year, month, day, hour, minute, second = (
        int(fields.get(name) or least) for name, least in _FIELDS
    )
    second -= second == _LEAP  # the clock here has no leap second
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return _unread(written)
    local, offset = (
        moment.isoformat()[: len("2019-03-02T14:05:07")],
        zone_minutes(stated.get("zone")),
    )
    for missing, length, precision in _COARSER:
        if fields.get(missing) is None:
            return Stamp(written, local[:length], offset, precision)
    fraction = fields.get("fraction")
    return Stamp(written, local + _fraction(fraction), offset, _precision_of(fraction))


def _year(stated: dict[str, str | None]) -> str:
    """The year in four digits; none where it stands nowhere, or at both ends."""
    found = [year for year in (stated.get("year"), stated.get("first")) if year is not None]
    if len(found) != 1:
        return "0"
    if len(found[0]) == len("19"):
        return ("20" if int(found[0]) < _PIVOT else "19") + found[0]
    return found[0]


def _month(stated: dict[str, str | None]) -> str | None:
    name = stated.get("name")
    if name is None:
        return stated.get("month")
    known = name.lower()
    return str(_MONTHS.index(known) + 1) if known in _MONTHS else "0"


def _fraction(digits: str | None) -> str:
    return "" if digits is None else f".{digits[:_NANO]}"


def _precision_of(digits: str | None) -> Precision:
    if digits is None:
        return Precision.SECOND
    return Precision.MICROSECOND if len(digits) <= _MICRO else Precision.NANOSECOND


def _unread(written: str) -> Stamp:
    return Stamp(written, None, None, None)
