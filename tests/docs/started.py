"""A `muniment` that has already started: each call is a fork of one process that has imported it.

Pages hold dozens of commands, and most of a short command's time is spent on starting Python. The
demo, whose results the pages share, starts every command in the ordinary way.

    python -m tests.docs.started SOCKET      serves one call after the other, until it is ended
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from muniment.app.main import run

_CALL = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as call:
    call.connect({socket!r})
    asked = [os.getcwd(), sys.argv[1:], dict(os.environ)]
    socket.send_fds(call, [json.dumps(asked).encode()], [0, 1, 2])
    call.shutdown(socket.SHUT_WR)
    sys.exit(int(call.recv(16)))
"""
_LARGEST = 1 << 16


@contextmanager
def started(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """A folder for the front of PATH that holds the command `muniment`."""
    at = str(folder / "s")
    command = [sys.executable, "-m", "tests.docs.started", at]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            server.stdout.readline()
            script = folder / "bin/muniment"
            script.parent.mkdir()
            script.write_text(_CALL.format(python=sys.executable, socket=at), "utf-8")
            script.chmod(0o755)
            yield str(script.parent)
        finally:
            server.terminate()


def _serve(at: str) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(at)
        listening.listen()
        print("ready", flush=True)  # noqa: T201 - whoever started this waits for it
        while True:
            call, _ = listening.accept()
            with call:
                call.sendall(str(_answer(call)).encode())


def _answer(call: socket.socket) -> int:
    """Run one call in a fork, on the caller's files; its exit code."""
    message, files, _, _ = socket.recv_fds(call, _LARGEST, 3)
    while len(more := call.recv(_LARGEST)) > 0:
        message += more
    child = os.fork()
    if child == 0:
        for number, file in enumerate(files):
            os.dup2(file, number)
        folder, arguments, environment = json.loads(message)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        code = run(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    for file in files:
        os.close(file)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    _serve(sys.argv[1])
