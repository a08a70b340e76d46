"""What a column holds, counted over the rows that are asked for."""

import msgspec
import numpy as np

from muniment.catalog.sheets.blocks import Array
from muniment.catalog.sheets.layout import KINDS
from muniment.catalog.sheets.matching import matching
from muniment.catalog.sheets.question import Question
from muniment.catalog.sheets.sheet import Column, Sheet


class Frequent(msgspec.Struct, frozen=True):
    """What cells display, and how many do."""

    displayed: str
    count: int


class ColumnStatistics(msgspec.Struct, frozen=True):
    """Counts of one column.

    `least` and `most` are what the smallest and the largest number (or date) display; None where
    there is none. `kinds` names only those that occur.
    """

    column: int
    rows: int
    filled: int
    distinct: int
    numbers: int
    dates: int
    texts: int
    least_number: str | None
    most_number: str | None
    least_date: str | None
    most_date: str | None
    kinds: tuple[tuple[str, int], ...]
    hidden: int
    formulas: int
    comments: int
    frequent: tuple[Frequent, ...]

    @property
    def empty(self) -> int:
        """Rows in which nothing is shown."""
        return self.rows - self.filled


def column_statistics(
    sheet: Sheet,
    column: int,
    question: Question = Question(),  # noqa: B008 - it cannot be changed
    *,
    most: int = 20,
) -> ColumnStatistics:
    """Count a column over the rows that a question asks for; its `most` most frequent values.

    Of values that are equally frequent, those that come first in the order of the column.

    Raises:
        UsageError: the column, or one that the question names, holds no cell.
    """
    counted = sheet.column(column)
    layout = counted.layout
    held = matching(sheet, question.where)
    codes = counted.values.codes if held is None else counted.values.codes[held]
    entries = len(counted.values.entries)
    counts = np.bincount(codes, minlength=entries + 1)[:entries]
    shown = counts[: layout.filled]
    alike = _alike(counted, shown)
    return ColumnStatistics(
        column=column,
        rows=len(codes),
        filled=int(shown.sum()),
        distinct=int((alike > 0).sum()),
        numbers=int(counts[: layout.numbers].sum()),
        dates=int(counts[layout.numbers : layout.dates].sum()),
        texts=int(counts[layout.dates : layout.filled].sum()),
        least_number=_first(counted, counts, 0, layout.numbers),
        most_number=_last(counted, counts, 0, layout.numbers),
        least_date=_first(counted, counts, layout.numbers, layout.dates),
        most_date=_last(counted, counts, layout.numbers, layout.dates),
        kinds=_kinds(counted, counts),
        hidden=_marked(counted.hidden, held),
        formulas=_coded(counted, held, "formulas"),
        comments=_coded(counted, held, "comments"),
        frequent=_frequent(counted, alike, most),
    )


def _alike(column: Column, counts: Array) -> Array:
    """The counts, with those of values that display the same added to the first of them."""
    if column.alike is None:
        return counts
    summed = np.bincount(column.alike[: len(counts)], weights=counts, minlength=len(counts))
    return summed.astype(np.int64)


def _frequent(column: Column, counts: Array, most: int) -> tuple[Frequent, ...]:
    if len(counts) > most:
        least = np.partition(counts, len(counts) - most)[len(counts) - most]
        above, equal = np.flatnonzero(counts > least), np.flatnonzero(counts == least)
        chosen = np.concatenate([above, equal[: most - len(above)]])
    else:
        chosen = np.arange(len(counts))
    ordered = sorted((int(number) for number in chosen), key=lambda each: (-counts[each], each))
    return tuple(
        Frequent(column.value(number).displayed, int(counts[number]))
        for number in ordered
        if counts[number] > 0
    )


def _first(column: Column, counts: Array, start: int, end: int) -> str | None:
    found = np.flatnonzero(counts[start:end])
    return None if len(found) == 0 else column.value(start + int(found[0])).displayed


def _last(column: Column, counts: Array, start: int, end: int) -> str | None:
    found = np.flatnonzero(counts[start:end])
    return None if len(found) == 0 else column.value(start + int(found[-1])).displayed


def _kinds(column: Column, counts: Array) -> tuple[tuple[str, int], ...]:
    summed = np.bincount(column.kinds, weights=counts, minlength=len(KINDS))
    named = zip(KINDS, summed.astype(np.int64).tolist(), strict=True)
    return tuple((kind.value, count) for kind, count in named if count > 0)


def _marked(marks: Array | None, held: Array | None) -> int:
    if marks is None:
        return 0
    return int(np.count_nonzero(marks if held is None else marks[held]))


def _coded(column: Column, held: Array | None, name: str) -> int:
    coded = column.coded(getattr(column.layout, name))
    return _marked(None if coded is None else coded.has(), held)
