"""What long work leaves in the case's `work/jobs/<id>/`, for any page, today or tomorrow.

    job.json        what was asked for, by whom, when
    progress.json   the stage it is in: so many of so many, since when; replaced as it goes on
    stages.jsonl    one line a stage that it went through, with counts
    end.json        the exit code, counts, and what is said where it failed

- Each file is whole or not there: written beside, made durable, renamed.
- Counts and names of stages only: no file's name or content, no password.
- `lock` beside the folders is held by the process that works, from its first moment to its last:
  whoever finds it free knows that nothing is under way, whatever the files say.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

LOCK = "lock"
Record = TypeVar("Record", bound=msgspec.Struct)


class Asked(msgspec.Struct, frozen=True):
    """What was asked for: an action, its options in words, by whom, and when (UTC)."""

    id: str
    action: str
    options: tuple[str, ...]
    by: str
    at: datetime


class Stage(msgspec.Struct, frozen=True):
    """How far a stage is: `total` is 0 where it is not known; times are UTC."""

    name: str
    done: int
    total: int
    since: datetime
    at: datetime

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where the end is not known."""
        return None if self.total <= 0 else min(1.0, self.done / self.total)

    @property
    def rate(self) -> float:
        """How many a second, over the whole stage."""
        return self.done / max((self.at - self.since).total_seconds(), 1e-3)

    @property
    def left_s(self) -> float | None:
        """Seconds to the end at that rate; None where that cannot be said."""
        if self.total <= 0 or self.done <= 0:
            return None
        return max(0.0, (self.total - self.done) / self.rate)


class Ended(msgspec.Struct, frozen=True):
    """How it ended: `counts` of what it did; `message` and `next_step` where it failed."""

    code: int
    at: datetime
    counts: tuple[tuple[str, int], ...]
    message: str
    next_step: str


def jobs_folder(work: Path) -> Path:
    """Where a case keeps them."""
    return work / "jobs"


def write_record(folder: Path, name: str, record: msgspec.Struct) -> None:
    """Put a record in its place, whole and durable."""
    partial = folder / f"{name}.partial"
    with partial.open("wb") as file:
        file.write(msgspec.json.encode(record))
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, folder / f"{name}.json")


def add_stage(folder: Path, stage: Stage) -> None:
    """Note a stage that is over."""
    with (folder / "stages.jsonl").open("ab") as file:
        file.write(msgspec.json.encode(stage) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read_record(folder: Path, name: str, kind: type[Record]) -> Record | None:
    """A record; None where there is none, or none that can be read."""
    try:
        return msgspec.json.decode((folder / f"{name}.json").read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError):
        return None


def read_stages(folder: Path) -> tuple[Stage, ...]:
    """The stages that are over, in order; a line that was cut off is left out."""
    try:
        lines = (folder / "stages.jsonl").read_bytes().split(b"\n")
    except OSError:
        return ()
    found = []
    for line in lines[:-1]:
        try:
            found.append(msgspec.json.decode(line, type=Stage))
        except msgspec.MsgspecError:
            continue
    return tuple(found)
