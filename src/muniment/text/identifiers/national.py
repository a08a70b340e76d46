"""National numbers as python-stdnum knows them, with each of its answers as an aspect of its own.

- Only functions of it that read neither the clock nor the network are called: its `validate` of
  some countries compares with today, and so would read the same bytes differently tomorrow.
- Where only two digits of a year stand in a number, the century is marked as inferred.
- Numbers of which newer ones have no check digit are never called inconsistent for it.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import msgspec
from stdnum.exceptions import ValidationError

from muniment.text.digits import western
from muniment.text.identifiers.assessing import (
    NOT_EVALUATED,
    birth_aspects,
    finder,
    graded,
    sex_aspect,
)
from muniment.text.identifiers.identifier import (
    Aspect,
    Catches,
    Context,
    Identifier,
    Parsed,
)

_SEXES = {"M": "male", "F": "female"}
_GAPS = re.compile(r"[\s./\u2010-\u2015-]+")
_TABLES = "python-stdnum"
_Answer = TypeVar("_Answer")


class National(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of national number; every function takes the compact form."""

    name: str
    title: str
    country: str
    example: str
    form: str  # a pattern of the compact form
    looks: str | None = None  # a pattern of the usual print; None: the compact form
    gaps: re.Pattern[str] = _GAPS  # what is left out of the compact form
    print_: Callable[[str], str] = str
    check: Callable[[str], bool] | None = None
    newer_lack_it: str | None = None  # since when numbers are issued without a right check digit
    born: Callable[[str], date] | None = None  # raises where the digits are no day
    no_date: Callable[[str], bool] | None = None  # numbers that say no date although others do
    short_year: Callable[[str], bool] | None = None  # whether the century is inferred
    sex: Callable[[str], str | None] | None = None  # M or F
    region: Callable[[str], str | None] | None = None  # its name; None where unknown
    catches: frozenset[Catches] = frozenset()


def identifier_of(kind: National) -> Identifier:
    """The identifier that reads and assesses such numbers."""
    form = re.compile(kind.form, re.ASCII)
    shape = kind.form if kind.looks is None else f"{kind.looks}|{kind.form}"

    def parse(written: str) -> Parsed | None:
        compact = kind.gaps.sub("", western(written)).upper()
        return None if form.fullmatch(compact) is None else _parsed(kind, written, compact)

    def believed(parsed: Parsed) -> bool:
        """In running text: a right check digit and a date that can be; else separators."""
        if kind.born is not None and parsed.birth_date is None and not _says_no_date(kind, parsed):
            return False
        if kind.check is not None and kind.newer_lack_it is None:
            return kind.check(parsed.compact)
        return parsed.written != parsed.compact

    return Identifier(
        name=kind.name,
        title=kind.title,
        country=kind.country,
        example=kind.example,
        find=finder(
            re.compile(rf"(?<![0-9A-Za-z-])(?:{shape})(?![0-9A-Za-z-])", re.ASCII), parse, believed
        ),
        parse=parse,
        show=lambda parsed: kind.print_(parsed.compact),
        assess=lambda parsed, context: _assess(kind, parsed, context),
        catches=kind.catches,
    )


def _parsed(kind: National, written: str, compact: str) -> Parsed:
    sex = None if kind.sex is None else _asked(kind.sex, compact)
    born = None if kind.born is None else _asked(kind.born, compact)
    silent = kind.no_date is not None and kind.no_date(compact)
    dated = born is not None and not silent
    inferred = dated and kind.short_year is not None and kind.short_year(compact)
    return Parsed(
        kind.name,
        written,
        compact,
        None if born is None or silent else born.isoformat(),
        None if sex is None else _SEXES.get(sex),
        None if kind.region is None else _asked(kind.region, compact),
        ("century",) if inferred else (),
    )


def _asked(question: Callable[[str], _Answer | None], compact: str) -> _Answer | None:
    """The library's answer; None where it says that these digits have none."""
    try:
        return question(compact)
    except (ValidationError, ValueError, KeyError, IndexError):
        return None


def _says_no_date(kind: National, parsed: Parsed) -> bool:
    return kind.born is None or (kind.no_date is not None and kind.no_date(parsed.compact))


def _assess(kind: National, parsed: Parsed, context: Context) -> tuple[Aspect, ...]:
    says = f"It has {len(parsed.compact)} characters, as {kind.title} has."
    aspects = [graded("form", agrees=True, says=says, source=_TABLES)]
    if kind.check is not None:
        aspects.append(_check(kind, kind.check(parsed.compact)))
    silent = _says_no_date(kind, parsed)
    aspects.extend(birth_aspects(parsed, context, _TABLES, silent=silent))
    aspects.append(sex_aspect(parsed, context, _TABLES))
    if kind.region is not None:
        known = parsed.region is not None
        says = f"It is {parsed.region}." if known else "No table knows it."
        aspects.append(graded("region-known", agrees=known, says=says, source=_TABLES))
    return tuple(aspects)


def _check(kind: National, agrees: bool) -> Aspect:  # noqa: FBT001
    says = f"The check digit {'agrees' if agrees else 'does not agree'} with the others."
    if agrees or kind.newer_lack_it is None:
        return graded("check-digit", agrees=agrees, says=says, source=_TABLES)
    says += f" {kind.newer_lack_it}."
    return Aspect("check-digit", NOT_EVALUATED, says, _TABLES)
