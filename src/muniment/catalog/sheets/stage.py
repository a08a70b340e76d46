"""Lays out the tables of every object whose cells changed, and notes what each table holds.

- Resumable: the ledger says of an object that it is laid out after its file is there, and what the
  file was made of; a kill costs the object under way.
- Deletable: what is missing is made again by the next `process`; reading a case writes nothing.
- Few cells are laid out in memory whenever somebody asks for them: most tables are small, and a
  file for each would cost more than it saves.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.fact_tables import EXCHANGED
from muniment.catalog.laid_out import sheets_path
from muniment.catalog.ledger import Ledger
from muniment.catalog.ocr_tables import OCR_TASKS
from muniment.catalog.sheets.laying import Counted, counted, lay_out, spool_of
from muniment.catalog.sheets.layout import VERSION
from muniment.catalog.tables import LAID_OUT, OBJECTS, SHEETS
from muniment.core import Digest, Part, canonical_json, digest_of, parse_digest
from muniment.vault import digest_of_file

FEW_CELLS = 5_000  # are read in some 20 ms
_CELLS = "$.cell"
_READING_OF = select(OBJECTS.c.parts_digest).where(OBJECTS.c.digest == bindparam("digest"))
_LETTERS_OF = (
    select(OCR_TASKS.c.first, OCR_TASKS.c.parts_digest)
    .where(OCR_TASKS.c.digest == bindparam("digest"), OCR_TASKS.c.parts_digest != "")
    .order_by(OCR_TASKS.c.first)
)
Progress = Callable[[str, int, int], None]


class Parts(msgspec.Struct, frozen=True):
    """Where laid-out tables are kept, where scratch files may be, and what was read of objects."""

    folder: Path
    scratch: Path | None
    of: Callable[[Digest], Iterable[Part]]


def lay_out_tables(ledger: Ledger, parts: Parts, progress: Progress) -> bool:
    """Lay out what is not laid out as it was read; whether anything was."""
    waiting = list(_waiting(ledger, parts.folder))
    gone = _forget_gone(ledger, parts.folder)
    for count, (digest, source) in enumerate(waiting, start=1):
        _lay_object(ledger, parts, digest, source)
        progress("lay out tables", count, len(waiting))
    return len(waiting) > 0 or gone


def source_of(connection: Connection, digest: Digest) -> str:
    """What the tables of an object are made of now: its readings."""
    asked = {"digest": digest.hex}
    readings = [[row.first, row.parts_digest] for row in connection.execute(_LETTERS_OF, asked)]
    made_of = [VERSION, str(connection.scalar(_READING_OF, asked) or ""), readings]
    return digest_of(canonical_json(made_of)).hex


def _holding_cells() -> Any:
    """The objects whose own parts or whose pictures' letters hold cells, but files of imports."""
    own = select(OBJECTS.c.digest).where(
        func.json_extract(OBJECTS.c.parts, _CELLS) > 0,
        OBJECTS.c.digest.not_in(select(EXCHANGED.c.digest)),
    )
    letters = select(OCR_TASKS.c.digest).where(func.json_extract(OCR_TASKS.c.parts, _CELLS) > 0)
    return own.union(letters)


def _waiting(ledger: Ledger, folder: Path) -> Iterator[tuple[Digest, str]]:
    with ledger.engine.connect() as connection:
        known: dict[str, Row[Any]] = {
            row.digest: row for row in connection.execute(select(LAID_OUT)).fetchall()
        }
        for written in sorted(connection.scalars(_holding_cells())):
            digest = parse_digest(written)
            source, laid = source_of(connection, digest), known.get(written)
            whole = laid is not None and (laid.file == "" or sheets_path(folder, digest).exists())
            if laid is None or laid.source != source or not whole:
                yield digest, source


def _forget_gone(ledger: Ledger, folder: Path) -> bool:
    """Forget the tables of objects that hold no cell any more, such as after a reading anew."""
    with ledger.engine.begin() as connection:
        still = set(connection.scalars(_holding_cells()))
        gone = set(connection.scalars(select(LAID_OUT.c.digest))) - still
        for written in sorted(gone):
            _forget(connection, written)
            sheets_path(folder, parse_digest(written)).unlink(missing_ok=True)
    return len(gone) > 0


def _forget(connection: Connection, digest: str) -> None:
    for table in (SHEETS, LAID_OUT):
        connection.execute(table.delete().where(table.c.digest == digest))


def _lay_object(ledger: Ledger, parts: Parts, digest: Digest, source: str) -> None:
    path = sheets_path(parts.folder, digest)
    with spool_of(parts.of(digest), parts.scratch) as spool:
        tables = counted(spool)
        many = sum(table.cells for table in tables) > FEW_CELLS
        file = ""
        if many:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".partial")
            with partial.open("wb") as target:
                lay_out(spool, source, target)
            file = digest_of_file(partial).hex
            os.replace(partial, path)
    _note(ledger, digest, source, tables, file)
    if not many:
        path.unlink(missing_ok=True)


def _note(
    ledger: Ledger, digest: Digest, source: str, tables: tuple[Counted, ...], file: str
) -> None:
    rows = [
        {"digest": digest.hex, "number": number} | msgspec.to_builtins(table)
        for number, table in enumerate(tables)
    ]
    with ledger.engine.begin() as connection:
        _forget(connection, digest.hex)
        connection.execute(insert(LAID_OUT).values(digest=digest.hex, source=source, file=file))
        if len(rows) > 0:
            connection.execute(insert(SHEETS), rows)
