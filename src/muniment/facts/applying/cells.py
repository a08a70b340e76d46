"""The cells of a mapped column: where each stands, which are filled from above, what they read as.

- The value of a merged range belongs to each of its rows where the mapping fills that column down,
  and is cited at the range's own cell.
"""

import msgspec
import numpy as np

from muniment.facts.applying.applied import Values, column_of
from muniment.facts.applying.flags import CONTINUED, HIDDEN, MERGED, SHARED, UNSURE
from muniment.facts.doubting import doubted
from muniment.facts.mapping import ColumnRule, Mapping
from muniment.facts.readings import WORKBOOK_EPOCH, CellFacts, Reading, read_value
from muniment.facts.splitting import Parted
from muniment.facts.table import NOTHING, Codes, Column, Mask, Table


class Cells(msgspec.Struct, frozen=True):
    """The cells of a column as the mapping sees them: codes, where each stands, and flags."""

    codes: Codes
    cited: Codes
    flags: Codes

    def only(self, rows: Mask) -> "Cells":
        """Those of these rows."""
        return Cells(np.where(rows, self.codes, NOTHING), self.cited, self.flags)

    def filled(self) -> Mask:
        """Which rows have one."""
        return np.asarray(self.codes != NOTHING, np.bool_)


def cells_of(table: Table, column: Column, rule: ColumnRule, data: Mask, *, fill: bool) -> Cells:
    """The cells of a column in rows of data, filled down where the mapping says so."""
    shown = column.filled()
    codes = np.where(shown, column.codes, NOTHING)
    cited = np.arange(len(codes), dtype=np.int64)
    flags = np.zeros(len(codes), np.int64)
    if column.hidden is not None:
        flags |= np.where(column.hidden, HIDDEN, 0)
    if column.unsure is not None:
        flags |= np.where(column.unsure, UNSURE, 0)
    if fill:
        _fill_ranges(table, column.number, codes, cited, flags)
    if ("blank", "above") in rule.options:
        _fill_blanks(data, codes, cited, flags)
    codes = np.where(data, codes, NOTHING)
    return Cells(codes, cited, flags)


def _fill_ranges(table: Table, number: int, codes: Codes, cited: Codes, flags: Codes) -> None:
    """Let rows of a merged range have the value of its first row."""
    for area in table.merged:
        last = area.last_row or area.row
        if area.column != number or last == area.row:
            continue
        first = table.position(area.row)
        if first is None or codes[first] == NOTHING:
            continue
        start, end = first + 1, int(np.searchsorted(table.rows, last, "right"))
        blank = np.flatnonzero(codes[start:end] == NOTHING) + start
        codes[blank], cited[blank] = codes[first], first
        flags[blank] |= MERGED


def _fill_blanks(data: Mask, codes: Codes, cited: Codes, flags: Codes) -> None:
    """Let blank cells in rows of data repeat the one above them."""
    places = np.arange(len(codes))
    above = np.maximum.accumulate(np.where(data & (codes != NOTHING), places, -1))
    blank = data & (codes == NOTHING) & (above >= 0)
    codes[blank], cited[blank] = codes[above[blank]], above[blank]
    flags[blank] |= CONTINUED


def of_each(cells: Cells, rule: ColumnRule, apart: Parted) -> Cells:
    """The cells of rows that come of one: cited at the first of them, but for the names."""
    if not apart.shared.any():
        return cells
    own = rule.column in apart.named
    cited = cells.cited if own else apart.homes[cells.cited]
    flags = cells.flags
    if rule.entity in apart.entities and not own:
        flags = flags | np.where(apart.shared, SHARED, 0)
    return Cells(cells.codes, cited, flags)


def read_cells(apart: Parted, mapping: Mapping, rule: ColumnRule, cells: Cells) -> Values:
    """Read each different value of a column that a row of data has."""
    table = apart.table
    column, entity = column_of(table, rule.column), mapping.entity(rule.entity)
    named = apart.named.get(rule.column, {})
    options = options_of(rule, table)
    wanted = np.unique(cells.codes)
    readings = [_NOT_READ] * len(column.values)
    for code in wanted[wanted != NOTHING]:
        held = column.values[int(code)]
        facts = CellFacts(held.kind, held.shown, held.number_format)
        text = named.get(int(code), held.written)
        readings[int(code)] = read_value(rule.reader, text, facts, options)
    held_values = tuple(column.values)
    schema = "" if entity is None else entity.schema
    return Values(held_values, doubted(rule, schema, held_values, tuple(readings), cells.codes))


def options_of(rule: ColumnRule, table: Table) -> dict[str, str]:
    """The options of a column, with the day from which its workbook says that it counts dates."""
    options = dict(rule.options)
    if table.epoch is not None:
        options[WORKBOOK_EPOCH] = table.epoch
    return options


_NOT_READ = Reading(None, "not-asked-for")
