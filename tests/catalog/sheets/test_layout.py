"""The file of laid-out tables: its bytes, what it holds, and how damage shows."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.catalog.sheets import (
    Question,
    Test,
    Where,
    column_statistics,
    laying,
    parse_sort,
    window,
)
from muniment.catalog.sheets.laying import counted, gather, lay_out, spool_of
from muniment.catalog.sheets.sheet import open_laid_out
from muniment.catalog.sheets.spool import Spool
from muniment.core import Cell, CellArea, CellKind, Error, Metadata, UsageError, digest_of
from tests.catalog.sheets.tables import DIGEST, cells, laid_out, number, opened, text

PARTS = (
    Metadata(CellArea(1, 1, "S"), "sheet", "S (hidden)"),
    text(1, 1, "Name"),
    text(1, 2, "年龄"),
    text(2, 1, "Ali", comment="twice", hidden=True),
    number(2, 2, "30", formula="15*2", number_format="0.0", shown="30.0"),
    text(2, 1, "Ali again"),
    number(5, 2, "7"),
    Metadata(CellArea(1, 1, "S", 1, 2), "merged", "A1:B1"),
)
# SHA-256 of what these parts make. A change lays out every table of every case anew: it needs a
# new `VERSION`, and a line in the changelog.
PINNED = "5f165e790989ffa5b30f715e8ea0850f22d4c1ed17bb0b7fd1bbbadcbe5810ff"


def test_the_file_of_a_small_table_is_pinned() -> None:
    assert digest_of(laid_out(PARTS)).hex == PINNED


def test_what_a_table_holds_is_counted() -> None:
    with spool_of(PARTS) as spool:
        (table,) = counted(spool)
    assert (table.sheet, table.state, table.rows, table.columns) == ("S", "hidden", 3, 2)
    assert (table.last_row, table.last_column, table.cells) == (5, 2, 6)
    assert (table.hidden, table.comments, table.formulas) == (1, 1, 1)


def test_a_cell_that_stands_twice_is_shown_once_and_kept_twice() -> None:
    sheet = opened(PARTS)
    assert [cell.written for cell in sheet.cells_at(2, 1)] == ["Ali", "Ali again"]
    seen = window(sheet).rows[1].cells[0]
    assert seen is not None
    assert (seen.value.written, seen.again, seen.comment) == ("Ali", True, "twice")


def test_rows_without_a_cell_have_none_and_keep_their_numbers() -> None:
    sheet = opened(PARTS)
    assert [row.number for row in window(sheet).rows] == [1, 2, 5]
    assert sheet.cells_at(3, 1) == ()
    assert sheet.cells_at(2, 7) == ()


def test_what_is_said_of_ranges_is_found_by_their_rows() -> None:
    sheet = opened(PARTS)
    assert [(each.name, each.area.last_column) for each in sheet.ranges(1, 1)] == [("merged", 2)]
    assert sheet.ranges(2, 9) == ()


def test_rows_and_columns_that_are_hidden_whole_are_known() -> None:
    parts = [
        text(1, 1, "a"), text(1, 2, "b", hidden=True),
        text(2, 1, "c", hidden=True), text(2, 2, "d", hidden=True),
    ]  # fmt: skip
    sheet = opened(parts)
    assert [row.hidden for row in window(sheet).rows] == [False, True]
    assert sheet.hidden_columns == {2}


@given(st.lists(cells(), min_size=1, max_size=40), st.integers(1, 7))
def test_cells_put_aside_make_the_same_file(parts: list[Cell], at_once: int) -> None:
    target = io.BytesIO()
    with Spool(at_once=at_once) as spool:
        gather(parts, spool)
        lay_out(spool, "as read", target)
    assert target.getvalue() == laid_out(parts)


def test_columns_beyond_the_bound_are_left_out_and_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(laying, "MOST_COLUMNS", 2)
    parts = [text(1, column, str(column)) for column in (1, 4, 9)]
    with spool_of(parts) as spool:
        assert counted(spool)[0].columns_left_out == 1
    sheet = opened(parts)
    assert sheet.columns == (1, 4)
    assert sheet.layout.columns_left_out == 1


WRONG = {
    "cut short": lambda data: data[:-1],
    "without its end": lambda data: data[:100],
    "empty": lambda _: b"",
    "of another kind": lambda data: b"x" * len(data),
}


@pytest.mark.parametrize("harm", WRONG.values(), ids=WRONG.keys())
def test_a_damaged_file_is_told(harm: object) -> None:
    assert callable(harm)
    with pytest.raises(Error, match="damaged"):
        open_laid_out(DIGEST, harm(laid_out(PARTS)), "as read", "S")


def test_tables_of_another_reading_are_refused() -> None:
    with pytest.raises(Error, match="another reading"):
        open_laid_out(DIGEST, laid_out(PARTS), "read anew", "S")


def test_a_sheet_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(UsageError) as why:
        open_laid_out(DIGEST, laid_out(PARTS), "as read", "T")
    assert "'S'" in why.value.next_step


def test_a_file_on_disk_is_read_like_one_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "x.sheets"
    path.write_bytes(laid_out(PARTS))
    sheet = open_laid_out(DIGEST, path, "as read", "S")
    assert window(sheet) == window(opened(PARTS))


def test_a_stretch_deep_in_a_sorted_table_is_that_of_the_whole_order() -> None:
    parts = [number(row, 1, str(row * 7919 % 1000)) for row in range(1, 3001)]
    sheet = opened(parts)
    whole = sorted(range(1, 3001), key=lambda row: (row * 7919 % 1000, row))
    for start in (0, 1, 1499, 2990):
        seen = window(sheet, Question(parse_sort("A")), start=start, count=10)
        assert [row.number for row in seen.rows] == whole[start : start + 10]


def test_numbers_of_eighteen_digits_are_told_apart() -> None:
    parts = [
        Cell(CellArea(row, 1, "S"), CellKind.NUMBER, written)
        for row, written in enumerate(("650100199001010012", "650100199001010011"), start=1)
    ]
    sheet = opened(parts)
    seen = window(sheet, Question(parse_sort("A")))
    assert [row.number for row in seen.rows] == [2, 1]
    found = window(sheet, Question((), (Where(1, Test.IS, "650100199001010012"),)))
    assert [row.number for row in found.rows] == [1]
    assert column_statistics(sheet, 1).distinct == 2
