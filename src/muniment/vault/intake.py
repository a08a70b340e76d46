"""Takes what was delivered into the vault: copies, hashes, and writes down what was found.

    ingestion start   who handed it over, how, what they say of it: claims, each with its basis
    ingestion         one for each file, folder without files, link or special file
    ingestion end     the counts and the receipt

- Objects are durable before the events that name them, and those before they are counted.
- A kill leaves whole objects and whole events; the same intake, run again, completes.
- The receipt can be computed by whoever handed the files over, with stock commands:

      cd DELIVERY; find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum -z | sha256sum
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any

import msgspec

from muniment.core import Attested, Basis, Digest
from muniment.vault.copying import Copied, NotCopied, copy_batch
from muniment.vault.delivery import Entry, walk_all
from muniment.vault.event import EventDraft, Outcome
from muniment.vault.journal import Journal
from muniment.vault.names import guess_path
from muniment.vault.objects import ObjectStore

_BATCH = 256  # files a worker takes at once
_SETTLE_FILES = 4_096  # after so many files, or so many bytes, make durable and write down
_SETTLE_BYTES = 1 << 31


class Delivery(msgspec.Struct, frozen=True):
    """What is handed over, and what is said of it. `roots` are paths as bytes."""

    roots: tuple[bytes, ...]
    actor: str
    tool: str
    source: Attested
    channel: Attested
    custodian: Attested
    context: Attested


class Receipt(msgspec.Struct, frozen=True):
    """What an intake took in; `objects` counts distinct contents, `problems` entries not read."""

    intake: str
    received: int
    objects: int
    bytes: int
    problems: int
    receipt: Digest


class _Tally:
    """What has been taken in so far.

    Distinct contents are counted in a temporary table that SQLite keeps on disk once it grows, so
    memory does not grow with the delivery.
    """

    def __init__(self) -> None:
        self.received = 0
        self.bytes = 0
        self.problems = 0
        self.receipt = hashlib.sha256()
        self._seen = sqlite3.connect("")
        self._seen.execute("CREATE TABLE seen (digest BLOB PRIMARY KEY) WITHOUT ROWID")

    def distinct(self) -> int:
        (count,) = self._seen.execute("SELECT count(*) FROM seen").fetchone()
        self._seen.close()
        return int(count)

    def count(self, outcome: Copied | NotCopied) -> None:
        match outcome:
            case Copied():
                self.received += 1
                self.bytes += outcome.size
                self.problems += outcome.changed
                self._seen.execute("INSERT OR IGNORE INTO seen VALUES (?)", [outcome.digest.raw])
                self.receipt.update(outcome.digest.hex.encode() + b"  " + outcome.name + b"\0")
            case NotCopied():
                self.problems += 1


def take_in(
    delivery: Delivery,
    store: ObjectStore,
    journal: Journal,
    *,
    workers: int,
    progress: Callable[[int, int], None],
) -> Receipt:
    """Take everything below the roots in; `progress` is told of files and bytes made durable.

    Raises:
        OSError: the vault could not be written; what was acknowledged before stays.
        IntegrityError: an object that is already there is damaged.
    """
    store.create()
    store.clear_incoming()
    start = journal.append([_start(delivery)])[0]
    intake = start.leaf.hex[:32]
    tally = _Tally()
    entries = walk_all(delivery.roots)
    for outcomes in _cleared(store, _settled(store, _copied(store, entries, workers))):
        for outcome in outcomes:
            tally.count(outcome)
        journal.append([_draft(intake, delivery, outcome) for outcome in outcomes])
        progress(tally.received, tally.bytes)
    receipt = Receipt(
        intake=intake,
        received=tally.received,
        objects=tally.distinct(),
        bytes=tally.bytes,
        problems=tally.problems,
        receipt=Digest(tally.receipt.digest()),
    )
    journal.append([_end(delivery, receipt)])
    return receipt


def _cleared(
    store: ObjectStore, batches: Iterator[list[Copied | NotCopied]]
) -> Iterator[list[Copied | NotCopied]]:
    """The same batches; where one fails, copies that have no name yet are removed."""
    try:
        yield from batches
    except BaseException:
        store.clear_incoming()
        raise


def _copied(
    store: ObjectStore, entries: Iterator[Entry], workers: int
) -> Iterator[tuple[Copied | NotCopied, ...]]:
    """Outcomes in the order of the entries, a batch at a time."""
    first = tuple(islice(entries, _BATCH))
    if len(first) < _BATCH or workers < 2:  # noqa: PLR2004 - one worker is this process
        batches = chain([first], _batches(entries))
        yield from (copy_batch(store, batch) for batch in batches)
        return
    context = get_context("forkserver")
    context.set_forkserver_preload([copy_batch.__module__])
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting: list[Future[tuple[Copied | NotCopied, ...]]] = []
        for batch in chain([first], _batches(entries)):
            waiting.append(pool.submit(copy_batch, store, batch))
            if len(waiting) > 4 * workers:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def _batches(entries: Iterator[Entry]) -> Iterator[tuple[Entry, ...]]:
    while len(batch := tuple(islice(entries, _BATCH))) > 0:
        yield batch


def _settled(
    store: ObjectStore, batches: Iterator[tuple[Copied | NotCopied, ...]]
) -> Iterator[list[Copied | NotCopied]]:
    """The same outcomes, each handed on only once its bytes are durable."""
    held: list[Copied | NotCopied] = []
    held_bytes = 0
    for batch in batches:
        held.extend(batch)
        held_bytes += sum(outcome.size for outcome in batch if isinstance(outcome, Copied))
        if len(held) >= _SETTLE_FILES or held_bytes >= _SETTLE_BYTES:
            yield _placed(store, held)
            held, held_bytes = [], 0
    yield _placed(store, held)


def _placed(store: ObjectStore, outcomes: list[Copied | NotCopied]) -> list[Copied | NotCopied]:
    """Make the copies durable, then give them their names, then make the names durable."""
    store.settle()
    for outcome in outcomes:
        if isinstance(outcome, Copied):
            store.place(outcome.incoming)
    store.settle()
    return outcomes


def _start(delivery: Delivery) -> EventDraft:
    claims = {
        "channel": delivery.channel,
        "context": delivery.context,
        "custodian": delivery.custodian,
        "source": delivery.source,
    }
    return EventDraft(
        event="ingestion start",
        actor=delivery.actor,
        tool=delivery.tool,
        detail={name: _claim(claim) for name, claim in claims.items()},
    )


def _claim(claim: Attested) -> dict[str, Any]:
    return {"basis": claim.basis.value, "value": claim.value}


def _draft(intake: str, delivery: Delivery, outcome: Copied | NotCopied) -> EventDraft:
    raw_name = outcome.name.removeprefix(b"./")
    name = guess_path(raw_name)
    detail: dict[str, Any] = {
        "intake": intake,
        "name": name.text,
        "name_encoding": {"basis": name.basis.value, "value": name.encoding},
        "name_hex": raw_name.hex(),
    }
    whole = isinstance(outcome, Copied) and not outcome.changed
    return EventDraft(
        event="ingestion",
        actor=delivery.actor,
        tool=delivery.tool,
        objects=(outcome.digest,) if isinstance(outcome, Copied) else (),
        outcome=Outcome.SUCCESS if whole else Outcome.WARNING,
        detail=detail | (_measured(outcome) if isinstance(outcome, Copied) else _missed(outcome)),
    )


def _measured(copied: Copied) -> dict[str, Any]:
    detail: dict[str, Any] = {
        "modified": {
            "basis": Basis.STATED.value,
            "value": f"{copied.modified_ns} ns",
            "zone": "unknown",
        },
        "sha512": copied.sha512,
        "size": str(copied.size),
    }
    if copied.changed:
        message = "the medium changed the file while it was read"
        detail["problem"] = {"code": "changed-while-copied", "message": message}
    return detail


def _missed(missed: NotCopied) -> dict[str, Any]:
    detail: dict[str, Any] = {"problem": {"code": missed.code, "message": missed.message}}
    if missed.link is not None:
        detail["link_hex"] = missed.link.hex()
    return detail


def _end(delivery: Delivery, receipt: Receipt) -> EventDraft:
    return EventDraft(
        event="ingestion end",
        actor=delivery.actor,
        tool=delivery.tool,
        detail={
            "bytes": str(receipt.bytes),
            "intake": receipt.intake,
            "objects": str(receipt.objects),
            "problems": str(receipt.problems),
            "receipt": receipt.receipt.hex,
            "received": str(receipt.received),
        },
    )
