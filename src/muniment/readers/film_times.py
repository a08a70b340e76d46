"""The times in an MP4 or QuickTime file's own boxes, as the numbers that stand there.

    moov ─ mvhd                    created, modified: seconds since 1904-01-01, u32 or u64
         └ trak ─ tkhd             the same for each track
                └ mdia ─ mdhd      the same for its media

- The standard says UTC; many cameras write their local time. The number says neither.

Source: ISO/IEC 14496-12 §8.2.2, §8.3.2, §8.4.2.
"""

import struct
from collections.abc import Iterator

from muniment.core import Field, Metadata, Part
from muniment.readers.source import Source

_INSIDE = (b"moov", b"trak", b"mdia")
_TIMED = (b"mvhd", b"tkhd", b"mdhd")
_MOST_BOXES = 20_000
_HEAD = 16


def film_times(source: Source) -> Iterator[Part]:
    """The time created and modified of the film, its tracks and their media."""
    seen: dict[str, int] = {}
    waiting = [(0, source.size)]
    for _ in range(_MOST_BOXES):
        if len(waiting) == 0:
            return
        at, end = waiting.pop()
        kind, start, after = _box(source, at, end)
        if kind == b"":
            continue
        waiting.append((after, end))
        if kind in _INSIDE:
            waiting.append((start, after))
        elif kind in _TIMED:
            for name, number in _times(source, start, kind.decode()):
                seen[name] = seen.get(name, 0) + 1
                written = f"{number} (seconds since 1904-01-01)"
                yield Metadata(Field(name, seen[name]), name, written)


def _box(source: Source, at: int, end: int) -> tuple[bytes, int, int]:
    """Kind, start of the content and end of a box; an empty kind where there is none."""
    head = source.read_at(at, _HEAD)
    if len(head) < 8 or at + 8 > end:  # noqa: PLR2004 - size and type
        return b"", at, at
    size, kind = struct.unpack_from(">I4s", head)
    start = at + 8
    if size == 1 and len(head) == _HEAD:
        size, start = struct.unpack_from(">Q", head, 8)[0], at + _HEAD
    elif size == 0:
        size = end - at
    after = at + size
    return (kind, start, after) if start <= after <= end else (b"", at, at)


def _times(source: Source, start: int, kind: str) -> Iterator[tuple[str, int]]:
    wide = source.read_at(start, 1) == b"\x01"
    body = source.read_at(start + 4, 16 if wide else 8)
    if len(body) == (16 if wide else 8):
        created, modified = struct.unpack(">QQ" if wide else ">II", body)
        yield f"{kind} created", created
        yield f"{kind} modified", modified
