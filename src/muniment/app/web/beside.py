"""One process beside a room, as `serving` starts it: `python -m muniment.app.web.beside`.

- It serves until its standard input ends, which it does with the process that started it.
"""

import os
import signal
import socket
import sys
from pathlib import Path
from threading import Thread

import msgspec
import uvicorn

from muniment.app.web.gate import Gate
from muniment.app.web.room import open_room
from muniment.app.web.serving import Beside, server_of


def main() -> None:
    """Serve what the first line of the standard input tells of."""
    told = msgspec.json.decode(sys.stdin.buffer.readline(), type=Beside)
    listener = socket.socket(fileno=told.listener)
    gate = Gate(told.port, token=told.token, folder=_path(told.gate))
    key = None if told.passphrase_file is None else _path(told.passphrase_file)
    with listener, open_room(_path(told.case), told.reader, key, walls=told.walls) as room:
        server = server_of(room, gate, listener, shared=True)
        Thread(target=_end_with_input, args=(server,), daemon=True).start()
        # The server hands a signal on once it has stopped: the room is to be closed then.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            return


def _path(written: bytes) -> Path:
    return Path(os.fsdecode(written))


def _end_with_input(server: uvicorn.Server) -> None:
    sys.stdin.buffer.read()
    server.should_exit = True


if __name__ == "__main__":
    main()
