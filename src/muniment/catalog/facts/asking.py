"""Statements of a case, asked for by row, entity or property; and what mappings did not fit."""

from collections.abc import Iterator

import msgspec

from muniment.catalog.facts.held import Asked, rows_of
from muniment.catalog.quoting import sql_text
from muniment.core import CellArea, Citation


class StatementsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which statements are asked for; what is empty is not asked."""

    at: Citation | None = None  # a cell, a row of cells, or a whole object
    entity: str = ""
    schema: str = ""
    property: str = ""
    source: str = ""
    unread: bool = False
    limit: int = 100


class StatementView(msgspec.Struct, frozen=True):
    """One statement; `shown` is what the cell displays, where that is not what is stored."""

    statement: str
    entity: str
    schema: str
    property: str
    written: str
    shown: str | None
    read: str | None
    unread: str
    doubts: tuple[str, ...]
    sha256: str
    sheet: str | None
    row: int | None
    column: int | None
    place: str
    citation: str
    by: str
    source: str


class MisfitView(msgspec.Struct, frozen=True):
    """Something of a table that its mapping does not fit, and where."""

    sha256: str
    sheet: str | None
    row: int | None
    column: int | None
    code: str
    says: str
    citation: str
    source: str


def statements(tables: Asked, wanted: StatementsWanted) -> Iterator[StatementView]:
    """The statements that are asked for, by object, row and column."""
    conditions = [
        f'"{name}" = {sql_text(value)}'
        for name, value in (
            ("entity", wanted.entity),
            ("schema", wanted.schema),
            ("property", wanted.property),
            ("source", wanted.source),
        )
        if value != ""
    ]
    if wanted.unread:
        conditions.append("unread <> ''")
    if wanted.at is not None:
        conditions += _at(wanted.at)
    where = " AND ".join(conditions) or "true"
    columns = ", ".join(f'"{name}"' for name in StatementView.__struct_fields__)
    asked = (
        f'SELECT {columns} FROM statements WHERE {where} ORDER BY sha256, sheet, "row", "column", '  # noqa: S608
        f"schema, property LIMIT {int(wanted.limit)}"
    )
    for row in rows_of(tables, asked):
        yield msgspec.convert(row, StatementView)


def misfits(tables: Asked, source: str = "", limit: int = 1_000) -> Iterator[MisfitView]:
    """What mappings do not fit, by object, row and column; cells that say nothing come last."""
    where = "true" if source == "" else f"source = {sql_text(source)}"
    asked = (
        f"SELECT * FROM misfits WHERE {where} "  # noqa: S608
        'ORDER BY code = \'no-value\', source, sha256, sheet, "row", "column" '
        f"LIMIT {int(limit)}"
    )
    for row in rows_of(tables, asked):
        yield msgspec.convert(row, MisfitView)


def _at(at: Citation) -> list[str]:
    found = [f"sha256 = {sql_text(at.digest.hex)}"]
    place = at.place
    if isinstance(place, CellArea):
        found.append(f"sheet IS NOT DISTINCT FROM {sql_text(place.sheet)}")
        found.append(f'"row" BETWEEN {place.row} AND {place.last_row or place.row}')
        # A cell stands for its row: what a row says of somebody is asked for, not one cell alone.
        if place.last_column is not None:
            found.append(f'"column" BETWEEN {place.column} AND {place.last_column}')
    elif str(at) != at.digest.ni:
        found.append(f"citation = {sql_text(str(at))}")
    return found
