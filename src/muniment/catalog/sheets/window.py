"""A window of a table: some rows and columns of it, in an order, where conditions hold."""

from collections.abc import Sequence

import msgspec

from muniment.catalog.sheets.blocks import Array
from muniment.catalog.sheets.matching import matching
from muniment.catalog.sheets.ordering import rank_in_order, stretch
from muniment.catalog.sheets.question import Question
from muniment.catalog.sheets.sheet import CodedRows, Column, Range, Sheet
from muniment.catalog.sheets.value import Value
from muniment.core import UsageError

MOST_ROWS = 1_000  # of a window


class SeenCell(msgspec.Struct, frozen=True, gc=False):
    """One cell of a window."""

    value: Value
    hidden: bool = False
    formula: bool = False
    comment: str | None = None
    again: bool = False  # the file has another cell under the same row and column

    @property
    def is_plain(self) -> bool:
        """Whether it is a value and nothing else."""
        return not (self.hidden or self.formula or self.again or self.comment is not None)


class SeenRow(msgspec.Struct, frozen=True):
    """One row of a window: its true number, and a cell or none for each column."""

    number: int
    hidden: bool
    cells: tuple[SeenCell | None, ...]


class Window(msgspec.Struct, frozen=True):
    """Rows `start` to `start + len(rows)`, counted from 0, of the `total` that were asked for."""

    columns: tuple[int, ...]
    rows: tuple[SeenRow, ...]
    start: int
    total: int
    ranges: tuple[Range, ...] = ()


def window(
    sheet: Sheet,
    question: Question = Question(),  # noqa: B008 - it cannot be changed
    *,
    columns: Sequence[int] | None = None,
    start: int = 0,
    count: int = 50,
) -> Window:
    """Some rows of a table; of all its columns where none are named.

    Raises:
        UsageError: a column holds no cell, or more rows are asked for than a window holds.
    """
    if not 0 < count <= MOST_ROWS:
        raise UsageError(
            f"a window of {count:,} rows is refused", next_step=f"ask for 1 to {MOST_ROWS:,} rows"
        )
    chosen = tuple(sheet.columns if columns is None else columns)
    held = matching(sheet, question.where)
    positions = stretch(sheet, held, question.sort, max(0, start), count)
    rows = seen_rows(sheet, chosen, positions)
    numbers = [row.number for row in rows]
    return Window(
        columns=chosen,
        rows=rows,
        start=max(0, start),
        total=len(sheet.rows) if held is None else len(held),
        ranges=sheet.ranges(min(numbers), max(numbers)) if len(numbers) > 0 else (),
    )


def rank_of_row(sheet: Sheet, question: Question, row: int) -> int | None:
    """How many rows come before this one in what is asked for; None where it is not among them.

    Without an order a row that holds no cell has the rank of the next that does.
    """
    held = matching(sheet, question.where)
    at = int(sheet.rows.searchsorted(row))
    if len(question.sort) == 0:
        return at if held is None else int(held.searchsorted(at))
    return None if sheet.position(row) is None else rank_in_order(sheet, held, question.sort, at)


def seen_rows(sheet: Sheet, columns: Sequence[int], positions: Array) -> tuple[SeenRow, ...]:
    """These rows, by their positions."""
    seen = [_seen_cells(sheet.column(number), positions) for number in columns]
    across = zip(*seen, strict=True) if len(seen) > 0 else (() for _ in positions)
    hidden = sheet.hidden_rows
    marks = [False] * len(positions) if hidden is None else hidden[positions].astype(bool).tolist()
    return tuple(
        SeenRow(number, mark, cells)
        for number, mark, cells in zip(sheet.rows[positions].tolist(), marks, across, strict=True)
    )


def _seen_cells(column: Column, positions: Array) -> list[SeenCell | None]:
    """The cells of a column in these rows; equal ones are made once."""
    codes = column.values.codes[positions].tolist()
    none = len(column.values.entries)
    different = [code for code in dict.fromkeys(codes) if code != none]
    made: dict[int, SeenCell | None] = {none: None}
    made.update(zip(different, map(SeenCell, column.some_values(different)), strict=True))
    cells = [made[code] for code in codes]
    layout = column.layout
    marked = (layout.hidden, layout.formulas, layout.comments, layout.again)
    if any(each is not None for each in marked):
        return _with_marks(column, positions, cells)
    return cells


def _with_marks(
    column: Column, positions: Array, cells: list[SeenCell | None]
) -> list[SeenCell | None]:
    layout = column.layout
    formulas, comments = column.coded(layout.formulas), column.coded(layout.comments)
    again = column.coded(layout.again)
    found: list[SeenCell | None] = []
    for position, cell in zip(positions.tolist(), cells, strict=True):
        if cell is None:
            found.append(None)
            continue
        said = None if comments is None else comments.at(position)
        found.append(
            SeenCell(
                cell.value,
                hidden=column.hidden is not None and bool(column.hidden[position]),
                formula=_has(formulas, position),
                comment=None if said is None else bytes(said).decode(),
                again=_has(again, position),
            )
        )
    return found


def _has(coded: CodedRows | None, position: int) -> bool:
    return coded is not None and coded.at(position) is not None
