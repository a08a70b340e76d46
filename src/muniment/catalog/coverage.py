"""What was read and what was not, by kind, by container and by reason: the case's completeness.

- Every object is counted once, in one kind and one state; the kinds add up to the case.
- A kind is a family of media types, found from the bytes.
- An object with trouble in it may still be read: problems are counted beside states, not in them.
"""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, case, exists, func, select

from muniment.catalog.kinds import general, kind_of
from muniment.catalog.ledger import Ledger
from muniment.catalog.next_steps import step_for_problem, step_for_state
from muniment.catalog.tables import ARRIVAL_PROBLEMS, OBJECTS, PROBLEMS
from muniment.catalog.views import ContainerView, containers, disagreements
from muniment.core import State

_DONE = (State.READ, State.EMPTY)
_UNREADABLE = State.UNREADABLE.value  # also the code of the problem that only says so
_WITHOUT_TEXT = "page-without-text"
_REASONS_SHOWN = 1_000


class KindCoverage(msgspec.Struct, frozen=True):
    """One kind of file: objects by what became of them, and bytes.

    `read_in_part` are those of `read` that are known to hold more than came out.
    `read_share` is the part of its bytes in objects that were read or are empty, from 0 to 1;
    None where the kind has no bytes.
    """

    kind: str
    objects: int
    read: int
    read_in_part: int
    empty: int
    locked: int
    refused: int
    unreadable: int
    pending: int
    with_problems: int
    pages_without_text: int
    bytes: int
    bytes_read: int
    read_share: float | None


class Lack(msgspec.Struct, frozen=True):
    """One reason for which something was not read: how often, an example, and what to do.

    `what` is a state or a problem code. The reason is that of the example; others of the same
    sort may state other numbers. `objects` counts objects, `count` occurrences. An object that a
    problem of its own ended is counted under that problem, not under its state as well.
    """

    what: str
    reason: str
    objects: int
    count: int
    example: str
    next_step: str


class Coverage(msgspec.Struct, frozen=True):
    """The whole case; containers with those that lost most first."""

    total: KindCoverage
    kinds: tuple[KindCoverage, ...]
    lacks: tuple[Lack, ...]
    containers: tuple[ContainerView, ...]


def coverage(ledger: Ledger) -> Coverage:
    """What of the case was read."""
    found = tuple(kinds(ledger))
    worst = sorted(
        containers(ledger), key=lambda each: (-each.failed, -each.announced, each.sha256)
    )
    return Coverage(_sum("everything", found), found, tuple(lacks(ledger)), tuple(worst))


def kinds(ledger: Ledger) -> Iterator[KindCoverage]:
    """Each kind of file in the case, that with most bytes first."""
    with ledger.engine.connect() as connection:
        by_kind: dict[str, list[KindCoverage]] = {}
        for each in _by_type(connection):
            by_kind.setdefault(each.kind, []).append(each)
    summed = [_sum(kind, tuple(each)) for kind, each in by_kind.items()]
    yield from sorted(summed, key=lambda each: (-each.bytes, each.kind))


def lacks(ledger: Ledger) -> Iterator[Lack]:
    """Every reason for which something was not read, then every sort of problem; most first."""
    with ledger.engine.connect() as connection:
        yield from sorted(_of_states(connection), key=_most_objects)
        problems = (*_of_problems(connection), *_of_names(connection))
        yield from sorted(problems, key=_most_objects)


def _by_type(connection: Connection) -> Iterator[KindCoverage]:
    states = [
        func.sum(case((OBJECTS.c.state == state.value, 1), else_=0)).label(state.value)
        for state in State
    ]
    partly = (OBJECTS.c.state == State.READ.value) & (OBJECTS.c.reason != "")
    done = OBJECTS.c.state.in_([state.value for state in _DONE])
    measures = (
        func.count().label("objects"),
        func.sum(case((partly, 1), else_=0)).label("read_in_part"),
        func.sum(OBJECTS.c.size).label("bytes"),
        func.sum(case((done, OBJECTS.c.size), else_=0)).label("bytes_read"),
    )
    troubled = _counted_by_type(connection, func.count(PROBLEMS.c.digest.distinct()))
    blank = _counted_by_type(connection, func.count(), PROBLEMS.c.code == _WITHOUT_TEXT)
    grouped = select(OBJECTS.c.type, *states, *measures).group_by(OBJECTS.c.type)
    for row in connection.execute(grouped.order_by(OBJECTS.c.type)):
        yield KindCoverage(
            kind=kind_of(row.type),
            objects=row.objects,
            read=row.read,
            read_in_part=row.read_in_part,
            empty=row.empty,
            locked=row.locked,
            refused=row.refused,
            unreadable=row.unreadable,
            pending=row.pending,
            with_problems=troubled.get(row.type, 0),
            pages_without_text=blank.get(row.type, 0),
            bytes=row.bytes,
            bytes_read=row.bytes_read,
            read_share=_share(row.bytes_read, row.bytes),
        )


