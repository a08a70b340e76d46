"""Parquet tables: every row in its order, as cells.

- DuckDB reads a copy in the scratch folder; it loads no extension and reaches no other file.
- Times with a zone come out in UTC, as they are stored; nested values as JSON.

Source: parquet.apache.org, file format.
"""

import json
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from muniment.core import CellArea, Field, Metadata, Part, Relation, Tally, Whole
from muniment.readers.blobs import Blobs
from muniment.readers.reader import Context, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import LockedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.table_rows import CellCount, cell_of, column_parts

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "1GB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "temp_directory": "",
}
_SHARE = {"SLURM_MEM_PER_NODE": "1024", "SLURM_CPUS_ON_NODE": "1"}  # MiB, threads
_BATCH = 512
_ENCRYPTED = b"PARE"
# Types that Python would need further packages or a time zone for: spelled by DuckDB itself.
_SPELLED = ("WITH TIME ZONE", "TIMESTAMP_NS", "INTERVAL", "BIT", "TIME_NS", "TIMETZ")


def read_parquet(source: Source, context: Context) -> Iterator[Part]:
    """The columns and cells of a table.

    Raises:
        LockedError: its footer is encrypted.
        UnreadableError: it is damaged.
        RefusedError: it has more cells than the limits allow.
    """
    # Heavy, and needed for this format only.
    import duckdb  # noqa: PLC0415

    if source.read_at(max(0, source.size - 4), 4) == _ENCRYPTED:
        raise LockedError("its list of columns is encrypted")
    blobs = Blobs(context.children, Relation.EMBEDDED)
    with context.children.lent(source.blocks()) as path:
        try:
            with _told_its_share(), closing(duckdb.connect(config=_SETTINGS)) as database:
                database.execute("SET TimeZone = 'UTC'")
                yield from _made_by(database, path)
                yield from _cells(database, path, blobs, CellCount(context.limits.cells))
        except (duckdb.Error, UnicodeDecodeError, OverflowError, ValueError) as why:
            raise UnreadableError(f"its rows break off ({said_of(why)})") from why
    yield Tally(Whole(), "embedded", blobs.count)


@contextmanager
def _told_its_share() -> Iterator[None]:
    """Tell DuckDB how much of the machine is its own, in the variables of a batch system.

    Without them it asks the control groups, which the walls hide, and ends the process.
    """
    before = {name: os.environ.get(name) for name in _SHARE}
    os.environ.update(_SHARE)
    try:
        yield
    finally:
        for name, written in before.items():
            if written is None:
                del os.environ[name]
            else:
                os.environ[name] = written


def _made_by(database: Any, path: str) -> Iterator[Part]:
    rows = database.execute("SELECT created_by FROM parquet_file_metadata(?)", [path]).fetchall()
    for (written,) in rows:
        if written:
            yield Metadata(Field("created by"), "created by", str(written))


def _cells(database: Any, path: str, blobs: Blobs, count: CellCount) -> Iterator[Part]:
    described = database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [path]).fetchall()
    names = [str(row[0]) for row in described]
    types = [str(row[1]) for row in described]
    yield from column_parts(None, names, types)
    chosen = ", ".join(map(_column, names, types))
    database.execute(f"SELECT {chosen} FROM read_parquet(?)", [path])  # noqa: S608 - names quoted
    row = 0
    while len(batch := database.fetchmany(_BATCH)) > 0:
        for values in batch:
            row += 1
            count.add(len(values))
            for column, value in enumerate(values, start=1):
                at = CellArea(row, column)
                if isinstance(value, bytes):
                    yield from blobs.parts(at, value)
                elif (cell := cell_of(at, _plain(value))) is not None:
                    yield cell


def _column(name: str, kind: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    return f"CAST({quoted} AS VARCHAR)" if kind.endswith(_SPELLED) else quoted


def _plain(value: object) -> object:
    if isinstance(value, (list, dict, tuple)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


PARQUET_TABLE = Reader(
    name="parquet",
    version=1,
    media_types=("application/vnd.apache.parquet",),
    read=read_parquet,
)
