"""The journal's `decision` events, taken into the ledger.

- A decision that names another replaces it; what is replaced stays, with the name of what came.
- An event that says what this version does not know is kept as of kind `unknown`, with all that it
  says.
"""

from typing import Any

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.fact_tables import DECISIONS
from muniment.core import canonical_json
from muniment.vault import Event, decision_of, print_time

UNKNOWN = "unknown"


def take_decision(connection: Connection, event: Event) -> None:
    """Take one event into the ledger; again is the same."""
    row = _row(event)
    connection.execute(insert(DECISIONS).values(row).on_conflict_do_nothing())
    if row["supersedes"] != "":
        before = DECISIONS.c.id == row["supersedes"]
        is_first = select(DECISIONS.c.superseded_by).where(before).scalar_subquery() == ""
        changed = DECISIONS.update().where(before, is_first)
        connection.execute(changed.values(superseded_by=event.leaf.hex))


def _row(event: Event) -> dict[str, Any]:
    try:
        decision = decision_of(event)
    except ValueError:
        kind, supersedes = UNKNOWN, ""
        body = canonical_json(msgspec.to_builtins(event.detail)).decode()
    else:
        kind, body = decision.kind, decision.body
        supersedes = "" if decision.supersedes is None else decision.supersedes.hex
    return {
        "id": event.leaf.hex,
        "seq": event.seq,
        "kind": kind,
        "body": body,
        "supersedes": supersedes,
        "actor": event.actor,
        "at": print_time(event.at),
    }
