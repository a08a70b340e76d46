"""Proposes a mapping for a table of a case, and checks one before it is confirmed."""

from collections.abc import Iterator
from collections.abc import Mapping as Map

import msgspec

from muniment.catalog.facts.finding import shape_told, tables_of_shape
from muniment.catalog.facts.opening import LONG, some_of_sheet, table_of_sheet
from muniment.catalog.facts.shapes import Progress, find_shapes
from muniment.catalog.facts.standing import MAPPING, WITHDRAWAL, MappingView, standing
from muniment.catalog.ledger import Ledger
from muniment.catalog.sheets import Sheet, TableView, open_view, tables_of
from muniment.core import UsageError, canonical_json, parse_digest
from muniment.facts import Mapping, mapping_bytes
from muniment.facts.layout import find_layout
from muniment.facts.model import SCHEMATA, properties_of, property_of, schema_of
from muniment.facts.propose import propose
from muniment.facts.proposing.proposal import Proposal, mapping_of
from muniment.facts.readings import READINGS
from muniment.facts.readings.options import wrong_options
from muniment.facts.shape import ACROSS, FORM, shape_of
from muniment.facts.told import Told, told_text
from muniment.facts.trying import TriedColumn, tried
from muniment.vault import Case, Decision


class Proposed(msgspec.Struct, frozen=True):
    """What is proposed for a table, the mapping it would be, and how many tables it would read."""

    table: TableView
    proposal: Proposal
    mapping: Mapping
    standing: MappingView | None  # of this shape, confirmed before
    looked_at: int  # rows of the table that it was made of


def proposed_for(
    case: Case, ledger: Ledger, view: TableView, *, told: Told | None = None, whole: bool = True
) -> Proposed:
    """A mapping proposed for a table; kept until the ledger changes.

    Its records lie as they are `told` to, or were when a mapping of this table was confirmed; else
    as rules find it. Where it is not asked of the whole table, it is made of some hundred rows of a
    long one.

    Raises:
        UsageError: no record lies as it is told.
    """
    told = told or _told_before(ledger, view)
    return ledger.remembered(
        ("proposed mapping", view.sha256, view.sheet, told, whole),
        lambda: _proposed(case, ledger, view, told, whole=whole),
    )


def _told_before(ledger: Ledger, view: TableView) -> Told | None:
    """What was told of how the records of a table lie, by a mapping that stands."""
    stand = standing(ledger)
    events = {shape: each.event for shape, each in stand.items()}
    found = stand.get(shape_told(ledger, view, events))
    return None if found is None or found.mapping is None else found.mapping.told


def tried_on(
    case: Case, ledger: Ledger, view: TableView, mapping: Mapping
) -> Map[int, TriedColumn]:
    """What a mapping would read of a table, by column; kept until the ledger changes."""
    return ledger.remembered(
        ("tried mapping", view.sha256, view.sheet, mapping_bytes(mapping)),
        lambda: tried(mapping, some_of_sheet(open_view(case, ledger, view), view, mapping.told)),
    )


def _proposed(
    case: Case, ledger: Ledger, view: TableView, told: Told | None, *, whole: bool
) -> Proposed:
    sheet = open_view(case, ledger, view)
    whole = whole or told is not None
    table = table_of_sheet(sheet, view, told) if whole else some_of_sheet(sheet, view)
    if len(table.rows) < len(sheet.rows) and find_layout(table).shape == "":
        table = table_of_sheet(sheet, view)  # its shape is what all of its rows hold
    file = view.name.rsplit("/", 1)[-1]
    proposal = propose(table, (file,))
    title = next(iter(proposal.layout.titles), "") or (
        file if view.sheet is None else f"{file} · {view.sheet}"
    )
    mapping = mapping_of(proposal, title[:200] or view.sha256[:16])
    before = standing(ledger).get(proposal.shape)
    every = whole or len(sheet.rows) <= LONG or table.arrangement in (FORM, ACROSS)
    return Proposed(view, proposal, mapping, before, view.rows if every else len(table.rows))


