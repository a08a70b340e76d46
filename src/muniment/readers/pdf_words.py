"""The words of a PDF page as PDFium makes them of its characters, each with its box.

- Lines and words are PDFium's: it puts Arabic and Hebrew into logical order, joins what stands on
  one line and marks the gaps; here nothing is reordered.
- Boxes are in the page's own space (from the bottom left), before it is turned.
- Text is hidden where it is drawn invisibly, smaller than a point, or in white where nothing dark
  was painted below it.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from itertools import islice, repeat

import msgspec
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from muniment.readers.page_table_records import Box
from muniment.readers.pdf_calls import handle, quick
from muniment.readers.pdf_paint import painted
from muniment.readers.pdf_word_places import places_of

_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile("[^ \t\xa0\u2000-\u200a\u3000]+")
_ODD = re.compile("[\0\x02\ud800-\udfff\ufffe]")
_TINY = 1.0  # points: nobody reads smaller letters
_HYPHEN = "\x02"  # PDFium's mark for a hyphen at a line's end; U+FFFE in older versions
_UNICODE_END = 0x110000
MOST_CHARACTERS = 2_000_000  # of one page

_get_unicode = quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_get_angle = quick(pdfium.FPDFText_GetCharAngle, ctypes.c_float)


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
    page = handle(text_page.raw)
    cut = _cut(_letters(text_page))
    boxes, origins, sizes = places_of(page, cut.firsts, cut.counts)
    invisible, white = painted(page, cut.firsts, layers_off)
    words = map(PdfWord, cut.texts, boxes, origins, sizes, invisible, white)
    for text, first, count in cut.lines:
        yield PdfLine(text, tuple(islice(words, count)), _turn(_get_angle(page, first)))


class _Cut(msgspec.Struct):
    """The letters of a page cut into words; of each line its text, first letter, and words."""

    lines: list[tuple[str, int, int]] = []
    texts: list[str] = []
    firsts: list[int] = []
    counts: list[int] = []  # of characters


def _cut(letters: str) -> _Cut:
    cut = _Cut()
    read = str if _ODD.search(letters) is None else _read
    for match in _LINE.finditer(letters):
        text = read(match[0]).strip()
        if text == "":
            continue
        before = len(cut.texts)
        for one in _WORD.finditer(letters, *match.span()):
            word = read(one[0])
            if word != "":
                cut.texts.append(word)
                cut.firsts.append(one.start())
                cut.counts.append(len(one[0]))
        first = match.end() - len(match[0].lstrip())
        cut.lines.append((text, first, len(cut.texts) - before))
    return cut


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
    units = map(_get_unicode, repeat(handle(text_page.raw)), range(total))
    return "".join([chr(unit) if unit < _UNICODE_END else "\0" for unit in units])


def _read(letters: str) -> str:
    """The text of characters as PDFium gives them: pairs joined, its marks taken out."""
    if _ODD.search(letters) is None:
        return letters
    joined = letters.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace(_HYPHEN, "-").replace("\0", "").replace("\ufffe", "-")


def _turn(radians: float) -> int | None:
    """How far a character is turned anticlockwise; None where it stands at a slant."""
    if radians == 0:  # as nearly all are
        return 0
    # PDFium measures clockwise.
    angle = math.degrees(radians)
    quarter = round(angle / 90) * 90
    return -quarter % 360 if abs(angle - quarter) < 3 else None  # noqa: PLR2004 - degrees


def is_tiny(word: PdfWord) -> bool:
    """Whether nobody could read the word at any printed size."""
    return 0 < word.size < _TINY
