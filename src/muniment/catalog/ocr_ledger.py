"""What the ledger knows of the OCR stage: settings, pages to read, pages read.

- An object is looked over once for each of its readings and each choice of languages.
- A task that was read answers the problems that said its pages have no text; planning it anew
  brings them back. Both happen in one transaction with the task's own state.
- A page that was read badly stays one without text: another language may read it.
- What a task that was cut off by its limits left unread is planned again, a page at a time.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from sqlalchemy import Connection, Row, Select, func, select
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.ledger import Ledger
from muniment.catalog.ocr_tables import ANSWERED_PROBLEMS, OCR_OBJECTS, OCR_SETTINGS, OCR_TASKS
from muniment.catalog.tables import BATCHES, OBJECTS, PROBLEMS
from muniment.core import (
    Area,
    Digest,
    Metadata,
    Part,
    Problem,
    Reading,
    State,
    Whole,
    parse_digest,
    parse_place,
    print_place,
)
from muniment.readers.ocr import OCR_TYPES, PDF, OcrSettings

ANSWERABLE = ("page-without-text", "text-unusable")
OCR_BATCH = "ocr-"  # what the names of batches of OCR's rows begin with
_OCR_PROBLEMS = 1_000_000_000  # numbers of problems from here on are those of OCR
_A_TASK = 10_000  # problems of one task at most
_QUALITY, _BAD = "ocr quality", 0.5  # of 1: below, most of what stands on a page is not there
_DONE = "ocr"  # the property by which a page says that it was read


class Candidate(msgspec.Struct, frozen=True):
    """An object that may have pages to read as pictures, and those a PDF reader named."""

    digest: Digest
    media_type: str
    parts_digest: str
    pages: tuple[int, ...]


class Waiting(msgspec.Struct, frozen=True):
    """A task to run, or one that was run; pages are empty for a picture without pages."""

    digest: Digest
    received: bool
    media_type: str
    first: int
    pages: tuple[int, ...]


def recorded_settings(ledger: Ledger) -> OcrSettings | None:
    """The settings in force; None where none were ever recorded."""
    newest = select(OCR_SETTINGS).order_by(OCR_SETTINGS.c.seq.desc()).limit(1)
    with ledger.engine.connect() as connection:
        row = connection.execute(newest).first()
    if row is None:
        return None
    return OcrSettings(tuple(row.languages.split("+")), tuple(row.engines.split(",")))


def candidates(ledger: Ledger, languages: str) -> Iterator[Candidate]:
    """The objects to look over: those not looked over yet in this reading for these languages."""
    known = (
        (OCR_OBJECTS.c.digest == OBJECTS.c.digest)
        & (OCR_OBJECTS.c.parts_digest == OBJECTS.c.parts_digest)
        & (OCR_OBJECTS.c.languages == languages)
    )
    readable = OBJECTS.c.type.in_(OCR_TYPES) & (OBJECTS.c.state == State.READ.value)
    unknown = ~select(OCR_OBJECTS.c.digest).where(known).exists()
    chosen = select(OBJECTS.c.digest, OBJECTS.c.type, OBJECTS.c.parts_digest)
    with ledger.engine.connect() as connection:
        rows = connection.execute(chosen.where(readable, unknown).order_by("digest")).fetchall()
        for row in rows:
            pages = _pages_without_text(connection, row.digest) if row.type == PDF else ()
            yield Candidate(parse_digest(row.digest), row.type, row.parts_digest, pages)


def _pages_without_text(connection: Connection, digest: str) -> tuple[int, ...]:
    pages: set[int] = set()
    for table in (PROBLEMS, ANSWERED_PROBLEMS):
        told = (table.c.digest == digest) & table.c.code.in_(ANSWERABLE)
        for written in connection.scalars(select(table.c.place).where(told)):
            place = parse_place(written)
            if isinstance(place, Area) and place.page is not None:
                pages.add(place.page)
    return tuple(sorted(pages))


def plan_object(
    ledger: Ledger, seen: Candidate, languages: str, tasks: Sequence[tuple[int, ...]]
) -> None:
    """Note that an object was looked over, and its tasks: their pages, empty for a picture.

    What its letters were read as before is forgotten.
    """
    digest = seen.digest.hex
    rows = [
        {
            "digest": digest,
            "first": pages[0] if len(pages) > 0 else 0,
            "pages": json.dumps(pages),
            "state": State.PENDING.value,
        }
        for pages in tasks
    ]
    with ledger.engine.begin() as connection:
        _forget(connection, seen)
        known = {"digest": digest, "parts_digest": seen.parts_digest, "languages": languages}
        connection.execute(insert(OCR_OBJECTS).values(known))
        if len(rows) > 0:
            connection.execute(insert(OCR_TASKS), rows)


def _forget(connection: Connection, seen: Candidate) -> None:
    """Undo what reading an object's letters changed, and drop the tables that hold any."""
    digest = seen.digest.hex
    read = select(OCR_TASKS.c.digest).where(
        OCR_TASKS.c.digest == digest, OCR_TASKS.c.state == State.READ.value
    )
    if connection.execute(read.limit(1)).first() is not None:
        connection.execute(BATCHES.delete().where(BATCHES.c.name.startswith(OCR_BATCH)))
        connection.execute(OCR_TASKS.update().values(tabled=0))
        connection.execute(OBJECTS.update().where(OBJECTS.c.digest == digest).values(indexed=0))
    own = (PROBLEMS.c.digest == digest) & (PROBLEMS.c.number >= _OCR_PROBLEMS)
    connection.execute(PROBLEMS.delete().where(own))
    known = select(OCR_OBJECTS.c.parts_digest).where(OCR_OBJECTS.c.digest == digest)
    if connection.scalar(known) == seen.parts_digest:
        _move(connection, ANSWERED_PROBLEMS, PROBLEMS, ANSWERED_PROBLEMS.c.digest == digest)
    else:  # those of an older reading; the newer one has said its own
        connection.execute(ANSWERED_PROBLEMS.delete().where(ANSWERED_PROBLEMS.c.digest == digest))
    for table in (OCR_TASKS, OCR_OBJECTS):
        connection.execute(table.delete().where(table.c.digest == digest))


