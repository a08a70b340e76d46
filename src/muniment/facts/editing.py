"""A mapping as a person changes it column by column, in a form or a program.

- A choice names a property, the entity that it is said of, and how cells are read. Entities follow
  from the choices: those that are still used stay as they were, new ones get the schema of what is
  said of them and are linked to the others as the model links their schemata.
- Nothing is checked here but the choices themselves: `check_mapping` and the case decide the rest.
"""

import re
from collections.abc import Mapping as Map

import msgspec

from muniment.core import UsageError
from muniment.facts.mapping import ColumnRule, EntityRule, LinkRule, Mapping, Scope
from muniment.facts.model import Kind, is_a, properties_of, property_named, schema_of
from muniment.facts.readings import READINGS

_NAME = re.compile(r"[\w][\w -]{0,59}")


class Choice(msgspec.Struct, frozen=True):
    """What a person says of a column; `property` is Schema:property, or empty for nothing."""

    property: str
    entity: str = ""
    reader: str = "text"
    options: tuple[tuple[str, str], ...] = ()


class Sharing(msgspec.Struct, frozen=True):
    """By which columns rows share an entity, and how far; no column: each row has its own."""

    keys: tuple[int, ...] = ()
    scope: Scope = Scope.TABLE


def edited(
    mapping: Mapping, choices: Map[int, Choice], sharing: Map[str, Sharing] | None = None
) -> Mapping:
    """The mapping with other choices for its columns; columns without a choice stay.

    Raises:
        UsageError: a choice names a property, a reader or an entity that cannot be.
    """
    schemata = {rule.name: rule.schema for rule in mapping.entities}
    columns = []
    for rule in mapping.columns:
        choice = choices.get(rule.column)
        columns.append(rule if choice is None else _chosen(rule, choice, schemata))
    used = dict.fromkeys(rule.entity for rule in columns if rule.is_mapped)
    entities = _entities(mapping, columns, used, schemata)
    names = {rule.name for rule in entities}
    shared = sharing or {}
    return msgspec.structs.replace(
        mapping,
        columns=tuple(columns),
        entities=tuple(_shared(rule, shared.get(rule.name)) for rule in entities),
        links=_links(mapping, entities, schemata),
        constants=tuple(each for each in mapping.constants if each.entity in names),
    )


def _chosen(rule: ColumnRule, choice: Choice, schemata: dict[str, str]) -> ColumnRule:
    """The rule of a column by a choice; a new entity is noted in `schemata`."""
    if choice.property == "":
        return ColumnRule(rule.column, rule.header)
    schema, _, name = choice.property.partition(":")
    if property_named(choice.property) is None:
        raise UsageError(
            f"column {rule.column}: the model has no property {choice.property!r}",
            next_step="choose one that docs/reference/model.md lists, such as Person:birthDate",
        )
    if choice.reader not in READINGS:
        raise UsageError(
            f"column {rule.column}: nothing reads values as {choice.reader!r}",
            next_step=f"choose one of {', '.join(READINGS)}",
        )
    entity = choice.entity.strip()
    if entity == "" or not _fits(schemata.get(entity), schema):
        entity = next((each for each, its in schemata.items() if its == schema), schema.lower())
    if _NAME.fullmatch(entity) is None:
        raise UsageError(
            f"column {rule.column}: {entity!r} cannot be the name of an entity",
            next_step="use letters, figures, hyphens and spaces, such as person or father",
        )
    schemata.setdefault(entity, schema)
    return ColumnRule(rule.column, rule.header, entity, name, choice.reader, choice.options)


def _fits(known: str | None, schema: str) -> bool:
    """Whether an entity, perhaps a new one, can have properties of a schema."""
    return known is None or is_a(known, schema)


def _entities(
    mapping: Mapping,
    columns: list[ColumnRule],
    used: dict[str, None],
    schemata: Map[str, str],
) -> tuple[EntityRule, ...]:
    mapped = {(rule.entity, rule.column) for rule in columns if rule.is_mapped}
    kept = []
    for rule in mapping.entities:
        # An entity of links alone, such as the relation between two people, has no column.
        bare = not any(each.entity == rule.name for each in mapping.columns)
        ends = {link.target for link in mapping.links if link.entity == rule.name}
        if rule.name in used or (bare and ends <= set(used)):
            own = tuple(each for each in rule.required if (rule.name, each) in mapped)
            kept.append(msgspec.structs.replace(rule, required=own))
    new = [name for name in used if mapping.entity(name) is None]
    return (*kept, *(EntityRule(name, schemata[name]) for name in new))


def _shared(rule: EntityRule, sharing: Sharing | None) -> EntityRule:
    if sharing is None:
        return rule
    scope = Scope.ROW if len(sharing.keys) == 0 else sharing.scope
    return msgspec.structs.replace(rule, keys=sharing.keys, scope=scope)


def _links(
    mapping: Mapping, entities: tuple[EntityRule, ...], schemata: Map[str, str]
) -> tuple[LinkRule, ...]:
    """The links between entities that are there; a new entity is linked as its schema demands."""
    names = {rule.name for rule in entities}
    links = [each for each in mapping.links if each.entity in names and each.target in names]
    for rule in entities:
        if mapping.entity(rule.name) is not None:
            continue
        schema = schema_of(rule.schema)
        wanted = () if schema is None else (*schema.required, *schema.featured)
        known = properties_of(rule.schema)
        for name in dict.fromkeys(wanted):
            if known[name].kind is not Kind.ENTITY:
                continue
            target = next(
                (
                    each.name
                    for each in entities
                    if each.name != rule.name and is_a(schemata[each.name], known[name].target)
                ),
                None,
            )
            if target is not None:
                links.append(LinkRule(rule.name, name, target))
    return tuple(links)
