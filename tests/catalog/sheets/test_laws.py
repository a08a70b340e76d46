"""What holds of every table that is laid out, whatever its cells."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from muniment.catalog.sheets import (
    Where,
    column_statistics,
    parse_sort,
    parse_where,
    rank_of_row,
    window,
)
from muniment.core import Cell
from tests.catalog.sheets.tables import (
    cells,
    displayed,
    laid_out,
    opened,
    plain_answer,
    questions,
    rows_of,
)

_tables = st.lists(cells(), min_size=1, max_size=40)


@given(_tables, st.data())
def test_a_window_of_any_question_is_the_plain_answer(
    parts: list[Cell], data: st.DataObject
) -> None:
    sheet, rows = opened(parts), rows_of(parts)
    question = data.draw(questions(sheet.columns))
    start, count = data.draw(st.integers(0, 12)), data.draw(st.integers(1, 12))
    seen = window(sheet, question, start=start, count=count)
    expected = plain_answer(rows, question)
    assert seen.total == len(expected)
    assert [row.number for row in seen.rows] == expected[start : start + count]
    for row in seen.rows:
        held = [rows[row.number].get(column) for column in seen.columns]
        assert [None if cell is None else cell.value.displayed for cell in row.cells] == [
            None if cell is None else displayed(cell) for cell in held
        ]
        marks = [None if cell is None else (cell.hidden, cell.comment) for cell in row.cells]
        assert marks == [None if cell is None else (cell.hidden, cell.comment) for cell in held]


@given(_tables)
def test_every_cell_comes_back_as_it_was_read(parts: list[Cell]) -> None:
    sheet = opened(parts)
    found: list[Cell] = []
    for row in sheet.rows.tolist():
        for column in sheet.columns:
            found += sheet.cells_at(row, column)
    assert Counter(map(repr, found)) == Counter(map(repr, parts))


@given(_tables, st.data())
def test_a_column_is_counted_as_one_counts_by_hand(parts: list[Cell], data: st.DataObject) -> None:
    sheet, rows = opened(parts), rows_of(parts)
    column, question = (
        data.draw(st.sampled_from(sheet.columns)),
        data.draw(questions(sheet.columns)),
    )
    counted = column_statistics(sheet, column, question)
    asked = [rows[row].get(column) for row in plain_answer(rows, question)]
    shown = Counter(displayed(cell) for cell in asked if displayed(cell) != "")
    assert (counted.rows, counted.filled) == (len(asked), shown.total())
    assert counted.distinct == len(shown)
    assert {each.displayed: each.count for each in counted.frequent} == dict(shown.most_common(20))
    kinds = Counter(cell.kind.value for cell in asked if cell is not None)
    assert dict(counted.kinds) == kinds
    assert counted.hidden == sum(cell is not None and cell.hidden for cell in asked)
    assert counted.comments == sum(cell is not None and cell.comment is not None for cell in asked)
    assert counted.numbers + counted.dates + counted.texts == counted.filled


@given(_tables, st.data())
def test_a_row_is_found_where_it_stands_in_the_answer(
    parts: list[Cell], data: st.DataObject
) -> None:
    sheet, rows = opened(parts), rows_of(parts)
    question = data.draw(questions(sheet.columns))
    expected = plain_answer(rows, question)
    for row in expected:
        assert rank_of_row(sheet, question, row) == expected.index(row)


@given(_tables)
def test_the_same_cells_make_the_same_bytes(parts: list[Cell]) -> None:
    assert laid_out(parts) == laid_out(list(parts))


@given(_tables, st.data())
def test_a_question_is_understood_as_it_is_printed(parts: list[Cell], data: st.DataObject) -> None:
    question = data.draw(questions(opened(parts).columns))
    assert parse_sort(",".join(map(str, question.sort))) == question.sort
    again: list[Where] = [parse_where(str(each)) for each in question.where]
    assert tuple(again) == question.where
