"""Serves a room from one process, or from several beside each other: Python works on one core each.

    muniment open ── room, gate, listener ── serves
         ├── python -m muniment.app.web.beside ── a room of its own ── serves the same listener
         └── …

- All accept from one listener and ask one gate's folder: a link opens once wherever it is opened, a
  session holds with all of them. What is changed is in files and in the journal, as ever.
- What a process beside is told comes through its standard input, no argument and no file. When
  that ends, so does the process: none outlives the room, however that was ended.
- One that fails is missed by nobody: the others go on accepting.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import socket
from threading import Thread
from typing import IO, cast

import msgspec
import uvicorn

from muniment.app.web.accepting import SharedServer
from muniment.app.web.frame import make_app
from muniment.app.web.gate import Gate
from muniment.app.web.room import Room
from muniment.facts.header import make_lexicon_ready
from muniment.readers import Mechanism

_PATIENCE_S = 10  # of the room, until a process beside it has ended
_GRACE_S = 2  # of a process, until the answers under way are sent


class Beside(msgspec.Struct, frozen=True):
    """What a process beside the room is told: the case, who reads, the gate, the listener.

    Paths are bytes, as this system has them: a name need not be text.
    """

    case: bytes
    reader: str
    passphrase_file: bytes | None
    walls: tuple[Mechanism, ...]
    port: int
    token: str | None
    gate: bytes
    listener: int  # file descriptor


def server_of(room: Room, gate: Gate, listener: socket, *, shared: bool) -> uvicorn.Server:
    """The server of a room, `shared` with other processes or alone."""
    # Before somebody asks for a mapping; a room that is closed at once waits for it.
    Thread(target=make_lexicon_ready).start()
    config = uvicorn.Config(
        make_app(room, gate, shared=shared),
        log_level="critical",  # a traceback would tell what files say
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=_GRACE_S,
    )
    return SharedServer(config, listener) if shared else uvicorn.Server(config)


@contextmanager
def served_beside(count: int, told: Beside) -> Iterator[None]:
    """`count` processes serve the same room for as long as the context lasts."""
    started = [_start(told) for _ in range(count)]
    try:
        yield
    finally:
        for process in started:
            _end(process)


def _start(told: Beside) -> subprocess.Popen[bytes]:
    line = msgspec.json.encode(told) + b"\n"
    process = subprocess.Popen(
        [sys.executable, "-m", "muniment.app.web.beside"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        pass_fds=(told.listener,),
        start_new_session=True,  # a key of the terminal ends the room, and the room ends this
    )
    with suppress(BrokenPipeError):  # it has failed already, and is missed by nobody
        _input_of(process).write(line)
        _input_of(process).flush()
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(BrokenPipeError):
        _input_of(process).close()
    try:
        process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _input_of(process: subprocess.Popen[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", process.stdin)  # asked for above
