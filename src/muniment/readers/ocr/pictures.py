"""The pixels of one page of an object, and how they stand to the places of that page.

- A page of a PDF is drawn at 200 dots an inch; its places are points from the top left of the
  page as displayed.
- A picture's places are the pixels of its raster as stored: EXIF orientation is never applied.
  Each page of a TIFF with several is `Area(page=n)`; other pictures have no page.
- A picture beyond 40 million pixels is averaged down; its places stay those of the raster.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import cv2
import msgspec
import numpy as np
import pypdfium2  # type: ignore[import-untyped]
from PIL import Image as Pillow

from muniment.core import Area, Place, Whole
from muniment.readers.keys import Keys
from muniment.readers.limits import Limits
from muniment.readers.ocr.kinds import PDF
from muniment.readers.ocr.regions import Box, Grey
from muniment.readers.pdf_open import opened
from muniment.readers.pdf_system_fonts import use_system_fonts
from muniment.readers.picture_open import open_picture
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_DOTS_AN_INCH, _POINTS_AN_INCH = 200, 72
_MOST_PIXELS = 40_000_000
_WHITE = 255
_PLANES = 3  # dimensions of pixels with channels


class PagePicture(msgspec.Struct, frozen=True):
    """The pixels of a page; `scale` is how long one of them is in the page's own units."""

    pixels: Grey
    page: int | None
    scale: float
    width: float  # of the page, in its units
    height: float

    @property
    def at(self) -> Place:
        """The place of the page as a whole."""
        return Whole() if self.page is None else Area(page=self.page)

    def area(self, box: Box) -> Area:
        """The place of a rectangle of pixels, cut to the page."""
        left, top = max(0.0, box[0] * self.scale), max(0.0, box[1] * self.scale)
        right = min(self.width, (box[0] + box[2]) * self.scale)
        bottom = min(self.height, (box[1] + box[3]) * self.scale)
        return Area(self.page, (left, top, max(0.0, right - left), max(0.0, bottom - top)))


@contextmanager
def opened_pages(source: Source, media_type: str, keys: Keys) -> "Iterator[Pages]":
    """The object, open to take pages from.

    Raises:
        UnreadableError: it cannot be opened.
        LockedError: it is encrypted and no key opens it.
    """
    if media_type == PDF:
        use_system_fonts()
        document = opened(source, keys)
        try:
            yield _PdfPages(document.pages)
        finally:
            document.close()
    else:
        warnings.simplefilter("ignore")  # of decoders, when they come to the pixels
        with open_picture(source, media_type) as picture:
            yield _Frames(picture)


class Pages:
    """An open object that gives pages."""

    def take(self, page: int | None, limits: Limits) -> PagePicture:
        """The pixels of one page, counted from 1; None for a picture without pages.

        Raises:
            UnreadableError: there is no such page, or its pixels cannot be had.
            RefusedError: it has too many pixels.
        """
        raise NotImplementedError


class _PdfPages(Pages):
    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    def take(self, page: int | None, _limits: Limits) -> PagePicture:
        try:
            drawn = self._document[(page or 1) - 1]
            width, height = drawn.get_size()
            scale = _DOTS_AN_INCH / _POINTS_AN_INCH
            if not (width > 0 and height > 0):
                raise UnreadableError("the page has no size")
            scale = min(scale, (_MOST_PIXELS / (width * height)) ** 0.5)
            bitmap = drawn.render(scale=scale, grayscale=True, may_draw_forms=False)
            pixels = np.array(bitmap.to_numpy(), np.uint8)
        except (pypdfium2.PdfiumError, IndexError, ValueError) as why:
            raise UnreadableError("the page cannot be drawn") from why
        grey = pixels[:, :, 0] if pixels.ndim == _PLANES else pixels
        return PagePicture(grey, page or 1, width / grey.shape[1], width, height)


class _Frames(Pages):
    def __init__(self, picture: Pillow.Image) -> None:
        self._picture = picture

    def take(self, page: int | None, limits: Limits) -> PagePicture:
        try:
            self._picture.seek((page or 1) - 1)
            width, height = self._picture.size
            _refuse_beyond(width * height, limits.pixels)
            pixels = _grey(self._picture)
        except (MemoryError, RefusedError):
            raise
        # As above: whatever a decoder raises is the picture's trouble.
        except Exception as why:
            raise UnreadableError(f"its pixels cannot be had ({said_of(why)})") from why
        shrink = min(1.0, (_MOST_PIXELS / max(1, width * height)) ** 0.5)
        if shrink < 1.0:
            size = (max(1, int(width * shrink)), max(1, int(height * shrink)))
            pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        return PagePicture(pixels, page, width / pixels.shape[1], width, height)


def _refuse_beyond(pixels: int, limit: int) -> None:
    if pixels > limit:
        raise RefusedError(f"has {pixels} pixels, more than {limit}")


def _grey(picture: Pillow.Image) -> Grey:
    """The picture in grey on white paper, sixteen bits brought down to eight."""
    if picture.mode.startswith(("I", "F")):
        deep = np.asarray(picture, np.float64)
        low, high = float(deep.min()), float(deep.max())
        return np.asarray((deep - low) * (_WHITE / max(high - low, 1e-9)), np.uint8)
    if "A" in picture.mode or "transparency" in picture.info:
        layers = picture.convert("RGBA")
        paper = Pillow.new("RGBA", layers.size, (_WHITE,) * 4)
        picture = Pillow.alpha_composite(paper, layers)
    return np.array(picture.convert("L"), np.uint8)
