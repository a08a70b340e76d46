"""Ruling lines of a scanned table, and the grid that they make.

    black pixels ──▶ long thin runs across and down ──▶ crossings ──▶ grids ──▶ cells

- Lines may be broken and a little slanted: the picture is set upright first, and what is found is
  turned back, so that a cell's corners are pixels of the picture as it is.
- A grid has at least two rows and two columns; a frame around a page is none.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from muniment.readers.ocr.regions import Grey, Point, Region

_SHORTEST = 0.035  # of the picture's longer side: a line of a table is at least as long
_THICKEST = 0.006  # of the longer side: what is thicker is no ruling line
_NEAR = 0.004  # of the longer side: lines this near each other are one
_BLOCK, _DARKER = 31, 12  # neighbourhood and contrast by which ink is told from paper
_MOST_LINES = 400
_COVERED = 0.6  # of a cell's edge that must be drawn for it to be an edge


class Rule(msgspec.Struct, frozen=True):
    """A ruling line on the upright picture: where it lies, and from where to where it runs."""

    at: float
    start: float
    end: float


class GridCell(msgspec.Struct, frozen=True):
    """A cell of a grid: rows and columns it covers, from 1, and where it is on the picture."""

    row: int
    column: int
    last_row: int
    last_column: int
    region: Region


class Grid(msgspec.Struct, frozen=True):
    """One table's cells, row by row."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]


def grids(picture: Grey, slope: float) -> tuple[Grid, ...]:
    """The ruled tables on a picture whose lines slope by `slope` degrees, from the top down."""
    high, wide = picture.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), slope, 1.0)
    upright = cv2.warpAffine(
        picture, turn, (wide, high), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    ink = _ink(np.asarray(upright, np.uint8))
    side = max(high, wide)
    across = _rules(_runs(ink, (round(side * _SHORTEST), 1)), side, across=True)
    down = _rules(_runs(ink, (1, round(side * _SHORTEST))), side, across=False)
    if not (2 < len(across) < _MOST_LINES and 2 < len(down) < _MOST_LINES):  # noqa: PLR2004
        return ()
    back = np.asarray(cv2.invertAffineTransform(turn), np.float64)
    found = (_grid(*group, back, side) for group in _tables(across, down, side * _NEAR * 2))
    return tuple(grid for grid in found if grid is not None)


def _ink(picture: Grey) -> Grey:
    even = cv2.GaussianBlur(picture, (3, 3), 0)
    method = cv2.ADAPTIVE_THRESH_MEAN_C
    inked = cv2.adaptiveThreshold(even, 255, method, cv2.THRESH_BINARY_INV, _BLOCK, _DARKER)
    return np.asarray(inked, np.uint8)


def _runs(ink: Grey, size: tuple[int, int]) -> Grey:
    """What is left of the ink where a line of that size fits; short gaps in lines are closed."""
    flat = size[1] == 1
    wider = cv2.dilate(ink, _brush(1, 3) if flat else _brush(3, 1))
    pieces = cv2.morphologyEx(wider, cv2.MORPH_OPEN, _brush(*(_share(each, 2) for each in size)))
    joined = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, _brush(*(_share(each, 2) for each in size)))
    return np.asarray(cv2.morphologyEx(joined, cv2.MORPH_OPEN, _brush(*size)), np.uint8)


def _brush(width: int, height: int) -> Any:
    return cv2.getStructuringElement(cv2.MORPH_RECT, (width, height))


