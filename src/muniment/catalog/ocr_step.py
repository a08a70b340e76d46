"""The step that the engine runs for a few pages: read their letters, leave their part file.

    work/readings/ab/abcd….ocr/000001.parts        and .commitment; named by the first page

- Runs in a worker process; the reading happens in a confined child of that worker.
- The commitment is kept before the part file appears.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from muniment.catalog.committing import commit_to, write_commitment
from muniment.catalog.step import require_unchanged
from muniment.core import Area, Digest, Part, Problem, Reading, Secret, State, Whole
from muniment.readers import Desk, Limits, PartWriter, Request, read_isolated, read_parts
from muniment.readers.ocr import OCR_NAME, OcrSettings, ocr_limits, ocr_reader
from muniment.readers.pdf_system_fonts import FONT_FOLDERS
from muniment.vault import ObjectStore


class OcrTask(msgspec.Struct, frozen=True):
    """A few pages of one object; `first` is 0 and `pages` empty for a picture without pages."""

    digest: Digest
    received: bool
    vault: Path
    work: Path
    limits: Limits
    media_type: str
    first: int
    pages: tuple[int, ...]
    settings: OcrSettings
    keys: tuple[Secret, ...] = ()


def ocr_folder(work: Path, digest: Digest) -> Path:
    """Where what was read off the pictures of an object is kept."""
    return work / "readings" / digest.hex[:2] / f"{digest.hex}.ocr"


def ocr_part_path(work: Path, digest: Digest, first: int) -> Path:
    """Where the parts of the task that begins with page `first` are kept."""
    return ocr_folder(work, digest) / f"{first:06}.parts"


def ocr_parts(work: Path, digest: Digest) -> Iterator[tuple[int, Iterator[Part]]]:
    """First page and parts of each task of an object that was read, in order of pages."""
    folder = ocr_folder(work, digest)
    if folder.exists():
        for path in sorted(folder.glob("*.parts")):
            yield int(path.stem), read_parts(str(path))


def read_letters_of(task: OcrTask) -> Reading:
    """Read the letters on a task's pages.

    Raises:
        OSError: the case's folders cannot be read or written.
        IntegrityError: the object's bytes are not those that its name says.
    """
    store = ObjectStore(task.vault if task.received else task.work)
    require_unchanged(store, task.digest, received=task.received)
    target = ocr_part_path(task.work, task.digest, task.first)
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = tempfile.mkdtemp(prefix="ocr-", dir=task.work / "scratch")
    try:
        children = os.path.join(scratch, "children")
        os.mkdir(children)
        pending = os.path.join(scratch, "parts")
        reader = ocr_reader(task.media_type, task.pages or (None,), task.settings)
        limits = ocr_limits(task.limits, max(1, len(task.pages)))
        request = Request(path=str(store.path(task.digest)), digest=task.digest, keys=task.keys)
        desk = Desk((reader,), limits, children, also_readable=FONT_FOLDERS)
        reading = read_isolated(request, desk, pending)
        commitment = commit_to(task.vault, reading, lambda: read_parts(pending))
        write_commitment(target.with_suffix(".commitment"), commitment)
        os.replace(pending, target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return reading


def write_lost_letters(work: Path, digest: Digest, first: int, stored: Path, why: str) -> None:
    """Leave the part file of a page that took its worker with it, more than once."""
    message = f"reading its letters ended the worker process ({why}), also when it was read alone"
    target = ocr_part_path(work, digest, first)
    target.parent.mkdir(parents=True, exist_ok=True)
    at = Whole() if first == 0 else Area(page=first)
    with PartWriter(str(target)) as writer:
        writer.add((Problem(at, "worker-lost", message),))
        reading = Reading(
            digest=digest,
            size=stored.stat().st_size,
            media_type="application/octet-stream",
            reader=OCR_NAME,
            reader_version=0,
            state=State.UNREADABLE,
            reason=message,
            parts=(("problem", 1),),
            announced=0,
            emitted=0,
            failed=0,
            parts_digest=writer.parts_digest,
        )
        writer.finish(reading)
