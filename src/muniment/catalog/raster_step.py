"""The step that draws one page in a worker: pixels from a confined child, a file made of them here.

- The child draws; what crosses are bare pixels, whose number is checked. Only those are made into
  a WebP or PNG file, so that nothing a source file wrote reaches a browser but colours.
- Bytes that have changed since they were stored are never shown under their digest.
"""

import os
import shutil
import tempfile
from pathlib import Path

import msgspec

from muniment.catalog.step import require_unchanged
from muniment.core import Child, Digest, Metadata, Reading, Secret, State
from muniment.readers import Desk, Limits, Request, child_path, read_isolated, read_parts
from muniment.readers.page_raster import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Drawing,
    encoded,
    raster_reader,
)
from muniment.readers.pdf_system_fonts import FONT_FOLDERS
from muniment.vault import ObjectStore

Unchanged = tuple[int, int, int]  # inode, size and time of a file whose hash was right


class RasterTask(msgspec.Struct, frozen=True):
    """What to draw of which object; `scratch` is a folder to work in, `store` where it is kept."""

    digest: Digest
    received: bool
    store: Path
    scratch: Path
    limits: Limits
    media_type: str
    drawing: Drawing
    form: str  # webp or png
    known: Unchanged | None = None
    keys: tuple[Secret, ...] = ()


class RasterFile(msgspec.Struct, frozen=True):
    """One finished picture; its size is in pixels."""

    width: int
    height: int
    data: bytes


class Drawn(msgspec.Struct, frozen=True):
    """What came of a task: a file for each width, or why there is none.

    `page` is the size of the page in its own units.
    """

    files: tuple[RasterFile, ...]
    page: tuple[float, float]
    state: State
    reason: str
    known: Unchanged | None


def draw(task: RasterTask) -> Drawn:
    """Draw it; in a worker process.

    Raises:
        OSError: the folders cannot be read or written.
        IntegrityError: the object's bytes are not those that its name says.
    """
    store = ObjectStore(task.store)
    path = store.path(task.digest)
    known = _look(path)
    if known != task.known:
        require_unchanged(store, task.digest, received=task.received)
    scratch = tempfile.mkdtemp(prefix="raster-", dir=task.scratch)
    try:
        children, parts = os.path.join(scratch, "children"), os.path.join(scratch, "parts")
        os.mkdir(children)
        reader = raster_reader(task.media_type, task.drawing)
        request = Request(str(path), task.digest, task.keys)
        reading = read_isolated(
            request, Desk((reader,), task.limits, children, also_readable=FONT_FOLDERS), parts
        )
        return _taken(task, reading, parts, children, known)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _taken(
    task: RasterTask, reading: Reading, parts: str, children: str, known: Unchanged
) -> Drawn:
    files, page = [], {PAGE_WIDTH: 0.0, PAGE_HEIGHT: 0.0}
    if reading.state is State.READ:
        try:
            for part in read_parts(parts):
                if isinstance(part, Child):
                    files.append(_file(part, children, task.form))
                elif isinstance(part, Metadata) and part.name in page:
                    page[part.name] = float(part.written)
        except (KeyError, ValueError):
            # A decoder that was taken over may say anything.
            return Drawn((), (0.0, 0.0), State.UNREADABLE, "what was drawn is no picture", known)
    size = (page[PAGE_WIDTH], page[PAGE_HEIGHT])
    return Drawn(tuple(files), size, reading.state, reading.reason, known)


def _file(part: Child, children: str, form: str) -> RasterFile:
    stated = dict(part.stated)
    width, height = int(stated["width"]), int(stated["height"])
    pixels = Path(child_path(children, part.digest)).read_bytes()
    return RasterFile(width, height, encoded(pixels, width, height, form))


def _look(path: Path) -> Unchanged:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns
