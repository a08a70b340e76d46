"""What is proposed for lists in many languages: each column, sure enough, with its reasons."""

from collections import Counter
from typing import Any

import pytest

from muniment.facts import (
    Table,
    apply_mapping,
    mapping_of,
    parse_mapping,
    printed_mapping,
    propose,
    statements_of,
)
from muniment.facts.header import header_says
from muniment.facts.lexicon import CONCEPTS
from muniment.facts.model import Kind, property_of
from tests.facts.invented_lists import LAYOUTS, RUSSIAN, SPANISH, TWO_ROWS, table


@pytest.mark.parametrize(("held", "states"), LAYOUTS.values(), ids=LAYOUTS)
def test_each_column_is_known(held: Table, states: dict[int, str | None]) -> None:
    proposal = propose(held)
    assert {each.column: each.property for each in proposal.columns} == states
    for each in proposal.columns:
        assert 0 <= each.confidence <= 1
        assert len(each.reasons) > 0
        assert each.property is None or each.confidence >= 0.4


@pytest.mark.parametrize(("held", "states"), LAYOUTS.values(), ids=LAYOUTS)
def test_a_proposal_is_a_mapping_that_can_be_confirmed(
    held: Table, states: dict[int, str | None]
) -> None:
    mapping = mapping_of(propose(held), "a list")
    assert parse_mapping(printed_mapping(mapping)) == mapping


def test_people_of_one_row_are_apart() -> None:
    proposal = propose(TWO_ROWS)
    assert [each.entity for each in proposal.columns[:4]] == [
        "person",
        "person",
        "spouse",
        "spouse",
    ]
    relation = next(each for each in proposal.entities if each.schema == "Relation")
    assert {
        (each.property, each.target) for each in proposal.links if each.entity == relation.name
    } == {
        ("person", "person"),
        ("relative", "spouse"),
    }


def test_the_order_of_dates_is_that_of_the_whole_column() -> None:
    (birth,) = [each for each in propose(RUSSIAN).columns if each.column == 3]
    assert birth.options == (("order", "dmy"),)
    assert [each.read for each in birth.examples] == ["1987-04-03", "1990-12-25", "1970-01-31"]


def test_a_column_that_does_not_show_its_order_says_so() -> None:
    rows = [["Name", "Date of birth"], ["Ana Roca", "03/04/1987"], ["Luis Sol", "05/06/1990"]]
    proposal = propose(table(rows))  # type: ignore[arg-type]
    (birth,) = [each for each in proposal.columns if each.column == 2]
    assert (birth.property, birth.options) == ("Person:birthDate", ())
    assert {each.unread for each in birth.examples} == {"ambiguous-date"}
    assert any("order" in doubt for doubt in proposal.doubts)


def test_a_header_that_states_the_order_is_taken_at_its_word() -> None:
    rows = [["Name", "Date of birth (mm/dd/yyyy)"], ["Ana Roca", "03/04/1987"]]
    (birth,) = [each for each in propose(table(rows)).columns if each.column == 2]  # type: ignore[arg-type]
    assert [each.read for each in birth.examples] == ["1987-03-04"]


def test_m_is_a_woman_where_h_is_a_man() -> None:
    (sex,) = [each for each in propose(SPANISH).columns if each.column == 4]
    assert [each.read for each in sex.examples] == ["female", "male"]


def test_beside_h_and_f_nobody_knows_whose_letter_m_is() -> None:
    rows = [["Nombre", "Sexo"], ["Juan Roca", "M"], ["Ana Vera", "F"], ["Luis Sol", "H"]]
    proposal = propose(table(rows))  # type: ignore[arg-type]
    (sex,) = [each for each in proposal.columns if each.column == 2]
    assert [(each.written, each.read) for each in sex.examples] == [
        ("M", None),
        ("F", "female"),
        ("H", "male"),
    ]
    assert any("M may be mujer or male" in doubt for doubt in proposal.doubts)


def test_bare_numbers_of_a_term_without_a_unit_stay_unread() -> None:
    rows = [["姓名", "身份证号", "刑期"], ["王小", "659999199301310017", "7"]]
    proposal = propose(table(rows))  # type: ignore[arg-type]
    (term,) = [each for each in proposal.columns if each.column == 3]
    assert [each.unread for each in term.examples] == ["not-a-duration"]
    assert any("unit" in doubt for doubt in proposal.doubts)


def test_without_headers_contents_speak() -> None:
    rows = [
        [str(place), name, sex, identity]
        for place, (name, sex, identity) in enumerate(
            [
                ("阿不都·图尔荪", "男", "659999198708110018"),
                ("古丽·若孜", "女", "65999919900507002X"),
                ("王小", "男", "659999199301310017"),
                ("艾力·买买提", "男", "659999197001010017"),
            ],
            1,
        )
    ]
    proposal = propose(table(rows))  # type: ignore[arg-type]
    assert proposal.layout.headers == ()
    assert {each.column: each.property for each in proposal.columns} == {
        1: None,
        2: "Person:name",
        3: "Person:gender",
        4: "Person:idNumber",
    }


