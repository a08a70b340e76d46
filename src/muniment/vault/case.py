"""A case: one folder that holds what was received, what was decided, and what follows from it.

`docs/formats/case.md` draws the folder.

- A case appears in one rename, whole, or not at all.
- One process writes at a time; it holds `lock` for as long as it does.
- A folder of a newer version is refused without being touched.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from muniment.core import IntegrityError, UsageError, canonical_json
from muniment.vault.objects import ObjectStore

HEADER_NAME = "muniment.json"
LOCK_NAME = "lock"
FORMAT = "muniment-case"
VERSION = 1


class HeldError(UsageError):
    """Raised where another process holds the case for writing; nothing was changed."""


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `muniment.json` says."""

    case: str
    created: str
    format: str
    origin: str
    version: int


class _AnyHeader(msgspec.Struct, frozen=True):
    """What every version of the header says."""

    format: str
    version: int


class Case(msgspec.Struct, frozen=True):
    """An opened case folder; `header_bytes` are those of its `muniment.json`."""

    folder: Path
    header: Header
    header_bytes: bytes

    @property
    def vault(self) -> Path:
        """The folder of what was received and decided."""
        return self.folder / "vault"

    @property
    def work(self) -> Path:
        """The folder of projections."""
        return self.folder / "work"

    @property
    def journal_folder(self) -> Path:
        """Where the journal lies."""
        return self.vault / "journal"

    @property
    def key_path(self) -> Path:
        """Where the case's signing key lies."""
        return self.folder / "keys" / "signing.pem"

    @property
    def key_ring_folder(self) -> Path:
        """Where the passwords lie that opened something."""
        return self.vault / "keyring"

    @property
    def waiting_folder(self) -> Path:
        """Where decisions wait that were made while another process held the case."""
        return self.vault / "waiting"

    @property
    def received(self) -> ObjectStore:
        """The objects that arrived."""
        return ObjectStore(self.vault)

    @property
    def found(self) -> ObjectStore:
        """The objects that were found inside others: a projection."""
        return ObjectStore(self.work)


def new_header(case: str, created: str) -> Header:
    """The header of a new case; `case` is 32 hex digits at random, `created` a UTC time."""
    return Header(case, created, FORMAT, f"muniment.invalid/{case}", VERSION)


def header_bytes(header: Header) -> bytes:
    """The bytes of `muniment.json`."""
    return canonical_json(msgspec.to_builtins(header))


def open_case(folder: Path) -> Case:
    """The case in `folder`; nothing is changed on the disk.

    Raises:
        UsageError: there is no case, or one of a newer version.
        IntegrityError: the header is not as it was written.
    """
    try:
        raw = (folder / HEADER_NAME).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as why:
        raise UsageError(
            f"{folder} is not a case",
            next_step="make one with `muniment init FOLDER`, or name the folder of a case",
        ) from why
    try:
        known = msgspec.json.decode(raw, type=_AnyHeader)
        if known.format != FORMAT:
            raise UsageError(
                f"{folder} holds {known.format!r}, not a case",
                next_step="name the folder of a case",
            )
        if known.version > VERSION:
            raise UsageError(
                f"{folder} was written by a newer Muniment (case version {known.version}; this one "
                f"knows {VERSION})",
                next_step="open it with that Muniment, or upgrade this one; nothing was changed",
            )
        header = msgspec.json.decode(raw, type=Header)
    except msgspec.MsgspecError as why:
        raise IntegrityError(
            f"{folder / HEADER_NAME} is damaged: {why}",
            next_step="restore it from a copy of the case: event 0 of the journal holds its hash",
        ) from why
    return Case(folder, header, raw)


def links_in(case: Case) -> tuple[Path, ...]:
    """The folders and files of the case's own structure that are links: none ever should be."""
    keys = (case.key_path.parent, case.key_path)
    fixed = (case.vault, case.work, *keys, case.folder / LOCK_NAME, case.waiting_folder)
    objects = case.vault / "objects" / "sha256"
    listed = [*fixed]
    folders = (case.vault, case.work, case.journal_folder, case.key_ring_folder)
    for folder in (*folders, case.vault / "objects", objects):
        if folder.is_dir() and not folder.is_symlink():
            listed.extend(folder.iterdir())
    return tuple(path for path in listed if path.is_symlink())


def _refuse_links(case: Case) -> None:
    for path in links_in(case):
        raise IntegrityError(
            f"{path} is a link: writing there would change files outside the case",
            next_step="find out who put it there; replace it by what it leads to, if that is yours",
        )


@contextmanager
def locked(case: Case) -> Iterator[None]:
    """Hold the case for writing; let go when the block ends or the process dies.

    Raises:
        HeldError: another process holds it.
        IntegrityError: a part of the case's structure is a link.
    """
    _refuse_links(case)
    handle = os.open(
        case.folder / LOCK_NAME, os.O_NOFOLLOW | os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644
    )
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as why:
            raise HeldError(
                f"another process is writing to {case.folder}",
                next_step="wait until it has ended and give the command again; nothing was changed",
            ) from why
        yield
    finally:
        os.close(handle)
