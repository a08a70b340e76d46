"""What people wrote beside the evidence, as pages, commands and the API show it.

- The newest come first, a page at a time; a page is asked for by the event before which it begins.
- What was withdrawn is shown only where it is asked for, and then with its history.
- What stands beside the words of a report that nobody here may read is not shown at all: it may
  quote them. The journal keeps it.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select

from muniment.catalog.annotation_tables import ANNOTATIONS, CHANGES
from muniment.catalog.ledger import Ledger
from muniment.catalog.withholding import withheld_objects
from muniment.core import Citation, Digest, parse_digest, parse_place
from muniment.text import fold

MOST_AT_ONE_OBJECT = 500  # annotations that a page of one object shows
_MOST_COUNTED = 1_000  # tags, people or searches that are listed
_SHOWN = ANNOTATIONS.c.digest.not_in(withheld_objects())


class AnnotationChange(msgspec.Struct, frozen=True):
    """A correction or a withdrawal; `body` is the new text or the reason."""

    id: str
    event: int
    kind: str
    actor: str
    at: str
    written: str
    body: str


class AnnotationView(msgspec.Struct, frozen=True):
    """A note, tag, highlight or saved search as it stands, and how it came to.

    `id` is the leaf hash of its event, `citation` the same as an RFC 6920 name. `body` is the text
    of today, `first` that of its event. `target` is the citation of the place; None for a search.
    """

    id: str
    citation: str
    event: int
    kind: str
    actor: str
    at: str
    written: str
    target: str | None
    sha256: str | None
    body: str
    first: str
    standing: bool
    query: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    changes: tuple[AnnotationChange, ...] = ()


class AnnotationsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which annotations are asked for; an empty field asks for all.

    `since` and `until` are days or times in UTC as ISO 8601 writes them; `until` is not included.
    """

    kind: str = ""
    actor: str = ""
    tag: str = ""
    words: str = ""
    sha256: str = ""
    since: str = ""
    until: str = ""
    withdrawn: bool = False


class AnnotationCount(msgspec.Struct, frozen=True):
    """A tag or a pseudonym, and how many annotations stand under it."""

    name: str
    count: int


def annotations(
    ledger: Ledger, wanted: AnnotationsWanted, limit: int, before: int | None = None
) -> tuple[AnnotationView, ...]:
    """At most `limit` annotations, the newest first, of events before `before`."""
    chosen = _chosen(wanted)
    if before is not None:
        chosen = chosen.where(ANNOTATIONS.c.seq < before)
    with ledger.engine.connect() as connection:
        rows = connection.execute(chosen.order_by(ANNOTATIONS.c.seq.desc()).limit(limit)).fetchall()
        return _views(connection, rows)


def count_annotations(ledger: Ledger, wanted: AnnotationsWanted) -> int:
    """How many annotations are asked for."""
    with ledger.engine.connect() as connection:
        counted = select(func.count()).select_from(_chosen(wanted).subquery())
        return int(connection.scalar(counted) or 0)


def annotations_withheld(ledger: Ledger) -> int:
    """How many annotations stand beside reports that nobody here may read."""
    beside = ANNOTATIONS.c.standing == 1, ~_SHOWN
    with ledger.engine.connect() as connection:
        return int(connection.scalar(select(func.count()).where(*beside)) or 0)


def annotations_at(ledger: Ledger, digest: Digest) -> tuple[AnnotationView, ...]:
    """The annotations that stand at places of one object, the oldest first; the first 500."""
    with ledger.engine.connect() as connection:
        found = connection.execute(_STANDING_AT, {"digest": digest.hex}).fetchall()
        return _views(connection, found)


def annotation(ledger: Ledger, name: Digest) -> AnnotationView | None:
    """The annotation of that id, withdrawn or not, with its history; None where there is none.

    The id of a correction or a withdrawal leads to the annotation that it changes.
    """
    with ledger.engine.connect() as connection:
        changed = connection.scalar(select(CHANGES.c.of).where(CHANGES.c.id == name.hex))
        chosen = select(ANNOTATIONS).where(ANNOTATIONS.c.id == (changed or name.hex), _SHOWN)
        found = _views(connection, connection.execute(chosen).fetchall())
        return found[0] if len(found) > 0 else None


