"""Running numbers and totals of a table, and what they say about rows that are not there."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Cell, CellArea, CellKind, Problem
from muniment.readers.row_numbers import doubts


def cells(*rows: Sequence[str], sheet: str = "s") -> list[Cell]:
    return [
        Cell(CellArea(row, column, sheet), CellKind.TEXT, written)
        for row, texts in enumerate(rows, start=1)
        for column, written in enumerate(texts, start=1)
        if written != ""
    ]


def numbered(*numbers: int) -> list[Cell]:
    return cells(("No", "Name"), *((str(number), "x") for number in numbers))


def test_a_number_that_is_skipped_is_missing_where_the_next_one_stands() -> None:
    assert list(doubts(numbered(1, 2, 3, 5, 6))) == [
        Problem(
            CellArea(5, 1, "s"),
            "row-number-missing",
            "after row number 3 comes 5: 4 is missing",
        )
    ]


def test_several_missing_numbers_are_named_by_their_ends() -> None:
    (problem,) = doubts(numbered(1, 2, 3, 4, 9, 10))
    assert problem.message == "after row number 4 comes 9: 5 to 8 are missing"


SILENT = {
    "nothing is missing": numbered(1, 2, 3, 4, 5),
    "years": cells(*((str(year),) for year in (1955, 1956, 1957, 1958, 1960))),
    "too few": numbered(1, 2, 4),
    "a measure, not a number": cells(*((str(n),) for n in (3, 8, 11, 20, 21, 40, 55, 70, 71))),
    "numbers that begin again": numbered(1, 2, 3, 4, 1, 2, 3, 4),
    "no numbers": cells(("a", "b"), ("c", "d")),
    "nothing": [],
    "a total that is right": cells(("N",), ("a", "1"), ("b", "2"), ("c", "3"), ("Total", "6")),
    "rounded shares": cells(("a", "3.3"), ("b", "3.3"), ("c", "3.3"), ("Total", "10.0")),
    "a mean": cells(("a", "51"), ("b", "50"), ("c", "52"), ("Total", "51")),
    "thousands set apart": cells(("a", "1.500"), ("b", "700"), ("c", "300"), ("Total", "2.500")),
    "parts and their sums": cells(("a", "1"), ("b", "2"), ("ab", "3"), ("Total", "3")),
    "a column of words": cells(("a", "x"), ("b", "y"), ("c", "z"), ("Total", "6")),
}


@pytest.mark.parametrize("case", SILENT)
def test_what_is_no_doubt_is_not_told(case: str) -> None:
    assert list(doubts(SILENT[case])) == []


@pytest.mark.parametrize("word", ["Total", "ИТОГО", "Всего:", "合计", "总计", "المجموع", "Summe"])
def test_a_total_that_is_not_the_sum_states_both(word: str) -> None:
    table = cells(
        ("Place", "N"), ("a", "1,000"), ("b", "20"), ("c", "–"), ("d", "3"), (word, "1,030")
    )
    (problem,) = doubts(table)
    assert (problem.at, problem.code) == (CellArea(6, 2, "s"), "total-differs")
    assert problem.message == ("the printed total is 1,030; the 3 numbers above it add up to 1023")


def test_tables_are_looked_at_one_by_one() -> None:
    both = numbered(1, 2, 3, 4) + cells(*((str(n),) for n in (6, 7, 8, 9)), sheet="t")
    assert list(doubts(both)) == []


@given(first=st.integers(0, 1), length=st.integers(5, 60), data=st.data())
def test_exactly_the_rows_left_out_are_missed(first: int, length: int, data: st.DataObject) -> None:
    """As long as most rows are there, and the first and last of them."""
    inner = range(first + 1, first + length - 1)
    gone = data.draw(st.sets(st.sampled_from(inner), max_size=length // 10))
    kept = [number for number in range(first, first + length) if number not in gone]
    told = " ".join(problem.message for problem in doubts(numbered(*kept)))
    assert (told == "") == (len(gone) == 0)
