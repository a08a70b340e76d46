"""The random keys that hide committed values, and the roots that stay when a key is destroyed.

    vault/salts/ab/abcd….salts      16 bytes a record: its key; zeros where it was destroyed
    vault/salts/ab/abcd….roots      32 bytes a record: its root, so that others can still be shown

- Keys are made once, in the order of the records, and used again whenever roots are made again.
- A key is never overwritten but by `shred`, and then only with zeros.
- Both files are mode 0600. Neither leaves the case.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from muniment.core import Digest, IntegrityError, UsageError
from muniment.vault.durable import sync_folder, write_all

KEY_SIZE = 16  # bytes
SHREDDED = bytes(KEY_SIZE)

_ROOT_SIZE = 32  # bytes
_NEXT_STEP = "Change nothing in the case folder, copy it, and run 'muniment verify'."

Random = Callable[[int], bytes]


class Salts:
    """The keys and roots of the records of one object; `random` is the system's randomness."""

    def __init__(self, folder: Path, name: Digest, random: Random) -> None:
        """Open those named `name` in `folder` (`vault/salts`); files are made when first needed."""
        self._stem = folder / name.hex[:2] / name.hex
        self._random = random
        self._fresh = False

    @property
    def count(self) -> int:
        """How many records have keys."""
        return _count(self._path(".salts"), KEY_SIZE)

    @property
    def committed(self) -> int:
        """How many records have roots."""
        return _count(self._path(".roots"), _ROOT_SIZE)

    def keys(self, start: int, stop: int) -> bytes:
        """The keys of the records from `start` to before `stop`, end to end, made where needed."""
        missing = stop - max(start, self.count)
        if missing > 0:
            keys = self._random(missing * KEY_SIZE)
            if start > self.count or any(
                keys[at : at + KEY_SIZE] == SHREDDED for at in range(0, len(keys), KEY_SIZE)
            ):
                raise UsageError(
                    "keys are made in the order of records, from true randomness",
                    next_step="Hand over the records from the first on, and the system's source.",
                )
            self._append(".salts", keys, self.count * KEY_SIZE)
        return _read(self._path(".salts"), start * KEY_SIZE, stop * KEY_SIZE)

    def key(self, record: int) -> bytes:
        """The key of one record; `SHREDDED` where it was destroyed.

        Raises:
            UsageError: the record has no key.
        """
        if not 0 <= record < self.count:
            raise UsageError(
                f"record {record} has no key",
                next_step="Commit to the records of the object first.",
            )
        return _read(self._path(".salts"), record * KEY_SIZE, (record + 1) * KEY_SIZE)

    def roots(self, start: int, stop: int) -> bytes:
        """The roots of the records from `start` to before `stop`, as far as there are any."""
        return _read(
            self._path(".roots"), start * _ROOT_SIZE, min(stop, self.committed) * _ROOT_SIZE
        )

    def keep_roots(self, start: int, roots: bytes) -> None:
        """Hold roots against those kept, and keep those that are new.

        Raises:
            IntegrityError: a record is not the one that was committed to.
        """
        stop = start + len(roots) // _ROOT_SIZE
        kept = self.roots(start, stop)
        if not roots.startswith(kept):
            at = next(at for at in range(len(kept)) if roots[at] != kept[at])
            raise IntegrityError(
                f"record {start + at // _ROOT_SIZE} is not the one that was committed to",
                next_step="Read the object with the same version of the same reader.",
            )
        self._append(".roots", roots[len(kept) :], self.committed * _ROOT_SIZE)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other processes from making keys in the same folder meanwhile."""
        self._stem.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._stem.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def begin_again(self) -> None:
        """Remove keys and roots that no recorded list rests on: a power cut tore them apart."""
        for ending in (".salts", ".roots"):
            self._path(ending).unlink(missing_ok=True)

    def sync(self) -> None:
        """Make keys and roots durable."""
        for ending in (".salts", ".roots"):
            path = self._path(ending)
            if path.exists():
                with open(path, "rb") as file:
                    os.fsync(file.fileno())
        if self._stem.parent.is_dir():
            sync_folder(self._stem.parent)
            sync_folder(self._stem.parent.parent)

    def shred(self, record: int) -> None:
        """Destroy the key of one record: its values can never be shown, or guessed at, again.

        Durable on return. Whoever calls this records it in the journal. Copies of the case, and
        disks that write elsewhere what is overwritten, keep the key until they are destroyed.

        Raises:
            UsageError: the record has no key.
            IntegrityError: the record has no root, without which no other record could be shown.
        """
        self.key(record)
        if record >= self.committed:
            raise IntegrityError(f"record {record} has a key but no root", next_step=_NEXT_STEP)
        handle = os.open(self._path(".salts"), os.O_WRONLY | os.O_NOFOLLOW)
        try:
            os.pwrite(handle, SHREDDED, record * KEY_SIZE)
            os.fsync(handle)
        finally:
            os.close(handle)

    def _path(self, ending: str) -> Path:
        return self._stem.with_suffix(ending)

    def _append(self, ending: str, data: bytes, whole: int) -> None:
        self._stem.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW
        handle = os.open(self._path(ending), flags, 0o600)
        try:
            # What stands after the last whole entry was cut off by a crash, and never used.
            os.ftruncate(handle, whole)
            os.lseek(handle, whole, os.SEEK_SET)
            write_all(handle, data)
        finally:
            os.close(handle)


def _count(path: Path, size: int) -> int:
    return path.stat().st_size // size if path.exists() else 0


def _read(path: Path, start: int, stop: int) -> bytes:
    if stop <= start or not path.exists():
        return b""
    with open(path, "rb") as file:
        file.seek(start)
        return file.read(stop - start)
