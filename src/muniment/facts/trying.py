"""A mapping tried on a table before anybody confirms it: what each column would read."""

from collections.abc import Mapping as Map

import msgspec

from muniment.facts.applying.cells import options_of
from muniment.facts.contents import examples_of
from muniment.facts.layout import RowKind, find_layout, rows_of
from muniment.facts.mapping import ColumnRule, Mapping
from muniment.facts.proposing.proposal import Example
from muniment.facts.readings import CellFacts, read_value
from muniment.facts.table import Held, Table

_LOOKED_AT = 400  # different values of a column


class TriedColumn(msgspec.Struct, frozen=True):
    """Examples of a column as its rule reads them, and how many of its values are read."""

    examples: tuple[Example, ...]
    values: int  # different ones that were looked at
    read: int


def tried(mapping: Mapping, table: Table) -> Map[int, TriedColumn]:
    """What the columns of `table` read under `mapping`, by column."""
    data = rows_of(table, find_layout(table)).of(RowKind.DATA)
    found = {}
    for rule in mapping.columns:
        column = table.column(rule.column)
        if column is not None:
            found[rule.column] = _tried(rule, table, examples_of(column, data, _LOOKED_AT))
    return found


def _tried(rule: ColumnRule, table: Table, values: tuple[Held, ...]) -> TriedColumn:
    options = options_of(rule, table)
    examples = []
    for value in values:
        facts = CellFacts(value.kind, value.shown, value.number_format)
        reading = read_value(rule.reader, value.written, facts, options)
        examples.append(Example(value.displayed, reading.read, reading.unread))
    # What is not read is what a person has to see first.
    shown = sorted(examples, key=lambda each: each.unread == "")[:2] + examples[:4]
    return TriedColumn(
        tuple(dict.fromkeys(shown))[:5],
        len(examples),
        sum(each.read is not None for each in examples),
    )
