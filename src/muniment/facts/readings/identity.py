"""Identity numbers: the Chinese resident number in full, others as compact letters and digits.

- Where a national number of a known print is written (540101/9998, 999.999.998-08), it is read
  without its separators, so that rows with either way of writing share a key. Separators in a
  number that is none of these stay: 12-345 and 123-45 may be two people's.

- A check digit that does not fit is a doubt, not a refusal: the number is what is written.
- A number whose last digits a float lost is unread; they are never put back.
"""

import re

from muniment.core import CellKind
from muniment.facts.readings.numbers import digits_of, lost_digits, number_in, plain_decimal
from muniment.facts.readings.reading import CellFacts, Options, Reading, tidy, unread
from muniment.facts.statement import Doubt, Unread
from muniment.text.identifiers import IDENTIFIERS, Context, Identifier, Outcome, Parsed

_RESIDENT = re.compile(r"\d{17}[\dXx]|\d{15}")
_ANY = re.compile(r"[A-Za-zА-Яа-я]{0,4}[-.]?\d[\dA-Za-zА-Яа-я./-]{3,24}")
_BEFORE = re.compile(r"^(?:№|No\.?|Nº|#|号码?[:：]?)\s*(?=\S*\d)", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_SEPARATED = re.compile(r"[./-]")
CN_RESIDENT = next(each for each in IDENTIFIERS if each.name == "cn-resident-identity")
# Without codes of organisations, accounts, devices and travel papers.
_NATIONAL = tuple(each for each in IDENTIFIERS if each.country and "organisation" not in each.name)
# Prints that are those of one country's number, whose digits have no check or a wrong one.
_PRINTS = re.compile(
    r"\d{5}-\d{7}-\d|\d{6}-\d\d-\d{4}|\d{6}-\d{7}|\d{6}[- ]\d{8}[- ]\d{3}[\dXx]", re.ASCII
)
_LENGTHS = range(8, 30)  # letters of such numbers with their separators
_SHORT = 15  # digits of the form before 1999


def read_identity(written: str, facts: CellFacts, _options: Options) -> Reading:
    """An identity number in compact form: no spaces, capitals."""
    if lost_digits(written, facts):
        return unread(Unread.FLOAT_LOSS)
    number = number_in(written, facts) if facts.kind is CellKind.NUMBER else None
    text = digits_of(tidy(written)) if number is None else plain_decimal(number)
    plain = text.isascii() and text.isalnum() and text[0].isdigit()
    text = text if plain else _BEFORE.sub("", text).translate(_DASHES)
    compact = re.sub(r"[\s'‘’`]", "", text).upper()
    national = None if plain else _of_known_print(text)
    if national is not None:
        return Reading(
            national, doubts=_resident_doubts(national) if _is_resident(national) else ()
        )
    if _RESIDENT.fullmatch(compact):
        return Reading(compact, doubts=_resident_doubts(compact))
    if _ANY.fullmatch(compact):
        return Reading(compact)
    return unread(Unread.NOT_AN_IDENTIFIER)


def _is_resident(compact: str) -> bool:
    return _RESIDENT.fullmatch(compact) is not None


def _of_known_print(text: str) -> str | None:
    """The compact form of a national number in a form of print that is known; else None.

    One with a wrong check digit is none, as separators of another number may stand as its do.
    """
    if _PRINTS.fullmatch(text) is not None:
        return re.sub(r"[- ]", "", text).upper()
    found = set()
    is_separated, has_letters = _SEPARATED.search(text) is not None, text[:1].isalpha()
    if not (is_separated or has_letters) or not _LENGTHS.start <= len(text) < _LENGTHS.stop:
        return None
    for kind in _NATIONAL:
        parsed = kind.parse(text)
        if parsed is not None and _fits(kind, parsed):
            found.add(parsed.compact)
    return found.pop() if len(found) == 1 else None


def _fits(kind: Identifier, parsed: Parsed) -> bool:
    """Whether the check digit, or where there is none the date of birth, speaks for the number."""
    aspects = kind.assess(parsed, _NOTHING)
    outcomes = [each.outcome for each in aspects if each.name != "form"]
    return Outcome.CONSISTENT in outcomes and Outcome.INCONSISTENT not in outcomes


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
