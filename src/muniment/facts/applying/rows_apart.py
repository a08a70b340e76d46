"""Rows that are not read as the others are: moved cells, another shape, nothing said."""

import numpy as np

from muniment.facts.applying.applied import Values
from muniment.facts.applying.cells import Cells, options_of
from muniment.facts.changing import FEWEST_ROWS, changed_rows, is_day
from muniment.facts.layout import RowKind, Rows
from muniment.facts.mapping import Mapping
from muniment.facts.shifting import STRICT, does_not_belong, shifted_rows, unread_of_shifted
from muniment.facts.statement import Unread
from muniment.facts.table import NOTHING, Codes, Mask, Table


def with_changes(
    rows: Rows,
    mapping: Mapping,
    cells: dict[int, Cells],
    values: dict[int, Values],
    shifted: dict[int, int],
) -> Rows:
    """The rows, with those apart in which the sheet has another shape than above.

    Of rows whose cells have moved it is known what they are.
    """
    odd, filled = {}, {}
    for rule in mapping.columns:
        if rule.column in cells:
            mine, codes = values[rule.column], cells[rule.column].codes
            filled[rule.column] = codes != NOTHING
            if rule.reader in STRICT:
                odd[rule.column] = does_not_belong(mine.readings)[codes]
    data = rows.of(RowKind.DATA)
    data[list(shifted)] = False
    if not any(mask.sum() >= FEWEST_ROWS for mask in odd.values()):
        return rows  # columns of words are looked at only where one that is read says something
    for rule in mapping.columns:
        if rule.column in cells and rule.reader in ("name", "text", "place"):
            days = np.array([*map(is_day, values[rule.column].held), False], np.bool_)
            odd[rule.column] = days[cells[rule.column].codes]
    changed = changed_rows(odd, filled, data)
    if len(changed) == 0:
        return rows
    kinds = rows.kinds.copy()
    kinds[changed] = RowKind.CHANGED
    why = "its columns hold other things than above: the sheet has changed its shape"
    return Rows(kinds, rows.reasons | dict.fromkeys(changed.tolist(), why))


def misread_cells(mapping: Mapping, cells: dict[int, Cells], values: dict[int, Values]) -> Codes:
    """How many cells of each row cannot belong to their columns."""
    found = np.zeros(len(next(iter(cells.values())).codes) if len(cells) > 0 else 0, np.int64)
    for rule in mapping.columns:
        if rule.column in cells and rule.reader in STRICT:
            found += does_not_belong(values[rule.column].readings)[cells[rule.column].codes]
    return found


def shifted_by(
    table: Table, mapping: Mapping, cells: dict[int, Cells], misread: Codes
) -> dict[int, int]:
    """By how many columns the cells of rows have moved, by position."""
    strict = {
        rule: options_of(rule, table)
        for rule in mapping.columns
        if rule.column in cells and rule.reader in STRICT
    }
    return shifted_rows(table, strict, misread)


def without_shifted(
    cells: dict[int, Cells], values: dict[int, Values], shifted: dict[int, int]
) -> tuple[dict[int, Cells], dict[int, Values]]:
    """Cells and values of which those in rows that have moved are not read."""
    if len(shifted) == 0:
        return cells, values
    moved = np.array(sorted(shifted), np.int64)
    left, unread = {}, {}
    for column, mine in cells.items():
        held, readings = values[column].held, values[column].readings
        codes = mine.codes.copy()
        codes[moved] += np.where(codes[moved] == NOTHING, 0, len(held))
        left[column] = Cells(codes, mine.cited, mine.flags)
        unread[column] = Values((*held, *held), (*readings, *unread_of_shifted(readings)))
    return left, unread


def silent_rows(cells: dict[int, Cells], values: dict[int, Values], data: Mask) -> Mask:
    """Rows whose mapped cells all say that there is nothing: no person stands in them."""
    filled, telling = np.zeros(len(data), np.bool_), np.zeros(len(data), np.bool_)
    for column, tells in telling_rows(cells, values).items():
        filled |= cells[column].filled()
        telling |= tells
    return filled & ~telling & data


def telling_rows(cells: dict[int, Cells], values: dict[int, Values]) -> dict[int, Mask]:
    """Which rows of each column hold more than that there is nothing."""
    return {
        column: np.array(
            [*(each.unread != Unread.NO_VALUE for each in values[column].readings), False], np.bool_
        )[held.codes]
        for column, held in cells.items()
    }
