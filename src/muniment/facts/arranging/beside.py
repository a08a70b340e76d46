"""Lists that stand beside each other under the same headers, as one list.

    No | Name | Born |   | No | Name | Born
    1  | Ali  | 1980 |   | 3  | Bek  | 1975
    2  | Cem  | 1981 |   |    |      |

- The headers say so: a row whose names come again in the same order, two or more of them, the
  lexicon knowing most. Rows above it are titles, rows below it are read list by list.
"""

from muniment.facts.arranging.gathering import Record, table_of_records
from muniment.facts.arranging.naming import names_something
from muniment.facts.layout import LOOKED_AT, RowKind, is_mostly_known
from muniment.facts.shape import BESIDE, folded_header
from muniment.facts.table import Table

_FEWEST = 2  # names of one list


def lists_beside(table: Table) -> Table | None:
    """The lists of a table below each other; None where it does not hold several."""
    for position in range(min(len(table.rows), LOOKED_AT)):
        row = table.texts(position)
        width = _period([folded_header(text) for text in row.values()])
        if width is not None and is_mostly_known(row) and names_something(row.values()):
            # Groups above tell them apart: date and place of arrest, date and place of release.
            grouped = position > 0 and len(set(table.texts(position - 1).values())) > 1
            return None if grouped else _stacked(table, position, tuple(row), width)
    return None


def _period(names: list[str]) -> int | None:
    """After how many names all come again; None where they do not."""
    for width in range(_FEWEST, len(names) // 2 + 1):
        if len(names) % width == 0 and names == names[:width] * (len(names) // width):
            return width if len(set(names[:width])) == width else None
    return None


def _stacked(table: Table, header: int, columns: tuple[int, ...], width: int) -> Table:
    names = [" ".join(text.split()) for text in table.texts(header).values()][:width]
    records = []
    for position in range(len(table.rows)):
        for start in range(0, len(columns), width):
            record = _record(table, header, position, columns[start : start + width])
            if len(record.cells) > 0:
                records.append(record)
    return table_of_records(table, records, names, BESIDE, (int(table.rows[header]),))


def _record(table: Table, header: int, position: int, columns: tuple[int, ...]) -> Record:
    """What one row holds of one of the lists."""
    below = RowKind.HEADER if position == header else RowKind.DATA
    record = Record(position, RowKind.TITLE if position < header else below)
    for number, source in enumerate(columns, 1):
        column = table.column(source)
        held = None if column is None else column.at(position)
        if held is not None and held.displayed.strip() != "":
            record.cells[number] = (source, position)
    return record
