"""The process that reads one object: confined, it detects, reads, sends parts, and ends.

- It starts as a copy of its caller and must never return into it: every way out is `os._exit`.
- All descriptors but the object and the pipe are closed before a byte of the object is read.
- What a reader raises becomes a `Closed` message; its own text stays here, for a source file may
  have written it: only the names of the exception and of the reader leave.
"""

import errno
import faulthandler
import gc
import os
import signal
import tempfile
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import NoReturn

import msgspec

from muniment.core import Part, Secret
from muniment.readers.border import Closed, Opened, pack, packed_parts
from muniment.readers.detect import container_type, detect
from muniment.readers.isolation.confine import (
    PRIVATE_TMP,
    TMP,
    Confinement,
    Walls,
    enter,
    put_together,
)
from muniment.readers.keys import Keys
from muniment.readers.known_readers import KnownReaders
from muniment.readers.limits import Limits
from muniment.readers.outcome import How
from muniment.readers.padded_text import without_padding
from muniment.readers.reader import Context, PackedCells, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import (
    ElsewhereError,
    LockedError,
    RefusedError,
    StopReadingError,
    UnreadableError,
)
from muniment.readers.sink import ChildSink
from muniment.readers.source import Source

NO_READER = "none"
ELSEWHERE = 75  # the exit status of a process that has not loaded the object's reader
DISK_FULL = "disk-full"
_STORAGE_TROUBLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_LONGEST_REASON = 500
_INPUT = 3
_OUTPUT = 4
_RULES = 5  # closed as soon as they are entered
MOST_DESCRIPTORS = _RULES - _INPUT + 1
# Put together beforehand, for where there is no memory to say by what it was used up.
_NOTHING_LEFT = pack(Closed(How.BROKEN, "memory-limit", "needed more than is allowed"))
_PAST_ALL = os.sysconf("SC_OPEN_MAX")


class Job(msgspec.Struct, frozen=True):
    """What the reading process is to do."""

    readers: KnownReaders
    limits: Limits
    scratch: str
    required: frozenset[str]
    walls: Walls  # put together before the fork
    keys: tuple[Secret, ...] = ()
    elsewhere: frozenset[str] = frozenset()  # names of readers that this process has not loaded


class _OutOfTimeError(BaseException):
    """Raised by the alarm; not an Exception, so that no reader takes it for its own."""


def walls_of(limits: Limits, descriptors: int, scratch: str, *, has_left: bool = False) -> Walls:
    """The walls of a reading process, put together in the process that is to fork it.

    `descriptors` is how many are handed over to it.
    """
    rules = _RULES if descriptors == MOST_DESCRIPTORS else None
    file_bytes = min(limits.child_bytes, 1 << 62)
    wanted = Confinement(scratch, limits.memory_bytes, limits.time_s, file_bytes, rules, has_left)
    return put_together(wanted)


def stand_ready() -> None:
    """Leave handlers of signals behind, and set ours; once where a process forks many."""
    faulthandler.disable()
    gc.disable()  # the process is short; collecting a copied heap costs more than it frees
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, _out_of_time)


def run_child(descriptors: Sequence[int], job: Job) -> NoReturn:
    """Read the object behind the first descriptor, send messages into the second, and end.

    The third holds Landlock's rules, where there are any.
    """
    try:
        stand_ready()
        _move(descriptors)
        _serve(len(descriptors), job)
    finally:
        os._exit(0)


def run_in_place(descriptors: Sequence[int], job: Job) -> NoReturn:
    """The same in a process that was ready before the fork, and has nothing else open."""
    try:
        if descriptors != list(range(_INPUT, _INPUT + len(descriptors))):
            _move(descriptors)
        _serve(len(descriptors), job)
    finally:
        os._exit(0)


def _move(descriptors: Sequence[int]) -> None:
    """Put the descriptors where they are expected, and nothing at the first three."""
    nothing = os.open(os.devnull, os.O_RDWR)
    # Each is copied out of the way first, so that none overwrites another.
    high = [_above(os.dup(each)) for each in (nothing, nothing, nothing, *descriptors)]
    for target, descriptor in enumerate(high):
        os.dup2(descriptor, target)


def _above(descriptor: int) -> int:
    """A copy of `descriptor` that is none of the six that are kept."""
    while descriptor <= _RULES:
        descriptor = os.dup(descriptor)
    return descriptor


