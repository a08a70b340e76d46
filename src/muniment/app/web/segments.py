"""A text cut at the ends of what is marked in it: a template writes it piece by piece."""

from itertools import pairwise

import msgspec

from muniment.catalog import GridCell, Stretch

Range = tuple[int, int]


class Segment(msgspec.Struct, frozen=True):
    """A piece of a text, and whether it is cited or was found."""

    text: str
    cited: bool
    found: bool


def segments(item: Stretch | GridCell) -> tuple[Segment, ...]:
    """The pieces of a stretch or a cell, in order; together they are its text."""
    cited = item.cited if isinstance(item, Stretch) else ()
    ends = sorted({0, len(item.text), *(end for pair in (*cited, *item.found) for end in pair)})
    return tuple(
        Segment(item.text[start:end], _holds(cited, start), _holds(item.found, start))
        for start, end in pairwise(ends)
    )


def _holds(ranges: tuple[Range, ...], position: int) -> bool:
    return any(start <= position < end for start, end in ranges)
