"""`leaves.bin`: the leaf hash of each event, 32 bytes an event, end to end.

- It is a second copy: it can be made again from the events, and it names the event that was
  altered where the two differ. It is completed, never corrected.
- It is written after the events are durable, so after a crash it may lag, never lead.
"""

import os
from pathlib import Path

from muniment.core import IntegrityError
from muniment.vault.durable import write_all
from muniment.vault.merkle import HASH_SIZE, CompactRange

_CHUNK = 65_536  # leaves read at once: 2 MiB


class Leaves:
    """The leaf hashes of a journal: those in the file, then those still in memory.

    In memory are only leaves that the file lacks and that nobody was allowed to write.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        size = path.stat().st_size if path.is_file() else 0
        # Bytes of a leaf that was cut off are no leaf.
        self._stored = size // HASH_SIZE
        self._tail = b""

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def count(self) -> int:
        """How many leaves are known."""
        return self._stored + len(self._tail) // HASH_SIZE

    def read(self, start: int, stop: int) -> bytes:
        """The leaves from `start` to before `stop`, end to end; fewer where there are fewer."""
        inside = min(stop, self._stored)
        found = b""
        if start < inside:
            with open(self._path, "rb") as file:
                file.seek(start * HASH_SIZE)
                found = file.read((inside - start) * HASH_SIZE)
        if stop > self._stored:
            first = max(start, self._stored) - self._stored
            found += self._tail[first * HASH_SIZE : (stop - self._stored) * HASH_SIZE]
        return found

    def range_of(self, start: int, stop: int) -> CompactRange:
        """The tree of the leaves from `start` to `stop`, reading 2 MiB at a time.

        Raises:
            IntegrityError: leaves that were there are gone.
        """
        tree = CompactRange()
        self._add(tree, start, stop)
        return tree

    def add_to(self, tree: CompactRange, size: int) -> None:
        """Let `tree`, which holds the leaves from the first on, grow to `size` leaves.

        Raises:
            IntegrityError: leaves that were there are gone.
        """
        self._add(tree, tree.size, size)

    def stretch_root(self, start: int, stop: int) -> bytes:
        """The root of the tree of the leaves from `start` to `stop`."""
        return self.range_of(start, stop).root()

    def remember(self, leaves: bytes) -> None:
        """Add leaves in memory only."""
        self._tail += leaves

    def store(self, leaves: bytes, *, sync: bool) -> None:
        """Append the remembered leaves and `leaves` to the file; durable only with `sync`.

        Without it a power failure can cost some leaves, which the events make again.
        """
        data = self._tail + leaves
        flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW
        handle = os.open(self._path, flags, 0o644)
        try:
            os.ftruncate(handle, self._stored * HASH_SIZE)
            os.lseek(handle, 0, os.SEEK_END)
            write_all(handle, data)
            if sync:
                os.fsync(handle)
        finally:
            os.close(handle)
        self._stored += len(data) // HASH_SIZE
        self._tail = b""

    def _add(self, tree: CompactRange, start: int, stop: int) -> None:
        for at in range(start, stop, _CHUNK):
            end = min(stop, at + _CHUNK)
            leaves = self.read(at, end)
            tree.extend(leaves)
            if len(leaves) != (end - at) * HASH_SIZE:
                raise IntegrityError(
                    f"the leaf hash of event {at + len(leaves) // HASH_SIZE} is gone",
                    next_step="Close the case; opening it again makes leaves.bin from the events.",
                )
