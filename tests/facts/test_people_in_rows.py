"""Several people in a row, one person over several rows, and headers in three rows."""

import pytest

from muniment.core import CellArea, digest_of
from muniment.facts import (
    Proposal,
    apply_mapping,
    mapping_of,
    propose,
    statements_of,
    table_of_rows,
)
from muniment.facts.readings.several import is_several, names_in
from muniment.facts.statement import Doubt, Statement

Rows = list[list[str | None]]
NAMES = ("Ali Vargas", "Dora Lind", "Cem Tosun", "Eva Roth")


def proposed(rows: Rows, merged: tuple[CellArea, ...] = ()) -> tuple[Proposal, list[Statement]]:
    table = table_of_rows(digest_of(b"made"), rows, merged=merged)
    found = propose(table)
    applied = apply_mapping(table, mapping_of(found, "list"), found.layout, "0" * 64)
    return found, statements_of(applied)


def person_of(statements: list[Statement]) -> dict[str, str]:
    """What is called what, by entity."""
    return {one.entity: one.written for one in statements if one.property in ("name", "lastName")}


NUMBERED = {
    "en": ("Name", "Date of birth", "Name 2", "Date of birth 2", "Relationship 2"),
    "es": (
        "Nombre",
        "Fecha de nacimiento",
        "Nombre 2",
        "Fecha de nacimiento 2",
        "Parentesco 2",
    ),
    "fr": ("Nom", "Date de naissance", "Nom (2)", "Date de naissance (2)", "Lien de parenté (2)"),
    "ru": ("ФИО", "Дата рождения", "ФИО 2", "Дата рождения 2", "Степень родства 2"),
    "tr": ("Adı Soyadı", "Doğum tarihi", "Adı Soyadı 2", "Doğum tarihi 2", "Yakınlığı 2"),
    "zh": ("姓名", "出生日期", "姓名2", "出生日期2", "关系2"),
    "ar": ("الاسم", "تاريخ الميلاد", "الاسم 2", "تاريخ الميلاد 2", "صلة القرابة 2"),
}


@pytest.mark.parametrize("language", NUMBERED)
def test_people_told_by_numbers_are_people_of_their_own(language: str) -> None:
    rows: Rows = [list(NUMBERED[language])]
    rows += [[name, f"198{at}-01-02", f"{name}X", f"199{at}-03-04", "wife"]
             for at, name in enumerate(NAMES)]  # fmt: skip
    _, statements = proposed(rows)
    named = person_of(statements)
    born = {named[one.entity]: one.written for one in statements if one.property == "birthDate"}
    expected = {name: f"198{at}-01-02" for at, name in enumerate(NAMES)}
    assert born == expected | {f"{name}X": f"199{at}-03-04" for at, name in enumerate(NAMES)}
    ends = {
        (one.property, one.written[-1] == "X") for one in statements
        if one.schema == "Relation" and one.property in ("person", "relative")
    }  # fmt: skip
    assert ends == {("person", False), ("relative", True)}


OFFICIALS = {
    "en": ("Name", "Date of birth", "Officer", "Prison doctor"),
    "es": ("Nombre", "Fecha de nacimiento", "Policía", "Médico del penal"),
    "fr": ("Nom", "Date de naissance", "Policier", "Médecin de la prison"),
    "ru": ("ФИО", "Дата рождения", "Следователь", "Тюремный врач"),
    "tr": ("Adı Soyadı", "Doğum tarihi", "Polis memuru", "Cezaevi doktoru"),
    "zh": ("姓名", "出生日期", "办案民警", "监狱医生"),
    "ar": ("الاسم", "تاريخ الميلاد", "المحقق", "طبيب السجن"),
}


@pytest.mark.parametrize("language", OFFICIALS)
def test_officers_and_doctors_are_nobodys_relatives(language: str) -> None:
    rows: Rows = [list(OFFICIALS[language])]
    rows += [[name, f"198{at}-01-02", f"Olan Marn{at}", "Dina Oku"]
             for at, name in enumerate(NAMES)]  # fmt: skip
    found, statements = proposed(rows)
    assert [each.entity for each in found.columns] == ["person", "person", "officer", "doctor"]
    assert {one.schema for one in statements} == {"Person", "UnknownLink"}
    links = [one for one in statements if one.schema == "UnknownLink"]
    assert {one.written for one in links if one.property == "role"} == {"officer", "doctor"}
    names = person_of(statements)
    ends = {(one.property, names[one.read or ""] in NAMES)
            for one in links if one.property in ("subject", "object")}  # fmt: skip
    assert ends == {("subject", False), ("object", True)}


def test_a_witness_without_a_testimony_is_tied_to_the_person_of_the_row() -> None:
    found, _ = proposed([["Name", "Date of birth", "Witness"],
                         *([name, f"198{at}-01-02", f"Olan Marn{at}"]
                           for at, name in enumerate(NAMES))])  # fmt: skip
    ties = {(each.property, each.target) for each in found.links}
    assert ties == {("subject", "witness"), ("object", "person")}


HOUSEHOLDS = {
    "en": ("Name", "Date of birth", "Head of household", "Relationship to head"),
    "zh": ("姓名", "出生日期", "户主姓名", "与户主关系"),
}


