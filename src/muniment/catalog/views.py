"""What people and outside checks are shown of the ledger.

- Rows come in a fixed order: by digest, then by number.
- Names are shown as read; the raw bytes stand beside them where they matter.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, Row, exists, func, select

from muniment.catalog.disagreement import disagreement
from muniment.catalog.holdings import holdings
from muniment.catalog.ledger import Ledger
from muniment.catalog.listing_tables import NAME_DOUBTS, PROBLEM_COUNTS
from muniment.catalog.ocr_tables import OCR_TASKS
from muniment.catalog.tables import (
    ARRIVAL_PROBLEMS,
    CONTAINMENTS,
    DELIVERIES,
    OBJECTS,
    PROBLEMS,
)
from muniment.core import Citation, Digest, State, parse_digest, parse_place

_PAGE = 1_000  # rows fetched at once, so that memory does not grow with the case


class Parent(msgspec.Struct, frozen=True):
    """Where an object lay: a container and the raw member name, read."""

    sha256: str
    member: str
    index: int


class ItemView(msgspec.Struct, frozen=True):
    """One object as `muniment items` shows it."""

    sha256: str
    bytes: int
    names: tuple[str, ...]
    parents: tuple[Parent, ...]
    type: str
    state: str
    reason: str
    reader: str
    parts: dict[str, int]


class ProblemView(msgspec.Struct, frozen=True):
    """One problem; `sha256` and `at` are None where no bytes arrived."""

    sha256: str | None
    at: str | None
    code: str
    message: str
    name: str | None = None


class UnreadView(msgspec.Struct, frozen=True):
    """An object that was not read, and no problem of its own says so."""

    sha256: str
    state: str
    reason: str


class ContainerView(msgspec.Struct, frozen=True):
    """What a container announced and what came of it."""

    sha256: str
    name: str
    announced: int
    emitted: int
    failed: int


class Totals(msgspec.Struct, frozen=True):
    """Counts over the whole case; `bytes` are those of the distinct objects."""

    items: int
    received: int
    objects: int
    bytes: int
    by_state: dict[str, int]
    by_type: dict[str, int]
    problems: dict[str, int]


def items(ledger: Ledger, after: str = "", at_once: int = _PAGE) -> Iterator[ItemView]:
    """Every object whose digest comes after `after`, by digest; fetched so many at once."""
    last = after
    with ledger.engine.connect() as connection:
        while True:
            rows = connection.execute(
                select(OBJECTS).where(OBJECTS.c.digest > last).order_by("digest").limit(at_once)
            ).fetchall()
            if len(rows) == 0:
                return
            last = rows[-1].digest
            names = _names(connection, rows[0].digest, last)
            parents = _parents(connection, rows[0].digest, last)
            read_off = _read_off_pictures(connection, rows[0].digest, last)
            for row in rows:
                item = _item(row, names.get(row.digest, ()), parents.get(row.digest, ()))
                yield _with_parts(item, read_off.get(row.digest, Counter()))


def problems(ledger: Ledger) -> Iterator[ProblemView]:
    """Every problem: entries that did not arrive whole, then trouble in objects, by digest."""
    with ledger.engine.connect() as connection:
        for row in connection.execute(select(ARRIVAL_PROBLEMS).order_by("seq")):
            digest = parse_digest(row.digest) if row.digest != "" else None
            at = None if digest is None else str(Citation(digest))
            yield ProblemView(row.digest or None, at, row.code, row.message, row.name)
        ordered = select(PROBLEMS).order_by("digest", "number")
        for row in connection.execute(ordered):
            at = str(Citation(parse_digest(row.digest), parse_place(row.place)))
            yield ProblemView(row.digest, at, row.code, row.message)
        yield from disagreements(connection)


def unread_without_problem(ledger: Ledger) -> Iterator[UnreadView]:
    """Every object that was refused, is locked or unreadable and has no problem, by digest."""
    states = (State.REFUSED.value, State.LOCKED.value, State.UNREADABLE.value)
    troubled = exists().where(PROBLEMS.c.digest == OBJECTS.c.digest)
    chosen = select(OBJECTS).where(OBJECTS.c.state.in_(states), ~troubled)
    with ledger.engine.connect() as connection:
        for row in connection.execute(chosen.order_by("digest")):
            yield UnreadView(row.digest, row.state, row.reason)


def item(ledger: Ledger, digest: Digest) -> ItemView | None:
    """One object; None where the case has none of that digest."""
    before = f"{int(digest.hex, 16) - 1:064x}" if int(digest.hex, 16) > 0 else ""
    found = next(items(ledger, before, 1), None)
    return found if found is not None and found.sha256 == digest.hex else None


def containers(ledger: Ledger) -> Iterator[ContainerView]:
    """Every object that announced or gave files, by digest."""
    holds = (OBJECTS.c.announced > 0) | (OBJECTS.c.emitted > 0) | (OBJECTS.c.failed > 0)
    with ledger.engine.connect() as connection:
        for row in connection.execute(select(OBJECTS).where(holds).order_by("digest")).fetchall():
            names = _names(connection, row.digest, row.digest).get(row.digest, [""])
            yield ContainerView(row.digest, names[0], row.announced, row.emitted, row.failed)


def totals(ledger: Ledger) -> Totals:
    """Counts over the whole case: those that the ledger keeps, so that no name is looked at.

    Names that disagree with their types are those that the last run found.
    """
    return ledger.remembered(("totals",), lambda: _totals(ledger))


def _totals(ledger: Ledger) -> Totals:
    held = holdings(ledger)
    kept = select(PROBLEM_COUNTS.c.code, PROBLEM_COUNTS.c.times).where(PROBLEM_COUNTS.c.times > 0)
    doubts = select(func.count()).select_from(NAME_DOUBTS)
    with ledger.engine.connect() as connection:
        troubles = Counter({row.code: row.times for row in connection.execute(kept)})
        troubles.update(_counts(connection, ARRIVAL_PROBLEMS.c.code))
        troubles["type-disagrees"] += connection.scalar(doubts) or 0
        by_type = _counts(connection, OBJECTS.c.type)
    return Totals(
        items=held.objects,
        received=held.received,
        objects=held.objects,
        bytes=held.bytes,
        by_state=dict(sorted(held.states)),
        by_type=by_type,
        problems=dict(sorted((+troubles).items())),
    )


def names_of(ledger: Ledger, digest: Digest) -> tuple[str, ...]:
    """Every name under which an object arrived or lay in another, sorted, each once."""
    with ledger.engine.connect() as connection:
        return tuple(_names(connection, digest.hex, digest.hex).get(digest.hex, ()))


def _counts(connection: Connection, column: object) -> dict[str, int]:
    rows = connection.execute(select(column, func.count()).group_by(column))  # type: ignore[call-overload]
    return {str(value): int(number) for value, number in sorted(rows)}


def _item(
    row: Row[tuple[object, ...]], names: Sequence[str], parents: Sequence[Parent]
) -> ItemView:
    return ItemView(
        sha256=row.digest,
        bytes=row.size,
        names=tuple(names),
        parents=tuple(parents),
        type=row.type,
        state=row.state,
        reason=row.reason,
        reader=row.reader,
        parts=json.loads(row.parts),
    )


def _read_off_pictures(connection: Connection, first: str, last: str) -> dict[str, Counter[str]]:
    """Parts by kind that the OCR stage found in the objects from `first` to `last`."""
    chosen = select(OCR_TASKS.c.digest, OCR_TASKS.c.parts).where(
        OCR_TASKS.c.digest.between(first, last)
    )
    found: dict[str, Counter[str]] = {}
    for row in connection.execute(chosen):
        found.setdefault(row.digest, Counter()).update(json.loads(row.parts))
    return found


def _with_parts(item: ItemView, more: Counter[str]) -> ItemView:
    if len(more) == 0:
        return item
    counts = dict(sorted((Counter(item.parts) + more).items()))
    return msgspec.structs.replace(item, parts=counts)


def _names(connection: Connection, first: str, last: str) -> dict[str, list[str]]:
    """The names of the objects from `first` to `last`, sorted, each once an object."""
    delivered = select(DELIVERIES.c.digest, DELIVERIES.c.name).where(
        DELIVERIES.c.digest.between(first, last)
    )
    contained = select(CONTAINMENTS.c.digest, CONTAINMENTS.c.name).where(
        CONTAINMENTS.c.digest.between(first, last)
    )
    found: dict[str, list[str]] = {}
    for row in connection.execute(delivered.union(contained)):
        found.setdefault(row.digest, []).append(row.name)
    return {digest: sorted(names) for digest, names in found.items()}


def _parents(connection: Connection, first: str, last: str) -> dict[str, list[Parent]]:
    rows = connection.execute(
        select(CONTAINMENTS)
        .where(CONTAINMENTS.c.digest.between(first, last))
        .order_by("digest", "parent", "number")
    )
    found: dict[str, list[Parent]] = {}
    for row in rows:
        found.setdefault(row.digest, []).append(Parent(row.parent, row.name, row.position))
    return found


def disagreements(connection: Connection) -> Iterator[ProblemView]:
    """Names whose ending says another type than the bytes: kept apart from what bytes say."""
    named = (
        select(OBJECTS.c.digest, OBJECTS.c.type, DELIVERIES.c.name)
        .join(DELIVERIES, DELIVERIES.c.digest == OBJECTS.c.digest)
        .where(OBJECTS.c.type != "")
        .union(
            select(OBJECTS.c.digest, OBJECTS.c.type, CONTAINMENTS.c.name)
            .join(CONTAINMENTS, CONTAINMENTS.c.digest == OBJECTS.c.digest)
            .where(OBJECTS.c.type != "")
        )
        .subquery()
    )
    ordered = select(named).order_by(named.c.digest, named.c.name)
    for row in connection.execute(ordered):
        message = disagreement(row.name, row.type)
        if message is not None:
            at = str(Citation(parse_digest(row.digest)))
            yield ProblemView(row.digest, at, "type-disagrees", message, row.name)
