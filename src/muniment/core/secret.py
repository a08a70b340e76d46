"""A text that must not be seen: it does not show itself in messages, logs and tracebacks.

- `repr` and `str` say only that there is one; whoever needs the text asks for `text`.
- Two secrets are equal where their texts are, as for any record.
"""

from typing import Any

import msgspec

_SHOWN = "Secret(…)"


class Secret(msgspec.Struct, frozen=True):
    """A password or the like."""

    text: str

    def __repr__(self) -> str:
        """Nothing of the text."""
        return _SHOWN

    def __str__(self) -> str:
        """Nothing of the text."""
        return _SHOWN

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Nothing of the text, also where rich prints a record."""
        return [("text", "…")]
