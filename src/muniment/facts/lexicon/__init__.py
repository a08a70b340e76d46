"""What headers say in many languages, and the concepts they name."""

from collections.abc import Iterator
from functools import cache

from muniment.facts.lexicon import (
    burmese,
    central,
    elsewhen,
    english,
    ethiopic,
    farther,
    files,
    han,
    iberian,
    korean,
    others,
    passing,
    registers,
    semitic,
    slavic,
    somebody,
    turkic,
    western,
)
from muniment.facts.lexicon.concept import CONCEPTS, GENERIC, NAMED_ONCE, ROLES, Concept

_FAMILIES = (
    han,
    korean,
    burmese,
    ethiopic,
    iberian,
    western,
    slavic,
    turkic,
    semitic,
    others,
    passing,
    registers,
    elsewhen,
    somebody,
    central,
    farther,
    files,
    english,
)

__all__ = [
    "CONCEPTS",
    "GENERIC",
    "NAMED_ONCE",
    "ROLES",
    "Concept",
    "phrases",
    "role_phrases",
    "simplified",
]


def phrases() -> Iterator[tuple[str, str]]:
    """Each phrase that headers use, and the concept (or generic word) that it names."""
    for family in _FAMILIES:
        for concept, words in family.WORDS.items():
            for phrase in words.split("|"):
                if phrase.strip() != "":
                    yield phrase.strip(), concept


def role_phrases() -> Iterator[tuple[str, str]]:
    """Each word for a person who is somebody's, and the role."""
    for family in _FAMILIES:
        for role, words in family.ROLE_WORDS.items():
            for phrase in words.split("|"):
                yield phrase.strip(), role


@cache
def _to_simplified() -> dict[int, int]:
    return {ord(new): ord(old) for old, new in (*han.TRADITIONAL.items(), *han.VARIANTS)}


def simplified(text: str) -> str:
    """The text with the traditional letters of headers as simplified ones."""
    return text.translate(_to_simplified())
