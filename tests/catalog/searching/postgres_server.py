"""A PostgreSQL server of the tests' own: a socket in a temporary folder, no port, no other user."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
_USER = "nobody"


@contextmanager
def server() -> Iterator[str]:
    """The address of a database on a server that runs while the block does."""
    if len(_PROGRAMS) == 0:
        pytest.skip("no PostgreSQL server in /usr/lib/postgresql (Debian: postgresql)")
    programs = _PROGRAMS[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="muniment-pg-", dir="/tmp"))
    before: tuple[str, ...] = ()
    if os.geteuid() == 0:  # the server refuses to run as root
        if shutil.which("setpriv") is None:
            pytest.skip("PostgreSQL refuses to run as root, and there is no setpriv")
        before = ("setpriv", f"--reuid={_USER}", "--regid=nogroup", "--clear-groups")
        shutil.chown(folder, _USER)
    data = folder / "data"

    def run(*words: object) -> None:
        subprocess.run(
            [*before, *map(str, words)],
            check=True,
            capture_output=True,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)},
        )

    try:
        run(programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-N", "-E", "UTF8")
        settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
        try:
            yield f"postgresql://tester@/postgres?host={folder}"
        finally:
            run(programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
