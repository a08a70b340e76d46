"""Numbers in the digits of any script and in Chinese numerals.

- A comma or a point before exactly three digits can separate thousands or a fraction. What stands
  elsewhere in the number, or the caller's `decimal_sign`, tells; otherwise both are alternatives.
- Spaces and apostrophes between groups of three separate thousands and nothing else.
"""

import re
from decimal import Decimal

from muniment.text.chinese_numerals import NUMERAL_LETTERS, read_numeral
from muniment.text.digits import western
from muniment.text.quantities.reading import NumberReading, NumberReason

_MARKS = str.maketrans({"٫": ".", "٬": "'", "’": "'", "，": ",", "−": "-"})  # one for one
_PLAIN = re.compile(r"-?\d+", re.ASCII)
_SPACED = re.compile(r"-?\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?", re.ASCII)
_SIGNED = re.compile(r"(-?\d+)([.,])(\d+)", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?", re.ASCII)
_LARGE = re.compile(r"(\d+(?:\.\d+)?)([百千万萬亿億]+)(?:(\d+)([百千万萬]?))?", re.ASCII)
_FACTORS = {"百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_INDEFINITE = re.compile(r"[几幾数數]")
_THOUSAND_DIGITS = 3
_LONGEST = 24  # letters, less than the digits that arithmetic keeps exactly
# What a writer of these languages means by a comma before a fraction (CLDR, numbers/symbols).
_POINT_LANGUAGES = frozenset({"en", "zh", "ja", "ko", "th", "he", "ug"})
_COMMA_LANGUAGES = frozenset(
    {"ru", "uk", "kk", "ky", "uz", "tr", "de", "fr", "es", "it", "pt", "pl", "cs", "id"}
)


def decimal_sign_of(language: str) -> str | None:
    """The sign before a fraction in a language (two letters); None where it is not known here."""
    if language in _POINT_LANGUAGES:
        return "."
    return "," if language in _COMMA_LANGUAGES else None


def read_number(written: str, decimal_sign: str | None = None) -> NumberReading:
    """The number that `written` is; `decimal_sign` is "." or "," where the column's is known."""
    text = western(written.translate(_MARKS)).strip()
    if text == "":
        return NumberReading(written, reason=NumberReason.EMPTY)
    if len(text) > _LONGEST:
        return NumberReading(written, reason=NumberReason.NOT_A_NUMBER)
    if _PLAIN.fullmatch(text) is not None:
        return NumberReading(written, Decimal(text))
    if text[0].isdigit() or text[0] == "-":
        return _of_digits(written, text, decimal_sign)
    if _INDEFINITE.search(text) is not None:
        return NumberReading(written, reason=NumberReason.INDEFINITE)
    known = all(letter in NUMERAL_LETTERS for letter in text)
    value = read_numeral(text) if known else None
    if value is None:
        return NumberReading(written, reason=NumberReason.NOT_A_NUMBER)
    return NumberReading(written, Decimal(value))


def _of_digits(written: str, text: str, decimal_sign: str | None) -> NumberReading:
    if _SPACED.fullmatch(text) is not None:
        return NumberReading(written, Decimal(re.sub(r"[ ']", "", text).replace(",", ".")))
    signed = _SIGNED.fullmatch(text)
    if signed is not None:
        return _of_one_sign(written, signed, decimal_sign)
    grouped = _GROUPED.fullmatch(text)
    if grouped is not None:
        return NumberReading(written, Decimal(text.replace(grouped[1], "").replace(",", ".")))
    return _with_large_unit(written, text)


def _of_one_sign(written: str, signed: re.Match[str], decimal_sign: str | None) -> NumberReading:
    whole, sign, rest = signed.groups()
    as_fraction = Decimal(f"{whole}.{rest}")
    lead = whole.removeprefix("-")
    thousands = len(rest) == _THOUSAND_DIGITS and len(lead) <= _THOUSAND_DIGITS and lead[0] != "0"
    if not thousands or sign == decimal_sign:
        return NumberReading(written, as_fraction)
    as_whole = Decimal(whole + rest)
    if decimal_sign is not None:
        return NumberReading(written, as_whole)
    both = (as_whole, as_fraction)
    return NumberReading(written, alternatives=both, reason=NumberReason.AMBIGUOUS_SIGN)


def _with_large_unit(written: str, text: str) -> NumberReading:
    """3万, 1.2亿, 3万5千."""
    found = _LARGE.fullmatch(text)
    if found is None:
        return NumberReading(written, reason=NumberReason.NOT_A_NUMBER)
    value = Decimal(found[1]) * _factor(found[2])
    if found[3] is not None:
        if found[4] == "":  # 3万5 is said for 35,000
            return NumberReading(written, reason=NumberReason.NOT_A_NUMBER)
        value += Decimal(found[3]) * _factor(found[4])
    return NumberReading(written, value.normalize() if value % 1 else value.quantize(Decimal(1)))


def _factor(letters: str) -> int:
    factor = 1
    for letter in letters:
        factor *= _FACTORS[letter]
    return factor
