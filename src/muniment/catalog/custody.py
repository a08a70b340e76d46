"""What the journal says of each object: every event that names it, and the delivery it came in.

    custody    object, event                one row for each object that an event names
    custody_intakes   the two events around a delivery: what was said of it, and its receipt

- A projection of the journal: it takes in whole events, and catches up with the journal by itself,
  so that a ledger made before it was there learns of older events too.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Integer, String, Table, func, select
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import METADATA, PROGRESS
from muniment.core import Digest
from muniment.vault import Event, Journal, checkpoint_sizes, print_time

CUSTODY = Table(
    "custody",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("seq", Integer, primary_key=True),  # the journal event
    Column("at", String, nullable=False),  # UTC, as the journal writes it
    Column("event", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("tool", String, nullable=False),
    Column("outcome", String, nullable=False),
)

INTAKES = Table(
    "custody_intakes",
    METADATA,
    Column("intake", String, primary_key=True),
    Column("start", Integer, nullable=False),  # the journal event
    Column("started", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("stated", String, nullable=False),  # JSON: what was said of the delivery, with its basis
    Column("end", Integer),  # None where it was cut off
    Column("ended", String),
    Column("receipt", String),
    Column("received", Integer),  # files; this and what follows, None where it was cut off
    Column("objects", Integer),  # distinct
    Column("bytes", Integer),
    Column("problems", Integer),
)

_PROGRESS = "events told by object"
_ID = 32  # hex digits of an intake: the leaf hash of the event that began it
_AT_ONCE = 1_000
_COUNTS = ("received", "objects", "bytes", "problems")


class CustodyEvent(msgspec.Struct, frozen=True):
    """One event that names an object; `checkpoint` is the first signed size that covers it."""

    seq: int
    at: str
    event: str
    actor: str
    tool: str
    outcome: str
    checkpoint: int | None


class Intake(msgspec.Struct, frozen=True):
    """One delivery: the events around it, what was said of it (name, basis, words), its receipt."""

    intake: str
    start: int
    started: str
    actor: str
    stated: tuple[tuple[str, str, str], ...]
    end: int | None
    ended: str | None
    receipt: str | None


def custody_is_behind(ledger: Ledger, journal: Journal) -> bool:
    """Whether the journal holds events that are not told by object yet."""
    with ledger.engine.connect() as connection:
        return _known(connection) < journal.size


def bring_custody_up_to_date(ledger: Ledger, journal: Journal) -> None:
    """Take in the events that are not told by object yet."""
    with ledger.engine.begin() as connection:
        known = _known(connection)
        if known < journal.size:
            _take(connection, journal.events(known))
            row = insert(PROGRESS).values(name=_PROGRESS, value=journal.size)
            connection.execute(row.on_conflict_do_update(["name"], set_={"value": journal.size}))


def custody_of(
    ledger: Ledger, digest: Digest, journal_folder: Path, since: int = 0, most: int = 50
) -> tuple[CustodyEvent, ...]:
    """The events that name an object, from event `since` on, oldest first.

    The journal need not be open for that: opening checks its newest events, up to 65,536.
    """
    mine = (CUSTODY.c.digest == digest.hex) & (CUSTODY.c.seq >= since)
    chosen = select(CUSTODY).where(mine).order_by("seq")
    sizes = checkpoint_sizes(journal_folder)
    with ledger.engine.connect() as connection:
        rows = connection.execute(chosen.limit(most)).fetchall()
    return tuple(
        CustodyEvent(
            seq=row.seq,
            at=row.at,
            event=row.event,
            actor=row.actor,
            tool=row.tool,
            outcome=row.outcome,
            checkpoint=next((size for size in sizes if size > row.seq), None),
        )
        for row in rows
    )


def custody_count(ledger: Ledger, digest: Digest) -> int:
    """How many events name an object."""
    counted = select(func.count()).where(CUSTODY.c.digest == digest.hex)
    with ledger.engine.connect() as connection:
        return int(connection.scalar(counted) or 0)


def intake_of(ledger: Ledger, intake: str) -> Intake | None:
    """The delivery of that id; None where the journal tells of none."""
    with ledger.engine.connect() as connection:
        row = connection.execute(select(INTAKES).where(INTAKES.c.intake == intake)).one_or_none()
    if row is None:
        return None
    said = json.loads(row.stated)
    stated = tuple((name, str(basis), str(words)) for name, basis, words in said)
    return Intake(
        row.intake, row.start, row.started, row.actor, stated, row.end, row.ended, row.receipt
    )


def _known(connection: Connection) -> int:
    known = select(PROGRESS.c.value).where(PROGRESS.c.name == _PROGRESS)
    return int(connection.scalar(known) or 0)


def _take(connection: Connection, events: Iterable[Event]) -> None:
    rows: list[dict[str, Any]] = []
    for event in events:
        rows.extend(_rows(event))
        if event.event == "ingestion start":
            connection.execute(insert(INTAKES).values(_start(event)).on_conflict_do_nothing())
        elif event.event == "ingestion end":
            end = {"end": event.seq, "ended": print_time(event.at)}
            end |= {"receipt": str(event.detail.get("receipt", ""))}
            end |= {name: int(event.detail.get(name, 0)) for name in _COUNTS}
            mine = INTAKES.c.intake == str(event.detail.get("intake", ""))
            connection.execute(INTAKES.update().where(mine).values(end))
        if len(rows) >= _AT_ONCE:
            _put(connection, rows)
            rows = []
    _put(connection, rows)


def _put(connection: Connection, rows: list[dict[str, Any]]) -> None:
    if len(rows) > 0:
        connection.execute(insert(CUSTODY).on_conflict_do_nothing(), rows)


def _rows(event: Event) -> Iterable[dict[str, Any]]:
    for digest in dict.fromkeys(event.objects):
        yield {
            "digest": digest.hex,
            "seq": event.seq,
            "at": print_time(event.at),
            "event": event.event,
            "actor": event.actor,
            "tool": event.tool,
            "outcome": event.outcome.value,
        }


def _start(event: Event) -> dict[str, Any]:
    stated = [
        (name, said.get("basis", ""), "" if said.get("value") is None else said["value"])
        for name, said in sorted(event.detail.items())
        if isinstance(said, dict)
    ]
    return {
        "intake": event.leaf.hex[:_ID],
        "start": event.seq,
        "started": print_time(event.at),
        "actor": event.actor,
        "stated": json.dumps(stated, ensure_ascii=False),
    }
