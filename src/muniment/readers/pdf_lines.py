"""The lines of text on a PDF page, each with its box as displayed.

    unrotated page space, from the bottom left   →   points from the top left as displayed
    rotation   0: (x - left, top - y)          90: (y - bottom, x - left)
             180: (right - x, y - bottom)     270: (top - y, right - x)

- The lines are those that PDFium makes of the characters, in its order.
- Text that is drawn invisibly (rendering mode 3) or lies wholly outside the CropBox is hidden.

Source: ISO 32000-1 §7.7.3.3 (Rotate is clockwise), §9.3.6 (rendering modes), §14.11.2 (boxes).
"""

import ctypes
from collections.abc import Iterator

import msgspec
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

_INVISIBLE = 3
_LARGEST = 9_999_999.0  # points; what a place can name is larger, what a page can be is smaller
_HIGH = range(0xD800, 0xDC00)
_LOW = range(0xDC00, 0xE000)
_Box = tuple[float, float, float, float]


class Line(msgspec.Struct, frozen=True):
    """A line of text; `box` is x, y, width, height in points from the top left."""

    text: str
    box: _Box | None
    hidden: bool


class _View(msgspec.Struct, frozen=True):
    """The visible rectangle of a page in its own space, and how it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def shown(self, left: float, bottom: float, right: float, top: float) -> _Box:
        """A rectangle of the page's space as left, top, right, bottom on the displayed page."""
        match self.rotation:
            case 90:
                return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
            case 180:
                return (
                    self.right - right,
                    bottom - self.bottom,
                    self.right - left,
                    top - self.bottom,
                )
            case 270:
                return self.top - top, self.right - right, self.top - bottom, self.right - left
            case _:
                return left - self.left, self.top - top, right - self.left, self.top - bottom


def lines_of(page: pypdfium2.PdfPage) -> Iterator[Line]:
    """The lines of a page.

    Raises:
        pypdfium2.PdfiumError: the text of the page cannot be read.
    """
    view = _view(page)
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        for start, count, text in _runs(text_page):
            corners = _box_of(text_page, view, start, count)
            box, outside = _clipped(corners, width, height)
            yield Line(text, box, outside or _is_invisible(text_page, start))
    finally:
        text_page.close()


def _view(page: pypdfium2.PdfPage) -> _View:
    media, crop = page.get_mediabox(), page.get_cropbox()
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = media
    return _View(left, bottom, right, top, page.get_rotation())


def _runs(text_page: pypdfium2.PdfTextPage) -> Iterator[tuple[int, int, str]]:
    """First character, number of characters and text of each line that is not blank."""
    total = text_page.count_chars()
    start = 0
    units: list[int] = []
    for index in range(total + 1):
        unit = pdfium.FPDFText_GetUnicode(text_page, index) if index < total else 0x0A
        if unit in (0x0A, 0x0D):
            text = _text(units)
            if text.strip() != "":
                yield start, index - start, text.strip()
            start, units = index + 1, []
        else:
            units.append(unit)


def _text(units: list[int]) -> str:
    """The characters of UTF-16 units or code points, whichever PDFium gave."""
    pieces: list[str] = []
    high = 0
    for unit in units:
        if unit in _HIGH:
            high = unit
        elif unit in _LOW and high != 0:
            pieces.append(chr(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00)))
            high = 0
        elif unit == 0xFFFE:  # noqa: PLR2004 - PDFium's mark for a hyphen at a line's end
            pieces.append("-")
        elif unit != 0 and unit not in _LOW and unit < 0x110000:  # noqa: PLR2004 - Unicode ends
            pieces.append(chr(unit))
    return "".join(pieces)


def _box_of(text_page: pypdfium2.PdfTextPage, view: _View, start: int, count: int) -> _Box | None:
    """Left, top, right, bottom around the characters as displayed; None where they have no box."""
    found: list[_Box] = []
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    for index in range(max(0, pdfium.FPDFText_CountRects(text_page, start, count))):
        if pdfium.FPDFText_GetRect(text_page, index, left, top, right, bottom):
            box = view.shown(left.value, bottom.value, right.value, top.value)
            found.append(box)
    if len(found) == 0:
        return None
    lefts, tops, rights, bottoms = zip(*found, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _clipped(corners: _Box | None, width: float, height: float) -> tuple[_Box | None, bool]:
    """The box on the page, and whether the text lies wholly outside of it."""
    if corners is None or not all(-_LARGEST < length < _LARGEST for length in corners):
        return None, False
    left, top, right, bottom = corners
    if right <= 0 or bottom <= 0 or left >= width or top >= height:
        return None, True
    left, top = max(0.0, left), max(0.0, top)
    return (left, top, min(right, width) - left, min(bottom, height) - top), False


def _is_invisible(text_page: pypdfium2.PdfTextPage, start: int) -> bool:
    drawn = pdfium.FPDFText_GetTextObject(text_page, start)
    return bool(drawn) and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE
