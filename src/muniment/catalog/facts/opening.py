"""Opens a laid-out table as the room of facts takes it: columns of coded values.

- Whole, or some of its rows: what a page shows of a long table before anybody decides is worked out
  of some hundred rows, in a tenth of a second instead of eight.
"""

from itertools import islice

import msgspec
import numpy as np

from muniment.catalog.sheets import Sheet, TableView
from muniment.catalog.sheets.blocks import Array
from muniment.catalog.sheets.layout import ReadBy
from muniment.catalog.sheets.sheet import Column as LaidColumn
from muniment.core import CellArea, CellKind, UsageError, parse_place
from muniment.facts.arranging import arranged
from muniment.facts.arranging.as_told import arranged_as
from muniment.facts.odd_formulas import odd_formulas
from muniment.facts.shape import ACROSS, FORM
from muniment.facts.table import NOTHING, Beyond, Codes, Column, Held, Mask, Table
from muniment.facts.told import Told

_LAST = 1 << 31  # no sheet has so many rows
_UNSURE = 0.6  # confidence of an engine below which a reading is doubted
_MERGED = "merged"
_FIRST, _SPREAD, _LAST_ROWS = 120, 40, 10  # rows of a sample: at the top, between, at the end
_FILLED = 20  # rows of a sample in which a column holds a cell, where so many do
_RANGES = 20  # merged ranges whose first rows are in a sample
LONG = _FIRST + _SPREAD + _LAST_ROWS  # rows beyond which a table is long
_EPOCH = "dates counted from"  # what readers of workbooks say of those that count from 1904


def table_of_sheet(sheet: Sheet, view: TableView | None = None, told: Told | None = None) -> Table:
    """A laid-out table as columns of coded values, with one record a row, and its merged ranges.

    With its `view` it also says what stands in columns that were too many to lay out. Its records
    lie as they were `told` to, else as rules find it.

    Raises:
        UsageError: no record lies as it was told.
    """
    found = arranged_sheet(sheet, view, told)
    if found is None:
        raise UsageError(
            "no record of this table lies as it was told",
            next_step="compare the rows and columns that were named with those of the table",
        )
    return found


def arranged_sheet(sheet: Sheet, view: TableView | None, told: Told | None) -> Table | None:
    """The same; None where no record lies as it was told."""
    table = _table(sheet, view, None)
    return arranged(table) if told is None else arranged_as(table, told)


def some_of_sheet(sheet: Sheet, view: TableView, told: Told | None = None) -> Table:
    """The same of some rows of a long table, the same ones each time.

    They are its top, its end, rows between, and of every column and of merged ranges the first. Of
    forms, whose records run over rows, and of what was told, it is the whole.
    """
    if len(sheet.rows) <= LONG or told is not None:
        return table_of_sheet(sheet, view, told)
    some = arranged(_table(sheet, view, _chosen(sheet)))
    return table_of_sheet(sheet, view) if some.arrangement in (FORM, ACROSS) else some


def _table(sheet: Sheet, view: TableView | None, chosen: Array | None) -> Table:
    """The table, or `chosen` rows of it by their positions."""
    ranges = sheet.ranges(1, _LAST)
    merged = [each.area for each in ranges if each.name == _MERGED]
    epoch = next((each.written for each in ranges if each.name == _EPOCH), None)
    columns = []
    for number in sheet.columns:
        laid = sheet.column(number)
        places, spans = _places(laid)
        merged += spans
        codes, values = _coded(laid, chosen)
        columns.append(
            Column(
                number,
                codes,
                values,
                name=laid.layout.name,
                hidden=_of(None if laid.hidden is None else np.asarray(laid.hidden, bool), chosen),
                unsure=_of(_unsure(laid), chosen),
                places=places if chosen is None else _of_places(places, chosen),
                resultless=_of(_resultless(laid), chosen),
                odd_formula=_of(_odd_formula(laid, sheet), chosen),
            )
        )
    rows = np.asarray(sheet.rows, np.int64)
    beyond = _beyond(sheet, view)
    rows = rows if chosen is None else rows[chosen]
    return Table(sheet.digest, sheet.sheet, rows, columns, merged, beyond=beyond, epoch=epoch)


