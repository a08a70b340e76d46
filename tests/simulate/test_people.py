import csv
import hashlib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from muniment.simulate.counts import age_on, count
from muniment.simulate.households import LIST_DATE
from muniment.simulate.identity import FLAWS, check_character
from muniment.simulate.people import Person, draw_people
from muniment.simulate.people_truth import write_people
from tests.simulate.conftest import Leak


@pytest.fixture(scope="module")
def people() -> tuple[Person, ...]:
    return draw_people(11, 2000)


def table(leak: Leak, name: str) -> list[dict[str, str]]:
    with (leak.summary.truth / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_the_stored_table_of_a_small_county_is_pinned(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    write_people(path, draw_people(1, 200))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest == "7b9b4ab29884aebdfc1feadaf7586410fc44a38ef9185bb36eb8b198e762fbe9"


def test_numbers_agree_with_birth_and_sex_for_everybody(people: tuple[Person, ...]) -> None:
    for person in people:
        number = person.identity
        assert number[6:14] == person.birth.strftime("%Y%m%d")
        assert int(number[16]) % 2 == int(person.male)
        assert number[17] == check_character(number[:17])


def test_numbers_are_unique(people: tuple[Person, ...]) -> None:
    assert len({person.identity for person in people}) == len(people)


def test_every_flaw_is_planted_and_changes_exactly_what_it_says(
    people: tuple[Person, ...],
) -> None:
    assert Counter(p.flaw for p in people if p.flaw) == dict.fromkeys(FLAWS, 2)
    for person in people:
        sex_fits = (person.written_sex == "男") == person.male
        assert sex_fits == (person.flaw != "sex-column")
        assert (person.written_birth == person.birth) == (person.flaw != "birth-date-column")
        columns_only = person.flaw in ("", "sex-column", "birth-date-column")
        assert (person.written_identity == person.identity) == columns_only


def test_one_persons_fate_does_not_depend_on_how_many_people_there_are() -> None:
    few, many = draw_people(5, 300), draw_people(5, 900)
    same = [a.name == b.name and a.birth == b.birth for a, b in zip(few, many, strict=False)]
    assert all(same)


def test_children_carry_the_fathers_name_and_are_younger(people: tuple[Person, ...]) -> None:
    heads = {person.household: person for person in people if person.role == "head"}
    children = [person for person in people if person.role == "child"]
    assert len(children) > 100
    for child in children:
        father = heads[child.household]
        expected = father.name.family if father.name.surname_first else father.name.given
        assert child.name.family == expected
        assert age_on(father.birth, child.birth) >= 14


def test_older_heads_are_heaped_on_new_year(people: tuple[Person, ...]) -> None:
    old = [p for p in people if p.role == "head" and p.birth.year < 1972]
    on_new_year = [p for p in old if (p.birth.month, p.birth.day) == (1, 1)]
    assert 0.03 < len(on_new_year) / len(old) < 0.15


def test_counts_are_conserved(people: tuple[Person, ...]) -> None:
    counts = count(people)
    assert counts.people == len(people) == counts.adults + counts.minors
    assert counts.detained == counts.detained_adults + counts.detained_minors
    assert sum(counts.adults_by_township.values()) == counts.adults
    assert sum(counts.adults_by_sex.values()) == counts.adults
    assert sum(counts.detained_adults_by_township.values()) == counts.detained_adults
    assert sum(counts.detained_adults_by_sex.values()) == counts.detained_adults
    assert sum(counts.detained_by_status.values()) == counts.detained
    assert counts.recorded_detained_adults <= counts.detained_adults


def test_nobody_was_taken_before_fourteen(people: tuple[Person, ...]) -> None:
    ages = [age_on(p.birth, p.detention.began) for p in people if p.detention is not None]
    assert min(ages) == 14
    assert count(people).youngest_age_at_detention >= 14


def test_the_rate_lies_near_one_in_eight(people: tuple[Person, ...]) -> None:
    counts = count(people)
    assert 0.08 < counts.detained_adults / counts.adults < 0.16


def test_an_adult_is_eighteen_on_the_day_of_the_lists(people: tuple[Person, ...]) -> None:
    assert all(person.adult == (age_on(person.birth, LIST_DATE) >= 18) for person in people)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2000, 6, 30), date(2018, 6, 30), 18),
        (date(2000, 7, 1), date(2018, 6, 30), 17),
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
    ],
)
def test_ages_are_whole_years_lived(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


def test_the_truth_table_recounts_to_the_summary(leak: Leak) -> None:
    rows = table(leak, "people.csv")
    adults = [row for row in rows if row["adult"] == "1"]
    counts: dict[str, Any] = leak.totals["counts"]
    assert len(rows) == counts["people"] == leak.summary.people
    assert len(adults) == counts["adults"]
    assert sum(row["detained"] == "1" for row in adults) == counts["detained_adults"]
    two = sum(int(row["points"]) >= 2 for row in adults)
    assert two == counts["two_point_adults"]
    assert sum(row["status"] == "已释放" for row in rows) == counts["released"]


def test_relations_join_people_of_one_household(leak: Leak) -> None:
    household = {row["number"]: row["household"] for row in table(leak, "people.csv")}
    relations = table(leak, "relations.csv")
    assert {row["relation"] for row in relations} == {"spouse", "parent"}
    assert all(household[row["person"]] == household[row["other"]] for row in relations)
    assert len({(row["person"], row["other"]) for row in relations}) == len(relations)
