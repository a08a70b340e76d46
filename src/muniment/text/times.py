"""Times as files state them, in the spellings that leave no doubt about year, month and day.

    Fri, 08 Jun 2018 10:12:00 +0800    mail (RFC 5322)
    2017-09-04T09:12:00Z, 2017-09-04   ISO 8601, a space for the T, any fraction of a second
    D:20180630101200+08'00'            PDF (ISO 32000-2, 7.9.4)
    2017:08:31 12:17:00                Exif
    2017年9月4日                        Chinese

- No zone is invented: where none is written, the clock time is all that is known.
- What could be read in two ways (03/04/2017) is not read.
"""

import re
from datetime import datetime, timedelta

from muniment.core import Precision, Stamp

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONES = {"z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
          "mst": -420, "mdt": -360, "pst": -480, "pdt": -420}  # fmt: skip  # RFC 5322 §4.3
_CLOCK = r"(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?P<fraction>[.,]\d{1,9})?)?"
_ZONE = r"\s*(?P<zone>Z|z|[+-]\d{2}:?'?(?:\d{2})?'?|[A-Za-z]{2,3})?"
_MAIL = re.compile(
    r"\s*(?:[A-Za-z]{3},\s*)?(?P<day>\d{1,2})\s+(?P<named>[A-Za-z]{3})[a-z]*\s+(?P<year>\d{4})"
    rf"(?:\s+{_CLOCK}{_ZONE})?(?:\s*\(.{{0,60}}\))?\s*"
)
_ISO = re.compile(
    rf"\s*(?P<year>\d{{4}})-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:[T\s]{_CLOCK}{_ZONE})?)?\s*"
)
_EXIF = re.compile(rf"\s*(?P<year>\d{{4}}):(?P<month>\d\d):(?P<day>\d\d)(?:\s+{_CLOCK}{_ZONE})?\s*")
_PDF = re.compile(
    r"\s*D:(?P<year>\d{4})(?:(?P<month>\d\d)(?:(?P<day>\d\d)"
    r"(?:(?P<hour>\d\d)(?:(?P<minute>\d\d)(?:(?P<second>\d\d))?)?)?)?)?"
    r"(?P<zone>Z|[+-]\d\d'?(?:\d\d)?'?)?(?:00'00'?)?\s*"
)
_CHINESE = re.compile(
    r"\s*(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日)?\s*"
)
_FORMS = (_ISO, _MAIL, _EXIF, _PDF, _CHINESE)
_LONGEST = 100  # letters; a time is short, and what is longer is not tried


def read_time(written: str) -> Stamp | None:
    """The time that `written` states, and nothing else; None where it states none for certain."""
    if len(written) > _LONGEST:
        return None
    for form in _FORMS:
        match = form.fullmatch(written)
        if match is not None:
            return _stamp(written, match.groupdict())
    return None


def _stamp(written: str, said: dict[str, str | None]) -> Stamp | None:
    month = _month(said)
    if month is None:
        return None
    fraction = (said.get("fraction") or "")[1:]
    try:
        moment = datetime(  # noqa: DTZ001 - the zone is kept beside it, where there is one
            int(said["year"] or 0),
            month,
            int(said.get("day") or 1),
            int(said.get("hour") or 0),
            int(said.get("minute") or 0),
            min(59, int(said.get("second") or 0)),  # a leap second is the last of its minute
            int(fraction[:6].ljust(6, "0") or 0),
        )
    except ValueError:
        return None
    precision = _precision(said, fraction)
    known = said.get("hour") is not None
    offset = _offset(said.get("zone")) if known else None
    spec = (
        "microseconds" if precision in (Precision.MICROSECOND, Precision.NANOSECOND) else "seconds"
    )
    local = moment.isoformat(timespec=spec) if known else moment.date().isoformat()
    length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(precision, len(local))
    return Stamp(written, local[:length], offset, precision)


def _month(said: dict[str, str | None]) -> int | None:
    named = said.get("named")
    if named is None:
        return int(said.get("month") or 1)
    return _MONTHS.index(named.lower()) + 1 if named.lower() in _MONTHS else None


def _precision(said: dict[str, str | None], fraction: str) -> Precision:
    if fraction != "":
        return Precision.MICROSECOND
    for unit in (Precision.SECOND, Precision.MINUTE, Precision.DAY, Precision.MONTH):
        if said.get(unit.value) is not None or (unit is Precision.MONTH and "named" in said):
            return unit
    return Precision.YEAR


def _offset(zone: str | None) -> int | None:
    """Minutes east of UTC; -0000 says in mail that the zone is not known (RFC 5322 §3.3)."""
    if zone is None:
        return None
    if zone[0] not in "+-":
        return _ZONES.get(zone.lower())
    digits = re.sub(r"\D", "", zone).ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if zone[0] == "-" and minutes == 0:
        return None
    return minutes if zone[0] == "+" else -minutes


def day_of(stamp: Stamp) -> int | None:
    """The calendar day that a time states, in its own zone, as YYYYMMDD; None where it names none.

    A month or a year without a day is no day.
    """
    if stamp.local is None or len(stamp.local) < len("2017-03-04"):
        return None
    return int(stamp.local[:10].replace("-", ""))


def instant_of(stamp: Stamp) -> str | None:
    """The instant in UTC, to the second, where the time states a zone; no zone is invented."""
    if stamp.local is None or stamp.offset_minutes is None:
        return None
    try:
        moment = datetime.fromisoformat(stamp.local) - timedelta(minutes=stamp.offset_minutes)
    except OverflowError:
        return None
    return moment.isoformat(timespec="seconds") + "Z"
