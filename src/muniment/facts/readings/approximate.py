"""Words and signs that make a date less than that date: ~1950, 1950s, spring 2017, 1950 or 1951.

One rule: what is not exact is not read as if it were. Such a date stays as written, `qualified`.
"""

import re
from functools import cache

_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
# Signs that say: about, or more, or less, or supplied by somebody else, or open at an end.
_SIGNS = re.compile(
    r"[?？<>≤≥±≈*]|^\s*[~～∼]|\d\s*[~～∼+]$|^\s*[-–—]\s*\d|\d\s*[-–—]$"
    r"|^[(（\[【][^)）\]】]*\d[^(（\[【]*[)）\]】]$"
)
# A decade, in the ways of English, German, Russian, Turkish, Uzbek, Kazakh, Arabic and Chinese.
_DECADE = re.compile(
    r"\d0\s*(?:['’]?s\b|-?\s?(?:е|х|ые|ых|er|yillar|жылдар|л[аие]р)\b|['’]?l[aeı]r|年代)"
    r"|十年代|[一二三四五六七八九]十年代|(?:ال)?(?:عشرينات|ثلاثينات|أربعينات|خمسينات|ستينات|سبعينات|ثمانينات|تسعينات)"
)
_SHORTENED = re.compile(r"(\d{2})(\d{2})\s*[-–—/]\s*(\d{2})")  # 1950/51
_WORDS = """
    spring summer autumn fall winter весна весной весны лето летом лета осень осенью осени зима
    зимой зимы printemps été automne hiver primavera verano otoño invierno frühling frühjahr sommer
    herbst ilkbahar bahar yaz sonbahar güz kış көктем жаз күз қыс ربيع صيف خريف شتاء بهار تابستان
    پاییز زمستان q1 q2 q3 q4 h1 h2 quarter half квартал полугодие trimestre semestre quartal çeyrek
    probably possibly perhaps maybe likely uncertain unsure estimated est approx approximately appr
    about around c ca circa roughly or not before after until ish вероятно возможно предположительно
    ок около прим примерно приблизительно или не ранее позднее позже до после конец начало
    wahrscheinlich vermutlich etwa um gegen oder ungefähr frühestens spätestens vor nach
    probablement peut environ vers ou avant après probablemente quizás aproximadamente hacia antes
    después muhtemelen yaklaşık civarı veya önce sonra шамамен немесе taxminan yoki tahminen
    تقريبا حوالي ربما أو قبل بعد حدود شاید یا تەخمىنەن ياكى early late mid
"""
_CHINESE = re.compile(
    r"[春夏秋冬约約]|季度|[上下]半年|可能|疑似|估计|估計|大概|预计|左右|前后|或|不详"
)
_WORD = re.compile(r"[^\W\d_]+(?:[12]|(?<=q)[34])?")
_LONGEST = 40  # letters: what is longer is a remark


def has_sign(text: str) -> bool:
    """Whether a sign beside a date says that it is not exact."""
    return _SIGNS.search(text.strip()) is not None or _DECADE.search(text.lower()) is not None


def is_approximate(text: str) -> bool:
    """Whether a text that is no date is one with words or signs that make it less than one."""
    lowered = text.strip().lower()
    if len(lowered) > _LONGEST:
        return False
    if _DECADE.search(lowered) is not None or _is_shortened(lowered):
        return True
    if _YEAR.search(lowered) is None:
        return False
    return says_about(lowered) or has_sign(lowered) or _CHINESE.search(lowered) is not None


def says_about(text: str) -> bool:
    """Whether one of the words stands in a text."""
    return not _known().isdisjoint(_WORD.findall(text.lower()))


def _is_shortened(text: str) -> bool:
    """1950/51: two years, of which the later one is short."""
    found = _SHORTENED.fullmatch(text)
    return found is not None and int(found[2]) < int(found[3]) and int(found[3]) > 12


@cache
def _known() -> frozenset[str]:
    return frozenset(_WORDS.split())
