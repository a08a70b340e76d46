"""Finds the tables of a page: ruled ones by their lines, others by how their words are aligned.

- Pure: words and rules in, tables out; each word stands in one cell at most.
- Columns are counted in reading order: from the right where the writing runs from there.
- A page of prose, in one column or two, has no table: where it is in doubt, there is none.
"""

import unicodedata
from collections.abc import Sequence

import msgspec

from muniment.readers.page_table_aligned import aligned_tables
from muniment.readers.page_table_framed import framed_tables
from muniment.readers.page_table_records import Sheet, Table, Word
from muniment.readers.page_table_ruled import ruled_table
from muniment.readers.page_table_ruling import joined, rulings

_MOST_WORDS = 20_000


class Parted(msgspec.Struct, frozen=True):
    """The tables of a page, from top to bottom; the blocks of all other words, where known."""

    tables: tuple[Table, ...]
    blocks: list[list[int]] | None


def parted(sheet: Sheet) -> Parted:
    """What of a page is tables."""
    if len(sheet.words) > _MOST_WORDS:
        return Parted((), None)
    tables: list[Table] = []
    free = set(range(len(sheet.words)))
    words: Sequence[Word] = sheet.words  # those that are taken stand nowhere
    drawn = joined([rule for rule in sheet.rules if not rule.edge])
    edged = any(rule.edge for rule in sheet.rules)
    # Edges of painted areas count where drawn lines alone do not make the table.
    for rules in (drawn, joined(sheet.rules)) if edged else (drawn,):
        groups = rulings(rules)
        for ruling in groups:
            table = ruled_table(words, ruling)
            if table is not None:
                tables.append(table)
                free -= {index for cell in table.cells for index in cell.words}
                words = _masked(sheet.words, free)
        for table in framed_tables(sheet, groups, rules, free):
            tables.append(table)
            free -= {index for cell in table.cells for index in cell.words}
            words = _masked(sheet.words, free)
    aligned, blocks = aligned_tables(sheet, drawn, free)
    tables.extend(aligned)
    tables.sort(key=lambda one: (one.box[1], one.box[0]))
    return Parted(tuple(map(_as_read, tables)), blocks if len(aligned) == 0 else None)


def _as_read(table: Table) -> Table:
    """The table with its columns counted from the side from which its writing is read."""
    letters = [unicodedata.bidirectional(letter) for cell in table.cells for letter in cell.text]
    leftward = sum(direction in ("R", "AL") for direction in letters)
    if leftward <= letters.count("L"):
        return table
    last = table.columns - 1
    cells = [
        msgspec.structs.replace(
            cell, column=last - cell.last_column, last_column=last - cell.column
        )
        for cell in table.cells
    ]
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    return msgspec.structs.replace(table, cells=tuple(ordered))


_NOWHERE = -1e9


def _masked(words: Sequence[Word], free: set[int]) -> Sequence[Word]:
    """The words, those that are taken moved off the page."""
    if len(free) == len(words):
        return words
    gone = Word("", _NOWHERE, _NOWHERE, _NOWHERE, _NOWHERE, _NOWHERE, 1.0)
    return [word if index in free else gone for index, word in enumerate(words)]
