"""Files whose lines are statements of an import: which they are, and what of them is listed.

- A line of such a file is one statement. The table `statements` holds it, so `cells` holds only
  what stands in the line beside it; every cell stays in the reading, can be cited and stands on the
  file's page.
- Its tables are not laid out: the statements are the table.
- An import that was withdrawn is a file as any other again.
"""

from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import Connection, select

from muniment.catalog.decryptions import take_out_of_tables
from muniment.catalog.fact_tables import EXCHANGED
from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import OBJECTS
from muniment.core import Cell, Digest, Part
from muniment.facts.sources import Form


class Lines(msgspec.Struct, frozen=True):
    """The columns of a form: whom a line is about, what it says, and what stands beside that."""

    subject: str
    values: tuple[str, ...]
    beside: tuple[str, ...]


_LINES = {
    Form.CITATIONS.value: Lines("entity", ("written", "read"), ("citation",)),
    Form.STATEMENTS.value: Lines(
        "canonical_id", ("value", "original_value"), ("canonical_id", "entity_id", "original_value")
    ),
}


def note_exchanged(ledger: Ledger, files: Iterable[tuple[str, Form]]) -> None:
    """Note which objects are such files now; what changed enters index and tables anew.

    The caller holds the case's lock, and brings the views up to date afterwards.
    """
    wanted = {digest: form.value for digest, form in files if form.value in _LINES}
    with ledger.engine.begin() as connection:
        known = {row.digest: row.form for row in connection.execute(select(EXCHANGED))}
        for digest in sorted(known.keys() | wanted.keys()):
            if known.get(digest) != wanted.get(digest):
                _note(connection, digest, wanted.get(digest))


def _note(connection: Connection, digest: str, form: str | None) -> None:
    connection.execute(EXCHANGED.delete().where(EXCHANGED.c.digest == digest))
    if form is not None:
        connection.execute(EXCHANGED.insert().values(digest=digest, form=form))
    connection.execute(OBJECTS.update().where(OBJECTS.c.digest == digest).values(indexed=0))
    take_out_of_tables(connection, digest)


def lines_of(ledger: Ledger, digest: Digest) -> Lines | None:
    """How the lines of such a file are to be taken; None for any other object."""
    chosen = select(EXCHANGED.c.form).where(EXCHANGED.c.digest == digest.hex)
    with ledger.engine.connect() as connection:
        form = connection.scalar(chosen)
    return None if form is None else _LINES[form]


def listed_of(ledger: Ledger, digest: Digest, parts: Iterable[Part]) -> Iterable[Part]:
    """What of an object's parts is listed in the flat tables: of most objects, all."""
    lines = lines_of(ledger, digest)
    return parts if lines is None else _in_columns(parts, frozenset(lines.beside))


def _in_columns(parts: Iterable[Part], names: frozenset[str]) -> Iterator[Part]:
    """The parts without the cells of other columns; the row of headers stays whole."""
    columns: set[int] = set()
    for part in parts:
        if isinstance(part, Cell):
            at = part.in_table
            if at.row == 1 and part.written in names:
                columns.add(at.column)
            if at.row > 1 and at.column not in columns:
                continue
        yield part
