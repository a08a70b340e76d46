"""When a message says it was sent: the written date as a `Stamp`.

| written | zone |
|---|---|
| Sat, 2 Jun 2018 10:12:00 +0800 (CST) | +08:00; a comment is no zone |
| Sat Jun  2 10:12:00 2018 | none |
| … 10:12:00 -0000 | none: RFC 5322 §3.3, "no information about the local time zone" |
| … 10:12:00 EST | -05:00, one of the names that RFC 5322 §4.3 defines |
| … 10:12:00 CST | none: written in North America and in China, for zones 14 hours apart |
| 2018-06-02T02:12:00.1234567Z | +00:00 (MAPI properties, ISO 8601) |

- A zone that is not stated is never made up; a date that no calendar has is not read.
- Years of two digits are those of RFC 5322 §4.3: 00-49 are 2000-2049, 50-99 are 1950-1999.
"""

import re
from datetime import datetime, timedelta

from muniment.core import Precision, Stamp
from muniment.text import zone_minutes

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
_ZONE = r"(?:\s*(?P<zone>[+-]\d{4}|[+-]\d{2}:\d{2}|[A-Za-z]{1,5}))?"
_MAIL = re.compile(
    rf"(?:[A-Za-z]{{2,9}}\.?,?\s*)?(?P<day>\d{{1,2}})[\s-]+(?P<month>[A-Za-z]{{3}})[a-z]*[\s-]+"
    rf"(?P<year>\d{{4}}|\d{{2,3}})\s+{_CLOCK}{_ZONE}",
    re.ASCII,
)
_UNIX = re.compile(
    rf"(?:[A-Za-z]{{3}}\s+)?(?P<month>[A-Za-z]{{3}})\s+(?P<day>\d{{1,2}})\s+{_CLOCK}"
    rf"{_ZONE}\s+(?P<year>\d{{4}})(?:\s+(?P<later>[+-]\d{{4}}))?",
    re.ASCII,
)
_ISO = re.compile(
    rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})[T ]{_CLOCK}"
    r"(?:\.(?P<fraction>\d{1,9}))?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_COMMENT = re.compile(r"\([^()]*\)")
_LONGEST = 200


def stamp_of(written: str) -> Stamp:
    """The stated time; without a reading where it cannot be read."""
    bare = " ".join(_COMMENT.sub(" ", written[:_LONGEST]).split())
    for form in (_MAIL, _UNIX, _ISO):
        match = form.fullmatch(bare)
        if match is not None:
            return _read(written, match.groupdict())
    return Stamp(written, None, None, None)


def instant_of(stamp: Stamp) -> str:
    """The instant in UTC to the second, ISO 8601 with Z; empty where the zone is not known."""
    if stamp.local is None or stamp.offset_minutes is None:
        return ""
    try:
        utc = datetime.fromisoformat(stamp.local[:19]) - timedelta(minutes=stamp.offset_minutes)
    except (ValueError, OverflowError):
        return ""
    return f"{utc.isoformat()}Z"


def shown(stamp: Stamp) -> str:
    """The stated time as people read it, with its zone or without; as written where unreadable."""
    if stamp.local is None:
        return stamp.written.strip()
    text = stamp.local.replace("T", " ")[: 16 if stamp.precision is Precision.MINUTE else 19]
    if stamp.offset_minutes is None:
        return text
    hours, minutes = divmod(abs(stamp.offset_minutes), 60)
    return f"{text} {'-' if stamp.offset_minutes < 0 else '+'}{hours:02d}:{minutes:02d}"


def _read(written: str, found: dict[str, str | None]) -> Stamp:
    try:
        moment = datetime(  # noqa: DTZ001 - a clock reading; its zone is kept beside it
            _year(found["year"] or ""),
            _month(found["month"] or ""),
            int(found["day"] or 0),
            int(found["hour"] or 0),
            int(found["minute"] or 0),
            int(found["second"] or 0),
        )
    except ValueError:
        return Stamp(written, None, None, None)
    local, precision = moment.isoformat(), Precision.SECOND
    fraction = found.get("fraction")
    if fraction is not None and fraction.strip("0") != "":
        local = f"{local}.{fraction}"
        precision = Precision.MICROSECOND if len(fraction) <= 6 else Precision.NANOSECOND  # noqa: PLR2004
    elif found["second"] is None:
        precision = Precision.MINUTE
    return Stamp(written, local, zone_minutes(found.get("later") or found["zone"]), precision)


def _year(written: str) -> int:
    year = int(written)
    if len(written) > 3:  # noqa: PLR2004 - digits
        return year
    return year + (2000 if len(written) == 2 and year < 50 else 1900)  # noqa: PLR2004 - see above


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS.index(written.lower()) + 1
