"""A server that shares its listener with other processes: whoever has least to do accepts first.

- asyncio's own way takes every connection that waits, at once: one process would have all readers
  and another none. Here a process lets a moment pass for each answer it is working on.
- Nobody waits for a process that is busy for long: the moment is some thousandths of a second.
- A connection carries one request, so that the next page may come from another process.
"""

import asyncio
from socket import socket

import uvicorn

_MOMENT_S = 0.001
_LONGEST_S = 0.02
_WITHOUT_HANDLES_S = 0.5  # until it is tried again where this system gives no more open files


class SharedServer(uvicorn.Server):
    """The server of one process of several."""

    def __init__(self, config: uvicorn.Config, listener: socket) -> None:
        """Serve what arrives at `listener`."""
        super().__init__(config)
        self._listener = listener
        self._accepting: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket] | None = None) -> None:  # noqa: ARG002 - uvicorn's
        """Begin to accept, in place of what uvicorn does with `sockets`."""
        await self.lifespan.startup()
        self.servers = []
        self._listener.settimeout(0)
        self._accepting = asyncio.create_task(self._accept())
        self.started = True

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Accept no more, then end as uvicorn does."""
        if self._accepting is not None:
            self._accepting.cancel()
        await super().shutdown(sockets)

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await _arrival(loop, self._listener)
            await asyncio.sleep(min(_MOMENT_S * len(self.server_state.tasks), _LONGEST_S))
            try:
                connection, _ = self._listener.accept()
                connection.settimeout(0)
                await loop.connect_accepted_socket(self._protocol, connection)
            except (BlockingIOError, ConnectionError):
                continue  # another process was first, or the browser has gone
            except OSError:
                await asyncio.sleep(_WITHOUT_HANDLES_S)

    def _protocol(self) -> asyncio.Protocol:
        kind = self.config.http_protocol_class
        return kind(  # type: ignore[call-arg]  # as uvicorn calls it
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )


async def _arrival(loop: asyncio.AbstractEventLoop, listener: socket) -> None:
    """Until a connection waits; the next who asks may find that it is taken."""
    arrived = asyncio.Event()
    loop.add_reader(listener, arrived.set)
    try:
        await arrived.wait()
    finally:
        loop.remove_reader(listener)
