"""Small processes beside a worker, which fork reading processes for it.

- A fork of the worker itself copies all that it has loaded, and makes each page that it touches
  afterwards dear; a fork of a small process does neither (decision 0111).
- One is started once a worker has read some objects of its kind: who reads one does not wait.
- Whatever goes wrong with one, objects are read as without it: in a fork of the worker.
"""

import json
import os
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Self

import msgspec

from muniment.readers.forker_process import READY, Order
from muniment.readers.reader import Reader
from muniment.readers.reader_families import HEAD, LIGHT, PAGES, PICTURES, family_of, outlines

_WORTHWHILE = 12  # objects read before it is started: it takes some 0.3 s of CPU
_START_S = 30.0
_ANSWER_S = 10.0
_LONGEST_ANSWER = 16
# The package's public face loads every reader; this process does with those it asks for.
_PROGRAM = """
import sys, types
sys.path[:] = {path}
package = types.ModuleType("muniment.readers")
package.__path__ = [{folder}]
sys.modules["muniment.readers"] = package
from muniment.readers.one_piece import OnePiece
memory = OnePiece({megabytes})
from muniment.readers.forker_process import serve
serve({socket}, {family}, memory)
"""
_SOCKET = 3
_MEGABYTES = 20  # more than any family fills


class _Process(msgspec.Struct, frozen=True):
    """One process that forks, and the way to it."""

    pid: int
    link: socket.socket

    def ask(self, order: Order, descriptors: Sequence[int]) -> int:
        """The number of the new process; 0 where none can be made.

        Raises:
            OSError: it does not answer.
        """
        socket.send_fds(self.link, [msgspec.msgpack.encode(order)], list(descriptors))
        answer = self.link.recv(_LONGEST_ANSWER)
        if not answer.isdigit():
            raise OSError("the process that forks has gone")
        return int(answer)


class Forker:
    """Forks for one worker; to be asked by its one thread."""

    def __init__(self, readers: Sequence[Reader], *, after: int = _WORTHWHILE) -> None:
        """`readers` are those of the desks; a family's process starts behind `after` objects."""
        self._readers = readers
        self._owner = os.getpid()
        self._waiting = dict.fromkeys((LIGHT, PICTURES, PAGES), after)
        self._started: dict[str, _Process] = {}

    def __enter__(self) -> Self:
        """The forker itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes."""
        self.close()

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of its processes."""
        return tuple(process.pid for process in self._started.values())

    def start(self) -> None:
        """Start every process now.

        Raises:
            OSError: one of them does not start.
        """
        for family in tuple(self._waiting):
            self._waiting[family] = 0
            self._start(family)

    def fork(
        self, readers: Sequence[Reader], order: Order, descriptors: Sequence[int]
    ) -> int | None:
        """The number of a new child of this process that reads the first of the descriptors.

        None where the caller is to fork it itself.
        """
        # Behind a fork of the worker, the processes are still the other one's.
        if readers is not self._readers or os.getpid() != self._owner:
            return None
        family = family_of(os.pread(descriptors[0], HEAD, 0))
        if family not in self._waiting:
            return None
        try:
            process = self._started.get(family) or self._start(family)
            pid = 0 if process is None else process.ask(order, descriptors)
        except OSError:
            del self._waiting[family]  # it is not asked again
            self._end(family)
            return None
        return pid if pid > 0 else None

    def _start(self, family: str) -> _Process | None:
        """A process for this family; None as long as it is not worth while."""
        if self._waiting[family] > 0:
            self._waiting[family] -= 1
            return None
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            process = _Process(_spawned(theirs.fileno(), family), ours)
        self._started[family] = process
        ours.settimeout(_START_S)
        ours.send(msgspec.msgpack.encode(outlines(self._readers)))
        if ours.recv(_LONGEST_ANSWER) != READY:
            raise OSError("the process that forks did not start")
        ours.settimeout(_ANSWER_S)
        return process

    def _end(self, family: str) -> None:
        process = self._started.pop(family, None)
        if process is not None:
            process.link.close()
            if os.getpid() == self._owner:
                with suppress(ChildProcessError):
                    os.waitpid(process.pid, 0)

    def close(self) -> None:
        """End the processes; nothing is forked by them any more."""
        for family in tuple(self._started):
            self._end(family)


def _spawned(link: int, family: str) -> int:
    program = _PROGRAM.format(
        path=json.dumps(sys.path),
        folder=json.dumps(os.path.dirname(__file__)),
        socket=_SOCKET,
        megabytes=_MEGABYTES,
        family=json.dumps(family),
    )
    nothing = [(os.POSIX_SPAWN_OPEN, each, os.devnull, os.O_RDWR, 0) for each in (0, 1)]
    actions = [(os.POSIX_SPAWN_DUP2, link, _SOCKET), *nothing]
    command = [sys.executable, "-I", "-c", program]
    return os.posix_spawn(sys.executable, command, os.environ, file_actions=actions)
