"""The engine of a team's server: one schema of a PostgreSQL database holds one case's index.

    muniment_<case>.format    one row: the format of what is held
                    objects   what all passages of an object share; arrays for what has many values
                    passages  a tsvector of our own tokens with positions, and the passage itself
                    words     every word of letters, where patterns (wor*) are looked up

- The server's own text parsers and dictionaries are never used: tokens come from us.
- A batch goes in within one transaction. A tsvector keeps 255 positions of one word; a passage
  that has more keeps its tokens as text beside it (`crowded`), and there phrases are looked for.
- PostgreSQL weighs words without knowing how rare they are, so its order is rougher than the
  embedded engine's; above 20,000 hits it weighs nothing and goes by object.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, create_engine, delete, func, insert, select, text
from sqlalchemy.dialects.postgresql import insert as insert_or_leave
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError
from sqlalchemy.sql import ColumnElement

from muniment.catalog.passages import Passage
from muniment.catalog.searching.engine import (
    FACETS,
    FORMAT,
    NOT_INSIDE,
    Entry,
    Facet,
    Facts,
    Found,
    Results,
    Window,
)
from muniment.catalog.searching.postgres_query import (
    Compiler,
    lexeme,
    only_as_written,
    wanted,
)
from muniment.catalog.searching.postgres_tables import CROWDED, Tables
from muniment.catalog.searching.query import Query, without_patterns
from muniment.core import Digest, UsageError, parse_digest
from muniment.text import fold, stands_alone, tokens

_MOST_WEIGHED = 20_000  # hits that are weighed
_MOST_VALUES = 200  # of a facet
_MOST_FOLDERS = 5_000
_ROWS = 500  # sent to the server at once
_FETCH = 2_000


class PostgresEngine:
    """The index of one case on a server."""

    def __init__(self, address: str, case: str) -> None:
        """Name the server; nothing is asked of it yet. `case` is the case's 32 hex digits."""
        self._address = address
        self._tables = Tables(f"muniment_{case}")
        self._engine = _engine(address)

    @property
    def name(self) -> str:
        """The server's address, which holds no password."""
        return self._address

    def is_current(self) -> bool:
        """Whether the server holds an index of this format.

        Raises:
            UsageError: it does not answer.
        """
        try:
            with self._engine.connect() as connection:
                return connection.scalar(select(self._tables.format.c.format)) == FORMAT
        except ProgrammingError:
            return False  # there is no such table
        except SQLAlchemyError as why:
            raise self._trouble(why) from why

    def clear(self) -> None:
        """Leave an empty index of this format."""
        tables = self._tables
        try:
            with self._engine.begin() as connection:
                connection.execute(text(f'DROP SCHEMA IF EXISTS "{tables.schema}" CASCADE'))
                connection.execute(text(f'CREATE SCHEMA "{tables.schema}"'))
                tables.metadata.create_all(connection)
                connection.execute(insert(tables.format).values(format=FORMAT))
        except SQLAlchemyError as why:
            raise self._trouble(why) from why

    def put(self, entries: Iterable[Entry]) -> int:
        """Index these objects anew, in one transaction; returns how many passages went in."""
        count = 0
        with self._engine.begin() as connection:
            for entry in entries:
                self._forget(connection, [entry.digest])
                connection.execute(insert(self._tables.objects), _object(entry))
                rows: list[dict[str, Any]] = []
                for number, passage in enumerate(entry.passages):
                    rows.append(_passage(entry.digest, number, passage))
                    count += 1
                    if len(rows) == _ROWS:
                        self._send(connection, rows)
                        rows = []
                self._send(connection, rows)
        return count

    def remove(self, digests: Iterable[Digest]) -> None:
        """Forget these objects."""
        with self._engine.begin() as connection:
            self._forget(connection, list(digests))

    def search(self, query: Query, window: Window) -> Results:
        """The hits of a window, best first, and how many there are in all."""
        try:
            with self._engine.connect() as connection:
                return self._answered(connection, query, window)
        except SQLAlchemyError as why:
            raise self._trouble(why) from why

    def documents(self) -> Iterator[tuple[Digest, int, Passage]]:
        """Everything in the index, in no promised order."""
        passages = self._tables.passages
        columns = select(passages.c.object, passages.c.number, passages.c.passage)
        with self._engine.connect().execution_options(yield_per=_FETCH) as connection:
            for row in connection.execute(columns):
                yield _stored(row)

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def _answered(self, connection: Connection, query: Query, window: Window) -> Results:
        try:
            return self._search(connection, query, window)
        except UsageError:
            less = Query(without_patterns(query.root))
            if less == query:
                raise
        results = self._search(connection, less, window)
        return Results(results.total, results.hits, results.facets, (NOT_INSIDE,))

    def _search(self, connection: Connection, query: Query, window: Window) -> Results:
        objects, passages = self._tables.objects, self._tables.passages
        compiler = Compiler(self._tables, connection)
        condition = compiler.node(query.root)
        joined = passages.join(objects, objects.c.digest == passages.c.object)
        counted = select(func.count()).select_from(joined).where(condition)
        total = int(connection.scalar(counted) or 0)
        score: ColumnElement[Any] = compiler.rank(query, weighed=total <= _MOST_WEIGHED)
        columns = (passages.c.object, passages.c.number, passages.c.passage, score.label("score"))
        rows = connection.execute(
            select(*columns)
            .select_from(joined)
            .where(condition)
            .order_by(*self._order(compiler, query, window), passages.c.object, passages.c.number)
            .offset(window.offset)
            .limit(window.limit)
        )
        hits = tuple(Found(*_stored(row), float(row.score)) for row in rows)
        facets = tuple(self._facets(connection, condition)) if window.facets else ()
        return Results(total, hits, facets)

    def _order(
        self, compiler: Compiler, query: Query, window: Window
    ) -> tuple[ColumnElement[Any], ...]:
        objects = self._tables.objects
        match window.order:
            case "date":
                return (objects.c.first_day.asc().nulls_last(),)
            case "-date":
                return (objects.c.last_day.desc().nulls_last(),)
            case "name":
                return (objects.c.name.asc(),)
            case "relevance":
                exact = only_as_written(query)
                if len(list(wanted(query.root))) == 0:
                    return ()
                score = text("score DESC")
                if exact == query:
                    return (score,)  # type: ignore[return-value]
                return (compiler.node(exact.root).desc(), score)  # type: ignore[return-value]

    def _facets(self, connection: Connection, condition: ColumnElement[bool]) -> Iterator[Facet]:
        objects, passages = self._tables.objects, self._tables.passages
        hits = (
            select(passages.c.object, passages.c.sort, func.count().label("hits"))
            .select_from(passages.join(objects, objects.c.digest == passages.c.object))
            .where(condition)
            .group_by(passages.c.object, passages.c.sort)
            .cte("hits")
        )
        summed = func.sum(hits.c.hits)
        for field in FACETS:
            value = hits.c.sort if field == "sort" else self._tables.facet_value(field)
            limit = _MOST_FOLDERS if field == "folder" else _MOST_VALUES
            grouped = (
                select(value.label("value"), summed.label("hits"))
                .select_from(hits.join(objects, objects.c.digest == hits.c.object))
                .group_by(value)
                .order_by(summed.desc(), value)
                .limit(limit + 1)
            )
            rows = connection.execute(grouped).fetchall()
            counts = tuple((str(row.value), int(row.hits)) for row in rows[:limit])
            yield Facet(field, counts, len(rows) - len(counts))

    def _send(self, connection: Connection, rows: list[dict[str, Any]]) -> None:
        if len(rows) == 0:
            return
        words = {word for row in rows for word in row.pop("words")}
        connection.execute(insert(self._tables.filled), rows)
        if len(words) > 0:
            known = insert_or_leave(self._tables.words).on_conflict_do_nothing()
            connection.execute(known, [{"word": word} for word in sorted(words)])

    def _forget(self, connection: Connection, digests: list[Digest]) -> None:
        for table, column in ((self._tables.filled, "object"), (self._tables.objects, "digest")):
            gone = delete(table).where(table.c[column] == bindparam("key"))
            if len(digests) > 0:
                connection.execute(gone, [{"key": digest.hex} for digest in digests])

    def _trouble(self, why: SQLAlchemyError) -> UsageError:
        reason = str(getattr(why, "orig", why)).strip().splitlines()[0]
        return UsageError(
            f"the search server {self._address} does not answer as it should: {reason}",
            next_step="see that it runs and that you may use the database; then give the command "
            "again, or `muniment index CASE --engine embedded` to do without it",
        )