def _chosen(sheet: Sheet) -> Array:
    """The positions of the rows of a sample, in order."""
    count = len(sheet.rows)
    between = np.linspace(_FIRST, count - _LAST_ROWS - 1, _SPREAD).astype(np.int64)
    found = [np.arange(_FIRST), between, np.arange(count - _LAST_ROWS, count)]
    for number in sheet.columns:
        values = sheet.column(number).values
        found.append(np.flatnonzero(values.codes != len(values.entries))[:_FILLED])
    merged = (each.area.row for each in sheet.ranges(1, _LAST) if each.name == _MERGED)
    starts = np.array(list(islice(merged, _RANGES)), np.int64)
    found.append(np.flatnonzero(np.isin(sheet.rows, starts)))
    return np.unique(np.concatenate(found))


def _coded(laid: LaidColumn, chosen: Array | None) -> tuple[Codes, list[Held]]:
    """The codes of rows and the values that they stand for."""
    codes, nothing = np.asarray(laid.values.codes, np.int64), len(laid.values.entries)
    if chosen is None:
        used = np.arange(nothing)
        numbered = codes
    else:
        used, numbered = np.unique(codes[chosen], return_inverse=True)
        used = used[used != nothing]  # the greatest of all: the numbers of the others stay
        nothing = len(used)
    values = [
        Held(each.kind, each.written, each.shown, each.number_format)
        for each in laid.some_values(used.tolist())
    ]
    return np.where(numbered == nothing, NOTHING, numbered), values


def _of(mask: Mask | None, chosen: Array | None) -> Mask | None:
    return mask if mask is None or chosen is None else np.asarray(mask[chosen], np.bool_)


def _of_places(places: dict[int, str], chosen: Array) -> dict[int, str]:
    there = enumerate(chosen.tolist())
    return {new: places[old] for new, old in there if old in places}


def _beyond(sheet: Sheet, view: TableView | None) -> Beyond:
    if view is None or view.columns_left_out == 0:
        return Beyond()
    held = (sheet.column(number).values for number in sheet.columns)
    laid = sum(int((values.codes != len(values.entries)).sum()) for values in held)
    return Beyond(view.columns_left_out, view.cells - laid)


def _resultless(laid: LaidColumn) -> Mask | None:
    """Which rows hold a formula and show nothing, as nobody had calculated it yet."""
    coded = laid.coded(laid.layout.formulas)
    if coded is None:
        return None
    entries = range(len(laid.values.entries))
    blank = [laid.value(code).kind is CellKind.BLANK for code in entries]
    found = np.append(np.array(blank, np.bool_), True)[np.asarray(laid.values.codes, np.int64)]
    return np.asarray(found & coded.has(), np.bool_)


def _odd_formula(laid: LaidColumn, sheet: Sheet) -> Mask | None:
    """Which rows hold a formula that is unlike the others of the column."""
    coded = laid.coded(laid.layout.formulas)
    if coded is None:
        return None
    rows = np.asarray(sheet.rows, np.int64)
    written = {
        int(rows[position]): bytes(entry).decode()
        for position in np.flatnonzero(coded.has()).tolist()
        if (entry := coded.at(position)) is not None
    }
    odd = odd_formulas(written)
    return np.isin(rows, sorted(odd)) if len(odd) > 0 else None


def _places(laid: LaidColumn) -> tuple[dict[int, str], list[CellArea]]:
    """Where cells stand that stand elsewhere than at row and column, and which span several."""
    coded = laid.coded(laid.layout.places)
    if coded is None:
        return {}, []
    places: dict[int, str] = {}
    spans: list[CellArea] = []
    for position in np.flatnonzero(coded.has()):
        entry = coded.at(int(position))
        if entry is None:
            continue
        place, _, grid = bytes(entry).decode().partition(" ")
        places[int(position)] = place
        area = parse_place(grid or place)
        if isinstance(area, CellArea) and area.last_row is not None:
            spans.append(area)
    return places, spans


def _unsure(laid: LaidColumn) -> np.ndarray[tuple[int], np.dtype[np.bool_]] | None:
    """Which rows were read off a picture with little confidence."""
    coded = laid.coded(laid.layout.read_by)
    if coded is None:
        return None
    little = [_is_little(bytes(coded.entries[number])) for number in range(len(coded.entries))]
    return np.asarray(np.append(np.array(little, np.bool_), False)[coded.codes], np.bool_)


def _is_little(entry: bytes) -> bool:
    read_by = msgspec.msgpack.decode(entry, type=ReadBy)
    return read_by.confidence is not None and read_by.confidence < _UNSURE
