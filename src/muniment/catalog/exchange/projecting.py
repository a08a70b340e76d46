"""Statements of sources as a projection: a Parquet file for each source that stands.

    tables/statements/source-<first 32 digits of its id>.parquet
    tables/entities/<the same>.parquet, tables/mentions/<the same>.parquet
    sources/<the same>.json     how many statements, how many unread and why, rows that said nothing

- Made from the journal and from what was read of the source's object; made again by `rebuild`.
- A source whose object was not read yet waits for `process`. One that was withdrawn, or is for its
  custodian alone, has no file.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from muniment.catalog.exchange.captions import write_entities
from muniment.catalog.exchange.rows import record_rows, table_rows
from muniment.catalog.exchange.standing import KnownSource
from muniment.catalog.fact_columns import FACT_COLUMNS, OF_SOURCES, statement_row
from muniment.catalog.fact_mentions import write_mentions
from muniment.catalog.flat import pack_rows
from muniment.catalog.source_tallies import SourceTally, tally_of, tally_path, write_tally
from muniment.core import CellArea, Citation, Digest, Part, parse_digest
from muniment.facts import Statement, Unread, key_entity
from muniment.facts.ftm import (
    Arriving,
    Misread,
    citations_in,
    entities_in,
    statements_in,
)
from muniment.facts.sources import (
    Form,
    Ids,
    Imported,
    Report,
    Telling,
    statements_of_report,
)
from muniment.vault import Case

_STORED = {
    name: kind
    for name, kind in FACT_COLUMNS["statements"].items()
    if name not in ("statement", "place")  # which the view of `muniment sql` works out
}
_MOST_MISREAD = 100  # rows that are listed
_MOST_UNKNOWN = 100  # properties that are listed
_OTHERS = "others"
_ROWS = msgspec.msgpack.Encoder()  # each value says its length: no two lists of rows are one text
_ENTITY_ID = frozenset("0123456789abcdef")
PartsOf = Callable[[Digest], Iterable[Part]]


def bring_sources_up_to_date(case: Case, sources: Iterable[KnownSource], parts_of: PartsOf) -> int:
    """Make the files of sources that lack them, and remove those nobody may read; how many."""
    changed = 0
    for each in sources:
        if not each.is_for_the_case:
            tally = tally_path(case, each.id)
            changed += tally.exists()
            for name in FACT_COLUMNS:
                _table(case, name, each.id).unlink(missing_ok=True)
            tally.unlink(missing_ok=True)
        elif _is_made(case, each):
            continue
        elif _has_arrived(case, each, parts_of):
            _make(case, each, parts_of)
            changed += 1
    return changed


def _table(case: Case, table: str, source: Digest) -> Path:
    return case.work / "tables" / table / f"{OF_SOURCES}{source.hex[:32]}.parquet"


def _has_arrived(case: Case, each: KnownSource, parts_of: PartsOf) -> bool:
    digest = parse_digest(each.source.object)
    match each.source:
        case Report():
            return case.received.has(digest)
        case Imported():
            return next(iter(parts_of(digest)), None) is not None


def _is_made(case: Case, each: KnownSource) -> bool:
    """Whether all that it states is there, as this version makes it."""
    tally = tally_of(case, each.id)
    if tally is None or tally.content == "":
        return False
    tables = ("statements", "entities", "mentions") if tally.statements > 0 else ()
    return all(_table(case, name, each.id).exists() for name in tables)


def _make(case: Case, each: KnownSource, parts_of: PartsOf) -> None:
    counts = _Counts()
    digest = parse_digest(each.source.object)
    source = each.source
    found: Iterable[Statement | Misread]
    match source:
        case Report():
            found = _told(case, digest, each.id)
        case Imported():
            found = _imported(source, digest, each.id, parts_of(digest))
    table = _table(case, "statements", each.id)
    pack_rows(table.parent, table.stem, _STORED, counts.rows(found, digest))
    if table.exists():
        write_entities(table, _table(case, "entities", each.id))
        write_mentions(table, _table(case, "mentions", each.id))
    write_tally(case, each.id, counts.tally())


class _Counts:
    """Counts what goes by, and takes a digest of it."""

    def __init__(self) -> None:
        self.content = hashlib.sha256()
        self.taken = 0
        self.unread: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.misread = 0
        self.places: list[tuple[str, str]] = []

    def rows(
        self, found: Iterable[Statement | Misread], digest: Digest
    ) -> Iterator[dict[str, Any]]:
        """The rows of the statements that are found, in `digest`."""
        for each in found:
            match each:
                case Statement():
                    self.taken += 1
                    self._count_unread(each)
                    row = statement_row(each)
                    self.content.update(_ROWS.encode(row))
                    yield row
                case Misread():
                    self.misread += 1
                    if len(self.places) < _MOST_MISREAD:
                        self.places.append((str(Citation(digest, each.at)), each.why))

    def _count_unread(self, each: Statement) -> None:
        if each.unread == "":
            return
        self.unread[each.unread] += 1
        if each.unread == Unread.NOT_IN_THE_MODEL:
            name = f"{each.schema}:{each.property}"
            listed = name in self.unknown or len(self.unknown) < _MOST_UNKNOWN
            self.unknown[name if listed else _OTHERS] += 1

    def tally(self) -> SourceTally:
        unread = dict(sorted(self.unread.items()))
        content = self.content.hexdigest()
        unknown = dict(sorted(self.unknown.items()))
        return SourceTally(self.taken, unread, self.misread, tuple(self.places), content, unknown)


def _told(case: Case, digest: Digest, source: Digest) -> Iterator[Statement | Misread]:
    with case.received.open(digest) as file:
        data = file.read()
    try:
        yield from statements_of_report(Telling(digest, source.hex), data.decode("utf-8"))
    except ValueError as why:  # a form that another version wrote, or that came with a bag
        yield Misread(CellArea(1, 1), str(why))


def _imported(
    source: Imported, digest: Digest, name: Digest, parts: Iterable[Part]
) -> Iterator[Statement | Misread]:
    columns: dict[str, int] = {}
    arriving = Arriving(digest, name.hex, partial(_entity, source))
    match source.form:
        case Form.ENTITIES:
            return entities_in(record_rows(parts, columns), columns, arriving)
        case Form.STATEMENTS:
            return statements_in(table_rows(parts, columns), columns, arriving)
        case Form.STATEMENT_LINES:
            return statements_in(record_rows(parts, columns), columns, arriving)
        case Form.CITATIONS:
            return citations_in(table_rows(parts, columns), columns, arriving)


def _entity(source: Imported, theirs: str) -> str:
    """The id here of an entity of theirs."""
    if source.ids is Ids.SAME and len(theirs) == 40 and _ENTITY_ID.issuperset(theirs):  # noqa: PLR2004 - letters of an id
        return theirs
    return key_entity("import", source.name, theirs)
