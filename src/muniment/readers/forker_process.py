"""The small process that forks reading processes for a worker.

    worker ──Order, descriptors──▶ this process ──clone──▶ reading process, a child of the worker
       ◀──── its number ────────────────

- It has one thread, has never seen a byte of a file, a part or a password, and forks; that is all.
- The reading process is a child of the worker: who waits for it, kills it and hears of its end
  is the same as where the worker forks itself. It ends with the worker, and so does this process.
- Objects whose reader it has not loaded are read in a copy of the worker (`reader_families.py`).
"""

import gc
import importlib
import os
import socket
from typing import Any

import msgspec

from muniment.readers.child import Job, run_child
from muniment.readers.first_files import read_first_files
from muniment.readers.isolation.confine import forewarn, leave_for_all
from muniment.readers.isolation.kernel import fork_for_parent
from muniment.readers.limits import Limits
from muniment.readers.reader_families import Outline, stood_in

READY = b"ready"
_NOTHING, _ERRORS = 0, 2
_LARGEST_ORDER = 1 << 16
_LARGEST_WELCOME = 1 << 20
# What comes with an order, in this order; rules only where there are any.
_OBJECT, _PIPE, _RULES = range(3)


class Order(msgspec.Struct, frozen=True, array_like=True):
    """One object to read; the descriptors come with it."""

    limits: Limits
    scratch: str
    required: frozenset[str]


_orders = msgspec.msgpack.Decoder(Order)
_outlines = msgspec.msgpack.Decoder(tuple[Outline, ...])


def serve(descriptor: int, family: str) -> None:
    """Fork for whoever holds the other end of this socket, until it is closed."""
    link = socket.socket(fileno=descriptor)
    known: Any = importlib.import_module(f"muniment.readers.{family}_readers")
    readers, elsewhere = stood_in(_outlines.decode(link.recv(_LARGEST_WELCOME)), known.READERS)
    forewarn()
    os.dup2(_NOTHING, _ERRORS)  # libraries talk of the first files as of any other
    read_first_files(known.samples(), readers)
    has_left = leave_for_all()
    gc.collect()
    gc.disable()  # what is here stays; looking at it would copy it
    gc.freeze()
    link.send(READY)
    while True:
        body, descriptors, _, _ = socket.recv_fds(link, _LARGEST_ORDER, _RULES + 1)
        if len(body) == 0:
            return
        order = _orders.decode(body)
        rules = descriptors[_RULES] if len(descriptors) > _RULES else None
        job = Job(
            readers=readers,
            limits=order.limits,
            scratch=order.scratch,
            required=order.required,
            rules=rules,
            has_left=has_left,
            elsewhere=elsewhere,
        )
        pid = _forked(job, descriptors)
        for each in descriptors:
            os.close(each)
        link.send(b"%d" % pid)


def _forked(job: Job, descriptors: list[int]) -> int:
    """The number of a reading process; 0 where none can be made."""
    try:
        pid = fork_for_parent()
    except OSError:
        return 0
    if pid == 0:
        run_child(descriptors[_OBJECT], descriptors[_PIPE], job)
    return pid
