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

_SPACES = "\\s\u00a0\u2007\u2009\u202f'’٬"
_NUMBER = re.compile(
    rf"(?P<minus>[-−–‒]|\()?\s*(?P<digits>\d(?:[\d.,{_SPACES}]*\d)?)\s*(?P<percent>[%％٪])?\s*(?P<closed>\))?"
    r"\s*(?:\*+|[¹²³]|\(\w\)|\[\w\])?",
)
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})+")
_BOTH = re.compile(r"\d[.,]\d+[.,]\d")
_DECIMALS = re.compile(r"(?:\d[.,](?:\d{1,2}|\d{4,})|(?<!\d)0[.,]\d{3})$")
_DIGIT = re.compile(r"\d")
_LONGEST = 60  # characters: what is longer is no number
_THOUSAND = 3  # digits of a group


class Separators(msgspec.Struct, frozen=True):
    """The sign that divides a whole from its decimals, in one table."""

    decimal: str = "."

    @property
    def group(self) -> str:
        """The other sign, which groups thousands."""
        return "," if self.decimal == "." else "."


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
    if written.isascii() and written.isdigit():
        return Amount(Decimal(written))
    match = _matched(written)
    if match is None or (match["minus"] == "(") != (match["closed"] is not None):
        return None
    digits = re.sub(f"[{_SPACES}]", "", match["digits"])
    whole, divided, decimals = _divide(digits, separators)
    if whole is None:
        return None
    value = Decimal(f"{whole}.{decimals}" if divided else whole)
    signed = -value if match["minus"] is not None else value
    return Amount(signed, len(decimals), match["percent"] is not None)


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
    if _BOTH.search(digits) and len(set(signs)) > 1:
        return signs[-1]
    grouped = _GROUPED.fullmatch(digits)
    if grouped is not None:
        return "," if grouped[1] == "." else "."
    found = _DECIMALS.search(digits)
    return signs[0] if found is not None and len(signs) == 1 else None


def _divide(digits: str, separators: Separators) -> tuple[str | None, bool, str]:
    """Whole part, whether there are decimals, decimals; no whole part where signs contradict."""
    own = _decimal_sign(digits)
    decimal = own if own is not None else separators.decimal
    group = "," if decimal == "." else "."
    whole, divided, decimals = digits.partition(decimal)
    groups = whole.split(group)
    if decimal in decimals or group in decimals:
        return None, False, ""
    if any(len(part) != _THOUSAND for part in groups[1:]):
        return None, False, ""
    return "".join(groups), divided != "", decimals
