"""Answers that follow from the ledger alone, kept until the ledger changes.

    ledger.remembered(("mail", "state"), lambda: …)

- SQLite says whether anybody committed since it was last asked: no answer outlives what it follows
  from, whichever process wrote.
- The change is asked for before the answer is worked out, so that one which comes meanwhile is seen
  by the next who asks.
- A ledger that changes all the time, while files are read, may allow an answer of `stale_s`
  seconds ago: counts over a whole case, which would be behind before the page is shown.
"""

import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

import msgspec

Answer = TypeVar("Answer")
_KEPT = 500  # answers


class _Kept(msgspec.Struct, frozen=True):
    """An answer, the state of the ledger that it follows from, and when it was asked for."""

    answer: object
    state: int
    at_s: float


class Remembering:
    """The answers of one ledger, shared by all threads of a process."""

    def __init__(self, connect: Callable[[], sqlite3.Connection] | None) -> None:
        """Ask a connection of its own what changed; with none, nothing ever does."""
        self._connect = connect
        self._connection: sqlite3.Connection | None = None
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()

    def __call__(
        self, key: Hashable, answer: Callable[[], Answer], *, stale_s: float = 0.0
    ) -> Answer:
        """What `answer` gives, or gave when the ledger was as it is; `key` says what is asked."""
        now = time.monotonic()
        with self._lock:
            state, kept = self._state(), self._kept.get(key)
            if kept is not None and (kept.state == state or now - kept.at_s < stale_s):
                self._kept.move_to_end(key)
                return kept.answer  # type: ignore[return-value]  # of the same question
        found = answer()
        with self._lock:
            self._kept[key] = _Kept(found, state, now)
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def close(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _state(self) -> int:
        """A number that is another one after each commit of anybody else's connection."""
        if self._connect is None:
            return 0
        if self._connection is None:
            self._connection = self._connect()
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
