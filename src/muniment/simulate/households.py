"""Draws households: who lives together, what they are called and when they were born.

Invariants:

- children carry their father's given name, or his surname where names have one;
- some of the older heads of household have no birthday on record and are entered on 1 January, as
  registers do;
- nobody is born after the day of the lists; a mother is at least 19 at her first child's birth.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from muniment.simulate import names

LIST_DATE = date(2018, 6, 30)
_FIRST_HEAD_BORN = date(1955, 1, 1)
_LAST_HEAD_BORN = date(1996, 12, 31)
_BIRTHDAYS_KEPT_FROM = date(1972, 1, 1)
_SHARE_ON_NEW_YEAR = 0.08


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A household member before numbers are given out."""

    name: names.Name
    male: bool
    birth: date
    role: str


def draw_household(rng: random.Random, ethnicity: str) -> Iterator[Member]:
    """A man alone, a couple, or a family with up to four children."""
    birth = _day(rng, _FIRST_HEAD_BORN, _LAST_HEAD_BORN)
    if birth < _BIRTHDAYS_KEPT_FROM and rng.random() < _SHARE_ON_NEW_YEAR:
        birth = birth.replace(month=1, day=1)
    head = Member(name=_name(rng, ethnicity, None, male=True), male=True, birth=birth, role="head")
    yield head
    if rng.random() < 0.12:  # noqa: PLR2004 - the share that lives alone
        return
    wife_birth = birth + timedelta(days=rng.randint(-700, 2200))
    wife = _name(rng, ethnicity, None, male=False)
    yield Member(name=wife, male=False, birth=wife_birth, role="spouse")
    child_birth = wife_birth + timedelta(days=365 * 19 + rng.randrange(1500))
    for _ in range(rng.choices((0, 1, 2, 3, 4), (5, 15, 35, 30, 15))[0]):
        if child_birth > LIST_DATE:
            return
        male = rng.random() < 0.5  # noqa: PLR2004 - either sex alike
        name = _name(rng, ethnicity, head.name, male=male)
        yield Member(name=name, male=male, birth=child_birth, role="child")
        child_birth += timedelta(days=rng.randint(420, 1800))


def _day(rng: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def _name(
    rng: random.Random, ethnicity: str, father: names.Name | None, *, male: bool
) -> names.Name:
    """A name by the custom of the ethnicity; children carry the father's given name or surname."""
    chinese = names.CHINESE_MEN if male else names.CHINESE_WOMEN
    match ethnicity:
        case "汉族" | "回族":
            surnames = names.SURNAMES if ethnicity == "汉族" else names.HUI_SURNAMES
            family = father.family if father else rng.choice(surnames)
            return names.Name(rng.choice(chinese), family, surname_first=True)
        case "哈萨克族":
            given = rng.choice(names.KAZAKH_MEN if male else names.KAZAKH_WOMEN)
            return names.Name(given, father.given if father else rng.choice(names.KAZAKH_MEN))
        case _:
            given = rng.choice(names.UYGHUR_MEN if male else names.UYGHUR_WOMEN)
            return names.Name(given, father.given if father else rng.choice(names.UYGHUR_MEN))
