"""`open`: the reading room, on this machine, for whoever holds its link."""

import os
import secrets
import signal
import socket
import sys
import webbrowser
from pathlib import Path
from threading import Thread

import click

from muniment.app.commands.options import case_argument, passphrase_option
from muniment.app.show import hint, say
from muniment.app.web import Beside, Gate, open_room, served_beside, server_of
from muniment.core import Error, UsageError

_LOOPBACK = "127.0.0.1"
_WAITING = 64  # connections that may wait
_MOST_PROCESSES = 4  # unless asked for: each holds some 150 MB


@click.command("open")
@case_argument
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="0: any that is free.")
@click.option(
    "--as",
    "reader",
    default="reader",
    show_default=True,
    help="A pseudonym: who reads, and whose notes these are.",
)
@click.option("--browser", is_flag=True, help="Show the room in this system's browser at once.")
@click.option(
    "--api-token-file",
    type=click.Path(path_type=Path),
    help="Write a token for scripts to this new file.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=lambda: min(os.cpu_count() or 1, _MOST_PROCESSES),
    show_default="one a core, up to 4",
    help="How many processes serve pages.",
)
@passphrase_option
def open_(  # noqa: PLR0913 - a command has the options that it has
    *,
    case: Path,
    port: int,
    reader: str,
    processes: int,
    api_token_file: Path | None,
    passphrase_file: Path | None,
    browser: bool,
) -> None:
    """Show the case in a browser on this machine. The link that is printed opens once.

    Press Enter for another link, Ctrl-C to close the room.
    """
    if reader.strip() == "" or not reader.isprintable():
        raise UsageError("--as needs a name", next_step="give a pseudonym, such as --as desk-2")
    with open_room(case, reader, passphrase_file) as room, _listening(port) as listener:
        room.rasters.warm_up(_say_no_pictures)
        token = None if api_token_file is None else _new_token(api_token_file)
        gate = Gate(listener.getsockname()[1], token=token)
        # On a disk that cannot be written the processes could not show each other's plots.
        beside = processes - 1 if room.ledger.writable else 0
        server = server_of(room, gate, listener, shared=beside > 0)
        say(_link(gate, listener))
        hint("The link opens once. Enter: another link. Ctrl-C: close the room.")
        if browser:
            webbrowser.open(_link(gate, listener))
        if sys.stdin.isatty():
            Thread(target=_more_links, args=(gate, listener), daemon=True).start()
        # The server hands a signal on once it has stopped: to us, who then close the room.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        told = Beside(
            case=os.fsencode(case.resolve()),
            reader=reader,
            passphrase_file=None
            if passphrase_file is None
            else os.fsencode(passphrase_file.absolute()),
            walls=room.walls,
            port=listener.getsockname()[1],
            token=token,
            gate=os.fsencode(gate.folder),
            listener=listener.fileno(),
        )
        with served_beside(beside, told):
            try:
                server.run(sockets=[listener])
            except KeyboardInterrupt:
                hint("The room is closed.")


def _say_no_pictures(why: Error) -> None:
    hint(f"note: pictures of pages cannot be drawn: {why.message}")
    hint(f"next: {why.next_step}")


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((_LOOPBACK, port))
    except OSError as why:
        listener.close()
        raise UsageError(
            f"port {port} cannot be had: {why.strerror}",
            next_step="name another, or none: a free one is found",
        ) from why
    listener.listen(_WAITING)
    return listener


def _link(gate: Gate, listener: socket.socket) -> str:
    return f"http://{_LOOPBACK}:{listener.getsockname()[1]}/enter/{gate.new_key()}"


def _more_links(gate: Gate, listener: socket.socket) -> None:
    for _ in sys.stdin:
        say(_link(gate, listener))


def _new_token(path: Path) -> str:
    token = secrets.token_urlsafe(32)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as why:
        raise UsageError(
            f"{path} is there already", next_step="name a new file for the token"
        ) from why
    with open(handle, "w", encoding="ascii") as file:
        file.write(token + "\n")
    return token
