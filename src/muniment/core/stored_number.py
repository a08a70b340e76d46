"""Numbers as files store them in writing, and the number that such a spelling means.

    0.10000000000000001   Excel writes 17 digits, which any double needs at most; it shows 0.1
    1E3, 10.50, 5.        other programs' spellings of 1000, 10.5 and 5
    440301196905230011    a whole number keeps all its digits, of which a double has 15 or more

What is stored is what is kept as written; this module says what it comes to.

Source: XML Schema Part 2, §3.2.5, for what may stand around a double: blanks, which are no part.
"""

from decimal import Decimal

_BLANKS = " \t\r\n"


def number_as_stored(text: str) -> str | None:
    """The spelling of a number as it stands in a file; None where the text is no finite number."""
    stored = text.strip(_BLANKS)
    return None if shortest_number(stored) is None else stored


def shortest_number(stored: str) -> str | None:
    """The shortest spelling that keeps the value of a double; None where it is no finite number."""
    if stored.removeprefix("-").isdecimal() and stored.isascii():
        return stored
    try:
        number = repr(float(stored))
    except ValueError:
        return None
    if "n" in number or "_" in stored:  # nan, inf; an underscore is Python's own spelling
        return None
    return number.removesuffix(".0")


def differs_as_shown(stored: str, shortest: str) -> bool:
    """Whether a program shows a number otherwise than stored, if no format says how.

    How it shows exponents is its own matter: a spelling with one is told only for its digits.
    """
    if stored == shortest:
        return False
    return "e" not in shortest or Decimal(stored) != Decimal(shortest)