NOTHING_IN_IT = {"no rows": [], "one cell": [["x"]], "blank": [[None, None], [None, None]]}


@pytest.mark.parametrize("rows", NOTHING_IN_IT.values(), ids=NOTHING_IN_IT)
def test_a_table_that_says_nothing_is_proposed_nothing(rows: list[list[None]]) -> None:
    proposal = propose(table(rows))  # type: ignore[arg-type]
    assert all(each.property is None for each in proposal.columns)


def test_no_column_of_text_is_proposed_as_a_link() -> None:
    for concept in CONCEPTS.values():
        known = property_of(concept.schema, concept.property)
        assert known is None or known.kind is not Kind.ENTITY, concept


def test_facilities_of_a_list_are_one_entity_each_and_linked() -> None:
    rows = [["Name", "Sex", "Arrested on", "Prison"]]
    rows += [["Ana Roca", "f", "2017-03-01", "North Camp"], ["Luis Sol", "m", "", "north camp"]]
    held = table(rows)  # type: ignore[arg-type]
    proposal = propose(held)
    applied = apply_mapping(held, mapping_of(proposal, "a list"), proposal.layout, "ab" * 32)
    assert Counter(applied.entities.schemas) == {"Person": 2, "Detention": 2, "Facility": 1}
    links = [each for each in statements_of(applied) if each.property == "facility"]
    assert len({each.read for each in links}) == 1
    assert len({each.entity for each in links}) == 2


def test_columns_named_by_initials_are_known_in_chinese_tables_alone() -> None:
    rows = [
        ["XM", "CSRQ", "MZ"],
        ["王小", "1993-01-31", "汉族"],
        ["艾力", "1970-01-01", "维吾尔族"],
    ]
    states = [each.property for each in propose(table(rows)).columns]  # type: ignore[arg-type]
    assert states == ["Person:name", "Person:birthDate", "Person:ethnicity"]
    assert header_says("MZ").scores == {}


def test_misspelt_headers_are_known() -> None:
    assert header_says("Nmae").scores["name"] > 0.8
    assert header_says("Date of Birht").scores["birth_date"] > 0.7


def _people(*columns: tuple[str, tuple[str, ...]]) -> dict[str, str | None]:
    """What is proposed for a list of four people with these columns beside their names."""
    names = ("Ana Roca", "Luis Sol", "Eva Roca", "Juan Prado")
    rows = [["Name", *(header for header, _ in columns)]]
    rows += [[name, *(cells[at] for _, cells in columns)] for at, name in enumerate(names)]
    return {each.header: each.property for each in propose(table(rows)).columns}  # type: ignore[arg-type]


def test_how_many_there_are_of_something_is_no_property_of_a_person() -> None:
    stated = _people(
        ("number_previous_arrests", ("0", "2", "1", "3")),
        ("Cantidad de visitas", ("1", "4", "2", "2")),
    )
    assert set(stated.values()) == {"Person:name", None}


def test_codes_are_no_names() -> None:
    stated = _people(("Convict No", ("P-11/17", "P-12/17", "P-31/17", "P-40/18")))
    assert stated["Convict No"] == "Person:registrationNumber"


def test_cells_that_say_there_is_nothing_speak_for_nothing() -> None:
    stated = _people(("Age", ("NA", "31", "NA", "NA")), ("Sex", ("NA", "NA", "NA", "f")))
    assert (stated["Age"], stated["Sex"]) == ("Age:age", "Person:gender")


def test_values_of_closed_lists_speak_under_a_header_that_says_nothing() -> None:
    stated = _people(
        ("Zz1", ("married", "single", "married", "widowed")),
        ("Zz2", ("wife", "son", "father", "son")),
        ("Date of birth", ("1987-04-03", "1990-12-25", "1970-01-31", "1951-02-01")),
    )
    assert stated["Zz1"] is None  # known, and nothing that the model states
    assert stated["Zz2"] in ("Relation:kind", "Relation:relationship")


@pytest.mark.parametrize(
    "headers",
    [
        ("Name", "Post", "Organization", "From", "To"),
        ("Name", "Rank", "Unit", "From", "Until"),
        ("Nombre", "Cargo", "Institución", "Desde", "Hasta"),
        ("Имя", "Должность", "Организация", "С", "По"),
        ("姓名", "职务", "单位", "任职时间", "离任时间"),
    ],
)
def test_who_held_a_post_from_when_was_not_detained(headers: tuple[str, ...]) -> None:
    rows = [list(headers)]
    rows += [["Olan Marn", "Deputy head", "Hollow camp", "2016-05", "2018-06"]] * 2
    rows += [["Pia Sorel", "Head", "Dry well prison", "2015", "2017-09"]]
    stated = [each.property for each in propose(table(rows)).columns]  # type: ignore[arg-type]
    assert stated == [
        "Person:name", "Post:title", "Organization:name", "Post:startDate", "Post:endDate"
    ]  # fmt: skip


