"""Bytes that come piece by piece: what a reader must offer, and a generator as one.

- A stream is read forward, once; `b""` is its end.
"""

import io
from collections.abc import Iterator
from typing import Protocol


class Readable(Protocol):
    """Something whose bytes can be had in order."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""


class ChunkReader(io.RawIOBase):
    """The chunks of an iterator as one readable stream.

    What the iterator raises is kept in `trouble` as well as raised, because a library that reads
    through another language may turn it into an error of its own.
    """

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        # A view: cutting small pieces off a large chunk must not copy the rest each time.
        self._left = memoryview(b"")
        self.trouble: Exception | None = None

    def readable(self) -> bool:
        """True."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; all that is left of one chunk where `size` is negative."""
        try:
            while len(self._left) == 0:
                self._left = memoryview(next(self._chunks))
        except StopIteration:
            return b""
        # The border to another language: whatever the source raises must survive the crossing.
        except Exception as why:
            self.trouble = why
            raise
        size = len(self._left) if size < 0 else size
        given, self._left = self._left[:size], self._left[size:]
        return bytes(given)
