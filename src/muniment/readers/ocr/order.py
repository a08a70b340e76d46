"""The order in which lines are read: columns, rows in them, and the side a script begins on.

- Lines are set upright by the page's slope before they are compared.
- A page is cut where a gap runs through all of it, across before down, again in each piece
  (recursive XY-cut); what cannot be cut further is read row by row.
"""

import math
from collections.abc import Callable, Sequence

import msgspec

from muniment.readers.ocr.regions import Region

_SAME_ROW = 0.5  # of the lower line's height: how far apart the middles of one row's lines may be
_COLUMN_GAP = 1.2  # heights: a gap this wide between columns of text
_FEWEST = 3  # lines in a column on either side
_DEEPEST = 24


class _Item(msgspec.Struct, frozen=True):
    """A line's upright rectangle and its number."""

    left: float
    top: float
    right: float
    bottom: float
    number: int


def reading_order(
    regions: Sequence[Region], slope: float, *, leftward: bool
) -> tuple[tuple[int, ...], ...]:
    """The numbers of the regions, row by row in the order in which they are read.

    `slope` is the page's, in degrees clockwise; `leftward` where the script runs from the right.
    """
    if len(regions) == 0:
        return ()
    items = [_upright(region, number, slope) for number, region in enumerate(regions)]
    rows = _cut(items, _middle_height(items), leftward=leftward, depth=0)
    return tuple(tuple(item.number for item in row) for row in rows)


def _upright(region: Region, number: int, angle: float) -> _Item:
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    across = [x * cosine + y * sine for x, y in region.corners]
    down = [y * cosine - x * sine for x, y in region.corners]
    return _Item(min(across), min(down), max(across), max(down), number)


def _middle_height(items: Sequence[_Item]) -> float:
    return sorted(item.bottom - item.top for item in items)[len(items) // 2]


def _cut(items: list[_Item], height: float, *, leftward: bool, depth: int) -> list[list[_Item]]:
    if depth < _DEEPEST and len(items) >= 2 * _FEWEST:
        columns = _split(items, lambda item: (item.left, item.right), _COLUMN_GAP * height)
        if len(columns) > 1 and all(_is_column(column, height) for column in columns):
            ordered = reversed(columns) if leftward else columns
            cut = (_cut(each, height, leftward=leftward, depth=depth + 1) for each in ordered)
            return [row for rows in cut for row in rows]
        bands = _split(items, lambda item: (item.top, item.bottom), 0.0)
        if len(bands) > 1 and depth == 0:
            return _bands(bands, height, leftward=leftward)
    return _rows(items, leftward=leftward)


def _bands(bands: list[list[_Item]], height: float, *, leftward: bool) -> list[list[_Item]]:
    """The longest runs of bands that make columns together, the others row by row."""
    rows: list[list[_Item]] = []
    start = 0
    while start < len(bands):
        end = start + 1
        for stop in range(len(bands), start + 1, -1):
            together = [item for band in bands[start:stop] for item in band]
            columns = _split(together, lambda item: (item.left, item.right), _COLUMN_GAP * height)
            if len(columns) > 1 and all(_is_column(column, height) for column in columns):
                end = stop
                break
        together = [item for band in bands[start:end] for item in band]
        rows += _cut(together, height, leftward=leftward, depth=1)
        start = end
    return rows


def _is_column(items: Sequence[_Item], height: float) -> bool:
    """Several lines under one another that are longer than the cells of a table mostly are."""
    wide = sum(item.right - item.left > 8 * height for item in items)
    return len(items) >= _FEWEST and wide * 2 >= len(items)


def _split(
    items: Sequence[_Item], extent: Callable[[_Item], tuple[float, float]], gap: float
) -> list[list[_Item]]:
    """The items in groups between which a stretch of at least `gap` is empty."""
    groups: list[list[_Item]] = []
    reach = -math.inf
    for item in sorted(items, key=extent):
        start, end = extent(item)
        if len(groups) > 0 and start < reach + gap:
            groups[-1].append(item)
        else:
            groups.append([item])
        reach = max(reach, end)
    return groups


def _rows(items: Sequence[_Item], *, leftward: bool) -> list[list[_Item]]:
    rows: list[list[_Item]] = []
    for item in sorted(items, key=lambda each: (each.top + each.bottom, each.left)):
        row = next((row for row in reversed(rows[-3:]) if _in_row(row[-1], item)), None)
        if row is None:
            rows.append([item])
        else:
            row.append(item)
    return [sorted(row, key=lambda each: -each.right if leftward else each.left) for row in rows]


def _in_row(one: _Item, other: _Item) -> bool:
    lower = min(one.bottom - one.top, other.bottom - other.top)
    apart = abs(one.top + one.bottom - other.top - other.bottom) / 2
    return apart < _SAME_ROW * lower
