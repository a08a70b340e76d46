"""The ledger's own tables in Parquet, written anew after each run that changed something."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

from muniment.catalog.flat import pack_rows
from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import CONTAINMENTS
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
}


def write_ledger_tables(folder: Path, ledger: Ledger) -> None:
    """Write items, containments and problems."""
    rows = {"items": items, "containments": _containments, "problems": problems}
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
