"""Dates with 年, 月 and 日, in digits or Chinese numerals, with reigns and the Republic's years."""

import re

from muniment.core import Precision
from muniment.text.calendars import ERAS, convert_era
from muniment.text.chinese_numerals import read_numeral
from muniment.text.stated_dates.reading import DateHints, DateReading, DateReason, unread
from muniment.text.stated_dates.settling import (
    calendar_of,
    is_short,
    settle,
    settle_short_year,
    settled,
)

_NUMBER = r"[〇零○Ｏ一二三四五六七八九十百廿卅两]"
_DATE = re.compile(
    r"(?:(?:出?生)?于\s*)?(?P<lunar>农历|農曆|阴历|陰曆|旧历|舊曆)?\s*"
    r"(?P<mark>公元|西元|中华民国|中華民國|民国|民國|佛历|佛曆|明治|大正|昭和|平成|令和)?\s*"
    rf"(?:(?P<year>\d{{1,4}}|元|{_NUMBER}{{1,6}})\s*[年년]度?)?\s*"
    rf"(?:(?P<month>\d{{1,2}}|[正腊臘冬]|{_NUMBER}{{1,3}})\s*[月월]份?\s*"
    rf"(?:(?P<day>\d{{1,2}}|初?{_NUMBER}{{1,3}})\s*[日号號일]?)?)?"
    r"\s*(?:出?生)?",  # 1980年3月5日生
)
_LUNAR_MONTHS = frozenset("正腊臘冬")
_MARKS = {
    "公元": "gregory", "西元": "gregory",
    "中华民国": "roc", "中華民國": "roc", "民国": "roc", "民國": "roc",
    "佛历": "buddhist", "佛曆": "buddhist",
}  # fmt: skip


def read_chinese(written: str, text: str, hints: DateHints) -> DateReading | None:
    """The reading of `text`, which is `written` in ASCII digits; None where it has no 年 or 月."""
    found = _DATE.fullmatch(text)
    if found is None or (found["year"] is None and found["month"] is None):
        return None
    if _is_lunar(found):
        return unread(written, DateReason.LUNAR)
    year, month, day = (_number(found[each]) for each in ("year", "month", "day"))
    if year is None:
        return unread(written, DateReason.NO_YEAR)
    mark = found["mark"]
    for era in ERAS:
        if mark in era.names:
            precision = _precision(month, day)
            return settled(written, convert_era(era, year, month, day), "japanese", precision)
    calendar = calendar_of(hints, _MARKS.get(mark) if mark is not None else None)
    if calendar is None and _has_two_digits(found["year"]):
        return settle_short_year(written, year, month, day, hints)
    return settle(written, year, month, day, calendar)


def _is_lunar(found: re.Match[str]) -> bool:
    if found["lunar"] is not None or found["month"] in _LUNAR_MONTHS:
        return True
    return found["day"] is not None and found["day"].startswith("初")


def _number(written: str | None) -> int | None:
    if written is None:
        return None
    return 1 if written == "元" else read_numeral(written)


def _has_two_digits(year: str) -> bool:
    """18年 and 一八年; 十八年 is no year of any calendar in use but a duration."""
    return is_short(year) and "十" not in year


def _precision(month: int | None, day: int | None) -> Precision:
    if month is None:
        return Precision.YEAR
    return Precision.MONTH if day is None else Precision.DAY
