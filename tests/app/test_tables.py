"""Tables of the simulated leak, asked as a person asks them: every cell leads to its place."""

import csv
import io
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb
import pytest

from muniment.catalog import (
    Ledger,
    fingerprint,
    open_engine,
    open_ledger,
    parts_of,
    projection_failures,
    standing_at,
)
from muniment.catalog.sheets import (
    After,
    TableView,
    Wanted,
    open_sheet,
    tables_counted,
    tables_in_case,
    tables_of,
    window,
)
from muniment.core import Cell, Citation, Digest, parse_digest
from muniment.vault import Case, open_case
from tests.app.cli import muniment, muniment_lines

_ALL = 500


@pytest.fixture(scope="module")
def opened(case: Path) -> Iterator[tuple[Case, Ledger]]:
    """The case and its ledger, for reading."""
    ledger = open_ledger(open_case(case))
    yield open_case(case), ledger
    ledger.close()


@pytest.fixture(scope="module")
def tables(opened: tuple[Case, Ledger]) -> tuple[TableView, ...]:
    """Every table of the case."""
    return tables_in_case(opened[1], Wanted(), limit=_ALL)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A case of its own, with a table that is laid out on disk and one that is not."""
    delivery, folder = tmp_path / "delivery", tmp_path / "case"
    delivery.mkdir()
    lines = "\n".join(f"{row},person {row},{row * 7 % 100}" for row in range(3000))
    (delivery / "large.csv").write_text("number,name,amount\n" + lines + "\n", "utf-8")
    (delivery / "few.csv").write_text("number,name\n1,a\n2,b\n", "utf-8")
    muniment("init", folder)
    muniment("intake", folder, delivery, "--from", "a test")
    muniment("process", folder)
    return folder


@contextmanager
def _ledger(case: Path) -> Iterator[Ledger]:
    ledger = open_ledger(open_case(case))
    yield ledger
    ledger.close()


def test_every_table_is_listed_with_what_it_holds(
    case: Path, opened: tuple[Case, Ledger], tables: tuple[TableView, ...]
) -> None:
    counted = (
        "SELECT sha256, sheet, count(*) AS cells, count(DISTINCT row) AS rows, "
        'count(DISTINCT "column") AS columns, count(*) FILTER (hidden) AS hidden '
        "FROM cells GROUP BY ALL"
    )
    expected = {
        (row["sha256"], row["sheet"]): (row["cells"], row["rows"], row["columns"], row["hidden"])
        for row in muniment_lines("sql", case, counted)
    }
    found = {
        (each.sha256, each.sheet): (each.cells, each.rows, each.columns, each.hidden)
        for each in tables
    }
    assert found == expected
    assert len(expected) > 10
    assert tables_counted(opened[1], Wanted()) == (
        len(expected),
        sum(count for count, *_ in expected.values()),
    )


def test_every_shown_cell_is_a_cell_that_stands_at_its_citation(
    opened: tuple[Case, Ledger], tables: tuple[TableView, ...]
) -> None:
    case, ledger = opened
    for table in tables:
        digest = parse_digest(table.sha256)
        sheet = open_sheet(case, ledger, digest, table.sheet)
        seen = window(sheet, count=1000)
        assert seen.total == table.rows
        standing = {
            (str(each.at), each.shown, each.written)
            for each in standing_at(parts_of(case, digest), Citation(digest).place)
            if each.kind == "cell"
        }
        for position, row in enumerate(seen.rows):
            for column, cell in zip(seen.columns, row.cells, strict=True):
                if cell is not None:
                    place = sheet.citation(position, sheet.column(column)).place
                    value = cell.value
                    assert (str(place), value.displayed, value.written) in standing


def test_every_cell_that_was_read_is_in_its_table(
    opened: tuple[Case, Ledger], tables: tuple[TableView, ...]
) -> None:
    case, ledger = opened
    for sha256 in {table.sha256 for table in tables}:
        digest = parse_digest(sha256)
        sheets = {
            table.sheet: open_sheet(case, ledger, digest, table.sheet)
            for table in tables_of(ledger, digest)
        }
        for part in parts_of(case, digest):
            if isinstance(part, Cell):
                at = part.in_table
                assert part in sheets[at.sheet].cells_at(at.row, at.column)


def test_lists_go_on_behind_the_last_table(opened: tuple[Case, Ledger]) -> None:
    _, ledger = opened
    whole = tables_in_case(ledger, Wanted(), limit=_ALL)
    found: list[TableView] = []
    after = None
    while len(some := tables_in_case(ledger, Wanted(), after=after, limit=3)) > 0:
        found += some
        after = After(some[-1].cells, some[-1].sha256, some[-1].number)
    assert tuple(found) == whole


def _said(folder: Path, ledger: Ledger) -> Digest:
    case = open_case(folder)
    with closing(open_engine(case)) as engine:
        return fingerprint(case, ledger, engine)


def test_a_case_made_again_has_the_same_tables(small: Path) -> None:
    before = _laid_out(small)
    assert len(before) == 1
    with _ledger(small) as ledger:
        said = _said(small, ledger)
    shutil.rmtree(small / "work" / "sheets")
    muniment("process", small)
    assert _laid_out(small) == before
    muniment("rebuild", small)
    assert _laid_out(small) == before
    with _ledger(small) as ledger:
        assert _said(small, ledger) == said


def test_changed_tables_are_found_by_verification(small: Path) -> None:
    assert not list(projection_failures(open_case(small), threads=1))
    (path,) = (small / "work" / "sheets").rglob("*.sheets")
    data = bytearray(path.read_bytes())
    data[200] ^= 1
    path.write_bytes(data)
    (found,) = projection_failures(open_case(small), threads=1)
    assert found.what == "laid-out tables"


def test_a_table_is_taken_out_on_the_command_line(
    case: Path, tables: tuple[TableView, ...], tmp_path: Path
) -> None:
    table = next(each for each in tables if each.sheet is not None and each.rows > 20)
    asked = ("table", case, table.sha256, "--sheet", table.sheet)
    muniment(*asked, "--out", tmp_path / "x.csv", "--head", 0)
    muniment(*asked, "--out", tmp_path / "x.parquet", "--head", 0, "--cite", "cell")
    written = (tmp_path / "x.csv").read_bytes().decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(written, newline="")))) == table.rows + 1
    found = duckdb.read_parquet(str(tmp_path / "x.parquet")).fetchall()
    assert len(found) == table.rows
    shown = muniment_lines(*asked, "--limit", 5, "--sort=-A")
    assert len(shown) == 5
    assert {frozenset(row) for row in shown} == {frozenset({"row", "hidden", "cells"})}
    refused = muniment(*asked, "--out", tmp_path / "x.csv", check=False)
    assert refused.returncode == 2
    assert b"there already" in refused.stderr


@pytest.mark.parametrize(
    "wrong",
    [("--where", "nonsense"), ("--sort", "ZZZ"), ("--sheet", "nowhere"), ("--out", "x.doc")],
)
def test_a_question_that_cannot_be_meant_says_what_to_do(
    case: Path, tables: tuple[TableView, ...], wrong: tuple[str, str]
) -> None:
    done = muniment("table", case, tables[0].sha256, *wrong, check=False)
    assert done.returncode == 2
    assert b"next:" in done.stderr


def _laid_out(case: Path) -> dict[str, bytes]:
    folder = case / "work" / "sheets"
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.sheets"))}
