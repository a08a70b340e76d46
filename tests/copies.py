"""Copies of cases, made by another process.

A ledger may be open in this one. POSIX takes every lock of a process on a file away as soon as that
process closes any of its descriptors of it (fcntl(2); SQLite, "How To Corrupt", 2.2): a copy made
here would let another process believe that it is the last, and take the log away from under us.
"""

import subprocess
from pathlib import Path


def copy_of(folder: Path, target: Path) -> Path:
    """A copy of a folder with all that lies in it, links as links; `target` is not there yet."""
    assert not target.exists(), target
    subprocess.run(["cp", "-a", "-T", "--", folder, target], check=True)
    return target
