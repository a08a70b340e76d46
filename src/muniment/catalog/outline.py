"""Where in its part file an object's pages and stretches lie, so that one is read without the rest.

    work/cache/outlines/ab/abcd….outline      msgpack of an `Outline`

- A run is a stretch of parts of one kind on one page, in the order in which they were found; a run
  of text ends where a screen is full.
- Made by one pass over the file. Kept where there are many; a file of another reading is not
  believed, and made anew.
"""

import bisect
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from muniment.catalog.lookup import touches
from muniment.catalog.step import part_path
from muniment.core import (
    Area,
    CellArea,
    Chars,
    Digest,
    Element,
    Part,
    Place,
    Reading,
    TextSpan,
    kind_of_part,
    print_place,
)
from muniment.readers import read_frame, read_reading, scan_parts
from muniment.vault import Case

MANY = 20_000  # parts from which on an outline is kept
MOST_PARTS, MOST_LETTERS = 400, 30_000  # of a screen of text
_VERSION = 2
_READ = ("text", "cell")  # kinds that are read on a screen


class Run(msgspec.Struct, frozen=True, array_like=True):
    """`count` parts of one kind from number `first` on; `page` is 0 for those on none.

    `letters` are the code points of their text.
    """

    kind: str
    page: int
    first: int
    count: int
    letters: int


class Outline(msgspec.Struct, frozen=True, array_like=True):
    """The frames of a part file (position, number of the first part) and its runs.

    Of each frame the first and the last row of its cells; (1, 0) where it holds none.
    """

    version: int
    parts_digest: str
    frames: tuple[tuple[int, int], ...]
    runs: tuple[Run, ...]
    rows: tuple[tuple[int, int], ...]

    @property
    def pages(self) -> int:
        """The highest page that anything stands on; 0 where nothing stands on a page."""
        return max((run.page for run in self.runs), default=0)

    @property
    def has_many(self) -> bool:
        """Whether there are so many parts that none should be looked for by reading them all."""
        return sum(run.count for run in self.runs) >= MANY

    def count(self, kind: str) -> int:
        """How many parts of that kind there are."""
        return sum(run.count for run in self.runs if run.kind == kind)


class Document(msgspec.Struct, frozen=True):
    """An object with its outline, of which stretches are read one by one."""

    case: Case
    digest: Digest
    media_type: str
    outline: Outline

    def parts(self, first: int, count: int) -> list[Part]:
        """`count` of its own parts from number `first` on."""
        path, found = str(part_path(self.case.work, self.digest)), []
        starts = [start for _, start in self.outline.frames]
        for position, start in self.outline.frames[
            max(0, bisect.bisect_right(starts, first) - 1) :
        ]:
            if start >= first + count:
                break
            parts = read_frame(path, position)
            found.extend(parts[max(0, first - start) : first + count - start])
        return found

    def find(self, place: Place) -> int | None:
        """The number of the first of its own parts that stands at `place`, or touches it."""
        path = part_path(self.case.work, self.digest)
        if not path.exists():
            return None
        for position, first in self._frames_with(place):
            for count, part in enumerate(read_frame(str(path), position)):
                if _stands_at(part.at, place):
                    return first + count
        return None

    def _frames_with(self, place: Place) -> Iterator[tuple[int, int]]:
        """The frames in which something may stand at `place`; of cells only those with its rows."""
        if not isinstance(place, CellArea):
            yield from self.outline.frames
            return
        bottom = place.last_row or place.row
        for frame, (first, last) in zip(self.outline.frames, self.outline.rows, strict=True):
            if first <= bottom and place.row <= last:
                yield frame


def open_document(case: Case, digest: Digest) -> Document:
    """An object, to be looked at; one that has not been read has no parts."""
    path = part_path(case.work, digest)
    media_type = read_reading(str(path)).media_type if path.exists() else ""
    return Document(case, digest, media_type, outline_of(case, digest))


def outline_of(case: Case, digest: Digest) -> Outline:
    """The outline of an object's own parts; an empty one where it has not been read."""
    path = part_path(case.work, digest)
    if not path.exists():
        return Outline(_VERSION, "", (), (), ())
    reading = read_reading(str(path))
    kept = _kept_path(case, digest)
    found = _kept(kept, reading.parts_digest.hex)
    if found is not None:
        return found
    made = _made(path, reading.parts_digest.hex)
    if _has_many(reading):
        _keep(kept, made)
    return made


def keep_outline(case: Case, digest: Digest) -> None:
    """Make the outline of an object with many parts before anybody turns to a page of it."""
    path = part_path(case.work, digest)
    if path.exists() and _has_many(read_reading(str(path))):
        outline_of(case, digest)


def _has_many(reading: Reading) -> bool:
    return sum(count for _, count in reading.parts) >= MANY


def _stands_at(at: Place, place: Place) -> bool:
    """Whether what stands at `at` is, holds or touches `place`."""
    match at, place:
        case (Chars(), Chars()) | (Element(), Element()) | (CellArea(), CellArea()):
            return at == place or touches(at, place)
        case _:
            return print_place(at) == print_place(place)


def _made(path: Path, parts_digest: str) -> Outline:
    frames, rows, runs = [], [], _Runs()
    for position, parts in scan_parts(str(path)):
        frames.append((position, runs.seen))
        rows.append(_rows_of(parts))
        for part in parts:
            runs.add(part)
    return Outline(_VERSION, parts_digest, tuple(frames), tuple(runs.closed()), tuple(rows))


def _rows_of(parts: Iterable[Part]) -> tuple[int, int]:
    """The first and the last row of cells among `parts`; they need not stand in order."""
    cells = [part.at for part in parts if isinstance(part.at, CellArea)]
    return (
        min((cell.row for cell in cells), default=1),
        max((cell.last_row or cell.row for cell in cells), default=0),
    )


class _Runs:
    """Runs while they are found."""

    def __init__(self) -> None:
        self.seen = 0
        self._runs: list[Run] = []
        self._kind, self._page, self._first, self._letters = "", 0, 0, 0

    def add(self, part: Part) -> None:
        kind, page = kind_of_part(part), _page_of(part)
        full = page == 0 and kind in _READ and self._is_full()
        if kind != self._kind or page != self._page or full:
            self._close()
            self._kind, self._page = kind, page
        self.seen += 1
        if isinstance(part, TextSpan):
            self._letters += len(part.text)

    def closed(self) -> list[Run]:
        self._close()
        return self._runs

    def _is_full(self) -> bool:
        return self.seen - self._first >= MOST_PARTS or self._letters >= MOST_LETTERS

    def _close(self) -> None:
        if self.seen > self._first:
            count = self.seen - self._first
            run = Run(self._kind, self._page, self._first, count, self._letters)
            self._runs.append(run)
        self._first, self._letters = self.seen, 0


def _page_of(part: Part) -> int:
    """The page that a part stands on; 0 where it is on none."""
    return part.at.page or 0 if isinstance(part.at, Area) else 0


def _kept_path(case: Case, digest: Digest) -> Path:
    folder = case.work / "cache" / "outlines" / digest.hex[:2]
    return folder / f"{digest.hex}.outline"


def _kept(path: Path, parts_digest: str) -> Outline | None:
    try:
        found = msgspec.msgpack.decode(path.read_bytes(), type=Outline)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None
    known = (found.version, found.parts_digest) == (_VERSION, parts_digest)
    return found if known else None


def _keep(path: Path, outline: Outline) -> None:
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(msgspec.msgpack.encode(outline))
        os.replace(partial, path)
    except OSError:
        return  # a read-only or full disk: it is made again next time
