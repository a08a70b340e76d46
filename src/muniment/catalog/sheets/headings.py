"""What the columns of a table are called: as the file states it, as a row says, or by letters.

- A row is proposed as the one of headings only where it stands out: different texts, in most
  columns, above rows of which some column holds mostly numbers or dates.
- A proposal changes nothing: the row stays a row, and a person may name another or none.
"""

from collections import Counter

import msgspec
import numpy as np

from muniment.catalog.sheets.letters import letters
from muniment.catalog.sheets.sheet import Sheet
from muniment.catalog.sheets.value import Rank, rank_of
from muniment.catalog.sheets.window import SeenCell, SeenRow, seen_rows

_PROPOSED = 10  # rows from the top that may be the one of headings
_BELOW = 30  # rows under it that are looked at
_LEAST_SHARE = 0.6  # of the columns that it names
_LONGEST = 200  # letters of a name

STATED, CHOSEN, GUESSED, NONE = "stated", "chosen", "guessed", "none"


class Headings(msgspec.Struct, frozen=True):
    """The row of headings, or None; how it is known; names by column, some perhaps missing."""

    row: int | None
    how: str
    names: dict[int, str]

    def of(self, column: int) -> str:
        """The name of a column; its letters where it has none."""
        return self.names.get(column, "") or letters(column)


def headings(sheet: Sheet, row: int | None = None) -> Headings:
    """The headings of a table: those in `row` (none where it is 0), else the best that is known."""
    if row is not None:
        return _of_row(sheet, row, CHOSEN)
    stated = {
        number: name
        for number in sheet.columns
        if (name := sheet.column(number).layout.name) is not None
    }
    if len(stated) > 0:
        return Headings(None, STATED, stated)
    guess = _guess(sheet)
    return Headings(None, NONE, {}) if guess is None else _of_row(sheet, guess, GUESSED)


def _of_row(sheet: Sheet, row: int, how: str) -> Headings:
    position = sheet.position(row)
    if position is None:
        return Headings(None, NONE, {})
    (held,) = seen_rows(sheet, sheet.columns, np.array([position]))
    named = zip(sheet.columns, held.cells, strict=True)
    return Headings(
        row,
        how,
        {
            column: " ".join(cell.value.displayed.split())[:_LONGEST]
            for column, cell in named
            if cell is not None
        },
    )


def _guess(sheet: Sheet) -> int | None:
    most = min(len(sheet.rows), _PROPOSED + _BELOW)
    rows = seen_rows(sheet, sheet.columns, np.arange(most))
    for place, row in enumerate(rows[:_PROPOSED]):
        below = rows[place + 1 : place + 1 + _BELOW]
        if _may_name(row) and any(_is_of_numbers(column) for column in _columns(below)):
            return row.number
    return None


def _may_name(row: SeenRow) -> bool:
    """Whether a row holds different texts, in most columns."""
    held = [cell for cell in row.cells if cell is not None]
    texts = [cell.value.displayed for cell in held if _rank(cell) is Rank.TEXT]
    others = sum(_rank(cell) in (Rank.NUMBER, Rank.DATE) for cell in held)
    enough = len(texts) > 1 and len(texts) >= _LEAST_SHARE * len(row.cells)
    return enough and others == 0 and len(set(texts)) == len(texts)


def _columns(rows: tuple[SeenRow, ...]) -> list[tuple[SeenCell | None, ...]]:
    return list(zip(*(row.cells for row in rows), strict=True))


def _is_of_numbers(cells: tuple[SeenCell | None, ...]) -> bool:
    ranks = Counter(_rank(cell) for cell in cells)
    return ranks[Rank.NUMBER] + ranks[Rank.DATE] > ranks[Rank.TEXT]


def _rank(cell: SeenCell | None) -> Rank:
    if cell is None:
        return Rank.BLANK
    return rank_of(cell.value.kind, cell.value.written, cell.value.displayed)[0]
