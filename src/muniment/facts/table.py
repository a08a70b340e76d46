"""A table as this room is handed it: columns of coded values.

- A column holds each of its different values once, and for each row the number of the value that
  stands there, or -1. What is worked out of a value is worked out once, however many rows have it.
- Rows have their true numbers in the file, from 1, and are named here by their position, from 0.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from muniment.core import CellArea, CellKind, Digest, parse_place

Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]
NOTHING = -1  # the code of a row that holds no cell in a column


class Held(NamedTuple):
    """What cells hold and show, without their place; fields as in `core.Cell`."""

    kind: CellKind
    written: str
    shown: str | None = None
    number_format: str | None = None

    @property
    def displayed(self) -> str:
        """What somebody sees in the cell."""
        return self.written if self.shown is None else self.shown


class Column:
    """One column: `number` from 1; `codes` of the rows into `values`; `name` where it is stated.

    `hidden` and `unsure` are rows whose cell is hidden, or was read off a picture with little
    confidence; `places` are fragments of citations, by position, of cells that stand elsewhere
    than at their row and column: on a page, or over a range. `resultless` are rows whose cell
    holds a formula of which the file stores no result, `odd_formula` those whose formula is unlike
    the others of the column.
    """

    def __init__(  # noqa: PLR0913 - one parameter for each thing a column has
        self,
        number: int,
        codes: Codes,
        values: Sequence[Held],
        *,
        name: str | None = None,
        hidden: Mask | None = None,
        unsure: Mask | None = None,
        places: dict[int, str] | None = None,
        resultless: Mask | None = None,
        odd_formula: Mask | None = None,
    ) -> None:
        self.number = number
        self.codes = codes
        self.values = values
        self.name = name
        self.hidden = hidden
        self.unsure = unsure
        self.places = {} if places is None else places
        self.resultless = resultless
        self.odd_formula = odd_formula

    def at(self, position: int) -> Held | None:
        """What stands in a row; None where nothing does."""
        code = int(self.codes[position])
        return None if code == NOTHING else self.values[code]

    def filled(self) -> Mask:
        """Which rows show something there."""
        shows = self.of_values([value.displayed.strip() != "" for value in self.values])
        return np.asarray(shows, np.bool_)

    def of_values(self, answers: Sequence[bool]) -> Mask:
        """Which rows have a value for which the answer is yes."""
        table = np.append(np.array(answers, np.bool_), False)
        found: Any = table[self.codes]
        return np.asarray(found, np.bool_)


class Beyond(NamedTuple):
    """Columns that were too many to lay out, and how many cells stand in them, headers too."""

    columns: int = 0
    cells: int = 0


class Table:
    """A table of an object: true row numbers, columns in order, merged ranges.

    Of a table whose records did not lie one a row, `arrangement` says how they lay, `headers` are
    the rows that named its columns, `kinds` what its rows are (`layout.RowKind`), and `parts`
    which of the records that begin in its row each is, from 0. `told` is what a person told of how
    they lie, as canonical JSON; empty where rules found it.
    """

    def __init__(  # noqa: PLR0913 - one parameter for each thing a table has
        self,
        digest: Digest,
        sheet: str | None,
        rows: Codes,
        columns: Sequence[Column],
        merged: Sequence[CellArea] = (),
        *,
        beyond: Beyond = Beyond(),  # noqa: B008 - immutable
        epoch: str | None = None,
        arrangement: str = "",
        headers: tuple[int, ...] = (),
        kinds: NDArray[np.int8] | None = None,
        parts: Codes | None = None,
        told: str = "",
    ) -> None:
        self.digest = digest
        self.sheet = sheet
        self.rows = rows
        self.columns = tuple(columns)
        self.merged = tuple(merged)
        self.beyond = beyond
        self.epoch = epoch  # from which its file counts dates: 1904, or None for what is usual
        self.arrangement = arrangement
        self.headers = headers
        self.kinds = kinds
        self.parts = parts
        self.told = told
        self._by_number = {column.number: column for column in columns}

    def column(self, number: int) -> Column | None:
        """A column by its number."""
        return self._by_number.get(number)

    def position(self, row: int) -> int | None:
        """The position of a row by its true number; None where it holds no cell."""
        at = int(np.searchsorted(self.rows, row))
        return at if at < len(self.rows) and self.rows[at] == row else None

    def stands_at(self, column: int, position: int) -> tuple[int, int]:
        """The row and the column of the sheet in which a cell stands."""
        found = self.column(column)
        place = None if found is None else found.places.get(position)
        at = parse_place(place) if place is not None and self.arrangement != "" else None
        if isinstance(at, CellArea):
            return at.row, at.column
        return int(self.rows[position]), column

    def texts(self, position: int) -> dict[int, str]:
        """What a row shows, by column, blanks left out."""
        found = {}
        for column in self.columns:
            held = column.at(position)
            if held is not None and held.displayed.strip() != "":
                found[column.number] = held.displayed
        return found


def table_of_rows(
    digest: Digest,
    rows: Sequence[Sequence[Held | str | None]],
    *,
    sheet: str | None = None,
    first: int = 1,
    merged: Sequence[CellArea] = (),
) -> Table:
    """A table of rows that are at hand, one after the other; a string is a text cell."""
    width = max((len(row) for row in rows), default=0)
    columns = []
    for place in range(width):
        values: dict[Held, int] = {}
        codes = np.full(len(rows), NOTHING, np.int64)
        for position, row in enumerate(rows):
            cell = row[place] if place < len(row) else None
            if cell is not None and cell != "":
                held = Held(CellKind.TEXT, cell) if isinstance(cell, str) else cell
                codes[position] = values.setdefault(held, len(values))
        if len(values) > 0:
            columns.append(Column(place + 1, codes, tuple(values)))
    numbers = np.arange(first, first + len(rows), dtype=np.int64)
    return Table(digest, sheet, numbers, columns, merged)
