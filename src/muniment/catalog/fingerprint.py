"""One digest over all projections: equal cases, equal digests, whatever the way to them.

- Over what the projections say, not over the bytes of databases, which differ from run to run.
- Times, journal positions and numbers of workers are not in it; they are not what was read.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Table, select

from muniment.catalog.index import Index
from muniment.catalog.ledger import Ledger
from muniment.catalog.ocr_tables import OCR_TASKS
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES, LAID_OUT, OBJECTS, PROBLEMS, SHEETS
from muniment.core import Digest

_NOT_SAID = {"indexed", "tabled", "committed", "seq", "intake"}


def fingerprint(ledger: Ledger, index: Index) -> Digest:
    """The digest of everything the ledger and the index say."""
    hasher = hashlib.sha256()
    for table in (OBJECTS, DELIVERIES, CONTAINMENTS, PROBLEMS, OCR_TASKS, SHEETS, LAID_OUT):
        for row in _rows(ledger, table):
            _add(hasher, msgspec.msgpack.encode((str(table.name), row)))
    for document in sorted(_documents(index)):
        _add(hasher, document)
    return Digest(hasher.digest())


def _rows(ledger: Ledger, table: Table) -> Iterator[tuple[Any, ...]]:
    columns = [column for column in table.columns if column.name not in _NOT_SAID]
    with ledger.engine.connect() as connection:
        for row in connection.execute(select(*columns).distinct().order_by(*columns)):
            yield tuple(row)


def _documents(index: Index) -> Iterator[bytes]:
    for digest, number, passage in index.documents():
        encoded = msgspec.msgpack.encode((digest, number, passage))
        yield hashlib.sha256(encoded).digest()


def _add(hasher: Any, field: bytes) -> None:
    """Length first, so that two rows never read as one."""
    hasher.update(len(field).to_bytes(8, "big"))
    hasher.update(field)
