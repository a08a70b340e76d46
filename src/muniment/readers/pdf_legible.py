"""Whether the text layer of a page says what the page shows.

- Glyphs without a Unicode meaning come out as replacement, private-use or control characters; a
  page that is mostly made of them has no usable text, whatever can be read off its picture.
"""

from collections.abc import Iterable

_FEWEST = 12  # characters by which a page can be judged
_UNUSABLE = 0.3  # of its characters
_REPLACEMENT = "\ufffd"


def share_of_unknown(texts: Iterable[str]) -> tuple[int, int]:
    """How many of the characters say nothing, and how many there are; spaces are not counted."""
    unknown = total = 0
    for text in texts:
        if text.isascii() and text.isprintable():
            total += len(text) - text.count(" ")
            continue
        for letter in text:
            if not letter.isspace():
                total += 1
                unknown += _is_unknown(letter)
    return unknown, total


def is_unusable(unknown: int, total: int) -> bool:
    """Whether so much of a page's text says nothing that it should be read off its picture."""
    return total >= _FEWEST and unknown > _UNUSABLE * total


def _is_unknown(letter: str) -> bool:
    return (
        letter == _REPLACEMENT
        or "\ue000" <= letter <= "\uf8ff"
        or letter < " "
        or "\x7f" <= letter <= "\x9f"
        or letter >= "\U000f0000"
    )
