"""The shape of the ledger's tables, by which a program knows whether a ledger is its own.

- A ledger follows from the journal and the readings: one of another shape is not converted but made
  again, and nothing is read twice for it.
- The number stands in the file's header (SQLite's `user_version`).
"""

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from muniment.catalog.tables import METADATA


def shape() -> int:
    """The number of the tables that this program has; 31 bits."""
    said = []
    for table in METADATA.sorted_tables:
        said.append(str(CreateTable(table).compile(dialect=sqlite.dialect())))
        said += sorted(
            str(CreateIndex(each).compile(dialect=sqlite.dialect())) for each in table.indexes
        )
    return zlib.crc32("".join(sorted(said)).encode()) & 0x7FFF_FFFF


def shape_of(path: Path) -> int | None:
    """The number in a ledger's file; None where it is no database that can be asked."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
            return int(database.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error:
        return None


def mark(engine: Engine) -> None:
    """Write the number into a ledger that has this program's tables."""
    with engine.begin() as connection:
        connection.execute(text(f"PRAGMA user_version = {shape()}"))


def remove(path: Path) -> None:
    """Remove a ledger and what SQLite keeps beside it; the file itself last."""
    for end in ("-wal", "-shm", ""):
        path.with_name(path.name + end).unlink(missing_ok=True)
