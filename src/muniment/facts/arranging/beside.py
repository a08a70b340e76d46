"""Lists that stand beside each other under the same headers, as one list.

    No | Name | Born |   | No | Name | Born
    1  | Ali  | 1980 |   | 3  | Bek  | 1975
    2  | Cem  | 1981 |   |    |      |

- The headers say so: a row whose names come again in the same order, two or more of them, the
  lexicon knowing most. Rows above it are titles, rows below it are read list by list.
"""

from collections.abc import Sequence

from muniment.facts.arranging.gathering import Record, table_of_records
from muniment.facts.arranging.naming import names_something
from muniment.facts.layout import LOOKED_AT, RowKind, is_mostly_known
from muniment.facts.shape import BESIDE, folded_header
from muniment.facts.table import Table
from muniment.facts.told import Told

_FEWEST = 2  # names of one list


def lists_beside(table: Table) -> Table | None:
    """The lists of a table below each other; None where it does not hold several."""
    for position in range(min(len(table.rows), LOOKED_AT)):
        row = table.texts(position)
        width = _period([folded_header(text) for text in row.values()])
        if width is not None and is_mostly_known(row) and names_something(row.values()):
            # Groups above tell them apart: date and place of arrest, date and place of release.
            grouped = position > 0 and len(set(table.texts(position - 1).values())) > 1
            columns = tuple(row)
            lists = [columns[each : each + width] for each in range(0, len(columns), width)]
            return None if grouped else stacked(table, position, lists)
    return None


def _period(names: list[str]) -> int | None:
    """After how many names all come again; None where they do not."""
    for width in range(_FEWEST, len(names) // 2 + 1):
        if len(names) % width == 0 and names == names[:width] * (len(names) // width):
            return width if len(set(names[:width])) == width else None
    return None


def stacked(
    table: Table, header: int, lists: Sequence[tuple[int, ...]], told: Told | None = None
) -> Table:
    """Lists below each other, under the headers of the first of them.

    Each is given by its columns, 0 for one that is not there.
    """
    said = table.texts(header)
    names = [" ".join(said.get(column, "").split()) for column in lists[0]]
    records = []
    for position in range(len(table.rows)):
        kind = _kind(int(table.rows[position]), int(table.rows[header]), told)
        for columns in lists:
            record = _record(table, position, kind, columns)
            if len(record.cells) > 0:
                records.append(record)
    headers = (int(table.rows[header]),) if told is None else told.headers
    return table_of_records(table, records, names, BESIDE, headers)


def _kind(row: int, header: int, told: Told | None) -> RowKind:
    """What a row is: under the headers data, as far as nobody told otherwise."""
    if row == header or (told is not None and row in told.headers):
        return RowKind.HEADER
    if row < header:
        return RowKind.TITLE
    return RowKind.DATA if told is None or told.has_row(row) else RowKind.NOTE


def _record(table: Table, position: int, kind: RowKind, columns: tuple[int, ...]) -> Record:
    """What one row holds of one of the lists."""
    record = Record(position, kind)
    for number, source in enumerate(columns, 1):
        column = table.column(source)
        held = None if column is None else column.at(position)
        if held is not None and held.displayed.strip() != "":
            record.cells[number] = (source, position)
    return record
