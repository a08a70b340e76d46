"""What the cells of a column read as: identity numbers, dates, names, a running number.

- A profile is the share of a column's filled rows that read as each kind of content; one cell may
  read as several. It is taken of at most `MOST_VALUES` different values, each weighing as often as
  it occurs.
"""

import re
from decimal import Decimal

import msgspec
import numpy as np

from muniment.core import CellKind
from muniment.facts.lexicon.values import said_by_value
from muniment.facts.readings import READINGS, CellFacts, says_nothing
from muniment.facts.readings.dates import infer_order
from muniment.facts.readings.numbers import decimal_of, lost_digits
from muniment.facts.statement import Unread
from muniment.facts.table import NOTHING, Column, Held, Mask
from muniment.text import fold

MOST_VALUES = 1_500
_EXAMPLES = 5
_WORDS_MOST = 40  # different values of a column of words
_YEARS = range(1880, 2101)
_LONG = 40  # letters of a text that is no name and no word
_NAME = re.compile(r"[^\W\d_]+(?:[\s·.\-'’‘ʻ,•]+[^\W\d_]+){0,5}\.?")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff·•.]{3,20}")
# With the vowel signs of Burmese, whose identity numbers have letters: 12/ကခဂ(နိုင်)123456.
_CODE = re.compile(r"(?=.*\d)[\w\u102b-\u103e./№#()〔〕\[\]\-号字第年 ]{2,30}")
_PLACE_END = re.compile(
    r"(?:[省市县區区乡鄉镇鎮村州旗路街号號社组]|大队|小区|社区)$|\b(?:street|st|road|village|district|county|city|province|"
    r"region|oblast|район|область|село|город|г|ул|calle|avenida|rue|straße|strasse|mahallesi|köyü|ilçesi|ауданы|"
    r"ауылы|tumani|shahri|yézisi|kenti|nahiyisi|نahiye)\b|ناھىيە|يېزا|كەنت|شارع|حي|قرية|مدينة|خیابان|شهر|روستا",
    re.IGNORECASE,
)


# Why a sentence is not read although it is one: for life, of several terms, up to so much.
_LENGTHS = frozenset({Unread.NO_FIXED_TERM, Unread.SEVERAL_TERMS, Unread.QUALIFIED_TERM})
_SECONDS = range(10**9, 2**31)  # since 1970, of the years 2001 to 2038: no telephone begins so


class Profile(msgspec.Struct, frozen=True):
    """Shares, from 0 to 1, of the filled rows of a column that read as each kind of content."""

    filled: int
    distinct: int
    shares: dict[str, float]
    order: str | None = None  # of day and month, as the column shows it
    lost: float = 0.0  # share of long numbers that a float cut

    def of(self, kind: str) -> float:
        """The share of one kind."""
        return self.shares.get(kind, 0.0)

    @property
    def kind(self) -> str:
        """The kind that a column without a header is taken for."""
        for name in ("identity", "date", "sex", "email", "phone", "serial", "year", "number"):
            if self.of(name) >= 0.8:
                return name
        return "text"


def profile_of(column: Column, rows: Mask) -> Profile:
    """What the filled cells of these rows read as."""
    codes = column.codes[rows & column.filled()]
    codes = codes[_telling(column)[codes]]
    if len(codes) == 0:
        return Profile(0, 0, {})
    values, counts = np.unique(codes[codes != NOTHING], return_counts=True)
    if len(values) > MOST_VALUES:
        step = np.linspace(0, len(values) - 1, MOST_VALUES).astype(np.int64)
        sampled, weights = values[step], counts[step]
    else:
        sampled, weights = values, counts
    held = [column.values[int(code)] for code in sampled]
    order = infer_order(value.displayed for value in held)
    kinds = [_kinds(value, order) for value in held]
    total = float(weights.sum())
    names = sorted({kind for found in kinds for kind in found})
    shares = {
        name: float(
            sum(weight for found, weight in zip(kinds, weights, strict=True) if name in found)
        )
        / total
        for name in names
    }
    shares["serial"] = _serial(column, codes)
    first = decimal_of(column.values[int(codes[0])].written.rstrip(".、"))
    shares["from-one"] = float(first is not None and first <= 1)
    shares["word"] = _wordy(held, len(values), len(codes), shares)
    lost = sum(
        float(weight)
        for value, weight in zip(held, weights, strict=True)
        if _is_long(value) and lost_digits(value.written, CellFacts(value.kind, value.shown))
    )
    return Profile(len(codes), len(values), shares, order, lost / total)


