"""Lists of files: filtered, in an order, a page at a time, at the same cost on every page.

- Letters of a name are looked up first; where many names hold them, an order is gone through.
- A page goes on behind the last file of the one before it (its id), so pages do not shift while
  files are added; each order has an index that holds all that the filters look at.
- What is asked for among a container's files comes in the order in which they lie in it.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    func,
    literal_column,
    select,
    tuple_,
)

from muniment.catalog.chain import Link, chains
from muniment.catalog.kinds import KIND_NAMES
from muniment.catalog.ledger import Ledger
from muniment.catalog.listing_tables import FILES, LANGUAGE_COUNTS, TALLIES
from muniment.catalog.name_index import few_named
from muniment.catalog.object_view import names_by_object, names_to_show
from muniment.catalog.tables import CONTAINMENTS, OBJECTS
from muniment.core import Digest, State, UsageError, parse_digest
from muniment.text import fold

_FEW = 20_000  # files that are sorted faster than an index of another order is read
_AT_ONCE = 1_000
_STEP = "choose again on the page of files"


class FileOrder(StrEnum):
    """In which order files are listed."""

    NAME = "name"
    LARGEST = "largest"


class FileQuery(msgspec.Struct, frozen=True):
    """Which files: each field that is not empty leaves only those that have it.

    `why` is a `Shortcoming.key`; `name` is found in any of a file's names (of very many, in the
    first forty), without regard to case; `within` is the container that holds them.
    """

    state: str = ""
    kind: str = ""
    why: str = ""
    name: str = ""
    language: str = ""
    within: Digest | None = None
    order: FileOrder = FileOrder.NAME

    def __post_init__(self) -> None:
        """Refuse what no file can be.

        Raises:
            UsageError: an unknown state or kind.
        """
        if self.state not in ("", *State):
            raise UsageError(f"no file is in the state {self.state!r}", next_step=_STEP)
        if self.kind not in ("", *KIND_NAMES):
            raise UsageError(f"no file is of the kind {self.kind!r}", next_step=_STEP)


class FileRow(msgspec.Struct, frozen=True):
    """One file; `way` leads from it to the delivery, `problems` counts trouble within.

    `name` is the one that lists are ordered by, `others` are more, up to twenty.
    """

    id: int
    sha256: str
    name: str
    kind: str
    type: str
    state: str
    reason: str
    size: int
    language: str
    problems: int
    way: tuple[Link, ...]
    others: tuple[str, ...]


class FilePage(msgspec.Struct, frozen=True):
    """A page of files; `after` is the id behind which the next goes on, None where it is the last.

    `total` is how many there are in all, None where that would have to be counted.
    """

    rows: tuple[FileRow, ...]
    after: int | None
    total: int | None


def list_files(ledger: Ledger, query: FileQuery, limit: int, after: int | None = None) -> FilePage:
    """The files asked for, at most `limit` of them, behind the one with the id `after`."""
    with ledger.engine.connect() as connection:
        total = _total(connection, query)
        chosen = _chosen(connection, query, total, after).limit(limit + 1)
        found = connection.execute(chosen).fetchall()
        rows = _rows(ledger, connection, found[:limit])
    return FilePage(rows, rows[-1].id if len(found) > limit else None, total)


class Lossy(msgspec.Struct, frozen=True):
    """A container that gave less than it announced; `way` leads to the delivery."""

    sha256: str
    name: str
    announced: int
    emitted: int
    failed: int
    way: tuple[Link, ...]


def lossy_containers(ledger: Ledger, limit: int) -> tuple[Lossy, ...]:
    """The containers of which most did not come out, at most `limit`."""
    lost = select(OBJECTS).where(OBJECTS.c.failed > 0)
    ordered = lost.order_by(OBJECTS.c.failed.desc(), OBJECTS.c.digest).limit(limit)
    with ledger.engine.connect() as connection:
        rows = connection.execute(ordered).fetchall()
    ways = chains(ledger, [parse_digest(row.digest) for row in rows])
    return tuple(_lossy(row, ways[parse_digest(row.digest)]) for row in rows)


def _lossy(row: Row[Any], way: tuple[Link, ...]) -> Lossy:
    name = way[0].name if len(way) > 0 else ""
    return Lossy(row.digest, name, row.announced, row.emitted, row.failed, way)


def every_file(ledger: Ledger, query: FileQuery) -> Iterator[FileRow]:
    """All files asked for, in order; memory does not grow with them."""
    after: int | None = None
    while True:
        page = list_files(ledger, query, _AT_ONCE, after)
        yield from page.rows
        if page.after is None:
            return
        after = page.after


def _total(connection: Connection, query: FileQuery) -> int | None:
    """How many there are, where the ledger keeps that count."""
    if query.name != "" or query.why != "" or query.within is not None:
        return None
    if query.language != "":
        return _of_language(connection, query)
    counted = select(func.coalesce(func.sum(TALLIES.c.objects), 0))
    if query.state != "":
        counted = counted.where(TALLIES.c.state == query.state)
    if query.kind != "":
        counted = counted.where(TALLIES.c.kind == query.kind)
    return int(connection.scalar(counted) or 0)


def _of_language(connection: Connection, query: FileQuery) -> int | None:
    if query.state != "" or query.kind != "":
        return None
    mine = LANGUAGE_COUNTS.c.language == query.language
    return int(connection.scalar(select(LANGUAGE_COUNTS.c.objects).where(mine)) or 0)


def _chosen(
    connection: Connection, query: FileQuery, total: int | None, after: int | None
) -> Select[Any]:
    few = few_named(connection, fold(query.name)) if query.name != "" else None
    looked_up = few is not None or query.within is not None
    by = "" if looked_up else _goes_by(query, total)
    wanted: list[ColumnElement[bool]] = []
    for name in ("state", "kind", "why", "language"):
        value = getattr(query, name)
        if value != "":
            # With the sign, SQLite chooses no index for it: it would, and sort what it finds.
            column = FILES.c[name] if name == by else literal_column(f"+files.{name}", String)
            wanted.append(column == value)
    if query.name != "":
        wanted.append(func.instr(FILES.c.fold, fold(query.name)) > 0)
    if few is not None:
        wanted.append(FILES.c.id.in_(few))
    if query.within is not None:
        return _within(connection, query.within, wanted, after)
    chosen = select(FILES).where(*wanted)
    if query.order is FileOrder.LARGEST:
        place = tuple_(FILES.c.size, FILES.c.id)
        last = _place(connection, after, FILES.c.size)
        chosen = chosen if last is None else chosen.where(place < last)
        return chosen.order_by(FILES.c.size.desc(), FILES.c.id.desc())
    place = tuple_(FILES.c.fold, FILES.c.id)
    last = _place(connection, after, FILES.c.fold)
    chosen = chosen if last is None else chosen.where(place > last)
    return chosen.order_by(FILES.c.fold, FILES.c.id)


def _goes_by(query: FileQuery, total: int | None) -> str:
    """The filter whose index is gone by: where few pass it, or it has the order asked for.

    Empty where all files are gone through in that order, each looked at in the index of the order.
    """
    few = total is not None and total <= _FEW
    if query.why != "":
        return "why"
    if query.language != "" and (few or query.order is FileOrder.NAME):
        return "language"
    if query.order is FileOrder.LARGEST and not few:
        return ""
    if query.state != "" and not (query.kind != "" and query.state == State.READ):
        return "state"
    return "kind" if query.kind != "" else ""


def _place(connection: Connection, after: int | None, column: Any) -> tuple[Any, int] | None:
    if after is None:
        return None
    row = connection.execute(select(column).where(FILES.c.id == after)).one_or_none()
    if row is None:
        raise UsageError("that page goes on behind a file that is not there", next_step=_STEP)
    return (row[0], after)


def _within(
    connection: Connection, parent: Digest, wanted: list[ColumnElement[bool]], after: int | None
) -> Select[Any]:
    lying, earlier = CONTAINMENTS, CONTAINMENTS.alias("earlier")
    # A file may lie twice in one container: it is listed where it lies first.
    twice = select(earlier.c.number).where(
        earlier.c.parent == lying.c.parent,
        earlier.c.digest == lying.c.digest,
        earlier.c.number < lying.c.number,
    )
    inside = FILES.join(lying, lying.c.digest == FILES.c.digest)
    mine = (lying.c.parent == parent.hex) & ~twice.exists()
    chosen = select(FILES).select_from(inside).where(mine, *wanted)
    if after is not None:
        numbered = select(func.min(lying.c.number)).select_from(inside)
        last = connection.scalar(numbered.where(lying.c.parent == parent.hex, FILES.c.id == after))
        if last is None:
            raise UsageError("that page goes on behind a file that is not there", next_step=_STEP)
        chosen = chosen.where(lying.c.number > last)
    return chosen.order_by(lying.c.number)


def _rows(ledger: Ledger, connection: Connection, found: Sequence[Row[Any]]) -> tuple[FileRow, ...]:
    digests = [row.digest for row in found]
    columns = (OBJECTS.c.digest, OBJECTS.c.type, OBJECTS.c.reason, OBJECTS.c.parts)
    chosen = select(*columns).where(OBJECTS.c.digest.in_(digests))
    more = {row.digest: row for row in connection.execute(chosen)}
    ways = chains(ledger, [parse_digest(digest) for digest in digests])
    names = names_by_object(connection, digests)
    shown = names_to_show(connection, {row.digest: row.name for row in found})
    return tuple(
        FileRow(
            id=row.id,
            sha256=row.digest,
            name=shown[row.digest],
            kind=row.kind,
            type=more[row.digest].type,
            state=row.state,
            reason=more[row.digest].reason,
            size=row.size,
            language=row.language,
            problems=msgspec.json.decode(more[row.digest].parts).get("problem", 0),
            way=ways[parse_digest(row.digest)],
            others=tuple(name for name in names[row.digest] if name not in ("", shown[row.digest])),
        )
        for row in found
    )
