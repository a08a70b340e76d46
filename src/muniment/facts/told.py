"""How the records of a table lie, on the word of a person: for tables that are arranged wrongly.

    list     a record a row, under these rows of headers
    beside   lists beside each other under one row of headers; each begins in one of `begins`
    form     labels in the columns `begins`, what is answered on their right, a form below the other
    across   labels in the one column of `begins`, a record in each of the columns beside it

- It is part of the mapping that a person confirms, and of the shape: it is recorded, replaced,
  withdrawn and replayed with that mapping, and used for every table with the same headers there.
- Rows and columns are those of the sheet, from 1. What stands outside of them states nothing, and
  is counted and listed.
"""

from collections.abc import Iterator

import msgspec

from muniment.core import canonical_json
from muniment.facts.shape import ACROSS, BESIDE, FORM

LIST = "list"
RECORDS = (LIST, BESIDE, FORM, ACROSS)
_LAST = 1 << 31  # no sheet has so many rows
_MOST = 10_000  # rows of headers, columns of labels


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the records of a table are; `last` 0 stands for as far as the sheet goes."""

    records: str = LIST
    headers: tuple[int, ...] = ()  # rows; none: nothing names the columns, or labels do
    rows: tuple[int, int] = (1, 0)  # first and last row of data
    columns: tuple[int, int] = (1, 0)  # first and last column
    begins: tuple[int, ...] = ()  # columns in which lists begin, or in which labels stand

    def has_row(self, row: int) -> bool:
        """Whether a row of the sheet is one of data."""
        return self.rows[0] <= row <= (self.rows[1] or _LAST) and row not in self.headers

    def has_column(self, column: int) -> bool:
        """Whether a column of the sheet is looked at."""
        return self.columns[0] <= column <= (self.columns[1] or _LAST)


def told_text(told: Told) -> str:
    """What was told, as the canonical JSON that is part of a shape."""
    return canonical_json(msgspec.to_builtins(told)).decode()


def told_of(text: str) -> Told | None:
    """What such JSON says; None of an empty text."""
    return None if text == "" else msgspec.json.decode(text, type=Told)


def wrongs_of(told: Told) -> Iterator[str]:
    """What contradicts itself in it."""
    if told.records not in RECORDS:
        yield f"records cannot be told to lie {told.records!r}, but {', '.join(RECORDS)}"
    for name, (first, last) in (("rows", told.rows), ("columns", told.columns)):
        if first < 1 or (last != 0 and last < first):
            yield f"{name} {first} to {last} are none"
    numbers = (*told.headers, *told.begins)
    if any(each < 1 for each in numbers) or len(numbers) > _MOST:
        yield "rows and columns are counted from 1"
    if list(told.headers) != sorted(set(told.headers)):
        yield "rows of headers are named from the top, each once"
    if list(told.begins) != sorted(set(told.begins)):
        yield "columns are named from the left, each once"
    yield from _wrong_begins(told)


def _wrong_begins(told: Told) -> Iterator[str]:
    count = len(told.begins)
    if told.records == LIST and count > 0:
        yield "a list begins nowhere but in its first column"
    if told.records == BESIDE and (count < 2 or len(told.headers) == 0):  # noqa: PLR2004 - several
        yield "of lists beside each other, a row of headers and where two or more begin are told"
    if told.records == FORM and count == 0:
        yield "of a form, the columns of its labels are told"
    if told.records == ACROSS and count != 1:
        yield "where each column is a record, the one column of labels is told"
