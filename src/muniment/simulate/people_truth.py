"""Writes who exists and who belongs to whom: people.csv and relations.csv of the truth.

Invariants:

- people.csv holds one line a person in the order of their numbers, UTF-8, comma, line feed;
- relations run inside a household: spouse, and parent of child, each written once.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from muniment.simulate.county import FACILITIES, REASONS, TOWNSHIPS
from muniment.simulate.people import Person, recorded

PEOPLE_HEADER = (
    "number", "name_zh", "name_zh_old", "name_ug", "name_ru", "name_en", "sex", "ethnicity",
    "birth", "adult", "township", "village", "household", "role", "identity", "flaw",
    "written_identity", "written_sex", "written_birth", "status", "detained", "facility",
    "reason", "began", "term_years", "points", "recorded_status", "recorded_facility",
    "recorded_reason", "recorded_date", "recorded_term",
)  # fmt: skip


def write_people(path: Path, people: Iterable[Person]) -> None:
    _write(path, PEOPLE_HEADER, (person_row(person) for person in people))


def write_relations(path: Path, people: Sequence[Person]) -> None:
    _write(path, ("person", "relation", "other"), _relations(people))


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def person_row(person: Person) -> tuple[Any, ...]:
    """The person's line of people.csv."""
    name = person.name
    return (
        person.number, name.zh, name.zh_old, name.ug, name.ru, name.en,
        "M" if person.male else "F", person.ethnicity, person.birth, int(person.adult),
        TOWNSHIPS[person.township].zh, person.village, person.household, person.role,
        person.identity, person.flaw, person.written_identity, person.written_sex,
        person.written_birth, *_detention_cells(person),
    )  # fmt: skip


def _detention_cells(person: Person) -> tuple[Any, ...]:
    held = person.detention
    if held is None:
        return ("", 0, "", "", "", "", 0, "", "", "", "", "")
    points = recorded(held)
    return (
        held.status, int(held.held), FACILITIES[held.facility], REASONS[held.reason],
        held.began, held.term_years or "", held.points,
        *(points[point] for point in ("status", "facility", "reason", "date", "term")),
    )  # fmt: skip


def _relations(people: Sequence[Person]) -> Iterator[tuple[int, str, int]]:
    for _, members in groupby(people, key=lambda person: person.household):
        household = list(members)
        parents = [person for person in household if person.role != "child"]
        if len(parents) > 1:
            yield parents[0].number, "spouse", parents[1].number
        for child in household:
            if child.role == "child":
                for parent in parents:
                    yield parent.number, "parent", child.number
