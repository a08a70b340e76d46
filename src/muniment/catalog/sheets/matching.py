"""Which rows of a table answer conditions.

- A condition is put to the different values of a column, not to its rows.
- Words are found in the folded values end to end: the separator between them is in no word.
"""

import numpy as np

from muniment.catalog.sheets.blocks import SEPARATOR, Array, Coded
from muniment.catalog.sheets.layout import KINDS
from muniment.catalog.sheets.question import Mark, Test, Where
from muniment.catalog.sheets.sheet import Column, Entries, Sheet
from muniment.catalog.sheets.value import Rank, is_day, rank_of_text
from muniment.core import CellKind
from muniment.text import fold

_SAMPLE = 1 << 16


def matching(sheet: Sheet, where: tuple[Where, ...]) -> Array | None:
    """The positions of the rows for which all conditions hold, in order; None for all rows.

    Raises:
        UsageError: a condition is on a column that holds no cell.
    """
    chosen: Array | None = None
    for condition in where:
        mask = _rows(sheet, condition)
        chosen = mask if chosen is None else chosen & mask
    return None if chosen is None else np.flatnonzero(chosen)


def _rows(sheet: Sheet, condition: Where) -> Array:
    if condition.column is not None:
        return _rows_of_column(sheet.column(condition.column), condition)
    mask = np.zeros(len(sheet.rows), bool)
    for number in sheet.columns:
        mask |= _rows_of_column(sheet.column(number), condition)
    return mask


def _rows_of_column(column: Column, condition: Where) -> Array:
    if condition.test is Test.MARK:
        return _marked(column, Mark(condition.value))
    entries = np.zeros(len(column.values.entries) + 1, bool)  # the last: no cell
    entries[:-1] = _values(column, condition)
    if condition.test is Test.EMPTY:
        entries[-1] = True
    return np.asarray(entries[column.values.codes])


def _values(column: Column, condition: Where) -> Array:
    """Which of a column's values answer a condition."""
    count, filled = len(column.values.entries), column.layout.filled
    shows = np.arange(count) < filled
    if condition.test is Test.KIND:
        return np.asarray(column.kinds == KINDS.index(CellKind(condition.value)))
    if condition.test in (Test.EMPTY, Test.FILLED):
        return shows if condition.test is Test.FILLED else ~shows
    chosen = np.zeros(count, bool)
    match condition.test:
        case Test.HAS | Test.LACKS:
            chosen[_holding(column.folded, fold(condition.value))] = True
        case Test.IS | Test.NOT:
            chosen[_displaying(column, condition.value)] = True
        case Test.FROM:
            chosen[_from(column, condition.value)] = True
        case _:
            chosen[_to(column, condition.value)] = True
    return shows & (~chosen if condition.test in (Test.LACKS, Test.NOT) else chosen)


def _marked(column: Column, mark: Mark) -> Array:
    layout, rows = column.layout, len(column.values.codes)
    match mark:
        case Mark.HIDDEN:
            return np.zeros(rows, bool) if column.hidden is None else column.hidden != 0
        case Mark.COMMENT:
            return _having(column, layout.comments)
        case Mark.FORMULA:
            return _having(column, layout.formulas)


def _having(column: Column, coded: Coded | None) -> Array:
    found = column.coded(coded)
    return np.zeros(len(column.values.codes), bool) if found is None else found.has()


def _displaying(column: Column, text: str) -> list[int]:
    """The values that display exactly this text."""
    folded = fold(text).encode("utf-8", "surrogatepass")
    found = _found(column.folded.joined, SEPARATOR + folded + SEPARATOR) + 1
    candidates = [int(each) for each in np.searchsorted(column.folded.ends, found, side="right")]
    if len(column.folded) > 0 and bytes(column.folded[0]) == folded:
        candidates.append(0)  # before the first there is no separator
    return [number for number in candidates if column.value(number).displayed == text]


def _holding(entries: Entries, word: str) -> Array:
    """The entries that hold a folded word; all where folding leaves nothing of it."""
    if word == "":
        return np.arange(len(entries))
    found = _found(entries.joined, word.encode("utf-8", "surrogatepass"))
    return np.searchsorted(entries.ends, found, side="right")


def _found(joined: Array, needle: bytes) -> Array:
    """Where `needle` begins in `joined`."""
    last = len(joined) - len(needle) + 1
    if last <= 0:
        return np.zeros(0, np.int64)
    sample = np.bincount(joined[:_SAMPLE], minlength=256)
    rarest = min(range(len(needle)), key=lambda place: int(sample[needle[place]]))
    found = np.flatnonzero(joined[rarest : rarest + last] == needle[rarest])
    for place, byte in enumerate(needle):
        if place != rarest:
            found = found[joined[found + place] == byte]
    return found


def _from(column: Column, bound: str) -> slice:
    """The values of the bound's rank that do not come before it."""
    rank, number = rank_of_text(bound)
    start, end = _ranked(column, rank)
    if rank is Rank.TEXT:
        return slice(_first_text(column, fold(bound), start, end), end)
    return slice(start + int(np.searchsorted(column.keys[start:end], number)), end)


def _to(column: Column, bound: str) -> slice:
    """The values of the bound's rank that do not come after it; a day and a beginning whole."""
    rank, number = rank_of_text(bound)
    start, end = _ranked(column, rank)
    if rank is Rank.TEXT:
        return slice(start, _first_text(column, fold(bound) + "\U0010ffff", start, end))
    if rank is Rank.DATE and is_day(bound):
        return slice(start, start + int(np.searchsorted(column.keys[start:end], number + 1)))
    up_to = np.searchsorted(column.keys[start:end], number, side="right")
    return slice(start, start + int(up_to))


def _ranked(column: Column, rank: Rank) -> tuple[int, int]:
    layout = column.layout
    match rank:
        case Rank.NUMBER:
            return 0, layout.numbers
        case Rank.DATE:
            return layout.numbers, layout.dates
        case Rank.TEXT:
            return layout.dates, layout.filled
        case Rank.BLANK:
            return layout.filled, len(column.values.entries)


def _first_text(column: Column, word: str, start: int, end: int) -> int:
    """The first text from `start` on that does not come before `word`."""
    while start < end:
        middle = (start + end) // 2
        if bytes(column.folded[middle]).decode() < word:
            start = middle + 1
        else:
            end = middle
    return start
