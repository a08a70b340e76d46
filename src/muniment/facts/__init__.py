"""Parts to statements: subject, property, value as written and as read, and where; no I/O."""

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

__all__ = [
    "By",
    "ColumnRule",
    "ConstantRule",
    "Doubt",
    "EntityRule",
    "LinkRule",
    "Mapping",
    "Scope",
    "Statement",
    "Unread",
    "check_mapping",
    "key_entity",
    "mapping_bytes",
    "parse_mapping",
    "place_entity",
    "printed_mapping",
    "row_entity",
    "table_scope",
]
