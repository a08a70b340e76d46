"""The ledger: every object, where it came from, and what came of reading it.

- A projection of the journal and of the readings: deleting it loses nothing.
- It takes in whole events and whole readings, each in one transaction, so it is never half-way.
- An object's depth is the least number of containers between it and the delivery.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Table,
    bindparam,
    case,
    create_engine,
    event,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.annotations import take_annotation
from muniment.catalog.decisions import take_decision
from muniment.catalog.decryptions import take_decryption
from muniment.catalog.kinds import MAIL, kind_of
from muniment.catalog.ledger_shape import mark, remove, shape, shape_of
from muniment.catalog.listing import call, call_anew, install, prepare
from muniment.catalog.losses import reason_with_losses
from muniment.catalog.ocr_tables import OCR_SETTINGS
from muniment.catalog.remembering import Remembering
from muniment.catalog.tables import (
    ARRIVAL_PROBLEMS,
    BATCHED,
    BATCHES,
    COMMITMENT_LISTS,
    CONTAINMENTS,
    DELIVERIES,
    METADATA,
    OBJECTS,
    PROBLEMS,
    PROGRESS,
)
from muniment.core import (
    Child,
    Digest,
    Problem,
    Reading,
    Relation,
    State,
    UsageError,
    parse_digest,
    print_place,
)
from muniment.vault import ANNOTATION, DECISION, Event

_JOURNAL = "journal events taken in"
_CONNECTIONS_KEPT = 20


class Pending(msgspec.Struct, frozen=True):
    """An object that has not been read yet."""

    digest: Digest
    received: bool
    depth: int


class Joined(msgspec.Struct, frozen=True):
    """An object that is others end to end: its name and the volumes in order."""

    digest: Digest
    size: int
    name: str
    volumes: tuple[Digest, ...]


class Ledger:
    """The ledger in one SQLite file."""

    def __init__(self, path: Path, *, renew: bool = False) -> None:
        """Open the ledger, making it where there is none; on a read-only disk, only for reading.

        With `renew` (under the case's lock) a ledger of another shape is made again.

        Raises:
            UsageError: it is of another shape, or is not there and cannot be made.
        """
        self.writable = _can_write(path)
        known = shape_of(path) if path.exists() else None
        if known not in (shape(), None):
            _leave_or_remove(path, renew=renew and self.writable)
        if self.writable:
            path.parent.mkdir(parents=True, exist_ok=True)
        self.engine = _engine(path) if self.writable else _engine_for_reading(path)
        if self.writable:
            if known != shape():
                # Marked first: a ledger whose making was cut off is ours, and is finished here.
                mark(self.engine)
            METADATA.create_all(self.engine)
            install(self.engine)
        self.remembered = Remembering(
            (lambda: sqlite3.connect(path, check_same_thread=False)) if self.writable else None
        )

    def close(self) -> None:
        """Let go of the file."""
        self.remembered.close()
        self.engine.dispose()

    def events_taken_in(self) -> int:
        """How many journal events the ledger knows."""
        with self.engine.connect() as connection:
            return _progress(connection)

    def take_events(self, events: Iterable[Event]) -> None:
        """Take in the events that follow those already known, in one transaction."""
        size = None
        with self.engine.begin() as connection:
            for each in events:
                _take_event(connection, each)
                size = each.seq + 1
            if size is not None:
                _set_progress(connection, size)
                _bring_nearer(connection)

    def pending(self, deepest: int) -> tuple[Pending, ...]:
        """The objects to read next: those of the least depth that has any, in order."""
        waiting = OBJECTS.c.state == State.PENDING.value
        with self.engine.connect() as connection:
            depth = connection.scalar(select(func.min(OBJECTS.c.depth)).where(waiting))
            if depth is None or depth > deepest:
                return ()
            rows = connection.execute(
                select(OBJECTS.c.digest, OBJECTS.c.received, OBJECTS.c.depth)
                .where(waiting, OBJECTS.c.depth == depth)
                .order_by(OBJECTS.c.digest)
            )
            return tuple(
                Pending(parse_digest(row.digest), bool(row.received), row.depth) for row in rows
            )

    def refuse_deeper(self, deepest: int) -> None:
        """Refuse what lies deeper than `deepest` containers, with its reason."""
        deep = (OBJECTS.c.state == State.PENDING.value) & (OBJECTS.c.depth > deepest)
        reason = f"it lies in more than {deepest} containers"
        with self.engine.begin() as connection:
            connection.execute(
                OBJECTS.update().where(deep).values(state=State.REFUSED.value, reason=reason)
            )

    def take_reading(
        self, reading: Reading, children: Iterable[Child], problems: Iterable[Problem]
    ) -> None:
        """Take in what came of reading one object, in one transaction; again is the same."""
        digest = reading.digest.hex
        problems = tuple(problems)
        outcome = _outcome(reading) | {"reason": reason_with_losses(reading, problems)}
        with self.engine.begin() as connection:
            connection.execute(OBJECTS.update().where(OBJECTS.c.digest == digest).values(**outcome))
            depth = connection.scalar(select(OBJECTS.c.depth).where(OBJECTS.c.digest == digest))
            lying = select(CONTAINMENTS.c.digest, CONTAINMENTS.c.name)
            held = {
                (row.digest, row.name)
                for row in connection.execute(lying.where(CONTAINMENTS.c.parent == digest))
            }
            before = frozenset(child for child, _ in held)
            # What the object gives together with other volumes (numbers below 0) is no part of it.
            given = (CONTAINMENTS.c.parent == digest) & (CONTAINMENTS.c.number >= 0)
            connection.execute(CONTAINMENTS.delete().where(given))
            connection.execute(PROBLEMS.delete().where(PROBLEMS.c.digest == digest))
            _insert(connection, PROBLEMS, [_problem(digest, *item) for item in enumerate(problems)])
            # What a message carries has its senders: they may be others now.
            stays = frozenset() if kind_of(reading.media_type) == MAIL else frozenset(held)
            _take_children(connection, digest, int(depth or 0) + 1, children, stays)
            call_anew(connection, before)

    def take_joined(self, joined: Joined) -> bool:
        """Take in what some volumes give together; whether it was not known before."""
        digest = joined.digest.hex
        volumes = [volume.hex for volume in joined.volumes]
        known = select(OBJECTS.c.digest).where(OBJECTS.c.digest == digest)
        deepest = select(func.max(OBJECTS.c.depth)).where(OBJECTS.c.digest.in_(volumes))
        with self.engine.begin() as connection:
            new = connection.scalar(known) is None
            depth = int(connection.scalar(deepest) or 0) + 1
            _meet(connection, digest, joined.size, depth=depth, received=False)
            for position, volume in enumerate(volumes):
                _take_volume(connection, joined, volume, position)
        return new

    def mark(self, column: str, digests: Iterable[Digest], batch: str | None = None) -> None:
        """Note that these objects are now `indexed`, `tabled` (in that batch) or `committed`."""
        rows = [{"key": digest.hex} for digest in digests]
        chosen = OBJECTS.c.digest == bindparam("key")
        with self.engine.begin() as connection:
            if batch is not None:
                connection.execute(insert(BATCHES).values(name=batch).on_conflict_do_nothing())
                holds = [{"digest": row["key"], "batch": batch} for row in rows]
                if len(holds) > 0:
                    connection.execute(insert(BATCHED).prefix_with("OR REPLACE"), holds)
            if len(rows) > 0:
                connection.execute(OBJECTS.update().where(chosen).values({column: 1}), rows)

    def unmark(self, column: str) -> None:
        """Forget that any object is `indexed`, `tabled` or `committed`: it will be done again."""
        with self.engine.begin() as connection:
            connection.execute(OBJECTS.update().values({column: 0}))

    def commitment_lists(self) -> tuple[str, ...]:
        """The lists of commitments that journal events name, in order."""
        with self.engine.connect() as connection:
            named = select(COMMITMENT_LISTS.c.name).order_by("name")
            return tuple(connection.scalars(named))

    def batches(self) -> frozenset[str]:
        """The names of the batches of flat tables that were written whole."""
        with self.engine.connect() as connection:
            return frozenset(connection.scalars(select(BATCHES.c.name)))

    def not_yet(self, column: str) -> Iterator[Digest]:
        """Objects that have been read but are not yet `indexed` or `committed`, in order."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(OBJECTS.c.digest)
                .where(OBJECTS.c[column] == 0, OBJECTS.c.parts_digest != "")
                .order_by(OBJECTS.c.digest)
            )
            for row in rows.fetchall():
                yield parse_digest(row.digest)


