"""The order of a table's rows, and a stretch of it without working out the whole.

- Descending is ascending read backwards, save that rows which show nothing stay last.
- Rows that are equal in every column asked for stay in the order of the table (backwards where the
  first column is).
"""

import numpy as np

from muniment.catalog.sheets.blocks import Array
from muniment.catalog.sheets.question import Sort
from muniment.catalog.sheets.sheet import Column, Sheet


def in_order(sheet: Sheet, positions: Array | None, sort: tuple[Sort, ...]) -> Array:
    """The positions, all where None, in this order.

    Raises:
        UsageError: it names a column that holds no cell.
    """
    chosen = np.arange(len(sheet.rows)) if positions is None else positions
    if len(sort) == 0:
        return chosen
    if sort[0].descending:
        chosen = chosen[::-1]
    keys = [_keys(sheet, each, chosen) for each in sort]
    if len(keys) == 1:
        return chosen[np.argsort(keys[0], kind="stable")]
    return chosen[np.lexsort(keys[::-1])]


def stretch(
    sheet: Sheet, positions: Array | None, sort: tuple[Sort, ...], start: int, count: int
) -> Array:
    """`count` of the positions in this order, from the `start`-th on, counted from 0.

    Only the rows around the stretch are put in order: those whose value in the first column lies
    between the values at its ends.
    """
    total = len(sheet.rows) if positions is None else len(positions)
    end = min(start + count, total)
    if start >= end:
        return np.zeros(0, np.int64)
    if len(sort) == 0:
        return np.arange(start, end) if positions is None else positions[start:end]
    column = sheet.column(sort[0].column)
    codes = column.values.codes if positions is None else column.values.codes[positions]
    counts = np.bincount(codes, minlength=len(column.values.entries) + 1)
    turned = _turned(column) if sort[0].descending else None
    up_to = np.cumsum(counts if turned is None else counts[turned])
    lowest = int(np.searchsorted(up_to, start, side="right"))
    highest = int(np.searchsorted(up_to, end - 1, side="right"))
    before = 0 if lowest == 0 else int(up_to[lowest - 1])
    if turned is None:
        near = np.flatnonzero((codes >= lowest) & (codes <= highest))
    else:
        wanted = np.zeros(len(counts), bool)
        wanted[turned[lowest : highest + 1]] = True
        near = np.flatnonzero(wanted[codes])
    chosen = near if positions is None else positions[near]
    return in_order(sheet, chosen, sort)[start - before : end - before]


def rank_in_order(
    sheet: Sheet, positions: Array | None, sort: tuple[Sort, ...], position: int
) -> int | None:
    """How many of the positions come before one of them in this order; None where it is none.

    Only rows of the same value in the first column are put in order; those before are counted.
    """
    column = sheet.column(sort[0].column)
    codes = column.values.codes if positions is None else column.values.codes[positions]
    own = column.values.codes[position]
    same = np.flatnonzero(codes == own)
    alike = in_order(sheet, same if positions is None else positions[same], sort)
    found = np.flatnonzero(alike == position)
    if len(found) == 0:
        return None
    counts = np.bincount(codes, minlength=len(column.values.entries) + 1)
    if sort[0].descending:
        turned = _turned(column)
        before = counts[turned[: turned[own]]].sum()
    else:
        before = counts[:own].sum()
    return int(before) + int(found[0])


def _keys(sheet: Sheet, sort: Sort, positions: Array) -> Array:
    """A small number for each position, by which it is ordered."""
    column = sheet.column(sort.column)
    codes = column.values.codes[positions]
    # Turning twice is turning not at all: the place of a value is also the value at that place.
    return _turned(column).astype(codes.dtype)[codes] if sort.descending else codes


def _turned(column: Column) -> Array:
    """The numbers of a column's values in descending order; what shows nothing stays last."""
    turned = np.arange(len(column.values.entries) + 1)
    filled = column.layout.filled
    turned[:filled] = np.arange(filled)[::-1]
    return turned
