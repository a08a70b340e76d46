"""What the file of an object's laid-out tables says of itself: tables, columns, where all lies.

- Each column holds its different values once, in order, and for each row which of them it has:
  sorting, filtering and counting then work on small numbers.
- Nothing of a cell is left out: value, formula, comment, place, who read it, hidden or not.
"""

import msgspec

from muniment.catalog.sheets.blocks import Block, Coded, Texts
from muniment.core import CellKind

VERSION = 1  # of how values are ordered and folded; a change lays all tables out anew
KINDS = tuple(CellKind)  # a kind is stored as its number here


class ColumnLayout(msgspec.Struct, frozen=True, array_like=True):
    """One column; arrays of rows are as long as the table's `rows`.

    Of the entries of `values`, in order, the first `numbers` are numbers, those up to `dates` are
    dates, those up to `filled` texts, and the rest show nothing.
    """

    column: int  # from 1
    values: Coded  # of packed values
    numbers: int
    dates: int
    filled: int
    keys: Block  # the number of each number and date
    folded: Texts  # what each entry displays, folded
    kinds: Block  # of each entry
    alike: Block | None  # entry → the first that displays the same; None where all differ
    hidden: Block | None  # row → 1 where the cell is hidden
    formulas: Coded | None
    comments: Coded | None
    places: Coded | None  # printed, where a cell stands in no cell of its own sheet
    read_by: Coded | None  # encoded `ReadBy`
    again: Coded | None  # encoded list of further cells under the same row and column
    is_hidden: bool  # every cell in it, but not every cell of the table
    name: str | None  # as the file states it
    stated_type: str | None


class ReadBy(msgspec.Struct, frozen=True, array_like=True):
    """Who read a cell off a picture, and how sure it is."""

    confidence: float | None
    source: str


class TableLayout(msgspec.Struct, frozen=True, array_like=True):
    """One table: its rows by their true numbers, its columns, and what is said of ranges.

    `ranges` holds row, column, last row and last column of each, in order of rows; `said` their
    encoded `Said`.
    """

    sheet: str | None
    rows: Block
    hidden_rows: Block | None  # row → 1 where every cell of it is hidden
    columns: tuple[ColumnLayout, ...]
    columns_left_out: int
    ranges: Block
    said: Coded
    ranges_left_out: int


class Said(msgspec.Struct, frozen=True, array_like=True):
    """A property that the file states of a range: merged, linked, filtered."""

    name: str
    written: str


class Contents(msgspec.Struct, frozen=True, array_like=True):
    """The tables of an object in the order in which they were met, and what they were made of."""

    version: int
    source: str
    tables: tuple[tuple[str | None, Block], ...]
