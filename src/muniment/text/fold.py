"""The form in which texts are compared when somebody searches.

- Folding drops what readers do not tell apart when they search: case, accents, Arabic vowel
  signs and stretching, full-width and presentation forms, soft hyphens, direction marks.
- It is a projection for finding, never for keeping: what is written stays as it is.
- It works letter by letter, so a place in the folded text leads back to one in the written text.
"""

import unicodedata
from functools import cache

_DROPPED = frozenset({"Mn", "Me", "Cf"})  # combining marks, and signs that are not seen
_TATWEEL = "ـ"  # a stretched line in Arabic script


class _Folding(dict[int, str]):
    """A table for `str.translate` that works out each letter when it is first met."""

    def __missing__(self, point: int) -> str:
        folded = _fold_letter(chr(point))
        self[point] = folded
        return folded


def fold(text: str) -> str:
    """`text` as it is searched."""
    return text.lower() if text.isascii() else text.translate(_table())


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters the position in `text` that it came from."""
    table = _table()
    folded: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        seen = table[ord(letter)]
        folded.append(seen)
        places.extend([place] * len(seen))
    return "".join(folded), places


@cache
def _table() -> _Folding:
    return _Folding()


def _fold_letter(letter: str) -> str:
    if letter == _TATWEEL:
        return ""
    parts = unicodedata.normalize("NFKD", letter)
    kept = "".join(part for part in parts if unicodedata.category(part) not in _DROPPED)
    return kept.casefold()
