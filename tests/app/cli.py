"""Runs the command line as its user does: another process, real files."""

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from tests.started import Started

COMMAND = (sys.executable, "-c", "from muniment.app.main import main; main()")


def muniment(*arguments: object, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    """Run one command to its end, in a fork of a process that has imported the commands."""
    with (
        open(os.devnull, "rb") as nothing,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as told,
    ):
        raw = _raw(arguments)
        files = (nothing.fileno(), out.fileno(), told.fileno())
        code = _started().call([os.fsdecode(each) for each in raw], files)
        out.seek(0)
        told.seek(0)
        done = subprocess.CompletedProcess(raw, code, out.read(), told.read())
    if check and done.returncode != 0:
        raise AssertionError(f"{arguments}: {done.returncode}\n{done.stderr.decode()}")
    return done


def muniment_json(*arguments: object) -> Any:
    """The one JSON object that a command prints."""
    return json.loads(muniment(*arguments, "--json").stdout)


def muniment_lines(*arguments: object) -> list[Any]:
    """The JSON objects that a command prints, one a line."""
    return [json.loads(line) for line in muniment(*arguments, "--json").stdout.splitlines()]


def killed_after(seconds: float, *arguments: object) -> bool:
    """Start a command and kill it and all it started; whether it was still at work."""
    with subprocess.Popen(
        [*COMMAND, *_raw(arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        try:
            _, errors = running.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.communicate()
            return True
        if running.returncode != 0:
            raise AssertionError(f"{arguments}: {running.returncode}\n{errors.decode()}")
        return False


@cache
def _started() -> Started:
    folder = tempfile.TemporaryDirectory(prefix="muniment-started-")
    server = Started(Path(folder.name) / "s", dict(os.environ))
    atexit.register(folder.cleanup)
    atexit.register(server.end)  # before the folder goes
    return server


def _raw(arguments: tuple[object, ...]) -> list[bytes]:
    return [
        os.fsencode(each if isinstance(each, (str, bytes, Path)) else str(each))
        for each in arguments
    ]
