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
import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from muniment.readers.page_table_records import Box, around

_INVISIBLE = 3
_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile("[^ \t\xa0\u2000-\u200a\u3000]+")
_ODD = re.compile("[\0\x02\ud800-\udfff\ufffe]")
_FLAT = 0.05  # of a letter's height
_TINY = 1.0  # points: nobody reads smaller letters
_WHITE = 250  # of 255, in each colour
_HYPHEN = "\x02"  # PDFium's mark for a hyphen at a line's end; U+FFFE in older versions
_UNICODE_END = 0x110000
_LONGEST_NAME = 512  # UTF-16 units of a layer's name
MOST_CHARACTERS = 2_000_000  # of one page

_NUMBER, _AT = ctypes.c_int, ctypes.c_void_p


def _plain(function: object, gives: type, *takes: type) -> Callable[..., Any]:
    """A function of PDFium that takes addresses as numbers.

    These are called for every word, and checking a pointer object costs more than the answer.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type] # a function
    return ctypes.CFUNCTYPE(gives, *takes)(address)  # type: ignore[arg-type] # never none


_count_rects = _plain(pdfium.FPDFText_CountRects, _NUMBER, _AT, _NUMBER, _NUMBER)
_get_rect = _plain(pdfium.FPDFText_GetRect, _NUMBER, _AT, _NUMBER, _AT, _AT, _AT, _AT)
_get_origin = _plain(pdfium.FPDFText_GetCharOrigin, _NUMBER, _AT, _NUMBER, _AT, _AT)
_get_loose_box = _plain(pdfium.FPDFText_GetLooseCharBox, _NUMBER, _AT, _NUMBER, _AT)
_get_text_object = _plain(pdfium.FPDFText_GetTextObject, _AT, _AT, _NUMBER)
_get_mode = _plain(pdfium.FPDFTextObj_GetTextRenderMode, _NUMBER, _AT)
_get_colour = _plain(pdfium.FPDFPageObj_GetFillColor, _NUMBER, _AT, _AT, _AT, _AT, _AT)
_get_angle = _plain(pdfium.FPDFText_GetCharAngle, ctypes.c_float, _AT, _NUMBER)


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
    letters = _letters(text_page)
    for match in _LINE.finditer(letters):
        first = match.start()
        read = _read if _ODD.search(match[0]) is not None else str
        text = read(match[0]).strip()
        if text != "":
            words = tuple(
                look.word(word, first + one.start(), one.end() - one.start())
                for one in _WORD.finditer(match[0])
                if (word := read(one[0])) != ""
            )
            start = len(match[0]) - len(match[0].lstrip())
            yield PdfLine(text, words, look.turn(first + start))


def _letters(text_page: pypdfium2.PdfTextPage) -> str:
    """PDFium's characters, one for each of its positions; halves of pairs stay apart."""
    total = min(text_page.count_chars(), MOST_CHARACTERS)
    room = (ctypes.c_ushort * (total + 1))()
    # In bulk where every position holds one character: PDFium leaves some out otherwise, and
    # halves of pairs would be joined.
    if pdfium.FPDFText_GetText(text_page.raw, 0, total, room) == total + 1:
        letters = bytes(room)[:-2].decode("utf-16-le", "surrogatepass")
        if len(letters) == total:
            return letters
    get, raw = pdfium.FPDFText_GetUnicode, text_page.raw
    units = (get(raw, index) for index in range(total))
    return "".join(chr(unit) if unit < _UNICODE_END else "\0" for unit in units)


def _read(letters: str) -> str:
    """The text of odd characters as PDFium gives them: pairs joined, its marks taken out."""
    joined = letters.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace(_HYPHEN, "-").replace("\0", "").replace("\ufffe", "-")


class _Look:
    """Asks PDFium about the characters of one page."""

    def __init__(self, text_page: pypdfium2.PdfTextPage, layers_off: frozenset[str]) -> None:
        self._layers_off = layers_off
        self._page = ctypes.cast(text_page.raw, ctypes.c_void_p).value
        self._edges = (ctypes.c_double * 4)()  # left, top, right, bottom
        self._at_edges = _addresses(self._edges)
        self._origin = (ctypes.c_double * 2)()
        self._at_origin = _addresses(self._origin)
        self._loose = (ctypes.c_float * 4)()  # FS_RECTF: left, top, right, bottom
        self._at_loose = ctypes.addressof(self._loose)
        self._colour = (ctypes.c_uint * 4)()  # red, green, blue, opacity
        self._at_colour = _addresses(self._colour)
        self._object: int | None = 0
        self._paint = (False, False)

    def word(self, text: str, first: int, count: int) -> PdfWord:
        """What can be told of `count` characters from `first`."""
        _get_origin(self._page, first, *self._at_origin)
        x, y = self._origin
        size = 0.0
        box = self._box(first, count)
        if _get_loose_box(self._page, first, self._at_loose):
            left, top, right, bottom = self._loose
            high = abs(top - bottom)
            size = high if count > 1 or high > 0 else abs(right - left)
            if box is not None and min(box[2] - box[0], box[3] - box[1]) < _FLAT * size:
                # A font without outlines gives no heights; its metrics do.
                box = around([box, (left, bottom, right, top)])
        drawn = _get_text_object(self._page, first)
        if drawn != self._object:
            self._object = drawn
            self._paint = self._painted(drawn)
        invisible, white = self._paint
        return PdfWord(text, box, (x, y), size, invisible, white)

    def turn(self, first: int) -> int | None:
        """How far the character is turned anticlockwise; None where it stands at a slant."""
        # PDFium measures clockwise.
        angle = math.degrees(_get_angle(self._page, first))
        quarter = round(angle / 90) * 90
        return -quarter % 360 if abs(angle - quarter) < 3 else None  # noqa: PLR2004 - controls, halves of pairs; degrees

    def _box(self, first: int, count: int) -> Box | None:
        rects = _count_rects(self._page, first, count)
        if rects == 1:  # as nearly every word has
            return self._rect(0)
        boxes = [box for index in range(rects) if (box := self._rect(index)) is not None]
        return around(boxes) if len(boxes) > 0 else None

    def _rect(self, index: int) -> Box | None:
        if not _get_rect(self._page, index, *self._at_edges):
            return None
        left, top, right, bottom = self._edges
        return left, bottom, right, top

    def _painted(self, drawn: int | None) -> tuple[bool, bool]:
        """Whether a text object is invisible, and whether it is white."""
        if drawn is None:
            return False, False
        mode = _get_mode(drawn)
        known = _get_colour(drawn, *self._at_colour)
        white = bool(known) and mode == 0 and min(self._colour[:3]) >= _WHITE
        return mode == _INVISIBLE or self._is_off(drawn), white

    def _is_off(self, address: int) -> bool:
        """Whether a text object is marked as belonging to a layer that is off."""
        if len(self._layers_off) == 0:
            return False
        drawn = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
        for index in range(max(0, pdfium.FPDFPageObj_CountMarks(drawn))):
            mark = pdfium.FPDFPageObj_GetMark(drawn, index)
            if _layer_of(mark) in self._layers_off:
                return True
        return False


def _addresses(room: ctypes.Array[Any]) -> tuple[int, ...]:
    """Where each of the numbers stands."""
    first, size = ctypes.addressof(room), ctypes.sizeof(room) // len(room)
    return tuple(first + size * place for place in range(len(room)))


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
