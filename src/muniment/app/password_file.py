"""The passwords that a person gives: a file with one a line, never an argument.

- UTF-8, with or without a mark at its beginning, or UTF-16 with one. Empty lines mean nothing.
- Spaces belong to a password, also where it has nothing else; the end of the line does not.
- No message quotes a line; its number says which it is.
"""

import codecs
from pathlib import Path

from muniment.core import Secret, UsageError

_LARGEST = 16 << 20  # bytes
_MOST = 1_000_000  # passwords
_LONGEST = 255  # letters; Office and PDF take fewer
_STEP = "write one password a line into a text file in UTF-8, and name that"


def candidates_in(file: Path) -> tuple[Secret, ...]:
    """The passwords in the file, in order, each once.

    Raises:
        UsageError: it cannot be read, is larger than anybody tries, or holds none.
    """
    lines = [line.removesuffix("\r") for line in _text(file).split("\n")]
    found = tuple(Secret(line) for line in dict.fromkeys(lines) if line != "")
    if all(line.strip() == "" for line in lines):
        raise UsageError(f"{file} holds no password", next_step=_STEP)
    if len(found) > _MOST:
        raise UsageError(f"{file} holds more than {_MOST:,} passwords", next_step=_STEP)
    for number, line in enumerate(lines, start=1):
        if len(line) > _LONGEST:
            raise UsageError(
                f"line {number} of {file} has more than {_LONGEST} letters", next_step=_STEP
            )
    return found


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            data = opened.read(_LARGEST + 1)
    except OSError as why:
        raise UsageError(f"{file} cannot be read: {why.strerror}", next_step=_STEP) from why
    if len(data) > _LARGEST:
        raise UsageError(f"{file} is larger than {_LARGEST >> 20} MiB", next_step=_STEP)
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    try:
        return data.decode("utf-16" if data.startswith(marks) else "utf-8-sig")
    except UnicodeDecodeError:
        # From None: what was decoded may be a password, and would stand in the message.
        raise UsageError(f"{file} is neither UTF-8 nor UTF-16", next_step=_STEP) from None
