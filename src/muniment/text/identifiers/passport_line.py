"""The second machine-readable line of a passport (ICAO Doc 9303, part 4, 4.2.2).

    X999999995UTO0001018F0001018<<<<<<<<<<<<<<<6
    number   9, check, nationality 3, birth 6, check, sex, expiry 6, check, optional 14, check, all

- Check digits weigh 7, 3, 1 with letters as 10 to 35 and < as 0, modulo ten (part 3, 4.9). That
  catches any one digit changed, not every exchange of neighbours.
- Years have two digits: of the date of birth the century is inferred.
"""

import re

from muniment.text.digits import western
from muniment.text.identifiers.assessing import (
    birth_aspects,
    finder,
    graded,
    iso_date,
    sex_aspect,
)
from muniment.text.identifiers.identifier import Aspect, Context, Identifier, Parsed

NAME = "passport-line"
_SOURCE = "ICAO Doc 9303"
_LINE = re.compile(
    r"[A-Z0-9<]{9}[0-9][A-Z<]{3}[0-9<]{6}[0-9][MF<][0-9]{6}[0-9][A-Z0-9<]{14}[0-9<][0-9]", re.ASCII
)
_IN_TEXT = re.compile(rf"(?<![0-9A-Za-z<]){_LINE.pattern}(?![0-9A-Za-z<])", re.ASCII)
_WEIGHTS = (7, 3, 1)
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SEXES = {"M": "male", "F": "female"}
# The parts, each with its own check digit after it.
_PARTS = {
    "number": (0, 9),
    "date of birth": (13, 19),
    "expiry": (21, 27),
    "optional data": (28, 42),
}


def parse(written: str) -> Parsed | None:
    """The line, if it has the form of one."""
    compact = re.sub(r"\s+", "", western(written)).upper()
    if _LINE.fullmatch(compact) is None:
        return None
    birth = compact[13:19]
    born = None
    if birth.isdigit():
        born = iso_date(1900 + int(birth[:2]), int(birth[2:4]), int(birth[4:6]))
    region = compact[10:13].strip("<")
    inferred = () if born is None else ("century",)
    return Parsed(NAME, written, compact, born, _SEXES.get(compact[20]), region or None, inferred)


def show(parsed: Parsed) -> str:
    """The line of 44 letters."""
    return parsed.compact


def assess(parsed: Parsed, context: Context) -> tuple[Aspect, ...]:
    """Form, all check digits together, date of birth, sex."""
    wrong = _wrong_parts(parsed.compact)
    says = (
        "All check digits agree."
        if len(wrong) == 0
        else f"The check digit does not agree with: {', '.join(wrong)}."
    )
    silent = not parsed.compact[13:19].isdigit()
    return (
        graded("form", agrees=True, says="It has 44 letters in their places.", source=_SOURCE),
        graded("check-digit", agrees=len(wrong) == 0, says=says, source=_SOURCE),
        *birth_aspects(parsed, context, _SOURCE, silent=silent),
        sex_aspect(parsed, context, _SOURCE),
    )


def check_digit(letters: str) -> str:
    """The check digit of a part."""
    values = (0 if each == "<" else _LETTERS.index(each) for each in letters)
    return str(sum(value * _WEIGHTS[at % 3] for at, value in enumerate(values)) % 10)


def _wrong_parts(compact: str) -> list[str]:
    wrong = [
        name
        for name, (first, last) in _PARTS.items()
        if compact[last] != check_digit(compact[first:last])
        and not (name == "optional data" and compact[last] == "<" and _is_empty(compact))
    ]
    whole = compact[:10] + compact[13:20] + compact[21:43]
    return [*wrong, "the line"] if compact[43] != check_digit(whole) else wrong


def _is_empty(compact: str) -> bool:
    return compact[28:42].strip("<") == ""


PASSPORT_LINE = Identifier(
    name=NAME,
    title="Machine-readable line of a passport",
    country=None,
    example="X999999995UTO0001018F0001018<<<<<<<<<<<<<<<6",
    find=finder(_IN_TEXT, parse, lambda parsed: len(_wrong_parts(parsed.compact)) == 0),
    parse=parse,
    show=show,
    assess=assess,
)
