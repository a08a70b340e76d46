"""Columns of records that are gathered from cells anywhere in a table."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from muniment.core import CellArea, print_place
from muniment.facts.layout import RowKind
from muniment.facts.table import NOTHING, Codes, Column, Held, Mask, Table

Place = tuple[int, int]  # number of a column, position of a row


class Record:
    """One record: the row it begins in, what it is, and its cells by column as (column, row)."""

    def __init__(self, row: int, kind: RowKind = RowKind.DATA) -> None:
        self.row = row
        self.kind = kind
        self.cells: dict[int, Place] = {}


def table_of_records(  # noqa: PLR0913 - one parameter for each thing that is known of them
    table: Table,
    records: Sequence[Record],
    names: Sequence[str],
    arrangement: str,
    headers: tuple[int, ...] = (),
    *,
    told: AbstractSet[Place] = frozenset(),
) -> Table:
    """The records as rows, ordered by where they begin, and under them what stands outside.

    Cells are told by the numbers of their columns and the positions of their rows in `table`;
    `told` are those that the names come from. The column behind the last name holds what belongs
    to no record.
    """
    placed = told | {cell for record in records for cell in record.cells.values()}
    top = min(record.row for record in records)
    outside = _outside(table, placed, len(names) + 1, top)
    rows = sorted([*records, *outside], key=lambda record: record.row)
    columns = [
        _gathered(table, rows, number, name)
        for number, name in enumerate([*names, None], 1)
        if name is not None or len(outside) > 0
    ]
    numbers = np.array([int(table.rows[record.row]) for record in rows], np.int64)
    return Table(
        table.digest,
        table.sheet,
        numbers,
        columns,
        beyond=table.beyond,
        epoch=table.epoch,
        arrangement=arrangement,
        headers=headers,
        kinds=np.array([record.kind for record in rows], np.int8),
        parts=_parts(numbers),
    )


def _outside(table: Table, placed: AbstractSet[Place], number: int, top: int) -> list[Record]:
    """A row that is no data for each cell that belongs to no record."""
    found = []
    for column in table.columns:
        for row in np.flatnonzero(column.filled()).tolist():
            if (column.number, row) not in placed:
                record = Record(row, RowKind.TITLE if row < top else RowKind.NOTE)
                record.cells[number] = (column.number, row)
                found.append(record)
    return found


def _parts(numbers: Codes) -> Codes:
    """Which of the rows of one number each is, from 0."""
    first = np.searchsorted(numbers, numbers)
    return np.arange(len(numbers)) - first


def _gathered(table: Table, rows: Sequence[Record], number: int, name: str | None) -> Column:
    """One column of the records, with the place of each of its cells."""
    codes = np.full(len(rows), NOTHING, np.int64)
    masks = {each: np.zeros(len(rows), np.bool_) for each in _MASKS}
    values: dict[Held, int] = {}
    places: dict[int, str] = {}
    for at, record in enumerate(rows):
        source, position = record.cells.get(number, (0, 0))
        column = table.column(source)
        held = None if column is None else column.at(position)
        if column is None or held is None:
            continue
        codes[at] = values.setdefault(held, len(values))
        places[at] = column.places.get(position) or _place(table, source, position)
        for each, mask in masks.items():
            known: Mask | None = getattr(column, each)
            mask[at] = known is not None and bool(known[position])
    told = {each: mask if mask.any() else None for each, mask in masks.items()}
    return Column(number, codes, tuple(values), name=name, places=places, **told)


_MASKS = ("hidden", "unsure", "resultless", "odd_formula")  # of `Column`


def _place(table: Table, column: int, position: int) -> str:
    return print_place(CellArea(int(table.rows[position]), column, table.sheet))
