"""Writing files so that what was written is still there after the power fails.

- Each function returns only when the bytes, and the name they go by, are on the disk (fsync).
- Nothing here overwrites: a name that is taken raises FileExistsError.
"""

import errno
import os
from pathlib import Path

from muniment.core import UsageError

_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_all(handle: int, data: bytes) -> None:
    """Write all of `data` to an open file; one call of the system may write less."""
    rest = memoryview(data)
    while len(rest) > 0:
        rest = rest[os.write(handle, rest) :]


def create_file(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Make the new file `path` with `data`; it appears under its name only when it is whole.

    Raises:
        FileExistsError: the name is taken; that file is unchanged.
    """
    half = path.with_name(f".{path.name}.half")
    half.unlink(missing_ok=True)  # of a process that was killed here
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        try:
            write_all(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)
        _name(half, path)
    finally:
        half.unlink(missing_ok=True)
    sync_folder(path.parent)


def _name(half: Path, path: Path) -> None:
    """Give a whole file its name, unless that is taken."""
    try:
        # A hard link, unlike a rename, fails where the name is taken.
        os.link(half, path)
    except OSError as why:
        if why.errno not in _NO_LINKS:
            raise
        # exFAT and some network file systems have no hard links. Looking first is enough there,
        # since one process writes to a case at a time.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "the name is taken", str(path)) from why
        os.rename(half, path)


def write_new(path: Path, data: bytes) -> None:
    """Write what a person asked for into a new file; durable on return.

    Raises:
        UsageError: something is at `path` already.
    """
    try:
        create_file(path, data)
    except FileExistsError as why:
        raise UsageError(f"{path} is there already", next_step="name a new file") from why
