"""What is locked, with what it is, how it could be opened and what was tried; what was opened.

- A password is in none of this: only how many were tried, and where those that opened were found.
"""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select, text

from muniment.catalog.chain import Link, chains
from muniment.catalog.ledger import Ledger
from muniment.catalog.listing_tables import FILES
from muniment.catalog.locked import BY_PASSWORD, NOT_BY_PASSWORD, may_be_opened
from muniment.catalog.next_steps import UNLOCK, step_for_problem, step_for_state
from muniment.catalog.tables import DECRYPTIONS, OBJECTS, PROBLEMS
from muniment.catalog.tried import tried_on
from muniment.core import State, UsageError, parse_digest
from muniment.vault import Case

# Two questions, each with an index of its own: SQLite would go by the state, and sort all of them.
_WHOLE = """SELECT size, id FROM files INDEXED BY locked_files
    WHERE state = 'locked' {bigger} ORDER BY size, id LIMIT :most"""
_PARTLY = f"""SELECT DISTINCT files.size, files.id FROM problems JOIN files USING (digest)
    WHERE code IN ({", ".join(f"'{each}'" for each in BY_PASSWORD)}) {{bigger}}
    ORDER BY files.size, files.id LIMIT :most"""  # noqa: S608 - our own words
_SHOWN = 20  # things that were opened, the newest first
_STEP = "choose again on the page of locked files"


class LockedView(msgspec.Struct, frozen=True):
    """One file that is locked, or of which parts are.

    `what` says what it is and by what it is locked; `parts` counts locked entries of a file that
    is read otherwise; `tried` counts the passwords that were tried on it in vain.
    """

    id: int
    sha256: str
    name: str
    type: str
    size: int
    what: str
    parts: int
    tried: int
    by_password: bool
    next_step: str
    way: tuple[Link, ...]


class LockedPage(msgspec.Struct, frozen=True):
    """A page of locked files, the small ones first; `after` is None on the last."""

    rows: tuple[LockedView, ...]
    after: int | None


class OpenedView(msgspec.Struct, frozen=True):
    """One file that a password opened: how that was found, and at which citations."""

    sha256: str
    event: int
    scheme: str
    how: str
    places: tuple[str, ...]
    way: tuple[Link, ...]


class Openings(msgspec.Struct, frozen=True):
    """What was opened so far: files, different passwords, how those were found; the newest."""

    files: int
    passwords: int
    by_how: tuple[tuple[str, int], ...]
    newest: tuple[OpenedView, ...]


def list_locked(case: Case, ledger: Ledger, limit: int, after: int | None = None) -> LockedPage:
    """Locked files, at most `limit`, behind the one with the id `after`."""
    with ledger.engine.connect() as connection:
        found = _locked_rows(connection, limit + 1, after)
        problems = _problems_of(connection, [row.digest for row in found])
    shown = found[:limit]
    ways = chains(ledger, [parse_digest(row.digest) for row in shown])
    rows = tuple(
        _view(case, row, problems.get(row.digest, Counter()), ways[parse_digest(row.digest)])
        for row in shown
    )
    return LockedPage(rows, rows[-1].id if len(found) > limit else None)


def _locked_rows(connection: Connection, most: int, after: int | None) -> Sequence[Row[Any]]:
    """The next of what is locked: a page's files are chosen first, and then looked at."""
    bigger, place = "", {"most": most}
    if after is not None:
        size = connection.scalar(select(FILES.c.size).where(FILES.c.id == after))
        if size is None:
            raise UsageError("that page goes on behind a file that is not there", next_step=_STEP)
        bigger = "AND (files.size, files.id) > (:size, :after)"
        place |= {"size": size, "after": after}
    asked = (text(each.format(bigger=bigger)) for each in (_WHOLE, _PARTLY))
    found = {tuple(row) for each in asked for row in connection.execute(each, place)}
    chosen = [number for _, number in sorted(found)[:most]]
    rows = (
        select(FILES, OBJECTS.c.type, OBJECTS.c.reason, OBJECTS.c.reader)
        .join(OBJECTS, OBJECTS.c.digest == FILES.c.digest)
        .where(FILES.c.id.in_(chosen))
        .order_by(FILES.c.size, FILES.c.id)
    )
    return connection.execute(rows).fetchall()


def _problems_of(connection: Connection, digests: list[str]) -> dict[str, Counter[str]]:
    """How often each code that speaks of locks stands in each of these."""
    codes = (*BY_PASSWORD, *NOT_BY_PASSWORD)
    told = select(PROBLEMS.c.digest, PROBLEMS.c.code, func.count().label("times")).where(
        PROBLEMS.c.digest.in_(digests), PROBLEMS.c.code.in_(codes)
    )
    found: dict[str, Counter[str]] = {}
    for row in connection.execute(told.group_by(PROBLEMS.c.digest, PROBLEMS.c.code)):
        found.setdefault(row.digest, Counter())[row.code] = row.times
    return found


def _view(case: Case, row: Row[Any], codes: Counter[str], way: tuple[Link, ...]) -> LockedView:
    never = [code for code in NOT_BY_PASSWORD if codes[code] > 0]
    by_password = len(never) == 0 and may_be_opened(row.state, row.reason, row.reader)
    return LockedView(
        id=row.id,
        sha256=row.digest,
        name=row.name,
        type=row.type,
        size=row.size,
        what=row.reason if row.state == State.LOCKED.value else "entries in it are locked",
        parts=sum(codes[code] for code in BY_PASSWORD),
        tried=tried_on(case.work, parse_digest(row.digest)),
        by_password=by_password,
        next_step=_step(row.state, row.reason, never, by_password=by_password),
        way=way,
    )


def openings(ledger: Ledger) -> Openings:
    """What passwords opened in this case."""
    with ledger.engine.connect() as connection:
        counted = select(
            func.count(DECRYPTIONS.c.digest.distinct()), func.count(DECRYPTIONS.c.key.distinct())
        )
        files, passwords = connection.execute(counted).one()
        by_how = select(DECRYPTIONS.c.how, func.count().label("times")).group_by("how")
        hows = [(row.how, row.times) for row in connection.execute(by_how)]
        newest = connection.execute(
            select(DECRYPTIONS).order_by(DECRYPTIONS.c.seq.desc()).limit(_SHOWN)
        ).fetchall()
    ways = chains(ledger, [parse_digest(row.digest) for row in newest])
    shown = tuple(
        OpenedView(
            sha256=row.digest,
            event=row.seq,
            scheme=row.scheme or row.reader,
            how=row.how,
            places=tuple(json.loads(row.places)),
            way=ways[parse_digest(row.digest)],
        )
        for row in newest
    )
    most_first = tuple(sorted(hows, key=lambda pair: (-pair[1], pair[0])))
    return Openings(files, passwords, most_first, shown)


def _step(state: str, reason: str, never: list[str], *, by_password: bool) -> str:
    if len(never) > 0:
        return step_for_problem(never[0])
    if by_password:
        return UNLOCK
    return step_for_state(State.LOCKED, reason) if state == State.LOCKED.value else UNLOCK
