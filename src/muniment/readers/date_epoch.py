"""What a workbook says of the day from which it counts dates, where that is not the usual one.

A number without a date's format shows no day: whoever reads it must know what it counts from.
"""

from collections.abc import Iterator

from muniment.core import CellArea, Metadata

_NAME = "dates counted from"


def stated_epoch(at: CellArea, *, from_1904: bool) -> Iterator[Metadata]:
    """That the dates of a sheet are counted from 1904: ECMA-376 Part 1, §18.17.4.1."""
    if from_1904:
        yield Metadata(at, _NAME, "1904")
