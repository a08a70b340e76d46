"""A table whose records do not lie one a row, laid out as one in which they do.

    beside   Name | Born | Name | Born      form   Name: | Ali      across   Name | Ali  | Bek
             Ali  | 1980 | Bek  | 1975             Born: | 1980              Born | 1980 | 1975

- What comes of it is a table as any other: one mapping reads it, and every cell keeps the place
  where it stands. A record has the number of the row in which it begins.
- What stands outside of the records has a row of its own, which is no data: it is listed.
- A table of which nothing says so is left as it is.
"""

from muniment.facts.arranging.beside import lists_beside
from muniment.facts.arranging.form import records_of_form, seems_form
from muniment.facts.layout import Layout, find_layout, is_mostly_known
from muniment.facts.table import Table

_SURE = 3  # headers of a row that the lexicon mostly knows: a list as most are


def arranged(table: Table) -> Table:
    """The table with one record a row; itself where it lies so already, or nothing says how."""
    if any(column.name for column in table.columns):
        return table
    beside = lists_beside(table)
    if beside is not None:
        return beside
    if not seems_form(table) and _is_plain(find_layout(table)):
        return table
    return records_of_form(table) or table


def _is_plain(layout: Layout) -> bool:
    return len(layout.names) >= _SURE and is_mostly_known(layout.names)
