"""Finds the table that a person names, and the tables of a shape."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import select

from muniment.catalog.fact_tables import TABLE_SHAPES, TOLD_SHAPES
from muniment.catalog.ledger import Ledger
from muniment.catalog.sheets import TableView, Wanted, tables_in_case, tables_of
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES
from muniment.core import CellArea, Digest, UsageError, parse_citation, parse_digest

_MARK = "#"
_SOME = 8  # tables that an error names


class TableOfShape(msgspec.Struct, frozen=True):
    """A table by its object, its number there and its name."""

    digest: Digest
    number: int
    sheet: str | None


class ShapeOfTable(msgspec.Struct, frozen=True):
    """The shape that a table is read in, and what its object's tables were made of."""

    digest: str
    number: int
    source: str
    shape: str


def shapes_among(ledger: Ledger, events: Mapping[str, int]) -> tuple[ShapeOfTable, ...]:
    """The tables that have one of these shapes, each with one; `events` said so last, by shape.

    What somebody told of how records lie goes before what rules find, the later before the earlier.
    """
    read: dict[tuple[str, int], ShapeOfTable] = {}
    with ledger.engine.connect() as connection:
        for known in (TABLE_SHAPES, TOLD_SHAPES):
            rows = connection.execute(select(known).where(known.c.shape.in_(sorted(events))))
            for row in sorted(rows, key=lambda row: events[row.shape]):
                place = (row.digest, row.number)
                read[place] = ShapeOfTable(row.digest, row.number, row.source, row.shape)
    return tuple(read[place] for place in sorted(read))


def shape_told(ledger: Ledger, view: TableView, events: Mapping[str, int]) -> str:
    """Which of these shapes a table is told to have; empty where none."""
    chosen = select(TOLD_SHAPES.c.shape).where(
        TOLD_SHAPES.c.digest == view.sha256,
        TOLD_SHAPES.c.number == view.number,
        TOLD_SHAPES.c.shape.in_(sorted(events)),
    )
    with ledger.engine.connect() as connection:
        return max(connection.scalars(chosen), key=lambda shape: events[shape], default="")


def table_named(ledger: Ledger, written: str) -> TableView:
    """The table that `written` names: SHA256, SHA256#sheet=NAME, a citation, FILE or FILE#SHEET.

    Raises:
        UsageError: it names none, or several.
    """
    digest, sheet = _digest_and_sheet(written)
    name = written.partition(_MARK)[0]
    if digest is not None:
        found = [view for view in _tables(ledger, digest) if sheet is None or view.sheet == sheet]
    else:
        sheet = written.partition(_MARK)[2]
        found = [
            view
            for view in tables_in_case(ledger, Wanted(name=name), limit=500)
            if _is_called(view, name) and sheet in ("", view.sheet)
        ]
    if len(found) == 0 and digest is None and _is_a_file(ledger, name):
        raise UsageError(
            f"{name!r} is in this case, and no table was read in it"
            + (f" that is called {sheet!r}" if sheet else ""),
            next_step="`muniment problems CASE` says why, if anything is wrong with it; lines that "
            "have no separator in common, or sentences between them, are read as text: set them "
            "right in a copy and take that in beside it",
        )
    if len(found) == 1 or (sheet and len({view.sha256 for view in found}) == 1):
        return found[0]
    step = f"name one with its file and sheet: {', '.join(map(_written, found[:_SOME]))}"
    raise UsageError(
        f"{written!r} names {'no table' if len(found) == 0 else 'several tables'} of this case",
        next_step=step if len(found) > 0 else "the table `sheets` of `muniment sql` lists them",
    )


def _is_a_file(ledger: Ledger, name: str) -> bool:
    """Whether a file of the case has this name, whatever was read in it."""
    with ledger.engine.connect() as connection:
        return any(
            connection.execute(select(table.c.digest).where(table.c.name == name).limit(1)).first()
            is not None
            for table in (DELIVERIES, CONTAINMENTS)
        )


def tables_of_shape(ledger: Ledger, shape: str) -> tuple[TableOfShape, ...]:
    """The tables of a shape, as far as shapes have been found."""
    with ledger.engine.connect() as connection:
        return tuple(
            TableOfShape(parse_digest(row.digest), row.number, row.sheet)
            for known in (TABLE_SHAPES, TOLD_SHAPES)
            for row in connection.execute(
                select(known).where(known.c.shape == shape).order_by("digest", "number")
            )
        )


def _digest_and_sheet(written: str) -> tuple[Digest | None, str | None]:
    name, _, place = written.partition(_MARK)
    try:
        digest = parse_digest(name)
    except ValueError:
        return None, None
    if place == "":
        return digest, None
    if place.startswith("sheet=") and "&" not in place:
        return digest, place.removeprefix("sheet=")
    try:
        at = parse_citation(written).place
    except ValueError:
        return digest, place
    return digest, at.sheet if isinstance(at, CellArea) else None


def _tables(ledger: Ledger, digest: Digest) -> list[TableView]:
    found: list[TableView] = []
    while len(more := tables_of(ledger, digest, start=len(found))) > 0:
        found += more
    return found


def _is_called(view: TableView, name: str) -> bool:
    """Whether it is the file of this name, alone or with folders above it."""
    return name != "" and f"/{view.name}".endswith(f"/{name.removeprefix('/')}")


def _written(view: TableView) -> str:
    file = view.name or view.sha256[:16]
    return repr(file if view.sheet is None else f"{file}{_MARK}{view.sheet}")
