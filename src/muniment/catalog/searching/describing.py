"""What is known of each object, kept in the ledger and shared by its passages in the index.

- Languages, folders, stated dates and people: projections of the parts and of where an object
  lies, made anew whenever it is indexed anew.
"""

from collections.abc import Callable, Iterable, Iterator

import msgspec
from sqlalchemy import Connection, bindparam, select

from muniment.catalog.coverage import kind_of
from muniment.catalog.ledger import Ledger
from muniment.catalog.searching.engine import Facts
from muniment.catalog.searching.folders import Folders
from muniment.catalog.searching.stated import Person, StatedDate, date_in, people, stated_dates
from muniment.catalog.tables import (
    CONTAINMENTS,
    DELIVERIES,
    FOLDERS,
    LANGUAGES,
    OBJECTS,
    PEOPLE,
    STATED_DATES,
)
from muniment.core import (
    Cell,
    CellKind,
    Citation,
    Digest,
    Metadata,
    Part,
    TextSpan,
    parse_digest,
    parse_place,
)
from muniment.text import language_of

PartsOf = Callable[[Digest], Iterator[Part]]


class _Described(msgspec.Struct, frozen=True):
    """What the parts of one object tell."""

    language: str
    dates: tuple[tuple[StatedDate, str], ...]  # with citations
    people: tuple[Person, ...]


def describe(ledger: Ledger, digests: Iterable[Digest], parts_of: PartsOf) -> dict[Digest, Facts]:
    """Describe these objects and write it down, in one transaction; what their passages share."""
    facts: dict[Digest, Facts] = {}
    with ledger.engine.begin() as connection:
        folders = Folders(connection)
        for digest in digests:
            found = _described(connection, digest, parts_of)
            placed = folders.of(digest.hex)
            _write(connection, digest, found, placed)
            facts[digest] = _facts(connection, digest, found, placed)
    return facts


def _described(connection: Connection, digest: Digest, parts_of: PartsOf) -> _Described:
    stated = [part for part in parts_of(digest) if isinstance(part, Metadata) or _is_header(part)]
    dates = [(each, str(Citation(digest, each.at))) for each in stated_dates(stated)]
    dates.extend(_dates_of_containers(connection, digest))
    return _Described(language_of(_prose(parts_of(digest))), tuple(dates), tuple(people(stated)))


def _is_header(part: Part) -> bool:
    return isinstance(part, TextSpan) and part.role.value == "header"


def _prose(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        match part:
            case TextSpan():
                yield part.text
            case Cell(kind=CellKind.TEXT):
                yield part.shown or part.written
            case _:
                continue


def _dates_of_containers(
    connection: Connection, digest: Digest
) -> Iterator[tuple[StatedDate, str]]:
    """The times that containers state of the entries under which the object lies in them."""
    held = (
        select(CONTAINMENTS.c.parent, CONTAINMENTS.c.place, CONTAINMENTS.c.stated)
        .where(CONTAINMENTS.c.digest == digest.hex, CONTAINMENTS.c.stated != "{}")
        .order_by("parent", "number")
        .limit(100)
    )
    for row in connection.execute(held):
        at = parse_place(row.place)
        stated = msgspec.json.decode(row.stated, type=dict[str, str])
        for name, written in sorted(stated.items()):
            found = date_in(name, written, at)
            if found is not None:
                entry = msgspec.structs.replace(found, property=f"entry: {name}")
                yield entry, str(Citation(parse_digest(row.parent), at))


def _write(
    connection: Connection, digest: Digest, found: _Described, folders: tuple[str, ...]
) -> None:
    for table in (LANGUAGES, FOLDERS, STATED_DATES, PEOPLE):
        gone = table.delete().where(table.c.digest == bindparam("key"))
        connection.execute(gone, {"key": digest.hex})
    connection.execute(LANGUAGES.insert(), {"digest": digest.hex, "language": found.language})
    dates = [
        {
            "digest": digest.hex,
            "number": number,
            "property": each.property,
            "written": each.written,
            "day": each.day,
            "instant": each.instant,
            "citation": citation,
        }
        for number, (each, citation) in enumerate(found.dates)
    ]
    named = [
        {
            "digest": digest.hex,
            "number": number,
            "role": each.role,
            "name": each.name,
            "address": each.address,
            "citation": str(Citation(digest, each.at)),
        }
        for number, each in enumerate(found.people)
    ]
    placed = [{"digest": digest.hex, "folder": folder} for folder in folders]
    for table, rows in ((STATED_DATES, dates), (PEOPLE, named), (FOLDERS, placed)):
        if len(rows) > 0:
            connection.execute(table.insert(), rows)


def _facts(
    connection: Connection, digest: Digest, found: _Described, folders: tuple[str, ...]
) -> Facts:
    row = connection.execute(select(OBJECTS).where(OBJECTS.c.digest == digest.hex)).one()
    senders = [p.address or p.name for p in found.people if p.role == "sender"]
    return Facts(
        name=_first_name(connection, digest),
        kind=kind_of(row.type),
        media=row.type,
        state=row.state,
        size=row.size,
        language=found.language,
        folders=folders,
        days=tuple(sorted({each.day for each, _ in found.dates})),
        senders=tuple(dict.fromkeys(senders)),
        people=tuple(dict.fromkeys(p.name or p.address for p in found.people)),
    )


def _first_name(connection: Connection, digest: Digest) -> str:
    delivered = select(DELIVERIES.c.name).where(DELIVERIES.c.digest == digest.hex)
    contained = select(CONTAINMENTS.c.name).where(CONTAINMENTS.c.digest == digest.hex)
    return min(connection.scalars(delivered.union(contained)), default="")
