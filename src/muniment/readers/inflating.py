"""Inflates a stream as far as it goes: what stands before damage comes out before it is told.

- The library drops what it had when it comes upon damage; it is asked again from a copy, by smaller
  and smaller pieces.
"""

import zlib
from collections.abc import Iterator
from typing import Protocol

_STEPS = (4_096, 64, 1)


class Inflater(Protocol):
    """What `zlib.decompressobj` gives."""

    @property
    def eof(self) -> bool:
        """Whether the end of the stream was reached."""

    @property
    def unconsumed_tail(self) -> bytes:
        """What was given and not looked at, since enough came out."""

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes:
        """The next bytes."""

    def copy(self) -> "Inflater":
        """Another that stands at the same place."""


def inflated(inflater: Inflater, block: bytes, most: int) -> Iterator[bytes]:
    """What comes out of a block, at most so many bytes at a time.

    Raises:
        zlib.error: the stream is damaged; what stands before the damage came out.
    """
    data = block
    while len(data) > 0 and not inflater.eof:
        before = inflater.copy()
        try:
            chunk = inflater.decompress(data, most)
        except zlib.error:
            yield from _up_to_damage(before, data, _STEPS)
            raise
        yield chunk
        data = inflater.unconsumed_tail


def _up_to_damage(inflater: Inflater, data: bytes, steps: tuple[int, ...]) -> Iterator[bytes]:
    if len(steps) == 0:
        return
    step, *finer = steps
    for at in range(0, len(data), step):
        before = inflater.copy()
        try:
            chunk = inflater.decompress(data[at : at + step])
        except zlib.error:
            yield from _up_to_damage(before, data[at : at + step], tuple(finer))
            return
        yield chunk
