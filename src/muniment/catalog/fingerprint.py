"""One digest over all projections: equal cases, equal digests, whatever the way to them.

- Over what the projections say, not over the bytes of databases, which differ from run to run.
- Times, journal positions and numbers of workers are not in it; they are not what was read.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Table, select

from muniment.catalog.fact_tables import APPLIED, DECISIONS, STATED, TABLE_SHAPES
from muniment.catalog.ledger import Ledger
from muniment.catalog.ocr_tables import OCR_TASKS
from muniment.catalog.searching.engine import SearchEngine
from muniment.catalog.source_tallies import contents_of_sources
from muniment.catalog.tables import (
    CONTAINMENTS,
    DELIVERIES,
    FOLDERS,
    LAID_OUT,
    LANGUAGES,
    OBJECTS,
    PEOPLE,
    PROBLEMS,
    SHEETS,
)
from muniment.core import Digest
from muniment.vault import Case

_TABLES = (
    OBJECTS,
    DELIVERIES,
    CONTAINMENTS,
    PROBLEMS,
    OCR_TASKS,
    LANGUAGES,
    FOLDERS,
    PEOPLE,
    SHEETS,
    LAID_OUT,
    DECISIONS,
    TABLE_SHAPES,
    STATED,
    APPLIED,
)
_NOT_SAID = {"indexed", "tabled", "committed", "seq", "intake", "batch"}


def fingerprint(case: Case, ledger: Ledger, index: SearchEngine) -> Digest:
    """The digest of everything the ledger, the index and the sources of a case say."""
    hasher = hashlib.sha256()
    for table in _TABLES:
        for row in _rows(ledger, table):
            _add(hasher, msgspec.msgpack.encode((str(table.name), row)))
    for said in contents_of_sources(case):
        _add(hasher, msgspec.msgpack.encode(("sources", said)))
    for document in sorted(_documents(index)):
        _add(hasher, document)
    return Digest(hasher.digest())


def _rows(ledger: Ledger, table: Table) -> Iterator[tuple[Any, ...]]:
    columns = [column for column in table.columns if column.name not in _NOT_SAID]
    with ledger.engine.connect() as connection:
        for row in connection.execute(select(*columns).distinct().order_by(*columns)):
            yield tuple(row)


def _documents(index: SearchEngine) -> Iterator[bytes]:
    for digest, number, passage in index.documents():
        encoded = msgspec.msgpack.encode((digest, number, passage))
        yield hashlib.sha256(encoded).digest()


def _add(hasher: Any, field: bytes) -> None:
    """Length first, so that two rows never read as one."""
    hasher.update(len(field).to_bytes(8, "big"))
    hasher.update(field)
