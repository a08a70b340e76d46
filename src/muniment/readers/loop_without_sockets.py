"""Runs one awaited call on an event loop that opens nothing.

- asyncio's own loop wakes itself through a socket, and a reader may send on none.
- The loop knows callbacks and futures only: no timers, no descriptors, no child processes.
- Work on other threads comes back through `call_soon_threadsafe`, as a queue.
"""

import asyncio
import queue
from collections.abc import Callable, Coroutine
from contextvars import Context
from typing import Any, TypeVar, cast

_T = TypeVar("_T")


class _Loop:
    """What `asyncio.Task` and a foreign runtime need of a loop, and no more."""

    def __init__(self) -> None:
        self._ready: queue.SimpleQueue[asyncio.Handle] = queue.SimpleQueue()
        self._loop = cast("asyncio.AbstractEventLoop", self)  # the rest of it is never called

    def get_debug(self) -> bool:
        return False

    def is_closed(self) -> bool:
        return False

    def is_running(self) -> bool:
        return True

    def create_future(self) -> "asyncio.Future[Any]":
        return asyncio.Future(loop=self._loop)

    def call_soon(
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self._loop, context)
        self._ready.put(handle)
        return handle

    def call_soon_threadsafe(
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        return self.call_soon(callback, *args, context=context)

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """A future that nobody asked failed: the task itself says what matters."""

    def run(self, call: Coroutine[Any, Any, _T]) -> _T:
        task = asyncio.Task(call, loop=self._loop)
        while not task.done():
            self._ready.get()._run()  # noqa: SLF001 - how asyncio's own loop runs a handle
        return task.result()


def run_awaited(call: Coroutine[Any, Any, _T]) -> _T:
    """What `call` returns or raises, once everything it waits for is done."""
    loop = _Loop()
    asyncio._set_running_loop(cast("asyncio.AbstractEventLoop", loop))  # noqa: SLF001 - documented for writers of loops
    try:
        return loop.run(call)
    finally:
        asyncio._set_running_loop(None)  # noqa: SLF001 - as above
