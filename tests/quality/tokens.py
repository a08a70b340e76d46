"""Tokens: how much of one text is in another, whatever the order and the spaces.

- After NFKC and case folding: runs of letters, digits and marks; a Chinese, Japanese or Korean
  character is a token of its own. Signs, white space and U+FFFD are none.
- A token of the other text counts as found, each time it stands there, if ours has it at all: how
  often a header is repeated is a matter of taste.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_ALONE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+")


def tokens(texts: Iterable[str]) -> Counter[str]:
    """How often each token stands in the texts."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(_TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()))
    return counted


def found(theirs: Counter[str], ours: Counter[str]) -> int:
    """How many of their tokens, with repetitions, ours has."""
    return sum(count for token, count in theirs.items() if token in ours)
