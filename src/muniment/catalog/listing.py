"""Keeps the tables that pages list and count from: triggers, and the names of objects.

    objects ──triggers──▶ files, tallies, lack_counts        problems ──triggers──▶ problem_counts
                          files ──triggers──▶ file_names

- The triggers call functions of ours, so only a connection prepared here can write the ledger.
- A ledger from before there were such tables is filled once, when it is first opened for writing.
"""

import sqlite3
from collections.abc import Iterable

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog import name_index
from muniment.catalog.kinds import kind_of, why_key
from muniment.catalog.listing_tables import FILES
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES, PROGRESS
from muniment.text import fold as fold_text

_FILLED = "rules of lists and counts"
_RULES = 4  # counted up whenever what is below gives other rows

_LAST = "\U0010fffd"  # sorts behind every name
_MOST_NAMES = 40  # of one file that are looked through: a picture may be in all letters

_COUNTED = "objects, received, bytes, holders, announced, emitted, failed"
_HOLDS = "({0}.announced > 0 OR {0}.emitted > 0 OR {0}.failed > 0)"


def _tally(row: str, sign: str) -> str:
    """Add an object to its tally, or take it away."""
    holds = _HOLDS.format(row)
    key = f"kind = muniment_kind({row}.type) AND state = {row}.state"
    return f"""
    INSERT OR IGNORE INTO tallies (kind, state, {_COUNTED})
      VALUES (muniment_kind({row}.type), {row}.state, 0, 0, 0, 0, 0, 0, 0);
    UPDATE tallies SET objects = objects {sign} 1, received = received {sign} {row}.received,
      bytes = bytes {sign} {row}.size, holders = holders {sign} {holds},
      announced = announced {sign} {row}.announced, emitted = emitted {sign} {row}.emitted,
      failed = failed {sign} {row}.failed WHERE {key};
    INSERT OR IGNORE INTO size_counts (digits, objects, bytes)
      VALUES (length({row}.size), 0, 0);
    UPDATE size_counts SET objects = objects {sign} 1, bytes = bytes {sign} {row}.size
      WHERE digits = length({row}.size);
    INSERT OR IGNORE INTO lack_counts (why, state, reason, objects)
      SELECT muniment_why({row}.state, {row}.reason), {row}.state, {row}.reason, 0
      WHERE muniment_why({row}.state, {row}.reason) <> '';
    UPDATE lack_counts SET objects = objects {sign} 1
      WHERE why = muniment_why({row}.state, {row}.reason);"""  # noqa: S608 - our own words


def _count(row: str, sign: str, others: int) -> str:
    """Count a problem, and its object where no other problem of it has that code."""
    return f"""
    INSERT OR IGNORE INTO problem_counts (code, times, objects) VALUES ({row}.code, 0, 0);
    UPDATE problem_counts SET times = times {sign} 1, objects = objects {sign} (
      (SELECT count(*) FROM (SELECT 1 FROM problems
        WHERE code = {row}.code AND digest = {row}.digest LIMIT 2)) = {others})
      WHERE code = {row}.code;"""  # noqa: S608 - our own words


_OF_FILE = (
    "kind = muniment_kind(new.type), state = new.state, why = muniment_why(new.state, new.reason), "
    "size = new.size"
)
_WATCHED = ("state", "reason", "type", "size", "received", "announced", "emitted", "failed")
_CHANGED = " OR ".join(f"old.{name} IS NOT new.{name}" for name in _WATCHED)
_TRIGGERS = {
    "objects_come": f"""AFTER INSERT ON objects BEGIN
    INSERT INTO files (digest, name, fold, kind, state, why, size, language)
      VALUES (new.digest, '', muniment_fold(''), muniment_kind(new.type), new.state,
        muniment_why(new.state, new.reason), new.size, '');
    {_tally("new", "+")} END""",  # noqa: S608 - our own words
    "objects_change": f"""AFTER UPDATE OF {", ".join(_WATCHED)} ON objects WHEN {_CHANGED} BEGIN
    UPDATE files SET {_OF_FILE} WHERE digest = new.digest;
    {_tally("old", "-")} {_tally("new", "+")} END""",  # noqa: S608 - our own words
    "objects_go": f"""AFTER DELETE ON objects BEGIN
    DELETE FROM files WHERE digest = old.digest; {_tally("old", "-")} END""",  # noqa: S608
    "languages_come": """AFTER INSERT ON languages WHEN new.language <> 'unknown' BEGIN
    UPDATE files SET language = new.language WHERE digest = new.digest;
    INSERT OR IGNORE INTO language_counts (language, objects) VALUES (new.language, 0);
    UPDATE language_counts SET objects = objects + 1 WHERE language = new.language; END""",
    "languages_go": """AFTER DELETE ON languages WHEN old.language <> 'unknown' BEGIN
    UPDATE files SET language = '' WHERE digest = old.digest;
    UPDATE language_counts SET objects = objects - 1 WHERE language = old.language; END""",
    "problems_come": f"AFTER INSERT ON problems BEGIN {_count('new', '+', 1)} END",
    "problems_go": f"AFTER DELETE ON problems BEGIN {_count('old', '-', 0)} END",
}
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS problems_by_code ON problems (code, digest, number)",
    "CREATE INDEX IF NOT EXISTS arrival_problems_by_code ON arrival_problems (code, seq)",
    "CREATE INDEX IF NOT EXISTS objects_that_lost ON objects (failed) WHERE failed > 0",
    "CREATE INDEX IF NOT EXISTS objects_by_type ON objects (type)",
    "CREATE INDEX IF NOT EXISTS containments_by_child ON containments (digest, parent, number)",
    "CREATE INDEX IF NOT EXISTS deliveries_by_intake ON deliveries (intake, seq)",
)
_FILL = (
    """INSERT INTO files (digest, name, fold, kind, state, why, size, language)
    SELECT o.digest, coalesce(n.name, ''), coalesce(n.fold, muniment_fold('')),
      muniment_kind(o.type), o.state, muniment_why(o.state, o.reason), o.size,
      coalesce((SELECT language FROM languages l
        WHERE l.digest = o.digest AND language <> 'unknown'), '')
    FROM objects o LEFT JOIN (SELECT digest, min(name) AS name, muniment_folds(name) AS fold FROM (
      SELECT digest, name FROM deliveries UNION ALL SELECT digest, name FROM containments)
      WHERE name <> '' GROUP BY digest) n ON n.digest = o.digest""",
    "DELETE FROM tallies",
    f"""INSERT INTO tallies (kind, state, {_COUNTED})
    SELECT muniment_kind(type), state, count(*), sum(received), sum(size),
      sum({_HOLDS.format("o")}), sum(announced), sum(emitted), sum(failed)
    FROM objects o GROUP BY 1, 2""",  # noqa: S608 - our own words
    "DELETE FROM size_counts",
    """INSERT INTO size_counts (digits, objects, bytes)
    SELECT length(size), count(*), sum(size) FROM objects GROUP BY 1""",
    "DELETE FROM language_counts",
    """INSERT INTO language_counts (language, objects)
    SELECT language, count(*) FROM languages WHERE language <> 'unknown' GROUP BY 1""",
    "DELETE FROM lack_counts",
    """INSERT INTO lack_counts (why, state, reason, objects)
    SELECT muniment_why(state, reason), state, min(reason), count(*) FROM objects
    WHERE muniment_why(state, reason) <> '' GROUP BY 1, 2""",
    "DELETE FROM problem_counts",
    """INSERT INTO problem_counts (code, times, objects)
    SELECT code, count(*), count(DISTINCT digest) FROM problems GROUP BY code""",
)


