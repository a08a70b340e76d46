"""Pictures that were drawn, kept so that none is drawn twice: a folder that may be deleted.

    work/cache/rasters/ab/abcd…/p12-w1400.webp         page 12, 1,400 pixels wide
                               p12-w1400.failed        why it cannot be shown: one line of text

- A file appears whole, by rename. The oldest go where all together are larger than allowed.
- A failure is kept too, so that what took its time limit once does not take it at every look.
- On a disk that cannot be written, a folder for as long as the program runs stands in; what
  cannot be kept all the same, or not be read, is drawn again.
"""

import os
import threading
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from muniment.core import Digest

_LARGEST = 2_000_000_000  # bytes of all pictures
_KEPT = 0.8  # of that, once some have gone
_LOOK_EVERY = 64  # files written between two looks at the size of all
_FAILED = ".failed"
_PARTIAL = ".partial"


class RasterCache:
    """The folder. Threads of one program may use it at once, and so may several programs."""

    def __init__(self, folder: Path, largest: int = _LARGEST) -> None:
        """The folder is made when the first file is kept."""
        self._borrowed: TemporaryDirectory[str] | None = None
        self._folder = folder if _can_write(folder) else self._lent()
        self._largest = largest
        self._lock = threading.Lock()
        self._written = 0

    def _lent(self) -> Path:
        self._borrowed = TemporaryDirectory(prefix="muniment-rasters-")
        return Path(self._borrowed.name)

    def scratch(self) -> Path:
        """A folder to work in, which is there."""
        folder = self._folder / "scratch"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def get(self, digest: Digest, name: str) -> bytes | None:
        """The file of that name, None where it was not drawn or has gone."""
        try:
            return (self._of(digest) / name).read_bytes()
        except OSError:
            return None

    def failure(self, digest: Digest, name: str) -> str | None:
        """Why there is no file of that name; None where that is not known."""
        try:
            return (self._of(digest) / (name + _FAILED)).read_text("utf-8")
        except OSError:
            return None

    def put(self, digest: Digest, name: str, data: bytes) -> None:
        """Keep a file."""
        self._write(self._of(digest) / name, data)

    def put_failure(self, digest: Digest, name: str, reason: str) -> None:
        """Keep why there is no file of that name."""
        self._write(self._of(digest) / (name + _FAILED), reason.encode())

    def close(self) -> None:
        """Let go of a folder that stood in."""
        if self._borrowed is not None:
            self._borrowed.cleanup()

    def _of(self, digest: Digest) -> Path:
        return self._folder / digest.hex[:2] / digest.hex

    def _write(self, path: Path, data: bytes) -> None:
        partial = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}{_PARTIAL}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(data)
            os.replace(partial, path)
        except OSError:
            # Full, or another user's: the picture at hand is shown, and drawn again next time.
            return
        with self._lock:
            self._written += 1
            if self._written % _LOOK_EVERY == 1:
                self._make_room()

    def _make_room(self) -> None:
        """Remove the oldest until what is left is well below the limit."""
        found = sorted(_files(self._folder))
        total = sum(size for _, size, _ in found)
        if total <= self._largest:
            return
        for _, size, path in found:
            if total <= self._largest * _KEPT:
                return
            with suppress(FileNotFoundError):  # another program makes room as well
                os.remove(path)
            total -= size


def _files(folder: Path) -> list[tuple[int, int, str]]:
    """Time, size and path of every file."""
    found = []
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            with suppress(FileNotFoundError):  # as above
                stat = os.stat(path)
                found.append((stat.st_mtime_ns, stat.st_size, path))
    return found


def _can_write(folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK)
