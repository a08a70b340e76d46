"""Parquet: rows in their order, values as stored, blobs as files."""

import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import ClassVar

import duckdb

from muniment.core import Cell, CellArea, CellKind, Child, Metadata, Part, State, digest_of
from muniment.readers.parquet_table import PARQUET_TABLE
from tests.readers import samples
from tests.readers.contract import ReaderContract, codes, kinds, read_bytes

PICTURE = "".join(f"\\x{byte:02X}" for byte in samples.picture())
ROWS = f"""
SELECT * FROM (VALUES
 (1, '甲', 0.1::DOUBLE, 1.50::DECIMAL(9,2), DATE '2018-05-23', TIMESTAMPTZ '2018-05-23 10:30:00+08',
  true, [1, 2], {{'a': 'б'}}, 'ab'::BLOB),
 (2, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{PICTURE}'::BLOB)
) t(id, name, share, paid, day, moment, adult, list, record, photo)
"""  # noqa: S608 - a made picture


@cache
def made(query: str = ROWS) -> bytes:
    with tempfile.TemporaryDirectory() as folder, closing(duckdb.connect()) as database:
        path = Path(folder) / "made.parquet"
        database.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
        return path.read_bytes()


def cells(parts: list[Part]) -> dict[tuple[int, int], str]:
    found = (part for part in parts if isinstance(part, Cell))
    return {(cell.in_table.row, cell.in_table.column): cell.written for cell in found}


class TestParquetTable(ReaderContract):
    reader = PARQUET_TABLE
    samples: ClassVar = {"values of many types": made()}


def test_each_value_stands_at_its_row_and_column(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(made(), tmp_path)
    assert cells(parts) == {
        (1, 1): "1", (1, 2): "甲", (1, 3): "0.1", (1, 4): "1.50", (1, 5): "2018-05-23",
        (1, 6): "2018-05-23 02:30:00+00", (1, 7): "true", (1, 8): "[1, 2]", (1, 9): '{"a": "б"}',
        (1, 10): "ab", (2, 1): "2",
    }  # fmt: skip
    assert Cell(CellArea(1, 4), CellKind.NUMBER, "1.50") in parts
    assert Metadata(CellArea(1, 4), "column type", "DECIMAL(9,2)") in parts
    (child,) = kinds(parts, Child)
    assert (child.at, child.digest) == (CellArea(2, 10), digest_of(samples.picture()))  # type: ignore[union-attr]
    assert (reading.announced, reading.emitted, codes(parts)) == (1, 1, [])


def test_many_rows_keep_their_order(tmp_path: Path) -> None:
    expected = [str(i * 7 % 5003) for i in range(5003)]
    data = made("SELECT i * 7 % 5003 AS n FROM range(5003) t(i)")
    _, parts, _ = read_bytes(data, tmp_path)
    assert list(cells(parts).values()) == expected


def test_a_table_whose_footer_is_encrypted_is_locked(tmp_path: Path) -> None:
    reading, _, _ = read_bytes(b"PARE" + made()[4:-4] + b"PARE", tmp_path)
    assert reading.state is State.LOCKED


def test_a_table_cut_short_is_unreadable(tmp_path: Path) -> None:
    reading, _, _ = read_bytes(made()[:-30], tmp_path)
    assert reading.state is State.UNREADABLE
