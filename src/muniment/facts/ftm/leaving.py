"""Statements of one entity to the statements of FollowTheMoney that leave.

- Lines come by entity. Each line leaves as none, one or several FollowTheMoney statements; a line
  that leaves as none is handed back with the reason, never dropped.
- The profile `overlay` keeps the model as it is; `stock` says the same in FollowTheMoney's own
  schemata, as far as they go (`model.carried`).
- A FollowTheMoney statement is named as that package names it: the SHA-1 of dataset, entity,
  property and value. Its source is not part of the name, so several lines may share one.
"""

import hashlib
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby

import msgspec

from muniment.facts.ftm.clean import clean
from muniment.facts.model import Kind, Part, parts_of, property_of
from muniment.facts.statement import Statement

BASE = "id"  # the property by which FollowTheMoney says that an entity is there


class Profile(StrEnum):
    """In which model statements leave."""

    STOCK = "stock"
    OVERLAY = "overlay"


class Kept(StrEnum):
    """Why a statement stays behind in the sidecar."""

    UNREAD = "unread"  # only what was read can leave
    NO_COUNTERPART = "no-counterpart"  # stock FollowTheMoney has no property for it
    NOT_IN_THE_MODEL = "not-in-the-model"  # a schema or a property that nobody here knows
    NO_CLEAN_FORM = "no-clean-form"  # FollowTheMoney's cleaning would drop it
    OTHER_SCHEMA = "other-schema"  # the entity leaves under a schema that has no such property


class Line(msgspec.Struct, frozen=True, gc=False):
    """A statement as texts: what is written into a sidecar, one a line."""

    id: str
    entity: str
    schema: str
    property: str
    written: str
    read: str | None
    unread: str
    doubts: str  # separated by spaces
    citation: str
    by: str
    source: str


class Left(msgspec.Struct, frozen=True, gc=False):
    """A FollowTheMoney statement; `line` is where it comes from, None for what nobody stated.

    `again` says that the line left as another statement before.
    """

    entity: str
    schema: str
    property: str
    kind: str
    value: str
    line: Line | None
    again: bool = False


class Stayed(msgspec.Struct, frozen=True, gc=False):
    """A line that does not leave, and why."""

    line: Line
    why: Kept
    again: bool = False  # it left all the same, as another statement


def line_of(statement: Statement) -> Line:
    """A statement as texts."""
    return Line(
        statement.id,
        statement.entity,
        statement.schema,
        statement.property,
        statement.written,
        statement.read,
        statement.unread,
        " ".join(statement.doubts),
        str(statement.at),
        statement.by.value,
        statement.source,
    )


def ftm_id(dataset: str, entity: str, name: str, value: str) -> str:
    """The name that followthemoney gives a statement (`Statement.make_key`)."""
    key = f"{dataset}.{entity}.{name}.{value}"
    return hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()


def leave(lines: Sequence[Line], profile: Profile) -> Iterator[Left | Stayed]:
    """What the lines of one entity leave as."""
    by_schema = sorted(lines, key=lambda line: line.schema)
    for schema, some in groupby(by_schema, key=lambda line: line.schema):
        known = [line for line in some if property_of(schema, line.property) is not None]
        met = {id(line) for line in known}
        yield from (
            Stayed(line, Kept.NOT_IN_THE_MODEL)
            for line in by_schema
            if line.schema == schema and id(line) not in met
        )
        if len(known) > 0:
            yield from _overlay(known) if profile is Profile.OVERLAY else _stock(schema, known)


def _overlay(lines: list[Line]) -> Iterator[Left | Stayed]:
    for schema, entity in {(line.schema, line.entity): None for line in lines}:
        yield Left(entity, schema, BASE, BASE, entity, None)
    for line in lines:
        yield _left(line, line.entity, line.schema, line.property)


def _stock(schema: str, lines: list[Line]) -> Iterator[Left | Stayed]:
    carried: set[int] = set()
    unclean: dict[int, Stayed] = {}
    for part in parts_of(schema):
        if _is_there(part, lines):
            yield from _unstated(part, schema, lines)
            for line, one in _stated(part, lines):
                if isinstance(one, Left):
                    again = id(line) in carried
                    carried.add(id(line))
                    yield msgspec.structs.replace(one, again=True) if again else one
                else:
                    unclean[id(line)] = one
    for line in lines:
        if id(line) not in carried:
            why = Kept.UNREAD if line.read is None else Kept.NO_COUNTERPART
            yield unclean.get(id(line), Stayed(line, why))


def _unstated(part: Part, schema: str, lines: list[Line]) -> Iterator[Left]:
    """What no source says of a part: that it is there, its constants, its links to other parts."""
    entity = _entity_of(part, lines)
    yield Left(entity, part.schema, BASE, BASE, entity, None)
    for name, value in part.constants:
        yield Left(entity, part.schema, name, _kind_of(part.schema, name).value, value, None)
    for name, other in part.links:
        there = next(each for each in parts_of(schema) if each.name == other)
        if _is_there(there, lines):
            target = _entity_of(there, lines)
            yield Left(entity, part.schema, name, Kind.ENTITY.value, target, None)


def _stated(part: Part, lines: list[Line]) -> Iterator[tuple[Line, Left | Stayed]]:
    entity = _entity_of(part, lines)
    for line in lines:
        for ours, theirs in part.properties:
            if ours == line.property:
                yield line, _left(line, entity, part.schema, theirs)


def _left(line: Line, entity: str, schema: str, name: str) -> Left | Stayed:
    if line.read is None:
        return Stayed(line, Kept.UNREAD)
    kind = _kind_of(schema, name)
    value = clean(kind, line.read)
    if value is None or (kind is Kind.ENTITY and value == entity):
        return Stayed(line, Kept.NO_CLEAN_FORM)
    return Left(entity, schema, name, kind.value, value, line)


def _is_there(part: Part, lines: list[Line]) -> bool:
    if part.when is not None:
        name, codes = part.when
        read = {line.read for line in lines if line.property == name and line.read is not None}
        if read.isdisjoint(codes) and not (len(read) == 0 and "" in codes):
            return False
    if part.about != "" and _named(part, lines) is None:
        return False
    return len(part.needs) == 0 or any(
        line.property in part.needs and line.read is not None for line in lines
    )


def _entity_of(part: Part, lines: list[Line]) -> str:
    named = _named(part, lines)
    if named is not None:
        return named
    own = lines[0].entity
    return own if part.name == "" else f"{own}-{part.name}"


def _named(part: Part, lines: list[Line]) -> str | None:
    """The other entity that a part is about; None where it is about its own."""
    reads = (line.read for line in lines if line.property == part.about and line.read is not None)
    return next((each for read in reads if (each := clean(Kind.ENTITY, read)) is not None), None)


def _kind_of(schema: str, name: str) -> Kind:
    found = property_of(schema, name)
    return Kind.STRING if found is None else found.kind
