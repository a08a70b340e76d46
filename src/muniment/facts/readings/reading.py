"""What a reader of values is given and gives.

    Reader = function(written, CellFacts, options) → Reading

- A reader says what it understood in the clean form of its kind, or why it understood nothing. It
  never repairs and never guesses: two possible meanings are none.
- It depends on its arguments alone, so each different value of a column is read once.
"""

from collections.abc import Callable, Mapping

import msgspec

from muniment.core import CellKind

Options = Mapping[str, str]
_WIDE = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20}


class CellFacts(msgspec.Struct, frozen=True):
    """What is known of the cell beside its stored text: kind, what it shows, its number format."""

    kind: CellKind = CellKind.TEXT
    shown: str | None = None
    number_format: str | None = None


class Reading(msgspec.Struct, frozen=True, gc=False):
    """What was read, or why nothing was; and what makes it less sure."""

    read: str | None
    unread: str = ""
    doubts: tuple[str, ...] = ()


Reader = Callable[[str, CellFacts, Options], Reading]


def tidy(written: str) -> str:
    """White space as one space, nothing around it; full-width letters and digits narrow."""
    return " ".join(narrow(written).split())


def narrow(written: str) -> str:
    """Full-width Latin letters, digits and signs as the narrow ones that they stand for."""
    return written if written.isascii() else written.translate(_WIDE)


def unread(why: str) -> Reading:
    """Nothing was read."""
    return Reading(None, why)
