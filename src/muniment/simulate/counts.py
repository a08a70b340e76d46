"""The true numbers of the county, which measurements and claims about it are held against.

Invariants:

- every count is of people who exist, taken in one pass; parts add up to the whole;
- the true rate and what the record can show are both given: some statuses are not recorded.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from muniment.simulate.county import TOWNSHIPS
from muniment.simulate.people import Person

_TWO_POINTS = 2


class Counts(msgspec.Struct, frozen=True):
    """Counts of people. `recorded_…` is what a reader of the lists can know."""

    people: int
    adults: int
    minors: int
    detained: int
    detained_adults: int
    detained_minors: int
    recorded_detained_adults: int  # status written and a held one
    two_point_adults: int  # at least two detention points written, whatever the status says
    status_missing_adults: int  # detained or released in truth, status not written
    uyghur_adults: int
    detained_uyghur_adults: int
    released: int
    youngest_age_at_detention: int  # whole years
    oldest_age_at_detention: int
    adults_by_township: dict[str, int]
    detained_adults_by_township: dict[str, int]
    adults_by_sex: dict[str, int]
    detained_adults_by_sex: dict[str, int]
    detained_by_status: dict[str, int]


def age_on(birth: date, day: date) -> int:
    """Whole years lived on `day`."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def count(people: Iterable[Person]) -> Counts:
    """Count everything in one pass."""
    tally: Counter[str] = Counter()
    tables: dict[str, Counter[str]] = {
        "adults_by_township": Counter({place.zh: 0 for place in TOWNSHIPS}),
        "detained_adults_by_township": Counter({place.zh: 0 for place in TOWNSHIPS}),
        "adults_by_sex": Counter({"M": 0, "F": 0}),
        "detained_adults_by_sex": Counter({"M": 0, "F": 0}),
        "detained_by_status": Counter(),
    }
    ages: list[int] = []
    for person in people:
        tally.update(_facts(person))
        _tabulate(person, tables)
        if person.detained and person.detention is not None:
            ages.append(age_on(person.birth, person.detention.began))
    counted: dict[str, Any] = {
        field: tally[field]
        for field in Counts.__struct_fields__
        if field not in tables and "age" not in field
    }
    counted["youngest_age_at_detention"] = min(ages)
    counted["oldest_age_at_detention"] = max(ages)
    counted.update({name: dict(table) for name, table in tables.items()})
    return Counts(**counted)


def _facts(person: Person) -> list[str]:
    """The names of the counts this person belongs to."""
    facts = ["people", "adults" if person.adult else "minors"]
    held = person.detention
    uyghur = person.ethnicity == "维吾尔族"
    if person.adult and uyghur:
        facts.append("uyghur_adults")
    if held is None:
        return facts
    if not held.held:
        facts.append("released")
    else:
        facts += ["detained", "detained_adults" if person.adult else "detained_minors"]
    if person.adult:
        hidden = "status" in held.missing
        facts += ["status_missing_adults"] if hidden else []
        facts += ["recorded_detained_adults"] if held.held and not hidden else []
        facts += ["two_point_adults"] if held.points >= _TWO_POINTS else []
        facts += ["detained_uyghur_adults"] if held.held and uyghur else []
    return facts


def _tabulate(person: Person, tables: dict[str, Counter[str]]) -> None:
    if person.detained and person.detention is not None:
        tables["detained_by_status"][person.detention.status] += 1
    if not person.adult:
        return
    place, sex = TOWNSHIPS[person.township].zh, "M" if person.male else "F"
    tables["adults_by_township"][place] += 1
    tables["adults_by_sex"][sex] += 1
    if person.detained:
        tables["detained_adults_by_township"][place] += 1
        tables["detained_adults_by_sex"][sex] += 1
