"""Where in a passage's tokens the words of a query stand.

- The same layouts that an engine compares are looked for here, so a hit is marked where it was
  found; every occurrence of every wanted word is.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from muniment.catalog.searching.query import Phrase, Run, Word

_MOST_MATCHES = 2_000  # of one passage: it is read by people


class Match(msgspec.Struct, frozen=True, order=True):
    """Tokens from `start` up to and without `end`, those that matched, and as what they were found.

    `found_as` is empty where they stand as they were asked for.
    """

    start: int
    end: int
    tokens: tuple[int, ...]
    found_as: str = ""


class Tokens:
    """The tokens of one passage and where each stands among them."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.all = tokens
        self._places: dict[str, list[int]] = {}
        for place, token in enumerate(tokens):
            self._places.setdefault(token, []).append(place)

    def places(self, word: Word) -> Sequence[int]:
        """Where a word stands, in order."""
        if not word.pattern:
            return self._places.get(word.text, ())
        expression = re.compile(
            "".join({"*": ".*", "?": "."}.get(letter) or re.escape(letter) for letter in word.text),
            re.DOTALL,
        )
        fitting = (each for token, each in self._places.items() if expression.fullmatch(token))
        return sorted(place for places in fitting for place in places)


def matches(tokens: Tokens, phrase: Phrase) -> list[Match]:
    """Every place where a phrase or another reading of it stands, in order; a bounded number."""
    found: set[Match] = set()
    for run in phrase.runs:
        found.update(_of_run(tokens, run, ""))
        if len(found) > _MOST_MATCHES:
            break
    for reading in phrase.readings:
        found.update(_of_run(tokens, reading.run, reading.shown))
    return sorted(found)[:_MOST_MATCHES]


def _of_run(tokens: Tokens, run: Run, found_as: str) -> Iterator[Match]:
    _, first = run.words[0]
    rest = [(place, set(tokens.places(word))) for place, word in run.words[1:]]
    for start in tokens.places(first):
        if all(start + place in places for place, places in rest):
            standing = tuple(start + place for place, _ in run.words)
            yield Match(start, start + run.width, standing, found_as)
