"""What is known of each object, kept in the ledger and shared by its passages in the index.

- Languages, folders and people: projections of the parts and of where an object
  lies, made anew whenever it is indexed anew.
"""

from collections.abc import Callable, Iterable, Iterator

import msgspec
from sqlalchemy import Connection, bindparam, select

from muniment.catalog.date_rules import DateStanding
from muniment.catalog.kinds import kind_of
from muniment.catalog.ledger import Ledger
from muniment.catalog.searching.engine import Facts
from muniment.catalog.searching.folders import Folders
from muniment.catalog.searching.people_named import Person, people
from muniment.catalog.stated_dates import StatedDate, dates_of
from muniment.catalog.tables import (
    CONTAINMENTS,
    DELIVERIES,
    FOLDERS,
    LANGUAGES,
    OBJECTS,
    PEOPLE,
)
from muniment.core import (
    Cell,
    CellKind,
    Citation,
    Digest,
    Metadata,
    Part,
    TextSpan,
)
from muniment.readers.ocr import sureness
from muniment.text import language_of

_SURE = 0.5  # of 1: half-way between a doubtful and a good line
PartsOf = Callable[[Digest], Iterator[Part]]


class _Described(msgspec.Struct, frozen=True):
    """What the parts of one object tell."""

    language: str
    people: tuple[Person, ...]


def describe(ledger: Ledger, digests: Iterable[Digest], parts_of: PartsOf) -> dict[Digest, Facts]:
    """Describe these objects and write it down, in one transaction; what their passages share."""
    facts: dict[Digest, Facts] = {}
    found: dict[Digest, tuple[_Described, tuple[str, ...]]] = {}
    chosen = tuple(digests)
    dates = dates_of(ledger, chosen)
    with ledger.engine.connect() as connection:
        folders = Folders(connection)
        for digest in chosen:
            placed = folders.of(digest.hex)
            found[digest] = _described(digest, parts_of), placed
            days = _days(dates[digest])
            facts[digest] = _facts(connection, digest, found[digest][0], (placed, days))
    with ledger.engine.begin() as connection:  # short: other processes may wait to write
        for digest, (described, placed) in found.items():
            _write(connection, digest, described, placed)
    return facts


def _described(digest: Digest, parts_of: PartsOf) -> _Described:
    stated = [part for part in parts_of(digest) if isinstance(part, Metadata) or _is_header(part)]
    return _Described(language_of(_prose(parts_of(digest))), tuple(people(stated)))


def _is_header(part: Part) -> bool:
    return isinstance(part, TextSpan) and part.role.value == "header"


def _prose(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        match part:
            case TextSpan() if _is_sure(part):
                yield part.text
            case Cell(kind=CellKind.TEXT) if _is_sure(part):
                yield part.shown or part.written
            case _:
                continue


def _is_sure(part: TextSpan | Cell) -> bool:
    """Whether letters are those that stand there: misread ones have a language of their own."""
    return part.confidence is None or sureness(part.source, part.confidence) >= _SURE


def _write(
    connection: Connection, digest: Digest, found: _Described, folders: tuple[str, ...]
) -> None:
    for table in (LANGUAGES, FOLDERS, PEOPLE):
        gone = table.delete().where(table.c.digest == bindparam("key"))
        connection.execute(gone, {"key": digest.hex})
    connection.execute(LANGUAGES.insert(), {"digest": digest.hex, "language": found.language})
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
    for table, rows in ((PEOPLE, named), (FOLDERS, placed)):
        if len(rows) > 0:
            connection.execute(table.insert(), rows)


def _facts(
    connection: Connection,
    digest: Digest,
    found: _Described,
    where_and_when: tuple[tuple[str, ...], tuple[int, ...]],
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
        folders=where_and_when[0],
        days=where_and_when[1],
        senders=tuple(dict.fromkeys(senders)),
        people=tuple(dict.fromkeys(p.name or p.address for p in found.people)),
    )


def _days(dates: Iterable[StatedDate]) -> tuple[int, ...]:
    """The days that are stated whole, as YYYYMMDD; a clock that stood at its zero states none."""
    found = {
        int(each.day.replace("-", ""))
        for each in dates
        if each.standing is DateStanding.PLAIN and len(each.day) == len("2019-03-02")
    }
    return tuple(sorted(found))


def _first_name(connection: Connection, digest: Digest) -> str:
    delivered = select(DELIVERIES.c.name).where(DELIVERIES.c.digest == digest.hex)
    contained = select(CONTAINMENTS.c.name).where(CONTAINMENTS.c.digest == digest.hex)
    return min(connection.scalars(delivered.union(contained)), default="")
