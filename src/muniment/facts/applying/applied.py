"""What comes of applying a mapping to a table: statements by column, as arrays, and misfits.

- A statement is a row of a block; its value stands once in `Values`, however many rows have it.
"""

from typing import Any

import msgspec
from numpy.typing import NDArray

from muniment.core import CellArea, Citation, parse_place
from muniment.facts.applying.flags import FLAG_DOUBTS
from muniment.facts.readings import Reading
from muniment.facts.statement import By, Statement
from muniment.facts.table import Codes, Column, Held, Table


class Misfit(msgspec.Struct, frozen=True):
    """Something of a table that its mapping does not fit; `column` is 0 for a row."""

    row: int
    column: int
    code: str
    says: str


class Values(msgspec.Struct, frozen=True):
    """The different values of a column, and what was read of each."""

    held: tuple[Held, ...]
    readings: tuple[Reading, ...]


class Block(msgspec.Struct, frozen=True):
    """Statements of one property of one entity, as arrays of equal length.

    `rows` are positions of the rows that state, `codes` the values that stand there, `cited` the
    positions of the cited cells, `subjects` the entities by their numbers in `Applied.entities`.
    For a link, `targets` are the entities that are linked to; otherwise it is empty.
    """

    entity: str
    schema: str
    property: str
    column: int  # cited
    values: Values
    rows: NDArray[Any]
    codes: NDArray[Any]
    cited: NDArray[Any]
    flags: NDArray[Any]
    subjects: NDArray[Any]
    targets: NDArray[Any]


class Entities(msgspec.Struct, frozen=True):
    """The entities of a table: id, schema, and the position of the row that each was met in."""

    ids: tuple[str, ...]
    names: tuple[str, ...]  # in the mapping
    schemas: tuple[str, ...]
    rows: Codes


class Applied(msgspec.Struct, frozen=True):
    """What came of applying a mapping to a table."""

    table: Table
    source: str
    blocks: tuple[Block, ...]
    entities: Entities
    constants: tuple[Statement, ...]
    counts: dict[str, int]
    unread: dict[str, int]  # statements that were not read, by reason
    misfits: tuple[Misfit, ...]
    left_out: int  # misfits beyond those listed


def column_of(table: Table, number: int) -> Column:
    found = table.column(number)
    if found is None:
        raise KeyError(number)  # callers ask only for columns that the table has
    return found


def statements_of(applied: Applied) -> list[Statement]:
    """The statements one by one: for tests, pages and small tables."""
    table, found = applied.table, []
    for block in applied.blocks:
        column = column_of(table, block.column)
        for number in range(len(block.rows)):
            code = int(block.codes[number])
            reading = block.values.readings[code]
            if len(block.targets) > 0:
                reading = Reading(applied.entities.ids[int(block.targets[number])])
            flags = int(block.flags[number])
            found.append(
                Statement(
                    entity=applied.entities.ids[int(block.subjects[number])],
                    schema=block.schema,
                    property=block.property,
                    written=block.values.held[code].written,
                    read=reading.read,
                    unread=reading.unread,
                    at=citation_at(table, column, int(block.cited[number])),
                    by=By.MAPPING,
                    source=applied.source,
                    doubts=(*reading.doubts, *doubts_of(flags)),
                )
            )
    return [*found, *applied.constants]


def citation_at(table: Table, column: Column, position: int) -> Citation:
    """The citation of the cell of a column in a row, by its position."""
    place = column.places.get(position)
    if place is not None:
        return Citation(table.digest, parse_place(place))
    return Citation(table.digest, CellArea(int(table.rows[position]), column.number, table.sheet))


def doubts_of(flags: int) -> tuple[str, ...]:
    """The doubts that a statement's flags stand for."""
    return tuple(doubt.value for bit, doubt in FLAG_DOUBTS if flags & bit)
