"""The step that the engine runs for each object: read it, keep its children, leave its part file.

- Runs in a worker process; the reading itself happens in a confined child of that worker.
- Children and commitment are kept before the part file appears, so a part file never names what
  is not there.
- The bytes alone, and the keys recorded for them, decide what comes out: names and depth are not
  handed to the reader.
- A reading that had keys says so in a file beside its parts, so that one without them is not taken
  for it.
"""

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

import msgspec

from muniment.catalog.committing import commit_to, commitment_path, write_commitment
from muniment.catalog.keyed import Keyed, write_keyed
from muniment.core import Digest, IntegrityError, Problem, Reading, Secret, State, Whole
from muniment.readers import (
    READERS,
    Desk,
    Forker,
    Limits,
    PartWriter,
    Request,
    read_isolated,
    read_parts,
)
from muniment.vault import ObjectStore


class ReadTask(msgspec.Struct, frozen=True):
    """One object to read; `vault` and `work` are the case's folders.

    `keys` are the secrets of `key_ids`, which open it.
    """

    digest: Digest
    received: bool
    vault: Path
    work: Path
    limits: Limits
    key_ids: tuple[str, ...] = ()
    keys: tuple[Secret, ...] = ()


def part_path(work: Path, digest: Digest) -> Path:
    """Where the parts of an object are kept."""
    return work / "readings" / digest.hex[:2] / f"{digest.hex}.parts"


def object_path(task: ReadTask) -> str:
    """Where the object's bytes are; they are those of its name.

    Raises:
        IntegrityError: they have changed.
    """
    store = ObjectStore(task.vault if task.received else task.work)
    require_unchanged(store, task.digest, received=task.received)
    return str(store.path(task.digest))


def read_object(task: ReadTask) -> Reading:
    """Read one object of a case.

    Raises:
        OSError: the case's folders cannot be read or written.
        IntegrityError: the object's bytes are not those that its name says.
    """
    path = object_path(task)
    target = part_path(task.work, task.digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = tempfile.mkdtemp(prefix="read-", dir=task.work / "scratch")
    try:
        children = os.path.join(scratch, "children")
        os.mkdir(children)
        pending = os.path.join(scratch, "parts")
        request = Request(path=path, digest=task.digest, keys=task.keys)
        desk = Desk(READERS, task.limits, children, forker=_forker(os.getpid()))
        reading = read_isolated(request, desk, pending)
        _keep_children(ObjectStore(task.work), Path(children))
        commitment = commit_to(task.vault, reading, lambda: read_parts(pending))
        write_commitment(commitment_path(task.work, task.digest), commitment)
        write_keyed(target, Keyed(task.key_ids, reading.parts_digest))
        os.replace(pending, target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return reading


@cache
def _forker(_worker: int) -> Forker:
    """What forks reading processes for this worker, as long as it lives."""
    return Forker(READERS)


def require_unchanged(store: ObjectStore, digest: Digest, *, received: bool) -> None:
    """What is read is what was received: everything that follows cites it under this digest.

    Raises:
        IntegrityError: the bytes are not those that the digest names.
    """
    if store.rehash(digest) != digest:
        remedy = "restore it from a copy" if received else "run `muniment rebuild`"
        raise IntegrityError(
            f"the bytes of object {digest.hex} have changed since they were stored",
            next_step=f"run `muniment verify`, then {remedy}",
        )


def _keep_children(store: ObjectStore, folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        store.adopt(path)


def write_lost(task: ReadTask, size: int, why: str) -> None:
    """Leave the part file of an object that took its worker with it, more than once."""
    message = f"reading it ended its worker process ({why}), also when it was read alone"
    problem = Problem(Whole(), "worker-lost", message)
    target = part_path(task.work, task.digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    commitment_path(task.work, task.digest).unlink(missing_ok=True)  # of an attempt that ended
    with PartWriter(str(target)) as writer:
        writer.add((problem,))
        writer.finish(
            Reading(
                digest=task.digest,
                size=size,
                media_type="application/octet-stream",
                reader="none",
                reader_version=0,
                state=State.UNREADABLE,
                reason=message,
                parts=(("problem", 1),),
                announced=0,
                emitted=0,
                failed=0,
                parts_digest=writer.parts_digest,
            )
        )
