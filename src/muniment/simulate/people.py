"""Everybody in the invented county, household by household, with what the police recorded of them.

Invariants:

- the people of one seed do not depend on which documents are written about them;
- identity numbers are unique and consistent with birth date and sex; a planted flaw changes only
  how the lists *write* the number or a column beside it, never the truth;
- `LIST_DATE` is the day the lists claim to be of, `CUT_OFF` the last day of the cache: an adult is
  a person who is 18 or older on `LIST_DATE`.
"""

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

import msgspec

from muniment.simulate import names
from muniment.simulate.county import FACILITIES, REASONS, TOWNSHIPS, VILLAGES_PER_TOWNSHIP
from muniment.simulate.detention import (
    Detention,
    draw_detention,
    may_be_detained,
    youngest_detention,
)
from muniment.simulate.households import LIST_DATE, Member, draw_household
from muniment.simulate.identity import FLAWS, flawed_number, valid_number
from muniment.simulate.streams import stream

CUT_OFF = date(2018, 12, 31)
ADULT_BORN_UNTIL = date(2000, 6, 30)
_ETHNICITIES = ("维吾尔族", "汉族", "哈萨克族", "回族")
_ETHNICITY_WEIGHTS = (86, 8, 4, 2)


class Person(msgspec.Struct, frozen=True, gc=False):
    """One invented person; `number` counts from 1, `household` is shared by a family."""

    number: int
    name: names.Name
    male: bool
    ethnicity: str
    birth: date
    township: int  # index into TOWNSHIPS
    village: int
    household: int
    role: str  # head, spouse, child
    identity: str  # the true, valid number
    flaw: str  # one of FLAWS, or empty
    detention: Detention | None

    @property
    def adult(self) -> bool:
        return self.birth <= ADULT_BORN_UNTIL

    @property
    def detained(self) -> bool:
        """Whether the person is held on `LIST_DATE`, in truth."""
        return self.detention is not None and self.detention.held

    @property
    def written_identity(self) -> str:
        return flawed_number(self.identity, self.flaw)

    @property
    def written_sex(self) -> str:
        return "男" if self.male != (self.flaw == "sex-column") else "女"

    @property
    def written_birth(self) -> date:
        return self.birth + timedelta(days=400) if self.flaw == "birth-date-column" else self.birth

    @property
    def address(self) -> str:
        return f"虚谷县{TOWNSHIPS[self.township].zh}{self.village}村"


def draw_people(seed: int, count: int) -> tuple[Person, ...]:
    """Exactly `count` people in household order, numbered from 1."""
    numbers = stream(seed, "identity")
    flaws = _draw_flaws(seed, count)
    taken: set[str] = set()
    people: list[Person] = []
    for number, (home, member) in enumerate(islice(_everybody(seed), count), 1):
        flaw = flaws.get(number, "")
        people.append(
            Person(
                number=number,
                name=member.name,
                male=member.male,
                ethnicity=home.ethnicity,
                birth=member.birth,
                township=home.township,
                village=home.village,
                household=home.number,
                role=member.role,
                identity=_identity(numbers, member, taken, digits_only=flaw != ""),
                flaw=flaw,
                detention=_detention(seed, number, member, home.township),
            )
        )
    return _with_youngest(people)


class _Home(msgspec.Struct, frozen=True):
    """What the members of a household share."""

    number: int
    ethnicity: str
    township: int
    village: int


def _everybody(seed: int) -> Iterator[tuple[_Home, Member]]:
    """Household after household without end."""
    rng = stream(seed, "people")
    for number in itertools.count(1):
        ethnicity = rng.choices(_ETHNICITIES, _ETHNICITY_WEIGHTS)[0]
        township, village = rng.randrange(len(TOWNSHIPS)), rng.randint(1, VILLAGES_PER_TOWNSHIP)
        home = _Home(number, ethnicity, township, village)
        for member in draw_household(rng, ethnicity):
            yield home, member


def _with_youngest(people: list[Person]) -> tuple[Person, ...]:
    """Make sure that the youngest person who may be drawn is held: claims are made about them."""
    old_enough = [p for p in people if may_be_detained((LIST_DATE - p.birth).days)]
    youngest = max(old_enough, key=lambda person: person.birth)
    held = msgspec.structs.replace(youngest, flaw="", detention=youngest_detention(youngest.birth))
    people[youngest.number - 1] = held
    return tuple(people)


def _detention(seed: int, number: int, member: Member, township: int) -> Detention | None:
    """A stream a person, so that one person's fate does not shift the next one's."""
    rng = stream(seed, "detention", number)
    age_days = (LIST_DATE - member.birth).days
    weight = TOWNSHIPS[township].weight
    return draw_detention(rng, age_days, weight if member.male else weight / 4)


def _draw_flaws(seed: int, count: int) -> dict[int, str]:
    """Which person number has which flaw: about one in a thousand of each kind, at least two."""
    each = max(2, count // 1000)
    chosen = stream(seed, "flaws").sample(range(1, count + 1), each * len(FLAWS))
    return {number: FLAWS[position % len(FLAWS)] for position, number in enumerate(chosen)}


def _identity(rng: random.Random, member: Member, taken: set[str], *, digits_only: bool) -> str:
    """A number nobody has yet; odd sequence for men, even for women; X only where allowed."""
    while True:
        sequence = rng.randrange(1 if member.male else 2, 1000, 2)
        number = valid_number(member.birth, sequence)
        if number not in taken and (number.isdigit() or not digits_only):
            taken.add(number)
            return number


def recorded(detention: Detention) -> dict[str, str]:
    """What the lists write about a detention, column by column; a missing point is empty."""
    points = {
        "reason": REASONS[detention.reason],
        "facility": FACILITIES[detention.facility],
        "date": detention.began.isoformat(),
        "term": str(detention.term_years) if detention.term_years else "",
        "status": detention.status,
    }
    return {point: "" if point in detention.missing else value for point, value in points.items()}
