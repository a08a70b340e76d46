"""Reading files of a case that somebody else may have arranged.

- Only regular files are opened: no link is followed, and a pipe is never waited for.
- No more is read than a named limit.
"""

import os
import stat
from pathlib import Path


def is_regular(path: Path) -> bool:
    """Whether `path` itself is a regular file, not a link to one."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def read_untrusted(path: Path, limit: int) -> bytes:
    """The bytes of a file.

    Raises:
        ValueError: it cannot be read, is no regular file, or is longer than `limit` bytes.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as why:
        raise ValueError(f"it cannot be opened ({why.strerror})") from why
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ValueError("it is no regular file")
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ValueError(f"it is longer than {limit} bytes")
    return data
