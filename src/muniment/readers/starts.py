"""Tables of first bytes: at which offset stands what, and which type that means.

- Whether any entry fits is one pattern's to say: behind a fork each entry that is looked at is a
  page of memory to copy, and most files are of none of a table's kinds.
"""

import re
from collections.abc import Callable, Sequence

Entry = tuple[int, bytes, str]  # offset, the bytes that stand there, the type
_Plausible = Callable[[str, bytes], bool]


class Starts:
    """A table of first bytes, in order of precedence."""

    def __init__(
        self, entries: Sequence[Entry], is_plausible: _Plausible, beside: bytes = b"(?!)"
    ) -> None:
        """`is_plausible` says of a type and the first bytes whether more speaks for it.

        `beside` is a pattern that fits wherever something else names a type than the table.
        """
        self._entries = entries
        self._is_plausible = is_plausible
        signs = (b".{%d}%b" % (offset, re.escape(start)) for offset, start, _ in entries)
        self._any = re.compile(b"|".join((*signs, beside)), re.DOTALL)

    def may_say(self, head: bytes) -> bool:
        """Whether an entry fits, or something beside the table may."""
        return self._any.match(head) is not None

    def type_of(self, head: bytes) -> str | None:
        """The type of the first entry that fits; None where none does."""
        for offset, start, media_type in self._entries:
            if head.startswith(start, offset) and self._is_plausible(media_type, head):
                return media_type
        return None
