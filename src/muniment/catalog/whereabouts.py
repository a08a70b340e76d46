"""How an object came, what lies in it, and what stands before and after it.

- Every list is a window of bounded size with a count beside it, each answered by an index.
"""

import json

import msgspec
from sqlalchemy import Connection, Row, Select, select

from muniment.catalog.ledger import Ledger
from muniment.catalog.object_view import names_by_object, rows_where
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES, OBJECTS
from muniment.core import Citation, Digest, parse_digest, parse_place

WINDOW = 50  # rows of a list


class Arrival(msgspec.Struct, frozen=True):
    """One way in which an object came: in a delivery, or inside another object."""

    relation: str  # received, or as `Relation`
    name: str
    name_hex: str
    parent: str | None
    parent_name: str
    position: int | None
    event: int | None
    intake: str | None
    stated: tuple[tuple[str, str], ...] = ()


class MemberView(msgspec.Struct, frozen=True):
    """One thing that came out of a container, and what came of reading it."""

    number: int  # among the container's parts; negative for what volumes gave together
    position: int
    sha256: str
    name: str
    name_hex: str
    relation: str
    at: str
    size: int
    type: str
    state: str
    reason: str
    stated: tuple[tuple[str, str], ...]


class Neighbours(msgspec.Struct, frozen=True):
    """What stands before and after an object in the same container, or in the same delivery."""

    within: str | None  # the container, None for a delivery
    before: tuple[str, str] | None  # digest and name
    after: tuple[str, str] | None


def arrivals(
    ledger: Ledger, digest: Digest, first: int = 0, most: int = WINDOW
) -> tuple[Arrival, ...]:
    """The ways in which an object came, deliveries first, from number `first` on."""
    with ledger.engine.connect() as connection:
        mine = select(DELIVERIES).where(DELIVERIES.c.digest == digest.hex).order_by("seq")
        delivered = connection.execute(mine.offset(first).limit(most)).fetchall()
        count = rows_where(connection, DELIVERIES.c.digest == digest.hex)
        lying = select(CONTAINMENTS).where(CONTAINMENTS.c.digest == digest.hex)
        window = lying.offset(max(0, first - count)).limit(most - len(delivered))
        contained = connection.execute(window.order_by("parent", "number")).fetchall()
        names = names_by_object(connection, [row.parent for row in contained])
    return (*map(_delivery, delivered), *(_containment(row, names) for row in contained))


def arrival_count(ledger: Ledger, digest: Digest) -> int:
    """In how many ways an object came."""
    with ledger.engine.connect() as connection:
        return sum(
            rows_where(connection, table.c.digest == digest.hex)
            for table in (DELIVERIES, CONTAINMENTS)
        )


def members(
    ledger: Ledger, digest: Digest, after: int | None = None, most: int = WINDOW
) -> tuple[MemberView, ...]:
    """What came out of an object: those behind number `after`, in the order of its parts."""
    chosen = (
        select(CONTAINMENTS, OBJECTS.c.size, OBJECTS.c.type, OBJECTS.c.state, OBJECTS.c.reason)
        .join(OBJECTS, OBJECTS.c.digest == CONTAINMENTS.c.digest)
        .where(CONTAINMENTS.c.parent == digest.hex)
        .order_by(CONTAINMENTS.c.number)
        .limit(most)
    )
    if after is not None:
        chosen = chosen.where(CONTAINMENTS.c.number > after)
    with ledger.engine.connect() as connection:
        return tuple(_member(row) for row in connection.execute(chosen))


def member_at(ledger: Ledger, digest: Digest, position: int) -> int | None:
    """The number of the member at a position of a container's own directory."""
    chosen = (
        select(CONTAINMENTS.c.number)
        .where(CONTAINMENTS.c.parent == digest.hex, CONTAINMENTS.c.position == position)
        .order_by("number")
        .limit(1)
    )
    with ledger.engine.connect() as connection:
        found = connection.scalar(chosen)
    return None if found is None else int(found)


def neighbours(ledger: Ledger, digest: Digest) -> Neighbours:
    """What stands before and after an object where it came first."""
    with ledger.engine.connect() as connection:
        mine = select(DELIVERIES).where(DELIVERIES.c.digest == digest.hex)
        row = connection.execute(mine.order_by("seq").limit(1)).first()
        if row is not None:
            same = DELIVERIES.c.intake == row.intake
            back = select(DELIVERIES).where(same, DELIVERIES.c.seq < row.seq)
            ahead = select(DELIVERIES).where(same, DELIVERIES.c.seq > row.seq)
            seq = DELIVERIES.c.seq
            return Neighbours(
                None, _one(connection, back, seq.desc()), _one(connection, ahead, seq.asc())
            )
        held = connection.execute(
            select(CONTAINMENTS)
            .join(OBJECTS, OBJECTS.c.digest == CONTAINMENTS.c.parent)
            .where(CONTAINMENTS.c.digest == digest.hex)
            .order_by(OBJECTS.c.depth, CONTAINMENTS.c.parent, CONTAINMENTS.c.number)
            .limit(1)
        ).first()
        if held is None:
            return Neighbours(None, None, None)
        same, number = CONTAINMENTS.c.parent == held.parent, CONTAINMENTS.c.number
        back = select(CONTAINMENTS).where(same, number < held.number)
        ahead = select(CONTAINMENTS).where(same, number > held.number)
        return Neighbours(
            held.parent,
            _one(connection, back, number.desc()),
            _one(connection, ahead, number.asc()),
        )


def _one(
    connection: Connection, chosen: Select[tuple[object, ...]], order: object
) -> tuple[str, str] | None:
    row = connection.execute(chosen.order_by(order).limit(1)).first()  # type: ignore[arg-type]
    return None if row is None else (row.digest, row.name)


def _delivery(row: Row[tuple[object, ...]]) -> Arrival:
    return Arrival(
        relation="received",
        name=row.name,
        name_hex=row.raw_name.hex(),
        parent=None,
        parent_name="",
        position=None,
        event=row.seq,
        intake=row.intake,
    )


def _containment(row: Row[tuple[object, ...]], names: dict[str, tuple[str, ...]]) -> Arrival:
    return Arrival(
        relation=row.relation,
        name=row.name,
        name_hex=row.raw_name.hex(),
        parent=row.parent,
        parent_name=next((name for name in names[row.parent] if name != ""), ""),
        position=row.position,
        event=None,
        intake=None,
        stated=_stated(row.stated),
    )


def _member(row: Row[tuple[object, ...]]) -> MemberView:
    return MemberView(
        number=row.number,
        position=row.position,
        sha256=row.digest,
        name=row.name,
        name_hex=row.raw_name.hex(),
        relation=row.relation,
        at=str(Citation(parse_digest(row.parent), parse_place(row.place))),
        size=row.size,
        type=row.type,
        state=row.state,
        reason=row.reason,
        stated=_stated(row.stated),
    )


def _stated(written: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(name), str(value)) for name, value in json.loads(written).items()))
