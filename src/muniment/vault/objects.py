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
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from muniment.core import Digest, IntegrityError, parse_digest
from muniment.vault.durable import write_all

_CHUNK = 1 << 20  # bytes; larger gained nothing on the machines tried
_SMALL = 1 << 18  # bytes; below this, hashing in threads costs more than it saves
_LITTLE = 1 << 12  # bytes asked for to see that a small file has ended
_READ_ONLY = 0o444
_DIRECTORIES = tuple(f"{number:02x}" for number in range(256))


class Added(msgspec.Struct, frozen=True):
    """What adding some bytes measured."""

    digest: Digest
    sha512: str
    size: int


class Incoming(msgspec.Struct, frozen=True):
    """A copy that is not an object yet."""

    path: str
    added: Added


class Readable(Protocol):
    """Something whose bytes can be had in order; `b""` is its end."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""


class ObjectStore:
    """The objects below one folder; safe for several processes at once."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the vault's or the working copies' folder; it need not exist yet."""
        self._objects = folder / "objects" / "sha256"
        self._folder = os.fspath(self._objects)
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

    def add(self, source: Readable, expected: int = _CHUNK) -> Added:
        """Keep the bytes that `source` still holds, at once.

        Raises:
            OSError: reading or writing failed; nothing is left behind.
            IntegrityError: an object of that name is there with other bytes.
        """
        copied = self.copy(source, expected)
        self.place(copied)
        return copied.added

    def copy(self, source: Readable, expected: int = _CHUNK) -> "Incoming":
        """Copy the bytes that `source` still holds into `incoming/`; hashed in the same pass.

        `expected` is how many bytes there seem to be: a hint that saves memory for small files.
        The copy becomes an object by `place`, after `settle` has made its bytes durable.

        Raises:
            OSError: reading or writing failed; nothing is left behind.
        """
        temporary = os.path.join(self._incoming, secrets.token_hex(16))
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _READ_ONLY)
        try:
            try:
                added = _copy(source, handle, expected)
            finally:
                os.close(handle)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
            raise
        return Incoming(temporary, added)

    def place(self, copied: "Incoming") -> None:
        """Give a copy its name, in one rename, unless the same bytes are there already.

        Raises:
            IntegrityError: an object of that name is there with other bytes.
        """
        self._place(copied.path, copied.added.digest)

    def adopt(self, path: Path) -> Added:
        """Keep a file that already lies on this file system, by moving it; hashed first.

        Raises:
            IntegrityError: an object of that name is there with other bytes.
        """
        hasher, size = hashlib.sha256(), 0
        with path.open("rb") as source:
            while len(chunk := source.read(_CHUNK)) > 0:
                hasher.update(chunk)
                size += len(chunk)
        os.chmod(path, _READ_ONLY)
        digest = Digest(hasher.digest())
        self._place(os.fspath(path), digest)
        return Added(digest, "", size)

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

    def _place(self, temporary: str, digest: Digest) -> None:
        final = os.path.join(self._folder, digest.hex[:2], digest.hex)
        if os.path.lexists(final):
            self._compare(digest)
            os.unlink(temporary)
        else:
            # Between the look and the rename only another worker of this intake can have come, with
            # the same bytes: the case's lock keeps everybody else out.
            os.rename(temporary, final)

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
            hasher = hashlib.sha256()
            while len(chunk := stored.read(_CHUNK)) > 0:
                hasher.update(chunk)
        return Digest(hasher.digest())


def _copy(source: Readable, handle: int, expected: int) -> Added:
    first = source.read(min(expected, _CHUNK) + 1)
    # A short read is not the end: only an empty one is.
    rest = source.read(_LITTLE) if len(first) < _SMALL else b""
    if len(first) >= _SMALL or len(rest) > 0:
        return _copy_large(first + rest, source, handle)
    write_all(handle, first)
    sha256 = hashlib.sha256(first).digest()
    return Added(Digest(sha256), hashlib.sha512(first).hexdigest(), len(first))


def _copy_large(first: bytes, source: Readable, handle: int) -> Added:
    """Copy while two threads hash: hashlib lets go of the interpreter lock on large buffers."""
    short, long = hashlib.sha256(), hashlib.sha512()
    size = 0
    with ThreadPoolExecutor(max_workers=2) as hashers:
        chunk = first
        while len(chunk) > 0:
            hashing = [hashers.submit(hasher.update, chunk) for hasher in (short, long)]
            write_all(handle, chunk)
            size += len(chunk)
            chunk = source.read(_CHUNK)
            for each in hashing:
                each.result()
    return Added(Digest(short.digest()), long.hexdigest(), size)


def _object_names(folder: Path) -> Iterator[Digest]:
    for name in sorted(os.listdir(folder)):
        if _is_object_name(name, folder.name):
            yield parse_digest(name)


def _is_object_name(name: str, folder: str) -> bool:
    try:
        return parse_digest(name).hex == name and name.startswith(folder)
    except ValueError:
        return False


def _sync_file_system(handle: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "syncfs"):
        os.sync()
    elif libc.syncfs(handle) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
