"""Lays one column of a table out: its different values in order, and which row has which."""

from array import array
from collections.abc import Callable, Iterator

import msgspec
import numpy as np

from muniment.catalog.sheets.blocks import Array, Block, BlockWriter, Coded
from muniment.catalog.sheets.layout import KINDS, ColumnLayout, ReadBy
from muniment.catalog.sheets.value import OrderKey, Rank, Value, order_key, packed
from muniment.core import Cell, CellArea, print_place

_KIND_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
_encode = msgspec.msgpack.Encoder().encode


class Stated(msgspec.Struct, frozen=True):
    """What is known of a column before its cells are seen."""

    column: int
    name: str | None
    stated_type: str | None


class _Gathered:
    """The cells of a column, with equal values counted once."""

    def __init__(self) -> None:
        self.rows = array("q")
        self.numbers = array("I")  # of each cell's value, in the order of first appearance
        self.values: dict[Value, int] = {}
        self.hidden = array("B")
        self.formulas: dict[int, bytes] = {}
        self.comments: dict[int, bytes] = {}
        self.places: dict[int, bytes] = {}
        self.read_by: dict[int, bytes] = {}

    def add(self, cell: Cell) -> None:
        """Take a cell."""
        row, values = cell.in_table.row, self.values
        value = Value(cell.kind, cell.written, cell.shown, cell.number_format)
        self.rows.append(row)
        self.numbers.append(values.setdefault(value, len(values)))
        self.hidden.append(cell.hidden)
        if cell.formula is not None:
            self.formulas[row] = cell.formula.encode()
        if cell.comment is not None:
            self.comments[row] = cell.comment.encode()
        if not isinstance(cell.at, CellArea) or not _is_single(cell.at):
            self.places[row] = _printed(cell).encode()
        if cell.source != "" or cell.confidence is not None:
            self.read_by[row] = _encode(ReadBy(cell.confidence, cell.source))


def lay_column(
    writer: BlockWriter, rows: Array, cells: Callable[[], Iterator[Cell]], stated: Stated
) -> tuple[ColumnLayout, Array]:
    """Write a column; its record, and which of `rows` have a cell (1) and a hidden one (2)."""
    gathered, again = _gathered(cells())
    if len(again) > 0:
        gathered, _ = _gathered(_first_ones(cells()))
    at = np.searchsorted(rows, np.frombuffer(gathered.rows, np.int64))
    keys = [order_key(value) for value in gathered.values]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    place_of = np.empty(len(order), np.int64)
    place_of[order] = np.arange(len(order))
    codes = np.full(len(rows), len(order), np.int64)
    codes[at] = place_of[np.frombuffer(gathered.numbers, np.uint32)]
    ordered, values = [keys[number] for number in order], list(gathered.values)
    ranks = np.array([key.rank for key in ordered])
    dates = int((ranks <= Rank.DATE).sum())
    hidden = np.zeros(len(rows), np.uint8)
    hidden[at] = np.frombuffer(gathered.hidden, np.uint8)
    held = np.zeros(len(rows), np.uint8)
    held[at] = 1
    layout = ColumnLayout(
        column=stated.column,
        values=writer.coded(codes, (packed(values[number]) for number in order)),
        numbers=int((ranks == Rank.NUMBER).sum()),
        dates=dates,
        filled=int((ranks < Rank.BLANK).sum()),
        keys=writer.array(np.array([key.number for key in ordered[:dates]], np.float64)),
        folded=writer.texts(key.folded.encode() for key in ordered),
        kinds=writer.array(
            np.array([_KIND_NUMBER[values[number].kind] for number in order], np.uint8)
        ),
        alike=_alike(writer, ordered),
        hidden=writer.array(hidden) if hidden.any() else None,
        formulas=_sparse(writer, rows, gathered.formulas),
        comments=_sparse(writer, rows, gathered.comments),
        places=_sparse(writer, rows, gathered.places),
        read_by=_sparse(writer, rows, gathered.read_by),
        again=_sparse(writer, rows, {row: _encode(more) for row, more in again.items()}),
        is_hidden=len(gathered.hidden) > 0 and all(gathered.hidden),
        name=stated.name,
        stated_type=stated.stated_type,
    )
    return layout, held + 2 * hidden


def _gathered(cells: Iterator[Cell]) -> tuple[_Gathered, dict[int, list[Cell]]]:
    """All cells, and by their rows those that stand where one before them does."""
    gathered = _Gathered()
    seen: set[int] = set()
    again: dict[int, list[Cell]] = {}
    for cell in cells:
        row = cell.in_table.row
        if row in seen:
            again.setdefault(row, []).append(cell)
        seen.add(row)
        gathered.add(cell)
    return gathered, again


def _first_ones(cells: Iterator[Cell]) -> Iterator[Cell]:
    seen: set[int] = set()
    for cell in cells:
        row = cell.in_table.row
        if row not in seen:
            seen.add(row)
            yield cell


def _is_single(at: CellArea) -> bool:
    return at.last_row is None and at.last_column is None


def _printed(cell: Cell) -> str:
    """The place, and where it is no cell of the sheet but of a page, its extent in the table."""
    grid = "" if cell.grid is None else print_place(cell.grid)
    return f"{print_place(cell.at)} {grid}".rstrip(" ")


def _alike(writer: BlockWriter, ordered: list[OrderKey]) -> Block | None:
    """The entries that display the same lie together, save where their kinds differ."""
    first: dict[str, int] = {}
    alike = [first.setdefault(key.displayed, number) for number, key in enumerate(ordered)]
    return None if len(first) == len(ordered) else writer.array(np.array(alike, np.uint32))


def _sparse(writer: BlockWriter, rows: Array, found: dict[int, bytes]) -> Coded | None:
    """What few rows have, coded as values are; None where none has it."""
    if len(found) == 0:
        return None
    entries = {entry: number for number, entry in enumerate(dict.fromkeys(found.values()))}
    codes = np.full(len(rows), len(entries), np.int64)
    at = np.searchsorted(rows, np.fromiter(found, np.int64, len(found)))
    codes[at] = [entries[entry] for entry in found.values()]
    return writer.coded(codes, entries)
