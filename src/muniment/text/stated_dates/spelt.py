"""Dates with the month's name: 5 марта 2018 г., March 5, 2018, ٥ مارس ٢٠١٨م, 2018-يىلى 5-مارت.

- Every word must be known: a month, a mark of the year, a weekday, or a word that only joins. A
  text with any other word is not a date.
- Uyghur also counts months: 2018-يىلى 3-ئاينىڭ 5-كۈنى, 2018-yili 3-ayning 5-küni.
"""

import re
from functools import cache

import msgspec

from muniment.text.fold import fold
from muniment.text.stated_dates.month_names import month_names, paired_names
from muniment.text.stated_dates.reading import (
    DateHints,
    DateReading,
    DateReason,
    Order,
    unread,
)
from muniment.text.stated_dates.settling import settle, settle_short_year

_LONGEST = 80  # letters; what is longer is a sentence
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_TIME = re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?\b", re.ASCII)
# Ordinals, articles and prepositions, words for year, month and day, weekdays.
_JOINING = """
    of the in on en im th st nd rd de del di du le la el er den der am o
    r roku dne din van år του η
    г в год года году ж жыл жылы жылғы жылғ жылдың жылдын р рік року день числа го е
    yil yili yilning yilgi yıl yılı ayning ayi kuni kun ning ay
    يىل يىلى يىلنىڭ ئاي ئاينىڭ كۈنى كۈن نىڭ سنة عام شهر يوم في من ماه سال روز
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miércoles jueves viernes sábado domingo
    понедельник вторник среда четверг пятница суббота воскресенье
    pazartesi salı çarşamba perşembe cuma cumartesi pazar
    дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі
    الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
    شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه
    دۈشەنبە سەيشەنبە چارشەنبە پەيشەنبە جۈمە شەنبە يەكشەنبە
"""
_MARKS = {
    "م": "gregory", "ميلادي": "gregory", "ميلادية": "gregory", "میلادی": "gregory",
    "ad": "gregory", "ce": "gregory", "هـ": "islamic-umalqura", "ه": "islamic-umalqura",
    "هجري": "islamic-umalqura", "هجرية": "islamic-umalqura", "ah": "islamic-umalqura",
    "hicri": "islamic-umalqura", "hijri": "islamic-umalqura", "ق": "islamic-umalqura",
    "พศ": "buddhist", "be": "buddhist", "คศ": "gregory", "ዓም": "ethiopic",
    "ش": "persian", "شمسی": "persian", "خورشیدی": "persian",
}  # fmt: skip
_UYGHUR = re.compile(
    r"(?P<year>\d{4})\s*-?\s*(?:يىلى?(?:نىڭ)?|yili?(?:ning)?)[,،]?\s*"
    r"(?:(?P<month>\d{1,2})\s*-?\s*(?:ئاي(?:نىڭ|ى)?|ay(?:ning|i)?)[,،]?\s*"
    r"(?:(?P<day>\d{1,2})\s*-?\s*(?:كۈنى?|k[uü]ni?|چېسلا)?)?)?"
)
_PERIODS = re.compile(r"(?<=\d)-?(?:يىلى?|yili?)(?=[\s,،]|$)")
_DOTTED_MARKS = {"พ.ศ.": "พศ", "ค.ศ.": "คศ", "ዓ.ም.": "ዓም", "ዓ.ም": "ዓም", "b.e.": "be"}
_VIETNAMESE = re.compile(
    r"(?:ngày\s+)?(?:(?P<day>\d{1,2})\s+)?tháng\s+(?P<month>\d{1,2})(?:\s*,)?(?:\s+năm)?\s+(?P<year>\d{4})"
)
_OUR_MONTHS = frozenset({"buddhist", "roc"})
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_MOST_NUMBERS, _SHORT = 2, 2


def read_spelt(written: str, text: str, hints: DateHints) -> DateReading | None:
    """The reading of `text`, which is `written` in ASCII digits; None where a word is unknown."""
    if len(text) > _LONGEST:
        return None
    lowered = text.lower()
    uyghur = _UYGHUR.fullmatch(lowered)
    if uyghur is not None:
        year, month, day = (None if each is None else int(each) for each in uyghur.groups())
        return settle(written, year or 0, month, day, hints.calendar)
    vietnamese = _VIETNAMESE.fullmatch(lowered)
    if vietnamese is not None:
        day, month, year = (None if each is None else int(each) for each in vietnamese.groups())
        return settle(written, year or 0, month, day, hints.calendar)
    words = _words(lowered)
    if words is None or len(words.numbers) > _MOST_NUMBERS:
        return None
    if words.month is None:
        return _marked_year(written, words, hints)
    return _settle(written, words, words.month, hints)


