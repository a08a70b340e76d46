"""Posts with the names of those who hold them, as documents name them."""

from collections.abc import Iterator
from functools import cache
from re import Match, Pattern

from muniment.facts.prose.names import pattern
from muniment.facts.prose.proposed import Sort, Span, piece
from muniment.facts.prose.titles import APPOSITION, NOT_OF_THE_BODY, TITLES, Title


def posts(text: str) -> Iterator[Span]:
    """Every title with a name beside it, in order; none overlaps another."""
    end = 0
    for span in sorted(_all(text), key=lambda span: (span.start, -span.end)):
        if span.start >= end:
            yield span
            end = span.end


def _all(text: str) -> Iterator[Span]:
    for title in TITLES:
        for found in _pattern(title).finditer(text):
            yield _span(text, found, _after_other_words(found) if title.joined else 0)
    for found in pattern(APPOSITION).finditer(text):
        yield _span(text, found, 0)


def _span(text: str, found: Match[str], skipped: int) -> Span:
    title = piece("title", text, found.start("title") + skipped, found.end("title"))
    name = piece("name", text, *found.span("name"))
    read = (("title", title.written), ("name", name.written))
    start, end = min(title.start, name.start), max(title.end, name.end)
    return Span(Sort.POST, start, end, read, "", (title, name))


def _after_other_words(found: Match[str]) -> int:
    """How much of a Chinese title's front belongs to the sentence before it."""
    front = found["front"]
    return max((front.rfind(letter) for letter in NOT_OF_THE_BODY), default=-1) + 1


@cache
def _pattern(title: Title) -> Pattern[str]:
    space = "" if title.joined else r"\s"
    begin = "" if title.joined else r"(?<![\w-])"
    return pattern(
        rf"{begin}(?P<title>(?P<front>{title.front}){title.head}{space}{title.rest})"
        rf"(?P<name>{title.name})"
    )
