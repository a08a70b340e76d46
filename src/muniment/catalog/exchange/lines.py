"""The statements of a case in the order of their entities, however many there are.

- DuckDB sorts them, on disk where memory does not suffice; they come a few thousand at a time.
- Statements of sources that are left out do not come.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from muniment.catalog.fact_columns import VIEWS
from muniment.facts.ftm import Line

_MEMORY = "512MB"
_FETCH = 5_000
_LINES = f"""
    WITH said AS (SELECT {VIEWS["statements"]} FROM read_parquet($files))
    SELECT "statement", "entity", "schema", "property", "written", "read", coalesce("unread", ''),
           coalesce(array_to_string("doubts", ' '), ''), "citation", "by", "source"
    FROM said
    WHERE NOT list_contains($left_out, "source")
      AND (len($schemata) = 0 OR list_contains($schemata, "schema"))
    ORDER BY "entity", "schema", "property", "read", "written", "citation", "by", "source",
             "statement"
"""  # noqa: S608 - our own columns
_COUNT = """
    SELECT count(*) FROM read_parquet($files)
    WHERE list_contains($sources, "source")
"""


def statement_lines(
    tables: Path, scratch: Path, schemata: tuple[str, ...], left_out: tuple[str, ...]
) -> Iterator[Line]:
    """Every statement of these schemata (of all, where none is named), by entity.

    `left_out` are sources, by their ids; what cannot be held in memory is sorted in `scratch`.
    """
    files = _files(tables)
    if len(files) == 0:
        return
    scratch.mkdir(parents=True, exist_ok=True)
    asked = {"files": files, "left_out": list(left_out), "schemata": list(schemata)}
    with tempfile.TemporaryDirectory(prefix="sorting-", dir=scratch) as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": _MEMORY,
            "temp_directory": folder,
            "threads": 2,
            "preserve_insertion_order": False,
        }
        with duckdb.connect(config=settings) as database:
            rows = database.execute(_LINES, asked)
            while len(some := rows.fetchmany(_FETCH)) > 0:
                yield from (Line(*row) for row in some)


def count_of_sources(tables: Path, sources: tuple[str, ...]) -> int:
    """How many statements these sources made."""
    files = _files(tables)
    if len(files) == 0 or len(sources) == 0:
        return 0
    with duckdb.connect() as database:
        asked = {"files": files, "sources": list(sources)}
        found = database.execute(_COUNT, asked).fetchone()
    return 0 if found is None else int(found[0])


def _files(tables: Path) -> list[str]:
    return [str(path) for path in sorted((tables / "statements").glob("*.parquet"))]