def _move(connection: Connection, source: object, target: object, chosen: object) -> None:
    rows = [dict(row._mapping) for row in connection.execute(select(source).where(chosen))]  # type: ignore[call-overload] # noqa: SLF001 - SQLAlchemy's public name for a row's mapping
    if len(rows) > 0:
        connection.execute(insert(target).on_conflict_do_nothing(), rows)  # type: ignore[arg-type]
        connection.execute(source.delete().where(chosen))  # type: ignore[attr-defined]


def waiting(ledger: Ledger) -> tuple[Waiting, ...]:
    """The tasks that have not been run, in order."""
    chosen = _tasks().where(OCR_TASKS.c.state == State.PENDING.value)
    with ledger.engine.connect() as connection:
        return tuple(map(_waiting, connection.execute(chosen)))


def not_yet(ledger: Ledger, column: str) -> tuple[Waiting, ...]:
    """The tasks that were read but are not yet `tabled` or `committed`, in order."""
    read = (OCR_TASKS.c.state == State.READ.value) & (OCR_TASKS.c[column] == 0)
    with ledger.engine.connect() as connection:
        return tuple(map(_waiting, connection.execute(_tasks().where(read))))


def read_tasks(ledger: Ledger) -> Iterator[tuple[Digest, int, str]]:
    """Object, first page and digest of the parts of every task that was read."""
    columns = (OCR_TASKS.c.digest, OCR_TASKS.c.first, OCR_TASKS.c.parts_digest)
    read = select(*columns).where(OCR_TASKS.c.state == State.READ.value)
    with ledger.engine.connect() as connection:
        for row in connection.execute(read.order_by("digest", "first")):
            yield parse_digest(row.digest), row.first, row.parts_digest


def _tasks() -> Select[tuple[object, ...]]:
    return (
        select(OCR_TASKS, OBJECTS.c.type, OBJECTS.c.received)
        .join(OBJECTS, OBJECTS.c.digest == OCR_TASKS.c.digest)
        .order_by(OCR_TASKS.c.digest, OCR_TASKS.c.first)
    )


