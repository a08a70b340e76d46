"""The deliveries of a case, one row an intake: what was said of it, its counts and its receipt.

- A projection of the journal's `ingestion start` and `ingestion end` events.
- An intake without an end was cut off: what it acknowledged is there, and it has no receipt.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import msgspec
from sqlalchemy import Connection, Engine, Row, func, select
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.listing_tables import INTAKES
from muniment.catalog.tables import DELIVERIES
from muniment.vault import Event, print_time

_START, _END = "ingestion start", "ingestion end"
INTAKE_EVENTS = (_START, _END)
_CLAIMS = ("source", "channel", "custodian", "context")
_COUNTS = ("received", "objects", "bytes", "problems")


class IntakeView(msgspec.Struct, frozen=True):
    """One delivery. `at` is UTC by the machine's clock; claims are None where nobody made any.

    `receipt` is SHA-256 in hex, empty where the intake was cut off; counts are then those of the
    files that are there.
    """

    intake: str
    at: str
    first: int
    last: int | None
    source: str | None
    channel: str | None
    custodian: str | None
    context: str | None
    received: int
    objects: int
    bytes: int
    problems: int
    receipt: str

    @property
    def finished(self) -> bool:
        """Whether it went through to its end."""
        return self.last is not None


class _Ledger(Protocol):
    @property
    def engine(self) -> Engine: ...


def take_intake(connection: Connection, event: Event) -> None:
    """Take one event into the ledger."""
    if event.event == _START:
        claims = {name: event.detail[name]["value"] for name in _CLAIMS}
        row = {"intake": event.leaf.hex[:32], "first": event.seq, "at": print_time(event.at)}
        connection.execute(insert(INTAKES).values(row | claims).on_conflict_do_nothing())
        return
    counts: dict[str, Any] = {name: int(event.detail[name]) for name in _COUNTS}
    closed = counts | {"receipt": event.detail["receipt"], "last": event.seq}
    chosen = INTAKES.update().where(INTAKES.c.intake == event.detail["intake"])
    connection.execute(chosen.values(closed))


def intakes(ledger: _Ledger) -> tuple[IntakeView, ...]:
    """Every delivery, in the order of arrival."""
    with ledger.engine.connect() as connection:
        rows = connection.execute(select(INTAKES).order_by("first")).fetchall()
        return tuple(_views(connection, rows))


def _views(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[IntakeView]:
    for row in rows:
        view = msgspec.convert(row._mapping, IntakeView, from_attributes=False)  # noqa: SLF001 - SQLAlchemy's public name for a row's mapping
        if not view.finished:
            arrived = select(func.count()).where(DELIVERIES.c.intake == view.intake)
            counted = int(connection.scalar(arrived) or 0)
            view = msgspec.structs.replace(view, received=counted, objects=counted)
        yield view
