"""The ledger's own tables in Parquet, written anew after each run that changed something."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

from muniment.catalog.coverage import kinds, lacks
from muniment.catalog.flat import pack_rows
from muniment.catalog.ledger import Ledger
from muniment.catalog.near_duplicates import near_duplicates
from muniment.catalog.tables import CONTAINMENTS, DECRYPTIONS, SHEETS
from muniment.catalog.views import items, problems

LEDGER_COLUMNS: dict[str, dict[str, str]] = {
    "items": {
        "sha256": "VARCHAR",
        "bytes": "BIGINT",
        "names": "VARCHAR[]",
        "type": "VARCHAR",
        "state": "VARCHAR",
        "reason": "VARCHAR",
        "reader": "VARCHAR",
    },
    "containments": {
        "parent": "VARCHAR",
        "position": "BIGINT",
        "sha256": "VARCHAR",
        "relation": "VARCHAR",
        "name": "VARCHAR",
        "place": "VARCHAR",
    },
    "problems": {
        "sha256": "VARCHAR",
        "at": "VARCHAR",
        "code": "VARCHAR",
        "message": "VARCHAR",
        "name": "VARCHAR",
    },
    "coverage": {
        "kind": "VARCHAR",
        "objects": "BIGINT",
        "read": "BIGINT",
        "read_in_part": "BIGINT",
        "empty": "BIGINT",
        "locked": "BIGINT",
        "refused": "BIGINT",
        "unreadable": "BIGINT",
        "pending": "BIGINT",
        "with_problems": "BIGINT",
        "pages_without_text": "BIGINT",
        "bytes": "BIGINT",
        "bytes_read": "BIGINT",
    },
    "lacks": {
        "what": "VARCHAR",
        "reason": "VARCHAR",
        "objects": "BIGINT",
        "count": "BIGINT",
        "example": "VARCHAR",
        "next_step": "VARCHAR",
    },
    "decryptions": {
        "sha256": "VARCHAR",
        "event": "BIGINT",
        "key": "VARCHAR",
        "scheme": "VARCHAR",
        "reader": "VARCHAR",
        "how": "VARCHAR",
        "places": "VARCHAR[]",
    },
    "sheets": {
        "sha256": "VARCHAR",
        "sheet": "VARCHAR",
        "state": "VARCHAR",
        "rows": "BIGINT",
        "columns": "BIGINT",
        "last_row": "BIGINT",
        "last_column": "BIGINT",
        "cells": "BIGINT",
        "hidden": "BIGINT",
        "comments": "BIGINT",
        "formulas": "BIGINT",
    },
    "near_duplicates": {
        "a": "VARCHAR",
        "b": "VARCHAR",
        "kind": "VARCHAR",
        "similarity": "DOUBLE",
    },
}


def write_ledger_tables(folder: Path, ledger: Ledger) -> None:
    """Write what the ledger says, and what can be counted of it."""
    rows: dict[str, Callable[[Ledger], Iterable[Any]]] = {
        "items": items,
        "containments": _containments,
        "problems": problems,
        "coverage": kinds,
        "lacks": lacks,
        "decryptions": _decryptions,
        "sheets": _sheets,
        "near_duplicates": near_duplicates,
    }
    for table, columns in LEDGER_COLUMNS.items():
        pack_rows(folder, table, columns, rows[table](ledger))


def _containments(ledger: Ledger) -> Iterator[dict[str, Any]]:
    ordered = select(CONTAINMENTS).order_by("parent", "number")
    with ledger.engine.connect() as connection:
        for row in connection.execute(ordered):
            yield {
                "parent": row.parent,
                "position": row.position,
                "sha256": row.digest,
                "relation": row.relation,
                "name": row.name,
                "place": row.place,
            }


def _decryptions(ledger: Ledger) -> Iterator[dict[str, Any]]:
    with ledger.engine.connect() as connection:
        for row in connection.execute(select(DECRYPTIONS).order_by("seq")):
            yield {
                "sha256": row.digest,
                "event": row.seq,
                "key": row.key,
                "scheme": row.scheme,
                "reader": row.reader,
                "how": row.how,
                "places": json.loads(row.places),
            }


def _sheets(ledger: Ledger) -> Iterator[dict[str, Any]]:
    named = [name for name in LEDGER_COLUMNS["sheets"] if name != "sha256"]
    with ledger.engine.connect() as connection:
        for row in connection.execute(select(SHEETS).order_by("digest", "number")):
            yield {"sha256": row.digest} | {name: getattr(row, name) for name in named}
