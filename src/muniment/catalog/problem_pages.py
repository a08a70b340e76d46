"""Problems a page at a time, in the order of `problems`, each page asked for by where it begins.

    a:<event>              entries that did not arrive whole, by event
    p:<digest>:<number>    trouble in objects, by digest and number
    n:<digest>             names that say another type than the bytes, by digest

- A page costs what is on it, not what comes before it. Of names, a bounded number is looked at for
  one page: such a page may hold few problems, or none, and still have one after it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, select, tuple_, union

from muniment.catalog.disagreement import disagreement
from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import (
    ARRIVAL_PROBLEMS,
    CONTAINMENTS,
    DELIVERIES,
    OBJECTS,
    PROBLEMS,
)
from muniment.catalog.views import ProblemView
from muniment.core import Citation, UsageError, parse_digest, parse_place

_START = re.compile(
    r"a:(-1|[0-9]{1,15})|p:([0-9a-f]{64}|):([0-9]{1,15})|n:([0-9a-f]{64}|)", re.ASCII
)
_LOOKED_AT = 2_000  # objects whose names are looked at for one page


class ProblemPage(msgspec.Struct, frozen=True):
    """Some problems, and what to ask for to have those after them; None after the last."""

    problems: tuple[ProblemView, ...]
    after: str | None


def problem_page(ledger: Ledger, after: str, limit: int) -> ProblemPage:
    """About `limit` problems from `after` on; the first ones where that is empty.

    Raises:
        UsageError: `after` is not what a page named.
    """
    start = _START.fullmatch(after or "a:-1")
    if start is None:
        raise UsageError(
            "that is no place in the list of problems",
            next_step="ask for the first page, then for what each page names as the next",
        )
    found: list[ProblemView] = []
    with ledger.engine.connect() as connection:
        for place, problem in _from(connection, start, limit):
            if problem is not None:
                found.append(problem)
            if place != "" and (problem is None or len(found) >= limit):
                return ProblemPage(tuple(found), place)
    return ProblemPage(tuple(found), None)


def _from(
    connection: Connection, start: re.Match[str], limit: int
) -> Iterator[tuple[str, ProblemView | None]]:
    """Each problem with where the one after it is asked for; no problem where the search stops."""
    event, digest, number, named = start.groups()
    if event is not None:
        yield from _arrivals(connection, int(event), limit)
    if event is not None or digest is not None:
        yield from _troubles(connection, digest or "", int(number or 0), limit)
    yield from _names(connection, named or "")


def _arrivals(
    connection: Connection, event: int, limit: int
) -> Iterator[tuple[str, ProblemView | None]]:
    columns = ARRIVAL_PROBLEMS.c
    chosen = select(ARRIVAL_PROBLEMS).where(columns.seq > event).order_by("seq").limit(limit)
    for row in connection.execute(chosen):
        at = None if row.digest == "" else str(Citation(parse_digest(row.digest)))
        problem = ProblemView(row.digest or None, at, row.code, row.message, row.name)
        yield f"a:{row.seq}", problem


def _troubles(
    connection: Connection, digest: str, number: int, limit: int
) -> Iterator[tuple[str, ProblemView | None]]:
    columns = PROBLEMS.c
    beyond = tuple_(columns.digest, columns.number) > (digest, number)
    chosen = select(PROBLEMS).where(beyond).order_by("digest", "number").limit(limit)
    for row in connection.execute(chosen):
        at = str(Citation(parse_digest(row.digest), parse_place(row.place)))
        problem = ProblemView(row.digest, at, row.code, row.message)
        yield f"p:{row.digest}:{row.number}", problem


def _names(connection: Connection, after: str) -> Iterator[tuple[str, ProblemView | None]]:
    typed = select(OBJECTS.c.digest, OBJECTS.c.type).where(
        OBJECTS.c.type != "", OBJECTS.c.digest > after
    )
    objects = connection.execute(typed.order_by("digest").limit(_LOOKED_AT)).fetchall()
    if len(objects) == 0:
        return
    names = _names_between(connection, objects[0].digest, objects[-1].digest)
    for row in objects:
        told = [
            ProblemView(row.digest, at, "type-disagrees", message, name)
            for name in names[row.digest]
            if (message := disagreement(name, row.type)) is not None
            for at in (str(Citation(parse_digest(row.digest))),)
        ]
        for count, problem in enumerate(told, 1):
            # A page never ends among the names of one object.
            yield (f"n:{row.digest}" if count == len(told) else ""), problem
    if len(objects) == _LOOKED_AT:
        yield f"n:{objects[-1].digest}", None


def _names_between(connection: Connection, first: str, last: str) -> defaultdict[str, list[str]]:
    """The names of the objects from `first` to `last`, sorted, each once an object."""
    chosen = (
        select(table.c.digest, table.c.name).where(table.c.digest.between(first, last))
        for table in (DELIVERIES, CONTAINMENTS)
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in sorted(connection.execute(union(*chosen))):
        found[row.digest].append(row.name)
    return found
