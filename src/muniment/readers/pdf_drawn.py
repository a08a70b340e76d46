"""What is drawn on a PDF page besides text: ruling, painted areas, pictures.

- A stroked segment along an axis is a rule; so is a filled rectangle that is thin; a wider one
  gives its four edges, since tables are often ruled by painted rows.
- Boxes are in the page's own space. Forms (XObjects) are entered, a bounded number deep.
- Bounded: a map of a million strokes is not looked at in full.

Source: ISO 32000-1 §8.5 (paths), §8.10 (form XObjects), §8.3.3 (matrices).
"""

import ctypes

import msgspec
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from muniment.readers.page_table_records import Box

_MOST_OBJECTS = 60_000  # of one page
_MOST_SEGMENTS = 200_000
_DEEPEST = 6
_STRAIGHT = 1.0  # points by which a segment along an axis may leave it
_THIN = 3.0  # points: a thinner rectangle is a line
_SMALL = 12.0  # points: what is smaller is a sign or part of a picture, and rules nothing
_LONGEST_PATH = 400  # segments of one path that are looked at
_WHITE = 250

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

    @property
    def full(self) -> bool:
        """Whether more stands on the page than is looked at."""
        return self.objects >= _MOST_OBJECTS or self.points >= _MOST_SEGMENTS


def drawn_on(page: pypdfium2.PdfPage) -> Drawn:
    """The ruling, painted rectangles and pictures of a page."""
    drawn = Drawn([], [], [], [])
    count = pdfium.FPDFPage_CountObjects(page.raw)
    for index in range(min(count, _MOST_OBJECTS)):
        _add(drawn, pdfium.FPDFPage_GetObject(page.raw, index), _PLAIN, 0)
    return drawn


def _add(drawn: Drawn, thing: object, outer: Matrix, depth: int) -> None:
    drawn.objects += 1
    if not thing or drawn.full:
        return
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        _add_path(drawn, thing, outer)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        _add_picture(drawn, thing, outer)
    elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
        drawn.painted.append(_bounds(thing, outer))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        inner = _times(_matrix(thing), outer)
        for index in range(max(0, pdfium.FPDFFormObj_CountObjects(thing))):
            _add(drawn, pdfium.FPDFFormObj_GetObject(thing, index), inner, depth + 1)


def _add_path(drawn: Drawn, path: object, outer: Matrix) -> None:
    mode, stroked = ctypes.c_int(), pdfium.FPDF_BOOL()
    if not pdfium.FPDFPath_GetDrawMode(path, mode, stroked):
        return
    filled = mode.value != pdfium.FPDF_FILLMODE_NONE
    if not filled and not stroked.value:
        return
    box = _bounds(path, outer)
    sides = box[2] - box[0], box[3] - box[1]
    white = filled and not stroked.value and _is_white(path)
    if min(sides) <= _THIN:
        if not white:
            drawn.segments.append(box)
        return
    if filled and not white:
        drawn.painted.append(box)
    if max(sides) < _SMALL or white:
        return
    corners = _corners(drawn, path, _times(_matrix(path), outer))
    if stroked.value:
        drawn.segments.extend(corners)
    elif len(corners) <= _RECTANGLE:
        drawn.edges.extend(corners)


_RECTANGLE = 5


def _corners(drawn: Drawn, path: object, matrix: Matrix) -> list[Box]:
    """The straight segments of a path that run along an axis."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[Box] = []
    here = start = (0.0, 0.0)
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _LONGEST_PATH)):
        drawn.points += 1
        if drawn.full:
            break
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            _add_straight(found, here, point)
        here = point
        if pdfium.FPDFPathSegment_GetClose(segment):
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


def _add_picture(drawn: Drawn, image: object, outer: Matrix) -> None:
    box = _bounds(image, outer)
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if pdfium.FPDFImageObj_GetImagePixelSize(image, width, height):
        drawn.pictures.append(Picture(box, width.value, height.value))
    drawn.painted.append(box)


def _is_white(path: object) -> bool:
    colours = tuple(ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(path, *colours):
        return False
    return colours[3].value == 0 or all(colour.value >= _WHITE for colour in colours[:3])


def _bounds(thing: object, outer: Matrix) -> Box:
    # Called for every path of a map: spelt out, which takes half the time.
    left, bottom, right, top = (
        ctypes.c_float(),
        ctypes.c_float(),
        ctypes.c_float(),
        ctypes.c_float(),
    )
    if not pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return 0.0, 0.0, 0.0, 0.0
    if outer is _PLAIN:
        return left.value, bottom.value, right.value, top.value
    corners = [_moved(outer, x.value, y.value) for x in (left, right) for y in (bottom, top)]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(thing: object) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, matrix):
        return _PLAIN
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b = _moved((*then[:4], 0.0, 0.0), first[0], first[1])
    c, d = _moved((*then[:4], 0.0, 0.0), first[2], first[3])
    return a, b, c, d, *_moved(then, first[4], first[5])
