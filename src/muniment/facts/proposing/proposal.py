"""A proposed mapping, as records: what each column seems to state, and the whole."""

import msgspec

from muniment.facts.layout import Layout
from muniment.facts.mapping import ColumnRule, ConstantRule, EntityRule, LinkRule, Mapping
from muniment.facts.told import told_of


class Example(msgspec.Struct, frozen=True):
    """One of a column's values as written, and as the proposed reader reads it."""

    written: str
    read: str | None
    unread: str = ""


class ColumnProposal(msgspec.Struct, frozen=True):
    """What one column seems to state; `property` is Schema:property, or None."""

    column: int
    header: str
    property: str | None
    entity: str
    reader: str
    options: tuple[tuple[str, str], ...]
    confidence: float  # 0 to 1
    examples: tuple[Example, ...]
    reasons: tuple[str, ...]
    alternatives: tuple[tuple[str, float], ...]


class Proposal(msgspec.Struct, frozen=True):
    """A mapping proposed for one table."""

    columns: tuple[ColumnProposal, ...]
    entities: tuple[EntityRule, ...]
    links: tuple[LinkRule, ...]
    constants: tuple[ConstantRule, ...]
    fill_down: tuple[int, ...]
    layout: Layout
    shape: str
    subject: str  # person, facility, order, post, testimony
    doubts: tuple[str, ...]


def mapping_of(proposal: Proposal, title: str) -> Mapping:
    """The proposal as a mapping that a person can edit and confirm."""
    last = max((each.column for each in proposal.columns), default=0)
    names = proposal.layout.names
    return Mapping(
        title=title,
        shape=proposal.shape,
        headers=tuple(names.get(column, "") for column in range(1, last + 1)),
        header_rows=len(proposal.layout.headers),
        arrangement=proposal.layout.arrangement,
        told=told_of(proposal.layout.told),
        columns=tuple(
            ColumnRule(
                each.column,
                each.header,
                each.entity if each.property is not None else "",
                "" if each.property is None else each.property.partition(":")[2],
                each.reader,
                each.options if each.property is not None else (),
            )
            for each in proposal.columns
        ),
        entities=proposal.entities,
        links=proposal.links,
        constants=proposal.constants,
        fill_down=proposal.fill_down,
    )
