"""From a passage that matches to the place in the object where the words stand.

- The place is the narrowest that holds the first match of the rarest-looking (longest) term:
  a cell, a line's box, a range of characters.
- The snippet quotes what is written around it, never the folded form.
"""

import bisect
from collections.abc import Sequence

import msgspec

from muniment.catalog.passages import Passage, Piece
from muniment.catalog.query import Query
from muniment.core import Area, CellArea, Chars, Element, Place
from muniment.text import TOKEN, fold_with_places

_Box = tuple[float, float, float, float]
_AROUND = 60  # code points of a snippet on either side of the match


class Located(msgspec.Struct, frozen=True):
    """Where a query's words stand in a passage's object, and what is written around them."""

    at: Place
    snippet: str


def locate(passage: Passage, query: Query) -> Located:
    """The place of the first match of the query's longest term; the first piece if none is seen.

    The index and this function split words alike, so there is a match unless a term runs over a
    separator between two pieces; then the place covers both.
    """
    folded, places = fold_with_places(passage.text)
    found = [(match.group(), match.start(), match.end()) for match in TOKEN.finditer(folded)]
    term = max(query.terms, key=lambda words: sum(map(len, words)))
    span = _find([word for word, _, _ in found], term)
    if span is None:
        return Located(passage.pieces[0].at, _snippet(passage.text, 0, 0))
    start = places[found[span][1]]
    end = places[found[span + len(term) - 1][2] - 1] + 1
    return Located(_place(passage.pieces, start, end), _snippet(passage.text, start, end))


def _find(found: Sequence[str], term: Sequence[str]) -> int | None:
    width = len(term)
    wanted = list(term)
    for start in range(len(found) - width + 1):
        if found[start] == wanted[0] and list(found[start : start + width]) == wanted:
            return start
    return None


def _place(pieces: Sequence[Piece], start: int, end: int) -> Place:
    """The narrowest place that holds code points `start` to `end` of the passage."""
    first = bisect.bisect_right(pieces, start, key=lambda piece: piece.start) - 1
    last = bisect.bisect_left(pieces, end, key=lambda piece: piece.start) - 1
    if first == last:
        piece = pieces[first]
        return _narrow(piece, start - piece.start, end - piece.start)
    return _span(pieces[first].at, pieces[last].at)


def _narrow(piece: Piece, start: int, end: int) -> Place:
    """The part of a piece's place that its code points `start` to `end` take up.

    A text that takes up more or less room in its source than it has letters (bytes of RTF, tags of
    HTML, double bytes) has no place narrower than its own.
    """
    match piece.at:
        case Chars() if piece.at.end - piece.at.start == piece.length:
            base = piece.at.start
            return Chars(base + start, base + end, piece.at.section)
        case Element():
            base = 0 if piece.at.chars is None else piece.at.chars[0]
            return Element(piece.at.member, piece.at.path, (base + start, base + end))
        case _:
            return piece.at


def _span(first: Place, last: Place) -> Place:
    """A place that holds both, where the format can say so; else the first."""
    match first, last:
        case (Chars(), Chars()) if first.section == last.section and first.start <= last.end:
            return Chars(first.start, last.end, first.section)
        case (Area(box=(_, _, _, _) as one), Area(box=(_, _, _, _) as other)) if (
            first.page == last.page
        ):
            return Area(first.page, _around(one, other))
        case (CellArea(), CellArea()) if first.sheet == last.sheet:
            rows = (first.row, last.last_row or last.row)
            columns = sorted((first.column, last.last_column or last.column))
            return CellArea(rows[0], columns[0], first.sheet, rows[1], columns[1])
        case _:
            return first


def _around(one: _Box, other: _Box) -> _Box:
    """The smallest box (x, y, width, height) that holds both."""
    left, top = min(one[0], other[0]), min(one[1], other[1])
    right = max(one[0] + one[2], other[0] + other[2])
    bottom = max(one[1] + one[3], other[1] + other[3])
    return left, top, right - left, bottom - top


def _snippet(text: str, start: int, end: int) -> str:
    before = max(0, start - _AROUND)
    after = min(len(text), end + _AROUND)
    cut = " ".join(text[before:after].split())
    return ("… " if before > 0 else "") + cut + (" …" if after < len(text) else "")
