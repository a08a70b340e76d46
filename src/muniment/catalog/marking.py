"""Which letters of a text a query found, so that they can be marked where they stand.

- The text and the query are folded alike; what is marked is what is written.
"""

from collections.abc import Iterator, Sequence

from muniment.catalog.query import Query
from muniment.text import TOKEN, fold_with_places

Range = tuple[int, int]  # code points of the text, up to and without the second


def marks(text: str, query: Query | None) -> tuple[Range, ...]:
    """The ranges of `text` that the query's words and phrases stand in, in order, none touching."""
    if query is None:
        return ()
    folded, places = fold_with_places(text)
    found = [(each.group(), each.start(), each.end()) for each in TOKEN.finditer(folded)]
    words = [word for word, _, _ in found]
    ranges = (
        (places[found[first][1]], places[found[last][2] - 1] + 1)
        for term in query.terms
        for first, last in _runs(words, term)
    )
    return tuple(_joined(sorted(ranges)))


def _runs(words: Sequence[str], term: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last position of every place where the words of `term` follow one another."""
    wanted = list(term)
    for start, word in enumerate(words):
        if word == wanted[0] and list(words[start : start + len(wanted)]) == wanted:
            yield start, start + len(wanted) - 1


def _joined(ranges: Sequence[Range]) -> Iterator[Range]:
    held: Range | None = None
    for start, end in ranges:
        if held is not None and start <= held[1]:
            held = (held[0], max(held[1], end))
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held
