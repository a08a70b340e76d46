"""The rows of a table of an SQLite database, also those behind a page that cannot be read.

- Rows come in rowid order. Behind damage the next page is asked for, and the next, by the bounds
  that interior pages state; behind the last bound by ever longer steps.
- What may be missing is told by its rowids, once for each stretch; a table without rowids breaks
  off at the damage.
- A column that is computed when it is asked for is computed where that needs no function, since
  none is run, and gives values of a bounded length; it is told apart from what is stored.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

import msgspec

from muniment.core import CellArea, Metadata, Part, Problem
from muniment.readers.blobs import Blobs
from muniment.readers.said_of_errors import said_of
from muniment.readers.table_rows import CellCount, cell_of, column_parts

# The second is what comes of an error whose message quotes a name that is no UTF-8.
TROUBLE = (sqlite3.Error, UnicodeDecodeError)
_ROWIDS = ("rowid", "_rowid_", "oid")
_LEAST_ROWID, _MOST_ROWID = -(1 << 63), (1 << 63) - 1
_LONGEST_STEP = 1 << 40
_HIDDEN, _COMPUTED, _STORED = 1, 2, 3  # of `PRAGMA table_xinfo`: its last column
_GENERATED = "generated, and stored"
_ASKED = "generated: computed here, not stored"
_NOT_ASKED = "generated: neither stored nor computed here"
_CALLS = ("Function", "PureFunc")  # opcodes
_LONGEST_COMPUTED = 1 << 16  # bytes; a few formulas make any length from one letter


class _Table(msgspec.Struct, frozen=True):
    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    generated: tuple[str, ...]  # what is said of each column; empty for an ordinary one
    rowid: str | None  # a name by which to ask for it
    bounds: Callable[[], list[int]]


class Rows:
    """Reads tables, one after the other."""

    def __init__(self, database: sqlite3.Connection, blobs: Blobs, count: CellCount) -> None:
        self._database = database
        self._blobs = blobs
        self._count = count
        self._row = self._uncomputed = 0  # of the table that is being read
        self._trouble: list[Problem] = []
        self._why = ""  # the records that were asked for last end early

    def of(self, name: str, bounds: Callable[[], list[int]]) -> Iterator[Part]:
        """The columns and cells of one table, and what is wrong with it.

        `bounds` are the largest rowids of its pages, for which is asked where one is damaged.
        """
        self._row = self._uncomputed = 0
        try:
            table = self._table(name, bounds)
            yield from column_parts(name, table.columns, table.types)
            yield from _generated_parts(table)
            yield from self._parts(table)
        except TROUBLE as why:
            message = f"the table breaks off after row {self._row} ({said_of(why)})"
            yield Problem(CellArea(max(self._row, 1), 1, name), "table-damaged", message)
        yield from self._trouble
        self._trouble.clear()
        if self._uncomputed > 0:
            message = (
                f"what is computed for {self._uncomputed} rows is left out: too long, or wrong"
            )
            yield Problem(CellArea(1, 1, name), "cell-damaged", message)

    def _table(self, name: str, bounds: Callable[[], list[int]]) -> _Table:
        rows = self._database.execute(f"PRAGMA table_xinfo({_quoted(name)})").fetchall()
        shown = [row for row in rows if row[6] != _HIDDEN]
        columns = tuple(str(row[1]) for row in shown)
        rowid = self._rowid(name, columns)
        generated = [
            self._said_of_column(name, str(row[1]), row[6], asked=rowid is not None)
            for row in shown
        ]
        types = tuple(str(row[2]) for row in shown)
        return _Table(name, columns, types, tuple(generated), rowid, bounds)

    def _rowid(self, table: str, columns: Sequence[str]) -> str | None:
        """A name of the rowid that no column has; None where the table has no rowid."""
        lower = {name.lower() for name in columns}
        name = next((name for name in _ROWIDS if name not in lower), None)
        return name if name is not None and self._has(f"{name} FROM {_quoted(table)}") else None

    def _said_of_column(self, table: str, column: str, sort: int, *, asked: bool) -> str:
        if sort == _STORED:
            return _GENERATED
        if sort != _COMPUTED:
            return ""
        can = asked and self._is_plain(f"{_quoted(column)} FROM {_quoted(table)}")
        return _ASKED if can else _NOT_ASKED

    def _is_plain(self, chosen: str) -> bool:
        """Whether this is computed without a function.

        The authorizer is not asked for what a table's own formulas call; the plan names it.
        """
        steps = self._database.execute(f"EXPLAIN SELECT {chosen}").fetchall()
        return all(step[1] not in _CALLS for step in steps)

    def _parts(self, table: _Table) -> Iterator[Part]:
        runs = _Runs(table.name)
        for row, (rowid, values) in enumerate(self._records(table), start=1):
            self._row = row
            if rowid is not None:
                yield from runs.add(row, rowid)
            self._count.add(len(values))
            held = self._computed(table, rowid, values) if _ASKED in table.generated else values
            for column, value in enumerate(held, start=1):
                at = CellArea(row, column, table.name)
                if isinstance(value, bytes):
                    yield from self._blobs.parts(at, value)
                elif (cell := cell_of(at, value)) is not None:
                    yield cell
        yield from runs.end(self._row)

    def _records(self, table: _Table) -> Iterator[tuple[int | None, Sequence[Any]]]:
        columns = ", ".join(
            "NULL" if said in (_ASKED, _NOT_ASKED) else _quoted(name)
            for name, said in zip(table.columns, table.generated, strict=True)
        )
        rowid = table.rowid
        chosen = f"{columns} FROM {_quoted(table.name)}"  # identifiers are quoted, values bound
        if rowid is None:
            yield from ((None, record) for record in self._in_order(f"SELECT {chosen}"))
            return
        query = f"SELECT {rowid}, {chosen} WHERE {rowid} >= ? ORDER BY {rowid}"
        yield from ((record[0], record[1:]) for record in self._by_rowid(table, query))

    def _computed(self, table: _Table, rowid: int | None, values: Sequence[Any]) -> Sequence[Any]:
        """A record with what its computed columns come to; without what is too long or wrong."""
        wanted = [number for number, said in enumerate(table.generated) if said == _ASKED]
        columns = ", ".join(_quoted(table.columns[number]) for number in wanted)
        query = f"SELECT {columns} FROM {_quoted(table.name)} WHERE {table.rowid} = ?"  # noqa: S608 - quoted
        usual = self._database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_COMPUTED)
        try:
            found = self._database.execute(query, (rowid,)).fetchone()
        except TROUBLE:
            self._uncomputed += 1
            return values
        finally:
            self._database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, usual)
        held = list(values)
        for position, value in zip(wanted, found, strict=True):
            held[position] = value
        return held

    def _has(self, chosen: str) -> bool:
        """Whether this can be asked: not for a rowid of a table without, nor for a function."""
        try:
            self._database.execute(f"SELECT {chosen} LIMIT 0")
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return False
        return True

    def _in_order(self, query: str) -> Iterator[Sequence[Any]]:
        """The records of a table without rowids, up to the first that cannot be read."""
        count = 0
        try:
            for record in self._database.execute(query):
                count += 1
                yield record
        except TROUBLE:
            yield from self._one(f"{query} LIMIT 1 OFFSET ?", count)
            raise

    def _one(self, query: str, asked: int) -> list[Any]:
        """One record by itself: `sqlite3` loses the one before that which cannot be read."""
        try:
            return self._database.execute(query, (asked,)).fetchall()
        except TROUBLE:
            return []

    def _by_rowid(self, table: _Table, query: str) -> Iterator[Sequence[Any]]:
        """The records in rowid order, those that cannot be read passed over and told."""
        last, gap = _LEAST_ROWID - 1, ""
        start: int | None = _LEAST_ROWID
        going_on: Iterator[int] = iter(())
        while start is not None:
            for record in self._stretch(query, start):
                if gap != "":
                    self._tell_missing(table.name, last, record[0], gap)
                gap, last = "", record[0]
                yield record
            if self._why == "":
                break
            if gap == "":
                gap, going_on = self._why, _behind(table.bounds(), last)
            start = next((each for each in going_on if each > last), None)
        if gap != "":
            self._tell_missing(table.name, last, None, gap)

    def _stretch(self, query: str, start: int) -> Iterator[Sequence[Any]]:
        """The records from a rowid on up to the first that cannot be read; `_why` says why not."""
        self._why = ""
        following = start
        try:
            for record in self._database.execute(query, (start,)):
                following = min(record[0] + 1, _MOST_ROWID)
                yield record
        except TROUBLE as why:
            yield from self._one(f"{query} LIMIT 1", following)
            self._why = said_of(why)

    def _tell_missing(self, table: str, last: int, found: int | None, trouble: str) -> None:
        first = last < _LEAST_ROWID
        which = "before rowid" if first else f"with rowids from {last + 1}"
        if found is not None:
            which += f" {found}" if first else f" to {found - 1}"
        elif first:
            which = "that it has"
        message = f"rows {which} cannot be read ({trouble})"
        at = CellArea(max(self._row, 1), 1, table)
        self._trouble.append(Problem(at, "table-damaged", message))


def _generated_parts(table: _Table) -> Iterator[Metadata]:
    for column, said in enumerate(table.generated, start=1):
        if said != "":
            yield Metadata(CellArea(1, column, table.name), "generated column", said)


def _behind(bounds: Sequence[int], last: int) -> Iterator[int]:
    """Rowids from which to go on where those behind `last` cannot be read.

    The first that a page may hold: asked for the last, SQLite looks into the page before.
    """
    known = [bound + 1 for bound in bounds if last < bound < _MOST_ROWID]
    end = max(known[-1] if len(known) > 0 else last, 0)
    steps = (min(end + (1 << power), _MOST_ROWID) for power in range(_LONGEST_STEP.bit_length()))
    return chain(known, steps)


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
