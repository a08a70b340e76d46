"""Hashes every object again and holds the store to the journal.

- Every object must have the hash that its name says, and every object that an event names must be
  there.
- Nothing stops at the first failure, and nothing in the folder can make it raise.
- Which digests were met is kept in a temporary table on disk: memory does not grow.
"""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import msgspec

from muniment.core import Digest, IntegrityError
from muniment.vault.objects import ObjectStore

Progress = Callable[[str, int, int], None]
_AT_ONCE = 64  # objects handed to the hashing threads together


class Unsound(msgspec.Struct, frozen=True):
    """One thing that is not as recorded: what, where, and why it is said."""

    what: str
    where: str
    why: str


class ObjectCheck:
    """A check of one store; `objects` counts those hashed, once `failures` has been drained."""

    def __init__(
        self, store: ObjectStore, *, threads: int, progress: Progress = lambda *_: None
    ) -> None:
        """`threads` hash at once; `progress` is told how many of how many are hashed."""
        self._store = store
        self._threads = threads
        self._progress = progress
        self.objects = 0

    def failures(self, named: Iterable[Digest]) -> Iterator[Unsound]:
        """Every failure; `named` are the objects that must be there."""
        met = sqlite3.connect("")
        met.execute("CREATE TABLE met (digest BLOB PRIMARY KEY) WITHOUT ROWID")
        with ThreadPoolExecutor(self._threads) as pool:
            digests, total = self._store.digests(), sum(1 for _ in self._store.digests())
            while len(batch := tuple(islice(digests, _AT_ONCE))) > 0:
                for digest, trouble in zip(batch, pool.map(self._examine, batch), strict=True):
                    met.execute("INSERT OR IGNORE INTO met VALUES (?)", [digest.raw])
                    self.objects += 1
                    if trouble is not None:
                        yield trouble
                self._progress("hashed", self.objects, total)
        for path in self._store.strangers():
            yield Unsound("stranger", str(path), "it lies among the objects and is none")
        for digest in named:
            known = met.execute("SELECT 1 FROM met WHERE digest = ?", [digest.raw]).fetchone()
            # Asked of the store too: an intake may have added it since the listing.
            if known is None and not self._store.has(digest):
                met.execute("INSERT OR IGNORE INTO met VALUES (?)", [digest.raw])  # once is enough
                yield Unsound("object missing", digest.hex, "an event names it; it is not there")
        met.close()

    def _examine(self, digest: Digest) -> Unsound | None:
        path = self._store.path(digest)
        try:
            if not stat.S_ISREG(os.lstat(path).st_mode):
                return Unsound("object replaced", digest.hex, "it is not a plain file")
            found = self._store.rehash(digest)
        except (OSError, IntegrityError) as why:
            return Unsound("object unreadable", digest.hex, str(why))
        if found != digest:
            return Unsound("object altered", digest.hex, f"its bytes hash to {found.hex}")
        return None
