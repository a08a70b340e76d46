"""When the names of two lists are one name: spelt apart by blanks or capitals alone.

- A table whose records say `A` and ` a` would count one list as two, and every person on it as
  known twice. Nobody can tell from the table; so it is refused, not guessed.
"""

import unicodedata
from collections.abc import Sequence

from muniment.measure.errors import TableError

_STEP = "if they are one list, spell it one way; if they are two, give them names that read apart"


def check_names(lists: Sequence[str]) -> None:
    """Raise `TableError` for a list without a name, or for two of one name."""
    spelt: dict[str, str] = {}
    for name in lists:
        read = _read(name)
        if read == "":
            raise TableError(f"every list needs a name: {tuple(lists)}", "name it")
        if read in spelt:
            raise TableError(_alike(spelt[read], name), _STEP)
        spelt[read] = name


def _read(name: str) -> str:
    """The name as it is read aloud: without capitals, wide letters and needless blanks."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _alike(one: str, other: str) -> str:
    if one == other:
        return f"two lists are called {one!r}: a list is in the table once"
    return f"the lists {one!r} and {other!r} differ in blanks or capitals alone"
