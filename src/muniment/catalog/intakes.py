"""The deliveries of a case, as a list: what was said of each, its counts and its receipt.

- An intake without an end was cut off: what it acknowledged is there, and it has no receipt.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select

from muniment.catalog.custody import INTAKES
from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import DELIVERIES


class IntakeView(msgspec.Struct, frozen=True):
    """One delivery. `at` is UTC by the machine's clock; what nobody said is empty.

    `receipt` is SHA-256 in hex, empty where the intake was cut off; its counts are then those of
    the files that are there.
    """

    intake: str
    at: str
    source: str
    channel: str
    context: str
    received: int
    objects: int
    bytes: int
    problems: int
    receipt: str

    @property
    def finished(self) -> bool:
        """Whether it went through to its end."""
        return self.receipt != ""


def intakes(ledger: Ledger) -> tuple[IntakeView, ...]:
    """Every delivery, in the order of arrival."""
    with ledger.engine.connect() as connection:
        rows = connection.execute(select(INTAKES).order_by("start")).fetchall()
        return tuple(_views(connection, rows))


def _views(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[IntakeView]:
    for row in rows:
        said = {name: str(words) for name, _, words in json.loads(row.stated)}
        arrived = row.received
        if arrived is None:
            counted = select(func.count()).where(DELIVERIES.c.intake == row.intake)
            arrived = int(connection.scalar(counted) or 0)
        yield IntakeView(
            intake=row.intake,
            at=row.started,
            source=said.get("source", ""),
            channel=said.get("channel", ""),
            context=said.get("context", ""),
            received=arrived,
            objects=row.objects or 0,
            bytes=row.bytes or 0,
            problems=row.problems or 0,
            receipt=row.receipt or "",
        )
