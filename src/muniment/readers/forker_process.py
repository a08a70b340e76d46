"""The small process that forks reading processes for a worker.

    worker ──Order, descriptors──▶ this process ──clone──▶ reading process, a child of the worker
       ◀──── its number ────────────────

- It has one thread, has never seen a byte of a file, a part or a password, and forks; that is all.
- The reading process is a child of the worker: who waits for it, kills it and hears of its end
  is the same as where the worker forks itself. It ends with the worker, and so does this process.
- Objects whose reader it has not loaded are read in a copy of the worker (`reader_families.py`).
"""

import fcntl
import gc
import importlib
import os
import socket
from typing import Any

import msgspec

from muniment.readers.child import MOST_DESCRIPTORS, Job, run_in_place, stand_ready, walls_of
from muniment.readers.first_files import read_first_files
from muniment.readers.isolation.confine import Walls, leave_for_all, put_around
from muniment.readers.isolation.kernel import fork_for_parent
from muniment.readers.known_readers import KnownReaders
from muniment.readers.large_pages import gather_pages
from muniment.readers.limits import Limits
from muniment.readers.one_piece import OnePiece
from muniment.readers.reader_families import Outline, stood_in

READY = b"ready"
_NOTHING, _ERRORS = 0, 2
_LARGEST_ORDER = 1 << 14
_LARGEST_WELCOME = 1 << 20
_OUT_OF_THE_WAY = 10  # the first number that no descriptor of a reading process has


class Order(msgspec.Struct, frozen=True, array_like=True):
    """One object to read; the descriptors come with it."""

    limits: Limits
    scratch: str
    required: frozenset[str]


_orders = msgspec.msgpack.Decoder(Order)
_outlines = msgspec.msgpack.Decoder(tuple[Outline, ...])


def serve(descriptor: int, family: str, memory: OnePiece) -> None:
    """Fork for whoever holds the other end of this socket, until it is closed."""
    link = _alone_with(descriptor)
    family_readers: Any = importlib.import_module(f"muniment.readers.{family}_readers")
    outlined = _outlines.decode(link.recv(_LARGEST_WELCOME))
    stood, elsewhere = stood_in(outlined, family_readers.READERS)
    readers = KnownReaders(stood)
    os.dup2(_NOTHING, _ERRORS)  # libraries talk of the first files as of any other
    read_first_files(family_readers.samples(), readers)
    stand_ready()
    has_left = leave_for_all()
    gc.collect()
    gc.freeze()  # what is here stays; looking at it would copy it
    memory.release()
    gather_pages()
    link.send(READY)
    jobs = _Jobs(readers, elsewhere, has_left=has_left)
    while True:
        body, descriptors, _, _ = socket.recv_fds(link, _LARGEST_ORDER, MOST_DESCRIPTORS)
        if len(body) == 0:
            return
        pid = _forked(jobs.job(body, len(descriptors)), descriptors)
        for each in descriptors:
            os.close(each)
        link.send(b"%d" % pid)


def _alone_with(descriptor: int) -> socket.socket:
    """The link, the only descriptor here beside the standard ones.

    What the worker has open that a program inherits (a lock, somebody's pipe) is closed here, and
    the link stands where it is not in the way of the descriptors that come over it.
    """
    link = socket.socket(fileno=fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY))
    os.closerange(_ERRORS + 1, link.fileno())
    os.closerange(link.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
    return link


class _Jobs:
    """Makes a job of each order; what it has of the one before is not made again."""

    def __init__(self, readers: KnownReaders, elsewhere: frozenset[str], *, has_left: bool) -> None:
        self._readers = readers
        self._elsewhere = elsewhere
        self._has_left = has_left
        self._walls: tuple[tuple[Limits, int], Walls] | None = None
        self._last: tuple[tuple[bytes, int], Job] | None = None

    def job(self, body: bytes, descriptors: int) -> Job:
        """The job that this order asks for."""
        if self._last is None or self._last[0] != (body, descriptors):
            self._last = ((body, descriptors), self._made(_orders.decode(body), descriptors))
        return self._last[1]

    def _made(self, order: Order, descriptors: int) -> Job:
        return Job(
            readers=self._readers,
            limits=order.limits,
            scratch=order.scratch,
            required=order.required,
            walls=self._walls_of(order, descriptors),
            elsewhere=self._elsewhere,
        )

    def _walls_of(self, order: Order, descriptors: int) -> Walls:
        within = (order.limits, descriptors)
        if self._walls is None or self._walls[0] != within:
            walls = walls_of(*within, order.scratch, has_left=self._has_left)
            self._walls = (within, walls)
        return put_around(order.scratch, self._walls[1])


def _forked(job: Job, descriptors: list[int]) -> int:
    """The number of a reading process; 0 where none can be made."""
    try:
        pid = fork_for_parent()
    except OSError:
        return 0
    if pid == 0:
        run_in_place(descriptors, job)
    return pid
