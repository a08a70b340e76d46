"""SQLite: every row where it stands, and nothing in the file is run."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import ClassVar

import pytest

from muniment.core import (
    Cell,
    CellArea,
    CellKind,
    Child,
    Field,
    Metadata,
    Part,
    Problem,
    Relation,
    Role,
    State,
    TextSpan,
    digest_of,
)
from muniment.readers.signatures import SQLITE_LOGS
from muniment.readers.source import Source, open_source
from muniment.readers.sqlite_database import SQLITE_DATABASE
from muniment.readers.sqlite_log import log_behind
from tests.readers import samples
from tests.readers.contract import ReaderContract, codes, kinds, read_bytes

PEOPLE = """
CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, born REAL, data BLOB);
INSERT INTO people VALUES (1, '甲', 1969, NULL), (2, '乙', 0.1, x'7b7d'), (7, '', NULL, x'00ff');
CREATE TABLE keyed (code TEXT PRIMARY KEY, n INT) WITHOUT ROWID;
INSERT INTO keyed VALUES ('b', 2), ('a', 1);
CREATE VIEW adults AS SELECT name FROM people WHERE born < 2000;
CREATE TABLE empty (nil);
"""


def made(script: str = PEOPLE, *blobs: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(script)
        for blob in blobs:
            database.execute("INSERT INTO people(data) VALUES (?)", (blob,))
        database.commit()
        return database.serialize()


def inserted(values: Iterable[str]) -> str:
    return "".join("INSERT INTO t VALUES ('?');".replace("?", value) for value in values)


class TestSqliteDatabase(ReaderContract):
    reader = SQLITE_DATABASE
    samples: ClassVar = {"tables of every sort": made(PEOPLE, samples.picture())}


def cells(parts: list[Part], table: str) -> dict[tuple[int, int], str]:
    found = (part for part in parts if isinstance(part, Cell) and part.in_table.sheet == table)
    return {(cell.in_table.row, cell.in_table.column): cell.written for cell in found}


def test_each_value_stands_at_its_row_and_column(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(made(), tmp_path)
    assert cells(parts, "people") == {
        (1, 1): "1", (1, 2): "甲", (1, 3): "1969",
        (2, 1): "2", (2, 2): "乙", (2, 3): "0.1", (2, 4): "{}",
        (3, 1): "7",
    }  # fmt: skip
    assert cells(parts, "keyed") == {(1, 1): "a", (1, 2): "1", (2, 1): "b", (2, 2): "2"}
    assert Cell(CellArea(1, 3, "people"), CellKind.NUMBER, "1969") in parts


def test_columns_rowids_and_other_bytes_are_stated(tmp_path: Path) -> None:
    stated = kinds(read_bytes(made(), tmp_path)[1], Metadata)
    for expected in (
        Metadata(CellArea(1, 2, "people"), "column", "name"),
        Metadata(CellArea(1, 2, "people"), "column type", "TEXT"),
        Metadata(CellArea(1, 1, "people", 2, 1), "rowid", "1-2"),
        Metadata(CellArea(3, 1, "people"), "rowid", "7"),
        Metadata(CellArea(3, 4, "people"), "bytes", "2"),
        Metadata(CellArea(1, 1, "empty"), "column", "nil"),
        Metadata(Field("view"), "view, which is not run", "adults"),
    ):
        assert expected in stated


def test_the_schema_is_kept_as_written(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(made(), tmp_path)
    texts = [part for part in parts if isinstance(part, TextSpan)]
    assert TextSpan(Field("schema", 4), "CREATE TABLE empty (nil)", Role.MARKUP) in texts
    assert any("CREATE VIEW adults" in span.text for span in texts)


def test_a_blob_that_is_a_file_is_a_child_at_its_cell(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(made(PEOPLE, samples.picture(), samples.pdf(b"")), tmp_path)
    assert [(child.at, child.relation, child.digest) for child in kinds(parts, Child)] == [
        (CellArea(4, 4, "people"), Relation.EMBEDDED, digest_of(samples.picture())),
        (CellArea(5, 4, "people"), Relation.EMBEDDED, digest_of(samples.pdf(b""))),
    ]
    assert (reading.announced, reading.emitted) == (2, 2)


HOSTILE = {
    "a computed column that calls a function": (
        "CREATE TABLE t (a, b AS (hex(zeroblob(1000000))) VIRTUAL); INSERT INTO t VALUES (1);"
    ),
    "a virtual table": "CREATE VIRTUAL TABLE t USING fts5(a); INSERT INTO t VALUES ('one');",
    "a trigger": (
        "CREATE TABLE t (a); CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT randomblob(9);"
        " END; INSERT INTO t SELECT 1 WHERE 0;"
    ),
    "a view without end": (
        "CREATE VIEW t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n)"
        " SELECT i FROM n;"
    ),
    "names with quotes": 'CREATE TABLE "a""b" ("c""d" TEXT); INSERT INTO "a""b" VALUES (\'x\');',
    "a column called rowid": "CREATE TABLE t (rowid TEXT, oid TEXT, _rowid_ TEXT);"
    " INSERT INTO t VALUES ('a', 'b', 'c');",
}


@pytest.mark.parametrize("sort", HOSTILE)
def test_nothing_in_the_file_is_run(tmp_path: Path, sort: str) -> None:
    reading, parts, _ = read_bytes(made(HOSTILE[sort]), tmp_path)
    assert (reading.state, codes(parts)) == (State.READ, [])


def test_a_database_in_utf_16_is_read(tmp_path: Path) -> None:
    data = made("PRAGMA encoding='UTF-16be'; CREATE TABLE t (a); INSERT INTO t VALUES ('список');")
    assert cells(read_bytes(data, tmp_path)[1], "t") == {(1, 1): "список"}


def test_a_write_ahead_log_is_missed(tmp_path: Path) -> None:
    data = bytearray(made())
    data[18:20] = b"\2\2"
    _, parts, _ = read_bytes(bytes(data), tmp_path)
    assert codes(parts) == ["log-elsewhere"]
    assert len(cells(parts, "people")) == 8


def test_free_pages_are_stated(tmp_path: Path) -> None:
    rows = inserted("x" * 3000 for _ in range(9))
    data = made("CREATE TABLE t (a);" + rows + "DROP TABLE t; CREATE TABLE u (a);")
    _, parts, _ = read_bytes(data, tmp_path)
    (free,) = (part for part in kinds(parts, Metadata) if part.name == "free pages")  # type: ignore[union-attr]
    assert "may hold deleted rows" in free.written  # type: ignore[union-attr]


def without_pages(data: bytes, *signs: bytes) -> bytes:
    """The database with zeros for the pages on which these bytes stand."""
    damaged = bytearray(data)
    for sign in signs:
        page = data.index(sign) // 4096 * 4096
        damaged[page : page + 4096] = bytes(4096)
    return bytes(damaged)


def test_rows_behind_damaged_pages_are_read_and_the_missing_ones_told(tmp_path: Path) -> None:
    rows = inserted(f"{n:03}{'x' * 900}" for n in range(200))
    more = "CREATE TABLE u (b); INSERT INTO u VALUES (1);"
    data = made("CREATE TABLE t (a);" + rows + more)
    damaged = without_pages(data, b"040x", b"041x", b"120x", b"199x")
    reading, parts, _ = read_bytes(damaged, tmp_path)
    kept = {f"{n:03}" for n in range(200) if damaged.find(f"{n:03}x".encode()) >= 0}
    assert {written[:3] for written in cells(parts, "t").values()} == kept
    assert 180 < len(kept) < 197
    told = [part.message for part in kinds(parts, Problem)]  # type: ignore[union-attr]
    runs = [part.written for part in kinds(parts, Metadata) if part.name == "rowid"]  # type: ignore[union-attr]
    assert len(told) == len(runs) - 1 == 3
    first, second = runs[0].partition("-")[2], runs[1].partition("-")[0]
    missing = f"rows with rowids from {int(first) + 1} to {int(second) - 1} cannot be read"
    assert told[0].startswith(missing)
    assert told[2].startswith(f"rows with rowids from {int(runs[2].partition('-')[2]) + 1} cannot")
    assert cells(parts, "u") == {(1, 1): "1"}
    assert reading.state is State.READ


def test_far_rowids_behind_damage_are_found(tmp_path: Path) -> None:
    rows = inserted(f"{n:03}{'x' * 900}" for n in range(-60, 60))
    spread = "UPDATE t SET rowid = (rowid - 61) * 10000000000000000 - 1 WHERE rowid < 61;"
    spread += (
        "UPDATE t SET rowid = (rowid - 61) * 10000000000000000 WHERE rowid BETWEEN 61 AND 200;"
    )
    data = without_pages(made("CREATE TABLE t (a TEXT);" + rows + spread), b"-60x", b"010x")
    found = {written[:3] for written in cells(read_bytes(data, tmp_path)[1], "t").values()}
    assert {"-50", "-01", "000", "005", "015", "059"} <= found


def test_generated_columns_have_their_values_and_say_so(tmp_path: Path) -> None:
    script = (
        "CREATE TABLE t (a, b AS (a * 2) VIRTUAL, c AS (a + 1) STORED, d AS (upper(a)), e);"
        "INSERT INTO t (a, e) VALUES (7, 'x'), (8, 'y');"
    )
    _, parts, _ = read_bytes(made(script), tmp_path)
    rows = [[cells(parts, "t").get((row, column)) for column in range(1, 6)] for row in (1, 2)]
    assert rows == [["7", "14", "8", None, "x"], ["8", "16", "9", None, "y"]]
    said = {p.at: p.written for p in kinds(parts, Metadata) if p.name == "generated column"}  # type: ignore[union-attr]
    assert said == {
        CellArea(1, 2, "t"): "generated: computed here, not stored",
        CellArea(1, 3, "t"): "generated, and stored",
        CellArea(1, 4, "t"): "generated: neither stored nor computed here",
    }


def test_what_formulas_make_of_a_letter_is_bounded(tmp_path: Path) -> None:
    columns = "".join(f", c{n} AS (c{n - 1} || c{n - 1})" for n in range(1, 20))
    script = "CREATE TABLE t (c0?); INSERT INTO t (c0) VALUES ('a');".replace("?", columns)
    _, parts, _ = read_bytes(made(script), tmp_path)
    assert (cells(parts, "t"), codes(parts)) == ({(1, 1): "a"}, ["cell-damaged"])


def test_a_log_is_looked_for_where_the_database_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = made()
    log = SQLITE_LOGS[1] + (4096).to_bytes(4, "big") + bytes(64)
    asked: list[int] = []
    read_at = Source.read_at

    def noted(source: Source, offset: int, length: int) -> bytes:
        asked.append(offset)
        return read_at(source, offset, length)

    monkeypatch.setattr(Source, "read_at", noted)
    path = tmp_path / "joined"
    unknown = data[:92] + b"\xff" * 4 + data[96:]  # the header does not know its pages
    for head in (data, unknown):
        path.write_bytes(head + log)
        with open_source(str(path)) as source:
            assert log_behind(source) == len(data)
    assert asked[:2] == [0, len(data)]  # the header, and where it says that the pages end


def test_what_stands_behind_the_last_page_is_a_child(tmp_path: Path) -> None:
    behind = samples.zipped(("a", b"one"))
    _, parts, _ = read_bytes(made() + behind, tmp_path)
    (child,) = kinds(parts, Child)
    assert child.digest == digest_of(behind)
    assert codes(parts) == ["trailing-bytes"]
    assert codes(read_bytes(made() + bytes(4_096), tmp_path)[1]) == []
