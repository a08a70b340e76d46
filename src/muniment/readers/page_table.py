"""Finds the tables of a page: ruled ones by their lines, others by how their words are aligned.

- Pure: words and rules in, tables out; each word stands in one cell at most.
- A page of prose, in one column or two, has no table: where it is in doubt, there is none.
"""

from collections.abc import Sequence

from muniment.readers.page_table_aligned import aligned_tables
from muniment.readers.page_table_framed import framed_tables
from muniment.readers.page_table_records import Box, Sheet, Table, Word
from muniment.readers.page_table_ruled import ruled_table
from muniment.readers.page_table_ruling import joined, rulings

_MOST_WORDS = 20_000


def tables_of(sheet: Sheet) -> list[Table]:
    """The tables of a page, from top to bottom."""
    if len(sheet.words) > _MOST_WORDS:
        return []
    tables: list[Table] = []
    free = set(range(len(sheet.words)))
    drawn = joined([rule for rule in sheet.rules if not rule.edge])
    every = joined(sheet.rules)
    for rules in (drawn, every):
        groups = rulings(rules)
        for ruling in groups:
            table = ruled_table(_masked(sheet.words, free), ruling)
            if table is not None:
                tables.append(table)
                free -= {index for cell in table.cells for index in cell.words}
        for table in framed_tables(sheet, groups, rules, free):
            tables.append(table)
            free -= {index for cell in table.cells for index in cell.words}
    tables.extend(aligned_tables(sheet, drawn, free))
    return sorted(tables, key=lambda table: (table.box[1], table.box[0]))


_NOWHERE = -1e9


def _masked(words: Sequence[Word], free: set[int]) -> Sequence[Word]:
    """The words, those that are taken moved off the page."""
    if len(free) == len(words):
        return words
    gone = Word("", _NOWHERE, _NOWHERE, _NOWHERE, _NOWHERE, _NOWHERE, 1.0)
    return [word if index in free else gone for index, word in enumerate(words)]


def covers(box: Box, other: Box) -> bool:
    """Whether the middle of `other` lies in `box`."""
    x, y = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
