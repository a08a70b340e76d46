"""Quantities: a number with what is compared and what is counted, alone or in running text."""

import re
from bisect import bisect_left
from decimal import Decimal
from functools import cache
from operator import itemgetter

from muniment.text.chinese_numerals import NUMERAL_LETTERS
from muniment.text.digits import western
from muniment.text.quantities.numbers import read_number
from muniment.text.quantities.reading import (
    Comparator,
    FoundQuantity,
    NumberReason,
    QuantityReading,
)
from muniment.text.quantities.words import (
    after_pattern,
    before_pattern,
    comparator_of,
    unit_of,
    units_pattern,
)
from muniment.text.stated_dates import find_stated_dates

_LETTERS = f"几幾数數{NUMERAL_LETTERS}"
# No run of spaces or letters is tried twice over: a hostile text must not cost its square.
# Digits of any script were made ASCII before; signs and spaces only between digits.
NUMBER = (
    r"(?:-?\d+(?:[ '’٬](?=\d{3}(?!\d))\d{3})*(?:[.,٫]\d+)*[百千万萬亿億]*"
    rf"|(?<![{_LETTERS}])[{_LETTERS}]{{1,20}}(?![{_LETTERS}]))"
)
_LONGEST = 200
# 3月5日, 3月, 2018年: parts of dates, whether a year is stated or not.
_MONTH_DAY = re.compile(r"\d{1,2}月|(?<=月)\d{1,2}[日号]|[12]\d{3}\s?(?:年|г\.|год|жыл)(?!半)")


def read_quantity(written: str, decimal_sign: str | None = None) -> QuantityReading:
    """What `written` says when all of it is read as a quantity, with or without a unit."""
    text = western(written).strip().lower()
    if text == "":
        return QuantityReading(written, reason=NumberReason.EMPTY)
    found = _whole().fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return QuantityReading(written, reason=NumberReason.NOT_A_NUMBER)
    return _reading(written, found, decimal_sign)


def find_quantities(text: str, decimal_sign: str | None = None) -> tuple[FoundQuantity, ...]:
    """The quantities with a unit that stand in `text`, in order; none overlaps another.

    What belongs to a date is none: 2018年3月5日 holds no five days.
    """
    # A full-width comma stands between two numbers, not inside one.
    lowered = _lower(western(text.replace("，", "、")))
    dates = [(each.start, each.end) for each in find_stated_dates(text)]
    return tuple(
        FoundQuantity(
            match.start(),
            match.end(),
            _reading(text[match.start() : match.end()], match, decimal_sign),
        )
        for match in _in_text().finditer(lowered)
        if not _of_a_date(match, dates)
    )


def _of_a_date(match: re.Match[str], dates: list[tuple[int, int]]) -> bool:
    if _MONTH_DAY.match(match.string, match.start("number")) is not None:
        return True
    at = bisect_left(dates, match.end(), key=itemgetter(0))  # dates are in order and apart
    return at > 0 and match.start() < dates[at - 1][1]


def _reading(written: str, found: re.Match[str], decimal_sign: str | None) -> QuantityReading:
    number = read_number(found["number"], decimal_sign)
    unit = None if found["unit"] is None else unit_of(found["unit"])
    comparator = _comparator(found)
    upper = None if found["upper"] is None else read_number(found["upper"], decimal_sign)
    reason = number.reason or (None if upper is None else upper.reason)
    if reason is not None:
        alternatives = number.alternatives
        return QuantityReading(written, None, None, unit, comparator, alternatives, reason)
    return QuantityReading(
        written, number.value, None if upper is None else upper.value, unit, comparator
    )


def _comparator(found: re.Match[str]) -> Comparator | None:
    said = (found["before"], found["inner"], found["after"])
    return next((comparator_of(each) for each in said if each is not None), None)


def is_whole(value: Decimal) -> bool:
    """Whether a number has no fraction."""
    return value == value.to_integral_value()


def _lower(text: str) -> str:
    """Lower case letter by letter: no letter becomes two, so that places stay."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{before_pattern()}\s{{0,3}})?{_core()}(?:\s{{0,3}}(?P<unit>{units_pattern()}))?"
        rf"(?:\s{{0,3}}{after_pattern()})?"
    )


@cache
def _in_text() -> re.Pattern[str]:
    # No digit, letter or sign of a larger number stands before; words of letters stand apart.
    return re.compile(
        rf"(?:(?<![^\W\d_\u3400-\u9fff]){before_pattern()}\s{{0,3}})?(?<![\da-z_])(?<!\d[.,/-]){_core()}"
        rf"\s{{0,3}}(?P<unit>{units_pattern()})(?:\s{{0,3}}{after_pattern()})?"
    )


@cache
def _core() -> str:
    inner = r"(?:余|餘|多|来|來|\+(?=\s{0,3}\w))"
    return (
        rf"(?P<number>{NUMBER})(?:\s{{0,3}}(?:[-–—~～至到]|to|до|bis|a|à)\s{{0,3}}(?P<upper>{NUMBER}))?"
        rf"\s{{0,3}}(?P<inner>{inner})?"
    )
