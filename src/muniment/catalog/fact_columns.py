"""The columns of the flat tables of facts, and what their views work out."""

from typing import TYPE_CHECKING, Any

from muniment.core import CellArea

if TYPE_CHECKING:
    from muniment.facts import Statement

FACT_COLUMNS: dict[str, dict[str, str]] = {
    "statements": {
        "statement": "VARCHAR",
        "entity": "VARCHAR",
        "schema": "VARCHAR",
        "property": "VARCHAR",
        "written": "VARCHAR",
        "shown": "VARCHAR",
        "read": "VARCHAR",
        "unread": "VARCHAR",
        "doubts": "VARCHAR[]",
        "sha256": "VARCHAR",
        "sheet": "VARCHAR",
        "row": "BIGINT",
        "column": "BIGINT",
        "place": "VARCHAR",
        "citation": "VARCHAR",
        "by": "VARCHAR",
        "source": "VARCHAR",
    },
    "entities": {
        "entity": "VARCHAR",
        "schema": "VARCHAR",
        "name": "VARCHAR",
        "caption": "VARCHAR",
        "sha256": "VARCHAR",
        "sheet": "VARCHAR",
        "row": "BIGINT",
        "source": "VARCHAR",
    },
    "mentions": {
        "entity": "VARCHAR",
        "sha256": "VARCHAR",
        "sheet": "VARCHAR",
        "row": "BIGINT",
    },
    "misfits": {
        "sha256": "VARCHAR",
        "sheet": "VARCHAR",
        "row": "BIGINT",
        "column": "BIGINT",
        "code": "VARCHAR",
        "says": "VARCHAR",
        "citation": "VARCHAR",
        "source": "VARCHAR",
    },
}

# What the names of files begin with that hold statements of imports and reports.
OF_SOURCES = "source-"

# The statement's name as `facts.Statement.id` has it: canonical JSON of seven texts, of which only
# the written one can hold what JSON escapes.
VIEWS = {
    "statements": """sha256('["' || entity || '","' || "schema" || '","' || property || '",' ||
        to_json(written)::VARCHAR || ',"' || citation || '","' || "by" || '","' || source || '"]')
        AS statement, entity, "schema", property, written, shown, read, unread, doubts, sha256,
        sheet, "row", "column", split_part(citation, '#', 2) AS place, citation, "by", source"""
}


def statement_row(statement: "Statement") -> dict[str, Any]:
    """A statement as a row of `statements`; what only the table says is empty."""
    place = statement.at.place
    cell = place if isinstance(place, CellArea) else None
    return {
        "entity": statement.entity,
        "schema": statement.schema,
        "property": statement.property,
        "written": statement.written,
        "shown": None,
        "read": statement.read,
        "unread": statement.unread,
        "doubts": statement.doubts,
        "sha256": statement.at.digest.hex,
        "sheet": None if cell is None else cell.sheet,
        "row": None if cell is None else cell.row,
        "column": None if cell is None else cell.column,
        "citation": str(statement.at),
        "by": statement.by.value,
        "source": statement.source,
    }
