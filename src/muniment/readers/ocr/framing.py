"""Lines of text among the cells of ruled tables: cut where a ruling line runs through them.

- A line belongs to the cell its middle lies in; one that runs over several cells is cut at their
  edges, so that no cell holds its neighbour's letters.
- A cell in which no line was found but ink stands (a lone digit) is read as one.
"""

from collections.abc import Iterator, Sequence

import cv2
import msgspec
import numpy as np

from muniment.readers.ocr.regions import Box, Grey, Region, cut_out, region_of_box
from muniment.readers.ocr.ruling import Grid

_STEPS = 48  # how finely a line is followed across the cells
_LEAST = 0.35  # of its height: a shorter piece of a line holds no letter
_BLOCK, _DARKER = 31, 15
_INSIDE = 0.12  # of a cell's sides that may be its ruling lines
_LOWEST, _LEAST_INK = 0.25, 0.004  # height and area of what may be a letter, in parts of the cell
_CELL_HEIGHT = 64

Cell = tuple[int, int]  # number of the grid, number of the cell in it


class Framed(msgspec.Struct, frozen=True):
    """A line of text and the cell it stands in; None outside all tables."""

    region: Region
    cell: Cell | None


def framed(picture: Grey, regions: Sequence[Region], grids: Sequence[Grid]) -> list[Framed]:
    """The lines, cut where they run over several cells, and the ink of cells without any line."""
    if len(grids) == 0:
        return [Framed(region, None) for region in regions]
    places = _Places(grids)
    found = [piece for region in regions for piece in _pieces(region, places)]
    held = {piece.cell for piece in found}
    for table, grid in enumerate(grids):
        for number, cell in enumerate(grid.cells):
            if (table, number) not in held:
                ink = _ink_of(picture, cell.region)
                found += [] if ink is None else [Framed(ink, (table, number))]
    return found


class _Places:
    """Which cell a point lies in."""

    def __init__(self, grids: Sequence[Grid]) -> None:
        self._cells = [
            (np.array(cell.region.corners, np.float32), cell.region.box, (table, number))
            for table, grid in enumerate(grids)
            for number, cell in enumerate(grid.cells)
        ]

    def cell_at(self, x: float, y: float) -> Cell | None:
        """The cell that holds a point."""
        for corners, box, name in self._cells:
            if _in_box(box, x, y) and cv2.pointPolygonTest(corners, (x, y), False) >= 0:  # noqa: FBT003 - OpenCV's own
                return name
        return None


def _in_box(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[0] + box[2] and box[1] <= y <= box[1] + box[3]


def _pieces(region: Region, places: _Places) -> Iterator[Framed]:
    """The stretches of a line that lie in one cell each."""
    runs: list[tuple[int, int, Cell | None]] = []
    for step in range(_STEPS):
        x, y = _along(region, (step + 0.5) / _STEPS, 0.5)
        cell = places.cell_at(x, y)
        if len(runs) > 0 and runs[-1][2] == cell:
            runs[-1] = (runs[-1][0], step + 1, cell)
        else:
            runs.append((step, step + 1, cell))
    if len(runs) == 1:
        yield Framed(region, runs[0][2])
        return
    for start, end, cell in runs:
        if (end - start) / _STEPS * region.width >= _LEAST * region.height:
            yield Framed(_stretch(region, start / _STEPS, end / _STEPS), cell)


def _along(region: Region, across: float, down: float) -> tuple[float, float]:
    """A point of the region by its shares of the way across and down."""
    one, two, three, four = region.corners
    upper = (one[0] + (two[0] - one[0]) * across, one[1] + (two[1] - one[1]) * across)
    lower = (four[0] + (three[0] - four[0]) * across, four[1] + (three[1] - four[1]) * across)
    return upper[0] + (lower[0] - upper[0]) * down, upper[1] + (lower[1] - upper[1]) * down


def _stretch(region: Region, start: float, end: float) -> Region:
    return Region(
        (
            _along(region, start, 0.0),
            _along(region, end, 0.0),
            _along(region, end, 1.0),
            _along(region, start, 1.0),
        )
    )


def _ink_of(picture: Grey, cell: Region) -> Region | None:
    """The rectangle of the ink within a cell; None where there is none that could be a letter."""
    if cell.height < 8 or cell.width < 8:  # noqa: PLR2004 - pixels: no letter has room
        return None
    strip = cut_out(picture, cell, _CELL_HEIGHT)
    high, wide = strip.shape
    even = cv2.GaussianBlur(strip, (3, 3), 0)
    method = cv2.ADAPTIVE_THRESH_MEAN_C
    ink = cv2.adaptiveThreshold(even, 255, method, cv2.THRESH_BINARY_INV, _BLOCK, _DARKER)
    rule = round(high * _INSIDE)
    if wide <= 2 * rule:
        return None  # a gap between two rules, too narrow for a letter
    inner = ink[rule : high - rule, rule : wide - rule]
    inner = cv2.morphologyEx(inner, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    down, across = np.nonzero(inner)
    if len(down) < _LEAST_INK * high * wide or np.ptp(down) < _LOWEST * high:
        return None
    spare = 3
    left, right = across.min() + rule - spare, across.max() + rule + spare
    top, bottom = down.min() + rule - spare, down.max() + rule + spare
    shares = region_of_box((left / wide, top / high, (right - left) / wide, (bottom - top) / high))
    one, two, three, four = (_along(cell, x, y) for x, y in shares.corners)
    return Region((one, two, three, four))
