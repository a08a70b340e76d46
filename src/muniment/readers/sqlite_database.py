"""SQLite databases: every row of every table, and the schema as it is written.

- A cell stands at the row's position in rowid order (or key order where a table has no rowid) and
  its column; runs of rowids are stated, so that gaps show.
- Nothing in the file is run: no view, no trigger, no virtual table, no function.
- A blob that begins like a file is a child, one that is text is a cell, any other is stated.
- What was deleted is not recovered; how many pages are free is stated. A write-ahead log is
  another file; where the two were joined end to end, what it commits is read.
- What stands behind the last page is a child.
- A damaged table gives the rows around the damage (`sqlite_rows`) and Problems for what is missing.

Source: sqlite.org/fileformat2.html.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache, partial
from urllib.parse import quote

import msgspec

from muniment.core import (
    Field,
    Metadata,
    Part,
    Problem,
    Relation,
    Role,
    Tally,
    TextSpan,
    Whole,
)
from muniment.readers.behind_the_end import file_behind
from muniment.readers.blobs import Blobs
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source
from muniment.readers.sqlite_log import header_end, log_behind
from muniment.readers.sqlite_pages import rowid_bounds
from muniment.readers.sqlite_rows import TROUBLE, Rows
from muniment.readers.table_rows import CellCount

_WAL = 2  # read and write version of a database with a write-ahead log, bytes 18 and 19
_LONGEST_VALUE = 1 << 28
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
_ALLOWED_PRAGMAS = ("table_xinfo",)


class _Made(msgspec.Struct, frozen=True):
    """What the schema says was made; `page` is its root, 0 where it has none."""

    kind: str
    name: str
    sql: str
    page: int

    @property
    def virtual(self) -> bool:
        return self.sql.upper().startswith("CREATE VIRTUAL")


def read_sqlite(source: Source, context: Context) -> Iterator[Part]:
    """The schema and the rows of a database.

    Raises:
        UnreadableError: its schema cannot be read.
        RefusedError: it has more cells than the limits allow.
    """
    end = log_behind(source) if source.read_at(18, 1) == bytes([_WAL]) else source.size
    logged = end < source.size
    yield from _header(source, logged=logged)
    log = {"wal": source.blocks(end)} if logged else {}
    lent = context.children.lent(source.blocks(0, end), **log)
    with lent as path, closing(_opened(path, logged=logged)) as database:
        try:
            schema = _schema(database)
        except TROUBLE as why:
            raise UnreadableError("its schema cannot be read: damaged, or encrypted") from why
        tables = [made for made in schema if made.kind == "table" and not made.virtual]
        yield Tally(Whole(), "tables", len(tables))
        for number, made in enumerate(schema, start=1):
            if made.sql != "":
                yield TextSpan(Field("schema", number), made.sql, Role.MARKUP)
        for made in schema:
            if made.kind == "view" or made.virtual:
                sort = "view" if made.kind == "view" else "virtual table"
                yield Metadata(Field(sort), f"{sort}, which is not run", made.name)
        blobs = Blobs(context.children, Relation.EMBEDDED)
        rows = Rows(database, blobs, CellCount(context.limits.cells))
        for made in tables:
            yield from rows.of(made.name, cache(partial(rowid_bounds, source, made.page)))
        yield Tally(Whole(), "embedded", blobs.count)
    yield from file_behind(source, _end(source), "database", context.children)


def _end(source: Source) -> int:
    """Where the last page ends, as the header says; the size of the file where it does not.

    With a write-ahead log the pages may be more than the header knows.
    """
    head = source.read_at(0, 100)
    return source.size if head[18:19] == bytes([_WAL]) else header_end(head) or source.size


def _header(source: Source, *, logged: bool) -> Iterator[Part]:
    head = source.read_at(0, 100)
    free = int.from_bytes(head[36:40], "big")
    if free > 0:
        written = f"{free}; they may hold deleted rows, which are not recovered"
        yield Metadata(Field("free pages"), "free pages", written)
    if logged:
        written = "stands behind the database; what it commits is read"
        yield Metadata(Field("write-ahead log"), "write-ahead log", written)
    elif head[18:19] == bytes([_WAL]):
        message = "written with a write-ahead log (-wal): the last changes may be in that file"
        yield Problem(Whole(), "log-elsewhere", message)


def _opened(path: str, *, logged: bool) -> sqlite3.Connection:
    """The database; one with a log is a copy that SQLite may recover, by itself alone."""
    mode = "rw" if logged else "ro&immutable=1"
    database = sqlite3.connect(f"file:{quote(path)}?mode={mode}", uri=True)
    if logged:
        database.execute("PRAGMA locking_mode=EXCLUSIVE")  # no shared memory beside the file
    database.text_factory = lambda written: written.decode("utf-8", "replace")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for pragma in ("trusted_schema=OFF", "query_only=ON", "cell_size_check=ON", "mmap_size=0"):
        database.execute(f"PRAGMA {pragma}")
    # A table whose definition is damaged must not take the others with it.
    database.execute("PRAGMA writable_schema=ON")
    database.set_authorizer(_authorized)
    return database


def _authorized(action: int, first: str | None, *_: str | None) -> int:
    """Reading columns is all that is allowed; functions, attaching and changes are not."""
    allowed = action in _ALLOWED or (action == sqlite3.SQLITE_PRAGMA and first in _ALLOWED_PRAGMAS)
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _schema(database: sqlite3.Connection) -> list[_Made]:
    rows = database.execute("SELECT type, name, sql, rootpage FROM sqlite_master ORDER BY rowid")
    return [
        _Made(str(kind or ""), str(name or ""), str(sql or ""), page if type(page) is int else 0)
        for kind, name, sql, page in rows
    ]


SQLITE_DATABASE = Reader(
    name="sqlite", version=3, media_types=("application/vnd.sqlite3",), read=read_sqlite
)
