"""Numbers, counts, telephone numbers and coordinates."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from muniment.core import CellKind
from muniment.facts.readings.reading import CellFacts, Options, Reading, tidy, unread
from muniment.facts.statement import Doubt, Unread
from muniment.text.identifiers import phones_of

_GROUPED = re.compile(r"[+-]?\d{1,3}([,\s'’ ]\d{3})+(\.\d+)?")
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?")
_COMMA = re.compile(r"[+-]?\d+,\d{1,2}|[+-]?\d+,\d{4,}")
_BEHIND = re.compile(r"([+-]?\d[\d,.\s]*)\s?([^\d\s].{0,30})")
_EITHER = re.compile(r"([+-]?\d{1,3})([.,])(\d{3})")  # 1.234: thousands or decimals
_TO = re.compile(r"(?:[-–—−~～至到]|to\b|до\b|bis\b)\s*\d")  # the rest of a range
_PHONE = re.compile(r"\+?[\d\s()./-]{5,25}")
_DEGREES = re.compile(
    r"([NSEWnsew])?\s*(\d{1,3})\s*[°º]\s*(?:(\d{1,2})\s*['′’]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*"
    r"(?:\"|″|”|''))?\s*([NSEWnsew])?"
)
_FEWEST, _MOST = 5, 15  # digits of a telephone number; ITU-T E.164, 6
_FLOAT_DIGITS = 15  # that a double keeps of any decimal number
_NEGATIVE = "SWsw"


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
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[,\s'’ ]", "", text)
    elif _COMMA.fullmatch(text):
        text = text.replace(",", ".")
    elif not _PLAIN.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


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
    found = _BEHIND.fullmatch(digits_of(tidy(written)))
    if found is None or _TO.match(found[2]) is not None:
        return unread(Unread.NOT_A_NUMBER)
    number = _number(found[1], facts, options)
    if isinstance(number, Unread):
        return unread(number)
    if whole and number != number.to_integral_value():
        return unread(Unread.NOT_A_NUMBER)
    return Reading(plain_decimal(number), doubts=(Doubt.SUFFIX.value,))


def _number(written: str, facts: CellFacts, options: Options) -> Decimal | Unread:
    """The number, or why there is none. A number cell is exact; 0.125 has no thousands."""
    either = _EITHER.fullmatch(digits_of(tidy(written)))
    if either is None or facts.kind is CellKind.NUMBER:
        number = decimal_of(written)
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
    number = decimal_of(written) if facts.kind is CellKind.NUMBER else None
    text = digits_of(tidy(written)) if number is None else plain_decimal(number)
    digits = re.sub(r"\D", "", text)
    if _PHONE.fullmatch(text) is None or not _FEWEST <= len(digits) <= _MOST:
        return unread(Unread.NOT_A_PHONE)
    return Reading(("+" if text.startswith("+") else "") + digits)


def read_coordinate(written: str, _facts: CellFacts, options: Options) -> Reading:
    """Degrees north or east, decimal; `axis` latitude or longitude bounds them."""
    most = 90 if options.get("axis") == "latitude" else 180
    number = decimal_of(written)
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