def _serve(count: int, job: Job) -> None:
    """Leave the caller's session and descriptors, put the walls up, and read."""
    os.setsid()
    os.closerange(_INPUT + count, _PAST_ALL)
    active = enter(job.walls)
    if count == MOST_DESCRIPTORS:
        os.close(_RULES)
    if not job.required.issubset(active):
        _refuse(job.required.difference(active), active)
        return
    scratch = TMP if PRIVATE_TMP in active else job.scratch
    # The one place that can be written: libraries that spool to an unnamed file do it there.
    tempfile.tempdir = scratch
    signal.setitimer(signal.ITIMER_REAL, job.limits.time_s)
    try:
        closed = pack(_read(job, scratch, active))
    except MemoryError:
        closed = _NOTHING_LEFT
    signal.setitimer(signal.ITIMER_REAL, 0)
    _send(closed)


def _refuse(missing: frozenset[str], active: tuple[str, ...]) -> None:
    reason = f"not read: isolation is incomplete here ({', '.join(sorted(missing))})"
    _send(pack(Opened("", NO_READER, 0, active)))
    _send(pack(Closed(How.REFUSED, "isolation-incomplete", reason)))


def _read(job: Job, scratch: str, active: tuple[str, ...]) -> Closed:
    keys = Keys(tuple(secret.text for secret in job.keys))
    closed = _read_with(keys, job, scratch, active)
    return msgspec.structs.replace(closed, keys_used=keys.used)


def _read_with(keys: Keys, job: Job, scratch: str, active: tuple[str, ...]) -> Closed:
    name = NO_READER
    try:
        source = Source(_INPUT)
        media_type = detect(source, job.readers)
        # A package of a kind that nobody knows is still a package, and what lies in it is read.
        reader = job.readers.of(media_type) or job.readers.of(container_type(source))
        name = NO_READER if reader is None else reader.name
        if name in job.elsewhere:
            raise ElsewhereError  # noqa: TRY301 - as where a reader is asked that is not here
        version = 0 if reader is None else reader.version
        _send(pack(Opened(media_type, name, version, active)))
        children = ChildSink(scratch, job.limits)
        for message in packed_parts(
            _parts(source, reader, Context(media_type, job.limits, children, keys))
        ):
            _send(message)
    except StopReadingError as stop:
        return _stopped(stop)
    except ElsewhereError:
        os._exit(ELSEWHERE)
    except _OutOfTimeError:
        return Closed(How.BROKEN, "timeout", f"{name} took longer than {job.limits.time_s:g} s")
    except (MemoryError, RecursionError) as why:
        reason = f"{name} needed more than is allowed: {said_of(why)}"
        return Closed(How.BROKEN, "memory-limit", reason)
    except OSError as why:
        if why.errno not in _STORAGE_TROUBLE:
            return Closed(How.BROKEN, "reader-crashed", _crashed(name, why))
        code = DISK_FULL if why.errno in (errno.ENOSPC, errno.EDQUOT) else "not-stored"
        return Closed(How.BROKEN, code, f"{name} could not store what it found: {why.strerror}")
    # The border: whatever else a reader raises on hostile bytes costs this object only.
    except BaseException as why:  # noqa: BLE001
        return Closed(How.BROKEN, "reader-crashed", _crashed(name, why))
    return Closed(How.DONE, "", "")


def _crashed(name: str, why: BaseException) -> str:
    """What is said of a fault of our own; the name of the exception is for who mends it."""
    return f"the reader {name} failed on it: {said_of(why)} (to be reported: {type(why).__name__})"


def _parts(source: Source, reader: Reader | None, context: Context) -> Iterator[Part | PackedCells]:
    if reader is None:
        raise RefusedError(f"no reader yet for {context.media_type}")
    read = reader.read if reader.read_packed is None else reader.read_packed
    text, problems = without_padding(source, context.media_type)
    yield from read(text, context)
    yield from problems


def _stopped(stop: StopReadingError) -> Closed:
    reason = stop.reason[:_LONGEST_REASON]
    match stop:
        case LockedError():
            return Closed(How.LOCKED, "", reason)
        case UnreadableError():
            return Closed(How.UNREADABLE, "unreadable", reason)
        case _:
            return Closed(How.REFUSED, "", reason)


def _send(message: bytes) -> None:
    view = memoryview(message)
    while len(view) > 0:
        view = view[os.write(_OUTPUT, view) :]


def _out_of_time(_number: int, _frame: FrameType | None) -> NoReturn:
    raise _OutOfTimeError
