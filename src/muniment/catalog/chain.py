"""The way from an object back to the delivery: what it lay in, and the event that received that.

- The shortest way is shown; where several are equally short, the first by digest and position.
- Every step names the bytes by digest and the position in the container, so that a stranger can
  repeat it with stock tools.
"""

from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import Connection, select

from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES, OBJECTS
from muniment.core import Digest, Relation, UsageError, parse_digest


class Link(msgspec.Struct, frozen=True):
    """One step: this object lay in `parent` at `index` under `name`, as `relation`."""

    sha256: str
    name: str
    name_hex: str
    relation: str
    parent: str | None = None
    index: int | None = None
    at: str | None = None
    event: int | None = None
    intake: str | None = None


class Way(msgspec.Struct, frozen=True):
    """That `child` lies in `parent`, at position `index`, under a raw name; `size` is in bytes."""

    child: Digest
    parent: Digest
    index: int
    relation: Relation
    raw_name: bytes
    name: str
    size: int


def chain(ledger: Ledger, digest: Digest) -> tuple[Link, ...]:
    """From the object to the delivery; the last link carries the journal event.

    Raises:
        UsageError: the case has no such object.
    """
    with ledger.engine.connect() as connection:
        if connection.scalar(select(OBJECTS.c.depth).where(OBJECTS.c.digest == digest.hex)) is None:
            raise UsageError(
                f"the case has no object {digest.hex}",
                next_step="`muniment items CASE` lists every object",
            )
        links: list[Link] = []
        current = digest.hex
        while True:
            link = _delivered(connection, current)
            if link is not None:
                return (*links, link)
            link = _contained(connection, current)
            links.append(link)
            current = link.parent or ""


def _delivered(connection: Connection, digest: str) -> Link | None:
    row = connection.execute(
        select(DELIVERIES).where(DELIVERIES.c.digest == digest).order_by("seq").limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Link(
        sha256=digest,
        name=row.name,
        name_hex=row.raw_name.hex(),
        relation="received",
        event=row.seq,
        intake=row.intake,
    )


def _contained(connection: Connection, digest: str) -> Link:
    """The containment in the parent that is nearest to the delivery: depth always falls."""
    row = connection.execute(
        select(CONTAINMENTS)
        .join(OBJECTS, OBJECTS.c.digest == CONTAINMENTS.c.parent)
        .where(CONTAINMENTS.c.digest == digest)
        .order_by(OBJECTS.c.depth, CONTAINMENTS.c.parent, CONTAINMENTS.c.number)
        .limit(1)
    ).one()
    return Link(
        sha256=digest,
        name=row.name,
        name_hex=row.raw_name.hex(),
        relation=row.relation,
        parent=row.parent,
        index=row.position,
        at=row.place,
    )


def ways_to(ledger: Ledger, digests: Iterable[Digest]) -> Iterator[Way]:
    """Every containment that leads from these objects up to a delivery, each once."""
    waiting = [digest.hex for digest in digests]
    met: set[str] = set()
    with ledger.engine.connect() as connection:
        while len(waiting) > 0:
            current = waiting.pop()
            if current in met:
                continue
            met.add(current)
            found = (
                select(CONTAINMENTS, OBJECTS.c.size)
                .join(OBJECTS, OBJECTS.c.digest == CONTAINMENTS.c.digest)
                .where(CONTAINMENTS.c.digest == current)
                .order_by(CONTAINMENTS.c.parent, CONTAINMENTS.c.number)
            )
            for row in connection.execute(found):
                waiting.append(row.parent)
                yield Way(
                    child=parse_digest(row.digest),
                    parent=parse_digest(row.parent),
                    index=row.position,
                    relation=Relation(row.relation),
                    raw_name=row.raw_name,
                    name=row.name,
                    size=row.size,
                )
