"""Flat tables: a line of any length is written, and the order stays."""

from pathlib import Path

import duckdb

from muniment.catalog.flat import pack_rows, write_batch
from muniment.core import TextSpan, digest_of
from muniment.core.place import Chars


def test_a_text_longer_than_a_buffer_is_written(tmp_path: Path) -> None:
    long = "x" * (20 << 20)
    parts = [TextSpan(Chars(0, 1), "a"), TextSpan(Chars(1, 2), long)]
    name = write_batch(tmp_path, [(digest_of(b"text"), parts)])
    asked = f"SELECT length(text) FROM '{tmp_path}/texts/{name}.parquet'"  # noqa: S608
    assert duckdb.execute(asked).fetchall() == [(1,), (len(long),)]


def test_rows_are_written_in_their_order_and_none_of_them_makes_no_file(tmp_path: Path) -> None:
    kinds = {"n": "BIGINT"}
    pack_rows(tmp_path, "many", kinds, ({"n": number} for number in range(200_000)))
    pack_rows(tmp_path, "none", kinds, iter(()))
    found = duckdb.execute(f"SELECT n FROM '{tmp_path}/many.parquet'").fetchall()  # noqa: S608
    assert [each[0] for each in found] == list(range(200_000))
    assert not (tmp_path / "none.parquet").exists()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["many.parquet"]
