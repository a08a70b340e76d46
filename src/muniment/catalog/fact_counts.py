"""What came of mappings, table by table and in all: counts of the ledger, without numpy."""

import json
from typing import Any

import msgspec
from sqlalchemy import select

from muniment.catalog.fact_tables import APPLIED
from muniment.catalog.ledger import Ledger


class AppliedView(msgspec.Struct, frozen=True):
    """What came of a mapping in one table, in numbers that add up."""

    sha256: str
    sheet: str | None
    mapping: str
    counts: dict[str, int]
    unread: dict[str, int]
    misfits: dict[str, int]


def applied_mappings(ledger: Ledger, source: str = "") -> tuple[AppliedView, ...]:
    """What came of mappings, table by table."""
    chosen = select(APPLIED)
    if source != "":
        chosen = chosen.where(APPLIED.c.mapping == source)
    with ledger.engine.connect() as connection:
        rows = connection.execute(chosen.order_by("mapping", "digest", "number")).fetchall()
    return tuple(
        AppliedView(
            row.digest,
            row.sheet,
            row.mapping,
            json.loads(row.counts),
            json.loads(row.unread),
            json.loads(row.misfits),
        )
        for row in rows
    )


def facts_counted(ledger: Ledger) -> dict[str, Any]:
    """How many tables were mapped, and what came of them in all."""
    views = applied_mappings(ledger)
    names = (
        *("statements", "read", "unread", "entities"),
        *("cells_outside", "cells_elsewhere", "cells_without_subject"),
    )
    whole = {name: sum(view.counts.get(name, 0) for view in views) for name in names}
    return {
        "tables": len(views),
        "mappings": len({view.mapping for view in views}),
        **whole,
        "misfits": sum(sum(view.misfits.values()) for view in views),
    }
