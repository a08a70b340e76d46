"""Statements of sources as a projection: a Parquet file for each source that stands.

    tables/statements/source-<first 32 digits of its id>.parquet
    tables/entities/<the same>.parquet, tables/mentions/<the same>.parquet
    sources/<the same>.json     how many statements, how many unread and why, rows that said nothing

- Made from the journal and from what was read of the source's object; made again by `rebuild`.
- A source whose object was not read yet waits for `process`. One that was withdrawn has no file.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from muniment.catalog.exchange.captions import write_entities
from muniment.catalog.exchange.rows import record_rows, table_rows
from muniment.catalog.exchange.standing import KnownSource
from muniment.catalog.fact_columns import FACT_COLUMNS, OF_SOURCES, statement_row
from muniment.catalog.fact_mentions import write_mentions
from muniment.catalog.flat import pack_rows
from muniment.core import CellArea, Citation, Digest, Part, parse_digest
from muniment.facts import Statement, key_entity
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
_ENTITY_ID = frozenset("0123456789abcdef")
PartsOf = Callable[[Digest], Iterable[Part]]


class SourceTally(msgspec.Struct, frozen=True):
    """What came of a source: statements, those unread by reason, rows that said nothing."""

    statements: int
    unread: dict[str, int]
    misread: int
    places: tuple[tuple[str, str], ...]  # citation and reason, of the first misread rows


def bring_sources_up_to_date(case: Case, sources: Iterable[KnownSource], parts_of: PartsOf) -> int:
    """Make the files of sources that lack them, and remove those of withdrawn ones; how many."""
    changed = 0
    for each in sources:
        tally = _tally(case, each.id)
        if not each.stands:
            changed += tally.exists()
            for name in FACT_COLUMNS:
                _table(case, name, each.id).unlink(missing_ok=True)
            tally.unlink(missing_ok=True)
        elif tally.exists() and _has_mentions(case, each):
            continue
        elif _has_arrived(case, each, parts_of):
            _make(case, each, parts_of)
            changed += 1
    return changed


def tally_of(case: Case, source: Digest) -> SourceTally | None:
    """What came of a source; None while it waits for its object to be read."""
    path = _tally(case, source)
    return msgspec.json.decode(path.read_bytes(), type=SourceTally) if path.exists() else None


def _table(case: Case, table: str, source: Digest) -> Path:
    return case.work / "tables" / table / f"{OF_SOURCES}{source.hex[:32]}.parquet"


def _tally(case: Case, source: Digest) -> Path:
    return case.work / "sources" / f"{source.hex[:32]}.json"


def _has_arrived(case: Case, each: KnownSource, parts_of: PartsOf) -> bool:
    digest = parse_digest(each.source.object)
    match each.source:
        case Report():
            return case.received.has(digest)
        case Imported():
            return next(iter(parts_of(digest)), None) is not None


def _has_mentions(case: Case, each: KnownSource) -> bool:
    """Whether its statements can be found by entity: those of earlier versions cannot."""
    if not _table(case, "statements", each.id).exists():
        return True
    return _table(case, "mentions", each.id).exists()


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
    table, tally = _table(case, "statements", each.id), _tally(case, each.id)
    rows = (statement_row(statement) for statement in counts.statements(found, digest))
    pack_rows(table.parent, table.stem, _STORED, rows)
    if table.exists():
        write_entities(table, _table(case, "entities", each.id))
        write_mentions(table, _table(case, "mentions", each.id))
    tally.parent.mkdir(parents=True, exist_ok=True)
    tally.write_bytes(msgspec.json.encode(counts.tally()))


class _Counts:
    """Counts what goes by."""

    def __init__(self) -> None:
        self.taken = 0
        self.unread: Counter[str] = Counter()
        self.misread = 0
        self.places: list[tuple[str, str]] = []

    def statements(
        self, found: Iterable[Statement | Misread], digest: Digest
    ) -> Iterator[Statement]:
        for each in found:
            match each:
                case Statement():
                    self.taken += 1
                    if each.unread != "":
                        self.unread[each.unread] += 1
                    yield each
                case Misread():
                    self.misread += 1
                    if len(self.places) < _MOST_MISREAD:
                        self.places.append((str(Citation(digest, each.at)), each.why))

    def tally(self) -> SourceTally:
        unread = dict(sorted(self.unread.items()))
        return SourceTally(self.taken, unread, self.misread, tuple(self.places))


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
        case Form.CITATIONS:
            return citations_in(table_rows(parts, columns), columns, arriving)


def _entity(source: Imported, theirs: str) -> str:
    """The id here of an entity of theirs."""
    if source.ids is Ids.SAME and len(theirs) == 40 and _ENTITY_ID.issuperset(theirs):  # noqa: PLR2004 - letters of an id
        return theirs
    return key_entity("import", source.name, theirs)
