"""Opens one table of a case for questions."""

import io
from collections.abc import Iterator

from sqlalchemy import select

from muniment.catalog.laid_out import sheets_path
from muniment.catalog.ledger import Ledger
from muniment.catalog.processing import parts_of
from muniment.catalog.sheets.laying import lay_out, spool_of
from muniment.catalog.sheets.listing import TableView, table_of
from muniment.catalog.sheets.sheet import Sheet, open_laid_out
from muniment.catalog.sheets.stage import source_of
from muniment.catalog.tables import LAID_OUT
from muniment.core import Cell, CellArea, Digest, Metadata, Part, UsageError, parse_digest
from muniment.vault import Case


def open_sheet(case: Case, ledger: Ledger, digest: Digest, sheet: str | None = None) -> Sheet:
    """One table of an object: the named one, or its first.

    Raises:
        UsageError: the object holds no such table, or its tables have not been laid out.
        IntegrityError: the file of its tables is damaged.
    """
    found = table_of(ledger, digest, sheet)
    if found is None:
        raise UsageError(
            f"object {digest.hex[:16]}… holds no such table",
            next_step="choose one from the list of tables; "
            "if files arrived since, run `muniment process CASE`",
        )
    return open_view(case, ledger, found)


def open_view(case: Case, ledger: Ledger, found: TableView) -> Sheet:
    """A table that was listed.

    Raises:
        UsageError: its object's tables have not been laid out as it was read.
        IntegrityError: the file of its tables is damaged.
    """
    digest = parse_digest(found.sha256)
    known = select(LAID_OUT).where(LAID_OUT.c.digest == digest.hex)
    with ledger.engine.connect() as connection:
        row = connection.execute(known).first()
        source = source_of(connection, digest)
    path = sheets_path(case.work / "sheets", digest)
    if row is not None and row.source == source:
        if row.file == "":
            laid = _in_memory(parts_of(case, digest), found.sheet, source)
            return open_laid_out(digest, laid, source, found.sheet)
        if path.exists():
            return open_laid_out(digest, path, source, found.sheet)
    raise UsageError(
        "the tables of this object have not been laid out as it was read",
        next_step="run `muniment process CASE`: it makes what is missing and reads nothing twice",
    )


def _in_memory(parts: Iterator[Part], sheet: str | None, source: str) -> bytes:
    """The file that the few cells of one table would make."""
    buffer = io.BytesIO()
    with spool_of(part for part in parts if _is_of(part, sheet)) as spool:
        lay_out(spool, source, buffer)
    return buffer.getvalue()


def _is_of(part: Part, sheet: str | None) -> bool:
    """Whether a part stands in this table, or may say something of it."""
    match part:
        case Cell():
            return part.in_table.sheet == sheet
        case Metadata(at=CellArea() as at):
            return at.sheet == sheet
        case _:
            return False