def _engine(path: Path) -> Engine:
    # Twenty readers ask at once, and a connection costs as much as a page: they are kept, the one
    # used last first, and none waits for another's.
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        pool_size=_CONNECTIONS_KEPT,
        max_overflow=-1,
        pool_use_lifo=True,
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        # A projection: losing the last transactions in a power cut costs only doing them again.
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA busy_timeout=20000")
        prepare(connection)

    return engine


def _can_write(path: Path) -> bool:
    folder = path.parent if path.parent.exists() else path.parent.parent
    return os.access(folder, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _leave_or_remove(path: Path, *, renew: bool) -> None:
    if not renew:
        raise UsageError(
            "the ledger of this case was made by another version of Muniment",
            next_step="`muniment process CASE` makes it again; nothing is read twice",
        )
    remove(path)


def _engine_for_reading(path: Path) -> Engine:
    """On a disk that cannot be written nobody else writes either: SQLite needs no side files."""
    if not path.exists():
        raise UsageError(
            f"{path} is not there and cannot be made: the disk is read-only",
            next_step="process the case on a disk that can be written, then copy it here",
        )
    return create_engine(f"sqlite:///file:{quote(str(path))}?mode=ro&immutable=1&uri=true")


def _progress(connection: Connection) -> int:
    known = select(PROGRESS.c.value).where(PROGRESS.c.name == _JOURNAL)
    return int(connection.scalar(known) or 0)


def _set_progress(connection: Connection, size: int) -> None:
    row = insert(PROGRESS).values(name=_JOURNAL, value=size)
    connection.execute(row.on_conflict_do_update(["name"], set_={"value": size}))


def _take_event(connection: Connection, each: Event) -> None:
    if each.event == "ingestion":
        _take_arrival(connection, each)
    elif each.event == ANNOTATION:
        take_annotation(connection, each)
    elif each.event == DECISION:
        take_decision(connection, each)
    elif each.event == "decryption":
        take_decryption(connection, each)
    elif each.event == "metadata extraction":
        name = insert(COMMITMENT_LISTS).values(name=each.detail["list"])
        connection.execute(name.on_conflict_do_nothing())
    elif "ocr" in each.detail:
        chosen = insert(OCR_SETTINGS).values(seq=each.seq, **each.detail["ocr"])
        connection.execute(chosen.on_conflict_do_nothing())


def _take_arrival(connection: Connection, arrival: Event) -> None:
    detail = arrival.detail
    digest = arrival.objects[0].hex if len(arrival.objects) > 0 else ""
    if digest != "":
        _meet(connection, digest, int(detail["size"]), depth=0, received=True)
        row = {
            "seq": arrival.seq,
            "digest": digest,
            "intake": detail["intake"],
            "name": detail["name"],
            "raw_name": bytes.fromhex(detail["name_hex"]),
        }
        call(connection, digest, detail["name"])
        named = (DELIVERIES.c.digest == digest) & (DELIVERIES.c.name == detail["name"])
        if connection.execute(select(DELIVERIES.c.seq).where(named).limit(1)).first() is None:
            _reindex(connection, digest)
        connection.execute(insert(DELIVERIES).values(row).on_conflict_do_nothing())
    if "problem" in detail:
        row = {"seq": arrival.seq, "digest": digest, "name": detail["name"], **detail["problem"]}
        connection.execute(insert(ARRIVAL_PROBLEMS).values(row).on_conflict_do_nothing())


def _meet(connection: Connection, digest: str, size: int, *, depth: int, received: bool) -> None:
    """Know of an object; meeting it again can only bring it nearer to the delivery."""
    row = insert(OBJECTS).values(
        digest=digest,
        size=size,
        depth=depth,
        received=int(received),
        state=State.PENDING.value,
    )
    nearer = {
        "depth": func.min(OBJECTS.c.depth, depth),
        "received": func.max(OBJECTS.c.received, int(received)),
        # What was refused for its depth alone has not been read: it is looked at again.
        "state": case((OBJECTS.c.parts_digest == "", State.PENDING.value), else_=OBJECTS.c.state),
    }
    connection.execute(row.on_conflict_do_update(["digest"], set_=nearer))


def _bring_nearer(connection: Connection) -> None:
    """Let what lies in an object that arrived anew be as near as that object has become."""
    parent = OBJECTS.alias("parent")
    nearest = (
        select(func.min(parent.c.depth) + 1)
        .select_from(CONTAINMENTS.join(parent, parent.c.digest == CONTAINMENTS.c.parent))
        .where(CONTAINMENTS.c.digest == OBJECTS.c.digest)
        .scalar_subquery()
    )
    unread = case((OBJECTS.c.parts_digest == "", State.PENDING.value), else_=OBJECTS.c.state)
    nearer = OBJECTS.update().where(OBJECTS.c.depth > nearest).values(depth=nearest, state=unread)
    while connection.execute(nearer).rowcount > 0:
        pass  # one level of containers at a time


def _reindex(connection: Connection, digest: str) -> None:
    """An object met in another place is indexed again, and so is all that lies in it.

    It has another name or folder then, or came in another message, and so has what lies in it.
    """
    below = select(literal(digest).label("digest")).cte("below", recursive=True)
    inner = select(CONTAINMENTS.c.digest).join(below, CONTAINMENTS.c.parent == below.c.digest)
    everything = select(below.union(inner).c.digest)
    chosen = OBJECTS.update().where(OBJECTS.c.digest.in_(everything), OBJECTS.c.indexed == 1)
    connection.execute(chosen.values(indexed=0))


def _outcome(reading: Reading) -> dict[str, Any]:
    return {
        "state": reading.state.value,
        "type": reading.media_type,
        "reader": f"{reading.reader} {reading.reader_version}",
        "parts": json.dumps(dict(reading.parts), sort_keys=True),
        "parts_digest": reading.parts_digest.hex,
        "announced": reading.announced,
        "emitted": reading.emitted,
        "failed": reading.failed,
        "indexed": 0,
        "tabled": 0,
        "committed": 0,
    }


def _problem(digest: str, number: int, problem: Problem) -> dict[str, Any]:
    return {
        "digest": digest,
        "number": number,
        "place": print_place(problem.at),
        "code": problem.code,
        "message": problem.message,
    }


def _take_children(
    connection: Connection,
    parent: str,
    depth: int,
    children: Iterable[Child],
    stays: frozenset[tuple[str, str]],
) -> None:
    """Note what lies in an object; of `stays`, digests and names, all that is known stays so."""
    for number, child in enumerate(children):
        _meet(connection, child.digest.hex, child.size, depth=depth, received=False)
        row = {
            "parent": parent,
            "number": number,
            "position": child.index,
            "digest": child.digest.hex,
            "relation": child.relation.value,
            "name": child.name,
            "raw_name": child.raw_name,
            "place": print_place(child.at),
            "stated": json.dumps(dict(child.stated), ensure_ascii=False, sort_keys=True),
        }
        call(connection, child.digest.hex, child.name)
        if (child.digest.hex, child.name) not in stays:
            _reindex(connection, child.digest.hex)
        connection.execute(insert(CONTAINMENTS).values(row))


def _take_volume(connection: Connection, joined: Joined, volume: str, position: int) -> None:
    """Note that an object holds this volume; such containments count down from -1."""
    mine = (CONTAINMENTS.c.parent == volume) & (CONTAINMENTS.c.number < 0)
    same = mine & (CONTAINMENTS.c.digest == joined.digest.hex)
    if connection.execute(select(CONTAINMENTS.c.number).where(same)).first() is not None:
        return
    lowest = connection.scalar(select(func.min(CONTAINMENTS.c.number)).where(mine))
    stated = {"volume": f"{position + 1} of {len(joined.volumes)}"}
    row = {
        "parent": volume,
        "number": int(lowest or 0) - 1,
        "position": position,
        "digest": joined.digest.hex,
        "relation": Relation.JOINED.value,
        "name": joined.name,
        "raw_name": joined.name.encode("utf-8", "surrogatepass"),
        "place": "",
        "stated": json.dumps(stated),
    }
    call(connection, joined.digest.hex, joined.name)
    _reindex(connection, joined.digest.hex)
    connection.execute(insert(CONTAINMENTS).values(row))


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if len(rows) > 0:
        connection.execute(insert(table), rows)
