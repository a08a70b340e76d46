"""An object's bytes, open for reading by position.

- Reads are by position (pread), so any number of streams over one object do not disturb each other.
- No name comes with them: what a file is called decides nothing (decision 0011).
"""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BLOCK = 1 << 16


class Source:
    """An open, read-only object of `size` bytes."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.size = os.fstat(descriptor).st_size

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer only at the end of the object."""
        pieces = []
        length = min(length, self.size - offset)
        while length > 0:
            piece = os.pread(self._descriptor, length, offset)
            if len(piece) == 0:
                break
            pieces.append(piece)
            offset += len(piece)
            length -= len(piece)
        return b"".join(pieces)

    def up_to(self, end: int) -> "Source":
        """The same object as if it ended at this byte."""
        shorter = Source(self._descriptor)
        shorter.size = min(end, self.size)
        return shorter

    def read_all(self) -> bytes:
        """All bytes; for formats that cannot be read in passing."""
        return self.read_at(0, self.size)

    def blocks(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` up to `end`, a block at a time."""
        last = self.size if end is None else end
        for offset in range(start, last, _BLOCK):
            yield self.read_at(offset, min(_BLOCK, last - offset))

    def stream(self) -> io.BufferedReader:
        """A new seekable stream from the start, for libraries that want a file."""
        return io.BufferedReader(_Whole(self), _BLOCK)


class Positioned(io.RawIOBase):
    """A raw stream with a position of its own, over whatever `read_at` reads from."""

    def __init__(self, size: int) -> None:
        """`size` in bytes."""
        super().__init__()
        self._size, self._position = size, 0

    def read_at(self, offset: int, length: int) -> bytes:
        """At most `length` bytes from `offset`; none only at the end."""
        raise NotImplementedError

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """The position in bytes."""
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move; behind the end, too, where there is nothing to read."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}
        if base[whence] + offset < 0:
            raise ValueError("a position before the start")
        self._position = base[whence] + offset
        return self._position

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill a buffer as far as one reading goes."""
        view = memoryview(buffer).cast("B")
        found = self.read_at(self._position, len(view))
        view[: len(found)] = found
        self._position += len(found)
        return len(found)


class _Whole(Positioned):
    """A source from its start to its end."""

    def __init__(self, source: Source) -> None:
        super().__init__(source.size)
        self._source = source

    def read_at(self, offset: int, length: int) -> bytes:
        return self._source.read_at(offset, length)


@contextmanager
def open_source(path: str) -> Iterator[Source]:
    """The object at `path`, closed at the end of the block; a link is not followed."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        yield Source(descriptor)
    finally:
        os.close(descriptor)
