"""What the columns of a table are called: as the file states it, as a row says, or by letters.

- A row is proposed as the one of headings only where it stands out: different texts, in most
  columns, above rows of which some column holds mostly numbers or dates.
- A proposal changes nothing: the row stays a row, and a person may name another or none.
"""

import msgspec
import numpy as np

from muniment.catalog.sheets.blocks import Array
from muniment.catalog.sheets.letters import letters
from muniment.catalog.sheets.sheet import Column, Sheet
from muniment.catalog.sheets.value import Rank
from muniment.catalog.sheets.window import seen_rows

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
    ranks = _ranks(sheet, most)
    for place in range(min(_PROPOSED, most)):
        below = ranks[:, place + 1 : place + 1 + _BELOW]
        if (
            _may_name(ranks[:, place])
            and _some_is_of_numbers(below)
            and _texts_differ(sheet, place)
        ):
            return int(sheet.rows[place])
    return None


def _ranks(sheet: Sheet, most: int) -> Array:
    """The ranks of the cells of the first rows, a line for each column; `BLANK` where none is."""
    found = np.empty((len(sheet.columns), most), np.int64)
    for line, number in enumerate(sheet.columns):
        column = sheet.column(number)
        found[line] = _ranks_of(column, column.values.codes[:most])
    return found


def _ranks_of(column: Column, codes: Array) -> Array:
    """A column's values stand in the order of their ranks, so that a number tells its own."""
    layout = column.layout
    return np.searchsorted((layout.numbers, layout.dates, layout.filled), codes, side="right")


def _may_name(ranks: Array) -> bool:
    """Whether a row holds texts in most columns, and no number or date."""
    texts = np.count_nonzero(ranks == Rank.TEXT)
    others = np.count_nonzero(ranks < Rank.TEXT)
    return bool(others == 0 and texts > 1 and texts >= _LEAST_SHARE * len(ranks))


def _texts_differ(sheet: Sheet, place: int) -> bool:
    """Whether no two texts of a row are the same."""
    (row,) = seen_rows(sheet, sheet.columns, np.array([place]))
    texts = [cell.value.displayed for cell in row.cells if cell is not None]
    shown = [text for text in texts if text != ""]
    return len(set(shown)) == len(shown)


def _some_is_of_numbers(ranks: Array) -> bool:
    """Whether some column holds more numbers and dates than texts."""
    numbers = np.count_nonzero(ranks < Rank.TEXT, axis=1)
    return bool(np.any(numbers > np.count_nonzero(ranks == Rank.TEXT, axis=1)))
