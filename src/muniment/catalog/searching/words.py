r"""The words of an index, for patterns that begin with a wildcard.

    \nabel\nabelian\n…\nzoo\n    all of them end to end; `*elian` is looked for as `elian\n`

- The library's dictionaries are in order from the first letter on: for an end of a word all of
  every segment is read, some 4 ms for 60,000 words. Here one look through one text finds them.
- It is made when a state of the index is asked for the second time: while files are indexed no
  state lasts, and making it takes as long as six such questions.
- It gives the very words that the pattern means, or nothing, where too many words are there or are
  meant: then the library's way is taken.
"""

import re
from collections.abc import Iterator
from threading import Lock

import tantivy

_MOST_MEANT = 1_000  # from some 3,000 on the library's way is as fast
_MOST_LOOKED_AT = 20_000
_LETTERS = {"*": ".*", "?": "."}
_WILDCARDS = re.compile(r"[*?]+")


class Words:
    """The words of one field in one state of an index."""

    def __init__(self, searcher: tantivy.Searcher, field: str, *, known: bool) -> None:
        """With `known` false nothing is ever given: the index holds too many."""
        self._searcher, self._field, self._known = searcher, field, known
        self._lock = Lock()
        self._asked = 0
        self._joined: str | None = None

    def meant_by(self, pattern: str) -> tuple[str, ...] | None:
        """The words that a pattern of `*` and `?` stands for; None: take the library's way."""
        if not self._known or pattern[0] not in _LETTERS:
            return None
        joined = self._all()
        needle = max(_WILDCARDS.split(pattern), key=len)
        if joined is None or needle == "":
            return None
        if pattern.endswith(needle):
            needle += "\n"
        whole = re.compile("".join(_LETTERS.get(each) or re.escape(each) for each in pattern))
        found: dict[str, None] = {}
        for number, word in enumerate(_holding(joined, needle)):
            if whole.fullmatch(word) is not None:
                found[word] = None
            if len(found) > _MOST_MEANT or number > _MOST_LOOKED_AT:
                return None
        return tuple(found)

    def _all(self) -> str | None:
        with self._lock:
            self._asked += 1
            if self._joined is None and self._asked > 1:
                listed = self._searcher.terms_with_prefix(self._field, "")
                self._joined = "\n".join(("", *(word for word, _ in listed), ""))
            return self._joined


def _holding(joined: str, needle: str) -> Iterator[str]:
    """The words that hold `needle`, which may end with the end of a word."""
    at = joined.find(needle)
    while at >= 0:
        start = joined.rfind("\n", 0, at) + 1
        end = joined.find("\n", at)
        yield joined[start:end]
        at = joined.find(needle, end)
