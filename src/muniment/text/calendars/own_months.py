"""Solar calendars with months of their own: the Persian of Iran and Afghanistan, the Ethiopian."""

from datetime import date

from persiantools.jdatetime import JalaliDate

from muniment.text.calendars.calendar import Calendar, spanning

_MONTHS, _LENGTH = 13, 30  # of the Ethiopian year: twelve of thirty days, and one of five or six
_SHORTEST, _CYCLE, _YEAR_DAYS = 5, 4, 365  # days; years from leap day to leap day; days
_FIRST_DAY = 2796  # 27 August 8 of the proleptic Gregorian calendar (29 August of the Julian)


def _persian(year: int, month: int, day: int) -> date:
    found: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    return found


def _ethiopian(year: int, month: int, day: int) -> date:
    length = _LENGTH if month < _MONTHS else _SHORTEST + (year % _CYCLE == _CYCLE - 1)
    if year < 1 or not 1 <= month <= _MONTHS or not 1 <= day <= length:
        raise ValueError("the Ethiopian calendar has no such day")
    return date.fromordinal(
        _FIRST_DAY + _YEAR_DAYS * (year - 1) + year // _CYCLE + _LENGTH * (month - 1) + day - 1
    )


PERSIAN = Calendar("persian", "Persian (Jalali)", spanning(_persian))
ETHIOPIC = Calendar("ethiopic", "Ethiopian", spanning(_ethiopian))
