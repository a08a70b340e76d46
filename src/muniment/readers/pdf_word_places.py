"""Where the words of a PDF page stand, and how large: PDFium is asked about many together.

- What it answers it writes into rooms that are made once and used for every page.
- Boxes are left, bottom, right, top in the page's own space, from its bottom left.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from muniment.readers.page_table_records import Box, around
from muniment.readers.pdf_calls import Room, quick

_FLAT = 0.05  # of a letter's height
_AT_ONCE = 256

_count_rects = quick(pdfium.FPDFText_CountRects)
_get_rect = quick(pdfium.FPDFText_GetRect)
_get_origin = quick(pdfium.FPDFText_GetCharOrigin)
_get_loose_box = quick(pdfium.FPDFText_GetLooseCharBox)

Places = tuple[list[Box | None], list[tuple[float, float]], list[float]]
"""Of each word its box, where its baseline starts, and the height of its letters' font."""


def places_of(page: Any, firsts: Sequence[int], counts: Sequence[int]) -> Places:
    """The places of words of so many characters, from their first ones on.

    `page` is PDFium's text of a page, as an argument.
    """
    boxes: list[Box | None] = []
    origins: list[tuple[float, float]] = []
    sizes: list[float] = []
    for start in range(0, len(firsts), _AT_ONCE):
        some, long = firsts[start : start + _AT_ONCE], counts[start : start + _AT_ONCE]
        origins.extend(_origins(page, some))
        own = _boxes(page, some, long)
        for box, count, loose in zip(own, long, _loose_boxes(page, some), strict=True):
            left, bottom, right, top = loose
            size = abs(top - bottom)
            if size == 0 and count == 1:
                size = abs(right - left)
            flat = _FLAT * size
            if box is not None and (box[2] - box[0] < flat or box[3] - box[1] < flat):
                # A font without outlines gives no heights; its metrics do.
                boxes.append(around([box, loose]))
            else:
                boxes.append(box)
            sizes.append(size)
    return boxes, origins, sizes


class _Rooms:
    """Where PDFium writes; made by the first page, since most processes read no PDF."""

    def __init__(self) -> None:
        self.x, self.y, self.left, self.bottom, self.right, self.top = (
            Room("d", _AT_ONCE) for _ in range(6)
        )
        self.loose = Room("f", 4 * _AT_ONCE, 4)  # FS_RECTF of each: left, top, right, bottom
        self.rect = Room("d", 4)  # left, top, right, bottom


_rooms = cache(_Rooms)


def _origins(page: Any, firsts: Sequence[int]) -> Iterator[tuple[float, float]]:
    """Where the baselines of the first characters start."""
    x, y = _rooms().x, _rooms().y
    _exhaust(map(_get_origin, repeat(page), firsts, x.places, y.places))
    return zip(x.numbers[: len(firsts)], y.numbers[: len(firsts)], strict=True)


def _loose_boxes(page: Any, firsts: Sequence[int]) -> Iterator[Box]:
    """The boxes that the font gives the first characters."""
    room = _rooms().loose
    _exhaust(map(_get_loose_box, repeat(page), firsts, room.places))
    sides = room.numbers[: 4 * len(firsts)]
    return zip(sides[::4], sides[3::4], sides[2::4], sides[1::4], strict=True)


def _boxes(page: Any, firsts: Sequence[int], counts: Sequence[int]) -> list[Box | None]:
    """The boxes of the words; None where PDFium knows none."""
    rooms = _rooms()
    at = zip(
        rooms.left.places, rooms.top.places, rooms.right.places, rooms.bottom.places, strict=True
    )
    several: dict[int, Box | None] = {}
    for place, (first, count, sides) in enumerate(zip(firsts, counts, at, strict=False)):
        # PDFium keeps the rectangles of the word that it was asked to count last.
        rects = _count_rects(page, first, count)
        if rects != 1 or not _get_rect(page, 0, *sides):
            several[place] = _around(page, rects)
    held = (rooms.left, rooms.bottom, rooms.right, rooms.top)
    boxes: list[Box | None] = list(
        zip(*(room.numbers[: len(firsts)] for room in held), strict=True)
    )
    for place, box in several.items():
        boxes[place] = box
    return boxes


def _around(page: Any, rects: int) -> Box | None:
    """What holds all rectangles of the word that was counted last."""
    room = _rooms().rect
    boxes = []
    for index in range(rects):
        if _get_rect(page, index, *room.places):
            left, top, right, bottom = room.numbers
            boxes.append((left, bottom, right, top))
    return around(boxes) if len(boxes) > 0 else None


def _exhaust(calls: Iterable[object]) -> None:
    """Make the calls, whose answers stand in the rooms."""
    deque(calls, maxlen=0)
