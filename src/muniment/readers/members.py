"""One entry of a container: its bytes become a Child, or its trouble a Problem at its place.

- An entry comes out whole and checked, or not at all; half an entry is never a child.
- What the container says of the entry is kept as written.
"""

import lzma
import struct
import zlib
from collections.abc import Iterable

import msgspec

from muniment.core import Child, Member, Metadata, Place, Problem, Relation
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import ChildRefusedError
from muniment.readers.sink import ChildSink, Stored


class DamagedError(Exception):
    """Raised while an entry is unpacked; `code` and `reason` become the Problem at its place."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Entry(msgspec.Struct, frozen=True):
    """What is known about an entry before it is unpacked."""

    at: Place
    index: int
    relation: Relation
    raw_name: bytes
    name: str
    stated: tuple[tuple[str, str], ...] = ()
    packed_size: int | None = None


def child_or_problem(sink: ChildSink, entry: Entry, chunks: Iterable[bytes]) -> Child | Problem:
    """Unpack `chunks` into the sink.

    Raises:
        RefusedError: a limit of the whole object is reached.
        OSError: the system could not store it.
    """
    try:
        stored = sink.put(chunks, entry.packed_size)
    except ChildRefusedError as why:
        return Problem(entry.at, why.code, f"an entry {why.reason} and is left out")
    except DamagedError as why:
        return Problem(entry.at, why.code, why.reason)
    except (zlib.error, lzma.LZMAError, EOFError, struct.error, ValueError) as why:
        return _damaged(entry, why)
    except OSError as why:
        if why.errno is not None:
            raise  # the system's trouble, not the file's
        return _damaged(entry, why)  # how bz2 and gzip report bad data
    return child_of(entry, stored)


def child_of(entry: Entry, stored: Stored) -> Child:
    """The Child that an entry became."""
    return Child(
        entry.at,
        entry.index,
        entry.relation,
        entry.raw_name,
        entry.name,
        stored.digest,
        stored.size,
        entry.stated,
    )


def left_out(index: int, name: str) -> Metadata:
    """The name of a member that a Problem stands for: what is locked or lost is known by it."""
    return Metadata(Member(index), "name of what did not come out", name)


def _damaged(entry: Entry, why: Exception) -> Problem:
    return Problem(entry.at, "member-damaged", f"cannot be unpacked ({said_of(why)})")
