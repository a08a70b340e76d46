"""The letters by which Chinese databases name their columns: 姓名 is XM, 出生日期 CSRQ.

- GB 2312 (1980) lists its 3,755 first-level characters by their reading, so the first letter of a
  reading follows from a character's place in it; a few that are not listed there are named here.
"""

from bisect import bisect_right
from collections import defaultdict
from functools import cache

# The code of the first character of each letter; no reading begins with I, U or V.
_FIRST = {
    0xB0A1: "a", 0xB0C5: "b", 0xB2C1: "c", 0xB4EE: "d", 0xB6EA: "e", 0xB7A2: "f", 0xB8C1: "g",
    0xB9FE: "h", 0xBBF7: "j", 0xBFA6: "k", 0xC0AC: "l", 0xC2E8: "m", 0xC4C3: "n", 0xC5B6: "o",
    0xC5BE: "p", 0xC6DA: "q", 0xC8BB: "r", 0xC8F6: "s", 0xCBFA: "t", 0xCDDA: "w", 0xCEF4: "x",
    0xD1B9: "y", 0xD4D1: "z",
}  # fmt: skip
_CODES, _LAST = tuple(_FIRST), 0xD7F9
_OTHERS = {"羁": "j", "曾": "c", "绰": "c", "诨": "h", "谥": "s", "囡": "n"}
_LONGEST = 8


def initials_of(phrase: str) -> str | None:
    """The first letters of the readings of a phrase; None where one is not known."""
    letters = [_OTHERS.get(letter) or _letter(letter) for letter in phrase]
    return None if None in letters else "".join(letter or "" for letter in letters)


def _letter(letter: str) -> str | None:
    try:
        code = int.from_bytes(letter.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return None
    place = bisect_right(_CODES, code)
    return None if place == 0 or code > _LAST else _FIRST[_CODES[place - 1]]


@cache
def by_initials(phrases: tuple[tuple[str, str], ...]) -> dict[str, dict[str, tuple[int, str]]]:
    """Initials → concept → the place of its first phrase with them among its own, and it."""
    found: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    places: dict[str, int] = defaultdict(int)
    for phrase, concept in phrases:
        places[concept] += 1
        written = initials_of(phrase)
        if written is not None and 1 < len(written) <= _LONGEST:
            found[written].setdefault(concept, (places[concept], phrase))
    return found
