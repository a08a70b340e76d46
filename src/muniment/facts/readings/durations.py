"""How long: sentences and terms, ISO 8601; and ages in whole years.

- A sentence without a length (life, death) and one of several lengths are not read: each has its
  reason. A prison term beside a loss of rights is the prison term, with a doubt.
- A term of something else than prison (suspended, short detention) is read with a doubt.
"""

import re

from muniment.facts.readings.numbers import decimal_of, digits_of
from muniment.facts.readings.reading import CellFacts, Options, Reading, tidy, unread
from muniment.facts.statement import Doubt, Unread
from muniment.text import fold, read_sentence
from muniment.text import read_age as read_stated_age
from muniment.text.quantities import Penalty, PenaltyReading

_UNITS = {
    "Y": "年 year years yr yrs y год года лет г л ans an annee annees año años ano anos jahr jahre jahren anno anni yil yıl жыл йил tahun năm 년 နှစ် वर्ष साल سال ዓመት godina godine године lat lata rok sal ساڵ "
    "يىل سنة سنوات سال рік роки років a j",
    "M": "个月 個月 月 month months mo mon m месяц месяца месяцев мес м mois mes meses monat monate monaten mese mesi ay ай oy ой bulan tháng 개월 달 လ महीने महीना माह مہینے مہینہ ወር ወራት mjeseci meseci mjesec mesec месеци miesięcy miesiące miesiąc meh مانگ "
    "ئاي شهر أشهر اشهر ماه місяць місяці місяців",
    "D": "天 日 day days d день дня дней дн jour jours dia dias día días tag tage tagen giorno giorni gün gun күн kun кун كۈن يوم أيام روز "
    "день дні днів t hari 일 ရက် दिन دن ቀን ቀናት dana дана dni dzień roj ڕۆژ",
    "W": "周 週 星期 week weeks w неделя недели недель semaine semaines semana semanas woche wochen settimana settimane hafta апта "
    "ھەپتە أسبوع هفته тиждень minggu tuần 주 ပတ် सप्ताह ہفتے ሳምንት sedmica nedelja tygodni",
}
_OF_WORD = {fold(word): unit for unit, words in _UNITS.items() for word in words.split()}
_HAN = {letter: number for number, letter in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_PART = re.compile(
    r"\s*(\d{1,4}(?:[.,]\d)?|[零〇一二两三四五六七八九十]{1,4})\s*([^\d\s,.]{1,12}?)[.,]?(?=\s|\d|$|[零〇一二两三四五六七八九十])\s*"
)
_OLDEST = 130


def read_duration(written: str, _facts: CellFacts, options: Options) -> Reading:
    """A length of time, ISO 8601; a bare number is of the unit in option `unit` (Y, M, D, W)."""
    text = digits_of(tidy(written))
    number = decimal_of(text)
    if number is not None:
        unit = options.get("unit", "")
        if unit not in _UNITS or number != number.to_integral_value() or number < 0:
            return unread(Unread.NOT_A_DURATION)
        return Reading(f"P{int(number)}{unit}")
    if _ISO.fullmatch(text) is not None and text[-1].isalpha():
        return Reading(text)
    whole = _WHOLE.get(fold(text))
    if whole is not None:
        return Reading(whole)
    found = _parts(text.removeprefix("有期徒刑"))
    return found if found.read is not None else _in_words(written, text)


_ISO = re.compile(r"P(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?")
_HALVES = """
    半年|half a year|half year|полгода|yarım yıl|yarim yil|жарты жыл|medio año|نصف سنة|un semestre|ein halbes jahr|نیم سال|يېرىم يىل|반년|pół roku|pola godine|setengah tahun
"""
# One of them and two of them, in languages that say it without a figure.
_COUNTED = {
    "P1Y": "one year|a year|سنة|سنة واحدة|عام|عام واحد|un año|un an|una año|ein jahr|einem jahr|um ano|один год|год|bir yıl|bir yil|bir sene|бір жыл|بىر يىل|یک سال|یکسال|일년|satu tahun|setahun|một năm|एक वर्ष|एक साल|ایک سال|አንድ ዓመት|jedna godina|godinu dana|jeden rok|rok",
    "P2Y": "two years|سنتان|سنتين|عامان|عامين|dos años|deux ans|zwei jahre|dois anos|два года|iki yıl|ikki yil|екі жыл|ئىككى يىل|دو سال|이년|dua tahun|hai năm|दो वर्ष|दो साल|دو سال|dvije godine|dve godine|dwa lata",
    "P1M": "one month|a month|شهر|شهر واحد|un mes|un mois|ein monat|einem monat|um mês|один месяц|месяц|bir ay|бір ай|بىر ئاي|یک ماه|한달|satu bulan|một tháng|एक महीना|एक माह|ایک مہینہ|jedan mjesec|jedan mesec|jeden miesiąc",
    "P2M": "two months|شهران|شهرين|dos meses|deux mois|zwei monate|dois meses|два месяца|iki ay|ikki oy|екі ай|ئىككى ئاي|دو ماه|dua bulan|hai tháng|दो महीने",
}
_WHOLE = {
    fold(each.strip()): length
    for length, words in (("P6M", _HALVES), *_COUNTED.items())
    for each in words.split("|")
}
_SPAN = re.compile(
    r"(?:\d|[一二三四五六七八九十])\s*(?:[-–—~～至到]|to\b|до\b|bis\b|a\b|à\b|إلى|تا)\s*(?:\d|[一二三四五六七八九十])"
)
_NO_TERM = frozenset({Penalty.LIFE, Penalty.DEATH, Penalty.DEATH_REPRIEVED})
_PRISON = frozenset({Penalty.IMPRISONMENT, Penalty.UNSTATED})


def _in_words(written: str, text: str) -> Reading:
    """A length of time among other words: a sentence, or a length that is half."""
    if _SPAN.search(text) is not None:
        return unread(Unread.QUALIFIED_TERM)
    found = read_sentence(written)
    if found.reason is not None:
        return unread(Unread.NOT_A_DURATION)
    lengths = [part for part in found.parts if part.duration is not None]
    terms = [part for part in lengths if part.penalty not in _NO_TERM]
    endless = any(part.penalty in _NO_TERM for part in found.parts)
    if endless:
        is_open = len(terms) > 0 or any(part.penalty is Penalty.LIFE for part in lengths)
        return unread(Unread.SEVERAL_TERMS if is_open else Unread.NO_FIXED_TERM)
    if found.comparator is not None:
        return unread(Unread.QUALIFIED_TERM)
    return _of_terms(found.parts, terms)


def _of_terms(parts: tuple[PenaltyReading, ...], terms: list[PenaltyReading]) -> Reading:
    """The one length of a sentence, or the prison term where all else is a loss of rights."""
    prison = [part for part in terms if part.penalty in _PRISON]
    others = [part for part in parts if part not in prison]
    if len(terms) > 1 and (
        len(prison) != 1 or any(part.penalty is not Penalty.RIGHTS for part in others)
    ):
        return unread(Unread.SEVERAL_TERMS)
    if len(terms) == 0 or (len(parts) > 1 and len(prison) != 1):
        return unread(Unread.NOT_A_DURATION)
    term = prison[0] if len(prison) == 1 else terms[0]
    length = term.duration
    if length is None:
        return unread(Unread.NOT_A_DURATION)
    said = zip((length.years, length.months, length.weeks, length.days), "YMWD", strict=True)
    counts = [(count, unit) for count, unit in said if count is not None]
    if any(count < 0 for count, _ in counts):
        return unread(Unread.NOT_A_DURATION)
    doubts = [] if term.penalty in _PRISON else [Doubt.NOT_PRISON.value]
    doubts += [Doubt.SUFFIX.value] if len(parts) > 1 else []
    return Reading("P" + "".join(f"{n}{unit}" for n, unit in counts), doubts=tuple(doubts))


def read_age(written: str, _facts: CellFacts, _options: Options) -> Reading:
    """An age in whole years."""
    text = digits_of(tidy(written))
    number = decimal_of(text)
    if number is None:
        found = read_stated_age(written)
        if found.years is None or found.upper is not None or found.comparator is not None:
            return unread(Unread.NOT_AN_AGE)
        doubts = (Doubt.NOMINAL_AGE.value,) if found.nominal else ()
        return Reading(str(found.years), doubts=doubts)
    if number != number.to_integral_value() or not 0 <= number <= _OLDEST:
        return unread(Unread.NOT_AN_AGE)
    return Reading(str(int(number)))


def _parts(text: str) -> Reading:
    found: dict[str, int] = {}
    place = 0
    while place < len(text):
        part = _PART.match(text, place)
        unit = None if part is None else _OF_WORD.get(fold(part[2]))
        if part is None or unit is None or unit in found:
            return unread(Unread.NOT_A_DURATION)
        amount = _amount(part[1])
        if amount is None:
            return unread(Unread.NOT_A_DURATION)
        found[unit] = amount
        place = part.end()
    if len(found) == 0:
        return unread(Unread.NOT_A_DURATION)
    return Reading("P" + "".join(f"{found[unit]}{unit}" for unit in "YMWD" if unit in found))


def _amount(written: str) -> int | None:
    if written.isdecimal():
        return int(written)
    if "." in written or "," in written:
        return None
    tens, ten, ones = written.rpartition("十")
    if ten == "":
        return _HAN.get(written) if len(written) == 1 else None
    first = _HAN.get(tens, 1) if tens != "" else 1
    last = _HAN.get(ones, 0) if ones != "" else 0
    return first * 10 + last


def unit_of(header: str) -> str | None:
    """The unit that a header names for bare numbers: Y, M, W or D; None where it names none."""
    found = {
        unit
        for word in re.split(r"[\s,()（）/:：.\[\]_-]+", header)
        if (unit := _OF_WORD.get(fold(word)))
    }
    return found.pop() if len(found) == 1 else None
