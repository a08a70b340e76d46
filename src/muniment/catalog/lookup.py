"""What stands at a citation: the parts of an object that lie in a place.

- A range of characters is cut exactly; a rectangle takes every part whose box touches it.
- Nothing is interpreted: what is shown is what was read, and beside it what is written.
"""

from collections.abc import Iterable, Iterator

import msgspec

from muniment.core import (
    Area,
    Cell,
    CellArea,
    Chars,
    Child,
    Element,
    Image,
    Metadata,
    Part,
    Place,
    Problem,
    Tally,
    TextSpan,
    Whole,
)

Box = tuple[float, float, float, float]


class Standing(msgspec.Struct, frozen=True):
    """One thing that stands at a place: its kind, what is shown and what is written."""

    kind: str
    at: Place
    shown: str
    written: str
    part: Part


def standing_at(parts: Iterable[Part], place: Place) -> Iterator[Standing]:
    """The parts that lie in `place`, in reading order, cut to it where it is a range."""
    for part in parts:
        if touches(part.at, place):
            yield standing(part, place)


def touches(at: Place, place: Place) -> bool:
    """Whether what stands at `at` lies in `place`, or meets it."""
    match at, place:
        case _, Whole():
            return True
        case CellArea(), CellArea():
            return at.sheet == place.sheet and _cells_meet(at, place)
        case Chars(), Chars():
            return at.section == place.section and at.start < place.end and place.start < at.end
        case Element(), Element():
            return (at.member, at.path) == (place.member, place.path) and _ranges_meet(at, place)
        case Area(), Area():
            return at.page == place.page and _boxes_meet(at.box, place.box)
        case _:
            return at == place


def stands_in(at: Place, place: Place) -> bool:
    """Whether what stands at `at` is what a citation of `place` means.

    On a page that is what lies in the rectangle by half at least: neighbours that a frame only
    grazes are not cited by it.
    """
    match at, place:
        case Area(box=(_, _, _, _) as one), Area(box=(_, _, _, _) as other):
            return at.page == place.page and (at == place or _is_half_shared(one, other))
        case _:
            return at == place or touches(at, place)


def _is_half_shared(one: Box, other: Box) -> bool:
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    smaller = min(one[2] * one[3], other[2] * other[3])
    return across > 0 and down > 0 and across * down * 2 >= smaller


def _cells_meet(at: CellArea, place: CellArea) -> bool:
    rows = at.row <= (place.last_row or place.row) and place.row <= (at.last_row or at.row)
    columns = at.column <= (place.last_column or place.column)
    return rows and columns and place.column <= (at.last_column or at.column)


def _ranges_meet(at: Element, place: Element) -> bool:
    if at.chars is None or place.chars is None:
        return True
    return at.chars[0] < place.chars[1] and place.chars[0] < at.chars[1]


def _boxes_meet(one: Box | None, other: Box | None) -> bool:
    """Whether a part's box touches a cited one; what is said of a whole page is in no box of it."""
    if other is None:
        return True
    if one is None:
        return False
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def standing(part: Part, place: Place) -> Standing:
    """What a part shows in a place that it touches."""
    match part:
        case TextSpan():
            text = _cut(part, place)
            return Standing("text", part.at, text, text, part)
        case Cell():
            return Standing("cell", part.at, part.shown or part.written, part.written, part)
        case Metadata():
            return Standing("metadata", part.at, part.written, part.written, part)
        case Child():
            return Standing("child", part.at, part.name, part.name, part)
        case Image():
            size = f"{part.width} × {part.height} pixels"
            return Standing("image", part.at, size, size, part)
        case Tally():
            count = f"{part.announced} {part.sort}"
            return Standing("tally", part.at, count, count, part)
        case Problem():
            return Standing("problem", part.at, part.message, part.code, part)


def _cut(span: TextSpan, place: Place) -> str:
    match span.at, place:
        case Chars(), Chars() if span.at.end - span.at.start == len(span.text):
            return _slice(span.text, span.at.start, place.start, place.end)
        case Element(), Element() if place.chars is not None:
            base = 0 if span.at.chars is None else span.at.chars[0]
            return _slice(span.text, base, place.chars[0], place.chars[1])
        case _:
            return span.text


def _slice(text: str, base: int, start: int, end: int) -> str:
    return text[max(0, start - base) : max(0, end - base)]