class _Words(msgspec.Struct):
    """What the words of a text say; the numbers stand in order."""

    numbers: list[str]
    month: int | None = None
    before: int = 0  # how many of the numbers stand before the month
    roman: bool = False  # the month is a Roman numeral, as in 5.III.1980
    calendar: str | None = None  # of the month's name, or of a mark beside the year
    marked: bool = False  # such a mark stands there


def _words(lowered: str) -> _Words | None:
    """None where a word is no part of a date."""
    for dotted, mark in _DOTTED_MARKS.items():
        lowered = lowered.replace(dotted, f" {mark} ")
    folded = fold(_TIME.sub(" ", lowered))
    for pair, joined in paired_names():
        folded = folded.replace(pair, joined)
    words = _Words([])
    named: str | None = None
    for token in _TOKEN.findall(folded):
        if token.isdigit():
            words.numbers.append(token)
        elif words.month is None and (found := month_names().get(token)) is not None:
            named, words.month = found
            words.before = len(words.numbers)
        elif words.month is None and token in _ROMAN:
            named, words.month, words.roman = "gregory", _ROMAN.index(token) + 1, True
            words.before = len(words.numbers)
        elif (named_mark := _marks().get(token)) is not None:
            words.calendar = "persian" if words.calendar == "persian" else named_mark
            words.marked = True
        elif token not in _joining():
            return None
    if named not in (None, "gregory") or words.calendar is None:
        words.calendar = named
    return words


def _settle(written: str, words: _Words, month: int, hints: DateHints) -> DateReading | None:
    years = [each for each in words.numbers if len(each) > _SHORT]
    days = [each for each in words.numbers if len(each) <= _SHORT]
    if len(years) > 1:
        return None
    if words.roman and not (len(years) == len(days) == words.before == 1):
        return None
    if len(years) == 1:
        day = int(days[0]) if len(days) == 1 else None
        return settle(written, int(years[0]), month, day, _calendar(words, hints))
    if len(days) == _MOST_NUMBERS and words.before < _MOST_NUMBERS:
        return _two_short(written, (int(days[0]), int(days[1])), month, hints)
    return unread(written, DateReason.NO_YEAR)


def _two_short(written: str, numbers: tuple[int, int], month: int, hints: DateHints) -> DateReading:
    """5-Mar-18: either may be the year, unless only one can be the day."""
    first, second = numbers
    tried = [(second, first), (first, second)]
    if hints.order is not None:
        tried = tried[1:] if hints.order is Order.YMD else tried[:1]
    readings = [settle_short_year(written, year, month, day, hints) for year, day in tried]
    possible = [each for each in readings if each.reason is not DateReason.IMPOSSIBLE]
    if len(possible) <= 1:
        return (possible or readings)[0]
    said = [v for each in possible for v in ((each.value,) if each.value else each.alternatives)]
    return unread(written, DateReason.AMBIGUOUS_ORDER, tuple(dict.fromkeys(said)))


def _calendar(words: _Words, hints: DateHints) -> str | None:
    """Whose year it is: that of the mark or of the months; the hinted one, where it has our months.

    12 March 2560 in a column of Buddhist years is one of them, as Thais use the same months.
    """
    ours = words.calendar in (None, "gregory") and not words.marked
    return hints.calendar if ours and hints.calendar in _OUR_MONTHS else words.calendar


def _marked_year(written: str, words: _Words, hints: DateHints) -> DateReading | None:
    """2018 г., 2018 жылы, عام 1440هـ: one number of four digits among words that name a year."""
    if len(words.numbers) != 1 or len(words.numbers[0]) != len("2018"):
        return None
    return settle(written, int(words.numbers[0]), None, None, _calendar(words, hints))


@cache
def _joining() -> frozenset[str]:
    return frozenset(fold(_JOINING).split())


@cache
def _marks() -> dict[str, str]:
    return {fold(mark): calendar for mark, calendar in _MARKS.items()}
