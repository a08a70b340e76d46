"""Takes the objects of a report that is withheld out of every projection: nothing of them is read.

- In place of a reading stands an empty one that says why: search, tables, pages, near copies and
  the API follow from readings, and show nothing more.
- The vault keeps the bytes and the journal the decision: both are only ever added to.
- Where another report of the same bytes still allows it, the object is read again.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from muniment.catalog.committing import commitment_path
from muniment.catalog.decryptions import take_out_of_tables
from muniment.catalog.ledger import Ledger
from muniment.catalog.step import part_path
from muniment.catalog.tables import OBJECTS
from muniment.core import Reading, State, parse_digest
from muniment.readers import PartWriter
from muniment.vault import Case

READER = "withheld"
_UNDER_WAY = "withdrawal"  # in `work`, while a consent is taken out of the views
WITHDRAWN = "the consent to it was withdrawn"
FOR_CUSTODIAN = "the consent to it is for its custodian alone"
_VERSION = 1
_ASKED = ("digest", "size", "type", "reader", "reason")
_READ_BY = f"{READER} {_VERSION}"


def begin_withdrawal(case: Case) -> None:
    """Note that a withdrawal is about to be recorded: whoever opens the case next finishes it."""
    case.work.mkdir(exist_ok=True)
    (case.work / _UNDER_WAY).touch()


def is_withdrawing(case: Case) -> bool:
    """Whether a withdrawal was begun, and not finished."""
    return (case.work / _UNDER_WAY).exists()


def end_withdrawal(case: Case) -> None:
    """Note that every view is without what was withdrawn."""
    (case.work / _UNDER_WAY).unlink(missing_ok=True)


def withheld_objects() -> Select[Any]:
    """What chooses the digests of the objects of which nothing stands."""
    refused = OBJECTS.c.state == State.REFUSED.value  # of which there is an index
    return select(OBJECTS.c.digest).where(refused, OBJECTS.c.reader == _READ_BY)


def withhold(case: Case, ledger: Ledger, reasons: Mapping[str, str]) -> bool:
    """Let nothing of these objects stand, and of others everything; whether that is new.

    `reasons` says of each object why nobody may read it.

    The caller holds the case's lock, and brings the views up to date afterwards.
    """
    columns = [OBJECTS.c[name] for name in _ASKED]
    ours = OBJECTS.c.reader == _READ_BY
    with ledger.engine.connect() as connection:
        rows = connection.execute(
            select(*columns).where(OBJECTS.c.digest.in_(sorted(reasons)) | ours)
        ).fetchall()
    changed = False
    for row in rows:
        why = reasons.get(row.digest)
        if why is not None and (row.reader, row.reason) != (_READ_BY, why):
            _withhold(case, ledger, row, why)
        elif why is None:
            _release(case, ledger, row.digest)
        else:
            continue
        changed = True
    return changed


def _withhold(case: Case, ledger: Ledger, row: Row[Any], why: str) -> None:
    digest = parse_digest(row.digest)
    target = part_path(case.work, digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    commitment_path(case.work, digest).unlink(missing_ok=True)  # of a reading that is no more
    with PartWriter(str(target)) as writer:
        reading = Reading(
            digest=digest,
            size=row.size,
            media_type=row.type or "text/plain",
            reader=READER,
            reader_version=_VERSION,
            state=State.REFUSED,
            reason=why,
            parts=(),
            announced=0,
            emitted=0,
            failed=0,
            parts_digest=writer.parts_digest,
        )
        writer.finish(reading)
    with ledger.engine.begin() as connection:
        take_out_of_tables(connection, row.digest)
    ledger.take_reading(reading, (), ())


def _release(case: Case, ledger: Ledger, sha256: str) -> None:
    part_path(case.work, parse_digest(sha256)).unlink(missing_ok=True)
    with ledger.engine.begin() as connection:
        _wait(connection, sha256)


def _wait(connection: Connection, sha256: str) -> None:
    """Let it be read anew."""
    chosen = OBJECTS.update().where(OBJECTS.c.digest == sha256)
    waits = {"state": State.PENDING.value, "parts_digest": "", "reader": "", "reason": ""}
    connection.execute(chosen.values(waits))
    take_out_of_tables(connection, sha256)
