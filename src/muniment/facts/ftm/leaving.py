"""Statements of one entity to the statements of FollowTheMoney that leave.

- Lines come by entity. Each line leaves as none, one or several FollowTheMoney statements; a line
  that leaves as none is handed back with the reason, never dropped.
- The profile `overlay` keeps the model as it is; `stock` says the same in FollowTheMoney's own
  schemata, as far as they go (`model.carried`).
- A FollowTheMoney statement is named as that package names it: the SHA-1 of dataset, entity,
  property and value. Its source is not part of the name, so several lines may share one.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby

import msgspec

from muniment.facts.ftm.clean import clean
from muniment.facts.model import Kind, Part, Property, parts_of, property_of
from muniment.facts.statement import Statement

_ENTITY = re.compile(r"[0-9a-f]{40}", re.ASCII)  # as ids of entities are made in a case
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
        said: list[_Said] = []
        for line in some:
            known = property_of(schema, line.property)
            if known is None:
                yield Stayed(line, Kept.NOT_IN_THE_MODEL)
            else:
                said.append(_said(line, known))
        if len(said) > 0:
            yield from _overlay(said) if profile is Profile.OVERLAY else _stock(schema, said)


class _Said(msgspec.Struct, frozen=True, gc=False):
    """A line and the property that it leaves under; `read` is None where nothing can leave."""

    line: Line
    property: str
    read: str | None


def _said(line: Line, known: Property) -> _Said:
    """A link is a link to an entity of the case; a name in its place leaves as a name."""
    if line.read is None or known.kind is not Kind.ENTITY or _ENTITY.fullmatch(line.read):
        return _Said(line, line.property, line.read)
    return _Said(line, known.instead or line.property, line.read if known.instead != "" else None)


def _overlay(said: list[_Said]) -> Iterator[Left | Stayed]:
    first = said[0].line
    yield Left(first.entity, first.schema, BASE, BASE, first.entity, None)
    for each in said:
        yield _left(each, first.entity, first.schema, each.property)


def _stock(schema: str, said: list[_Said]) -> Iterator[Left | Stayed]:
    carried: set[int] = set()
    unclean: dict[int, Stayed] = {}
    for part in parts_of(schema):
        if _is_there(part, said):
            yield from _unstated(part, schema, said)
            for line, one in _stated(part, said):
                if isinstance(one, Left):
                    again = id(line) in carried
                    carried.add(id(line))
                    yield msgspec.structs.replace(one, again=True) if again else one
                else:
                    unclean[id(line)] = one
    for each in said:
        if id(each.line) not in carried:
            why = Kept.UNREAD if each.line.read is None else Kept.NO_COUNTERPART
            yield unclean.get(id(each.line), Stayed(each.line, why))


def _unstated(part: Part, schema: str, said: list[_Said]) -> Iterator[Left]:
    """What no source says of a part: that it is there, its constants, its links to other parts."""
    entity = _entity_of(part, said)
    yield Left(entity, part.schema, BASE, BASE, entity, None)
    for name, value in part.constants:
        yield Left(entity, part.schema, name, _kind_of(part.schema, name).value, value, None)
    for name, other in part.links:
        there = next(each for each in parts_of(schema) if each.name == other)
        if _is_there(there, said):
            target = _entity_of(there, said)
            yield Left(entity, part.schema, name, Kind.ENTITY.value, target, None)


def _stated(part: Part, said: list[_Said]) -> Iterator[tuple[Line, Left | Stayed]]:
    entity = _entity_of(part, said)
    for each in said:
        for ours, theirs in part.properties:
            if ours == each.property:
                yield each.line, _left(each, entity, part.schema, theirs)


def _left(said: _Said, entity: str, schema: str, name: str) -> Left | Stayed:
    line = said.line
    if line.read is None:
        return Stayed(line, Kept.UNREAD)
    kind = _kind_of(schema, name)
    value = None if said.read is None else clean(kind, said.read)
    if value is None or (kind is Kind.ENTITY and value == entity):
        return Stayed(line, Kept.NO_CLEAN_FORM)
    return Left(entity, schema, name, kind.value, value, line)


def _is_there(part: Part, said: list[_Said]) -> bool:
    if part.when is not None:
        name, codes = part.when
        read = {each.read for each in said if each.property == name and each.read is not None}
        if read.isdisjoint(codes) and not (len(read) == 0 and "" in codes):
            return False
    if part.about != "" and _named(part, said) is None:
        return False
    return len(part.needs) == 0 or any(
        each.property in part.needs and each.read is not None for each in said
    )


def _entity_of(part: Part, said: list[_Said]) -> str:
    named = _named(part, said)
    if named is not None:
        return named
    own = said[0].line.entity
    return own if part.name == "" else f"{own}-{part.name}"


def _named(part: Part, said: list[_Said]) -> str | None:
    """The other entity that a part is about; None where it is about its own."""
    reads = (each.read for each in said if each.property == part.about)
    return next((read for read in reads if read is not None), None)


def _kind_of(schema: str, name: str) -> Kind:
    found = property_of(schema, name)
    return Kind.STRING if found is None else found.kind
