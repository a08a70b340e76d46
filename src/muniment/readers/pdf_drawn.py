"""What is drawn on a PDF page besides text: ruling, painted areas, pictures.

- A stroked segment along an axis is a rule; so is a filled rectangle that is thin; a wider one
  gives its four edges, since tables are often ruled by painted rows.
- Boxes are in the page's own space. Forms (XObjects) are entered, a bounded number deep.
- Bounded: a map of a million strokes is not looked at in full.

Source: ISO 32000-1 §8.5 (paths), §8.10 (form XObjects), §8.3.3 (matrices).
"""

from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

import msgspec
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from muniment.readers.page_table_records import Box
from muniment.readers.pdf_calls import POINTER, Room, address, handle, quick

_MOST_OBJECTS = 60_000  # of one page
_MOST_SEGMENTS = 200_000
_DEEPEST = 6
_STRAIGHT = 1.0  # points by which a segment along an axis may leave it
_THIN = 3.0  # points: a thinner rectangle is a line
_SMALL = 12.0  # points: what is smaller is a sign or part of a picture, and rules nothing
_LONGEST_PATH = 400  # segments of one path that are looked at
_WHITE = 250

_count_objects = quick(pdfium.FPDFPage_CountObjects)
_get_object = quick(pdfium.FPDFPage_GetObject, POINTER)
_count_in_form = quick(pdfium.FPDFFormObj_CountObjects)
_get_in_form = quick(pdfium.FPDFFormObj_GetObject, POINTER)
_get_type = quick(pdfium.FPDFPageObj_GetType)
_get_bounds = quick(pdfium.FPDFPageObj_GetBounds)
_get_matrix = quick(pdfium.FPDFPageObj_GetMatrix)
_get_colour = quick(pdfium.FPDFPageObj_GetFillColor)
_get_pixels = quick(pdfium.FPDFImageObj_GetImagePixelSize)
_get_draw_mode = quick(pdfium.FPDFPath_GetDrawMode)
_count_segments = quick(pdfium.FPDFPath_CountSegments)
_get_segment = quick(pdfium.FPDFPath_GetPathSegment, POINTER)
_get_point = quick(pdfium.FPDFPathSegment_GetPoint)
_get_segment_type = quick(pdfium.FPDFPathSegment_GetType)
_is_closing = quick(pdfium.FPDFPathSegment_GetClose)
_modes = Room("i", 2)  # how it is filled, whether it is stroked
_sides = Room("f", 4)  # left, bottom, right, top
_six = Room("f", 6)  # FS_MATRIX
_point = Room("f", 2)
_colour = Room("I", 4)  # red, green, blue, opacity
_pixels = Room("I", 2)

Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Picture(msgspec.Struct, frozen=True):
    """A raster placed on the page: its box there and its size in pixels."""

    box: Box
    width: int
    height: int


class Drawn(msgspec.Struct):
    """Segments and the edges of painted areas as boxes without area; painted areas; pictures."""

    segments: list[Box]
    edges: list[Box]
    painted: list[Box]
    pictures: list[Picture]
    objects: int = 0
    points: int = 0


def drawn_on(page: pypdfium2.PdfPage) -> Drawn:
    """The ruling, painted rectangles and pictures of a page."""
    drawn = Drawn([], [], [], [])
    held = handle(page.raw)
    _add_all(drawn, _things(held, _count_objects(held), _get_object), _PLAIN, 0)
    return drawn


def _things(holder: Any, count: int, get: Callable[..., int | None]) -> list[Any]:
    """The objects of a page or a form, as arguments; as many as are looked at."""
    count = max(0, min(count, _MOST_OBJECTS))
    return list(map(address, map(get, repeat(holder, count), range(count))))


def _add_all(drawn: Drawn, things: Sequence[Any], outer: Matrix, depth: int) -> None:
    for thing, kind in zip(things, map(_get_type, things), strict=True):
        drawn.objects += 1
        if drawn.objects >= _MOST_OBJECTS or drawn.points >= _MOST_SEGMENTS:
            return
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(drawn, thing, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            _add_picture(drawn, thing, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            drawn.painted.append(_bounds(thing, outer))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inside = _things(thing, _count_in_form(thing), _get_in_form)
            _add_all(drawn, inside, _times(_matrix(thing), outer), depth + 1)


def _add_path(drawn: Drawn, path: Any, outer: Matrix) -> None:
    if not _get_draw_mode(path, *_modes.places):
        return
    filled, stroked = _modes.numbers
    if not filled and not stroked:
        return
    box = _bounds(path, outer)
    sides = box[2] - box[0], box[3] - box[1]
    white = filled and not stroked and _is_white(path)
    if min(sides) <= _THIN:
        if not white:
            drawn.segments.append(box)
        return
    if filled and not white:
        drawn.painted.append(box)
    if max(sides) < _SMALL or white:
        return
    corners = _corners(drawn, path, _times(_matrix(path), outer))
    if stroked:
        drawn.segments.extend(corners)
    elif len(corners) <= _RECTANGLE:
        drawn.edges.extend(corners)


_RECTANGLE = 5


def _corners(drawn: Drawn, path: Any, matrix: Matrix) -> list[Box]:
    """The straight segments of a path that run along an axis."""
    a, b, c, d, e, f = matrix
    found: list[Box] = []
    here = start = (0.0, 0.0)
    for index in range(min(_count_segments(path), _LONGEST_PATH)):
        drawn.points += 1
        if drawn.points >= _MOST_SEGMENTS:
            break
        segment = address(_get_segment(path, index))
        _get_point(segment, *_point.places)
        x, y = _point.numbers
        point = (a * x + c * y + e, b * x + d * y + f)
        kind = _get_segment_type(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            _add_straight(found, here, point)
        here = point
        if _is_closing(segment):
            _add_straight(found, here, start)
            here = start
    return found


def _add_straight(found: list[Box], one: tuple[float, float], other: tuple[float, float]) -> None:
    wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
    if min(wide, high) <= _STRAIGHT < max(wide, high):
        found.append(
            (
                min(one[0], other[0]),
                min(one[1], other[1]),
                max(one[0], other[0]),
                max(one[1], other[1]),
            )
        )


def _add_picture(drawn: Drawn, image: Any, outer: Matrix) -> None:
    box = _bounds(image, outer)
    if _get_pixels(image, *_pixels.places):
        drawn.pictures.append(Picture(box, *_pixels.numbers))
    drawn.painted.append(box)


def _is_white(path: Any) -> bool:
    if not _get_colour(path, *_colour.places):
        return False
    *mixed, opacity = _colour.numbers
    return bool(opacity == 0 or min(mixed) >= _WHITE)


def _bounds(thing: Any, outer: Matrix) -> Box:
    if not _get_bounds(thing, *_sides.places):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = _sides.numbers
    if outer is _PLAIN:
        return left, bottom, right, top
    corners = [_moved(outer, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(thing: Any) -> Matrix:
    if not _get_matrix(thing, _six.places[0]):
        return _PLAIN
    a, b, c, d, e, f = _six.numbers
    return a, b, c, d, e, f


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b = _moved((*then[:4], 0.0, 0.0), first[0], first[1])
    c, d = _moved((*then[:4], 0.0, 0.0), first[2], first[3])
    return a, b, c, d, *_moved(then, first[4], first[5])