@pytest.mark.parametrize("language", HOUSEHOLDS)
def test_the_head_of_a_household_is_not_its_member(language: str) -> None:
    rows: Rows = [list(HOUSEHOLDS[language])]
    rows += [[name, f"198{at}-01-02", f"Olan Marn{at}", "daughter"]
             for at, name in enumerate(NAMES)]  # fmt: skip
    found, _ = proposed(rows)
    assert [each.entity for each in found.columns] == ["person", "person", "head", "relation-head"]
    # What is written is what the member is to the head: the head is the person of that relation.
    ties = {(each.property, each.target) for each in found.links}
    assert ties == {("person", "head"), ("relative", "person")}


def test_a_second_telephone_is_no_second_person() -> None:
    found, _ = proposed(
        [["Name", "Phone 1", "Phone 2"], *([name, "+999 10 100", "+999 20"] for name in NAMES)]
    )
    assert {each.entity for each in found.columns} == {"person"}


def test_rows_that_go_on_are_proposed_to_be_of_the_person_above() -> None:
    rows: Rows = [["No", "Name", "Date of birth", "Date of arrest", "Facility"]]
    for at, name in enumerate(NAMES):
        rows.append([str(at + 1), name, f"198{at}-01-02", f"2017-0{at + 1}-05", "Camp 1"])
        rows.append([None, None, None, f"2018-0{at + 1}-05", "Camp 2"])
    found, statements = proposed(rows)
    assert found.columns[1].options == (("blank", "above"),)
    assert any("4 rows name nobody" in doubt for doubt in found.doubts)
    people = {one.entity for one in statements if one.schema == "Person"}
    detained = [one for one in statements if one.property == "detainee"]
    assert {one.read for one in detained} == people
    assert len(people) == len(NAMES)
    assert [Doubt.CONTINUED in one.doubts for one in detained].count(True) == len(NAMES)


def test_a_name_left_blank_in_a_numbered_row_is_nobody_elses() -> None:
    rows: Rows = [["No", "Name", "Date of birth", "Date of arrest"]]
    rows += [[str(at + 1), name, f"198{at}-01-02", "2017-01-05"] for at, name in enumerate(NAMES)]
    rows.append(["5", None, None, "2017-01-06"])
    found, _ = proposed(rows)
    assert found.columns[1].options == ()


@pytest.mark.parametrize(
    ("written", "several", "names"),
    [
        ("José y Ana López", True, 1),  # whose surname it is, nobody says
        ("João e Maria Silva", True, 1),
        ("José Ortega y Gasset", False, 1),
        ("Ortega y Gasset", False, 1),
        ("Ali Vargas; Dora Lind", True, 2),
        ("Ali Vargas and Dora Lind", True, 2),
        ("Иван и Анна Орловы", True, 2),
        ("温建国、覃秀兰", True, 2),
    ],
)
def test_a_cell_of_several_names_is_doubted(written: str, *, several: bool, names: int) -> None:
    assert is_several(written) is several
    assert len(names_in(written)) == names


# Groups over groups: whose it is, what it is about, and what it is.
THREE_ROWS = {
    "en": (
        ["Detainee", None, None, None, "Wife", None],
        ["Identity", None, "Birth", None, "Identity", None],
        ["Surname", "Given name", "Date", "Place", "Surname", "Date of birth"],
    ),
    "es": (
        ["Detenido", None, None, None, "Esposa", None],
        ["Identidad", None, "Nacimiento", None, "Identidad", None],
        ["Apellidos", "Nombres", "Fecha", "Lugar", "Apellidos", "Fecha de nacimiento"],
    ),
    "ru": (
        ["Задержанный", None, None, None, "Жена", None],
        ["Личность", None, "Рождение", None, "Личность", None],
        ["Фамилия", "Имя", "Дата", "Место", "Фамилия", "Дата рождения"],
    ),
    "zh": (
        ["被拘留人", None, None, None, "配偶", None],
        ["身份", None, "出生", None, "身份", None],
        ["姓", "名", "日期", "地点", "姓", "出生日期"],
    ),
}


@pytest.mark.parametrize("language", THREE_ROWS)
def test_three_rows_of_headers_say_whose_and_what(language: str) -> None:
    heads: Rows = [list(row) for row in THREE_ROWS[language]]
    data: Rows = [
        [name.split()[1], name.split()[0], f"198{at}-01-02", "Northfield", "Roth", "1985-02-03"]
        for at, name in enumerate(NAMES)
    ]
    merged = tuple(
        CellArea(row, first, None, row, last)
        for row, first, last in ((1, 1, 4), (1, 5, 6), (2, 1, 2), (2, 3, 4), (2, 5, 6))
    )
    found, _ = proposed([*heads, *data], merged)
    assert found.layout.headers == (1, 2, 3)
    assert [each.property for each in found.columns] == [
        "Person:lastName",
        "Person:firstName",
        "Person:birthDate",
        "Person:birthPlace",
        "Person:lastName",
        "Person:birthDate",
    ]
    assert [each.entity for each in found.columns] == [*["person"] * 4, *["spouse"] * 2]
