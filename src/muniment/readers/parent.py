"""The parent's side of the border: listens for messages within a time, then kills.

- Nothing the child sends is believed before it is decoded and checked here.
- However the child ends (exit, crash, hang, stop), the parent goes on with an `Ending`.
"""

import os
import select
import signal
import time
from collections.abc import Callable, Iterator

import msgspec

from muniment.readers.border import HEAD, LARGEST_MESSAGE, Message, unpack

_BLOCK = 1 << 18
_GRACE_S = 3.0  # past the child's own alarm
_LOOK_S = 0.5  # how often the scratch folder is measured


class BorderError(Exception):
    """The child broke a rule of the border; `code` and `reason` become a Problem."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def messages(pipe: int, time_s: float, look: Callable[[], None]) -> Iterator[Message]:
    """The child's messages until it closes the pipe; `look` is called twice a second.

    Raises:
        BorderError: out of time, or bytes that are no message.
    """
    buffer = bytearray()
    for block in _blocks(pipe, time_s, look):
        buffer += block
        while (body := _next(buffer)) is not None:
            try:
                yield unpack(body)
            except (msgspec.MsgspecError, RecursionError) as why:
                raise BorderError("border-violation", "the reader sent no message") from why
    if len(buffer) > 0:
        raise BorderError("reader-crashed", "the reader ended in the middle of a message")


def _next(buffer: bytearray) -> bytes | None:
    """Take one whole message off the front of the buffer."""
    if len(buffer) < HEAD.size:
        return None
    (length,) = HEAD.unpack_from(buffer)
    if length > LARGEST_MESSAGE:
        raise BorderError("border-violation", "the reader sent a message beyond the limit")
    if len(buffer) < HEAD.size + length:
        return None
    body = bytes(buffer[HEAD.size : HEAD.size + length])
    del buffer[: HEAD.size + length]
    return body


def _blocks(pipe: int, time_s: float, look: Callable[[], None]) -> Iterator[bytes]:
    # Elapsed time, not the time of day: no result depends on it but a timeout's.
    end = time.monotonic() + time_s + _GRACE_S
    next_look = time.monotonic() + _LOOK_S
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    while True:
        now = time.monotonic()
        if now >= end:
            raise BorderError("timeout", f"the reader took longer than {time_s:g} s")
        if now >= next_look:
            look()
            next_look = now + _LOOK_S
        if len(poll.poll(min(_LOOK_S, end - now) * 1000)) > 0:
            block = os.read(pipe, _BLOCK)
            if len(block) == 0:
                return
            yield block


def end_child(pid: int, time_s: float) -> int:
    """Wait for a child that has closed its pipe, kill it if it lingers; its wait status."""
    deadline = time.monotonic() + time_s
    while time.monotonic() < deadline:
        waited, status = os.waitpid(pid, os.WNOHANG)
        if waited == pid:
            return status
        time.sleep(0.001)
    return kill_child(pid)


def kill_child(pid: int) -> int:
    """Kill the child and its process group, stopped or not; its wait status."""
    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue  # it has not made its group yet, or is a group no more
    return os.waitpid(pid, 0)[1]


def death_of(status: int) -> str:
    """How a process died, for people; empty where it ended by itself."""
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return "" if os.WEXITSTATUS(status) == 0 else f"exit status {os.WEXITSTATUS(status)}"
