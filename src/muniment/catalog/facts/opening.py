"""Opens a laid-out table as the room of facts takes it: columns of coded values."""

import msgspec
import numpy as np

from muniment.catalog.sheets import Sheet, TableView
from muniment.catalog.sheets.layout import ReadBy
from muniment.catalog.sheets.sheet import Column as LaidColumn
from muniment.core import CellArea, CellKind, parse_place
from muniment.facts.table import NOTHING, Beyond, Column, Held, Mask, Table

_LAST = 1 << 31  # no sheet has so many rows
_UNSURE = 0.6  # confidence of an engine below which a reading is doubted
_MERGED = "merged"
_EPOCH = "dates counted from"  # what readers of workbooks say of those that count from 1904


def table_of_sheet(sheet: Sheet, view: TableView | None = None) -> Table:
    """A laid-out table as columns of coded values, with its merged ranges.

    With its `view` it also says what stands in columns that were too many to lay out.
    """
    ranges = sheet.ranges(1, _LAST)
    merged = [each.area for each in ranges if each.name == _MERGED]
    epoch = next((each.written for each in ranges if each.name == _EPOCH), None)
    columns = []
    for number in sheet.columns:
        laid = sheet.column(number)
        places, spans = _places(laid)
        merged += spans
        columns.append(
            Column(
                number,
                _codes(laid),
                [_held(laid, code) for code in range(len(laid.values.entries))],
                name=laid.layout.name,
                hidden=None if laid.hidden is None else np.asarray(laid.hidden, np.bool_),
                unsure=_unsure(laid),
                places=places,
                resultless=_resultless(laid),
            )
        )
    rows = np.asarray(sheet.rows, np.int64)
    beyond = _beyond(columns, view)
    return Table(sheet.digest, sheet.sheet, rows, columns, merged, beyond=beyond, epoch=epoch)


def _beyond(columns: list[Column], view: TableView | None) -> Beyond:
    if view is None or view.columns_left_out == 0:
        return Beyond()
    laid = sum(int((column.codes != NOTHING).sum()) for column in columns)
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


def _codes(laid: LaidColumn) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    codes = np.asarray(laid.values.codes, np.int64)
    return np.where(codes == len(laid.values.entries), NOTHING, codes)


def _held(laid: LaidColumn, code: int) -> Held:
    value = laid.value(code)
    return Held(value.kind, value.written, value.shown, value.number_format)


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
