"""Which process holds a case for writing, asked without taking part.

- It is looked up in the system's list of locks (Linux `/proc/locks`, proc(5)). Trying the lock
  would make a command fail that asks for it in that moment.
"""

import os
from pathlib import Path

from muniment.vault.case import LOCK_NAME, Case

_LOCKS = Path("/proc/locks")
_PROCESS, _FILE = 4, 5  # fields of a line: `1: FLOCK  ADVISORY  WRITE 4711 08:01:1310723 0 EOF`


def holder_of(case: Case) -> int | None:
    """The number of the process that holds it; None where nobody does, or nobody can tell."""
    try:
        held = os.stat(case.folder / LOCK_NAME)
        lines = _LOCKS.read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    device = f"{os.major(held.st_dev):02x}:{os.minor(held.st_dev):02x}:{held.st_ino}"
    for line in lines:
        fields = line.split()
        if "->" not in fields and fields[_FILE : _FILE + 1] == [device]:
            return int(fields[_PROCESS])
    return None
