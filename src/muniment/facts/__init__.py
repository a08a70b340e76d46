"""Parts to statements: subject, property, value as written and as read, and where; no I/O."""

from muniment.facts.apply import apply_mapping
from muniment.facts.applying.applied import Applied, Block, Entities, Misfit, statements_of
from muniment.facts.layout import Layout, RowKind, Rows, find_layout, layout_with, rows_of
from muniment.facts.mapping import (
    ColumnRule,
    ConstantRule,
    EntityRule,
    LinkRule,
    Mapping,
    Scope,
    check_mapping,
    mapping_bytes,
    parse_mapping,
    printed_mapping,
)
from muniment.facts.propose import propose
from muniment.facts.proposing.proposal import ColumnProposal, Example, Proposal, mapping_of
from muniment.facts.readings import READINGS, CellFacts, Reading, read_value
from muniment.facts.shape import shape_of
from muniment.facts.statement import (
    By,
    Doubt,
    Statement,
    Unread,
    key_entity,
    place_entity,
    row_entity,
    table_scope,
)
from muniment.facts.table import NOTHING, Column, Held, Table, table_of_rows

__all__ = [
    "NOTHING",
    "READINGS",
    "Applied",
    "Block",
    "By",
    "CellFacts",
    "Column",
    "ColumnProposal",
    "ColumnRule",
    "ConstantRule",
    "Doubt",
    "Entities",
    "EntityRule",
    "Example",
    "Held",
    "Layout",
    "LinkRule",
    "Mapping",
    "Misfit",
    "Proposal",
    "Reading",
    "RowKind",
    "Rows",
    "Scope",
    "Statement",
    "Table",
    "Unread",
    "apply_mapping",
    "check_mapping",
    "find_layout",
    "key_entity",
    "layout_with",
    "mapping_bytes",
    "mapping_of",
    "parse_mapping",
    "place_entity",
    "printed_mapping",
    "propose",
    "read_value",
    "row_entity",
    "rows_of",
    "shape_of",
    "statements_of",
    "table_of_rows",
    "table_scope",
]
