"""Whether projections are what was made: working copies, part files, containments, tables.

- Trouble here loses nothing that was received: the next step is always `muniment rebuild`.
- Every part file is read to its end, which holds its parts to the digest that closes them.
"""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from muniment.catalog.laid_out import changed_tables
from muniment.catalog.ledger import Ledger
from muniment.catalog.ocr_ledger import read_tasks
from muniment.catalog.ocr_step import ocr_part_path
from muniment.catalog.processing import open_ledger
from muniment.catalog.step import part_path
from muniment.catalog.tables import CONTAINMENTS, OBJECTS
from muniment.core import Digest, IntegrityError, parse_digest
from muniment.readers import read_parts, read_reading
from muniment.vault import Case, ObjectCheck, Unsound

_REMEDY = "; `muniment rebuild` makes it again"


def projection_failures(case: Case, *, threads: int) -> Iterator[Unsound]:
    """Every failure among the projections; nothing where nothing was processed yet."""
    for each in ObjectCheck(case.found, threads=threads).failures(()):
        yield Unsound(f"working copy: {each.what}", each.where, each.why + _REMEDY)
    if not (case.work / "ledger.sqlite").exists():
        return
    try:
        yield from _ledger_failures(case)
    except SQLAlchemyError as why:
        reason = str(why).splitlines()[0]
        yield Unsound("ledger", "work/ledger.sqlite", f"it cannot be read ({reason}){_REMEDY}")


def _ledger_failures(case: Case) -> Iterator[Unsound]:
    ledger = open_ledger(case)
    try:
        yield from _missing_copies(case, ledger)
        yield from _damaged_readings(case, ledger)
        for digest, trouble in changed_tables(ledger, case.work / "sheets"):
            yield Unsound("laid-out tables", digest, trouble + _REMEDY)
    finally:
        ledger.close()


def _missing_copies(case: Case, ledger: Ledger) -> Iterator[Unsound]:
    contained = (
        select(CONTAINMENTS.c.digest, OBJECTS.c.received)
        .join(OBJECTS, OBJECTS.c.digest == CONTAINMENTS.c.digest)
        .distinct()
        .order_by(CONTAINMENTS.c.digest)
    )
    with ledger.engine.connect() as connection:
        for row in connection.execute(contained):
            store = case.received if row.received else case.found
            if not store.has(parse_digest(row.digest)):
                why = "it lay in a received file and is not among the working copies"
                yield Unsound("working copy: object missing", row.digest, why + _REMEDY)


def _damaged_readings(case: Case, ledger: Ledger) -> Iterator[Unsound]:
    columns = (OBJECTS.c.digest, OBJECTS.c.parts_digest)
    read = select(*columns).where(OBJECTS.c.parts_digest != "").order_by("digest")
    with ledger.engine.connect() as connection:
        for row in connection.execute(read):
            digest = parse_digest(row.digest)
            trouble = _damage(part_path(case.work, digest), digest, row.parts_digest)
            if trouble is not None:
                yield Unsound("reading", row.digest, trouble + _REMEDY)
    for digest, first, parts_digest in read_tasks(ledger):
        trouble = _damage(ocr_part_path(case.work, digest, first), digest, parts_digest)
        if trouble is not None:
            where = f"{digest.hex} from page {first}" if first > 0 else digest.hex
            yield Unsound("reading of pictures", where, trouble + _REMEDY)


def _damage(path: Path, digest: Digest, parts_digest: str) -> str | None:
    try:
        reading = read_reading(str(path))
        if (reading.digest, reading.parts_digest.hex) != (digest, parts_digest):
            return "its part file is that of another reading"
        for _ in read_parts(str(path)):
            pass
    except IntegrityError as why:
        return why.message
    except OSError as why:
        return f"its part file cannot be read: {why.strerror}"
    return None
