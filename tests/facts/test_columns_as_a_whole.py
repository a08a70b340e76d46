"""What a column, or a row, as a whole says of its values: doubts, questions, contradictions."""

from collections.abc import Sequence

import msgspec
import numpy as np

from muniment.core import CellKind
from muniment.facts import Applied, Mapping, apply_mapping, propose, statements_of
from muniment.facts.proposing.proposal import mapping_of
from muniment.facts.table import Held, Table
from tests.facts.invented_lists import table

_PEOPLE = [
    ["Name", "Sex", "Date of birth", "Detained on", "Place of detention"],
    ["Ali, Bekri and Gül", "M", "1950-01-01", "2017-03-01", "Camp A"],
    ["Jane Doe", "F", "2061-02-03", "2016-01-01", "Camp A"],
    ["张三、李四", "男", "1990", "1980-01-01", "Camp B"],
    ["Ana Roca", "F", "1950-03", "1950", "Camp B"],
]


def applied(rows: Sequence[Sequence[object]], **options: str) -> Applied:
    """A table read as it is proposed, with options for its first column."""
    found = table(rows)  # type: ignore[arg-type]
    proposal = propose(found)
    mapping = _with_options(mapping_of(proposal, "a list"), options)
    return apply_mapping(found, mapping, proposal.layout, "decision", as_of="2026-01-01")


def _with_options(mapping: Mapping, options: dict[str, str]) -> Mapping:
    first, *rest = mapping.columns
    changed = msgspec.structs.replace(first, options=(*first.options, *options.items()))
    return msgspec.structs.replace(mapping, columns=(changed, *rest))


def doubts(rows: Sequence[Sequence[object]]) -> str:
    return "\n".join(propose(table(rows)).doubts)  # type: ignore[arg-type]


def test_dates_of_a_row_that_cannot_all_be_true_are_listed_with_their_cell() -> None:
    found = [(each.row, each.column, each.code) for each in applied(_PEOPLE).misfits]
    assert found == [(3, 3, "future-date"), (3, 4, "before-birth"), (4, 4, "before-birth")]


def test_several_people_in_a_cell_are_one_with_a_doubt_until_somebody_says_more() -> None:
    found = statements_of(applied(_PEOPLE))
    names = [(each.read, each.doubts) for each in found if each.property == "name"]
    assert ("Ali, Bekri and Gül", ("several-in-one-cell",)) in names
    assert "column 1 holds 2 cells that may name several people" in doubts(_PEOPLE)


def test_a_cell_is_split_where_the_mapping_says_so() -> None:
    whole, split = applied(_PEOPLE), applied(_PEOPLE, split="yes")
    found = statements_of(split)
    people = {
        each.entity: each.read or ""
        for each in found
        if each.schema == "Person" and each.property == "name"
    }
    assert sorted(people.values()) == sorted(
        ["Ali", "Bekri", "Gül", "Jane Doe", "张三", "李四", "Ana Roca"]
    )
    same = ("rows", "rows_data", "cells_mapped", "cells_outside", "cells_without_subject")
    assert [split.counts[each] for each in same] == [whole.counts[each] for each in same]
    assert len({each.id for each in found}) == len(found)
    written = {each.written for each in found if each.read in ("Ali", "Bekri", "Gül")}
    assert written == {"Ali, Bekri and Gül"}
    detentions = {each.entity for each in found if each.property == "detainee"}
    assert len(detentions) == len(people)
    shared = [each for each in found if each.property == "gender" and each.written == "M"]
    assert [each.doubts for each in shared] == [("several-in-one-cell",)] * 3


def test_a_table_that_names_nobody_twice_is_the_same_with_the_option() -> None:
    rows = [_PEOPLE[0], *_PEOPLE[2:3], *_PEOPLE[4:]]
    one, other = applied(rows), applied(rows, split="yes")
    assert [each.id for each in statements_of(one)] == [each.id for each in statements_of(other)]
    assert one.counts == other.counts


