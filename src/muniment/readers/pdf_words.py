"""The words of a PDF page as PDFium makes them of its characters, each with its box.

- Lines and words are PDFium's: it puts Arabic and Hebrew into logical order, joins what stands on
  one line and marks the gaps; here nothing is reordered.
- Boxes are in the page's own space (from the bottom left), before it is turned.
- Text is hidden where it is drawn invisibly (rendering mode 3), smaller than a point, or in
  white where nothing dark was painted below it.

Source: ISO 32000-1 §9.3.6 (rendering modes).
"""

import ctypes
import math
from collections.abc import Iterator

import msgspec
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from muniment.readers.page_table_records import Box

_INVISIBLE = 3
_HIGH = range(0xD800, 0xDC00)
_LOW = range(0xDC00, 0xE000)
_ENDS = frozenset((0x0A, 0x0D))
_SPACES = frozenset((0x20, 0x09, 0xA0, 0x3000, *range(0x2000, 0x200B)))
_TINY = 1.0  # points: nobody reads smaller letters
_WHITE = 250  # of 255, in each colour
_HYPHEN = 0xFFFE  # PDFium's mark for a hyphen at a line's end
_UNICODE_END = 0x110000
_LONGEST_NAME = 512  # UTF-16 units of a layer's name
MOST_CHARACTERS = 2_000_000  # of one page


class PdfWord(msgspec.Struct, frozen=True, gc=False):
    """A word, its box (left, bottom, right, top) and baseline's start in the page's space."""

    text: str
    box: Box | None
    origin: tuple[float, float]
    size: float
    invisible: bool
    white: bool


class PdfLine(msgspec.Struct, frozen=True):
    """A line as PDFium makes it; `turn` is how far it is turned, or None where at a slant."""

    text: str
    words: tuple[PdfWord, ...]
    turn: int | None  # degrees anticlockwise: 0, 90, 180 or 270


def words_of(
    text_page: pypdfium2.PdfTextPage, layers_off: frozenset[str] = frozenset()
) -> Iterator[PdfLine]:
    """The lines of a page that are not blank, in PDFium's order.

    Text in a layer (optional content) whose name is in `layers_off` is invisible.
    """
    look = _Look(text_page, layers_off)
    total = min(text_page.count_chars(), MOST_CHARACTERS)
    get = pdfium.FPDFText_GetUnicode
    raw = text_page.raw
    units = [get(raw, index) for index in range(total)]
    start = 0
    for index in range(total + 1):
        if index == total or units[index] in _ENDS:
            text = _text(units[start:index]).strip()
            if text != "":
                words = tuple(_words(units, start, index, look))
                yield PdfLine(text, words, look.turn(_first(units, start)))
            start = index + 1


def _first(units: list[int], start: int) -> int:
    while units[start] in _SPACES:
        start += 1
    return start


def _words(units: list[int], start: int, end: int, look: "_Look") -> Iterator[PdfWord]:
    first = start
    for index in range(start, end + 1):
        if index == end or units[index] in _SPACES:
            text = _text(units[first:index])
            if text != "":
                yield look.word(text, first, index - first)
            first = index + 1


def _text(units: list[int]) -> str:
    """The characters of UTF-16 units or code points, whichever PDFium gave."""
    if all(0x1F < unit < 0xD800 for unit in units):  # noqa: PLR2004 - controls, halves of pairs; degrees
        return "".join(map(chr, units))
    pieces: list[str] = []
    high = 0
    for unit in units:
        if unit in _HIGH:
            high = unit
        elif unit in _LOW and high != 0:
            pieces.append(chr(0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00)))
            high = 0
        elif unit == _HYPHEN:
            pieces.append("-")
        elif unit != 0 and unit not in _LOW and unit < _UNICODE_END:
            pieces.append(chr(unit))
    return "".join(pieces)


class _Look:
    """Asks PDFium about the characters of one page."""

    def __init__(self, text_page: pypdfium2.PdfTextPage, layers_off: frozenset[str]) -> None:
        self._layers_off = layers_off
        self._page = text_page.raw
        self._edges = tuple(ctypes.c_double() for _ in range(4))
        self._origin = (ctypes.c_double(), ctypes.c_double())
        self._loose = pdfium.FS_RECTF()
        self._colours = tuple(ctypes.c_uint() for _ in range(4))
        self._object = 0
        self._paint = (False, False)

    def word(self, text: str, first: int, count: int) -> PdfWord:
        """What can be told of `count` characters from `first`."""
        x, y = self._origin
        pdfium.FPDFText_GetCharOrigin(self._page, first, x, y)
        size = 0.0
        if pdfium.FPDFText_GetLooseCharBox(self._page, first, self._loose):
            loose = self._loose
            sides = abs(loose.top - loose.bottom), abs(loose.right - loose.left)
            size = sides[0] if count > 1 or sides[0] > 0 else sides[1]
        invisible, white = self._painted(first)
        return PdfWord(text, self._box(first, count), (x.value, y.value), size, invisible, white)

    def turn(self, first: int) -> int | None:
        """How far the character is turned anticlockwise; None where it stands at a slant."""
        # PDFium measures clockwise.
        angle = math.degrees(pdfium.FPDFText_GetCharAngle(self._page, first))
        quarter = round(angle / 90) * 90
        return -quarter % 360 if abs(angle - quarter) < 3 else None  # noqa: PLR2004 - controls, halves of pairs; degrees

    def _box(self, first: int, count: int) -> Box | None:
        left, top, right, bottom = self._edges
        found: list[Box] = [
            (left.value, bottom.value, right.value, top.value)
            for index in range(max(0, pdfium.FPDFText_CountRects(self._page, first, count)))
            if pdfium.FPDFText_GetRect(self._page, index, left, top, right, bottom)
        ]
        if len(found) == 0:
            return None
        if len(found) == 1:
            return found[0]
        lefts, bottoms, rights, tops = zip(*found, strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)

    def _painted(self, index: int) -> tuple[bool, bool]:
        """Whether the text object of a character is invisible, and whether it is white."""
        drawn = pdfium.FPDFText_GetTextObject(self._page, index)
        if not drawn:
            return False, False
        address = ctypes.addressof(drawn.contents)
        if address != self._object:
            self._object = address
            mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
            known = pdfium.FPDFPageObj_GetFillColor(drawn, *self._colours)
            white = bool(known) and mode == 0 and all(c.value >= _WHITE for c in self._colours[:3])
            self._paint = (mode == _INVISIBLE or self._is_off(drawn), white)
        return self._paint

    def _is_off(self, drawn: object) -> bool:
        """Whether a text object is marked as belonging to a layer that is off."""
        if len(self._layers_off) == 0:
            return False
        for index in range(max(0, pdfium.FPDFPageObj_CountMarks(drawn))):
            mark = pdfium.FPDFPageObj_GetMark(drawn, index)
            if _layer_of(mark) in self._layers_off:
                return True
        return False


def _layer_of(mark: object) -> str | None:
    """The name of the optional content group that a mark names."""
    room, used = (ctypes.c_ushort * _LONGEST_NAME)(), ctypes.c_ulong()
    size = ctypes.sizeof(room)
    if not pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"Name", room, size, used):
        return None
    return bytes(room)[: used.value].decode("utf-16-le", "replace").rstrip("\0")


def is_tiny(word: PdfWord) -> bool:
    """Whether nobody could read the word at any printed size."""
    return 0 < word.size < _TINY
