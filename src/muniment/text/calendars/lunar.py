"""The Islamic calendar in two variants, which differ by a day.

- Umm al-Qura is Saudi Arabia's civil calendar; its months are published, from 1343 to 1500.
- The civil (tabular) one counts thirty years as 10,631 days, with leap years 2, 5, 7, 10, 13, 16,
  18, 21, 24, 26 and 29, and its first day is 16 July 622 of the Julian calendar.
- Elsewhere a month begins when the moon is seen: every date is uncertain by a day.
"""

from datetime import date

from hijridate import Hijri

from muniment.text.calendars.calendar import Calendar, Converted, spanning

_UNCERTAINTY_DAYS = 1
_FIRST_DAY = 227015  # 19 July 622 of the proleptic Gregorian calendar, as `date.toordinal` counts
_MONTHS, _LONG, _SHORT = 12, 30, 29
_CYCLE, _CYCLE_LEAPS, _SHIFT = 30, 11, 14  # years; leap where (11 year + 14) mod 30 < 11
_YEAR_DAYS = 354


def _umm_al_qura(year: int, month: int, day: int) -> date:
    found = Hijri(year, month, day).to_gregorian()
    return date(found.year, found.month, found.day)


def _civil(year: int, month: int, day: int) -> date:
    leap = (_CYCLE_LEAPS * year + _SHIFT) % _CYCLE < _CYCLE_LEAPS
    length = _LONG if month % 2 == 1 or (month == _MONTHS and leap) else _SHORT
    if year < 1 or not 1 <= month <= _MONTHS or not 1 <= day <= length:
        raise ValueError("the civil Islamic calendar has no such day")
    before = (year - 1) * _YEAR_DAYS + (_CYCLE_LEAPS * (year - 1) + _SHIFT) // _CYCLE
    within = _SHORT * (month - 1) + month // 2 + day - 1
    return date.fromordinal(_FIRST_DAY + before + within)


ISLAMIC_UMALQURA = Calendar(
    "islamic-umalqura", "Islamic, Umm al-Qura", spanning(_umm_al_qura, _UNCERTAINTY_DAYS)
)
ISLAMIC_CIVIL = Calendar("islamic-civil", "Islamic, civil", spanning(_civil, _UNCERTAINTY_DAYS))


def convert_islamic(
    year: int, month: int | None, day: int | None
) -> tuple[Calendar, Converted | None]:
    """By Umm al-Qura where it is published, else by the civil calendar; and which of the two."""
    found = ISLAMIC_UMALQURA.convert(year, month, day)
    if found is not None:
        return ISLAMIC_UMALQURA, found
    return ISLAMIC_CIVIL, ISLAMIC_CIVIL.convert(year, month, day)
