"""The working side of long work: what a command writes of its progress, and how it ended.

- Switched on by the environment that `jobs.start` gives the process; elsewhere nothing is written.
- Its results are counted and not kept: what it prints goes into a file without a name.
"""

import fcntl
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from muniment.app.job_record import Ended, Stage, add_stage, write_record

FOLDER_VARIABLE = "MUNIMENT_JOB"
LOCK_VARIABLE = "MUNIMENT_JOB_LOCK"
_EVERY_S = 1.0  # a record at most so often
_LARGEST = 64 << 20  # bytes of results that are counted


class Recorder:
    """Writes the stages of one job as they are told."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        """Record in `folder`."""
        self._folder = folder
        self._clock = clock
        self._stage: Stage | None = None
        self._written: datetime | None = None

    def __call__(self, name: str, done: int, total: int) -> None:
        """Take in that `done` of `total` (0: not known) things of a stage are done."""
        moment, before = self._clock(), self._stage
        if before is None or before.name != name or done < before.done:
            if before is not None:
                add_stage(self._folder, before)
            self._stage, self._written = Stage(name, done, total, moment, moment), None
        else:
            self._stage = msgspec.structs.replace(before, done=done, total=total, at=moment)
        if self._written is None or (moment - self._written).total_seconds() >= _EVERY_S:
            write_record(self._folder, "progress", self._stage)
            self._written = moment

    def close(self) -> None:
        """Note the last stage."""
        if self._stage is not None:
            add_stage(self._folder, self._stage)
            write_record(self._folder, "progress", self._stage)
            self._stage = None


def recorder_of_this_process() -> Recorder | None:
    """The recorder that the environment asks for; None where this is no job."""
    folder = os.environ.get(FOLDER_VARIABLE)
    return None if folder is None else Recorder(Path(folder), lambda: datetime.now(UTC))


def run_as_job(run: Callable[[list[str]], int], arguments: list[str]) -> int:
    """Run a command and leave its end in the job's folder; the exit code."""
    folder = Path(os.environ[FOLDER_VARIABLE])
    if LOCK_VARIABLE in os.environ:  # held by this process alone, not by programs it starts
        os.set_inheritable(int(os.environ[LOCK_VARIABLE]), False)  # noqa: FBT003 - os's signature
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as said:
        os.dup2(printed.fileno(), sys.stdout.fileno())
        os.dup2(said.fileno(), sys.stderr.fileno())
        code = run(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        message, next_step = _trouble(said)
        ended = Ended(code, datetime.now(UTC), _counts(printed), message, next_step)
    write_record(folder, "end", ended)
    if LOCK_VARIABLE in os.environ:
        fcntl.flock(int(os.environ[LOCK_VARIABLE]), fcntl.LOCK_UN)
    return code


def _counts(printed: BinaryIO) -> tuple[tuple[str, int], ...]:
    """The numbers in the JSON that a command printed; lists are counted."""
    printed.seek(0)
    try:
        found = msgspec.json.decode(printed.read(_LARGEST), type=dict[str, Any])
    except msgspec.MsgspecError:
        return ()
    return tuple(_flat(found))


def _flat(found: dict[str, Any]) -> list[tuple[str, int]]:
    counts: list[tuple[str, int]] = []
    for name, value in found.items():
        match value:
            case bool():
                counts.append((name, int(value)))
            case int():
                counts.append((name, value))
            case list():
                counts.append((name, len(value)))
            case dict():
                counts += [(key, held) for key, held in value.items() if isinstance(held, int)]
            case _:
                continue
    return counts


def _trouble(said: BinaryIO) -> tuple[str, str]:
    """The error and the next step among what was said; empty where there are none."""
    said.seek(0, os.SEEK_END)
    said.seek(max(0, said.tell() - 10_000))
    lines = said.read().decode("utf-8", "replace").splitlines()
    marks = ("muniment: ", "next: ")
    last = [next((x for x in reversed(lines) if x.startswith(mark)), mark) for mark in marks]
    return last[0].removeprefix(marks[0]), last[1].removeprefix(marks[1])
