"""Days as spreadsheets count them (ECMA-376 part 1, 18.17.4.1).

- From 1900, day 1 is 1 January 1900, and day 60 is 29 February 1900, which never was: the first
  spreadsheets counted it, and all since count as they did.
- From 1904, day 0 is 1 January 1904.
"""

import re
from datetime import date, timedelta

from muniment.core import Precision
from muniment.text.stated_dates.reading import DateReading, DateReason, unread

_SERIAL = re.compile(r"(\d{1,7})(?:\.(\d{1,12}))?", re.ASCII)
_NEVER_WAS = 60
_FIRST_1900, _FIRST_1904 = date(1899, 12, 31), date(1904, 1, 1)
_DAY_MINUTES = 24 * 60


def read_serial(written: str, text: str, epoch: int) -> DateReading | None:
    """The day that a number counts to from 1900 or 1904; None where `text` is no such number."""
    found = _SERIAL.fullmatch(text)
    if found is None:
        return None
    days = int(found[1])
    if epoch == 1900 and days in (0, _NEVER_WAS):  # noqa: PLR2004
        return unread(written, DateReason.IMPOSSIBLE)
    first = _FIRST_1904 if epoch == 1904 else _FIRST_1900  # noqa: PLR2004
    days -= epoch == 1900 and days > _NEVER_WAS  # noqa: PLR2004
    try:
        value = first + timedelta(days=days)
    except OverflowError:
        return unread(written, DateReason.IMPOSSIBLE)
    return DateReading(
        written,
        value.isoformat(),
        precision=Precision.DAY,
        calendar="gregory",
        time=None if found[2] is None else _time(float(f"0.{found[2]}")),
    )


def _time(fraction: float) -> str | None:
    """The time of day to the minute; None at midnight, which a date alone is too."""
    minutes = min(round(fraction * _DAY_MINUTES), _DAY_MINUTES - 1)
    return f"{minutes // 60:02}:{minutes % 60:02}" if minutes > 0 else None
