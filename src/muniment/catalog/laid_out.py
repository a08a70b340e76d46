"""Where laid-out tables are kept, and whether they are what was made.

work/sheets/ab/abcd….sheets      the tables of one object, where they hold more than a few cells
"""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import LAID_OUT
from muniment.core import Digest, parse_digest
from muniment.vault import digest_of_file


def sheets_path(folder: Path, digest: Digest) -> Path:
    """Where the laid-out tables of an object are kept."""
    return folder / digest.hex[:2] / f"{digest.hex}.sheets"


def changed_tables(ledger: Ledger, folder: Path) -> Iterator[tuple[str, str]]:
    """Objects whose laid-out tables are not those that were made, and what is wrong."""
    with ledger.engine.connect() as connection:
        rows = connection.execute(
            select(LAID_OUT).where(LAID_OUT.c.file != "").order_by("digest")
        ).fetchall()
    for row in rows:
        path = sheets_path(folder, parse_digest(row.digest))
        # What is missing was deleted, and is made again by the next `process`.
        if path.exists() and digest_of_file(path).hex != row.file:
            yield row.digest, "its laid-out tables have changed since they were made"
