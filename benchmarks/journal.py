"""Measures the journal: append, open, root, read and verify, at growing sizes, with peak memory.

    python benchmarks/journal.py [sizes …]            default 10000 100000 1000000

Each size is measured in processes of their own, so that peak memory is that of the one step.
Events are like those of an intake: one object, four members of detail, about 460 bytes.
"""

import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from muniment.core import canonical_json, digest_of
from muniment.vault.checkpoint import key_draft, write_checkpoint
from muniment.vault.event import EventDraft
from muniment.vault.journal import Journal
from muniment.vault.keys import create_signing_key, load_signing_key
from muniment.vault.verification import verify_journal

BATCH = 1_000
ORIGIN = "muniment.invalid/benchmark"
HEADER = canonical_json({"format": "muniment-case", "origin": ORIGIN})
SCRATCH = Path(__file__).parent / "scratch" / "journal"
OBJECTS = tuple(digest_of(bytes([number])) for number in range(256))


def now() -> datetime:
    return datetime.now(UTC)


def draft(number: int) -> EventDraft:
    detail = {"name": f"list_{number}.xls", "path": "a/b/c", "record": number, "size": number * 7}
    return EventDraft(
        event="ingestion",
        actor="archivist",
        tool="muniment 0.1.0",
        objects=(OBJECTS[number % 256],),
        detail=detail,
    )


def append(size: int) -> None:
    key = load_signing_key(SCRATCH / "key.pem", ORIGIN, None)
    with Journal.create(SCRATCH / "journal", HEADER, now) as journal:
        journal.append([key_draft(key.verifier(), "archivist", "muniment 0.1.0")])
        for first in range(1, size, BATCH):
            journal.append([draft(number) for number in range(first, min(size, first + BATCH))])
        write_checkpoint(journal, key)


def open_to_write(_: int) -> None:
    Journal.open(SCRATCH / "journal", now, writable=True).close()


def open_to_read(_: int) -> None:
    Journal.open(SCRATCH / "journal", now)


def root(_: int) -> None:
    Journal.open(SCRATCH / "journal", now).root()


def read(size: int) -> None:
    assert sum(1 for _ in Journal.open(SCRATCH / "journal", now).events()) == size


def prove(size: int) -> None:
    Journal.open(SCRATCH / "journal", now).inclusion_proof(size // 3)


def verify(size: int) -> None:
    key = load_signing_key(SCRATCH / "key.pem", ORIGIN, None)
    found = verify_journal(SCRATCH / "journal", HEADER, [key.verifier()])
    assert (found.size, found.failures, found.notes) == (size, (), ())


STEPS: dict[str, Callable[[int], None]] = {
    "append": append,
    "open to write": open_to_write,
    "open to read": open_to_read,
    "root": root,
    "inclusion proof": prove,
    "read all": read,
    "verify": verify,
}


def measure(step: str, size: int) -> None:
    """One step in this process; its figures as JSON on the standard output."""
    began, used = time.perf_counter(), time.process_time()
    STEPS[step](size)
    wall, cpu = time.perf_counter() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # KiB on Linux
    print(json.dumps([wall, cpu, peak]))


def main(sizes: list[int]) -> None:
    print(f"{'events':>9}  {'step':<16}{'wall s':>9}{'CPU s':>9}{'us/event':>10}{'peak MB':>9}")
    for size in sizes:
        shutil.rmtree(SCRATCH, ignore_errors=True)
        SCRATCH.mkdir(parents=True)
        create_signing_key(SCRATCH / "key.pem", ORIGIN, None)
        for step in STEPS:
            command = [sys.executable, __file__, "--measure", step, str(size)]
            shown = subprocess.run(command, capture_output=True, check=True, text=True)
            wall, cpu, peak = json.loads(shown.stdout)
            each = wall / size * 1e6
            print(f"{size:>9}  {step:<16}{wall:>9.2f}{cpu:>9.2f}{each:>10.2f}{peak:>9}")
    shutil.rmtree(SCRATCH)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], int(sys.argv[3]))
    else:
        main([int(size) for size in sys.argv[1:]] or [10_000, 100_000, 1_000_000])
