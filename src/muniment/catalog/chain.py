"""The way from an object back to the delivery: what it lay in, and the event that received that.

- The shortest way is shown; where several are equally short, the first by digest and position.
- Every step names the bytes by digest and the position in the container, so that a stranger can
  repeat it with stock tools.
"""

import msgspec
from sqlalchemy import Connection, select

from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES, OBJECTS
from muniment.core import Digest, UsageError


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
