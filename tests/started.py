"""A `muniment` that has already started: each call is a fork of one process that has imported it.

- Most of a short command's time is spent on starting Python and importing what the command needs;
  tests and pages hold hundreds of them. The demo, whose results the pages share, and the tests
  that kill a command or run several at once start them in the ordinary way.
- A call has its caller's folder, environment and three files. What is registered for the exit of
  Python is done at its end; nothing is taken apart, for that visits, and so copies, everything.

    python -m tests.started SOCKET      serves until its standard input is closed
"""

import atexit
import gc
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
_SCRIPT = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as call:
    call.connect({socket!r})
    asked = [os.getcwd(), sys.argv[1:], dict(os.environ)]
    socket.send_fds(call, [json.dumps(asked).encode()], [0, 1, 2])
    call.shutdown(socket.SHUT_WR)
    sys.exit(int(call.recv(16)))
"""
_LARGEST = 1 << 16


class Started:
    """The process that has started."""

    def __init__(self, at: Path, environment: dict[str, str]) -> None:
        """Start it, with its socket at `at`; a socket's path has at most 107 bytes."""
        self.at = at
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.started", str(at)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def call(self, arguments: Sequence[str], files: tuple[int, int, int]) -> int:
        """Give one command on these files; its exit code, or -9 where it was killed."""
        asked = json.dumps([os.getcwd(), list(arguments), dict(os.environ)]).encode()
        with socket.socket(socket.AF_UNIX) as call:
            call.connect(str(self.at))
            socket.send_fds(call, [asked[:1]], list(files))
            call.sendall(asked[1:])
            call.shutdown(socket.SHUT_WR)
            answer = call.recv(16)
        return int(answer) if len(answer) > 0 else -signal.SIGKILL

    def end(self) -> None:
        """Let it go."""
        self._process.communicate()


@contextmanager
def started(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """A folder for the front of PATH that holds the command `muniment`."""
    server = Started(folder / "s", environment)
    try:
        script = folder / "bin/muniment"
        script.parent.mkdir()
        script.write_text(_SCRIPT.format(python=sys.executable, socket=str(server.at)), "utf-8")
        script.chmod(0o755)
        yield str(script.parent)
    finally:
        server.end()


def _serve(at: str) -> None:
    """Answer calls until standard input ends."""
    _import_every_command()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody has to wait for the forks
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(at)
        listening.listen()
        print("ready", flush=True)  # noqa: T201 - whoever started this waits for it
        while True:
            asked, _, _ = select.select([listening, sys.stdin], [], [])
            if listening not in asked:
                return
            call, _ = listening.accept()
            if os.fork() == 0:
                _answer(call)
            call.close()


def _import_every_command() -> None:
    # Here, not above: the workers that a command starts import this module, and need none of it.
    for _, place in importlib.import_module("muniment.app.commands").COMMANDS:
        importlib.import_module(f"muniment.app.commands.{place.partition(':')[0]}")
    gc.collect()
    gc.freeze()  # so that a collection in a fork does not copy every page


def _answer(call: socket.socket) -> NoReturn:
    """Run one call on the caller's files; the exit code is the last thing that is told."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    message, files, _, _ = socket.recv_fds(call, _LARGEST, 3)
    while len(more := call.recv(_LARGEST)) > 0:
        message += more
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    folder, arguments, environment = json.loads(message)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    code: int = importlib.import_module("muniment.app.main").run(arguments)
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    call.sendall(str(code).encode())
    os._exit(code)


if __name__ == "__main__":
    _serve(sys.argv[1])
    os._exit(0)  # what is frozen would be reported as not given back
