"""Pictures that lie in the cells of a list, as statements: whose row each is anchored in.

- A picture of a workbook stands at an area of a sheet; the row of its first cell is its row. Where
  that row has a person, a PhotoOf says so, and cites the anchor.
- Nothing is said of what a picture shows: that it lies in a row is all that is known.
"""

import msgspec
import numpy as np
from sqlalchemy import select

from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import CONTAINMENTS
from muniment.core import CellArea, Citation, parse_digest, parse_place
from muniment.facts.applying.applied import Applied
from muniment.facts.layout import RowKind
from muniment.facts.mapping import Mapping
from muniment.facts.shape import FORM
from muniment.facts.statement import By, Statement, place_entity
from muniment.facts.table import Table

_BASIS = "the picture is anchored in a cell of this row"


def with_pictures(ledger: Ledger, applied: Applied, mapping: Mapping) -> Applied:
    """What was applied, and a PhotoOf for each picture that is anchored in a person's row."""
    people = _people(applied, mapping)
    if len(people) == 0:
        return applied
    added: list[Statement] = []
    for at, digest, name in _anchored(ledger, applied):
        position = _record_at(applied.table, at.row)
        person = None if position is None else people.get(position)
        if person is not None:
            added += _statements(applied, at, digest, name, person)
    counts = applied.counts | {"pictures": len(added) // 3}
    return msgspec.structs.replace(applied, constants=(*applied.constants, *added), counts=counts)


def _record_at(table: Table, row: int) -> int | None:
    """The position of the record that a row of the sheet belongs to; None where none is sure.

    Below each other, a form goes on until the next begins; beside each other, nobody can say.
    """
    if table.arrangement == "":
        return table.position(row)
    if table.arrangement != FORM or table.kinds is None or table.parts is None:
        return None
    records = np.flatnonzero(table.kinds == RowKind.DATA)
    if len(np.unique(table.rows[records])) < len(records):
        return None
    before = np.searchsorted(table.rows[records], row, "right")
    return int(records[before - 1]) if before > 0 else None


def _people(applied: Applied, mapping: Mapping) -> dict[int, str]:
    """The person of each row, by position: of the first entity that is one."""
    name = next((each.name for each in mapping.entities if each.schema == "Person"), None)
    found: dict[int, str] = {}
    for block in applied.blocks:
        if block.entity == name:
            for position, subject in zip(block.rows.tolist(), block.subjects.tolist(), strict=True):
                found.setdefault(position, applied.entities.ids[subject])
    return found


def _anchored(ledger: Ledger, applied: Applied) -> list[tuple[CellArea, str, str]]:
    table = applied.table
    lying = select(CONTAINMENTS).where(CONTAINMENTS.c.parent == table.digest.hex)
    found = []
    with ledger.engine.connect() as connection:
        for row in connection.execute(lying.order_by("number")):
            place = parse_place(row.place)
            if isinstance(place, CellArea) and place.sheet == table.sheet:
                found.append((place, str(row.digest), str(row.name)))
    return found


def _statements(
    applied: Applied, at: CellArea, digest: str, name: str, person: str
) -> list[Statement]:
    citation = Citation(applied.table.digest, at)
    picture = parse_digest(digest).ni
    said = (("image", name, picture), ("person", "", person), ("basis", "", _BASIS))
    return [
        Statement(
            entity=place_entity(citation, f"photo {picture}"),
            schema="PhotoOf",
            property=prop,
            written=written,
            read=read,
            unread="",
            at=citation,
            by=By.MAPPING,
            source=applied.source,
        )
        for prop, written, read in said
    ]