def _engine(address: str) -> Engine:
    try:
        return create_engine(make_url(address).set(drivername="postgresql+psycopg"))
    except ModuleNotFoundError as why:
        raise UsageError(
            "this case is searched on a PostgreSQL server, and the library for it is missing",
            next_step="pip install 'muniment[postgres]'",
        ) from why


def _object(entry: Entry) -> dict[str, Any]:
    facts: Facts = entry.facts
    return {
        "digest": entry.digest.hex,
        "name": _plain(fold(facts.name)[:200]),
        "kind": facts.kind,
        "media": _plain(facts.media),
        "state": facts.state,
        "size": facts.size,
        "language": facts.language,
        "folders": [_plain(each) for each in facts.folders],
        "days": list(facts.days),
        "months": list(facts.months),
        "senders": [_plain(each) for each in facts.senders],
        "people": [_plain(each) for each in facts.people],
        "carriers": list(facts.carriers),
        "first_day": min(facts.days, default=None),
        "last_day": max(facts.days, default=None),
    }


def _passage(digest: Digest, number: int, passage: Passage) -> dict[str, Any]:
    found = tokens(fold(passage.text))
    counts = Counter(found)
    crowded = len(counts) > 0 and max(counts.values()) >= CROWDED
    return {
        "object": digest.hex,
        "number": number,
        "sort": passage.sort,
        "property": _plain(passage.property),
        "body": _vector(found),
        "crowded": f" {' '.join(found)} " if crowded else None,
        "passage": msgspec.msgpack.encode(passage),
        "words": {word for word in counts if len(word) > 1 and not stands_alone(word)},
    }


def _vector(found: list[str]) -> str:
    """A tsvector in the server's own spelling: 'word':1,7 'other':2."""
    places: dict[str, list[str]] = {}
    for place, token in enumerate(found, start=1):
        known = places.setdefault(token, [])
        if len(known) < CROWDED:
            known.append(str(place))
    return " ".join(f"{lexeme(token)}:{','.join(at)}" for token, at in places.items())


def _stored(row: Any) -> tuple[Digest, int, Passage]:
    passage = msgspec.msgpack.decode(bytes(row.passage), type=Passage)
    return parse_digest(row.object), int(row.number), passage


def _plain(written: str) -> str:
    """Text that the server takes: it has no letter for zero."""
    return written.replace("\x00", "\ufffd")
