"""The files that hold the journal's events, 65,536 lines each.

    events-000000000000.jsonl, events-000000065536.jsonl, …     named by their first event

- Only the last file grows; every file before it is full.
- Bytes after the last newline of the last file are a torn append, never an event.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from muniment.vault.durable import create_file, sync_folder
from muniment.vault.event import LINE_LIMIT

SEGMENT_EVENTS = 65_536

_NAME = re.compile(r"events-([0-9]{12})\.jsonl", re.ASCII)
_LARGEST_TORN = 1_000_000  # torn appends at one position; each needs a crash of its own


def segment_path(folder: Path, first: int) -> Path:
    """Where the events from `first` on are written."""
    return folder / f"events-{first:012d}.jsonl"


def segment_firsts(folder: Path) -> tuple[int, ...]:
    """The first event of each file of events in `folder`, ascending, as the names say."""
    names = (_NAME.fullmatch(name) for name in os.listdir(folder))
    return tuple(sorted(int(name[1]) for name in names if name is not None))


def read_lines(path: Path) -> Iterator[bytes]:
    """The lines of a file of events, each with its newline.

    The last item lacks the newline where the file ends in a torn append; an item without newline
    that is not the last is a piece of a line that is longer than an event can be.
    """
    with open(path, "rb", buffering=1 << 18) as file:
        while (line := file.readline(LINE_LIMIT)) != b"":
            yield line


def keep_torn(folder: Path, first: int, seq: int, whole: int) -> Path | None:
    """Move what stands after byte `whole` of the segment `first` to a file of its own.

    Comes back with that file, or None where nothing stands there. A crash in between leaves the
    bytes in both places, and the next call finishes; nothing is ever lost.
    """
    segment = segment_path(folder, first)
    handle = os.open(segment, os.O_RDWR)
    try:
        torn = os.pread(handle, os.fstat(handle).st_size - whole, whole)
        if torn == b"":
            return None
        kept = _create_numbered(folder, seq, torn)
        os.ftruncate(handle, whole)
        os.fsync(handle)
    finally:
        os.close(handle)
    sync_folder(folder)
    return kept


def _create_numbered(folder: Path, seq: int, torn: bytes) -> Path:
    for number in range(_LARGEST_TORN):
        path = folder / f"torn-{seq:012d}-{number}.bytes"
        if not path.exists():
            create_file(path, torn)
            return path
    raise FileExistsError(f"{_LARGEST_TORN} torn appends at event {seq}")
