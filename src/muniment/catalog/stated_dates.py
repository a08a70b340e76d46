"""Dates that files state of themselves, and containers of what lies in them: a projection.

    parts, containments ──rules──▶ `stated_dates` ──▶ `date_counts`

- A stated date is a statement, never a fact: a wrong clock, a copy or a hand may have written it.
- A day is the one that stands there; no zone is supplied and none is converted.
- Where one source states a day twice for the same thing, the more precise statement is kept.
- What follows from it (an object's place on a timeline) is found by the object, not by its source.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.date_rules import (
    RULES,
    DateKind,
    DateStanding,
    rule_of_entry,
    rule_of_property,
    standing_of,
)
from muniment.catalog.date_tables import DATE_COUNTS, DATED, STATED_DATES
from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import CONTAINMENTS, OBJECTS
from muniment.core import (
    Chars,
    Citation,
    Digest,
    Field,
    Metadata,
    Part,
    Precision,
    Stamp,
    parse_digest,
    parse_place,
    print_place,
)

_BATCH = 500
_MOST = 1_000  # dates that one file may state of itself
_WRITTEN = 200  # code points of a value that are kept
_FINEST_FIRST = list(reversed(Precision))
Parts = Callable[[Digest], Iterable[Part]]
Progress = Callable[[str, int, int], None]


class StatedDate(msgspec.Struct, frozen=True):
    """A date of the object `sha256`, as `citation` states it.

    `day` is 2019-03-02, 2019-03 or 2019; it, `local` and `precision` are empty where the value is
    no date. `offset_minutes` is east of UTC, None where no zone is stated.
    """

    sha256: str
    kind: DateKind
    property: str
    written: str
    day: str
    local: str
    offset_minutes: int | None
    precision: str
    standing: DateStanding
    citation: str


class DateCount(msgspec.Struct, frozen=True):
    """How many dates of a kind fall in a month (2019-03), or a year where no month is stated."""

    month: str
    kind: DateKind
    standing: DateStanding
    count: int


class _Waiting(msgspec.Struct, frozen=True):
    """An object to look over."""

    digest: Digest
    type: str
    parts_digest: str
    has_metadata: bool
    has_children: bool


def bring_dates_up_to_date(ledger: Ledger, parts: Parts, progress: Progress) -> None:
    """Look over what was read since the last time, and count anew where that was something."""
    waiting = list(_undated(ledger))
    for start in range(0, len(waiting), _BATCH):
        batch = waiting[start : start + _BATCH]
        rows = [list(_rows(ledger, each, parts)) for each in batch]
        with ledger.engine.begin() as connection:
            for each, found in zip(batch, rows, strict=True):
                _replace(connection, each, found)
        progress("dated", start + len(batch), len(waiting))
    if len(waiting) > 0:
        _count(ledger)


def dates_of(ledger: Ledger, digests: Sequence[Digest]) -> dict[Digest, tuple[StatedDate, ...]]:
    """The dates stated of each of some objects (at most a few hundred), the earliest first."""
    chosen = select(STATED_DATES).where(STATED_DATES.c.digest.in_([each.hex for each in digests]))
    found: dict[Digest, tuple[StatedDate, ...]] = dict.fromkeys(digests, ())
    with ledger.engine.connect() as connection:
        for row in connection.execute(chosen.order_by("day", "source", "number")):
            digest = parse_digest(row.digest)
            found[digest] = (*found[digest], _stated(row))
    return found


def date_counts(ledger: Ledger) -> tuple[DateCount, ...]:
    """The dates of the whole case by month, kind and standing."""
    with ledger.engine.connect() as connection:
        rows = connection.execute(select(DATE_COUNTS).order_by("month", "kind", "standing"))
        return tuple(
            DateCount(row.month, DateKind(row.kind), DateStanding(row.standing), row.dates)
            for row in rows
        )


def _undated(ledger: Ledger) -> Iterator[_Waiting]:
    """What was read and was not looked over in that reading, by these rules."""
    joined = OBJECTS.outerjoin(DATED, DATED.c.digest == OBJECTS.c.digest)
    new = (
        DATED.c.parts_digest.is_(None)
        | (DATED.c.parts_digest != OBJECTS.c.parts_digest)
        | (DATED.c.rules != RULES)
    )
    columns = (
        OBJECTS.c.digest,
        OBJECTS.c.type,
        OBJECTS.c.parts_digest,
        OBJECTS.c.parts.contains('"metadata"').label("has_metadata"),
        OBJECTS.c.parts.contains('"child"').label("has_children"),
    )
    chosen = select(*columns).select_from(joined).where(OBJECTS.c.parts_digest != "", new)
    with ledger.engine.connect() as connection:
        for row in connection.execute(chosen.order_by(OBJECTS.c.digest)).fetchall():
            digest, *others = row
            yield _Waiting(parse_digest(digest), *others)


def _rows(ledger: Ledger, waiting: _Waiting, parts: Parts) -> Iterator[dict[str, object]]:
    if waiting.has_children:
        with ledger.engine.connect() as connection:
            yield from _of_entries(connection, waiting.digest)
    if waiting.has_metadata:
        found = _of_file(waiting.digest, waiting.type, parts(waiting.digest))
        yield from _once_a_day(list(found))


def _of_file(digest: Digest, media_type: str, parts: Iterable[Part]) -> Iterator[dict[str, object]]:
    is_message, count = media_type.startswith("message/"), 0
    for part in parts:
        if not isinstance(part, Metadata) or _is_of_a_part(part):
            continue
        is_header = is_message and isinstance(part.at, Field) and part.at.nth == 1
        rule = rule_of_property(part.name, is_header=is_header)
        if rule is None or part.written.strip() == "" or count >= _MOST:
            continue
        count += 1
        place = print_place(part.at)
        yield _row(digest.hex, rule.kind, part.name, rule.read(part.written), place)


def _is_of_a_part(part: Metadata) -> bool:
    """Whether a message says it of one of its sections: an attachment has dates of its own."""
    return isinstance(part.at, Chars) and part.at.section is not None


def _of_entries(connection: Connection, digest: Digest) -> Iterator[dict[str, object]]:
    chosen = select(CONTAINMENTS).where(CONTAINMENTS.c.parent == digest.hex).order_by("number")
    for row in connection.execute(chosen):
        found = []
        for name, written in json.loads(row.stated).items():
            rule = rule_of_entry(name)
            if rule is not None and written.strip() != "":
                found.append(_row(row.digest, rule.kind, name, rule.read(written), row.place))
        yield from _once_a_day(found)


def _once_a_day(rows: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Of statements of one kind and day, the most precise; of equally precise ones the first."""
    best: dict[tuple[object, ...], dict[str, object]] = {}
    for row in rows:
        key = (row["digest"], row["kind"], row["day"] or row["written"])
        if key not in best or _fineness(row) < _fineness(best[key]):
            best[key] = row
    yield from best.values()


