"""A mapping applied: each statement at its cell, what is not read with its reason, and counts."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import CellArea, CellKind, parse_citation
from muniment.facts import (
    Applied,
    By,
    Column,
    ColumnRule,
    EntityRule,
    Held,
    LinkRule,
    Mapping,
    Scope,
    Statement,
    Table,
    apply_mapping,
    find_layout,
    mapping_of,
    propose,
    statements_of,
)
from muniment.facts.table import Beyond
from tests.facts.invented_lists import CHINESE, DIGEST, LAYOUTS, TWO_ROWS, table

_SOURCE = "ab" * 32


def _applied(held: Table, mapping: Mapping | None = None) -> Applied:
    proposal = propose(held)
    return apply_mapping(held, mapping or mapping_of(proposal, "list"), proposal.layout, _SOURCE)


def _said(applied: Applied) -> set[tuple[str, str | None, str]]:
    return {(each.property, each.read, each.unread) for each in statements_of(applied)}


def _text_at(held: Table, statement: Statement) -> str:
    place = statement.at.place
    assert isinstance(place, CellArea)
    column, position = held.column(place.column), held.position(place.row)
    assert column is not None
    assert position is not None
    found = column.at(position)
    assert found is not None
    return found.written


@pytest.mark.parametrize("held", [held for held, _ in LAYOUTS.values()], ids=list(LAYOUTS))
def test_every_statement_cites_the_cell_whose_text_it_is(held: Table) -> None:
    stated = statements_of(_applied(held))
    assert len(stated) > 0
    for each in stated:
        if each.by is By.MAPPING:
            assert _text_at(held, each) == each.written
            assert parse_citation(str(each.at)) == each.at


@pytest.mark.parametrize("held", [held for held, _ in LAYOUTS.values()], ids=list(LAYOUTS))
def test_the_counts_add_up(held: Table) -> None:
    applied = _applied(held)
    counts = applied.counts
    assert counts["read"] + counts["unread"] == counts["statements"]
    assert counts["unread"] == sum(applied.unread.values())
    assert counts["rows"] == sum(
        count for name, count in counts.items() if name.startswith("rows_")
    )
    own = counts["statements"] - counts["links"]
    assert own + counts["cells_without_subject"] == counts["cells_mapped"]


def test_what_cannot_be_read_is_kept_unread_and_listed_with_its_place() -> None:
    applied = _applied(CHINESE)
    assert ("startDate", None, "impossible-date") in _said(applied)
    assert ("idNumber", None, "float-loss") in _said(applied)
    assert ("startDate", "2018-03", "") in _said(applied)
    listed = {(each.row, each.column, each.code) for each in applied.misfits}
    assert {(5, 6, "impossible-date"), (7, 5, "float-loss"), (8, 0, "total-row")} <= listed


def test_a_row_of_a_sum_and_headers_make_no_statements() -> None:
    rows = {each.at.place.row for each in statements_of(_applied(CHINESE))}  # type: ignore[union-attr]
    assert rows == {4, 5, 7}


def test_nobody_stands_in_a_row_that_only_says_there_is_nothing() -> None:
    held = table(
        [
            ["Name", "Date of birth", "Prison"],
            ["Ana Roca", "1987-04-03", "NA"],
            ["NA", "NA", "—"],
            ["NA", "1990-12-25", "North Camp"],
        ]
    )
    applied = _applied(held)
    assert applied.entities.names.count("person") == 2
    assert {each.at.place.row for each in statements_of(applied)} == {2, 4}  # type: ignore[union-attr]
    assert [(each.row, each.column) for each in applied.misfits if each.code == "nothing-said"] == [
        (3, 0)
    ]
    assert applied.counts["cells_without_subject"] == 4


def test_people_of_one_row_are_linked_where_both_are_there() -> None:
    stated = statements_of(_applied(TWO_ROWS))
    people = {each.entity for each in stated if each.schema == "Person"}
    assert len(people) == 5
    links = [each for each in stated if each.property == "relative"]
    assert len(links) == 2
    assert {each.read for each in links} <= people
    kinds = [each for each in stated if each.property == "kind"]
    assert {(each.read, each.by) for each in kinds} == {("spouse", By.PERSON)}


def _mapping(held: Table, **changes: object) -> Mapping:
    return msgspec.structs.replace(mapping_of(propose(held), "list"), **changes)


_MERGED = table(
    [
        ["姓名", "身份证号", "羁押日期", "羁押场所"],
        ["王小", "659999199301310017", "2017-03-01", "第一教培中心"],
        [None, None, "2018-03-01", "第二教培中心"],
        ["古丽", "65999919900507002X", "2018-04-01", "第二教培中心"],
    ],
    (CellArea(2, 1, "名单", 3, 1), CellArea(2, 2, "名单", 3, 2)),
)


def test_a_person_over_several_merged_rows_is_one_person() -> None:
    stated = statements_of(_applied(_MERGED))
    assert len({each.entity for each in stated if each.schema == "Person"}) == 2
    detainees = [each for each in stated if each.property == "detainee"]
    assert len({each.entity for each in detainees}) == 3
    assert len({each.read for each in detainees}) == 2
    of_range = [each for each in detainees if "merged-range" in each.doubts]
    assert [str(each.at).rpartition("=")[2] for each in of_range] == ["2,1"]
    names = [each for each in stated if (each.schema, each.property) == ("Person", "name")]
    assert len(names) == 2  # a range states its value once


def test_a_place_written_over_several_people_is_no_detention_of_all() -> None:
    held = table(
        [
            ["姓名", "羁押地点", "羁押日期"],
            ["王小", "第一教培中心", "2017-03-01"],
            ["古丽", None, "2018-04-01"],
            ["李明", None, None],
        ],
        (CellArea(2, 2, "名单", 4, 2),),
    )
    rules = (
        ColumnRule(1, "姓名", "person", "name", "name"),
        ColumnRule(2, "羁押地点", "detention", "place"),
        ColumnRule(3, "羁押日期", "detention", "startDate", "date"),
    )
    entities = (EntityRule("detention", "Detention"), EntityRule("person", "Person"))
    mapping = _mapping(held, columns=rules, entities=entities, fill_down=(2,), constants=())
    links = (LinkRule("detention", "detainee", "person"),)
    stated = statements_of(_applied(held, msgspec.structs.replace(mapping, links=links)))
    detainees = [each for each in stated if each.property == "detainee"]
    assert len({each.entity for each in detainees}) == len({each.read for each in detainees}) == 3


def test_blank_cells_repeat_the_one_above_only_where_the_mapping_says_so() -> None:
    rows = [["Name", "Arrested on"], ["Ana Roca", "2017-03-01"], [None, "2018-03-01"]]
    held = table(rows)  # type: ignore[arg-type]
    assert _applied(held).counts["entities"] == 3  # the second detention is nobody's
    mapping = _mapping(held)
    columns = tuple(
        msgspec.structs.replace(rule, options=(("blank", "above"),)) if rule.column == 1 else rule
        for rule in mapping.columns
    )
    applied = _applied(held, msgspec.structs.replace(mapping, columns=columns))
    detainees = [each for each in statements_of(applied) if each.property == "detainee"]
    assert len({each.read for each in detainees}) == 1
    assert {each.doubts for each in detainees} == {(), ("continued",)}


def _keyed(scope: Scope) -> tuple[Table, Mapping]:
    rows = [
        ["姓名", "身份证号"],
        ["王小", "659999199301310017"],
        ["王 小", "６５９９９９１９９３０１３１００１７"],
        ["古丽", "不清楚"],
    ]
    held = table(rows)  # type: ignore[arg-type]
    mapping = _mapping(held)
    entities = (EntityRule("person", "Person", scope, keys=(2,), required=(1, 2)),)
    return held, msgspec.structs.replace(mapping, entities=entities)


@pytest.mark.parametrize("scope", [Scope.TABLE, Scope.MAPPING, Scope.CASE])
def test_rows_with_one_key_are_one_person(scope: Scope) -> None:
    held, mapping = _keyed(scope)
    stated = statements_of(_applied(held, mapping))
    entities = [each.entity for each in stated if each.property == "name"]
    assert entities[0] == entities[1] != entities[2]
    without = [each for each in stated if "no-key" in each.doubts]
    assert {each.written for each in without} == {"古丽", "不清楚"}


def test_scopes_keep_tables_apart_or_join_them() -> None:
    for scope, same in ((Scope.TABLE, False), (Scope.MAPPING, True), (Scope.CASE, True)):
        held, mapping = _keyed(scope)
        other = Table(held.digest, "另一张", held.rows, held.columns)
        layout = find_layout(held)
        ids = [
            statements_of(apply_mapping(each, mapping, layout, _SOURCE))[0].entity
            for each in (held, other)
        ]
        assert (ids[0] == ids[1]) is same


def test_hidden_cells_are_read_and_doubted() -> None:
    held = table([["姓名", "性别"], ["王小", "男"], ["古丽", "女"]])  # type: ignore[list-item]
    hidden = held.columns[1].codes == 2
    sex = held.columns[1]
    columns = (held.columns[0], Column(2, sex.codes, sex.values, hidden=hidden))
    stated = statements_of(_applied(Table(DIGEST, "名单", held.rows, columns)))
    assert {each.read: each.doubts for each in stated if each.property == "gender"} == {
        "male": (),
        "female": ("hidden-cell",),
    }


def test_cells_on_a_page_are_cited_there() -> None:
    held = table([["Name", "Sex"], ["Ana Roca", "f"]])  # type: ignore[list-item]
    columns = [
        Column(
            each.number, each.codes, each.values, places={1: f"page=2&xywh=10,20,{each.number},4"}
        )
        for each in held.columns
    ]
    stated = statements_of(_applied(Table(DIGEST, "table 1", held.rows, columns)))
    assert {str(each.at).partition("#")[2] for each in stated} == {
        "page=2&xywh=10,20,1,4",
        "page=2&xywh=10,20,2,4",
    }


def test_shifted_rows_extra_and_missing_columns_are_listed() -> None:
    rows = [
        ["姓名", "性别", "出生日期", "身份证号"],
        ["王小", "男", "1993-01-31", "659999199301310017"],
        ["古丽", "维吾尔族", "女", "1990-05-07", "65999919900507002X"],
    ]
    held = table(rows)  # type: ignore[arg-type]
    mapping = _mapping(held)
    missing = ColumnRule(9, "备注", "person", "notes")
    kept = tuple(rule for rule in mapping.columns if rule.column < 5)
    applied = _applied(held, msgspec.structs.replace(mapping, columns=(*kept, missing)))
    codes = {(each.row, each.column, each.code) for each in applied.misfits}
    assert {(0, 9, "missing-column"), (0, 5, "extra-column"), (3, 0, "shifted-row")} <= codes


def test_a_reader_that_is_not_there_reads_nothing() -> None:
    held = table([["Name", "Sex"], ["Ana Roca", "f"]])  # type: ignore[list-item]
    mapping = _mapping(held)
    columns = tuple(msgspec.structs.replace(rule, reader="newer") for rule in mapping.columns)
    applied = _applied(held, msgspec.structs.replace(mapping, columns=columns))
    assert applied.unread == {"no-reader": 2}


def test_an_entity_without_columns_is_there_where_what_it_links_is() -> None:
    stated = statements_of(_applied(TWO_ROWS))
    relations = {each.entity for each in stated if each.schema == "Relation"}
    assert len(relations) == 2


@given(
    st.lists(
        st.tuples(st.text(max_size=6), st.text(max_size=10), st.integers(0, 10**18)),
        min_size=1,
        max_size=12,
    )
)
def test_no_cell_is_lost_or_made_up(rows: list[tuple[str, str, int]]) -> None:
    cells: list[list[Held | str | None]] = [["姓名", "出生日期", "身份证号"]]
    for name, birth, identity in rows:
        cells.append([name, birth, Held(CellKind.NUMBER, str(identity))])
    held = table(cells)
    columns = (
        ColumnRule(1, "姓名", "person", "name", "name"),
        ColumnRule(2, "出生日期", "person", "birthDate", "date"),
        ColumnRule(3, "身份证号", "person", "idNumber", "identity"),
    )
    mapping = Mapping(
        title="list",
        shape="",
        headers=(),
        columns=columns,
        entities=(EntityRule("person", "Person"),),
        links=(LinkRule("person", "none", "nobody"),),
    )
    applied = apply_mapping(held, mapping, find_layout(held), _SOURCE)
    stated = statements_of(applied)
    for each in stated:
        assert _text_at(held, each) == each.written
    counts = applied.counts
    assert len(stated) == counts["statements"] == counts["cells_mapped"]


def test_columns_that_were_not_laid_out_are_counted_doubted_and_listed_once() -> None:
    held = CHINESE
    wide = Table(held.digest, held.sheet, held.rows, held.columns, beyond=Beyond(7, 21))
    narrow, applied = _applied(held), _applied(wide)
    assert applied.counts == narrow.counts | {"cells_outside": narrow.counts["cells_outside"] + 21}
    listed = [each for each in applied.misfits if each.code == "extra-columns"]
    assert [(each.row, each.column) for each in listed] == [(0, 0)]
    assert "7 more columns" in listed[0].says
    assert any("7 more columns" in each for each in propose(wide).doubts)
    assert not any("more columns" in each for each in propose(held).doubts)
