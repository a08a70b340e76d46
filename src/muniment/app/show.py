"""How results leave the door: JSON for programs, a few plain lines for people.

- With `--json` standard output holds one object, or one object a line, and nothing else.
- Everything else (progress, hints) goes to standard error.
- Control characters and direction overrides of untrusted text never reach a terminal.
"""

import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def print_json(value: Any) -> None:
    """One JSON object on one line."""
    _write(_json(value))


def print_json_lines(values: Iterable[Any]) -> None:
    """One JSON object a line."""
    for value in values:
        _write(_json(value))


def say(line: str = "") -> None:
    """A line for people, on standard output."""
    _write(line.encode("utf-8", "replace") + b"\n")


def hint(line: str) -> None:
    """A line for people that is not the result, on standard error."""
    sys.stderr.write(line + "\n")


def plain(untrusted: str) -> str:
    """Text of a source file, fit for a terminal: what would steer it is shown by its number."""
    return "".join(
        letter if unicodedata.category(letter) not in _HIDDEN else _escaped(letter)
        for letter in untrusted
    )


def table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """A table for people, as wide as the terminal, with an empty line before it."""
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for number, column in enumerate(columns):
        shown.add_column(column, justify="left" if number == 0 else "right", overflow="fold")
    for row in rows:
        shown.add_row(*(plain(field) for field in row))
    say()
    Console(
        highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else 110
    ).print(shown)


def wrapped(mark: str, text: str) -> None:
    """A paragraph for people behind `mark`, as wide as the terminal, its later lines set in."""
    width = shutil.get_terminal_size((110, 24)).columns
    later = " " * len(mark)
    lines = textwrap.wrap(text, max(width, 40), initial_indent=mark, subsequent_indent=later)
    for line in lines:
        say(line)


def most_first(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Names and their counts, the largest first, equal ones by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def size(count: int) -> str:
    """Bytes in the unit a person would use."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:  # noqa: PLR2004 - a thousand of one unit is one of the next
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"


def _escaped(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if ord(letter) <= 0xFFFF else f"\\U{ord(letter):08x}"  # noqa: PLR2004


def _json(value: Any) -> bytes:
    return msgspec.json.encode(value) + b"\n"


def _write(line: bytes) -> None:
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
