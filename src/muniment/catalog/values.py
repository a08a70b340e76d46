"""What stands at a citation, found without reading the whole object.

- A place on a page is looked for on that page, a range where it begins, a cell in the tables.
- What is found is cut to the place; a bounded number of things is given.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import duckdb
from sqlalchemy import select

from muniment.catalog.ledger import Ledger
from muniment.catalog.lookup import Standing, standing, stands_in, touches
from muniment.catalog.ocr_step import ocr_parts
from muniment.catalog.outline import Document, open_document
from muniment.catalog.tables import BATCHED
from muniment.core import (
    Area,
    Cell,
    CellArea,
    CellKind,
    Citation,
    Digest,
    Part,
    Place,
    Whole,
)
from muniment.vault import Case

MOST = 100  # things at one place
_BEHIND = 400  # parts looked at behind the first that stands at a place
_COLUMNS = (
    '"row", "column", kind, written, shown, formula, number_format, hidden, "comment", '
    "confidence, source"
)


def values_at(
    case: Case, ledger: Ledger, citation: Citation, most: int = MOST
) -> tuple[Standing, ...]:
    """The things that stand at a citation, in reading order; none for an object as a whole."""
    digest, place = citation.digest, citation.place
    found: list[Standing] = []
    for part in _near(case, ledger, digest, place):
        if stands_in(part.at, place):
            found.append(standing(part, place))
            if len(found) >= most:
                break
    return tuple(found)


def row_around(case: Case, ledger: Ledger, citation: Citation) -> tuple[Cell, ...]:
    """The cells of the row in which a cited cell stands; none where a citation names no cell."""
    place = citation.place
    if not isinstance(place, CellArea):
        return ()
    row = CellArea(place.row, 1, place.sheet, place.row, 10**9)
    parts = _near(case, ledger, citation.digest, row)
    cells = (part for part in parts if isinstance(part, Cell) and touches(part.at, row))
    return tuple(islice(cells, MOST))


def _near(case: Case, ledger: Ledger, digest: Digest, place: Place) -> Iterator[Part]:
    """Parts among which those at a place are."""
    document = open_document(case, digest)
    match place:
        case Whole():
            return
        case CellArea() if document.outline.has_many:
            yield from _cells(case, ledger, digest, place)
        case Area():
            yield from _on_page(document, place.page)
        case _:
            first = document.find(place)
            if first is not None:
                yield from document.parts(first, _BEHIND)


def _on_page(document: Document, page: int | None) -> Iterator[Part]:
    for run in document.outline.runs:
        if run.page == (page or 0):
            yield from document.parts(run.first, run.count)
    for first, parts in ocr_parts(document.case.work, document.digest):
        if first <= (page or 0):
            yield from parts


def _cells(case: Case, ledger: Ledger, digest: Digest, place: CellArea) -> Iterator[Cell]:
    """The cells of a sheet that lie in an area, by row and column."""
    file = _batch_of(case, ledger, digest)
    if file is None:
        return
    last_row, last_column = place.last_row or place.row, place.last_column or place.column
    with duckdb.connect() as database:
        rows = database.execute(
            f"SELECT {_COLUMNS} FROM read_parquet(?) WHERE sha256 = ? "  # noqa: S608 - our own words
            'AND sheet IS NOT DISTINCT FROM ? AND "row" BETWEEN ? AND ? '
            'AND "column" BETWEEN ? AND ? ORDER BY "row", "column" LIMIT ?',
            [
                str(file),
                digest.hex,
                place.sheet,
                place.row,
                last_row,
                place.column,
                last_column,
                MOST * 10,
            ],
        ).fetchall()
    for row in rows:
        yield Cell(
            at=CellArea(row[0], row[1], place.sheet),
            kind=CellKind(row[2]),
            written=row[3],
            shown=row[4],
            formula=row[5],
            number_format=row[6],
            hidden=row[7],
            comment=row[8],
            confidence=row[9],
            source=row[10] or "",
        )


def _batch_of(case: Case, ledger: Ledger, digest: Digest) -> Path | None:
    chosen = select(BATCHED.c.batch).where(BATCHED.c.digest == digest.hex)
    with ledger.engine.connect() as connection:
        batch = connection.scalar(chosen)
    if batch is None:
        return None
    path = case.work / "tables" / "cells" / f"{batch}.parquet"
    return path if path.exists() else None
