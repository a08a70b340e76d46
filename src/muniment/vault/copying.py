"""Copies files of a delivery into the object store and says what was measured.

- A file is opened without following links and without waiting, then looked at again, so that
  what is copied is a plain file even where the medium changes under us.
- A file that cannot be read, or that changes while it is copied, is reported, never passed over.
- Trouble in the store itself (no room, no rights) is ours, and stops the work.
"""

import os
import stat
from typing import Protocol

import msgspec

from muniment.core import Digest
from muniment.vault.delivery import Entry, Standing
from muniment.vault.objects import Incoming, ObjectStore


class Copied(msgspec.Struct, frozen=True):
    """A file whose copy lies in `incoming/`.

    `modified_ns` is the medium's own figure; its zone is not known.
    """

    name: bytes
    digest: Digest
    sha512: str
    size: int
    modified_ns: int
    changed: bool
    incoming: Incoming


class NotCopied(msgspec.Struct, frozen=True):
    """An entry whose bytes did not arrive, and why; `link` is a symbolic link's target."""

    name: bytes
    code: str
    message: str
    link: bytes | None = None


class MediumError(Exception):
    """Reading the medium failed half-way; kept apart from trouble in writing to the store."""


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes | None: ...


class _Medium:
    """A file of the medium whose read errors cannot be taken for errors of the store."""

    def __init__(self, source: _Readable) -> None:
        self._source = source

    def read(self, size: int) -> bytes:
        try:
            data = self._source.read(size)
        except OSError as why:
            raise MediumError(why.strerror) from why
        return b"" if data is None else data


def copy_batch(store: ObjectStore, entries: tuple[Entry, ...]) -> tuple[Copied | NotCopied, ...]:
    """What came of each entry, in order.

    Raises:
        OSError: the store could not be written.
        IntegrityError: an object in the store is damaged.
    """
    return tuple(_copy_entry(store, entry) for entry in entries)


def _copy_entry(store: ObjectStore, entry: Entry) -> Copied | NotCopied:
    match entry.standing:
        case Standing.FILE:
            return _copy_file(store, entry)
        case Standing.SET_ASIDE:
            return _set_aside(entry)
        case Standing.UNREADABLE:
            return NotCopied(entry.name, "unreadable", f"the medium says: {entry.note}")
        case Standing.EMPTY_FOLDER:
            return NotCopied(entry.name, "empty-folder", "a folder with nothing in it")


def _set_aside(entry: Entry) -> NotCopied:
    link: bytes | None = None
    if entry.note == "symbolic link":
        try:
            link = os.readlink(entry.path)
        except OSError as why:
            return NotCopied(entry.name, "unreadable", f"the medium says: {why.strerror}")
    return NotCopied(entry.name, "not-a-file", f"a {entry.note}; it was not opened", link)


def _copy_file(store: ObjectStore, entry: Entry) -> Copied | NotCopied:
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        handle = os.open(entry.path, flags)
    except OSError as why:
        return NotCopied(entry.name, "unreadable", f"the medium says: {why.strerror}")
    with open(handle, "rb", buffering=0) as source:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            return NotCopied(entry.name, "not-a-file", "no longer a plain file; it was not read")
        untrusted = _Medium(source)
        try:
            copied = store.copy(untrusted, before.st_size)
        except MediumError as why:
            return NotCopied(entry.name, "read-error", f"reading stopped: {why}")
        after = os.fstat(handle)
    added = copied.added
    changed = (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, added.size)
    return Copied(
        name=entry.name,
        digest=added.digest,
        sha512=added.sha512,
        size=added.size,
        modified_ns=after.st_mtime_ns,
        changed=changed,
        incoming=copied,
    )
