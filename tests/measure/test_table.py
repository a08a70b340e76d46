import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import UsageError
from muniment.measure.table import (
    OverlapTable,
    from_patterns,
    from_records,
    from_rows,
    from_stratified_records,
)
from tests.measure.published import HEPATITIS

HEADER = ["A", "B", "count"]
BAD_ROWS = {
    "a negative count": [["1", "0", "-3"]],
    "a fractional count": [["1", "0", "2.5"]],
    "not a number": [["1", "0", "many"]],
    "an infinite count": [["1", "0", "inf"]],
    "a count that is no number": [["1", "0", "nan"]],
    "an empty count of a real pattern": [["1", "0", ""]],
    "a membership that is neither 0 nor 1": [["yes", "0", "3"]],
    "a missing cell": [["1", "3"]],
    "people on no list": [["0", "0", "7"]],
}


@st.composite
def small_tables(draw: st.DrawFn) -> OverlapTable:
    lists = draw(st.integers(1, 5))
    counts = draw(st.lists(st.integers(0, 50), min_size=2**lists - 1, max_size=2**lists - 1))
    return OverlapTable(tuple("ABCDE"[:lists]), (0, *counts))


@pytest.mark.parametrize("rows", BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_a_bad_row_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(UsageError, match=r"row 2|no list"):
        from_rows(HEADER, rows)


def test_the_last_column_must_be_the_count() -> None:
    with pytest.raises(UsageError, match="'count'"):
        from_rows(["A", "B"], [])


@pytest.mark.parametrize("lists", [(), ("A", "A"), ("A", ""), tuple(map(str, range(17)))])
def test_lists_need_different_names_and_a_sane_number(lists: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match=r"list"):
        from_patterns(lists, {})


@pytest.mark.parametrize("other", ["a", " A", "A ", "Ａ", "A\u00a0"])
def test_names_apart_by_blanks_or_capitals_alone_are_no_two_lists(other: str) -> None:
    with pytest.raises(UsageError, match="differ in blanks or capitals alone") as caught:
        from_records([("p", "A"), ("p", other), ("q", "B")])
    assert "spell it one way" in caught.value.next_step
    with pytest.raises(UsageError, match="differ"):
        from_patterns(("A", other), {})
    with pytest.raises(UsageError, match="differ"):
        from_patterns(("A", "B"), {("A",): 3}).merged(("B",), other)


def test_equal_patterns_merge_and_the_unseen_row_may_stay_blank() -> None:
    rows = [["1", "0", "3"], ["1", "0", "4.0"], ["0", "0", ""], ["1", "1", "1e2"]]
    assert from_rows(HEADER, rows).counts == (0, 7, 0, 100)


def test_a_person_twice_on_a_list_counts_once() -> None:
    table = from_records([("p", "A"), ("p", "A"), ("q", "A"), ("q", "B")])
    assert table.patterns() == ((("A",), 1), (("A", "B"), 1))


def test_strata_have_the_same_lists_and_a_person_only_one_stratum() -> None:
    rows = [("p", "A", "north"), ("q", "B", "south")]
    tables = from_stratified_records(rows)
    assert {name: table.lists for name, table in tables.items()} == {
        "north": ("A", "B"),
        "south": ("A", "B"),
    }
    with pytest.raises(UsageError, match="strata"):
        from_stratified_records([*rows, ("p", "B", "south")])


def test_frequencies_sizes_and_overlaps_count_the_hepatitis_table() -> None:
    assert HEPATITIS.observed == 271
    assert HEPATITIS.frequencies() == (187, 56, 28)
    assert [HEPATITIS.size(i) for i in range(3)] == [135, 122, 126]
    assert HEPATITIS.overlap((0, 1)) == 49


def test_leaving_a_list_out_forgets_whoever_is_only_there() -> None:
    assert HEPATITIS.without("P").observed == 271 - 69


def test_merging_two_lists_keeps_everybody() -> None:
    merged = HEPATITIS.merged(("P", "Q"), into="PQ")
    assert merged.lists == ("E", "PQ")
    assert merged.patterns() == ((("E",), 63), (("PQ",), 145), (("E", "PQ"), 63))


@given(small_tables())
def test_reordering_there_and_back_changes_nothing(table: OverlapTable) -> None:
    back = table.reordered(tuple(reversed(table.lists))).reordered(table.lists)
    assert back == table


@given(small_tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_is_forgotten(table: OverlapTable, rng: object) -> None:
    rows = list(table.patterns())
    rng.shuffle(rows)  # type: ignore[attr-defined]
    assert from_patterns(table.lists, rows) == table
