"""Numbers, counts, telephone numbers and coordinates."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from muniment import text as text_of
from muniment.core import CellKind, shortest_number
from muniment.facts.readings.approximate import says_about
from muniment.facts.readings.reading import CellFacts, Options, Reading, tidy, unread
from muniment.facts.statement import Doubt, Unread
from muniment.text.identifiers import phones_of

# Thousands between which no fraction can stand, each with the sign of its fraction: 1,234,567 and
# 1,23,456 (India); 1.234.567 and 1.234,5; 1 234,5. One group behind a comma or point may be either.
_GROUPED = (
    (
        re.compile(
            r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|[+-]?[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?"
        ),
        ".",
    ),
    (re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?|[+-]?[1-9]\d{0,2}\.\d{3},\d+"), ","),
    (re.compile(r"[+-]?[1-9]\d{0,2}(?:[\s'’]\d{3})+(?:\.\d+)?"), "."),
    (re.compile(r"[+-]?[1-9]\d{0,2}(?:[\s'’]\d{3})+,\d+"), ","),
)
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,2})?")
_COMMA = re.compile(r"[+-]?\d+,\d{1,2}|[+-]?\d+,\d{4,}")
_BEHIND = re.compile(r"([+-]?\d[\d,.\s]*)\s?([^\d\s].{0,30})")
_EITHER = re.compile(r"([+-]?\d{1,3})([.,])(\d{3})")  # 1.234: thousands or decimals
_FRACTION = re.compile(r"\d+([.,])(?:\d{1,2}|\d{4,})|0([.,])\d+")
_TO = re.compile(r"(?:[-–—−~～至到]|to\b|до\b|bis\b)\s*\d")  # the rest of a range
_PHONE = re.compile(r"\+?[\d\s()./-]{5,25}")
_DEGREES = re.compile(
    r"([NSEWnsew])?\s*(\d{1,3})\s*[°º]\s*(?:(\d{1,2})\s*['′’]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*"
    r"(?:\"|″|”|''))?\s*([NSEWnsew])?"
)
_FEWEST, _MOST = 5, 15  # digits of a telephone number; ITU-T E.164, 6
_FLOAT_DIGITS = 15  # that a double keeps of any decimal number
_NEGATIVE = "SWsw"
_NUMBER_SIGNS = re.compile(r"^[~～≈<>≤≥±]|\d\s*[+?？~～]$")
_DIGIT = re.compile(r"\d")
_SHORT_TEXT = 40  # letters


def digits_of(written: str) -> str:
    """The text with digits of every script as 0 to 9."""
    if written.isascii():
        return written
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in written
    )


def decimal_of(written: str) -> Decimal | None:
    """The number that is written; None where none is, or where it may be two."""
    text = digits_of(tidy(written)).replace("\u2212", "-").replace("٫", ".").replace("٬", ",")
    sign = _sign_of(text)
    if sign is not None:
        text = re.sub(r"[,.\s'’]", lambda found: "." if found[0] == sign else "", text)
    elif _COMMA.fullmatch(text):
        text = text.replace(",", ".")
    elif not _PLAIN.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def number_in(written: str, facts: CellFacts) -> Decimal | None:
    """The same; a number cell holds a double, and 0.10000000000000001 is how 0.1 is stored."""
    meant = shortest_number(written) if facts.kind is CellKind.NUMBER else None
    return decimal_of(written if meant is None else meant)


def _sign_of(text: str) -> str | None:
    """The sign before the fraction of a number whose thousands are apart; None where none are."""
    return next((sign for form, sign in _GROUPED if form.fullmatch(text) is not None), None)


def infer_decimal(written: Iterable[str]) -> str | None:
    """The decimal sign that a column as a whole proves: 1,5 and 1.234.567 have a comma.

    None where nothing proves one, or values prove different ones.
    """
    found = set()
    for each in written:
        text = digits_of(tidy(each)).replace("\u2212", "-").lstrip("+-")
        if _EITHER.fullmatch(text) is not None and not text.startswith("0"):
            continue
        sign = _sign_of(text) if "," in text or "." in text else None
        if sign is not None and not re.search(r"[\s'’]", text):
            found.add(sign)
        elif (fraction := _FRACTION.fullmatch(text)) is not None:
            found.add(fraction[1] or fraction[2])
    return found.pop() if len(found) == 1 else None


def plain_decimal(number: Decimal) -> str:
    """A number in plain digits, without an exponent or empty decimals."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def lost_digits(written: str, facts: CellFacts) -> bool:
    """Whether a long number was stored as a float, which keeps fifteen digits and no more."""
    number = decimal_of(written)
    if number is None or number != number.to_integral_value():
        return False
    digits = plain_decimal(abs(number))
    stored = facts.kind is CellKind.NUMBER or "e" in written.lower()
    return len(digits) > _FLOAT_DIGITS and (stored or set(digits[_FLOAT_DIGITS:]) == {"0"})


