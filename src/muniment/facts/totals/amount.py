"""Numbers as tables print them.

- Only what is wholly a number is read: digits of any script, signs that group thousands, a decimal
  sign, a sign, `%`, and marks of notes behind it. Dashes and dots that stand for "none" are no
  number.
- Whether a comma groups or divides is decided once a table, by all its cells (`Separators`); where
  nothing decides, three digits behind one sign are thousands.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

import msgspec

from muniment.text import read_number

_SPACES = "\\s\u00a0\u2007\u2009\u202f'’٬"
_NUMBER = re.compile(
    rf"(?P<minus>[-−–‒]|\()?\s*(?P<digits>\d(?:[\d.,{_SPACES}]*\d)?)\s*(?P<percent>[%％٪])?\s*(?P<closed>\))?"
    r"\s*(?:\*+|[¹²³]|\(\w\)|\[\w\])?",
)
_DIGIT = re.compile(r"\d")
_LONGEST = 24  # characters: what is longer is no figure, and sums stay exact in 28 digits


class Separators(msgspec.Struct, frozen=True):
    """The sign that divides a whole from its decimals, in one table."""

    decimal: str = "."


class Amount(msgspec.Struct, frozen=True):
    """A number with the decimals that are shown."""

    value: Decimal
    decimals: int = 0
    percent: bool = False

    @property
    def half_step(self) -> Decimal:
        """How far the number may lie from one that was rounded to it; 0 for a whole number."""
        return Decimal(5).scaleb(-self.decimals - 1) if self.decimals else Decimal(0)


def separators_of(cells: Iterable[str]) -> Separators:
    """What the cells of a table show together."""
    decimal, unclear = Counter[str](), Counter[str]()
    for written in cells:
        match = _matched(written)
        if match is not None:
            sign = _decimal_sign(match["digits"])
            decimal.update(sign or "")
            unclear.update("" if sign is not None else re.sub(r"[^.,]", "", match["digits"]))
    if not decimal:
        decimal.update({",": unclear["."], ".": unclear[","]})
    return Separators("," if decimal[","] > decimal["."] else ".")


def amount(written: str, separators: Separators) -> Amount | None:
    """The number that a cell is, or None."""
    if written.isascii() and written.isdigit() and len(written) <= _LONGEST:
        return Amount(Decimal(written))
    match = _matched(written)
    if match is None or (match["minus"] == "(") != (match["closed"] is not None):
        return None
    value = read_number(match["digits"], separators.decimal).value
    if value is None:
        return None
    signed = -value if match["minus"] is not None else value
    return Amount(signed, _decimals(value), match["percent"] is not None)


def _matched(written: str) -> re.Match[str] | None:
    """The number that a cell is, in its pieces; most cells of a list are told apart at once."""
    if len(written) > _LONGEST or _DIGIT.search(written) is None:
        return None
    return _NUMBER.fullmatch(_plain(written))


def _plain(written: str) -> str:
    """With digits of every script as 0-9, and Arabic separators as ours."""
    if written.isascii():
        return written.strip()
    text = unicodedata.normalize("NFKC", written).strip().replace("٫", ".")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _decimal_sign(digits: str) -> str | None:
    """The sign that must be the decimal one, from one number alone."""
    signs = [c for c in digits if c in ".,"]
    value = read_number(digits).value
    if value is None or not signs:
        return None
    if _decimals(value) > 0:
        return signs[-1]
    return "," if signs[-1] == "." else "."


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
