"""Applies a mapping to a table: statements by column, each with its cell, and what did not fit.

- Each different value of a column is read once; rows are handled as arrays of numbers, so that a
  table of millions of cells needs no object a cell.
- A filled cell of a mapped column in a row of data makes a statement, read or unread. What makes
  none is counted: cells outside the mapping, cells whose row has no subject, rows that are no data.
- What each step does stands in `applying`.
"""

import numpy as np

from muniment.facts.applying.applied import Applied
from muniment.facts.applying.blocks import block_of, constants_of, link_blocks
from muniment.facts.applying.cells import cells_of, of_each, read_cells
from muniment.facts.applying.counting import counts_of, unread_counts
from muniment.facts.applying.misfits import Misfits
from muniment.facts.applying.rows_apart import (
    misread_cells,
    shifted_by,
    silent_rows,
    with_changes,
    without_shifted,
)
from muniment.facts.applying.subjects import Subjects
from muniment.facts.layout import Layout, RowKind, rows_of
from muniment.facts.mapping import Mapping
from muniment.facts.splitting import parted
from muniment.facts.table import Table

MOST_MISFITS = 10_000  # of one table that are listed one by one; all are counted


def apply_mapping(
    table: Table, mapping: Mapping, layout: Layout, source: str, *, as_of: str | None = None
) -> Applied:
    """The statements that a confirmed mapping makes of a table; `source` names its decision.

    `as_of` is the day, ISO 8601, than which no birth in it can be later.
    """
    found = rows_of(table, layout)
    apart = parted(table, found, mapping, found.of(RowKind.DATA))
    table, rows = apart.table, apart.rows
    data = rows.of(RowKind.DATA)
    cells = {
        rule.column: of_each(
            cells_of(table, column, rule, data, fill=rule.column in mapping.fill_down), rule, apart
        )
        for rule in mapping.columns
        if rule.is_mapped and (column := table.column(rule.column)) is not None
    }
    values = {
        rule.column: read_cells(apart, mapping, rule, cells[rule.column])
        for rule in mapping.columns
        if rule.column in cells
    }
    misread = misread_cells(mapping, cells, values)
    shifted = shifted_by(table, mapping, cells, misread)
    rows = with_changes(rows, mapping, cells, values, shifted)
    data = rows.of(RowKind.DATA)
    cells = {column: held.only(data) for column, held in cells.items()}
    misread = np.where(data, misread, 0)
    cells, values = without_shifted(cells, values, shifted)
    subjects = Subjects(apart, mapping, cells, values, data & ~silent_rows(cells, values, data))
    blocks = [
        block_of(subjects, mapping, rule, values[rule.column])
        for rule in mapping.columns
        if rule.column in cells
    ]
    links = [
        block for link in mapping.links for block in link_blocks(subjects, mapping, link, values)
    ]
    entities = subjects.entities()
    every = (*blocks, *links)
    misfits = Misfits(
        table, mapping, rows, cells, values, subjects, misread, shifted, as_of
    ).found()
    return Applied(
        table,
        source,
        every,
        entities,
        constants_of(mapping, entities, source),
        counts_of(mapping, rows, subjects, every),
        unread_counts(every),
        tuple(misfits[:MOST_MISFITS]),
        max(0, len(misfits) - MOST_MISFITS),
    )
