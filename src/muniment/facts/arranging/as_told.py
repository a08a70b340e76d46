"""A table laid out as a person told it, where rules arranged it wrongly.

- Every cell keeps the place where it stands; cells outside of what was told are rows that are no
  data, or columns that are not looked at: both are counted.
- Where nothing of what was told is there, there is no such table: None.
"""

import numpy as np

from muniment.facts.arranging.beside import stacked
from muniment.facts.arranging.form import Labels, label_at, records_of_labels
from muniment.facts.layout import RowKind
from muniment.facts.shape import ACROSS, BESIDE
from muniment.facts.table import Beyond, Mask, Table
from muniment.facts.told import LIST, Told, told_text


def arranged_as(table: Table, told: Told) -> Table | None:
    """The table with one record a row, as it was told; None where it cannot lie so."""
    if not _has_rows(table, told.headers):
        return None
    if told.records == LIST:
        found: Table | None = _listed(table, told)
    elif told.records == BESIDE:
        found = _beside(table, told)
    else:
        found = _form(table, told)
    if found is None or found.kinds is None or not (found.kinds == RowKind.DATA).any():
        return None
    found.told = told_text(told)
    return found


def _has_rows(table: Table, rows: tuple[int, ...]) -> bool:
    return all(table.position(row) is not None for row in rows)


def _told_rows(table: Table, told: Told) -> Mask:
    """Which rows were told to be data."""
    return np.array([told.has_row(int(row)) for row in table.rows], np.bool_)


def _listed(table: Table, told: Told) -> Table:
    """The columns of a list, with what each row was told to be."""
    kinds = np.where(_told_rows(table, told), RowKind.DATA, RowKind.NOTE).astype(np.int8)
    top = min((*told.headers, told.rows[0]))
    kinds[table.rows < top] = RowKind.TITLE
    kinds[np.isin(table.rows, told.headers)] = RowKind.HEADER
    inside = [column for column in table.columns if told.has_column(column.number)]
    outside = [column for column in table.columns if not told.has_column(column.number)]
    cells = sum(int(column.filled().sum()) for column in outside)
    return Table(
        table.digest,
        table.sheet,
        table.rows,
        inside,
        table.merged,
        beyond=Beyond(table.beyond.columns + len(outside), table.beyond.cells + cells),
        epoch=table.epoch,
        headers=told.headers,
        kinds=kinds,
    )


def _beside(table: Table, told: Told) -> Table | None:
    """Lists under the headers of the first; the last row of headers names the columns."""
    width = min(after - begin for begin, after in zip(told.begins, told.begins[1:], strict=False))
    position = table.position(told.headers[-1])
    if position is None:
        return None
    start = told.begins[0]
    inside = filter(told.has_column, table.texts(position))
    offsets = [number - start for number in inside if start <= number < start + width]
    lists = [
        tuple(begin + each if told.has_column(begin + each) else 0 for each in offsets)
        for begin in told.begins
    ]
    return stacked(table, position, lists, told) if len(offsets) > 0 else None


def _form(table: Table, told: Told) -> Table | None:
    """Forms of which the columns of labels were told: whatever text stands there is a label."""
    rows = np.flatnonzero(_told_rows(table, told)).tolist()
    ends = (*told.begins[1:], told.columns[1] + 1 if told.columns[1] > 0 else None)
    found = []
    for number, end in zip(told.begins, ends, strict=True):
        column = table.column(number)
        if column is None:
            return None
        texts = {row: text for row in rows if (text := label_at(column, row)) is not None}
        answers = tuple(
            each.number
            for each in table.columns
            if number < each.number and (end is None or each.number < end)
        )
        if len(texts) > 0 and len(answers) > 0:
            found.append(Labels(number, answers, texts))
    return records_of_labels(table, found, across=told.records == ACROSS)