def test_days_that_programs_write_for_none_are_doubted() -> None:
    rows: list[list[object]] = [["Name", "Date of birth"]]
    rows += [[f"Ana Roca {chr(97 + each)}", "1900-01-01"] for each in range(2)]
    rows += [[f"Luis Sol {chr(97 + each)}", "1961-07-01"] for each in range(12)]
    rows += [
        [f"Rosa Mar {chr(97 + each)}", f"19{60 + each}-03-0{1 + each % 9}"] for each in range(20)
    ]
    found = {each.read for each in statements_of(applied(rows)) if "placeholder" in each.doubts}
    assert found == {"1900-01-01", "1961-07-01"}


def test_what_a_column_leaves_open_is_asked() -> None:
    born = [["Name", "Date of birth"], ["Ana Roca", "~1950"], ["Luis Sol", "1961-02-03"]]
    assert "column 2 holds 1 dates that are not exact" in doubts([*born, ["Eva Luz", "1970"]])
    camps = [["Facility", "Capacity"], ["Camp A", "1,234"], ["Camp B", "2,345"], ["Camp C", "345"]]
    assert "add the option decimal" in doubts(camps)
    proved = [*camps, ["Camp D", "12,345,678"]]
    assert "decimal" not in doubts(proved)
    (capacity,) = [
        each
        for each in propose(table(proved)).columns  # type: ignore[arg-type]
        if each.property == "Facility:capacity"
    ]
    assert capacity.options == (("decimal", "."),)
    assert capacity.examples[0].read == "1234"


def test_rows_that_are_wider_than_their_headers_are_said() -> None:
    rows: list[list[object]] = [
        ["Name", "Sex", "Date of birth"],
        ["Ana Roca", "F", "1950", "x", "y"],
    ]
    rows += [["Luis Sol", "M", "1961"], ["Eva Luz", "F", "1970"]]
    assert "1 rows of 3 hold cells behind the last header (column 3), up to column 5" in doubts(
        rows
    )


def test_numbers_that_are_perhaps_days_count_from_where_the_workbook_does() -> None:
    rows: list[list[object]] = [["Name", "Date of birth"]]
    rows += [
        ["Ana Roca", Held(CellKind.NUMBER, "20300")],
        ["Luis Sol", Held(CellKind.NUMBER, "20777")],
    ]
    rows += [["Eva Luz", Held(CellKind.NUMBER, "21001")]]
    usual = table(rows)  # type: ignore[arg-type]
    early = Table(usual.digest, usual.sheet, usual.rows, usual.columns, epoch="1904")
    assert "counted from 1904" in "\n".join(propose(early).doubts)
    read = {}
    for each in (usual, early):
        proposal = propose(each)
        mapping = mapping_of(proposal, "a list")
        (born,) = [rule for rule in mapping.columns if rule.property == "birthDate"]
        assert dict(born.options).get("epoch") is None
        made = statements_of(apply_mapping(each, mapping, proposal.layout, "decision"))
        read[each.epoch] = next(one.read for one in made if one.written == "20300")
    assert read == {None: "1955-07-30", "1904": "1959-07-31"}


def test_a_mapping_that_counts_otherwise_than_the_workbook_is_a_finding() -> None:
    rows: list[list[object]] = [
        ["Name", "Date of birth"],
        ["Ana Roca", "1950"],
        ["Eva Luz", "1951"],
    ]
    usual = table(rows)  # type: ignore[arg-type]
    early = Table(usual.digest, usual.sheet, usual.rows, usual.columns, epoch="1904")
    proposal = propose(early)
    mapping = mapping_of(proposal, "a list")
    columns = tuple(
        msgspec.structs.replace(rule, options=(("epoch", "1900"),)) if rule.column == 2 else rule
        for rule in mapping.columns
    )
    mapping = msgspec.structs.replace(mapping, columns=columns)
    found = apply_mapping(early, mapping, proposal.layout, "decision").misfits
    assert [(each.column, each.code) for each in found] == [(2, "epochs-differ")]
    assert np.array_equal(early.rows, usual.rows)
