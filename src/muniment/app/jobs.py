"""Starts long work as a process of its own, watches it, and stops it: one at a time in a case.

- The process is not tied to the room: it goes on when the room is closed, and is seen again when
  the room is opened.
- It does what the same command in a terminal does; passwords and passphrases go by file name only.
- Whether it lives is asked of the lock that it holds, never of a number that another may have.
"""

import fcntl
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from threading import Thread

import msgspec

from muniment.app.job_record import (
    LOCK,
    Asked,
    Ended,
    Stage,
    jobs_folder,
    read_record,
    read_stages,
    write_record,
)
from muniment.app.job_recorder import FOLDER_VARIABLE, LOCK_VARIABLE
from muniment.core import UsageError
from muniment.vault import Case

_KEPT = 50  # jobs that are listed
_ID_BYTES = 5
_TRIES, _BETWEEN_S = 5, 0.1


class Action(StrEnum):
    """What the room can have done."""

    READ = "read"
    LETTERS = "letters"
    UNLOCK = "unlock"
    VERIFY = "verify"
    MAP = "map"


class JobState(StrEnum):
    """How a job stands."""

    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    LOST = "lost"  # it ended without a word: killed, or the machine went down


class Job(msgspec.Struct, frozen=True):
    """One job as it stands now; `stages` are those that are over."""

    asked: Asked
    state: JobState
    stage: Stage | None
    stages: tuple[Stage, ...]
    ended: Ended | None


class Wanted(msgspec.Struct, frozen=True):
    """A job to start: `options` are arguments of the command behind the case."""

    action: Action
    command: str  # its words, such as "map confirm"
    options: tuple[str, ...]
    by: str
    passphrase_file: Path | None = None


class _Holder(msgspec.Struct, frozen=True):
    """What the lock's file says of who holds it."""

    id: str
    pid: int  # 0 until it is known


def start(case: Case, wanted: Wanted, now: datetime) -> str:
    """Start a job; its id.

    Raises:
        UsageError: another is under way in this case.
    """
    folder = jobs_folder(case.work)
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        _take(handle)
        job = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(_ID_BYTES)}"
        own = folder / job
        own.mkdir()
        write_record(own, "job", Asked(job, wanted.action, wanted.options, wanted.by, now))
        _say(handle, _Holder(job, 0))
        process = _spawn(case, wanted, own, handle)
        _say(handle, _Holder(job, process.pid))
    finally:
        os.close(handle)  # the process that was started holds it now
    Thread(target=process.wait, daemon=True).start()  # so that it is no zombie afterwards
    return job


def stop(case: Case, job: str, *, at_once: bool) -> bool:
    """Ask a job to stop, or end it and all that it started; whether it was under way."""
    holder = _holder(jobs_folder(case.work))
    if holder is None or holder.id != job or holder.pid == 0:
        return False
    try:
        if at_once:
            os.killpg(holder.pid, signal.SIGKILL)
        else:
            os.kill(holder.pid, signal.SIGINT)
    except ProcessLookupError:
        return False
    return True


def jobs(case: Case) -> tuple[Job, ...]:
    """The newest jobs, the newest first."""
    folder = jobs_folder(case.work)
    if not folder.is_dir():
        return ()
    holder = _holder(folder)
    names = sorted((path.name for path in folder.iterdir() if path.is_dir()), reverse=True)
    found = (_job(folder / name, holder) for name in names[:_KEPT])
    return tuple(job for job in found if job is not None)


def job_of(case: Case, job: str) -> Job | None:
    """The job of that id; None where there is none."""
    folder = jobs_folder(case.work)
    if not folder.is_dir() or job not in os.listdir(folder):
        return None
    return _job(folder / job, _holder(folder))


def working(case: Case) -> Job | None:
    """The job that is under way; None where there is none."""
    holder = _holder(jobs_folder(case.work))
    return None if holder is None else job_of(case, holder.id)


def _take(handle: int) -> None:
    """Take the lock; what has just ended lets go of it within moments."""
    for _ in range(_TRIES):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_BETWEEN_S)
        else:
            return
    raise UsageError(
        "other work is under way in this case",
        next_step="wait until it has ended, or stop it, and start this again",
    )


def _say(handle: int, holder: _Holder) -> None:
    written = msgspec.json.encode(holder)
    os.pwrite(handle, written, 0)
    os.ftruncate(handle, len(written))


def _spawn(case: Case, wanted: Wanted, own: Path, handle: int) -> subprocess.Popen[bytes]:
    key = () if wanted.passphrase_file is None else ("--passphrase-file", wanted.passphrase_file)
    command = (*wanted.command.split(), case.folder, *wanted.options, *key, "--json")
    return subprocess.Popen(
        [sys.executable, "-m", "muniment", *map(os.fspath, command)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {FOLDER_VARIABLE: os.fspath(own), LOCK_VARIABLE: str(handle)},
        pass_fds=(handle,),
        start_new_session=True,
    )


def _holder(folder: Path) -> _Holder | None:
    """Who holds the lock; None where nobody does."""
    try:
        handle = os.open(folder / LOCK, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        with _tried(handle) as free:
            return None if free else msgspec.json.decode(os.pread(handle, 1_000, 0), type=_Holder)
    except msgspec.MsgspecError:
        return None  # it is being written: whoever holds it has only just begun
    finally:
        os.close(handle)


@contextmanager
def _tried(handle: int) -> Iterator[bool]:
    """Whether the lock was free; it is let go at once."""
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
        return
    try:
        yield True
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)


def _job(own: Path, holder: _Holder | None) -> Job | None:
    asked = read_record(own, "job", Asked)
    if asked is None:
        return None
    # Asked in this order: a process that ends meanwhile has written its end before it lets go.
    works = holder is not None and holder.id == asked.id
    ended = read_record(own, "end", Ended)
    stage = read_record(own, "progress", Stage)
    return Job(asked, _state(ended, works=works), stage, read_stages(own), ended)


def _state(ended: Ended | None, *, works: bool) -> JobState:
    if ended is None:
        return JobState.WORKING if works else JobState.LOST
    match ended.code:
        case 0:
            return JobState.DONE
        case 3 if len(ended.counts) > 0:  # a verification that found something did its work
            return JobState.DONE
        case 130:
            return JobState.STOPPED
        case _:
            return JobState.FAILED
