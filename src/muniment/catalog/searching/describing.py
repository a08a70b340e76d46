"""What is known of each object, kept in the ledger and shared by its passages in the index.

- Languages, folders and people: projections of the parts and of where an object
  lies, made anew whenever it is indexed anew.
- People are those whom an object names, and those who wrote and got the message that it came in:
  in the table as `carrier sender` and `carrier recipient`, at the place in the message.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import msgspec
from sqlalchemy import Connection, bindparam, select

from muniment.catalog.date_rules import DateStanding
from muniment.catalog.exchanged import lines_of
from muniment.catalog.kinds import kind_of
from muniment.catalog.ledger import Ledger
from muniment.catalog.searching.carriers import RECIPIENT, SENDER, Carried, Carriers
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
from muniment.text import UNKNOWN, language_of

_MOST = 5_000  # people of one role in the messages that an object came in
_SURE = 0.5  # of 1: half-way between a doubtful and a good line
PartsOf = Callable[[Digest], Iterator[Part]]


class _Described(msgspec.Struct, frozen=True):
    """What the parts of one object tell."""

    language: str
    people: tuple[Person, ...]


_OF_LINES = _Described(UNKNOWN, ())  # a file of statements: of many languages, and nobody's letter


class _Placed(msgspec.Struct, frozen=True):
    """What follows from where one object lies: its folders, and the messages that it came in."""

    folders: tuple[str, ...]
    carried: dict[str, tuple[Carried, ...]]

    def named(self, role: str) -> Iterator[Carried]:
        """Those whom a message around it names in that role; at most a bounded number."""
        everybody = (each for message in self.carried.values() for each in message)
        yield from islice((each for each in everybody if each.person.role == role), _MOST)


def describe(ledger: Ledger, digests: Iterable[Digest], parts_of: PartsOf) -> dict[Digest, Facts]:
    """Describe these objects and write it down, in one transaction; what their passages share."""
    facts: dict[Digest, Facts] = {}
    found: dict[Digest, tuple[_Described, _Placed]] = {}
    chosen = tuple(digests)
    dates = dates_of(ledger, chosen)
    with ledger.engine.connect() as connection:
        folders = Folders(connection)
        carriers = Carriers(connection, lambda each: _people(parts_of(each)))
        for digest in chosen:
            placed = _Placed(folders.of(digest.hex), carriers.of(digest))
            is_lines = lines_of(ledger, digest) is not None
            described = _OF_LINES if is_lines else _described(digest, parts_of)
            found[digest] = described, placed
            days = _days(dates[digest])
            facts[digest] = _facts(connection, digest, found[digest][0], (placed, days))
    with ledger.engine.begin() as connection:  # short: other processes may wait to write
        for digest, (described, placed) in found.items():
            _write(connection, digest, described, placed)
    return facts


def _described(digest: Digest, parts_of: PartsOf) -> _Described:
    return _Described(language_of(_prose(parts_of(digest))), _people(parts_of(digest)))


def _people(parts: Iterable[Part]) -> tuple[Person, ...]:
    return tuple(people([each for each in parts if isinstance(each, Metadata) or _is_header(each)]))


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


def _write(connection: Connection, digest: Digest, found: _Described, placed: _Placed) -> None:
    for table in (LANGUAGES, FOLDERS, PEOPLE):
        gone = table.delete().where(table.c.digest == bindparam("key"))
        connection.execute(gone, {"key": digest.hex})
    connection.execute(LANGUAGES.insert(), {"digest": digest.hex, "language": found.language})
    named = [(each.role, each, str(Citation(digest, each.at))) for each in found.people]
    for role in (SENDER, RECIPIENT):
        named += [(f"carrier {role}", each.person, each.citation) for each in placed.named(role)]
    people_rows = [
        {
            "digest": digest.hex,
            "number": number,
            "role": role,
            "name": each.name,
            "address": each.address,
            "citation": citation,
        }
        for number, (role, each, citation) in enumerate(named)
    ]
    folder_rows = [{"digest": digest.hex, "folder": folder} for folder in placed.folders]
    for table, rows in ((PEOPLE, people_rows), (FOLDERS, folder_rows)):
        if len(rows) > 0:
            connection.execute(table.insert(), rows)


def _facts(
    connection: Connection,
    digest: Digest,
    found: _Described,
    where_and_when: tuple[_Placed, tuple[int, ...]],
) -> Facts:
    row = connection.execute(select(OBJECTS).where(OBJECTS.c.digest == digest.hex)).one()
    placed, days = where_and_when
    wrote = [each.person for each in placed.named(SENDER)]
    got = [each.person for each in placed.named(RECIPIENT)]
    senders = [p.address or p.name for p in (*found.people, *wrote) if p.role == SENDER]
    return Facts(
        name=_first_name(connection, digest),
        kind=kind_of(row.type),
        media=row.type,
        state=row.state,
        size=row.size,
        language=found.language,
        folders=placed.folders,
        days=days,
        senders=tuple(dict.fromkeys(senders)),
        people=tuple(dict.fromkeys(p.name or p.address for p in (*found.people, *wrote, *got))),
        carriers=tuple(placed.carried),
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
