"""How the letters of a PDF page are painted: whether at all, and whether in white.

- Text is invisible in rendering mode 3, and in a layer (optional content) that is off.

Source: ISO 32000-1 §9.3.6 (rendering modes), §8.11 (optional content).
"""

import ctypes
from collections.abc import Sequence
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from muniment.readers.pdf_calls import POINTER, Room, address, quick

_INVISIBLE = 3
_WHITE = 250  # of 255, in each colour
_LONGEST_NAME = 512  # UTF-16 units of a layer's name

_get_text_object = quick(pdfium.FPDFText_GetTextObject, POINTER)
_get_mode = quick(pdfium.FPDFTextObj_GetTextRenderMode)
_get_colour = quick(pdfium.FPDFPageObj_GetFillColor)
_colour = Room("I", 4)  # red, green, blue, opacity


def painted(
    page: Any, firsts: Sequence[int], layers_off: frozenset[str]
) -> tuple[list[bool], list[bool]]:
    """Which of some characters are invisible, and which are white.

    `page` is PDFium's text of a page, as an argument. Each text object is asked once.
    """
    drawn: list[int | None] = list(map(_get_text_object, repeat(page), firsts))
    known = {each: _paint(each, layers_off) for each in set(drawn)}
    paints = [known[each] for each in drawn]
    return [invisible for invisible, _ in paints], [white for _, white in paints]


def _paint(drawn: int | None, layers_off: frozenset[str]) -> tuple[bool, bool]:
    """Whether a text object is invisible, and whether it is white."""
    if drawn is None:
        return False, False
    text_object = address(drawn)
    mode = _get_mode(text_object)
    white = mode == 0 and bool(_get_colour(text_object, *_colour.places)) and _is_white()
    off = len(layers_off) > 0 and _is_off(drawn, layers_off)
    return mode == _INVISIBLE or off, white


def _is_white() -> bool:
    red, green, blue, _ = _colour.numbers
    return bool(red >= _WHITE and green >= _WHITE and blue >= _WHITE)


def _is_off(drawn: int, layers_off: frozenset[str]) -> bool:
    """Whether a text object is marked as belonging to a layer that is off."""
    held = ctypes.cast(drawn, pdfium.FPDF_PAGEOBJECT)
    for index in range(max(0, pdfium.FPDFPageObj_CountMarks(held))):
        if _layer_of(pdfium.FPDFPageObj_GetMark(held, index)) in layers_off:
            return True
    return False


def _layer_of(mark: object) -> str | None:
    """The name of the optional content group that a mark names."""
    room, used = (ctypes.c_ushort * _LONGEST_NAME)(), ctypes.c_ulong()
    size = ctypes.sizeof(room)
    if not pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"Name", room, size, used):
        return None
    return bytes(room)[: used.value].decode("utf-16-le", "replace").rstrip("\0")
