"""Forms and lists beside each other: what they state, and where every statement stands."""

from collections import Counter, defaultdict

import pytest

from muniment.core import CellArea, digest_of
from muniment.facts import (
    Applied,
    RowKind,
    Statement,
    apply_mapping,
    find_layout,
    mapping_of,
    propose,
    rows_of,
    statements_of,
    table_of_rows,
)
from muniment.facts.arranging import arranged
from muniment.facts.table import Table
from tests.facts.layouts import fresh, odd, tuning
from tests.facts.records_in_tables import LABELS, Rows, every_table, people

RIGHT = 0.99  # share of what these tables state that is stated, of whom it is


def table(rows: Rows) -> Table:
    return table_of_rows(digest_of(b"made"), rows)


def applied(made: Table) -> Applied:
    proposal = propose(made)
    return apply_mapping(made, mapping_of(proposal, "list"), proposal.layout, "0" * 64)


def said_of_people(statements: list[Statement]) -> Counter[tuple[str, ...]]:
    """What is said of each person, and of what is tied to them."""
    about = {
        one.entity: one.read for one in statements if one.property in ("detainee", "person")
    } | {one.entity: one.entity for one in statements if one.schema == "Person"}
    said: dict[str, set[str]] = defaultdict(set)
    for one in statements:
        owner = about.get(one.entity)
        if owner is not None:
            said[owner].add(one.written)
    return Counter(tuple(sorted(values)) for values in said.values())


def test_what_forms_state_is_stated_of_the_right_people() -> None:
    wanted = right = 0
    wrong = []
    for language, name, rows in every_table():
        found = said_of_people(statements_of(applied(arranged(table(rows)))))
        for person in people(language):
            # Name and birth tell a person; sex, arrest and place have to be of the same one.
            told = [held for held in found if set(person.values[:4]) <= set(held)]
            wanted += 1
            right += len(told) == 1
            if len(told) != 1:
                wrong.append((language, name, person.values[0]))
    assert right >= RIGHT * wanted, wrong


def test_every_citation_is_of_a_cell_that_says_so() -> None:
    for language, name, rows in every_table():
        for one in statements_of(applied(arranged(table(rows)))):
            at = one.at.place
            assert isinstance(at, CellArea)
            assert rows[at.row - 1][at.column - 1] == one.written, (language, name, one)


def test_each_cell_is_a_label_or_is_in_the_table_once() -> None:
    for language, name, rows in every_table():
        made = arranged(table(rows))
        assert made.arrangement != "", (language, name)
        labels = {text for label in LABELS[language] for text in (label, f"{label}:")}
        cells = sum(cell is not None and cell not in labels for row in rows for cell in row)
        layout = find_layout(made)
        data = rows_of(made, layout).kinds != RowKind.HEADER
        assert sum(int((column.filled() & data).sum()) for column in made.columns) == cells


@pytest.mark.night
def test_lists_of_one_record_a_row_stay_as_they_are() -> None:
    for layout in fresh.layouts():
        rows = [[None if cell is None else str(cell) for cell in row] for row in layout.rows]
        assert arranged(table(rows)).arrangement == "", layout.truth.name


@pytest.mark.night
def test_other_lists_of_one_record_a_row_stay_as_they_are() -> None:
    for layout in (*tuning.layouts(), *odd.layouts()):
        rows = [[None if cell is None else str(cell) for cell in row] for row in layout.rows]
        assert arranged(table(rows)).arrangement == "", layout.truth.name


def test_groups_over_headers_tell_columns_apart_that_are_called_alike() -> None:
    rows: Rows = [
        ["Detainee", None, "Relative", None],
        ["Name", "Date of birth", "Name", "Date of birth"],
        ["Ali Vargas", "1980-01-02", "Dora Lind", "1985-02-03"],
    ]
    assert arranged(table(rows)).arrangement == ""


def test_a_list_of_prisons_whose_names_hold_words_of_headers_is_no_form() -> None:
    rows: Rows = [
        ["Facility", "Sort of it", "North", "East", "In use"],
        ["Hollow camp", "training centre", "40.1", "76.2", "2016"],
        ["Dry well prison", "prison", "40.4", "76.9", "1999"],
        ["County hospital", "hospital", "40.5", "76.1", "2001"],
    ]
    assert arranged(table(rows)).arrangement == ""


def test_an_arrangement_is_part_of_the_shape() -> None:
    beside: Rows = [["Name", "Born", "Name", "Born"], ["Ali Vargas", "1980", "Eva Roth", "1981"]]
    plain: Rows = [["Name", "Born"], ["Ali Vargas", "1980"]]
    shapes = {propose(arranged(table(rows))).shape for rows in (beside, plain)}
    assert len(shapes) == 2


def test_what_does_not_fit_a_form_is_listed_where_it_stands() -> None:
    rows: Rows = [
        ["Name:", "Ali Vargas", None],
        ["Date of birth:", "1980-02-31", "see page 3"],
        ["Sex:", "M", None],
        ["Name:", "Eva Roth", None],
        ["Date of birth:", "1981-02-03", None],
        ["Sex:", "F", None],
    ]
    found = {(one.row, one.column, one.code) for one in applied(arranged(table(rows))).misfits}
    assert found == {(2, 2, "impossible-date"), (2, 3, "note-row")}


def test_two_labels_a_row_are_a_form_however_few_each_column_has() -> None:
    form: Rows = [
        ["КАРТОЧКА", None, None, None],
        ["ФИО:", "Аман Бек", "Пол:", "м"],
        ["Дата рождения:", "02.05.1970", None, None],
    ]
    made = arranged(table([*form, [None] * 4, *form]))
    asked = ["ФИО", "Пол", "Дата рождения"]
    assert [column.name for column in made.columns][:3] == asked
    assert made.kinds is not None
    assert made.kinds.tolist().count(RowKind.DATA) == 2


def test_a_list_inside_a_form_stands_outside_of_it() -> None:
    form: Rows = [
        ["姓名", "某甲", "性别", "男"],
        ["出生日期", "1984-02-28", "民族", "维吾尔族"],
        ["身份证号", "659999198402282677", "联系电话", "13800000000"],
        ["家庭成员", "姓名", "关系", "出生日期"],
        [None, "某乙", "妻子", "1986-01-02"],
    ]
    made = arranged(table([*form, *form]))
    asked = ["姓名", "性别", "出生日期", "民族", "身份证号", "联系电话"]
    assert [column.name for column in made.columns] == [*asked, None]
    stated = statements_of(applied(made))
    assert {one.written for one in stated if one.property == "name"} == {"某甲"}
    assert {one.written for one in stated if one.property == "birthDate"} == {"1984-02-28"}
