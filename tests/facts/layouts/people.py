"""Invented people: seeded, and the same for the same seed."""

from datetime import date, timedelta
from random import Random

import msgspec

from tests.facts.layouts.numbers import ISSUED
from tests.facts.layouts.vocabulary import vocabulary

_PATRONYMIC = {"ru", "uk"}
_FAMILY_FIRST = {"zh-Hans", "zh-Hant", "ko", "ru", "uk", "kk", "pl", "it", "be", "ky", "vi"}
_TOGETHER = {"zh-Hans", "zh-Hant", "ko"}


class Person(msgspec.Struct, frozen=True):
    """One person; `father` is the father's name or patronymic where lists carry it."""

    language: str
    man: bool
    born: date
    surname: str
    given: str
    father: str
    mother: str
    number: str

    @property
    def name(self) -> str:
        """The whole name in the order of the language."""
        if self.language in _TOGETHER:
            return self.surname + self.given if self.father == "" else f"{self.given}·{self.father}"
        if self.language in _PATRONYMIC:
            return f"{self.surname} {self.given} {self.father}"
        first_last = (self.given, self.surname)
        return " ".join(reversed(first_last) if self.language in _FAMILY_FIRST else first_last)


def invent(rng: Random, language: str, *, country: str | None = None) -> Person:
    """Somebody."""
    words = vocabulary(language)
    man = rng.random() < 0.62
    born = date(1935, 1, 1) + timedelta(days=rng.randrange(70 * 365))
    given = rng.choice(words["male" if man else "female"])
    surname = rng.choice(words["surnames"])
    father = rng.choice(words["male"])
    if language in _PATRONYMIC:
        father = rng.choice(words["fathers" if man else "fathersf"])
        surname = surname if man else _of_a_woman(surname)
    if language in _TOGETHER:
        father = ""
    if "male2" in words and rng.random() < 0.7:
        given = rng.choice(words["male2" if man else "female2"])
        father = rng.choice(words["male2"])
    number = ISSUED[country or language](rng, born, man=man)
    mother = rng.choice(words["female"])
    return Person(language, man, born, surname, given, father, mother, number)


def _of_a_woman(surname: str) -> str:
    if surname.endswith(("ой", "ый")):
        return surname[:-2] + "ая"
    return surname + "а" if surname.endswith(("ев", "ов", "ин")) else surname
