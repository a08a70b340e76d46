"""One demo for every page, also where several processes test."""

import fcntl
from pathlib import Path

import pytest

from tests.docs.console import run_demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder that `make demo` leaves; nothing may change it."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    folder = shared / "demo"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / ".transcript").exists():
            run_demo(folder)
    return folder
