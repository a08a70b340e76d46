"""Events read back from their files, each checked before it is handed out.

- An event is checked for its spelling, its position, the event before it, and its leaf hash in
  `leaves.bin` as far as that reaches. The first that differs stops the reading and is named.
- Reading holds one line and, at most, the 65,536 leaves of one file.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from muniment.core import Digest, IntegrityError
from muniment.vault.event import Event, decode_event
from muniment.vault.leaves import Leaves
from muniment.vault.merkle import HASH_SIZE, leaf_hash
from muniment.vault.segments import SEGMENT_EVENTS, read_lines, segment_firsts, segment_path

_NEXT_STEP = "Change nothing in the case folder, copy it, and run 'muniment verify' on the copy."


class Extent(msgspec.Struct, frozen=True):
    """How far a journal's files reach.

    `size` counts events; `last` is the first event of the last file, `whole` the bytes of the
    whole lines in that file, `torn` the bytes after them.
    """

    size: int
    last: int
    whole: int
    torn: int


def damaged(seq: int, why: str) -> IntegrityError:
    """The error that says what is wrong with event `seq`."""
    return IntegrityError(f"event {seq} of the journal: {why}", next_step=_NEXT_STEP)


def survey(folder: Path, leaves: Leaves) -> Extent:
    """How far the files in `folder` reach; reads only the last file of events.

    The last file is compared with `leaves`. Earlier files are compared when they are replayed.

    Raises:
        IntegrityError: a file of events is missing, or the last differs from its leaves.
    """
    firsts = segment_firsts(folder)
    for number, first in enumerate(firsts):
        if first != number * SEGMENT_EVENTS:
            raise damaged(number * SEGMENT_EVENTS, "the file of events that begins here is missing")
    if len(firsts) == 0:
        raise damaged(0, "the file of events that begins here is missing")
    last = firsts[-1]
    known = leaves.read(last, last + SEGMENT_EVENTS)
    size, whole, torn = last, 0, 0
    for line in read_lines(segment_path(folder, last)):
        if not line.endswith(b"\n"):
            torn += len(line)
            continue
        if torn > 0 or size == last + SEGMENT_EVENTS:
            raise damaged(size, "its line is not one that an append writes")
        if _nth(known, size - last) not in (b"", leaf_hash(line[:-1])):
            raise damaged(size, "it differs from its leaf hash in leaves.bin")
        size, whole = size + 1, whole + len(line)
    if leaves.count > size:
        raise damaged(size, f"it is missing; leaves.bin holds {leaves.count} events")
    return Extent(size, last, whole, torn)


def replay(
    folder: Path, leaves: Leaves, start: int, stop: int, prev: Digest | None
) -> Iterator[Event]:
    """The events from `start` up to and without `stop`; `prev` is what `start` must name as `prev`.

    Where `prev` is None, whatever event `start` names is taken.

    Raises:
        IntegrityError: an event is not what was recorded.
    """
    for seq, line, leaf in read_raw(folder, leaves, start, stop):
        try:
            event = decode_event(line)
        except ValueError as why:
            raise damaged(seq, f"its line cannot be read: {why}") from why
        if event.seq != seq:
            raise damaged(seq, f"its line says that it is event {event.seq}")
        if prev is not None and event.prev != prev:
            raise damaged(seq, "it does not follow the event before it")
        if leaf not in (b"", event.leaf.raw):
            raise damaged(seq, "it differs from its leaf hash in leaves.bin")
        prev = event.leaf
        yield event


def read_raw(
    folder: Path, leaves: Leaves, start: int, stop: int
) -> Iterator[tuple[int, bytes, bytes]]:
    """Position, line without newline, and recorded leaf (empty where unknown) of each event.

    Nothing is checked but that the lines are there.

    Raises:
        IntegrityError: a line is missing.
    """
    for first in range(start - start % SEGMENT_EVENTS, stop, SEGMENT_EVENTS):
        end = min(stop, first + SEGMENT_EVENTS)
        known = leaves.read(first, end)
        seq = first
        for line in read_lines(segment_path(folder, first)):
            if seq == end or not line.endswith(b"\n"):
                break
            if seq >= start:
                yield seq, line[:-1], _nth(known, seq - first)
            seq += 1
        if seq < end:
            raise damaged(seq, "its line is missing")


def _nth(leaves: bytes, number: int) -> bytes:
    """One of the leaves given end to end, empty where there are fewer."""
    return leaves[number * HASH_SIZE : (number + 1) * HASH_SIZE]
