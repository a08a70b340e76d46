"""Where a reader puts the files it finds inside a file.

- A child's bytes are hashed while they are written to `<folder>/<hex digest>`; its name in the
  container is never a path.
- Limits hold for the bytes that really come out; what goes past one is removed again.
- Equal children are stored once and counted each time.
"""

import hashlib
import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager

import msgspec

from muniment.core import Digest
from muniment.readers.limits import Limits
from muniment.readers.signals import ChildRefusedError, RefusedError

_PARTIAL = "partial"
_LENT = "lent"


class Stored(msgspec.Struct, frozen=True):
    """What a child's bytes turned out to be."""

    digest: Digest
    size: int


class ChildSink:
    """Writes children of one object into one folder that holds nothing else."""

    def __init__(self, folder: str, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._count = 0
        self._bytes = 0

    @property
    def folder(self) -> str:
        """The one folder in which the reading process may write."""
        return self._folder

    def put(self, chunks: Iterable[bytes], packed_size: int | None = None) -> Stored:
        """Store one child; `packed_size` is how many bytes it takes up in its container.

        Raises:
            ChildRefusedError: it unpacks to more than the ratio limit; the next may be tried.
            RefusedError: the limit on the number or the total size of children is reached.
        """
        receiving = self.receiving(packed_size)
        next(receiving)
        with closing(receiving):
            for chunk in chunks:
                if len(chunk) > 0:
                    receiving.send(chunk)
            return finished(receiving)

    @contextmanager
    def lent(self, chunks: Iterable[bytes], **beside: Iterable[bytes]) -> Iterator[str]:
        """The path of a file with these bytes, for a library that insists on one; then removed.

        `beside` are files beside it: `wal` is the one whose name ends in `-wal`.
        """
        path = os.path.join(self._folder, _LENT)
        paths = [path, *(f"{path}-{name}" for name in beside)]
        try:
            for each, content in zip(paths, (chunks, *beside.values()), strict=True):
                with open(each, "wb") as file:
                    file.writelines(content)
            yield path
        finally:
            for each in paths:
                if os.path.exists(each):
                    os.remove(each)

    def receiving(self, packed_size: int | None = None) -> Generator[None, bytes, Stored]:
        """`put` for bytes that are pushed: send each piece, and an empty one behind the last.

        Nothing stays behind where it is closed, or raises, before the empty piece.
        """
        if self._count >= self._limits.children:
            raise RefusedError(f"holds more than {self._limits.children} files")
        partial = os.path.join(self._folder, _PARTIAL)
        try:
            stored = yield from self._write(partial, packed_size)
        except BaseException:
            # Whatever stops a child, half of it must not stay behind.
            if os.path.exists(partial):
                os.remove(partial)
            raise
        os.rename(partial, child_path(self._folder, stored.digest))
        self._count += 1
        self._bytes += stored.size
        return stored

    def _write(self, partial: str, packed_size: int | None) -> Generator[None, bytes, Stored]:
        hasher = hashlib.sha256()
        size = 0
        with open(partial, "wb") as file:
            while len(chunk := (yield)) > 0:
                size += len(chunk)
                self._check(size, packed_size)
                hasher.update(chunk)
                file.write(chunk)
        return Stored(Digest(hasher.digest()), size)

    def _check(self, size: int, packed_size: int | None) -> None:
        limits = self._limits
        if self._bytes + size > limits.child_bytes:
            raise RefusedError(f"its files take more than {limits.child_bytes} bytes")
        if packed_size is None or size <= limits.ratio_from_bytes:
            return
        if size > limits.ratio * max(packed_size, 1):
            reason = f"unpacks to more than {limits.ratio} times its size"
            raise ChildRefusedError("ratio-limit", reason)


def finished(receiving: Generator[None, bytes, Stored]) -> Stored:
    """What was stored, once the last piece was sent."""
    try:
        receiving.send(b"")
    except StopIteration as end:
        stored: Stored = end.value
        return stored
    raise RuntimeError("a receiver ends with the empty piece")


def child_path(folder: str, digest: Digest) -> str:
    """Where a child with this digest lies in a sink's folder."""
    return os.path.join(folder, digest.hex)
