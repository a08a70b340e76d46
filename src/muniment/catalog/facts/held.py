"""The tables of facts, kept open for whoever asks often: the pages and the API.

    tables = FactTables(case)
    tables.rows("SELECT … FROM statements …")

- The questions are our own: what people write as SQL goes to `catalog.sql`, which confines it.
- One database a process, its views over the files that are there; it is opened anew when a file
  comes or goes, which the time of the folders says. Each thread asks with a cursor of its own.
- The list of entities is put into order once, when it is opened: some 100 MB for a million.
- An answer of few rows is kept until then: it follows from the files and the question alone.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

import duckdb
import msgspec

from muniment.catalog.fact_columns import FACT_COLUMNS
from muniment.catalog.sql import SETTINGS, attach, close_off, query
from muniment.vault import Case

_KEPT, _KEPT_ROWS = 500, 1_000  # answers, and rows of one that is kept
_THREADS = 2
Made = TypeVar("Made")
Rows = list[dict[str, Any]]
State = tuple[int, ...]


# Who and what there is, each once, people first and then by where they stand: a list of a million
# is not put into order for every page of fifty.
LISTED = """
    SELECT entity, any_value("schema") AS "schema", min(sha256) AS sha256, min(sheet) AS sheet,
        min("row") AS "row", min(source) AS source
    FROM entities GROUP BY entity
    ORDER BY min("schema" <> 'Person'), sha256, sheet, "row", "schema", entity"""


class _Opened(msgspec.Struct, frozen=True):
    """A database over the files of one state, and what was answered of it."""

    state: State
    database: duckdb.DuckDBPyConnection
    answers: OrderedDict[str, Rows]
    made: dict[Hashable, Any]


class FactTables:
    """The tables of one case, shared by all threads of a process."""

    def __init__(self, case: Case) -> None:
        """Open nothing before something is asked."""
        self._folder = case.work / "tables"
        self._lock = Lock()
        self._opened: _Opened | None = None

    def rows(self, statement: str) -> Rows:
        """The rows of one of our own SELECTs over statements, entities and misfits."""
        opened, cursor, found = self._ready(statement)
        if found is not None:
            return found
        with cursor:
            cursor.execute(statement)
            names = [str(column[0]) for column in cursor.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        if len(rows) <= _KEPT_ROWS:
            with self._lock:
                opened.answers[statement] = rows
                while len(opened.answers) > _KEPT:
                    opened.answers.popitem(last=False)
        return rows

    def remembered(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` makes of these tables, kept until a file comes or goes; few large things."""
        with self._lock:
            opened = self._at_hand()
            if key in opened.made:
                return cast("Made", opened.made[key])
        found = make()
        with self._lock:
            # Of the state from before: what changed meanwhile is seen by the next who asks.
            opened.made[key] = found
        return found

    def close(self) -> None:
        """Let the files go."""
        with self._lock:
            if self._opened is not None:
                self._opened.database.close()
                self._opened = None

    def _ready(self, statement: str) -> tuple[_Opened, duckdb.DuckDBPyConnection, Rows | None]:
        with self._lock:
            opened = self._at_hand()
            found = opened.answers.get(statement)
            if found is not None:
                opened.answers.move_to_end(statement)
            return opened, opened.database.cursor(), found

    def _at_hand(self) -> _Opened:
        """The database over the files that are there; whoever asks holds the lock."""
        state = _state(self._folder)
        if self._opened is None or self._opened.state != state:
            # The one before is closed when the last cursor of it is: others may still read.
            self._opened = _Opened(state, _opened(self._folder), OrderedDict(), {})
        return self._opened


Asked = Case | FactTables  # of a case, asked once, or of its tables, kept open


def rows_of(asked: Asked, statement: str) -> Iterator[dict[str, Any]]:
    """The rows of one of our own SELECTs, from tables that are kept open or opened for this."""
    if isinstance(asked, FactTables):
        return iter(asked.rows(statement))
    return query(asked.work / "tables", statement)


def _state(folder: Path) -> State:
    """Another one after each file that came or went."""
    found = []
    for table in FACT_COLUMNS:
        try:
            found.append((folder / table).stat().st_mtime_ns)
        except FileNotFoundError:
            found.append(0)
    return tuple(found)


def _opened(folder: Path) -> duckdb.DuckDBPyConnection:
    database = duckdb.connect(config=SETTINGS | {"threads": _THREADS})
    database.execute("SET parquet_metadata_cache = true")
    for table, columns in FACT_COLUMNS.items():
        attach(database, folder, table, columns)
    database.execute(f"CREATE TABLE listed AS {LISTED}")
    close_off(database, (folder,))
    return database