def _columns(sheet: Sheet, view: TableView, told: Told | None) -> Iterator[int]:
    """The columns of a table whose records do not lie one a row, or as they were told."""
    return (column.number for column in table_of_sheet(sheet, view, told).columns)


def confirmable(case: Case, ledger: Ledger, mapping: Mapping, progress: Progress) -> Decision:
    """The decision that confirms a mapping; it replaces the one of this shape that stands.

    Raises:
        UsageError: no table of the case has this shape, or the mapping reads what is not there, or
            it states what the model has no word for.
    """
    _check_model(mapping)
    find_shapes(case, ledger, progress, () if mapping.told is None else (mapping.told,))
    names = {place: text for place, text in enumerate(mapping.headers, 1) if text != ""}
    told = "" if mapping.told is None else told_text(mapping.told)
    if len(names) > 0 and shape_of(names, mapping.arrangement, told) != mapping.shape:
        raise UsageError(
            "the headers of this mapping, or where its records lie, are not those of its shape",
            next_step="leave `headers`, `told` and `shape` as `muniment map suggest` wrote them",
        )
    found = tables_of_shape(ledger, mapping.shape)
    if len(found) == 0:
        raise UsageError(
            "no table of this case has the shape that this mapping reads",
            next_step="run `muniment map suggest CASE TABLE --out FILE` for a table of this case",
        )
    for rule in mapping.columns:
        if rule.is_mapped and rule.reader not in READINGS:
            raise UsageError(
                f"column {rule.column} is to be read by {rule.reader!r}, which is no reader",
                next_step=f"name one of {', '.join(READINGS)}",
            )
        for wrong, known in wrong_options(rule.reader, dict(rule.options)):
            raise UsageError(f"column {rule.column}: {wrong}", next_step=known)
    held: set[int] = set()
    for each in found:
        (view,) = tables_of(ledger, each.digest, start=each.number, limit=1)
        sheet = open_view(case, ledger, view)
        plain = mapping.arrangement == "" and mapping.told is None
        held |= set(sheet.columns if plain else _columns(sheet, view, mapping.told))
        if all(rule.column in held for rule in mapping.columns if rule.is_mapped):
            break
    for rule in mapping.columns:
        if rule.is_mapped and rule.column not in held:
            raise UsageError(
                f"column {rule.column} is mapped, and no table of this shape has a cell in it",
                next_step=f"the columns are {_listed(held)}: change that entry, or take it out",
            )
    before = standing(ledger).get(mapping.shape)
    body = mapping_bytes(mapping).decode()
    return Decision(MAPPING, body, None if before is None else parse_digest(before.id))


def _check_model(mapping: Mapping) -> None:
    """Refuse what no one could find again: a schema or a property that the model does not have."""
    schemas = {entity.name: entity.schema for entity in mapping.entities}
    for schema in schemas.values():
        if schema_of(schema) is None:
            raise UsageError(
                f"the model has no schema {schema!r}",
                next_step=f"name one of {', '.join(sorted(SCHEMATA))}",
            )
    stated = [(rule.entity, rule.property) for rule in mapping.columns if rule.is_mapped]
    stated += [(rule.entity, rule.property) for rule in mapping.links]
    stated += [(rule.entity, rule.property) for rule in mapping.constants]
    for entity, name in stated:
        schema = schemas[entity]
        if property_of(schema, name) is None:
            raise UsageError(
                f"{schema} has no property {name!r}",
                next_step=f"name one of {', '.join(sorted(properties_of(schema)))}",
            )


def withdrawal(view: MappingView, reason: str) -> Decision:
    """The decision that takes a mapping back.

    Raises:
        UsageError: it is not applied any more.
    """
    if view.state not in ("applied", "shadowed", "unreadable"):
        raise UsageError(
            f"this mapping is {view.state} already",
            next_step="`muniment map list CASE` says by what",
        )
    body = canonical_json({"reason": reason}).decode()
    return Decision(WITHDRAWAL, body, parse_digest(view.id))


def _listed(held: set[int]) -> str:
    ordered = sorted(held)
    if ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{ordered[0]} to {ordered[-1]}"
    return ", ".join(map(str, ordered))
