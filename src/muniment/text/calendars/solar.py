"""Calendars whose days and months are the Gregorian ones: only the year is counted elsewhere."""

import msgspec

from muniment.text.calendars.calendar import Calendar, Converted, iso, shifted

GREGORIAN = Calendar("gregory", "Gregorian", shifted(0))
ROC = Calendar("roc", "Republic of China (民國)", shifted(1911))
BUDDHIST = Calendar("buddhist", "Buddhist, of Thailand", shifted(-543))


class Era(msgspec.Struct, frozen=True):
    """A reign of Japan: its first day, and the last one; None while it lasts."""

    names: tuple[str, ...]
    first: str
    last: str | None


# Days as in Japan's laws and proclamations; Meiji is read from 1873, when Japan became Gregorian.
ERAS = (
    Era(("明治",), "1868-10-23", "1912-07-30"),
    Era(("大正",), "1912-07-30", "1926-12-25"),
    Era(("昭和",), "1926-12-25", "1989-01-07"),
    Era(("平成",), "1989-01-08", "2019-04-30"),
    Era(("令和",), "2019-05-01", None),
)
_FIRST_GREGORIAN = "1873"


def convert_era(era: Era, year: int, month: int | None, day: int | None) -> Converted | None:
    """A date of a reign; None where the reign had no such day or Japan no Gregorian calendar."""
    value = iso(int(era.first[:4]) + year - 1, month, day) if year > 0 else None
    if value is None or value < _FIRST_GREGORIAN or value < era.first[: len(value)]:
        return None
    late = era.last is not None and value > era.last[: len(value)]
    return None if late else Converted(value)
