"""A mapping proposed for a table: what each column states, how sure that is, and why.

- A column's header and its contents are judged apart and then together.
- What a word such as "date" or "status" means follows from what else the table holds: people,
  facilities, orders, posts or testimony.
- Nothing is applied before a person confirms it; what is not known stays unmapped.
"""

from collections.abc import Mapping as Map

import msgspec
import numpy as np

from muniment.facts.contents import profile_of
from muniment.facts.header import Said, header_says
from muniment.facts.layout import Layout, RowKind, Rows, find_layout, rows_of
from muniment.facts.proposing.choice import Choice, Seen
from muniment.facts.proposing.choosing import chosen
from muniment.facts.proposing.columns import column_proposal
from muniment.facts.proposing.continuing import ABOVE, Continued
from muniment.facts.proposing.doubts import doubts_of_table
from muniment.facts.proposing.entities import entities_of
from muniment.facts.proposing.options import epoch_of
from muniment.facts.proposing.proposal import ColumnProposal, Proposal
from muniment.facts.proposing.subject import subject_of
from muniment.facts.shape import shape_without_headers
from muniment.facts.table import Table

_LOOKED_AT = 1_500  # different values of a column that say what all of it is


def propose(table: Table, titles: tuple[str, ...] = ()) -> Proposal:
    """What a table seems to state; `titles` are names of its file and sheet."""
    layout = find_layout(table)
    rows = rows_of(table, layout)
    seen = _seen(table, layout, rows)
    subject = subject_of(seen, (*layout.titles, *titles, table.sheet or ""))
    choices = chosen(seen, subject)
    entities, links, constants = entities_of(choices)
    continued = Continued(choices, rows)
    doubts = (*doubts_of_table(table, layout, rows, choices), *continued.doubts())
    epoch = epoch_of(table)
    return Proposal(
        tuple(
            _going_on(column_proposal(choice, rows, epoch, table.epoch), continued)
            for choice in choices
        ),
        entities,
        links,
        constants,
        _fill_down(table, rows, choices),
        layout,
        shape_of_table(layout, seen_kinds={each.column.number: each.profile.kind for each in seen}),
        subject,
        doubts,
    )


def _going_on(proposal: ColumnProposal, continued: Continued) -> ColumnProposal:
    """The proposal of a column whose blank cells repeat the one above, where rows go on."""
    if proposal.column not in continued.columns:
        return proposal
    return msgspec.structs.replace(proposal, options=(*proposal.options, ABOVE))


def _fill_down(table: Table, rows: Rows, choices: list[Choice]) -> tuple[int, ...]:
    """The mapped columns in which merged ranges run down over rows of data."""
    data = {int(row) for row in table.rows[rows.of(RowKind.DATA)]}
    mapped = {choice.seen.column.number for choice in choices if choice.concept != ""}
    found = {
        area.column
        for area in table.merged
        if (area.last_row or area.row) > area.row and area.row in data
    }
    return tuple(sorted(found & mapped))


def shape_of_table(layout: Layout, seen_kinds: Map[int, str]) -> str:
    """The shape of a table: of its headers, or, where it has none, of what its columns hold."""
    return layout.shape or shape_without_headers(seen_kinds, layout.told)


def kinds_of(table: Table) -> dict[int, str]:
    """What the columns of a table without headers hold."""
    every = np.ones(len(table.rows), np.bool_)
    return {column.number: profile_of(column, every).kind for column in table.columns}


def _seen(table: Table, layout: Layout, rows: Rows) -> list[Seen]:
    data = rows.of(RowKind.DATA)
    initials = _is_chinese(table)
    found = []
    for column in table.columns:
        header = layout.names.get(column.number, "")
        group = layout.groups.get(column.number, "")
        above = group.replace("\n", " / ")
        own = header.removeprefix(f"{above} / ") if group != "" else header
        said = header_says(own, group, initials=initials) if header != "" else Said({})
        codes = np.unique(column.codes[data & column.filled()])
        held = tuple(column.values[int(code)] for code in codes[:_LOOKED_AT])
        found.append(Seen(column, header, said, profile_of(column, data), held))
    return found


def _is_chinese(table: Table) -> bool:
    """Whether a column holds mostly Chinese."""
    return any(
        sum("\u4e00" <= value.displayed[:1] <= "\u9fff" for value in column.values[:50])
        > len(column.values[:50]) / 2
        for column in table.columns
    )
