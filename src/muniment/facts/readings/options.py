"""Which options each reader has, and what they may say.

An option that a reader does not know would be passed over, and its dates read otherwise than the
person who wrote it meant: such a mapping is not confirmed.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from muniment.facts.model import VOCABULARIES
from muniment.text.calendars import CALENDARS
from muniment.text.places import read_country

_PUBLISHED = tuple(vocabulary.name for vocabulary in VOCABULARIES)


class _Allowed(NamedTuple):
    """What an option may say: in words, and as a question of a value."""

    says: str
    fits: Callable[[str], bool]


def _one_of(*values: str) -> _Allowed:
    return _Allowed(f"one of {', '.join(values)}", frozenset(values).__contains__)


def _is_vocabulary(value: str) -> bool:
    named = (each.strip() for each in value.split(";"))
    return all(each in ("", *_PUBLISHED) or "=" in each for each in named)


def _reads_as_sex(value: str) -> bool:
    pairs = [each.partition("=") for each in value.split(";") if each.strip() != ""]
    read = {each[2].strip() for each in pairs}
    return all(each[1] != "" for each in pairs) and read <= {"male", "female", "other", ""}


_PIVOT = re.compile(r"\d\d?", re.ASCII)
_DATES = {
    "order": _one_of("dmy", "mdy", "ymd", "ym"),
    "pivot": _Allowed(
        "one or two digits, 0 to 99", lambda said: _PIVOT.fullmatch(said) is not None
    ),
    "calendar": _one_of(*(calendar.name for calendar in CALENDARS)),
    "epoch": _one_of("1900", "1904"),
}
_NUMBERS = {"decimal": _one_of(".", ",")}
_BLANK = {"blank": _one_of("above")}  # of any reader: a blank cell repeats the one above it
_SPLIT = {"split": _one_of("yes")}
_WORDS = _Allowed(
    f"pairs written=read, or a published vocabulary ({', '.join(_PUBLISHED)})", _is_vocabulary
)
_ALLOWED: dict[str, dict[str, _Allowed]] = {
    "date": _DATES,
    "date-range": _DATES,
    "number": _NUMBERS,
    "integer": _NUMBERS,
    "quantity": _NUMBERS,
    "duration": {"unit": _one_of("Y", "M", "W", "D")},
    "sex": {"vocabulary": _Allowed("pairs such as 1=male;2=female", _reads_as_sex)},
    "yes-no": {"vocabulary": _WORDS},
    "code": {"vocabulary": _WORDS},
    "phone": {
        "country": _Allowed(
            "two letters of a country, as in ISO 3166-1",
            lambda value: read_country(value.upper()).place is not None and len(value) == len("XX"),
        )
    },
    "coordinate": {"axis": _one_of("latitude", "longitude")},
    "name": _SPLIT,
    "text": _SPLIT,
    "place": _SPLIT,
    "language": _SPLIT,
}


def wrong_options(reader: str, options: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the options of a column, and what is allowed instead."""
    allowed = _ALLOWED.get(reader, {}) | _BLANK
    for name, value in options.items():
        known = allowed.get(name)
        if known is None:
            yield f"{reader!r} has no option {name!r}", f"name one of {', '.join(sorted(allowed))}"
        elif not known.fits(value):
            yield f"option {name!r} says {value!r}", f"{name} is {known.says}"
