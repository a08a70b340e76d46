"""Dates in running text, each with its place.

- A candidate is found by its form, and kept only if it is read as a date, or is one that is open
  (03/04/2018, 5 марта 18 г.): a bare number is none, not even 2018.
- Each date is found by itself: words that qualify or join dates stand outside its place.
"""

import re
from functools import cache

import msgspec

from muniment.text.digits import western
from muniment.text.stated_dates.month_names import month_names, spelt_names
from muniment.text.stated_dates.reading import NO_HINTS, DateHints, DateReading, DateReason
from muniment.text.stated_dates.stated_date import read_stated_date

_CHINESE_NUMBER = r"[〇零○一二三四五六七八九十]"
_MONTH = rf"\s?(?:\d{{1,2}}|{_CHINESE_NUMBER}{{1,3}})\s?月份?"
_DAY = rf"(?:\s?(?:\d{{1,2}}|{_CHINESE_NUMBER}{{1,3}})\s?[日号號])?"
# A year of two digits alone is a duration: 10年.
_CHINESE = (
    r"(?:(?:农历|农曆|公元|中华民国|民国|民國|明治|大正|昭和|平成|令和)"
    rf"(?:\d{{1,4}}|元|{_CHINESE_NUMBER}{{1,4}})|\d{{4}}|{_CHINESE_NUMBER}{{4}})"
    rf"\s?年(?:{_MONTH}{_DAY})?|\d\d年{_MONTH}{_DAY}"
)
_SEPARATED = "|".join(
    [
        *(rf"\d{{4}}{sign}\d{{1,2}}{sign}\d{{1,2}}" for sign in ("-", "/", r"\.")),
        *(rf"\d{{1,2}}{sign}\d{{1,2}}{sign}\d{{4}}" for sign in ("-", "/", r"\.")),
        r"\d{4}-\d\d(?![\d-])",
    ]
)
_UYGHUR = (
    r"\d{4}-?\s?(?:يىلى?(?:نىڭ)?|yili?(?:ning)?)[,،]?\s{0,2}\d{1,2}-?\s?(?:ئاي(?:نىڭ|ى)?|ay(?:ning|i)?)"
    r"(?:[,،]?\s{0,2}\d{1,2}-?\s?(?:كۈنى?|k[uü]ni?))?"
)
_YEAR_WORDS = r"(?:\s{0,2}(?:г\.|года?|ж\.|م|هـ))?"
_KEPT = frozenset(
    {None, DateReason.AMBIGUOUS_ORDER, DateReason.TWO_DIGIT_YEAR, DateReason.IMPOSSIBLE}
)


class FoundDate(msgspec.Struct, frozen=True):
    """A date in running text; `start` and `end` count code points of that text."""

    start: int
    end: int
    reading: DateReading


def find_stated_dates(text: str, hints: DateHints = NO_HINTS) -> tuple[FoundDate, ...]:
    """The dates that stand in `text`, in order; none overlaps another."""
    found = []
    for match in _candidates().finditer(western(text)):
        written = text[match.start() : match.end()].rstrip(" ,،")
        reading = read_stated_date(written, hints)
        if reading.reason in _KEPT or reading.reason is DateReason.LUNAR:
            found.append(FoundDate(match.start(), match.start() + len(written), reading))
    return tuple(found)


@cache
def _candidates() -> re.Pattern[str]:
    names = sorted((re.escape(each) for each in _names()), key=len, reverse=True)
    month = rf"(?:{'|'.join(names)})\.?"
    join = r"(?:\s|,|-|\.|\bde\b|\bdel\b|\bof\b|th\b|st\b|nd\b|rd\b|er\b){0,6}"
    spelt = (
        rf"\d{{1,2}}{join}{month}{join}\d{{4}}{_YEAR_WORDS}"
        rf"|(?<!\w){month}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
        rf"|\d{{4}}\s*-?\s*(?:жыл\w*|ж\.|يىل\w*|yil\w*)\s+\d{{1,2}}\s*-?\s*{month}"
        rf"|(?<!\w){month}{join}\d{{4}}{_YEAR_WORDS}"
    )
    one = rf"(?:{_CHINESE}|{_UYGHUR}|{spelt}|{_SEPARATED})"
    return re.compile(
        rf"(?<![\w./-]){one}(?![\da-zA-Z])|(?<=[\u3400-\u9fff]){one}(?![\da-zA-Z])", re.IGNORECASE
    )


def _names() -> set[str]:
    """Names of months as they are written: a text is not folded here, so that places stay."""
    return {each for each in (*spelt_names(), *month_names()) if len(each) > 1}
