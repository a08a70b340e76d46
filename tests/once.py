"""What is costly to make is made once a run, however many processes test."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.copies import copy_of


class Once:
    """Folders that all processes of a run share."""

    def __init__(self, factory: pytest.TempPathFactory, worker_id: str) -> None:
        """`worker_id` is xdist's; `master` where one process tests alone."""
        self._alone = worker_id == "master"
        own = factory.getbasetemp()
        self._shared = own if self._alone else own.parent
        self._own = own

    def made(self, name: str, make: Callable[[Path], object]) -> Path:
        """A folder that `make` fills, given its path; nobody may change what lies in it."""
        folder = self._shared / name
        with (self._shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            done = self._shared / f"{name}.made"
            if not done.exists():
                make(folder)
                done.touch()
        return folder

    def copied(self, name: str, make: Callable[[Path], object]) -> Path:
        """The same for what takes locks and keeps side files: this process's own copy."""
        made = self.made(name, make)
        if self._alone:
            return made
        copy = self._own / name
        if not copy.exists():
            copy_of(made, copy)
        return copy