def prepare(connection: sqlite3.Connection) -> None:
    """Let a connection write the ledger: the triggers call these."""
    connection.create_function("muniment_kind", 1, kind_of, deterministic=True)
    connection.create_function("muniment_why", 2, why_key, deterministic=True)
    connection.create_function("muniment_fold", 1, _fold, deterministic=True)
    connection.create_aggregate("muniment_folds", 1, _Names)  # type: ignore[arg-type] # typeshed wants ints


def install(engine: Engine) -> None:
    """Make the triggers and indexes where they are not; fill the tables where they were not."""
    filled = select(PROGRESS.c.value).where(PROGRESS.c.name == _FILLED)
    with engine.connect() as connection:
        if connection.scalar(filled) == _RULES:
            return
    with engine.begin() as connection:
        connection.execute(text(name_index.REMOVE))
        FILES.drop(connection, checkfirst=True)  # its columns may be those of older rules
        FILES.create(connection)
        connection.execute(text(name_index.MAKE))
        for name, what in (_TRIGGERS | name_index.TRIGGERS).items():
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
            connection.execute(text(f"CREATE TRIGGER {name} {what}"))
        for statement in (*_INDEXES, *_FILL):
            connection.execute(text(statement))
        row = insert(PROGRESS).values(name=_FILLED, value=_RULES)
        connection.execute(row.on_conflict_do_update(["name"], set_={"value": _RULES}))


def call(connection: Connection, digest: str, name: str) -> None:
    """Note that an object goes by this name too: lists show the least and look through all."""
    if name == "":
        return
    known = select(FILES.c.name, FILES.c.fold).where(FILES.c.digest == digest)
    row = connection.execute(known).one_or_none()
    if row is None:
        return
    names = _Names()
    names.step(name)
    if row.name != "":
        names.take(row.name, row.fold.split("\n"))
    if names.finalize() != row.fold or names.least != row.name:
        mine = FILES.update().where(FILES.c.digest == digest)
        connection.execute(mine.values(name=names.least, fold=names.finalize()))


def call_anew(connection: Connection, digests: Iterable[str]) -> None:
    """Find the least names again of objects that may have lost one."""
    for digest in digests:
        named = [select(table.c.name).where(table.c.digest == digest, table.c.name != "")
                 for table in (DELIVERIES, CONTAINMENTS)]  # fmt: skip
        names = _Names()
        for name in connection.scalars(named[0].union(named[1])):
            names.step(name)
        chosen = FILES.update().where(FILES.c.digest == digest)
        connection.execute(chosen.values(name=names.least, fold=names.finalize()))


class _Names:
    """Gathers the names of one file, in any order, as `files` holds them; SQLite fills it too."""

    def __init__(self) -> None:
        self.least = ""
        self._folds: set[str] = set()

    def step(self, name: str) -> None:
        """One name."""
        self.take(name, [_line(name)])

    def take(self, name: str, folds: Iterable[str]) -> None:
        """Names gathered before: the least, and all as one looks through them."""
        self.least = name if self.least == "" else min(self.least, name)
        self._folds.update(folds)

    def finalize(self) -> str:
        """The least first, since lists are ordered by it; so many of the others."""
        if self.least == "":
            return _LAST
        first = _line(self.least)
        return "\n".join((first, *sorted(self._folds - {first})[: _MOST_NAMES - 1]))


def _line(name: str) -> str:
    return fold_text(name).replace("\n", " ")


def _fold(name: str) -> str:
    """A name as lists order it: without regard to case, what has none behind all others."""
    return _LAST if name == "" else fold_text(name)
