"""Where the records of a table are, on the word of a person: rules are not asked."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import UsageError, digest_of
from muniment.facts import (
    apply_mapping,
    find_layout,
    mapping_bytes,
    mapping_of,
    parse_mapping,
    propose,
    statements_of,
    table_of_rows,
)
from muniment.facts.arranging import arranged
from muniment.facts.arranging.as_told import arranged_as
from muniment.facts.shape import ACROSS, BESIDE, FORM
from muniment.facts.table import Table
from muniment.facts.told import Told, told_of, told_text, wrongs_of

# Rules take the second row for headers, as its words are known.
LIST = [
    ["Register", None, None, "Key"],
    ["Name", "Sex", "Born", "a"],
    ["Unit 7", None, None, "b"],
    ["Person", None, "When", None],
    ["called", "code", "taken", None],
    ["Ali Vargas", "M", "2017-03-04", "x"],
    ["Dora Lind", "F", "2017-03-05", "x"],
    ["Eva Roth", "F", "2017-04-05", "x"],
]
AS_LIST = Told(headers=(4, 5), rows=(6, 7), columns=(1, 3))
SIDES = [
    ["Qw", "Zu", None, "Qw", "Zu"],
    ["Ali Vargas", "1980", None, "Dora Lind", "1981"],
    ["Eva Roth", "1982", None, None, None],
]
FORMS = [
    ["Qw", "Ali Vargas", "Zu", "1980"],
    ["Ox", "north", None, None],
    ["Qw", "Dora Lind", "Zu", "1981"],
    ["Ox", "south", None, None],
]


def table(rows: list[list[str | None]]) -> Table:
    return table_of_rows(digest_of(b"made"), rows)


def told(rows: list[list[str | None]], lie: Told) -> Table:
    found = arranged_as(table(rows), lie)
    assert found is not None
    return found


def stated(made: Table) -> set[tuple[str, str]]:
    proposal = propose(made)
    applied = apply_mapping(made, mapping_of(proposal, "list"), proposal.layout, "0" * 64)
    return {(one.property, one.written) for one in statements_of(applied)}


def test_a_list_is_read_under_the_headers_and_in_the_rows_that_were_told() -> None:
    made = told(LIST, AS_LIST)
    assert find_layout(table(LIST)).headers == (1, 2)
    assert find_layout(made).names == {1: "Person / called", 2: "Person / code", 3: "When / taken"}
    found = stated(made)
    assert ("name", "Ali Vargas") in found
    assert ("startDate", "2017-03-05") in found
    assert {written for _, written in found}.isdisjoint(("Eva Roth", "Unit 7", "x"))


def test_what_stands_outside_is_counted_and_listed() -> None:
    made = told(LIST, AS_LIST)
    proposal = propose(made)
    applied = apply_mapping(made, mapping_of(proposal, "list"), proposal.layout, "0" * 64)
    assert applied.counts["rows_note"] == 1
    assert applied.counts["cells_outside"] == 6
    assert {each.code for each in applied.misfits} >= {"note-row", "extra-columns"}


def test_headers_that_say_nothing_are_lists_beside_each_other_where_it_is_told() -> None:
    assert arranged(table(SIDES)).arrangement == ""
    made = told(SIDES, Told(records=BESIDE, headers=(1,), rows=(2, 0), begins=(1, 4)))
    assert made.arrangement == BESIDE
    assert [list(made.texts(row).values()) for row in range(len(made.rows))][2:] == [
        ["Ali Vargas", "1980"],
        ["Dora Lind", "1981"],
        ["Eva Roth", "1982"],
    ]
    assert [made.stands_at(1, row) for row in (2, 3, 4)] == [(2, 1), (2, 4), (3, 1)]


@pytest.mark.parametrize(
    ("lie", "records"),
    [
        (
            Told(records=FORM, begins=(1, 3)),
            [["Ali Vargas", "1980", "north"], ["Dora Lind", "1981", "south"]],
        ),
        (Told(records=FORM, rows=(1, 2), begins=(1, 3)), [["Ali Vargas", "1980", "north"]]),
        (
            Told(records=ACROSS, columns=(1, 2), begins=(1,)),
            [["Ali Vargas", "north"], ["Dora Lind", "south"]],
        ),
    ],
)
def test_labels_that_nobody_knows_make_forms_where_it_is_told(
    lie: Told, records: list[list[str]]
) -> None:
    assert arranged(table(FORMS)).arrangement == ""
    made = told(FORMS, lie)
    names = {column.number for column in made.columns if column.name}
    found = [
        [text for number, text in made.texts(row).items() if number in names]
        for row in range(len(made.rows))
    ]
    assert [each for each in found if len(each) > 0] == records


@pytest.mark.parametrize(
    "lie",
    [
        Told(headers=(40,)),
        Told(rows=(30, 40)),
        Told(records=FORM, begins=(9,)),
        Told(records=BESIDE, headers=(1,), begins=(8, 9)),
    ],
)
def test_where_nothing_lies_as_told_there_is_no_table(lie: Told) -> None:
    assert arranged_as(table(LIST), lie) is None


@pytest.mark.parametrize(
    "lie",
    [
        Told(records="heap"),
        Told(rows=(5, 4)),
        Told(columns=(0, 3)),
        Told(headers=(4, 3)),
        Told(begins=(1,)),
        Told(records=BESIDE, headers=(1,), begins=(1,)),
        Told(records=FORM),
        Told(records=ACROSS, begins=(1, 3)),
    ],
)
def test_what_contradicts_itself_is_refused(lie: Told) -> None:
    assert next(wrongs_of(lie), "") != ""
    mapping = mapping_of(propose(told(LIST, AS_LIST)), "list")
    wrong = msgspec.structs.replace(mapping, told=lie)
    with pytest.raises(UsageError):
        parse_mapping(mapping_bytes(wrong))


def test_what_was_told_is_part_of_the_shape_and_of_the_mapping() -> None:
    made = told(LIST, AS_LIST)
    mapping = mapping_of(propose(made), "list")
    assert mapping.told == AS_LIST
    assert parse_mapping(mapping_bytes(mapping)) == mapping
    other = told(LIST, msgspec.structs.replace(AS_LIST, rows=(6, 8)))
    assert propose(other).shape != mapping.shape
    plain = mapping_of(propose(table(LIST)), "list")
    assert b'"told"' not in mapping_bytes(plain)  # mappings of before keep their bytes


_ends = st.tuples(st.integers(1, 9), st.integers(0, 9))
_some = st.lists(st.integers(1, 9), max_size=3, unique=True).map(lambda each: tuple(sorted(each)))


@given(
    st.builds(
        Told,
        records=st.sampled_from(("list", BESIDE, FORM, ACROSS)),
        headers=_some,
        rows=_ends,
        columns=_ends,
        begins=_some,
    )
)
def test_whatever_is_told_no_cell_is_lost(lie: Told) -> None:
    assert told_of(told_text(lie)) == lie
    if next(wrongs_of(lie), "") != "":
        return
    made = arranged_as(table(LIST), lie)
    if made is not None:
        whole = sum(len(row) - row.count(None) for row in LIST)
        held = sum(int(column.filled().sum()) for column in made.columns) + made.beyond.cells
        labels = 0 if made.arrangement in ("", BESIDE) else whole - held
        assert held + labels == whole
        named = sum(column.name is not None for column in made.columns)
        assert labels == 0 or named <= labels
