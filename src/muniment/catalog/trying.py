"""The step that tries candidate passwords on one object: what opens it, and what would come out.

- Nothing of it is kept: where a key opens the object, that is recorded, and the object is then read
  with the keys on record like any other.
- Runs in a worker process; the trying itself happens in a confined child of that worker.
"""

import math
import os
import shutil
import tempfile
import time

import msgspec

from muniment.catalog.step import ReadTask, object_path
from muniment.core import Child, Digest, Metadata, Problem, State
from muniment.readers import READERS, Desk, Request, read_parts, read_with_keys

_SCHEME = "encryption"  # the property in which readers state how something is encrypted
_BROKEN = frozenset({"timeout", "memory-limit", "reader-crashed", "output-limit"})


class TryTask(msgspec.Struct, frozen=True):
    """An object with the candidates to try; the first `known` of its keys are on record.

    `until` is when to stop, by `time.monotonic`, which all processes of a machine share.
    """

    read: ReadTask
    known: int
    until: float = math.inf


class Tried(msgspec.Struct, frozen=True):
    """What came of it: positions of the keys that opened something, from 0; elapsed `seconds`.

    `ended` is False where the reader was stopped before it had tried them all.
    """

    used: tuple[int, ...]
    children: tuple[Digest, ...]
    scheme: str
    reader: str
    ended: bool
    seconds: float


def try_keys(task: TryTask) -> Tried:
    """Try the candidates on one object.

    Raises:
        OSError: the case's folders cannot be read or written.
    """
    began = time.monotonic()  # elapsed: it decides how many are tried at once, and when to stop
    left_s = task.until - began
    if left_s <= 0:
        return Tried((), (), "", "", ended=False, seconds=0.0)
    limits = msgspec.structs.replace(task.read.limits, time_s=min(task.read.limits.time_s, left_s))
    scratch = tempfile.mkdtemp(prefix="try-", dir=task.read.work / "scratch")
    try:
        children = os.path.join(scratch, "children")
        os.mkdir(children)
        parts = os.path.join(scratch, "parts")
        request = Request(object_path(task.read), task.read.digest, keys=task.read.keys)
        reading, used = read_with_keys(request, Desk(READERS, limits, children), parts)
        came, scheme, broken = _what_came(parts)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Tried(
        used=used,
        children=came,
        scheme=scheme,
        reader=f"{reading.reader} {reading.reader_version}",
        ended=not broken and reading.state is not State.REFUSED,
        seconds=time.monotonic() - began,
    )


def _what_came(parts: str) -> tuple[tuple[Digest, ...], str, bool]:
    children: dict[Digest, None] = {}
    scheme, broken = "", False
    for part in read_parts(parts):
        match part:
            case Child():
                children[part.digest] = None
                scheme = scheme or dict(part.stated).get(_SCHEME, "")
            case Metadata() if part.name == _SCHEME and scheme == "":
                scheme = part.written
            case Problem() if part.code in _BROKEN:
                broken = True
            case _:
                continue
    return tuple(children), scheme, broken
