"""Problems in the sources, of one code or one file, a page at a time, each with its place.

- In three stretches: what did not arrive whole, trouble within files, names that promise another
  type than the bytes have.
- A page goes on behind the last problem of the one before it; its mark names stretch and place.
"""

from collections.abc import Callable, Iterator
from typing import Annotated, Any

import msgspec
from sqlalchemy import Connection, select, tuple_

from muniment.catalog.chain import Link, chains
from muniment.catalog.ledger import Ledger
from muniment.catalog.listing_tables import NAME_DOUBTS
from muniment.catalog.shortcomings import NAME_DOUBT
from muniment.catalog.tables import ARRIVAL_PROBLEMS, PROBLEMS
from muniment.core import Citation, Digest, UsageError, parse_digest, parse_place

_AT_ONCE = 1_000
_STEP = "choose again on the page of problems"
_Mark = tuple[Any, ...]


class ProblemQuery(msgspec.Struct, frozen=True):
    """Which problems: of a code, of a file, or both; with neither, all."""

    code: str = ""
    file: Digest | None = None


class ProblemRow(msgspec.Struct, frozen=True):
    """One problem; `sha256` and `citation` are None where no bytes arrived, `way` then empty."""

    mark: str
    sha256: str | None
    code: str
    message: str
    citation: str | None
    name: str
    way: tuple[Link, ...]


class ProblemPage(msgspec.Struct, frozen=True):
    """A page of problems; `after` is the mark behind which the next goes on, None on the last."""

    rows: tuple[ProblemRow, ...]
    after: str | None


class _Found(msgspec.Struct, frozen=True):
    """A problem as a stretch has it; `mark` is its place in that stretch's order."""

    mark: _Mark
    digest: str
    code: str
    message: str
    place: str
    name: str


def list_problems(
    ledger: Ledger, query: ProblemQuery, limit: int, after: str | None = None
) -> ProblemPage:
    """The problems asked for, at most `limit`, behind the one with the mark `after`.

    Raises:
        UsageError: `after` is no mark of a page.
    """
    stretch, mark = _parsed(after)
    found: list[tuple[int, _Found]] = []
    with ledger.engine.connect() as connection:
        for number in range(stretch, len(_STRETCHES)):
            left = limit + 1 - len(found)
            if left > 0:
                begin = mark if number == stretch else None
                rows = _STRETCHES[number](connection, query, left, begin)
                found.extend((number, row) for row in rows)
    named = [parse_digest(row.digest) for _, row in found[:limit] if row.digest != ""]
    ways = chains(ledger, list(dict.fromkeys(named)))
    shown = tuple(_row(number, row, ways) for number, row in found[:limit])
    return ProblemPage(shown, shown[-1].mark if len(found) > limit else None)


def every_problem(ledger: Ledger, query: ProblemQuery) -> Iterator[ProblemRow]:
    """All problems asked for, in order; memory does not grow with them."""
    after: str | None = None
    while True:
        page = list_problems(ledger, query, _AT_ONCE, after)
        yield from page.rows
        if page.after is None:
            return
        after = page.after


def _arrived(
    connection: Connection, query: ProblemQuery, limit: int, mark: _Mark | None
) -> Iterator[_Found]:
    table = ARRIVAL_PROBLEMS
    chosen = select(table).order_by(table.c.seq).limit(limit)
    if query.code != "":
        chosen = chosen.where(table.c.code == query.code)
    if query.file is not None:
        chosen = chosen.where(table.c.digest == query.file.hex)
    if mark is not None:
        chosen = chosen.where(table.c.seq > mark[0])
    for row in connection.execute(chosen):
        yield _Found((row.seq,), row.digest, row.code, row.message, "", row.name)


def _within(
    connection: Connection, query: ProblemQuery, limit: int, mark: _Mark | None
) -> Iterator[_Found]:
    table = PROBLEMS
    place = tuple_(table.c.digest, table.c.number)
    chosen = select(table).order_by(table.c.digest, table.c.number).limit(limit)
    if query.code != "":
        chosen = chosen.where(table.c.code == query.code)
    if query.file is not None:
        chosen = chosen.where(table.c.digest == query.file.hex)
    if mark is not None:
        chosen = chosen.where(place > mark)
    for row in connection.execute(chosen):
        mine = (row.digest, row.number)
        yield _Found(mine, row.digest, row.code, row.message, row.place, "")


def _doubted(
    connection: Connection, query: ProblemQuery, limit: int, mark: _Mark | None
) -> Iterator[_Found]:
    if query.code not in ("", NAME_DOUBT):
        return
    table = NAME_DOUBTS
    chosen = select(table).order_by(table.c.digest, table.c.name).limit(limit)
    if query.file is not None:
        chosen = chosen.where(table.c.digest == query.file.hex)
    if mark is not None:
        chosen = chosen.where(tuple_(table.c.digest, table.c.name) > mark)
    for row in connection.execute(chosen):
        yield _Found((row.digest, row.name), row.digest, NAME_DOUBT, row.message, "", row.name)


_STRETCHES: tuple[
    Callable[[Connection, ProblemQuery, int, _Mark | None], Iterator[_Found]], ...
] = (_arrived, _within, _doubted)
_Number = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
_MARKS: tuple[Any, ...] = (tuple[_Number], tuple[str, _Number], tuple[str, str])


def _parsed(after: str | None) -> tuple[int, _Mark | None]:
    if after is None:
        return 0, None
    try:
        stretch, mark = msgspec.json.decode(bytes.fromhex(after), type=tuple[int, list[Any]])
        return stretch, msgspec.convert(mark, _MARKS[stretch])
    except (ValueError, msgspec.MsgspecError, IndexError) as why:
        raise UsageError("that is no page of problems", next_step=_STEP) from why


def _row(number: int, found: _Found, ways: dict[Digest, tuple[Link, ...]]) -> ProblemRow:
    mark = msgspec.json.encode((number, found.mark)).hex()
    if found.digest == "":
        return ProblemRow(mark, None, found.code, found.message, None, found.name, ())
    digest = parse_digest(found.digest)
    way = ways[digest]
    name = found.name or (way[0].name if len(way) > 0 else "")
    citation = str(Citation(digest, parse_place(found.place)))
    return ProblemRow(mark, found.digest, found.code, found.message, citation, name, way)