def _telling(column: Column) -> Mask:
    """Which values of a column say more than that there is nothing to say."""
    return np.array([not says_nothing(value.written) for value in column.values], np.bool_)


def _is_long(value: Held) -> bool:
    return value.kind is CellKind.NUMBER and len(value.written) > 15


def _kinds(value: Held, order: str | None) -> frozenset[str]:
    """Everything that one value reads as."""
    facts = CellFacts(value.kind, value.shown, value.number_format)
    text = " ".join(value.displayed.split())
    number = decimal_of(value.written)
    found = set() if number is None else _numeric(number)
    if _reads_as_date(value, number, facts, {"order": order or "dmy"}):
        found.add("date")
    for name in ("sex", "email"):
        if READINGS[name](value.written, facts, {}).read is not None:
            found.add(name)
    if number is None:
        for name in ("duration", "coordinate"):
            reading = READINGS[name](value.written, facts, {})
            if reading.read is not None or reading.unread in _LENGTHS:
                found.add(name)
    if "date" not in found:
        found |= _identifying(value, facts, text)
    return frozenset(found | _writing(text, is_number=number is not None))


def _numeric(number: Decimal) -> set[str]:
    """What kinds of number a number may be."""
    if number != number.to_integral_value():
        return {"number", "coordinate"} if abs(number) <= 180 else {"number"}
    found = {"number", "integer"}
    if number in (0, 1):
        found.add("flag")
    if int(number) in _YEARS:
        found.add("year")
    if 0 <= number <= 120:
        found.add("age")
    return found


def _identifying(value: Held, facts: CellFacts, text: str) -> set[str]:
    """Whether a value is a telephone or an identity number."""
    found = set()
    identity = READINGS["identity"](value.written, facts, {})
    digits = sum(letter.isdecimal() for letter in text)
    long = identity.read is not None and len(identity.read) >= 8
    if (long or identity.unread == "float-loss") and digits >= 7 and "." not in text:
        found.add("identity")
        if identity.read is not None and len(identity.read) in (15, 18) and digits >= 15:
            found.add("resident")
    phone = READINGS["phone"](value.written, facts, {}).read
    if phone is not None and not (phone.isdecimal() and int(phone) in _SECONDS):
        found.add("phone")
    return found


def _reads_as_date(
    value: Held, number: Decimal | None, facts: CellFacts, options: dict[str, str]
) -> bool:
    """Whether a value is a date; a small bare number, which may be a serial, is none."""
    if value.kind is not CellKind.DATE and number is not None and number < 100_000:
        return False
    reading = READINGS["date"](value.written, facts, options)
    return reading.unread in ("", "impossible-date", "ambiguous-calendar", "qualified-date")


def _writing(text: str, *, is_number: bool) -> set[str]:
    """What kind of writing a value is, by its looks."""
    found: set[str] = set()
    if is_number or text == "":
        return found
    if any(letter.isalpha() for letter in text):
        found.add("text")
        if (_HAN_NAME.fullmatch(text) or _NAME.fullmatch(text)) and len(text) <= _LONG:
            found.add("name")
        if _PLACE_END.search(text):
            found.add("place")
        found |= said_by_value(text)
    if _CODE.fullmatch(text):
        found.add("code")
    return found


def _serial(column: Column, codes: np.ndarray) -> float:
    """The share of rows whose number is one more than that of the row before."""
    if len(codes) < 3:
        return 0.0
    number_of: dict[int, int] = {}
    sample = codes[:2000]
    for code in np.unique(sample):
        number = decimal_of(column.values[int(code)].written.rstrip(".、"))
        number_of[int(code)] = -10 if number is None or number > 10**9 else int(number)
    numbers = np.array([number_of[int(code)] for code in sample], np.int64)
    return float((np.diff(numbers) == 1).mean())


def _wordy(held: list[Held], distinct: int, filled: int, shares: dict[str, float]) -> float:
    """How much a column is one of few words."""
    if shares.get("text", 0.0) < 0.5 or distinct > max(_WORDS_MOST, filled // 20):
        return 0.0
    few = distinct <= max(3, filled // 3)
    short = sum(len(fold(value.displayed)) <= _LONG for value in held) / len(held)
    return short * (1.0 if few else 0.6) * shares.get("text", 0.0)


def examples_of(column: Column, rows: Mask, most: int = _EXAMPLES) -> tuple[Held, ...]:
    """A few of the different values of these rows, in the order in which they stand."""
    codes = column.codes[rows & column.filled()]
    found: dict[int, None] = {}
    for code in codes[:200]:
        found.setdefault(int(code), None)
        if len(found) == most:
            break
    return tuple(column.values[code] for code in found)
