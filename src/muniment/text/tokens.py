"""The words of a text, as the search index counts them.

- A Chinese, Japanese or Korean character is a word of its own, so that every substring is found.
- Any other run of letters and digits is one word.
- `tokens` has the signs too (commas, brackets, dashes), each by itself: a phrase is found where
  it stands, and not over the end of a sentence. White space separates and is no token, except
  the tab between two cells of a row. The dots inside names (阿不都·热合曼) are no signs:
  writers put them or leave them out.
"""

import re
from collections.abc import Iterator

# CJK symbols that are letters, kana, Han with extensions, Hangul syllables, compatibility forms.
_SINGLE = (
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7AF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_CLASS = "".join(f"{chr(first)}-{chr(last)}" for first, last in _SINGLE)
_LONGEST = 200  # letters of a token; a longer run is several, beside each other
_NAME_DOTS = "·•‧∙⋅・･"
_LETTERS = rf"[^\W_{_CLASS}]"

TOKEN = re.compile(rf"[{_CLASS}]|{_LETTERS}+")
# Without the dots of names, white space and controls, every character belongs to a token.
_EVERY = re.compile(
    rf"(?!・)[{_CLASS}]|{_LETTERS}{{1,{_LONGEST}}}|\t|[^\w\s{_NAME_DOTS}\x00-\x1f\x7f-\x9f\ud800-\udfff]|_"
)
_ALONE = re.compile(rf"[{_CLASS}]")
TAB = "\u2409"  # the token that a tab is: a token itself holds no white space


def words(folded: str) -> list[str]:
    """The words of an already folded text, in order."""
    return TOKEN.findall(folded)


def tokens(folded: str) -> list[str]:
    """The words and signs of an already folded text, in order."""
    found = _EVERY.findall(folded)
    return [TAB if each == "\t" else each for each in found] if "\t" in folded else found


def tokens_with_places(folded: str) -> Iterator[tuple[str, int, int]]:
    """The words and signs, each with its first position and the one after its last."""
    for match in _EVERY.finditer(folded):
        written = match.group()
        yield TAB if written == "\t" else written, match.start(), match.end()


def stands_alone(letter: str) -> bool:
    """Whether a letter is a word of its own, as a Chinese character is."""
    return _ALONE.match(letter) is not None
