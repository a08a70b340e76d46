"""A table of counts by two properties, as it stands in a CSV file.

    region,men,women
    east,3,40
    west,25,60

- Its totals are not in it: they are computed, and a line that looks like one is refused, as it
  would be added to itself.
"""

from collections.abc import Sequence

import msgspec

from muniment.measure.errors import RequestError, TableError
from muniment.measure.table import whole_text

_TOTALS = ("total", "totals", "sum", "all")
_SMALLEST = 2  # rows and columns of a table: names and one count


class TwoWay(msgspec.Struct, frozen=True):
    """Counts with the names of their rows and columns."""

    corner: str  # what stands above the names of the rows
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


def two_way(cells: Sequence[Sequence[str]]) -> TwoWay:
    """The table in rows of cells: the header first, each row's name before its counts.

    The form that `suppress` takes (Fischetti and Salazar 2001, Management Science 47:1008-1027,
    section 2: a two-dimensional table with its marginals). Raises `RequestError` where it is none.
    """
    filled = [tuple(c.strip() for c in row) for row in cells if any(c.strip() for c in row)]
    if len(filled) < _SMALLEST or len(filled[0]) < _SMALLEST:
        raise RequestError("a table of counts needs a header and a row, names and a column")
    header, *body = filled
    for number, row in enumerate(body, start=2):
        if len(row) != len(header):
            raise RequestError(f"row {number} has {len(row)} cells, the header {len(header)}")
    names = tuple(row[0] for row in body)
    for name in (*header[1:], *names):
        if name.casefold() in _TOTALS:
            raise RequestError(f"{name!r} looks like a total: leave totals out, they are computed")
    for kind, given in (("columns", header[1:]), ("rows", names)):
        if len(set(given)) < len(given) or "" in given:
            raise RequestError(f"the {kind} need different names")
    counts = tuple(
        tuple(
            _count(cell, f"row {number}, {column}")
            for cell, column in zip(row[1:], header[1:], strict=True)
        )
        for number, row in enumerate(body, start=2)
    )
    return TwoWay(header[0], header[1:], names, counts)


def _count(untrusted_cell: str, where: str) -> int:
    try:
        return whole_text(untrusted_cell, where)
    except TableError as why:  # its next step is about lists of people
        raise RequestError(str(why)) from why