def read_number(written: str, facts: CellFacts, options: Options) -> Reading:
    """A number in plain decimals; option `decimal` is the decimal sign, "." or ","."""
    number = _number(written, facts, options)
    if number is Unread.NOT_A_NUMBER and is_qualified(digits_of(tidy(written))):
        return unread(Unread.QUALIFIED_NUMBER)
    return unread(number) if isinstance(number, Unread) else Reading(plain_decimal(number))


def read_integer(written: str, facts: CellFacts, options: Options) -> Reading:
    """A whole number."""
    number = _number(written, facts, options)
    if number is Unread.NOT_A_NUMBER:
        return read_quantity(written, facts, options, whole=True)
    if isinstance(number, Unread):
        return unread(number)
    if number != number.to_integral_value():
        return unread(Unread.NOT_A_NUMBER)
    return Reading(plain_decimal(number))


def read_quantity(
    written: str, facts: CellFacts, options: Options, *, whole: bool = False
) -> Reading:
    """A number, perhaps with a unit behind it, which is a doubt; a range is none."""
    number = _number(written, facts, options)
    if number is not Unread.NOT_A_NUMBER:
        return unread(number) if isinstance(number, Unread) else Reading(plain_decimal(number))
    number, doubts = _with_unit(written, facts, options)
    if isinstance(number, Unread):
        return unread(number)
    if whole and number != number.to_integral_value():
        return unread(Unread.NOT_A_NUMBER)
    return Reading(plain_decimal(number), doubts=doubts)


def _with_unit(
    written: str, facts: CellFacts, options: Options
) -> tuple[Decimal | Unread, tuple[str, ...]]:
    """A number with something behind it, which is a doubt; one in Chinese letters; or why not."""
    text = digits_of(tidy(written))
    said = text_of.read_quantity(text, options.get("decimal"))
    if is_qualified(text):
        return Unread.QUALIFIED_NUMBER, ()
    if said.value is not None and said.upper is None:
        return said.value, () if said.unit is None else (Doubt.SUFFIX.value,)
    found = _BEHIND.fullmatch(text)
    if found is None or _TO.match(found[2]) is not None or _DIGIT.search(found[2]) is not None:
        return Unread.NOT_A_NUMBER, ()
    return _number(found[1], facts, options), (Doubt.SUFFIX.value,)


def is_qualified(text: str) -> bool:
    """Whether a text is a number with words or signs that make it less than that: ~5, 5+, 约5人."""
    return text_of.read_quantity(text).comparator is not None or (
        _NUMBER_SIGNS.search(text) is not None
        or (len(text) <= _SHORT_TEXT and any(map(str.isdecimal, text)) and says_about(text))
    )


def _number(written: str, facts: CellFacts, options: Options) -> Decimal | Unread:
    """The number, or why there is none. A number cell is exact; 0.125 has no thousands."""
    either = _EITHER.fullmatch(digits_of(tidy(written)))
    if either is None or facts.kind is CellKind.NUMBER:
        number = number_in(written, facts)
        return Unread.NOT_A_NUMBER if number is None else number
    whole, sign, rest = either.groups()
    decimal = options.get("decimal", "")
    if whole.lstrip("+-").startswith("0"):
        decimal = sign
    if decimal not in (".", ","):
        return Unread.AMBIGUOUS_NUMBER
    return Decimal(f"{whole}.{rest}" if sign == decimal else f"{whole}{rest}")


def read_phone(written: str, facts: CellFacts, options: Options) -> Reading:
    """A telephone number: in full where option `country` says whose plan it is of, else as digits."""
    if "country" in options:
        parsed = phones_of(options["country"].upper()).parse(written)
        return unread(Unread.NOT_A_PHONE) if parsed is None else Reading(parsed.compact)
    number = number_in(written, facts) if facts.kind is CellKind.NUMBER else None
    text = digits_of(tidy(written)) if number is None else plain_decimal(number)
    digits = re.sub(r"\D", "", text)
    if _PHONE.fullmatch(text) is None or not _FEWEST <= len(digits) <= _MOST:
        return unread(Unread.NOT_A_PHONE)
    return Reading(("+" if text.startswith("+") else "") + digits)


def read_coordinate(written: str, facts: CellFacts, options: Options) -> Reading:
    """Degrees north or east, decimal; `axis` latitude or longitude bounds them."""
    most = 90 if options.get("axis") == "latitude" else 180
    number = number_in(written, facts)
    if number is None:
        number = _degrees(tidy(written))
    if number is None or abs(number) > most:
        return unread(Unread.NOT_A_COORDINATE)
    return Reading(plain_decimal(number))


def _degrees(text: str) -> Decimal | None:
    found = _DEGREES.fullmatch(text)
    if found is None or (found[1] is not None and found[5] is not None):
        return None
    minutes, seconds = Decimal(found[3] or 0), Decimal(found[4] or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    number = Decimal(found[2]) + minutes / 60 + seconds / 3600
    sign = found[1] or found[5] or ""
    return -number if sign != "" and sign in _NEGATIVE else number
