"""Opens one table of a case for questions."""

import io
from pathlib import Path

from sqlalchemy import select

from muniment.catalog.ledger import Ledger
from muniment.catalog.processing import parts_of
from muniment.catalog.sheets.laying import lay_out, spool_of
from muniment.catalog.sheets.listing import table_of
from muniment.catalog.sheets.sheet import Sheet, open_laid_out
from muniment.catalog.sheets.stage import sheets_path, source_of
from muniment.catalog.tables import LAID_OUT
from muniment.core import Digest, UsageError
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
    return open_laid_out(digest, _file(case, ledger, digest), _source(ledger, digest), found.sheet)


def _source(ledger: Ledger, digest: Digest) -> str:
    with ledger.engine.connect() as connection:
        return source_of(connection, digest)


def _file(case: Case, ledger: Ledger, digest: Digest) -> Path | bytes:
    known = select(LAID_OUT).where(LAID_OUT.c.digest == digest.hex)
    with ledger.engine.connect() as connection:
        row = connection.execute(known).first()
        source = source_of(connection, digest)
    path = sheets_path(case.work / "sheets", digest)
    if row is not None and row.source == source:
        if row.file == "":
            return _in_memory(case, digest, source)
        if path.exists():
            return path
    raise UsageError(
        "the tables of this object have not been laid out as it was read",
        next_step="run `muniment process CASE`: it makes what is missing and reads nothing twice",
    )


def _in_memory(case: Case, digest: Digest, source: str) -> bytes:
    """The file that few cells would make."""
    buffer = io.BytesIO()
    with spool_of(parts_of(case, digest)) as spool:
        lay_out(spool, source, buffer)
    return buffer.getvalue()
