"""What leaves: headings, CSV that no spreadsheet program runs, Parquet as it stands."""

import csv
import io
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.catalog.sheets import (
    CHOSEN,
    GUESSED,
    NONE,
    Cite,
    Leaving,
    Question,
    Sheet,
    as_csv,
    guarded,
    headings,
    letters,
    parse_where,
    write_parquet,
)
from muniment.catalog.sheets.letters import column_of
from muniment.core import Cell, CellArea, UsageError, parse_citation
from tests.catalog.sheets.tables import cells, displayed, number, opened, rows_of, text

TABLE = (
    text(1, 1, "Name"), text(1, 2, "Amount"),
    text(2, 1, "=1+1"), number(2, 2, "-5"),
    text(3, 1, '@x, "y"\r\nz'), number(3, 2, "7.5", shown="8"),
    text(4, 1, "Ali"),
)  # fmt: skip


def leaving(sheet: Sheet, **choice: object) -> Leaving:
    return Leaving(Question(), tuple(sheet.columns), headings(sheet), **choice)  # type: ignore[arg-type]


def rows(sheet: Sheet, wanted: Leaving) -> list[list[str]]:
    written = b"".join(as_csv(sheet, wanted)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(written, newline="")))


def test_a_row_of_texts_above_numbers_is_proposed_for_headings() -> None:
    heads = headings(opened(TABLE))
    assert (heads.row, heads.how, heads.names) == (1, GUESSED, {1: "Name", 2: "Amount"})


def test_a_person_may_name_another_row_or_none() -> None:
    sheet = opened(TABLE)
    assert headings(sheet, 3).names == {1: '@x, "y" z', 2: "8"}
    assert headings(sheet, 3).how == CHOSEN
    assert headings(sheet, 0).how == NONE
    assert headings(sheet, 99).how == NONE


def test_nothing_is_proposed_where_nothing_stands_out() -> None:
    texts = [text(row, column, f"{row} {column}") for row in range(1, 9) for column in (1, 2)]
    assert headings(opened(texts)).how == NONE


def test_csv_carries_numbers_of_rows_and_citations_and_runs_nothing() -> None:
    sheet = opened(TABLE)
    found = rows(sheet, leaving(sheet))
    assert found[0] == ["row", "Name", "Amount", "citation"]
    assert found[1][:3] == ["2", "'=1+1", "-5"]
    assert found[2][:3] == ["3", '\'@x, "y"\r\nz', "8"]
    assert found[3][:3] == ["4", "Ali", ""]
    assert parse_citation(found[1][3]).place == CellArea(2, 1, "S", 2, 2)
    assert parse_citation(found[3][3]).place == CellArea(4, 1, "S")


def test_csv_is_as_it_stands_where_somebody_asks_for_that() -> None:
    sheet = opened(TABLE)
    wanted = leaving(sheet, guarded=False, bom=False, written=True, cite=Cite.NONE)
    found = b"".join(as_csv(sheet, wanted))
    assert found.startswith(b"row,Name,Amount\r\n2,=1+1,-5\r\n")
    assert b"7.5" in found


def test_a_citation_stands_beside_each_cell_where_somebody_asks_for_that() -> None:
    sheet = opened(TABLE)
    found = rows(sheet, leaving(sheet, cite=Cite.CELL))
    assert found[0] == ["row", "Name", "Name (citation)", "Amount", "Amount (citation)"]
    assert parse_citation(found[1][4]).place == CellArea(2, 2, "S")
    assert found[3][3:] == ["", ""]


def test_what_is_hidden_says_so_outside_too() -> None:
    parts = [text(1, 1, "a"), text(1, 2, "b", hidden=True), text(2, 1, "c", hidden=True)]
    sheet = opened([*parts, text(3, 1, "d"), text(3, 2, "e")])
    found = rows(sheet, leaving(sheet))
    assert [row[1] for row in found] == ["hidden", "B", "row", ""]


def test_parquet_holds_everything_as_it_stands(tmp_path: Path) -> None:
    sheet = opened(TABLE)
    path = write_parquet(sheet, leaving(sheet, written=True), tmp_path)
    found = duckdb.read_parquet(str(path)).fetchall()
    assert [row[:3] for row in found] == [
        (2, "=1+1", "-5"),
        (3, '@x, "y"\r\nz', "7.5"),
        (4, "Ali", None),
    ]


def test_nothing_is_written_where_nothing_answers(tmp_path: Path) -> None:
    sheet = opened(TABLE)
    wanted = Leaving(Question((), (parse_where("A is nobody"),)), (1, 2), headings(sheet))
    with pytest.raises(UsageError, match="nothing to write"):
        write_parquet(sheet, wanted, tmp_path)


def test_columns_of_one_name_stay_apart_in_parquet(tmp_path: Path) -> None:
    parts = [text(1, column, name) for column, name in enumerate(("row", "A", "a", "\x00"), 1)]
    sheet = opened([*parts, *(number(2, column, "1") for column in range(1, 5))])
    wanted = Leaving(Question(), tuple(sheet.columns), headings(sheet, 1))
    path = write_parquet(sheet, wanted, tmp_path)
    assert len(set(duckdb.read_parquet(str(path)).columns)) == 6


@pytest.mark.parametrize(
    "written", ["=1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "－1+1", "=cmd|' /C x'!A0"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(written: str) -> None:
    assert guarded(written) == "'" + written


@pytest.mark.parametrize("written", ["-5", "+3.25", "-1,234.5", "-1e5", "Ali", "", "5=5", "١"])
def test_numbers_and_harmless_texts_leave_as_they_stand(written: str) -> None:
    assert guarded(written) == written


@given(st.lists(cells(), min_size=1, max_size=30))
def test_every_row_leaves_once_with_what_it_shows(parts: list[Cell]) -> None:
    sheet = opened(parts)
    wanted = Leaving(Question(), tuple(sheet.columns), headings(sheet, 0), guarded=False)
    found = rows(sheet, wanted)
    first = 2 if "hidden" in found[0] else 1
    expected = [
        [str(row), *(displayed(held.get(column)) for column in sheet.columns)]
        for row, held in rows_of(parts).items()
    ]
    assert [[row[0], *row[first:-1]] for row in found[1:]] == expected


@given(st.integers(1, 10**6))
def test_letters_name_one_column(column: int) -> None:
    assert column_of(letters(column)) == column
    assert column_of(str(column)) == column


@pytest.mark.parametrize("written", ["", "A1", "1A", "-", "Ж", "A" * 11, "0"])
def test_what_names_no_column_is_refused(written: str) -> None:
    with pytest.raises(UsageError):
        column_of(written)
