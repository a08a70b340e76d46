"""Questions in SQL over a case's tables, answered by DuckDB.

- One SELECT at a time: nothing can be changed, and nothing outside the case's tables is read.
- The tables are those of `TABLES`; one that nobody filled is empty.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from muniment.catalog.flat import COLUMNS
from muniment.catalog.ledger_tables import LEDGER_COLUMNS
from muniment.core import UsageError

TABLES = LEDGER_COLUMNS | COLUMNS  # each with its columns and their types
_FETCH = 10_000  # rows at once


def query(folder: Path, statement: str) -> Iterator[dict[str, Any]]:
    """The rows of one SELECT over the tables in `folder`.

    Raises:
        UsageError: it is not one SELECT, or DuckDB cannot make sense of it.
    """
    with duckdb.connect() as database:
        for table, columns in TABLES.items():
            _attach(database, folder, table, columns)
        _close_off(database, folder)
        try:
            _require_select(statement)
            result = database.execute(statement)
            names = [str(column[0]) for column in result.description or ()]
            _require_names_apart(names)
            while len(rows := result.fetchmany(_FETCH)) > 0:
                for row in rows:
                    yield dict(zip(names, row, strict=True))
        except duckdb.Error as why:
            raise UsageError(
                f"that SQL cannot be answered: {str(why).splitlines()[0]}",
                next_step=f"the tables are {', '.join(TABLES)}; "
                "`DESCRIBE` is not needed: docs/reference/tables.md lists their columns",
            ) from why


def _attach(
    database: duckdb.DuckDBPyConnection, folder: Path, table: str, columns: dict[str, str]
) -> None:
    files = sorted(folder.glob(f"{table}/*.parquet")) + sorted(folder.glob(f"{table}.parquet"))
    if len(files) == 0:
        listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        database.execute(f"CREATE TABLE {table} ({listed})")
    else:
        paths = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
        database.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{paths}])")  # noqa: S608 - our own paths


def _close_off(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """From here on, no file but the tables, no network, no extension."""
    allowed = str(folder).replace("'", "''")
    database.execute(f"SET allowed_directories = ['{allowed}/']")
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
    statements = duckdb.extract_statements(statement)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise UsageError(
            "only one SELECT is answered", next_step="write a single SELECT … FROM … statement"
        )