def test_who_has_a_post_and_was_arrested_was_detained() -> None:
    rows = [["Name", "Position", "Arrested", "Released"]]
    rows += [["Olan Marn", "teacher", "2016-05-02", "2018-06-03"]] * 3
    stated = [each.property for each in propose(table(rows)).columns]  # type: ignore[arg-type]
    assert stated[1:] == ["Person:position", "Detention:startDate", "Detention:endDate"]


@pytest.mark.parametrize("header", ["Peine", "Pena", "Ceza", "Strafe", "Sentence", "刑期"])
def test_a_sentence_in_words_that_are_not_read_is_no_prison(header: str) -> None:
    rows = [["Name", header, "Sex"], *([name, "zu lang", "M"] for name in ("Ana", "Eva", "Zoe"))]
    column = propose(table(rows)).columns[1]  # type: ignore[arg-type]
    assert (column.property, column.examples[0].read) == ("Sentence:duration", None)


@pytest.mark.parametrize(
    ("header", "read"),
    [
        ("Sentence (months)", "P84M"),
        ("Peine (mois)", "P84M"),
        ("Strafe in Monaten", "P84M"),
        ("Ceza (ay)", "P84M"),
        ("Срок, мес.", "P84M"),
        ("刑期(月)", "P84M"),
        ("مدة الحكم (أشهر)", "P84M"),
        ("Pena (anni)", "P84Y"),
        ("Ceza", None),
    ],
)
def test_a_bare_term_has_the_unit_of_its_header_or_none(header: str, read: str | None) -> None:
    rows = [["Name", header, "Sex"], *([name, "84", "M"] for name in ("Ana", "Eva", "Zoe"))]
    column = propose(table(rows)).columns[1]  # type: ignore[arg-type]
    assert (column.property, column.examples[0].read) == ("Sentence:duration", read)


def test_somebody_whose_role_is_not_known_is_somebody_else() -> None:
    rows = [["Name", "Sex", "Zzz"]]
    rows += [
        ["Ana Roca", "f", "Luis Prado"],
        ["Luis Sol", "m", "Eva Sol"],
        ["Eva Prado", "f", "Ana Sol"],
    ]
    proposal = propose(table(rows))  # type: ignore[arg-type]
    assert [each.entity for each in proposal.columns] == ["person", "person", "named1"]
    (link,) = proposal.constants
    assert (link.property, link.value) == ("role", "Zzz")


def test_of_two_columns_that_say_the_same_the_less_sure_is_what_else_it_may_be() -> None:
    rows = [
        ["اسم المحكوم", "المحكمة"],
        ["سمير حداد", "محكمة الجنايات"],
        ["ليلى خوري", "محكمة الصلح"],
    ]
    stated = [each.property for each in propose(table(rows)).columns]  # type: ignore[arg-type]
    assert stated == ["Person:name", "Sentence:court"]


ROLES = {
    "Wife's name": "spouse", "ФИО следователя": "officer", "اسم المحامي": "lawyer",
    "承辦員警": "officer", "Врач": "doctor", "NOK": "relative",
}  # fmt: skip


@pytest.mark.parametrize(("header", "role"), ROLES.items(), ids=ROLES)
def test_who_else_stands_in_a_row_is_known(header: str, role: str) -> None:
    assert header_says(header).role == role


def test_what_a_doctor_found_is_not_said_of_the_doctor() -> None:
    assert header_says("Diagnosis of doctor").role == ""


@pytest.mark.parametrize(
    "header", ["Case no.", "Docket #", "Legajo CONADEP", "Réf. dossier", "Az.", "Nº do inquérito"]
)
def test_a_files_number_is_nobodys(header: str) -> None:
    rows: list[Any] = [
        ["Name", header],
        *([f"Person {n}", f"F-{n}/18"] for n in range(9)),
    ]
    assert propose(table(rows)).columns[1].property is None


def test_a_header_that_says_no_is_the_number_of_something() -> None:
    scores = header_says("Prison/PACE no.").scores
    assert max(scores, key=lambda concept: scores[concept]) == "registration"


@pytest.mark.parametrize(
    ("header", "concept"),
    [
        ("Address before arrest", "any_address"),
        ("Domicile au moment des faits", "address"),
        ("Beruf zum Zeitpunkt der Festnahme", "profession"),
        ("Ocupación al momento de la detención", "profession"),
        ("Profissão na data da prisão", "profession"),
    ],
)
def test_the_moment_of_which_something_is_said_changes_nothing(header: str, concept: str) -> None:
    assert header_says(header).scores[concept] == 1


def test_a_row_of_sums_at_the_end_is_no_row_of_headers() -> None:
    rows: list[Any] = [
        ["Deaths in custody, Q3", None, None],
        ["Deceased (surname, forename)", "Inquest ref", "Establishment"],
        *([f"Reed, Person {n}", f"F-{n}/18", "Camp Reed"] for n in range(9)),
        ["TOTAL", "9 persons", None],
        ["Source: returns of the prisons", None, None],
    ]
    found = propose(table(rows))
    assert found.layout.headers == (2,)