def _fineness(row: dict[str, object]) -> tuple[bool, int]:
    precision = row["precision"]
    finest = _FINEST_FIRST.index(Precision(str(precision))) if precision != "" else 0
    return row["offset"] is None, finest


def _row(about: str, kind: DateKind, name: str, stamp: Stamp, place: str) -> dict[str, object]:
    local = stamp.local or ""
    return {
        "digest": about,
        "kind": kind.value,
        "property": name,
        "written": stamp.written[:_WRITTEN],
        "place": place,
        "standing": standing_of(stamp).value,
        "day": local[: len("2019-03-02")],
        "local": local,
        "offset": stamp.offset_minutes,
        "precision": "" if stamp.precision is None else stamp.precision.value,
    }


def _replace(connection: Connection, waiting: _Waiting, rows: list[dict[str, object]]) -> None:
    source = waiting.digest.hex
    own = STATED_DATES.c.source == source
    facets = (STATED_DATES.c.digest, STATED_DATES.c.kind, STATED_DATES.c.day)
    before = {tuple(row) for row in connection.execute(select(*facets).where(own))}
    connection.execute(STATED_DATES.delete().where(own))
    if len(rows) > 0:
        numbered = [row | {"source": source, "number": number} for number, row in enumerate(rows)]
        connection.execute(insert(STATED_DATES), numbered)
    now = {(row["digest"], row["kind"], row["day"]) for row in rows}
    _index_again(connection, {str(about) for about, _, _ in before ^ now})
    known = {"digest": source, "parts_digest": waiting.parts_digest, "rules": RULES}
    connection.execute(insert(DATED).prefix_with("OR REPLACE"), known)


def _index_again(connection: Connection, digests: Iterable[str]) -> None:
    """What is now stated of another day is to be found under that one."""
    keys = [{"key": digest} for digest in sorted(digests)]
    if len(keys) > 0:
        chosen = OBJECTS.update().where(OBJECTS.c.digest == bindparam("key"))
        connection.execute(chosen.values(indexed=0), keys)


def _count(ledger: Ledger) -> None:
    month = func.substr(STATED_DATES.c.day, 1, len("2019-03"))
    columns = (month, STATED_DATES.c.kind, STATED_DATES.c.standing)
    counted = select(*columns, func.count()).group_by(*columns)
    with ledger.engine.begin() as connection:
        connection.execute(DATE_COUNTS.delete())
        connection.execute(DATE_COUNTS.insert().from_select(list(DATE_COUNTS.c.keys()), counted))


def _stated(row: Row[Any]) -> StatedDate:
    return StatedDate(
        sha256=row.digest,
        kind=DateKind(row.kind),
        property=row.property,
        written=row.written,
        day=row.day,
        local=row.local,
        offset_minutes=row.offset,
        precision=row.precision,
        standing=DateStanding(row.standing),
        citation=str(Citation(parse_digest(row.source), parse_place(row.place))),
    )
