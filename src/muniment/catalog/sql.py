"""Questions in SQL over a case's tables, answered by DuckDB.

- One SELECT at a time: nothing can be changed, and nothing outside the case's tables is read.
- The tables are those of `TABLES`; one that nobody filled is empty.
- Memory is bounded, and time where somebody waits for a page.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from muniment.catalog.fact_columns import FACT_COLUMNS, VIEWS
from muniment.catalog.flat import COLUMNS
from muniment.catalog.ledger_tables import LEDGER_COLUMNS
from muniment.core import UsageError

TABLES = LEDGER_COLUMNS | COLUMNS | FACT_COLUMNS  # each with its columns and their types
_FETCH = 10_000  # rows at once
_MEMORY = "1GB"
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": _MEMORY,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}
_LONGEST = 20_000  # letters of a statement


def query(
    folder: Path, statement: str, *, seconds: float | None = None
) -> Iterator[dict[str, Any]]:
    """The rows of one SELECT over the tables in `folder`, within some seconds where they are given.

    Raises:
        UsageError: it is not one SELECT, DuckDB cannot make sense of it, or it takes longer.
    """
    with _asked(folder, statement, seconds) as result:
        names = [str(column[0]) for column in result.description or ()]
        _require_names_apart(names)
        while len(rows := result.fetchmany(_FETCH)) > 0:
            for row in rows:
                yield dict(zip(names, row, strict=True))


def answer_in(
    folder: Path, statement: str, *, start: int, most: int, seconds: float
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The names of a SELECT's columns, and `most` of its rows from the `start`-th on, from 0.

    Raises:
        UsageError: as `query`.
    """
    with _asked(folder, statement, seconds) as result:
        names = tuple(str(column[0]) for column in result.description or ())
        _require_names_apart(list(names))
        left = start
        while left > 0 and len(result.fetchmany(min(left, _FETCH))) > 0:
            left -= min(left, _FETCH)
        return names, result.fetchmany(most)


def write_answer(folder: Path, statement: str, target: Path, *, seconds: float) -> None:
    """Write the rows of a SELECT as Parquet to `target`, whose folder holds nothing else.

    Raises:
        UsageError: as `query`.
    """
    with _confined(folder, seconds, (target.parent,)) as database:
        _require_select(statement)
        relation = database.sql(statement)
        _require_names_apart(relation.columns)
        relation.write_parquet(str(target), compression="zstd")


@contextmanager
def _asked(
    folder: Path, statement: str, seconds: float | None
) -> Iterator[duckdb.DuckDBPyConnection]:
    with _confined(folder, seconds) as database:
        _require_select(statement)
        yield database.execute(statement)


@contextmanager
def _confined(
    folder: Path, seconds: float | None, more: tuple[Path, ...] = ()
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database that knows the tables in `folder` and nothing else, for so long."""
    with duckdb.connect(config=SETTINGS) as database:
        for table, columns in TABLES.items():
            attach(database, folder, table, columns)
        close_off(database, (folder, *more))
        watch = None if seconds is None else threading.Timer(seconds, database.interrupt)
        if watch is not None:
            watch.daemon = True
            watch.start()
        try:
            yield database
        except duckdb.InterruptException as why:
            raise UsageError(
                f"that SQL takes longer than {seconds or 0:g} seconds",
                next_step="ask for less: name a file's sha256 in WHERE, add a LIMIT, or give it to "
                "`muniment sql`, which waits",
            ) from why
        except duckdb.OutOfMemoryException as why:
            raise UsageError(
                f"that SQL needs more than {_MEMORY} of memory",
                next_step="ask for fewer columns or rows: name a file's sha256 in WHERE",
            ) from why
        except duckdb.Error as why:
            raise UsageError(
                f"that SQL cannot be answered: {str(why).splitlines()[0]}",
                next_step=f"the tables are {', '.join(TABLES)}; "
                "`DESCRIBE` is not needed: docs/reference/tables.md lists their columns",
            ) from why
        finally:
            if watch is not None:
                watch.cancel()


def attach(
    database: duckdb.DuckDBPyConnection, folder: Path, table: str, columns: dict[str, str]
) -> None:
    """Make a table of a database that knows the files of `folder/<table>`, or that is empty."""
    files = sorted(folder.glob(f"{table}/*.parquet")) + sorted(folder.glob(f"{table}.parquet"))
    if len(files) == 0:
        listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        database.execute(f"CREATE TABLE {table} ({listed})")
    else:
        paths = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
        chosen = VIEWS.get(table, "*")  # what follows from other columns is not stored
        database.execute(f"CREATE VIEW {table} AS SELECT {chosen} FROM read_parquet([{paths}])")  # noqa: S608 - our own paths


def close_off(database: duckdb.DuckDBPyConnection, folders: tuple[Path, ...]) -> None:
    """From here on, no file but those in these folders, no network, no extension."""
    allowed = ", ".join("'" + str(folder).replace("'", "''") + "/'" for folder in folders)
    database.execute(f"SET allowed_directories = [{allowed}]")
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")


def _require_names_apart(names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise UsageError(
                f"two columns are called {name!r}, and one would hide the other",
                next_step="give each a name of its own with AS",
            )


def _require_select(statement: str) -> None:
    if len(statement) > _LONGEST:
        raise UsageError(
            f"a statement of {len(statement):,} letters is too long",
            next_step=f"write at most {_LONGEST:,} letters",
        )
    statements = duckdb.extract_statements(statement)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise UsageError(
            "only one SELECT is answered", next_step="write a single SELECT … FROM … statement"
        )
