"""Dates as clerks write them, in several notations and calendars."""

from collections.abc import Callable
from datetime import date

from tests.facts.layouts.vocabulary import vocabulary

_EASTERN_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_BURMESE = str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉")
_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EXCEL_EPOCH = date(1899, 12, 30)


def persian(day: date) -> tuple[int, int, int]:
    """Year, month, day of the Solar Hijri calendar, by the 33-year rule (good for 1900-2100)."""
    days = day.toordinal() - date(622, 3, 22).toordinal()  # 33-year cycles of 12,053 days
    cycle, rest = divmod(days + 1, 12_053)
    lengths = [366 if year % 33 in (1, 5, 9, 13, 17, 22, 26, 30) else 365 for year in range(1, 34)]
    year = 1 + 33 * cycle
    for length in lengths:
        if rest < length:
            break
        rest -= length
        year += 1
    return (year, *_month_of_persian(rest))


def _month_of_persian(rest: int) -> tuple[int, int]:
    first_half = 186  # six months of 31 days
    if rest < first_half:
        return rest // 31 + 1, rest % 31 + 1
    return (rest - first_half) // 30 + 7, (rest - first_half) % 30 + 1


def islamic(day: date) -> tuple[int, int, int]:
    """Year, month, day of the tabular Islamic calendar (civil epoch)."""
    days = day.toordinal() - 227_015  # 227,015 is 1 Muharram 1 as a Gregorian ordinal
    year = 1
    while _start_of_islamic(year + 1) <= days:
        year += 1
    left, month = days - _start_of_islamic(year), 1
    while month < 12 and left >= 30 - (month + 1) % 2:
        left -= 30 - (month + 1) % 2
        month += 1
    return year, month, left + 1


def _start_of_islamic(year: int) -> int:
    return (year - 1) * 354 + (3 + 11 * year) // 30


def ethiopian(day: date) -> tuple[int, int, int]:
    """Year, month, day of the Ethiopian calendar: thirteen months, twelve of them of 30 days."""
    days = day.toordinal() - 2_796  # 2,796 is 1 Mäskäräm 1 as a Gregorian ordinal
    year = (4 * days + 1_463) // 1_461  # every fourth year has a day more: 3, 7, 11 …
    month, left = divmod(days - 365 * (year - 1) - year // 4, 30)
    return year, month + 1, left + 1


def chinese_numeral(number: int) -> str:
    """Of a day or a month: 九, 十二, 三十一."""
    tens, ones = divmod(number, 10)
    words = str(tens).translate(_CHINESE) if tens > 1 else ""
    return words + ("十" if tens else "") + (str(ones).translate(_CHINESE) if ones else "")


def _in_chinese(day: date) -> str:
    year = str(day.year).translate(_CHINESE)
    return f"{year}年{chinese_numeral(day.month)}月{chinese_numeral(day.day)}日"


def written(day: date, notation: str, language: str) -> str | int | date:
    """`day` in a notation; an Excel date is a date, an Excel serial a number."""
    match notation:
        case "xl":
            return day
        case "serial":
            return (day - _EXCEL_EPOCH).days
        case "mon":
            return f"{day.day} {vocabulary(language)['months'][day.month - 1]} {day.year}"
        case _:
            own = _OWN.get(notation)
            return day.strftime(_NOTATIONS[notation]) if own is None else own(day)


_OWN: dict[str, Callable[[date], str]] = {
    "zh": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "roc": lambda d: f"民國{d.year - 1911}年{d.month}月{d.day}日",
    "rocn": lambda d: f"{d.year - 1911}.{d.month:02d}.{d.day:02d}",
    "fa": lambda d: "{}/{:02d}/{:02d}".format(*persian(d)),
    "fad": lambda d: "{}/{:02d}/{:02d}".format(*persian(d)).translate(_PERSIAN),
    "hij": lambda d: "{}/{:02d}/{:02d}هـ".format(*islamic(d)),
    "ard": lambda d: f"{d.day}/{d.month}/{d.year}".translate(_EASTERN_ARABIC),
    "zhd": _in_chinese,
    "ko": lambda d: f"{d.year}년 {d.month}월 {d.day}일",
    "ko.": lambda d: f"{d.year}. {d.month}. {d.day}.",
    "myd": lambda d: f"{d.day}-{d.month}-{d.year}".translate(_BURMESE),
    "et": lambda d: "{2}/{1}/{0}".format(*ethiopian(d)),
    "rom": lambda d: f"{d.day}.{_ROMAN[d.month - 1]}.{d.year}",
    "dMy": lambda d: f"{d.day}-{_ENGLISH[d.month - 1]}-{d.year}",
    "ug": lambda d: f"{d.year}-يىلى {d.month}-ئاينىڭ {d.day}-كۈنى",
}
_NOTATIONS = {
    "iso": "%Y-%m-%d",
    "ymd.": "%Y.%m.%d",
    "ymd/": "%Y/%m/%d",
    "ymd": "%Y%m%d",
    "ym.": "%Y.%m",
    "ym-": "%Y-%m",
    "y": "%Y",
    "dmy.": "%d.%m.%Y",
    "dmy/": "%d/%m/%Y",
    "dmy-": "%d-%m-%Y",
    "mdy/": "%m/%d/%Y",
    "dm2.": "%d.%m.%y",
    "dt": "%Y-%m-%d %H:%M:%S",
    "dmydt": "%d.%m.%Y %H:%M",
}
