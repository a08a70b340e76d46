"""Identity numbers: the Chinese resident number in full, others as compact letters and digits.

- A check digit that does not fit is a doubt, not a refusal: the number is what is written.
- A number whose last digits a float lost is unread; they are never put back.
"""

import re

from muniment.core import CellKind
from muniment.facts.readings.numbers import decimal_of, digits_of, lost_digits, plain_decimal
from muniment.facts.readings.reading import CellFacts, Options, Reading, tidy, unread
from muniment.facts.statement import Doubt, Unread
from muniment.text.identifiers import IDENTIFIERS, Context, Outcome

_RESIDENT = re.compile(r"\d{17}[\dXx]|\d{15}")
_ANY = re.compile(r"[A-Za-zА-Яа-я]{0,4}[\d][\dA-Za-zА-Яа-я./-]{3,24}")
CN_RESIDENT = next(each for each in IDENTIFIERS if each.name == "cn-resident-identity")
_SHORT = 15  # digits of the form before 1999


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
    """What does not agree within a Chinese resident number."""
    doubts = [Doubt.FIFTEEN_DIGITS.value] if len(compact) == _SHORT else []
    parsed = CN_RESIDENT.parse(compact)
    aspects = () if parsed is None else CN_RESIDENT.assess(parsed, _NOTHING)
    for aspect in aspects:
        doubt = _DOUBTS.get(aspect.name)
        if aspect.outcome is Outcome.INCONSISTENT and doubt is not None:
            doubts.append(doubt)
    return tuple(doubts)


_NOTHING = Context()
_DOUBTS = {
    "check-digit": Doubt.CHECK_DIGIT.value,
    "birth-date-possible": Unread.IMPOSSIBLE_DATE.value,
    "region-known": Doubt.UNKNOWN_REGION.value,
}
