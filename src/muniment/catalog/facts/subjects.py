"""Subjects of a case: the people, places, events and relations that statements are about."""

from typing import Any

import msgspec

from muniment.catalog.facts.asking import StatementView
from muniment.catalog.facts.held import LISTED, Asked, FactTables, rows_of
from muniment.catalog.facts.mentioned import condition, in_rows_of
from muniment.catalog.quoting import sql_text

_IN_ORDER = "schema <> 'Person', sha256, sheet, \"row\", schema, entity"
_MOST_STATEMENTS = 2_000  # of one entity


class EntitiesWanted(msgspec.Struct, frozen=True):
    """Which entities are asked for; `words` is a part of how they are called."""

    schema: str = ""
    words: str = ""
    start: int = 0
    limit: int = 50


class EntityView(msgspec.Struct, frozen=True):
    """An entity, how it is called, and the row that it was first met in."""

    entity: str
    schema: str
    caption: str
    sha256: str
    sheet: str | None
    row: int | None
    source: str


class EntityLink(msgspec.Struct, frozen=True):
    """That an entity says of another; `citation` is where it stands."""

    entity: str
    schema: str
    caption: str
    property: str
    target: str
    target_schema: str
    target_caption: str
    citation: str


class UnreadCount(msgspec.Struct, frozen=True):
    """How many values of a property were not read, and why."""

    schema: str
    property: str
    unread: str
    statements: int


def entities_counted(tables: Asked) -> dict[str, int]:
    """How many entities there are, by schema, the most first."""
    asked = (
        "SELECT schema, count(DISTINCT entity) AS entities FROM entities "
        "GROUP BY schema ORDER BY entities DESC, schema"
    )
    return {row["schema"]: row["entities"] for row in rows_of(tables, asked)}


def unread_counted(tables: Asked, limit: int = 50) -> tuple[UnreadCount, ...]:
    """What was not read, the most frequent first."""
    asked = (
        "SELECT schema, property, unread, count(*) AS statements FROM statements "  # noqa: S608
        "WHERE unread <> '' GROUP BY ALL ORDER BY statements DESC, schema, property, unread "
        f"LIMIT {int(limit)}"
    )
    return tuple(msgspec.convert(row, UnreadCount) for row in rows_of(tables, asked))


def entities(tables: Asked, wanted: EntitiesWanted) -> tuple[EntityView, ...]:
    """The entities that are asked for, people first, by where they stand."""
    conditions = [] if wanted.schema == "" else [f"schema = {sql_text(wanted.schema)}"]
    if wanted.words != "":
        called = f"contains(lower(caption), lower({sql_text(wanted.words)}))"
        conditions.append(f"entity IN (SELECT entity FROM entities WHERE {called})")  # noqa: S608
    where = " AND ".join(conditions) or "true"
    # What is listed is in order already; those of a name are few.
    order = "" if wanted.words == "" else f"ORDER BY {_IN_ORDER}"
    listed = "listed" if isinstance(tables, FactTables) else f"({LISTED})"
    asked = (
        f'SELECT entity, schema, sha256, sheet, "row", source FROM {listed} WHERE {where} {order} '  # noqa: S608
        f"LIMIT {int(wanted.limit)} OFFSET {int(wanted.start)}"
    )
    found = list(rows_of(tables, asked))
    named = _called(tables, found)
    return tuple(EntityView(caption=named.get(row["entity"], ("", ""))[1], **row) for row in found)


def entity_named(tables: Asked, name: str) -> EntityView | None:
    """An entity by its id; None where no statement is about it."""
    asked = (
        "SELECT entity, schema, coalesce(caption, '') AS caption, sha256, sheet, \"row\", source "  # noqa: S608
        f"FROM entities WHERE entity = {sql_text(name)} AND {in_rows_of(tables, (name,))} "
        "ORDER BY coalesce(caption, '') = '', sha256, sheet, \"row\" LIMIT 1"
    )
    found = next(rows_of(tables, asked), None)
    return None if found is None else msgspec.convert(found, EntityView)


def statements_about(tables: Asked, name: str) -> tuple[StatementView, ...]:
    """What is stated of an entity, by property and place."""
    columns = ", ".join(f'"{column}"' for column in StatementView.__struct_fields__)
    asked = (
        f"SELECT {columns} FROM statements WHERE entity = {sql_text(name)} "  # noqa: S608
        f"AND {in_rows_of(tables, (name,))} "
        f'ORDER BY property, sha256, sheet, "row", "column" LIMIT {_MOST_STATEMENTS}'
    )
    return tuple(msgspec.convert(row, StatementView) for row in rows_of(tables, asked))


def links_of(tables: Asked, names: frozenset[str], limit: int = 200) -> tuple[EntityLink, ...]:
    """What ties some entities to others, in either direction."""
    if len(names) == 0:
        return ()
    listed = ", ".join(sql_text(name) for name in sorted(names))
    tied = f"""
        SELECT DISTINCT entity, schema, property, "read" AS target, citation FROM statements
        WHERE (entity IN ({listed}) OR "read" IN ({listed})) AND length("read") = 40
            AND {in_rows_of(tables, tuple(sorted(names)))}
        ORDER BY schema, property, entity, target, citation LIMIT {int(limit)}
    """  # noqa: S608 - hex ids and counts, quoted
    found = list(rows_of(tables, tied))
    ends = sorted({row[end] for row in found for end in ("entity", "target")})
    called = _named(tables, ends, in_rows_of(tables, tuple(ends)))
    return tuple(
        EntityLink(
            row["entity"],
            row["schema"],
            called[row["entity"]][1],
            row["property"],
            row["target"],
            *called[row["target"]],
            row["citation"],
        )
        for row in found
        if row["entity"] in called and row["target"] in called
    )


def _called(tables: Asked, found: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    """The schema and the caption of entities whose rows are known."""
    return _named(
        tables,
        [row["entity"] for row in found],
        condition({(row["sha256"], row["row"]) for row in found}),
    )


def _named(tables: Asked, names: list[str], rows: str) -> dict[str, tuple[str, str]]:
    """The schema and the caption of some entities, by id; `rows` says which rows hold them all."""
    if len(names) == 0:
        return {}
    asked = (
        "SELECT entity, min(schema) AS schema, max(coalesce(caption, '')) AS caption "  # noqa: S608
        f"FROM entities WHERE entity IN ({', '.join(map(sql_text, names))}) AND {rows} "
        "GROUP BY entity ORDER BY entity"
    )
    return {row["entity"]: (row["schema"], row["caption"]) for row in rows_of(tables, asked)}
