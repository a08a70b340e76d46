"""One entry of a container: its bytes become a Child, or its trouble a Problem at its place.

- An entry comes out whole and checked, or, where a reader asks for it, as far as it goes: then a
  Problem says so, and the child itself states that it is damaged.
- What the container says of the entry is kept as written.
"""

import lzma
import struct
import zlib
from collections.abc import Iterable, Iterator

import msgspec

from muniment.core import Child, Member, Metadata, Part, Place, Problem, Relation
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import ChildRefusedError
from muniment.readers.sink import ChildSink, Stored


class DamagedError(Exception):
    """Raised while an entry is unpacked; `code` and `reason` become the Problem at its place."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


_TROUBLE = (DamagedError, zlib.error, lzma.LZMAError, EOFError, struct.error, ValueError)
_DAMAGED = (("damaged", "only what could be unpacked, or not what is stated of it"),)


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
    except _TROUBLE as why:
        return _problem(entry, why)
    except OSError as why:
        if why.errno is not None:
            raise  # the system's trouble, not the file's
        return _problem(entry, why)  # how bz2 and gzip report bad data
    return child_of(entry, stored)


def child_as_far(sink: ChildSink, entry: Entry, chunks: Iterable[bytes]) -> tuple[Part, ...]:
    """The Child that `chunks` make up; where they end in damage, what came before it is the child.

    Raises:
        RefusedError: a limit of the whole object is reached.
        OSError: the system could not store it.
    """
    until = _UntilDamage(chunks)
    part = child_or_problem(sink, entry, until)
    if until.trouble is None or not isinstance(part, Child):
        return (part,)
    problem = _problem(entry, until.trouble)
    said = f"{problem.message}; what came out of it is kept"
    kept = msgspec.structs.replace(part, stated=(*part.stated, *_DAMAGED))
    return msgspec.structs.replace(problem, message=said), kept


class _UntilDamage:
    """The chunks up to the first trouble, which is kept; with nothing before it, it is raised."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self.trouble: Exception | None = None

    def __iter__(self) -> Iterator[bytes]:
        came_out = False
        try:
            for chunk in self._chunks:
                came_out = came_out or len(chunk) > 0
                yield chunk
        except (*_TROUBLE, OSError) as why:
            if not came_out or (isinstance(why, OSError) and why.errno is not None):
                raise
            self.trouble = why


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


def _problem(entry: Entry, why: Exception) -> Problem:
    if isinstance(why, DamagedError):
        return Problem(entry.at, why.code, why.reason)
    return Problem(entry.at, "member-damaged", f"cannot be unpacked ({said_of(why)})")
