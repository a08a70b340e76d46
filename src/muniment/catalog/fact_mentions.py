"""In which rows an entity is spoken of, as subject or as what another is tied to; by its id.

    tables/mentions/<as the file of statements>.parquet     entity, sha256, sheet, row

An id says nothing of where its statements stand, and these lie in the order of rows: a lookup here
reads a few thousand lines instead of millions.
"""

import os
from pathlib import Path

import duckdb

_MEMORY = "512MB"
_MENTIONS = """
    SELECT DISTINCT entity, sha256, sheet, "row" FROM (
        SELECT entity, sha256, sheet, "row" FROM read_parquet($statements) UNION ALL
        SELECT "read", sha256, sheet, "row" FROM read_parquet($statements) WHERE length("read") = 40
    ) ORDER BY entity, sha256, sheet, "row"
"""
_GROUP = 8_192  # lines that are read together


def write_mentions(statements: Path, target: Path) -> None:
    """Write which rows the entities of a file of statements stand in."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    with duckdb.connect(config={"memory_limit": _MEMORY, "threads": 2}) as database:
        found = database.sql(_MENTIONS, params={"statements": str(statements)})
        found.write_parquet(str(partial), compression="zstd", row_group_size=_GROUP)
    os.replace(partial, target)
