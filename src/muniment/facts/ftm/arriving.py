"""Statements from files of FollowTheMoney and from the sidecar of another case.

- Rows come as a reader of the file gave them: row number, and column to what stands there. Each
  statement cites the cell that it was read from.
- A value is taken as read where it is in the form that FollowTheMoney keeps its type in; otherwise
  it stays as written, unread. So does every value of a schema or property that the model lacks: of
  what type it is cannot be known.
- What is none of the form, a row or a property of it, is handed back with the reason.
- `columns` is filled while rows come: a reader names a column where it first meets it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from muniment.core import CellArea, Citation, Digest, Place
from muniment.facts.ftm.clean import clean, why_unread
from muniment.facts.ftm.leaving import BASE
from muniment.facts.model import Kind, property_of
from muniment.facts.statement import By, Statement, Unread

Row = tuple[int, Mapping[int, str]]
_MOST = 10_000  # values of one entity's property


class Arriving(msgspec.Struct, frozen=True):
    """What a file's statements have in common; `id_of` gives an entity's id here."""

    object: Digest
    source: str
    id_of: Callable[[str], str]


class Misread(msgspec.Struct, frozen=True):
    """What says nothing that could be taken, and why."""

    at: Place
    why: str


def entities_in(
    rows: Iterable[Row | Misread], columns: Mapping[str, int], arriving: Arriving
) -> Iterator[Statement | Misread]:
    """Statements of entities, one a row, with the columns `id`, `schema` and `properties`."""
    get = _getter(columns)
    for row in rows:
        if isinstance(row, Misread):
            yield row
            continue
        number, cells = row
        entity, schema = get(cells, "id"), get(cells, "schema")
        found = _properties(get(cells, "properties") or "{}")
        if entity == "" or schema == "" or found is None:
            yield Misread(CellArea(number, 1), "no entity: id, schema and properties are wanted")
            continue
        at = Citation(arriving.object, CellArea(number, columns.get("properties", 1)))
        for name, written in found.items():
            values = _values(written)
            if values is None:
                yield Misread(at.place, f"no list of at most {_MOST:,} texts: {schema}:{name}")
                continue
            for value in values:
                yield _statement(arriving, entity, schema, name, value, at)


def statements_in(
    rows: Iterable[Row | Misread], columns: Mapping[str, int], arriving: Arriving
) -> Iterator[Statement | Misread]:
    """Statements of FollowTheMoney's own, one a row."""
    get = _getter(columns)
    for row in rows:
        if isinstance(row, Misread):
            yield row
            continue
        number, cells = row
        entity = get(cells, "canonical_id") or get(cells, "entity_id")
        schema, name = get(cells, "schema"), get(cells, "prop")
        if "" in (entity, schema, name):
            yield Misread(
                CellArea(number, 1), "no statement: entity_id, schema and prop are wanted"
            )
        elif name != BASE:  # which says no more than that the entity is there
            at = Citation(arriving.object, CellArea(number, columns["value"]))
            yield _statement(arriving, entity, schema, name, get(cells, "value"), at)


def citations_in(
    rows: Iterable[Row | Misread], columns: Mapping[str, int], arriving: Arriving
) -> Iterator[Statement | Misread]:
    """Statements of another case, from its sidecar: read and unread, with their doubts."""
    get = _getter(columns)
    for row in rows:
        if isinstance(row, Misread):
            yield row
            continue
        number, cells = row
        entity, schema, name = (get(cells, each) for each in ("entity", "schema", "property"))
        if "" in (entity, schema, name):
            yield Misread(CellArea(number, 1), "no statement: entity, schema, property are wanted")
            continue
        if get(cells, "again") != "":
            continue  # a line before it says the same
        unread, read = get(cells, "unread"), get(cells, "read")
        known = property_of(schema, name)
        if known is None:
            unread = unread or Unread.NOT_IN_THE_MODEL.value
        link = known is not None and known.kind is Kind.ENTITY
        yield Statement(
            entity=arriving.id_of(entity),
            schema=schema,
            property=name,
            written=get(cells, "written"),
            read=None if unread != "" else arriving.id_of(read) if link else read,
            unread=unread,
            at=Citation(arriving.object, CellArea(number, columns["written"])),
            by=By.IMPORT,
            source=arriving.source,
            doubts=tuple(get(cells, "doubts").split()),
        )


def _statement(  # noqa: PLR0913, PLR0917 - the members of a statement
    arriving: Arriving, entity: str, schema: str, name: str, value: str, at: Citation
) -> Statement:
    known = property_of(schema, name)
    read = None if known is None else clean(known.kind, value)
    if known is None:
        unread = Unread.NOT_IN_THE_MODEL.value
    else:
        unread = "" if read is not None else why_unread(known.kind)
        if read is not None and known.kind is Kind.ENTITY:
            read = arriving.id_of(read)
    return Statement(
        entity=arriving.id_of(entity),
        schema=schema,
        property=name,
        written=value,
        read=read,
        unread=unread,
        at=at,
        by=By.IMPORT,
        source=arriving.source,
    )


def _getter(columns: Mapping[str, int]) -> Callable[[Mapping[int, str], str], str]:
    return lambda cells, name: cells.get(columns.get(name, 0), "")


def _properties(written: str) -> dict[str, Any] | None:
    """Property to what is written there; None where it is no object."""
    try:
        plain: Any = json.loads(written)
    except (ValueError, RecursionError):
        return None
    return plain if isinstance(plain, dict) else None


def _values(values: Any) -> list[str] | None:
    """The values of a property; None where they are no texts or whole numbers, or too many."""
    listed = values if isinstance(values, list) else [values]
    plain = all(isinstance(each, (str, int)) and not isinstance(each, bool) for each in listed)
    return [str(each) for each in listed] if plain and len(listed) <= _MOST else None
