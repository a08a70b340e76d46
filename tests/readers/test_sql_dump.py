"""SQL dumps: rows of every dialect at their place, positions that hold, and nothing quadratic."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import (
    Cell,
    CellArea,
    CellKind,
    Chars,
    Child,
    Metadata,
    Part,
    State,
    TextSpan,
    digest_of,
)
from muniment.readers.sql_dump import SQL_DUMP
from muniment.readers.sql_text import is_sql, statements
from tests.readers import samples
from tests.readers.contract import ReaderContract, codes, kinds, read_bytes

MYSQL = r"""-- MySQL dump 10.13
/*!40101 SET NAMES utf8 */;
DROP TABLE IF EXISTS `people`;
CREATE TABLE `people` (
  `id` int(11) NOT NULL,
  `name` varchar(20) DEFAULT 'a, b; c',
  `paid` decimal(10,2),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
INSERT INTO `people` VALUES (1,'O\'Neill; two\nlines',-1.50),(2,'甲',NULL);
INSERT INTO `people` (`name`,`id`) VALUES ('it''s', 3), (CONCAT('a','b'), 4);
UNLOCK TABLES;
"""
POSTGRES = """--
-- PostgreSQL database dump
--
SET client_encoding = 'UTF8';
CREATE TABLE public.people (
    id integer NOT NULL,
    name text
);
COPY public.people (id, name) FROM stdin;
1\ta\\tb; 'c
2\t\\N
\\.

INSERT INTO public.people VALUES (3, 'back\\slash', true);
SELECT pg_catalog.setval('people_id_seq', 3, true);
"""
SQL_SERVER = """USE [case]
GO
CREATE TABLE [dbo].[people]([id] [int] NOT NULL, [name] [nvarchar](50) NULL)
GO
INSERT [dbo].[people] ([id], [name]) VALUES (1, N'甲')
INSERT [dbo].[people] ([id], [name]) VALUES (2, CAST(N'2018-05-23' AS Date))
GO
"""


def cells(parts: list[Part]) -> dict[tuple[str | None, int, int], str]:
    found = (part for part in parts if isinstance(part, Cell))
    return {(c.in_table.sheet, c.in_table.row, c.in_table.column): c.written for c in found}


class TestSqlDump(ReaderContract):
    reader = SQL_DUMP
    samples: ClassVar = {"mysql": MYSQL.encode(), "postgres": POSTGRES.encode()}


def test_a_dump_of_mysql(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(MYSQL.encode(), tmp_path)
    assert reading.media_type == "application/sql"
    assert cells(parts) == {
        ("people", 1, 1): "1", ("people", 1, 2): "O'Neill; two\nlines", ("people", 1, 3): "-1.50",
        ("people", 2, 1): "2", ("people", 2, 2): "甲",
        ("people", 3, 2): "it's", ("people", 3, 1): "3",
        ("people", 4, 2): "CONCAT('a','b')", ("people", 4, 1): "4",
    }  # fmt: skip
    assert Cell(CellArea(1, 3, "people"), CellKind.NUMBER, "-1.50") in parts
    assert Metadata(CellArea(1, 2, "people"), "column", "name") in parts
    first, last = MYSQL.index("INSERT"), MYSQL.index(";\nUNLOCK")
    run = Metadata(CellArea(1, 1, "people", 4, 1), "characters", f"{first}-{last}")
    assert run in parts


def test_a_dump_of_postgresql(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(POSTGRES.encode(), tmp_path)
    table = "public.people"
    assert cells(parts) == {
        (table, 1, 1): "1", (table, 1, 2): "a\tb; 'c", (table, 2, 1): "2",
        (table, 3, 1): "3", (table, 3, 2): "back\\slash", (table, 3, 3): "true",
    }  # fmt: skip


def test_a_script_of_sql_server(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(SQL_SERVER.encode("utf-16"), tmp_path)
    table = "dbo.people"
    assert cells(parts) == {
        (table, 1, 1): "1", (table, 1, 2): "甲",
        (table, 2, 1): "2", (table, 2, 2): "CAST(N'2018-05-23' AS Date)",
    }  # fmt: skip


def test_what_sqlite_writes_comes_back_as_it_was(tmp_path: Path) -> None:
    values = [(1, "a'b", 0.5, None), (2, "x;\ny", -3.0, samples.picture())]
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE t (a, b, c, d)")
        database.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", values)
        dump = "\n".join(database.iterdump())
    reading, parts, _ = read_bytes(dump.encode(), tmp_path)
    assert cells(parts) == {
        ("t", 1, 1): "1", ("t", 1, 2): "a'b", ("t", 1, 3): "0.5",
        ("t", 2, 1): "2", ("t", 2, 2): "x;\ny", ("t", 2, 3): "-3.0",
    }  # fmt: skip
    (child,) = kinds(parts, Child)
    assert (child.at, child.digest) == (CellArea(2, 4, "t"), digest_of(samples.picture()))  # type: ignore[union-attr]
    assert reading.emitted == 1


@pytest.mark.parametrize("dump", [MYSQL, POSTGRES, SQL_SERVER])
def test_every_text_stands_where_it_says(tmp_path: Path, dump: str) -> None:
    _, parts, _ = read_bytes(dump.encode(), tmp_path)
    for span in (part for part in parts if isinstance(part, TextSpan)):
        assert isinstance(span.at, Chars)
        assert dump[span.at.start : span.at.end] == span.text


@given(
    st.lists(st.sampled_from([*"a';\n-/\\`\"(", "--", "/*", "*/", "''"]), max_size=60),
    st.integers(1, 7),
)
def test_however_it_is_cut_the_statements_are_the_same(pieces: list[str], step: int) -> None:
    text = "".join(pieces)
    cut = [text[at : at + step] for at in range(0, len(text), step)]
    for mysql in (True, False):
        found = list(statements(iter(cut), mysql=mysql))
        assert found == list(statements(iter([text]), mysql=mysql))
        assert all(text[s.start :].startswith(s.text) for s in found)
        assert "".join("".join(s.text for s in found).split()) == "".join(text.split())


def test_a_quote_that_never_ends_takes_no_longer_for_it() -> None:
    text = "INSERT INTO t VALUES ('" + "x" * 4_000_000
    start = time.process_time()
    cut = (text[at : at + 4096] for at in range(0, len(text), 4096))
    assert len(list(statements(cut, mysql=True))) == 1
    assert time.process_time() - start < 10


def test_prose_that_speaks_of_tables_is_no_dump() -> None:
    assert not is_sql("How to\n\nCREATE TABLE people (id int)\n")
    assert not is_sql("Set the table for two.\nInsert into it a leaf.\n")
    assert is_sql(MYSQL)


def test_a_dump_cut_in_a_row_keeps_the_rows_before(tmp_path: Path) -> None:
    cut = MYSQL[: MYSQL.index("甲")]
    reading, parts, _ = read_bytes(cut.encode(), tmp_path)
    assert cells(parts)["people", 1, 1] == "1"
    assert (reading.state, codes(parts)) == (State.READ, [])
