"""How the next steps of `catalog.next_steps` are shown: their commands as what one can type.

- `CASE` in a command stands for the case; on a page it is this case's folder, quoted for a shell.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

_CASE = re.compile(r"\bCASE\b")


def with_commands(text: str, folder: Path) -> Iterator[tuple[bool, str]]:
    """The text in pieces, and whether each is something to type."""
    for number, piece in enumerate(text.split("`")):
        if piece == "":
            continue
        is_command = number % 2 == 1
        yield is_command, command(piece, folder) if is_command else piece


def command(written: str, folder: Path) -> str:
    """A command for this case."""
    case = shlex.quote(str(folder))
    return _CASE.sub(lambda _: case, written)


def capital(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]
