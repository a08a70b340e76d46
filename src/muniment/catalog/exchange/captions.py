"""Whom and what the statements of a source are about: a row for each entity, with a caption."""

import os
from pathlib import Path

import duckdb

from muniment.catalog.fact_columns import FACT_COLUMNS
from muniment.facts.model import SCHEMATA, Kind, properties_of

_MEMORY = "512MB"
_NO_NAMES = frozenset({Kind.EMAIL, Kind.PHONE, Kind.DATE, Kind.IDENTIFIER, Kind.NUMBER})
_ENTITIES = """
    SELECT s.entity, s."schema", '' AS name,
           coalesce(
               arg_min(s.read, printf('%03d %s', c.rank, s.citation)) FILTER (c.rank IS NOT NULL),
               CASE WHEN $bare THEN NULL ELSE min(s.read) END, '') AS caption,
           min(s.sha256) AS sha256, min(s.sheet) AS sheet, min(s."row") AS "row",
           min(s.source) AS source
    FROM read_parquet($statements) s
    LEFT JOIN captions c ON c."schema" = s."schema" AND c.property = s.property
                        AND s.read IS NOT NULL
    GROUP BY s.entity, s."schema" ORDER BY s.entity, s."schema"
"""


def write_entities(statements: Path, target: Path, *, bare: bool = False) -> None:
    """Write the table of entities that a table of statements is about.

    One without a name is called by another value; not where `bare` is asked for, as other tables
    may hold its name.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    ranks = [
        (schema.name, name, rank)
        for schema in SCHEMATA.values()
        for rank, name in enumerate(schema.caption)
        if not bare or properties_of(schema.name)[name].kind not in _NO_NAMES
    ]
    with duckdb.connect(config={"memory_limit": _MEMORY, "threads": 2}) as database:
        database.execute('CREATE TABLE captions ("schema" VARCHAR, property VARCHAR, rank INTEGER)')
        database.executemany("INSERT INTO captions VALUES (?, ?, ?)", ranks)
        listed = ", ".join(
            f'"{name}"::{kind} AS "{name}"' for name, kind in FACT_COLUMNS["entities"].items()
        )
        found = database.sql(
            f"SELECT {listed} FROM ({_ENTITIES})",  # noqa: S608 - our own names
            params={"statements": str(statements), "bare": bare},
        )
        found.write_parquet(str(partial), compression="zstd")
    os.replace(partial, target)
