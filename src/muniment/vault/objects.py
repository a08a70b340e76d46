"""Bytes kept under their own hash.

    objects/sha256/ab/abcd…   the bytes, mode 0444
    incoming/                 bytes on their way in; nothing in here has been received yet

- An object appears under its name in one rename, whole; it is never written to again.
- Bytes that are already there are compared, not trusted: an object is adopted only if it still
  has the hash that its name says.
- `settle` makes all that was added durable; only after it may a journal event speak of it.
"""

import ctypes
import hashlib
import os
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from muniment.core import Digest, IntegrityError, parse_digest

_CHUNK = 1 << 20  # bytes; larger gained nothing on the machines tried
_SMALL = 1 << 18  # bytes; below this, hashing in threads costs more than it saves
_READ_ONLY = 0o444
_DIRECTORIES = tuple(f"{number:02x}" for number in range(256))


class Added(msgspec.Struct, frozen=True):
    """What adding some bytes measured."""

    digest: Digest
    sha512: str
    size: int


class Readable(Protocol):
    """Something whose bytes can be had in order; `b""` is its end."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""


class ObjectStore:
    """The objects below one folder; safe for several processes at once."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the vault's or the working copies' folder; it need not exist yet."""
        self._objects = folder / "objects" / "sha256"
        self._incoming = folder / "incoming"

    def create(self) -> None:
        """Make the folders; does nothing where they are."""
        self._incoming.mkdir(parents=True, exist_ok=True)
        for name in _DIRECTORIES:
            (self._objects / name).mkdir(parents=True, exist_ok=True)

    def path(self, digest: Digest) -> Path:
        """Where the object is or would be."""
        return self._objects / digest.hex[:2] / digest.hex

    def has(self, digest: Digest) -> bool:
        """Whether an object of that name is there; its bytes are not looked at."""
        return self.path(digest).is_file()

    def open(self, digest: Digest) -> BinaryIO:
        """The object's bytes, for reading.

        Raises:
            IntegrityError: it is not there.
        """
        try:
            return self.path(digest).open("rb")
        except FileNotFoundError as why:
            raise IntegrityError(
                f"object {digest.hex} is missing",
                next_step="run `muniment verify` on the case, then restore the object from a copy",
            ) from why

    def digests(self) -> Iterator[Digest]:
        """Every object's name, in order; files that are not named like an object are passed by."""
        for prefix in _DIRECTORIES:
            folder = self._objects / prefix
            if folder.is_dir():
                yield from _object_names(folder)

    def strangers(self) -> Iterator[Path]:
        """Files among the objects that are not named like one."""
        for folder, _, names in os.walk(self._objects):
            for name in sorted(names):
                if not _is_object_name(name, Path(folder).name):
                    yield Path(folder) / name

    def add(self, source: Readable) -> Added:
        """Keep the bytes that `source` still holds; copied and hashed in one pass.

        Raises:
            OSError: reading or writing failed; nothing is left behind.
            IntegrityError: an object of that name is there with other bytes.
        """
        temporary = self._incoming / secrets.token_hex(16)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _READ_ONLY)
        try:
            try:
                added = _copy(source, handle)
            finally:
                os.close(handle)
            self._place(temporary, added.digest)
        except BaseException:
            _remove(temporary)
            raise
        return added

    def clear_incoming(self) -> int:
        """Remove copies that were cut off; returns how many. Only for the one writer of a case."""
        if not self._incoming.is_dir():
            return 0
        leftovers = sorted(self._incoming.iterdir())
        for path in leftovers:
            path.unlink()
        return len(leftovers)

    def settle(self) -> None:
        """Make every added object durable (syncfs(2), or sync(2) where there is none)."""
        handle = os.open(self._objects, os.O_RDONLY | os.O_DIRECTORY)
        try:
            _sync_file_system(handle)
        finally:
            os.close(handle)

    def _place(self, temporary: Path, digest: Digest) -> None:
        final = self.path(digest)
        try:
            # link(2) and not rename(2): it never replaces what is there.
            os.link(temporary, final)
        except FileExistsError:
            self._compare(digest)
        os.unlink(temporary)

    def _compare(self, digest: Digest) -> None:
        if self.rehash(digest) != digest:
            raise IntegrityError(
                f"object {digest.hex} is there, but its bytes have another hash",
                next_step="run `muniment verify` on the case and restore that object from a copy; "
                "if no event names it, move it out of the vault and repeat the intake",
            )

    def rehash(self, digest: Digest) -> Digest:
        """The SHA-256 of the bytes that lie under the name `digest`."""
        with self.open(digest) as stored:
            return Digest(hashlib.file_digest(stored, "sha256").digest())


def _copy(source: Readable, handle: int) -> Added:
    first = source.read(_SMALL)
    # A short read is not the end: only an empty one is.
    if len(first) < _SMALL and len(rest := source.read(_SMALL)) > 0:
        first += rest
    elif len(first) < _SMALL:
        _write_all(handle, first)
        sha256 = hashlib.sha256(first).digest()
        return Added(Digest(sha256), hashlib.sha512(first).hexdigest(), len(first))
    return _copy_large(first, source, handle)


def _copy_large(first: bytes, source: Readable, handle: int) -> Added:
    """Copy while two threads hash: hashlib lets go of the interpreter lock on large buffers."""
    short, long = hashlib.sha256(), hashlib.sha512()
    size = 0
    with ThreadPoolExecutor(max_workers=2) as hashers:
        chunk = first
        while len(chunk) > 0:
            hashing = [hashers.submit(hasher.update, chunk) for hasher in (short, long)]
            _write_all(handle, chunk)
            size += len(chunk)
            chunk = source.read(_CHUNK)
            for each in hashing:
                each.result()
    return Added(Digest(short.digest()), long.hexdigest(), size)


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while len(view) > 0:
        view = view[os.write(handle, view) :]


def _object_names(folder: Path) -> Iterator[Digest]:
    for name in sorted(os.listdir(folder)):
        if _is_object_name(name, folder.name):
            yield parse_digest(name)


def _is_object_name(name: str, folder: str) -> bool:
    try:
        return parse_digest(name).hex == name and name.startswith(folder)
    except ValueError:
        return False


def _remove(path: Path) -> None:
    """Unlink a copy of our own that will not be used; it may be gone already."""
    path.unlink(missing_ok=True)


def _sync_file_system(handle: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "syncfs"):
        os.sync()
    elif libc.syncfs(handle) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
