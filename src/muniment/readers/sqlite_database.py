"""SQLite databases: every row of every table, and the schema as it is written.

- A cell stands at the row's position in rowid order (or key order where a table has no rowid) and
  its column; runs of rowids are stated, so that gaps show.
- Nothing in the file is run: no view, no trigger, no virtual table, no function.
- A blob that begins like a file is a child, one that is text is a cell, any other is stated.
- What was deleted is not recovered; how many pages are free is stated. A write-ahead log is
  another file; where the two were joined end to end, what it commits is read.
- What stands behind the last page is a child.
- A damaged table gives the rows before the damage and a Problem.

Source: sqlite.org/fileformat2.html.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any
from urllib.parse import quote

import msgspec

from muniment.core import (
    CellArea,
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
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source
from muniment.readers.sqlite_log import log_behind, page_size
from muniment.readers.table_rows import CellCount, cell_of, column_parts

_WAL = 2  # read and write version of a database with a write-ahead log, bytes 18 and 19
_LONGEST_VALUE = 1 << 28
# The second is what comes of an error whose message quotes a name that is no UTF-8.
_TROUBLE = (sqlite3.Error, UnicodeDecodeError)
_MOST_COLUMNS = 32_767
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
_ALLOWED_PRAGMAS = ("table_xinfo",)
_ROWIDS = ("rowid", "_rowid_", "oid")
_LEAST_ROWID, _MOST_ROWID = -(1 << 63), (1 << 63) - 1
_LONGEST_STEP = 1 << 40


class _Table(msgspec.Struct, frozen=True):
    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]


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
        except _TROUBLE as why:
            raise UnreadableError("its schema cannot be read: damaged, or encrypted") from why
        tables = [name for kind, name, sql in schema if kind == "table" and not _virtual(sql)]
        yield Tally(Whole(), "tables", len(tables))
        for number, (_, _, sql) in enumerate(schema, start=1):
            if sql != "":
                yield TextSpan(Field("schema", number), sql, Role.MARKUP)
        for kind, name, sql in schema:
            if kind == "view" or _virtual(sql):
                sort = "view" if kind == "view" else "virtual table"
                yield Metadata(Field(sort), f"{sort}, which is not run", name)
        blobs = Blobs(context.children, Relation.EMBEDDED)
        rows = _Rows(database, blobs, CellCount(context.limits.cells))
        for name in tables:
            yield from rows.of(name)
        yield Tally(Whole(), "embedded", blobs.count)
    yield from file_behind(source, _end(source), "database", context.children)


def _end(source: Source) -> int:
    """Where the last page ends, as the header says; the size of the file where it does not.

    The number of pages counts if the change counter is the one it was written at (§1.3.7). With a
    write-ahead log the pages may be more than the header knows.
    """
    head = source.read_at(0, 100)
    if len(head) < 100 or head[24:28] != head[92:96] or head[18] == _WAL:  # noqa: PLR2004 - the header
        return source.size
    end = int.from_bytes(head[28:32], "big") * page_size(head)
    return end if end > 0 else source.size


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


def _schema(database: sqlite3.Connection) -> list[tuple[str, str, str]]:
    rows = database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY rowid")
    return [tuple(str(value or "") for value in row) for row in rows]  # type: ignore[misc]


def _virtual(sql: str) -> bool:
    return sql.upper().startswith("CREATE VIRTUAL")


class _Rows:
    """Reads tables, one after the other."""

    def __init__(self, database: sqlite3.Connection, blobs: Blobs, count: CellCount) -> None:
        self._database = database
        self._blobs = blobs
        self._count = count
        self._row = 0  # of the table that is being read
        self._trouble: list[Problem] = []

    def of(self, name: str) -> Iterator[Part]:
        """The columns and cells of one table, and what is wrong with it."""
        self._row = 0
        try:
            table = self._table(name)
            yield from column_parts(name, table.columns, table.types)
            yield from self._parts(table)
        except _TROUBLE as why:
            message = f"the table breaks off after row {self._row} ({said_of(why)})"
            yield Problem(CellArea(max(self._row, 1), 1, name), "table-damaged", message)
        yield from self._trouble
        self._trouble.clear()

    def _table(self, name: str) -> _Table:
        rows = self._database.execute(f"PRAGMA table_xinfo({_quoted(name)})").fetchall()
        stored = [row for row in rows if row[6] in (0, 3)]  # 1: hidden; 2: computed, not stored
        return _Table(name, tuple(str(row[1]) for row in stored), tuple(row[2] for row in stored))

    def _parts(self, table: _Table) -> Iterator[Part]:
        runs = _Runs(table.name)
        for row, (rowid, values) in enumerate(self._records(table), start=1):
            self._row = row
            if rowid is not None:
                yield from runs.add(row, rowid)
            self._count.add(len(values))
            for column, value in enumerate(values, start=1):
                at = CellArea(row, column, table.name)
                if isinstance(value, bytes):
                    yield from self._blobs.parts(at, value)
                elif (cell := cell_of(at, value)) is not None:
                    yield cell
        yield from runs.end(self._row)

    def _records(self, table: _Table) -> Iterator[tuple[int | None, Sequence[Any]]]:
        columns = ", ".join(map(_quoted, table.columns))
        lower = {name.lower() for name in table.columns}
        rowid = next((name for name in _ROWIDS if name not in lower), None)
        chosen = f"{columns} FROM {_quoted(table.name)}"  # identifiers are quoted, values bound
        if rowid is None or not self._has(f"SELECT {rowid}, {chosen}"):
            yield from ((None, record) for record in self._database.execute(f"SELECT {chosen}"))
            return
        query = f"SELECT {rowid}, {chosen} WHERE {rowid} > ? ORDER BY {rowid}"
        yield from ((record[0], record[1:]) for record in self._by_rowid(table.name, query))

    def _has(self, query: str) -> bool:
        """Whether the table has a rowid: one WITHOUT ROWID does not know its name."""
        try:
            self._database.execute(f"{query} LIMIT 0")
        except (sqlite3.OperationalError, UnicodeDecodeError):
            return False
        return True

    def _by_rowid(self, name: str, query: str) -> Iterator[Sequence[Any]]:
        """The records in rowid order; a damaged page is passed over by ever longer steps."""
        last, step = _LEAST_ROWID, 0
        while step < _LONGEST_STEP:
            try:
                for record in self._database.execute(query, (min(last + step, _MOST_ROWID),)):
                    last, step = record[0], 0
                    yield record
            except (sqlite3.DatabaseError, UnicodeDecodeError) as why:
                if step == 0:
                    message = f"rows are missing behind row {self._row} ({said_of(why)})"
                    at = CellArea(max(self._row, 1), 1, name)
                    self._trouble.append(Problem(at, "table-damaged", message))
                last, step = max(last, 0), max(1, step * 2)
            else:
                return


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


class _Runs:
    """Rowids as runs without gaps, each stated over the rows that it covers."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._row = self._rowid = self._last = 0

    def add(self, row: int, rowid: int) -> Iterator[Metadata]:
        """The run that this row ends, if it does."""
        if self._row > 0 and rowid != self._last + 1:
            yield from self.end(row - 1)
        if self._row == 0:
            self._row, self._rowid = row, rowid
        self._last = rowid

    def end(self, row: int) -> Iterator[Metadata]:
        """The run that ends with this row."""
        if self._row > 0:
            at = CellArea(self._row, 1, self._table, row, 1)
            same = self._rowid == self._last
            yield Metadata(at, "rowid", str(self._last) if same else f"{self._rowid}-{self._last}")
        self._row = 0


SQLITE_DATABASE = Reader(
    name="sqlite", version=2, media_types=("application/vnd.sqlite3",), read=read_sqlite
)
