"""What came of a table, in numbers that add up."""

from collections import Counter

import numpy as np

from muniment.facts.applying.applied import Block
from muniment.facts.applying.subjects import Subjects
from muniment.facts.layout import RowKind, Rows
from muniment.facts.mapping import Mapping
from muniment.facts.table import NOTHING


def counts_of(
    mapping: Mapping, rows: Rows, subjects: Subjects, blocks: tuple[Block, ...]
) -> dict[str, int]:
    """What came of a table, in numbers that add up."""
    table, cells = subjects.table, subjects.cells
    once = subjects.apart.parts == 0  # rows that come of one row count as that one
    data = rows.of(RowKind.DATA) & once
    outside = sum(
        int((column.filled() & data).sum())
        for column in table.columns
        if column.number not in cells
    )
    outside += table.beyond.cells
    elsewhere = np.isin(rows.kinds, _ELSEWHERE) & once
    beside = sum(int((column.filled() & elsewhere).sum()) for column in table.columns)
    mapped = without = 0
    for rule in mapping.columns:
        if rule.column in cells:
            filled = cells[rule.column].filled() & once
            mapped += int(filled.sum())
            without += int((filled & (subjects.numbers[rule.entity] == NOTHING)).sum())
    kinds = {
        f"rows_{kind.name.lower()}": int(((rows.kinds == kind) & once).sum()) for kind in RowKind
    }
    unread_count = sum(unread_counts(blocks).values())
    statements = sum(len(block.rows) for block in blocks)
    return {
        "rows": int(once.sum()),
        **kinds,
        "cells_mapped": mapped,
        "cells_outside": outside,
        "cells_elsewhere": beside,
        "cells_without_subject": without,
        "statements": statements,
        "links": sum(len(block.rows) for block in blocks if len(block.targets) > 0),
        "read": statements - unread_count,
        "unread": unread_count,
        "entities": len(subjects.entities().ids),
    }


def unread_counts(blocks: tuple[Block, ...]) -> dict[str, int]:
    """How many statements were not read, by reason."""
    found: Counter[str] = Counter()
    for block in blocks:
        if len(block.targets) > 0:
            continue
        codes, counts = np.unique(block.codes, return_counts=True)
        for code, count in zip(codes, counts, strict=True):
            why = block.values.readings[int(code)].unread
            if why != "":
                found[why] += int(count)
    return dict(sorted(found.items()))


# Rows in which nothing is read, though something stands in them.
_ELSEWHERE = (
    RowKind.TITLE,
    RowKind.TOTAL,
    RowKind.OTHER,
    RowKind.NOTE,
    RowKind.CHANGED,
)
