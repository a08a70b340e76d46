"""From a passage that matches to the place in the object where the words stand.

- The place is the narrowest that holds the first match of the rarest-looking (longest) term:
  a cell, a line's box, a range of characters.
- The snippet quotes what is written around it, never the folded form, and marks every match of
  every term that stands in it, letters beside each other under one mark.
"""

import bisect
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from muniment.catalog.passages import Passage, Piece, narrowed
from muniment.catalog.searching.matching import Match, Tokens, matches
from muniment.catalog.searching.parsing import phrases_wanted
from muniment.catalog.searching.query import Query
from muniment.core import Area, CellArea, Chars, Place
from muniment.text import fold_with_places, tokens_with_places

Stretch = tuple[int, int]  # code points of a text, up to and without the second
_Box = tuple[float, float, float, float]
_AROUND = 60  # code points of a snippet on either side of the match
_LONGEST = 400  # code points of a match that a snippet quotes


class Located(msgspec.Struct, frozen=True):
    """Where a query's words stand in a passage's object, and what is written around them.

    `marks` are stretches of the snippet, first letter and the one after the last, in order;
    `found_as` names words that were found only in another script.
    """

    at: Place
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    found_as: tuple[str, ...] = ()


def locate(passage: Passage, query: Query) -> Located:
    """The place of the first match of the query's longest term; the first piece if none is seen.

    None is seen where only a field matches: then the passage's beginning is quoted.
    """
    spans, leading, found_as = _spans(passage, query)
    if leading is None:
        whole = Passage(passage.text, passage.pieces[:1], passage.sort)
        snippet, _ = _snippet(whole.text, 0, 0, ())
        return Located(passage.pieces[0].at, snippet)
    start, end = leading
    snippet, marks = _snippet(passage.text, start, min(end, start + _LONGEST), spans)
    return Located(_place(passage.pieces, start, end), snippet, marks, found_as)


def stretches(passage: Passage, query: Query) -> tuple[tuple[int, int], ...]:
    """Every stretch of the passage's text where a word of the query stands, merged, in order."""
    return _spans(passage, query)[0]


def places_marked(passage: Passage, query: Query) -> Iterator[Place]:
    """The narrowest place of every stretch where a word of the query stands, in order."""
    for start, end in stretches(passage, query):
        yield _place(passage.pieces, start, end)


def _spans(
    passage: Passage, query: Query
) -> tuple[tuple[Stretch, ...], Stretch | None, tuple[str, ...]]:
    """All stretches, the one of the longest term, and what was found in another script alone."""
    folded, places = fold_with_places(passage.text)
    placed = [
        (token, places[start], places[end - 1] + 1)
        for token, start, end in tokens_with_places(folded)
    ]
    tokens = Tokens([token for token, _, _ in placed])
    found_at: list[Stretch] = []
    leading: tuple[int, Stretch] | None = None
    found_as: dict[str, None] = {}
    for phrase, properties in phrases_wanted(query.root):
        if len(properties) > 0 and passage.property not in properties:
            continue
        found = matches(tokens, phrase)
        if len(found) == 0:
            continue
        if all(match.found_as != "" for match in found):
            found_as.update(dict.fromkeys(match.found_as for match in found))
        found_at.extend(_letters(found, placed))
        weight = sum(len(tokens.all[each]) for each in found[0].tokens)
        if leading is None or weight > leading[0]:
            first = found[0]
            leading = (weight, (placed[first.start][1], placed[first.end - 1][2]))
    merged = tuple(_merged(sorted(found_at), passage.text))
    return merged, None if leading is None else leading[1], tuple(found_as)


def _letters(found: Iterable[Match], placed: Sequence[tuple[str, int, int]]) -> Iterator[Stretch]:
    for match in found:
        for each in match.tokens:
            yield placed[each][1], placed[each][2]


def _merged(stretches: Iterable[Stretch], text: str) -> Iterator[Stretch]:
    """Stretches that touch, or have only white space between them, made one."""
    current: Stretch | None = None
    for start, end in stretches:
        if current is not None and (
            start <= current[1] or text[current[1] : start] in (" ", "\n", "\u00a0")
        ):
            current = (current[0], max(current[1], end))
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current


def _place(pieces: Sequence[Piece], start: int, end: int) -> Place:
    """The narrowest place that holds code points `start` to `end` of the passage."""
    first = bisect.bisect_right(pieces, start, key=lambda piece: piece.start) - 1
    last = bisect.bisect_left(pieces, end, key=lambda piece: piece.start) - 1
    if first == last:
        piece = pieces[first]
        return narrowed(piece, start - piece.start, end - piece.start)
    return _span(pieces[first].at, pieces[last].at)


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


def _snippet(
    text: str, start: int, end: int, spans: Sequence[Stretch]
) -> tuple[str, tuple[Stretch, ...]]:
    """What stands around a stretch, white space made single, with its marks."""
    before = max(0, start - _AROUND)
    after = min(len(text), end + _AROUND)
    letters: list[str] = ["… "] if before > 0 else []
    length = 2 if before > 0 else 0
    begun = length
    new: list[int] = []  # for each position of the cut, its position in the snippet
    for letter in text[before:after]:
        new.append(length)
        if letter.isspace():
            if length > begun and letters[-1] != " ":
                letters.append(" ")
                length += 1
        else:
            letters.append(letter)
            length += 1
    new.append(length)
    if letters[-1:] == [" "] and length > begun:
        letters.pop()
        length -= 1
    if after < len(text):
        letters.append(" …")
    marks = tuple(
        (new[max(one, before) - before], min(length, new[min(other, after) - before]))
        for one, other in spans
        if one < after and other > before
    )
    return "".join(letters), tuple(mark for mark in marks if mark[0] < mark[1])