def _waiting(row: Row[tuple[object, ...]]) -> Waiting:
    pages = tuple(json.loads(row.pages))
    return Waiting(parse_digest(row.digest), bool(row.received), row.type, row.first, pages)


def take_task(ledger: Ledger, task: Waiting, reading: Reading, parts: Iterable[Part]) -> int:
    """Take in what came of a task, in one transaction; how many of its pages were read."""
    digest, problems, done, badly = task.digest.hex, [], [], set()
    for part in parts:
        if isinstance(part, Problem):
            problems.append(part)
        elif isinstance(part, Metadata) and part.name == _DONE:
            done.append(print_place(part.at))
        elif isinstance(part, Metadata) and part.name == _QUALITY and float(part.written) < _BAD:
            badly.add(print_place(part.at))
    own = (OCR_TASKS.c.digest == digest) & (OCR_TASKS.c.first == task.first)
    with ledger.engine.begin() as connection:
        _put_problems(connection, task, problems)
        answered = (
            (PROBLEMS.c.digest == digest)
            & PROBLEMS.c.place.in_([place for place in done if place not in badly])
            & PROBLEMS.c.code.in_(ANSWERABLE)
        )
        _move(connection, PROBLEMS, ANSWERED_PROBLEMS, answered)
        outcome = {
            "state": State.READ.value,
            "parts": json.dumps(dict(reading.parts), sort_keys=True),
            "parts_digest": reading.parts_digest.hex,
        }
        connection.execute(OCR_TASKS.update().where(own).values(**outcome))
        connection.execute(OBJECTS.update().where(OBJECTS.c.digest == digest).values(indexed=0))
    return len(done)


def _put_problems(connection: Connection, task: Waiting, problems: Sequence[Problem]) -> None:
    base = _OCR_PROBLEMS + task.first * _A_TASK
    mine = (PROBLEMS.c.digest == task.digest.hex) & PROBLEMS.c.number.between(
        base, base + _A_TASK - 1
    )
    connection.execute(PROBLEMS.delete().where(mine))
    rows = [
        {
            "digest": task.digest.hex,
            "number": base + number,
            "place": print_place(_of_task(task, each)),
            "code": each.code,
            "message": each.message,
        }
        for number, each in enumerate(problems[:_A_TASK])
    ]
    if len(rows) > 0:
        connection.execute(insert(PROBLEMS), rows)


def _of_task(task: Waiting, problem: Problem) -> Area | Whole:
    """Trouble of the whole reading of one page is trouble of that page."""
    if len(task.pages) == 1 and isinstance(problem.at, Whole):
        return Area(page=task.pages[0])
    return problem.at  # type: ignore[return-value] # the OCR reader's problems stand at pages


def split_task(ledger: Ledger, task: Waiting) -> None:
    """Plan a task of several pages again as tasks of one page each."""
    own = (OCR_TASKS.c.digest == task.digest.hex) & (OCR_TASKS.c.first == task.first)
    rows = [
        {
            "digest": task.digest.hex,
            "first": page,
            "pages": json.dumps([page]),
            "state": State.PENDING.value,
        }
        for page in task.pages
    ]
    with ledger.engine.begin() as connection:
        connection.execute(OCR_TASKS.delete().where(own))
        connection.execute(insert(OCR_TASKS), rows)


def mark_tasks(ledger: Ledger, column: str, tasks: Iterable[Waiting], batch: str = "") -> None:
    """Note that these tasks are now `tabled` (in that batch) or `committed`."""
    with ledger.engine.begin() as connection:
        if batch != "":
            connection.execute(insert(BATCHES).values(name=batch).on_conflict_do_nothing())
        for task in tasks:
            own = (OCR_TASKS.c.digest == task.digest.hex) & (OCR_TASKS.c.first == task.first)
            connection.execute(OCR_TASKS.update().where(own).values({column: 1}))


def tasks_counted(ledger: Ledger) -> dict[str, int]:
    """How many tasks wait and how many were read."""
    counted = select(OCR_TASKS.c.state, func.count()).group_by(OCR_TASKS.c.state)
    with ledger.engine.connect() as connection:
        return {str(state): int(number) for state, number in connection.execute(counted)}
