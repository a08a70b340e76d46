"""How a PDF page's own space becomes places on the page as displayed.

    page's own space, from the bottom left   →   points from the top left as displayed
    rotation   0: (x - left, top - y)          90: (y - bottom, x - left)
             180: (right - x, y - bottom)     270: (top - y, right - x)

- Only what lies in the CropBox, cut to the MediaBox, is displayed.
- `turned` looks at the same page with another rotation, so that sideways text stands upright.

Source: ISO 32000-1 §7.7.3.3 (Rotate is clockwise), §14.11.2 (boxes).
"""

from collections.abc import Iterable

import msgspec
import pypdfium2  # type: ignore[import-untyped]

from muniment.readers.page_table_records import Box

_LARGEST = 9_999_999.0  # points; what a place can name is larger, what a page can be is smaller


class View(msgspec.Struct, frozen=True):
    """The visible rectangle of a page in its own space, and how it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int  # clockwise: 0, 90, 180 or 270

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as displayed."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def turned(self, rotation: int) -> "View":
        """The same rectangle at another rotation."""
        return msgspec.structs.replace(self, rotation=rotation % 360)

    def shown(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the page's space as left, top, right, bottom on the displayed page."""
        return self.shown_all([(left, bottom, right, top)])[0]

    def shown_all(self, boxes: Iterable[Box]) -> list[Box]:
        """`shown` of each: a page has thousands, and a call for each costs more than the sums."""
        left, bottom, right, top = self.left, self.bottom, self.right, self.top
        match self.rotation:
            case 0:
                return [(a - left, top - d, c - left, top - b) for a, b, c, d in boxes]
            case 90:
                return [(b - bottom, a - left, d - bottom, c - left) for a, b, c, d in boxes]
            case 180:
                return [(right - c, b - bottom, right - a, d - bottom) for a, b, c, d in boxes]
            case _:
                return [(top - d, right - c, top - b, right - a) for a, b, c, d in boxes]

    def below_top(self, points: Iterable[tuple[float, float]]) -> list[float]:
        """How far down the displayed page points of the page's space stand."""
        left, bottom, right, top = self.left, self.bottom, self.right, self.top
        match self.rotation:
            case 0:
                return [top - y for _, y in points]
            case 90:
                return [x - left for x, _ in points]
            case 180:
                return [y - bottom for _, y in points]
            case _:
                return [right - x for x, _ in points]

    def stored(self, left: float, top: float, right: float, bottom: float) -> Box:
        """A displayed rectangle as left, bottom, right, top in the page's space."""
        match self.rotation:
            case 90:
                return top + self.left, left + self.bottom, bottom + self.left, right + self.bottom
            case 180:
                return (
                    self.right - right,
                    top + self.bottom,
                    self.right - left,
                    bottom + self.bottom,
                )
            case 270:
                return self.right - bottom, self.top - right, self.right - top, self.top - left
            case _:
                return left + self.left, self.top - bottom, right + self.left, self.top - top

    def is_off(self, box: Box) -> bool:
        """Whether a rectangle of the page's space, left to right and bottom to top, is not shown.

        Asked of every word, so that it is not turned and cut first: `clipped` says the same.
        """
        left, bottom, right, top = box
        if self.left < left <= right < self.right and self.bottom < bottom <= top < self.top:
            return False
        return self.clipped(self.shown(*box))[1]

    def clipped(self, corners: Box | None) -> tuple[Box | None, bool]:
        """Displayed corners as x, y, width, height on the page; whether all lies outside it."""
        if corners is None:
            return None, False
        left, top, right, bottom = corners
        width, height = self.size
        if 0 <= left < width >= right > 0 and 0 <= top < height >= bottom > 0:  # as nearly all
            return (left, top, right - left, bottom - top), False
        if not _is_bounded(corners):
            return None, False
        if right <= 0 or bottom <= 0 or left >= width or top >= height:
            return None, True
        left, top = max(0.0, left), max(0.0, top)
        return (left, top, min(right, width) - left, min(bottom, height) - top), False


def _is_bounded(box: Box) -> bool:
    one, two, three, four = box
    return (
        -_LARGEST < one < _LARGEST
        and -_LARGEST < two < _LARGEST
        and -_LARGEST < three < _LARGEST
        and -_LARGEST < four < _LARGEST
    )


def _ordered(box: Box) -> Box:
    """ISO 32000-1 §7.9.5: a rectangle is given by any two corners that lie across."""
    one, two, three, four = box
    return min(one, three), min(two, four), max(one, three), max(two, four)


def usual_view(rotation: int) -> View:
    """The page that PDFium shows where none is stated that could be: US Letter."""
    return View(0.0, 0.0, 612.0, 792.0, rotation)


def view_of(page: pypdfium2.PdfPage) -> View:
    """How PDFium displays a page."""
    media, crop = _ordered(page.get_mediabox()), _ordered(page.get_cropbox())
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = media
    return View(left, bottom, right, top, page.get_rotation())
