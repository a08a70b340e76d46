"""What a share is made of, counted in a table of one row a person.

- A blank is neither: nobody said anything, and `share` bounds what that can do.
- Every person counted is cited by the cell that says so, as RFC 7111 writes it: rows and columns
  count from 1, the header is row 1.
"""

from collections.abc import Collection, Sequence

import msgspec

from muniment.measure.errors import RequestError
from muniment.measure.table import BLANK


class Tally(msgspec.Struct, frozen=True):
    """The people of a register by what one column says of them."""

    having: int
    people: int
    blank: int
    cells: tuple[str, ...]  # of those having the property
    values: tuple[str, ...]  # the other values there are: they were read as not having it


def tally(rows: Sequence[Sequence[str]], column: str, having: Collection[str]) -> Tally:
    """The people whose cell in `column` is one of `having`, and those whose cell is blank.

    y, n and the number of blanks of `share` (Manski 1989, Journal of Human Resources 24:343-360);
    the first row is the header, rows without any text count nobody.
    """
    header = [name.strip() for name in rows[0]] if len(rows) > 0 else []
    if header.count(column) != 1:
        raise RequestError(
            f"{header.count(column)} columns are called {column!r}; there are: {', '.join(header)}"
        )
    place = header.index(column)
    said: list[tuple[int, str]] = []
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(header) and len(row) > 0:
            raise RequestError(f"row {number} has {len(row)} cells, the header {len(header)}")
        if any(cell.strip() for cell in row):
            said.append((number, row[place].strip()))
    values = {value for _, value in said}
    missing = sorted(set(having) - values)
    if len(missing) > 0:
        raise RequestError(f"no cell of {column!r} is {', '.join(map(repr, missing))}")
    blanks = {value for value in values if value.casefold() in BLANK and value not in having}
    return Tally(
        having=sum(value in having for _, value in said),
        people=len(said),
        blank=sum(value in blanks for _, value in said),
        cells=tuple(f"cell={number},{place + 1}" for number, value in said if value in having),
        values=tuple(sorted(values - set(having) - blanks)),
    )
