"""The way from an object back to the delivery: what it lay in, and the event that received that.

- The shortest way is shown; where several are equally short, the first by digest and position.
- What was decrypted goes by the name of what held it; the bytes of its own are `name_hex`.
- Every step names the bytes by digest and the position in the container, so that a stranger can
  repeat it with stock tools.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, String, bindparam, select

from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES, OBJECTS
from muniment.core import Digest, Relation, UsageError, parse_digest

# Put together once: on every page, putting a question together takes longer than its answer.
_ASKED = bindparam("digest", type_=String)
_DEPTH_OF = select(OBJECTS.c.depth).where(OBJECTS.c.digest == _ASKED)
_FIRST_DELIVERY_OF = (
    select(DELIVERIES).where(DELIVERIES.c.digest == _ASKED).order_by("seq").limit(1)
)
_HELD = (
    select(CONTAINMENTS)
    .join(OBJECTS, OBJECTS.c.digest == CONTAINMENTS.c.parent)
    .where(CONTAINMENTS.c.digest == _ASKED)
    .limit(1)
)
_ORDERED = (CONTAINMENTS.c.parent, CONTAINMENTS.c.number)
# The first of those that lie one nearer: a picture that is in all letters is not looked for in
# all of them. Where depths are about to be brought up to date there may be none.
_ONE_NEARER = _HELD.where(OBJECTS.c.depth == _DEPTH_OF.scalar_subquery() - 1).order_by(*_ORDERED)
_SOME_NEARER = _HELD.order_by(OBJECTS.c.depth, *_ORDERED)


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
        if connection.scalar(_DEPTH_OF, {"digest": digest.hex}) is None:
            raise UsageError(
                f"the case has no object {digest.hex}",
                next_step="`muniment items CASE` lists every object",
            )
        links: list[Link] = []
        current = digest.hex
        while True:
            link = _delivered(connection, current)
            if link is not None:
                return _told((*links, link))
            link = _nearest(connection, current)
            if link is None:
                raise UsageError(
                    f"the object {current} lies in nothing any more",
                    next_step="`muniment rebuild CASE` makes the ledger again without it",
                )
            links.append(link)
            current = link.parent or ""


def chains(ledger: Ledger, digests: Sequence[Digest]) -> dict[Digest, tuple[Link, ...]]:
    """The chain of each of some objects (at most about a thousand), as `chain` gives it.

    One question a level of containers, not one an object. An object that is not in the case has
    an empty one.
    """
    found: dict[str, list[Link]] = {digest.hex: [] for digest in digests}
    current = {digest: digest for digest in found}  # object asked for → how far its way is known
    with ledger.engine.connect() as connection:
        while len(current) > 0:
            links = _links_of(connection, sorted(set(current.values())))
            following = {}
            for digest, reached in current.items():
                link = links.get(reached)
                if link is not None:
                    found[digest].append(link)
                    met = {each.sha256 for each in found[digest]}
                    if link.parent is not None and link.parent not in met:
                        following[digest] = link.parent
            current = following
    return {digest: _told(found[digest.hex]) for digest in digests}


def decrypted_name(container: str) -> str:
    """What a document is called that was decrypted out of a file of that name."""
    return f"{container} (decrypted)"


def _told(links: Sequence[Link]) -> tuple[Link, ...]:
    """The links, innermost first, each decrypted one under the name of what it lay in."""
    told: list[Link] = []
    for link in reversed(links):
        if link.relation == Relation.DECRYPTED.value and len(told) > 0 and told[-1].name != "":
            told.append(msgspec.structs.replace(link, name=decrypted_name(told[-1].name)))
        else:
            told.append(link)
    return tuple(reversed(told))


def _links_of(connection: Connection, digests: Sequence[str]) -> dict[str, Link]:
    """The last link of each: its first delivery, or else its nearest containment."""
    delivered = select(DELIVERIES).where(DELIVERIES.c.digest.in_(digests)).order_by("seq")
    found: dict[str, Link] = {}
    for row in connection.execute(delivered):
        found.setdefault(row.digest, _delivery(row))
    left = [digest for digest in digests if digest not in found]
    known = select(OBJECTS.c.digest).where(OBJECTS.c.digest.in_(left))
    for digest in connection.scalars(known).all() if len(left) > 0 else ():
        link = _nearest(connection, digest)
        if link is not None:  # a later reading of its container may not have found it again
            found[digest] = link
    return found


def _delivered(connection: Connection, digest: str) -> Link | None:
    row = connection.execute(_FIRST_DELIVERY_OF, {"digest": digest}).one_or_none()
    return None if row is None else _delivery(row)


def _delivery(row: Row[Any]) -> Link:
    return Link(
        sha256=row.digest,
        name=row.name,
        name_hex=row.raw_name.hex(),
        relation="received",
        event=row.seq,
        intake=row.intake,
    )


def _nearest(connection: Connection, digest: str) -> Link | None:
    """The containment in the parent that is nearest to the delivery: depth always falls."""
    asked = {"digest": digest}
    row = connection.execute(_ONE_NEARER, asked).one_or_none()
    if row is None:
        row = connection.execute(_SOME_NEARER, asked).one_or_none()
    return None if row is None else _containment(row)


def _containment(row: Row[Any]) -> Link:
    return Link(
        sha256=row.digest,
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
