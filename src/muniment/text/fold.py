"""The form in which texts are compared when somebody searches.

- Folding drops what readers do not tell apart when they search: case, accents, Arabic vowel
  signs and stretching, full-width and presentation forms, soft hyphens, direction marks.
- Letters that writers and keyboards interchange are one: Persian and Arabic kaf and yeh, the forms
  of heh, hamza on its carriers, Latin letters with strokes; digits of every script are 0 to 9.
- It is a projection for finding, never for keeping: what is written stays as it is.
- It works letter by letter, so a place in the folded text leads back to one in the written text.
"""

import unicodedata
from functools import cache

_DROPPED = frozenset({"Mn", "Me", "Cf"})  # combining marks, and signs that are not seen
# What no decomposition of Unicode says, and a reader does not tell apart. The Uyghur letters for
# e, h, ë, ng, gh and the rounded vowels stay letters of their own where they are no other's form:
# U+06D0, U+06AD, U+06C6, U+06C7, U+06C8, U+06CB.
_SAME = {
    "ـ": "",  # tatweel, a stretched line
    "\u0674": "",  # high hamza: a sign before Kazakh words in Arabic script
    **dict.fromkeys("ىیےۍؽؾؿ", "ي"),  # yeh: maksura, Persian, barree, with tail, with marks
    **dict.fromkeys("کڪګڬ", "ك"),  # kaf: Persian (keheh), swash, with ring, with dot
    **dict.fromkeys("ةەھہۃە", "ه"),  # heh: teh marbuta, Uyghur e and h, goal, doachashmee
    **dict.fromkeys("ٱ", "ا"),  # alef wasla
    **dict.fromkeys("Øø", "o"),
    **dict.fromkeys("Łł", "l"),
    **dict.fromkeys("ĐđÐð", "d"),
    **dict.fromkeys("Ħħ", "h"),
    **dict.fromkeys("Ŧŧ", "t"),
    **dict.fromkeys("Ææ", "ae"),
    **dict.fromkeys("Œœ", "oe"),
    **dict.fromkeys("Þþ", "th"),
    "ı": "i",
    **dict.fromkeys("‘’‚‛ʼʻʹ´′＇", "'"),  # apostrophes, which parts of a name are joined by
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
_HANGUL = range(0xAC00, 0xD7A4)


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
    if letter in _SAME:
        return _SAME[letter]
    if ord(letter) in _HANGUL:
        return letter  # a syllable is a letter to its readers; in parts it would be a word of three
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(map(_fold_part, parts))


def _fold_part(part: str) -> str:
    """One letter of a decomposition: folding what came of folding changes nothing more."""
    if part in _SAME:
        return _SAME[part]
    kind = unicodedata.category(part)
    if kind in _DROPPED:
        return ""
    return str(unicodedata.decimal(part)) if kind == "Nd" else part.casefold()
