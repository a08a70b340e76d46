"""Writing files so that what was written is still there after the power fails.

- Each function returns only when the bytes, and the name they go by, are on the disk (fsync).
- Nothing here overwrites: a name that is taken raises FileExistsError.
"""

import os
from pathlib import Path


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
    half = path.with_name(f".{path.name}.{os.getpid()}.half")
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        try:
            write_all(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)
        # A hard link, unlike a rename, fails where the name is taken.
        os.link(half, path)
    finally:
        os.unlink(half)
    sync_folder(path.parent)