def ids_of_drafts(ledger: Ledger, drafts: Sequence[str]) -> tuple[str, ...]:
    """The ids of the events that record these drafts, in the order of the journal."""
    found: list[tuple[int, str]] = []
    with ledger.engine.connect() as connection:
        for table in (ANNOTATIONS, CHANGES):
            chosen = select(table.c.seq, table.c.id).where(table.c.draft.in_(list(drafts)))
            found += [(row.seq, row.id) for row in connection.execute(chosen)]
    return tuple(name for _, name in sorted(found))


def saved_searches(ledger: Ledger) -> tuple[AnnotationView, ...]:
    """The searches that stand, the newest first."""
    return annotations(ledger, AnnotationsWanted(kind="search"), _MOST_COUNTED)


def tags_counted(ledger: Ledger) -> tuple[AnnotationCount, ...]:
    """Every tag that stands somewhere, the most frequent first."""
    return _counted(ledger, _TAGS)


def actors_counted(ledger: Ledger) -> tuple[AnnotationCount, ...]:
    """Every pseudonym of whom something stands, the most frequent first."""
    return _counted(ledger, _ACTORS)


def _count_by(name: ColumnElement[Any], *kind: ColumnElement[bool]) -> Select[Any]:
    return (
        select(name.label("name"), func.count().label("number"))
        .where(*kind, ANNOTATIONS.c.standing == 1, _SHOWN)
        .group_by(name)
        .order_by(func.count().desc(), name)
        .limit(_MOST_COUNTED)
    )


# Put together once: these are asked for every page of a file.
_STANDING_AT = (
    select(ANNOTATIONS)
    .where(ANNOTATIONS.c.digest == bindparam("digest"), ANNOTATIONS.c.standing == 1, _SHOWN)
    .order_by("seq")
    .limit(MOST_AT_ONE_OBJECT)
)
_TAGS = _count_by(ANNOTATIONS.c.now, ANNOTATIONS.c.kind == "tag")
_ACTORS = _count_by(ANNOTATIONS.c.actor)


def _counted(ledger: Ledger, counted: Select[Any]) -> tuple[AnnotationCount, ...]:
    with ledger.engine.connect() as connection:
        return tuple(AnnotationCount(row.name, row.number) for row in connection.execute(counted))


def _chosen(wanted: AnnotationsWanted) -> Select[Any]:
    columns = ANNOTATIONS.c
    chosen = select(ANNOTATIONS).where(_SHOWN)
    if not wanted.withdrawn:
        chosen = chosen.where(columns.standing == 1)
    for column, value in (
        (columns.kind, wanted.kind),
        (columns.actor, wanted.actor),
        (columns.digest, wanted.sha256),
    ):
        if value != "":
            chosen = chosen.where(column == value)
    if wanted.tag != "":
        chosen = chosen.where(columns.kind == "tag", columns.now == wanted.tag)
    if wanted.since != "":
        chosen = chosen.where(columns.at >= wanted.since)
    if wanted.until != "":
        chosen = chosen.where(columns.at < wanted.until)
    for word in fold(wanted.words).split():
        chosen = chosen.where(columns.folded.contains(word, autoescape=True))
    return chosen


def _views(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[AnnotationView, ...]:
    changes = _changes(connection, [row.id for row in rows])
    return tuple(_view(row, changes[row.id]) for row in rows)


def _changes(
    connection: Connection, names: Sequence[str]
) -> defaultdict[str, list[AnnotationChange]]:
    found: defaultdict[str, list[AnnotationChange]] = defaultdict(list)
    if len(names) == 0:
        return found
    chosen = select(CHANGES).where(CHANGES.c.of.in_(list(names))).order_by("seq")
    for row in connection.execute(chosen):
        change = AnnotationChange(
            row.id, row.seq, row.kind, row.actor, row.at, row.written, row.body
        )
        found[row.of].append(change)
    return found


def _view(row: Row[Any], changes: Sequence[AnnotationChange]) -> AnnotationView:
    target = None
    if row.digest != "":
        target = str(Citation(parse_digest(row.digest), parse_place(row.place)))
    return AnnotationView(
        id=row.id,
        citation=parse_digest(row.id).ni,
        event=row.seq,
        kind=row.kind,
        actor=row.actor,
        at=row.at,
        written=row.written,
        target=target,
        sha256=row.digest or None,
        body=row.now,
        first=row.body,
        standing=row.standing == 1,
        query=row.query,
        filters=tuple((name, value) for name, value in json.loads(row.filters)),
        changes=tuple(changes),
    )
