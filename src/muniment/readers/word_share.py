"""Whether what an extractor calls text is text: the share of it that could be words.

- A letter that no script has, a control or a replacement character makes its word none.
- Long runs without a space are words only where their script writes without spaces.
- It judges form alone, never a language: lists, numbers and names are words.
"""

import unicodedata
from itertools import groupby

_LONGEST_WORD = 60  # longer runs in spaced scripts are packed bytes, paths or keys
_SAMPLE = 200_000  # code points; more tells nothing new
_BAD = frozenset(("Cc", "Cn", "Co", "Cs"))
_LETTERS = frozenset("LNM")  # first letters of the categories: letter, number, mark
_LONGEST_CLEAR = 6  # code points; "i.e." and "a.b.c." are no noise
_MIXED_ALPHABETS = 2
_UNSPACED_FROM = "\u0e00"  # Thai and what follows it: scripts that need no spaces


def word_share(text: str) -> float:
    """From 0 to 1: how much of `text`, counted in code points of its words, looks like words."""
    words = text[:_SAMPLE].split()
    total = sum(map(len, words))
    good = sum(len(word) for word in words if _is_word(word))
    return good / total if total > 0 else 0.0


def _is_word(word: str) -> bool:
    if word.isascii():
        return len(word) <= _LONGEST_WORD and word.isprintable() and not _is_noise(word)
    categories = [unicodedata.category(letter) for letter in word]
    if any(category in _BAD for category in categories) or "\ufffd" in word:
        return False
    if len(word) > _LONGEST_WORD and max(word) < _UNSPACED_FROM:
        return False
    return len(_alphabets(word)) < _MIXED_ALPHABETS or max(word) >= _UNSPACED_FROM


def _is_noise(word: str) -> bool:
    """Letters between signs again and again, as printable bytes of anything else look."""
    runs = sum(1 for _ in groupby(word, str.isalnum))
    signs = sum(not letter.isalnum() for letter in word)
    return len(word) > _LONGEST_CLEAR and runs > len(word) // 2 + 1 and 2 * signs >= len(word)


def _alphabets(word: str) -> set[str]:
    names = (unicodedata.name(letter, "") for letter in word if letter.isalpha())
    return {name.partition(" ")[0] for name in names}
