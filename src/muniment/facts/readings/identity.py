"""Identity numbers: the Chinese resident number in full, others as compact letters and digits.

- A check digit that does not fit is a doubt, not a refusal: the number is what is written.
- A number whose last digits a float lost is unread; they are never put back.
"""

import re
from datetime import date

from muniment.core import CellKind
from muniment.facts.readings.numbers import decimal_of, digits_of, lost_digits, plain_decimal
from muniment.facts.readings.reading import CellFacts, Options, Reading, tidy, unread
from muniment.facts.statement import Doubt, Unread

_RESIDENT = re.compile(r"\d{17}[\dXx]|\d{15}")
_ANY = re.compile(r"[A-Za-zА-Яа-я]{0,4}[\d][\dA-Za-zА-Яа-я./-]{3,24}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999, clause 4
_CHARACTERS = "10X98765432"
_SHORT, _LONG = 15, 18


def read_identity(written: str, facts: CellFacts, _options: Options) -> Reading:
    """An identity number in compact form: no spaces, capitals."""
    if lost_digits(written, facts):
        return unread(Unread.FLOAT_LOSS)
    number = decimal_of(written) if facts.kind is CellKind.NUMBER else None
    text = digits_of(tidy(written)) if number is None else plain_decimal(number)
    compact = re.sub(r"[\s'‘’`]", "", text).upper()
    if _RESIDENT.fullmatch(compact):
        return Reading(compact, doubts=_resident_doubts(compact))
    if _ANY.fullmatch(compact):
        return Reading(compact)
    return unread(Unread.NOT_AN_IDENTIFIER)


def _resident_doubts(compact: str) -> tuple[str, ...]:
    if len(compact) == _SHORT:
        return (Doubt.FIFTEEN_DIGITS.value,)
    doubts = []
    total = sum(int(digit) * weight for digit, weight in zip(compact, _WEIGHTS, strict=False))
    if _CHARACTERS[total % 11] != compact[-1]:
        doubts.append(Doubt.CHECK_DIGIT.value)
    try:
        date(int(compact[6:10]), int(compact[10:12]), int(compact[12:14]))
    except ValueError:
        doubts.append(Unread.IMPOSSIBLE_DATE.value)
    return tuple(doubts)
