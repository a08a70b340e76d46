"""Opens one table of a case for questions.

- A table is the same bytes for as long as its object is read the same, so one that is open may be
  kept: every question asks the ledger whether it still stands.
"""

import io
from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock

from sqlalchemy import bindparam, select

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

_KEPT = 16  # tables
_LAID_OUT_OF = select(LAID_OUT).where(LAID_OUT.c.digest == bindparam("digest"))


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
    source, file = _standing(ledger, parse_digest(found.sha256))
    return _opened(case, found, source, file)


class OpenSheets:
    """The tables of a case, those that were asked for last kept open.

    Mapping a file anew costs as much as the page that is made of it: what the map has fetched is
    fetched again.
    """

    def __init__(self, case: Case, ledger: Ledger) -> None:
        """Nothing is open yet."""
        self._case, self._ledger = case, ledger
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str | None, str], Sheet] = OrderedDict()

    def open(self, found: TableView) -> Sheet:
        """A table that was listed; errors as those of `open_view`."""
        source, file = _standing(self._ledger, parse_digest(found.sha256))
        key = (found.sha256, found.sheet, source)
        with self._lock:
            held = self._kept.get(key)
            if held is not None:
                self._kept.move_to_end(key)
                return held
        sheet = _opened(self._case, found, source, file)
        with self._lock:
            self._kept[key] = sheet
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return sheet


def _standing(ledger: Ledger, digest: Digest) -> tuple[str, str]:
    """What the tables of an object were made of, and the digest of their file; empty: none."""
    with ledger.engine.connect() as connection:
        row = connection.execute(_LAID_OUT_OF, {"digest": digest.hex}).first()
        if row is None or row.source != source_of(connection, digest):
            raise _not_laid_out()
        return row.source, row.file


def _opened(case: Case, found: TableView, source: str, file: str) -> Sheet:
    digest = parse_digest(found.sha256)
    if file == "":
        laid = _in_memory(parts_of(case, digest), found.sheet, source)
        return open_laid_out(digest, laid, source, found.sheet)
    path = sheets_path(case.work / "sheets", digest)
    if not path.exists():
        raise _not_laid_out()
    return open_laid_out(digest, path, source, found.sheet)


def _not_laid_out() -> UsageError:
    return UsageError(
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
