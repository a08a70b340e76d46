"""Lays the tables of an object out: parts in, one file out.

- The parts alone decide the bytes: made again, they are the same.
- A table of many rows and columns, most of them empty, would fill the disk with nothing: what goes
  beyond `MOST_COLUMNS` or `MOST_SLOTS` is left out and counted.
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec
import numpy as np

from muniment.catalog.sheets.blocks import Block, BlockWriter, Coded
from muniment.catalog.sheets.column import Stated, lay_column
from muniment.catalog.sheets.layout import VERSION, ColumnLayout, Contents, Said, TableLayout
from muniment.catalog.sheets.spool import Spool, TableSpool
from muniment.core import Cell, CellArea, Metadata, Part

MOST_COLUMNS = 1_000
MOST_SLOTS = 200_000_000  # rows times columns


class Counted(msgspec.Struct, frozen=True):
    """What one table holds; `rows` and `columns` are those that hold a cell."""

    sheet: str | None
    state: str  # visible, hidden …, as the file states it; empty where it states nothing
    rows: int
    columns: int
    last_row: int
    last_column: int
    cells: int
    hidden: int
    comments: int
    formulas: int
    columns_left_out: int


def gather(parts: Iterable[Part], spool: Spool) -> None:
    """Put the cells among `parts` into the spool, and what is said of tables."""
    for part in parts:
        match part:
            case Cell():
                spool.add(part)
            case Metadata(at=CellArea() as at):
                spool.state_of(part, at)
            case _:
                continue


def counted(spool: Spool) -> tuple[Counted, ...]:
    """What each table that holds a cell holds, in the order in which they were met."""
    return tuple(_counted(table) for table in _tables(spool))


def lay_out(spool: Spool, source: str, file: BinaryIO) -> None:
    """Write the tables of a spool as one file."""
    writer = BlockWriter(file)
    tables = tuple((each.sheet, _lay_table(writer, spool, each)) for each in _tables(spool))
    writer.finish(Contents(VERSION, source, tables))


def spool_of(parts: Iterable[Part], folder: Path | None = None) -> Spool:
    """A spool that holds these parts; the caller closes it."""
    spool = Spool(folder)
    try:
        gather(parts, spool)
    except BaseException:
        spool.file.close()
        raise
    return spool


def _tables(spool: Spool) -> list[TableSpool]:
    return [table for table in spool.tables.values() if table.cells > 0]


def _counted(table: TableSpool) -> Counted:
    rows, columns = table.rows(), table.columns
    return Counted(
        sheet=table.sheet,
        state=table.state,
        rows=len(rows),
        columns=len(columns),
        last_row=int(rows[-1]),
        last_column=columns[-1],
        cells=table.cells,
        hidden=table.hidden,
        comments=table.comments,
        formulas=table.formulas,
        columns_left_out=len(columns) - _most_columns(len(rows), len(columns)),
    )


def _most_columns(rows: int, columns: int) -> int:
    return min(columns, MOST_COLUMNS, max(1, MOST_SLOTS // rows))


def _lay_table(writer: BlockWriter, spool: Spool, table: TableSpool) -> Block:
    rows, columns = table.rows(), table.columns
    kept = columns[: _most_columns(len(rows), len(columns))]
    laid: list[ColumnLayout] = []
    held = np.zeros(len(rows), np.int64)
    hidden = np.zeros(len(rows), np.int64)
    for column in kept:
        stated = Stated(column, table.names.get(column), table.types.get(column))
        cells = partial(table.column, spool.file, column)
        layout, marks = lay_column(writer, rows, cells, stated)
        laid.append(layout)
        held += marks & 1
        hidden += marks >> 1
    all_hidden = table.hidden == table.cells
    hidden_rows = ((hidden > 0) & (hidden == held)).astype(np.uint8)
    ranges, said = _lay_ranges(writer, table)
    return writer.record(
        TableLayout(
            sheet=table.sheet,
            rows=writer.array(rows),
            hidden_rows=writer.array(hidden_rows) if hidden_rows.any() and not all_hidden else None,
            columns=tuple(
                msgspec.structs.replace(each, is_hidden=each.is_hidden and not all_hidden)
                for each in laid
            ),
            columns_left_out=len(columns) - len(kept),
            ranges=ranges,
            said=said,
            ranges_left_out=table.ranges_left_out,
        )
    )


def _lay_ranges(writer: BlockWriter, table: TableSpool) -> tuple[Block, Coded]:
    """What is said of ranges, in order of their rows."""
    ordered = sorted(table.ranges, key=lambda each: (each[0].row, each[0].column))
    corners = np.array(
        [
            (at.row, at.column, at.last_row or at.row, at.last_column or at.column)
            for at, _, _ in ordered
        ],
        np.int64,
    ).reshape(-1)
    said = [msgspec.msgpack.encode(Said(name, written)) for _, name, written in ordered]
    entries = {entry: number for number, entry in enumerate(dict.fromkeys(said))}
    codes = np.array([entries[each] for each in said], np.int64)
    return writer.array(corners), writer.coded(codes, entries)
