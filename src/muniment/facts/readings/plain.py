"""Texts, names and words as they are written, with tidy white space."""

import re

from muniment.facts.readings.reading import CellFacts, Options, Reading, tidy, unread
from muniment.facts.statement import Unread
from muniment.text import fold
from muniment.text.places import read_country

_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}")
_URL = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_LONGEST_NAME = 200  # letters
# Names that two states share, which lists of countries give to one of them.
_TWO_STATES = frozenset(map(fold, ["congo", "kongo", "конго", "刚果", "剛果", "الكونغو", "کنگو"]))


def read_text(written: str, _facts: CellFacts, _options: Options) -> Reading:
    """A text as written, white space tidied."""
    return Reading(" ".join(written.split()))


def read_name(written: str, _facts: CellFacts, _options: Options) -> Reading:
    """The name of somebody or something: it has a letter in it, or it is none."""
    name = " ".join(written.split())
    if not any(letter.isalpha() for letter in name) or len(name) > _LONGEST_NAME:
        return unread(Unread.NO_NAME)
    return Reading(name)


def read_email(written: str, _facts: CellFacts, _options: Options) -> Reading:
    """An electronic address."""
    found = tidy(written)
    return Reading(found) if _EMAIL.fullmatch(found) else unread(Unread.NOT_AN_EMAIL)


def read_url(written: str, _facts: CellFacts, _options: Options) -> Reading:
    """An address on the web."""
    found = tidy(written)
    return Reading(found) if _URL.fullmatch(found) else unread(Unread.NOT_A_URL)


def read_named_country(written: str, _facts: CellFacts, _options: Options) -> Reading:
    """A country, by its two letters (ISO 3166-1)."""
    if fold(tidy(written)) in _TWO_STATES:
        return unread(Unread.NOT_A_COUNTRY)
    found = read_country(written)
    return unread(Unread.NOT_A_COUNTRY) if found.place is None else Reading(found.place.id.lower())