def _counted_by_type(connection: Connection, measure: object, *where: object) -> dict[str, int]:
    joined = OBJECTS.join(PROBLEMS, PROBLEMS.c.digest == OBJECTS.c.digest)
    counted = select(OBJECTS.c.type, measure).select_from(joined)  # type: ignore[call-overload]
    rows = connection.execute(counted.where(*where).group_by(OBJECTS.c.type))
    return {str(kind): int(count) for kind, count in rows}


def _sum(kind: str, parts: tuple[KindCoverage, ...]) -> KindCoverage:
    counted = {
        name: sum(getattr(part, name) for part in parts)
        for name in KindCoverage.__struct_fields__
        if name not in ("kind", "read_share")
    }
    share = _share(counted["bytes_read"], counted["bytes"])
    return KindCoverage(kind=kind, read_share=share, **counted)


def _share(part: int, whole: int) -> float | None:
    return None if whole == 0 else round(part / whole, 6)


def _of_states(connection: Connection) -> Iterator[Lack]:
    ended = PROBLEMS.c.code != _UNREADABLE
    told = exists().where(
        PROBLEMS.c.digest == OBJECTS.c.digest, PROBLEMS.c.message == OBJECTS.c.reason, ended
    )
    unread = OBJECTS.c.state.not_in([state.value for state in _DONE])
    columns = (OBJECTS.c.state, OBJECTS.c.reason)
    grouped = select(
        *columns, func.count().label("objects"), func.min(OBJECTS.c.digest).label("one")
    )
    found: dict[tuple[str, str], Lack] = {}
    chosen = grouped.where(unread, ~((OBJECTS.c.state == _UNREADABLE) & told))
    for row in connection.execute(chosen.group_by(*columns).order_by(*columns)):
        # Numbers differ from object to object, and make no other reason of it.
        key = (row.state, general(row.reason))
        step = step_for_state(State(row.state), row.reason)
        lack = Lack(row.state, row.reason, row.objects, row.objects, row.one, step)
        known = found.get(key, lack)
        objects = row.objects + (known.objects if key in found else 0)
        first = min(known, lack, key=lambda each: each.example)
        found[key] = msgspec.structs.replace(first, objects=objects, count=objects)
    yield from list(found.values())[:_REASONS_SHOWN]


def _of_problems(connection: Connection) -> Iterator[Lack]:
    unread = select(OBJECTS.c.digest).where(OBJECTS.c.state == _UNREADABLE)
    for table in (PROBLEMS, ARRIVAL_PROBLEMS):
        grouped = select(
            table.c.code,
            func.count().label("times"),
            func.count(table.c.digest.distinct()).label("objects"),
            # SQLite takes it from the row that has the least message: example and message agree.
            table.c.digest.label("one"),
            func.min(table.c.message).label("message"),
        )
        # What says no more than that an object is unreadable was counted with its state.
        counted = ~((table.c.code == _UNREADABLE) & table.c.digest.in_(unread))
        chosen = grouped.where(counted).group_by(table.c.code).order_by(table.c.code)
        for row in connection.execute(chosen):
            step = step_for_problem(row.code)
            yield Lack(row.code, row.message, row.objects, row.times, row.one, step)


def _of_names(connection: Connection) -> Iterator[Lack]:
    """Names that promise another type than the bytes: no problem of the bytes themselves."""
    found = list(disagreements(connection))
    if len(found) == 0:
        return
    files = sorted({each.sha256 for each in found if each.sha256 is not None})
    code, step = found[0].code, step_for_problem(found[0].code)
    yield Lack(code, found[0].message, len(files), len(found), files[0], step)


def _most_objects(lack: Lack) -> tuple[int, int, str, str]:
    return (-lack.objects, -lack.count, lack.what, lack.reason)
