"""What a disk that cannot be used says, and what to do about it."""

import errno
import os


def disk_reason(why: OSError) -> str:
    """What is wrong, and with which file."""
    where = f": {os.fsdecode(why.filename)}" if why.filename is not None else ""
    return f"{why.strerror or why}{where}"


def disk_advice(why: OSError) -> str:
    """What to do about it."""
    match why.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "make room on the disk and give the same command again; nothing was lost"
        case errno.EROFS:
            return "the disk is read-only: work on a copy of the case on one that can be written"
        case errno.EACCES | errno.EPERM:
            return "give this user the right to read and write there, then try again"
        case _:
            return "see to that and give the same command again; what was done stays done"