def _share(length: int, parts: int) -> int:
    return max(1, length // parts)


def _rules(runs: Grey, side: int, *, across: bool) -> list[Rule]:
    count, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    found = []
    for left, top, width, height, _ in stats[1:count].tolist():
        at, thick = (top + height / 2, height) if across else (left + width / 2, width)
        start, length = (left, width) if across else (top, height)
        if thick <= max(6, side * _THICKEST * 2) and length > 4 * thick:
            found.append(Rule(float(at), float(start), float(start + length)))
    return _merged(sorted(found, key=lambda rule: (rule.at, rule.start)), side * _NEAR)


def _merged(rules: Sequence[Rule], near: float) -> list[Rule]:
    """Pieces of one line as one line."""
    merged: list[Rule] = []
    for rule in rules:
        for number in range(len(merged) - 1, -1, -1):
            other = merged[number]
            if rule.at - other.at > near:
                continue
            if rule.start <= other.end + near * 6 and other.start <= rule.end + near * 6:
                start, end = min(rule.start, other.start), max(rule.end, other.end)
                longer = rule if rule.end - rule.start > other.end - other.start else other
                merged[number] = Rule(longer.at, start, end)
                break
        else:
            merged.append(rule)
    return merged


def _tables(
    across: Sequence[Rule], down: Sequence[Rule], near: float
) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The lines that cross one another, table by table."""
    owner = list(range(len(across) + len(down)))

    def _root(number: int) -> int:
        while owner[number] != number:
            number = owner[number]
        return number

    for one, horizontal in enumerate(across):
        for other, vertical in enumerate(down):
            if _cross(horizontal, vertical, near):
                owner[_root(len(across) + other)] = _root(one)
    for root in sorted({_root(number) for number in range(len(across))}):
        rows = [rule for number, rule in enumerate(across) if _root(number) == root]
        columns = [rule for n, rule in enumerate(down) if _root(len(across) + n) == root]
        if len(rows) > 2 and len(columns) > 2:  # noqa: PLR2004 - two cells either way
            yield rows, columns


def _cross(horizontal: Rule, vertical: Rule, near: float) -> bool:
    return (
        horizontal.start - near <= vertical.at <= horizontal.end + near
        and vertical.start - near <= horizontal.at <= vertical.end + near
    )


def _grid(
    across: Sequence[Rule], down: Sequence[Rule], back: npt.NDArray[np.float64], side: int
) -> Grid | None:
    near = side * _NEAR
    tops, lefts = _positions(across, near * 2), _positions(down, near * 2)
    rows, columns = len(tops) - 1, len(lefts) - 1
    if rows < 1 or columns < 1 or rows * columns < 4:  # noqa: PLR2004 - fewer are a frame
        return None
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            last_column = column
            while last_column + 1 < columns and not _is_drawn(
                down, lefts[last_column + 1], tops[row], tops[row + 1], near
            ):
                last_column += 1
            last_row = row
            while last_row + 1 < rows and not _is_drawn(
                across, tops[last_row + 1], lefts[column], lefts[last_column + 1], near
            ):
                last_row += 1
            taken |= {
                (r, c) for r in range(row, last_row + 1) for c in range(column, last_column + 1)
            }
            edges = lefts[column], tops[row], lefts[last_column + 1], tops[last_row + 1]
            region = _turned_back(edges, back)
            cells.append(GridCell(row + 1, column + 1, last_row + 1, last_column + 1, region))
    return Grid(rows, columns, tuple(cells))


def _positions(rules: Sequence[Rule], near: float) -> list[float]:
    """Where lines lie, those near each other as one."""
    groups: list[list[float]] = []
    for at in sorted(rule.at for rule in rules):
        if len(groups) > 0 and at - groups[-1][-1] <= near:
            groups[-1].append(at)
        else:
            groups.append([at])
    return [math.fsum(group) / len(group) for group in groups]


def _is_drawn(rules: Sequence[Rule], at: float, start: float, end: float, near: float) -> bool:
    covered = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start))
        for rule in rules
        if abs(rule.at - at) <= near * 2
    )
    return covered >= _COVERED * (end - start)


def _turned_back(edges: tuple[float, float, float, float], back: npt.NDArray[np.float64]) -> Region:
    left, top, right, bottom = edges
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    points = corners @ back[:, :2].T + back[:, 2]
    one, two, three, four = (tuple(map(float, point)) for point in points)
    return Region((_point(one), _point(two), _point(three), _point(four)))


def _point(values: tuple[float, ...]) -> Point:
    return values[0], values[1]
