"""What stands beside an object: its likes, its troubles, and what opened it.

- What is alike is a lead and never a verdict: see `near_duplicates`.
- Every list is a window of bounded size, answered by an index.
"""

import json

import msgspec
from sqlalchemy import Connection, Row, select

from muniment.catalog.ledger import Ledger
from muniment.catalog.near_duplicates import near_duplicates
from muniment.catalog.next_steps import step_for_problem
from muniment.catalog.object_view import names_by_object, rows_where
from muniment.catalog.tables import (
    ARRIVAL_PROBLEMS,
    CONTAINMENTS,
    DECRYPTIONS,
    OBJECTS,
    PROBLEMS,
)
from muniment.catalog.whereabouts import WINDOW
from muniment.core import Citation, Digest, Relation, parse_place

SAME_INSIDE = "holds the same embedded picture"


class Alike(msgspec.Struct, frozen=True):
    """Another object that is like this one, and in what way; similarity from 0 to 1."""

    sha256: str
    name: str
    kind: str
    similarity: float | None


class Trouble(msgspec.Struct, frozen=True):
    """One problem, its place as a citation, and what can be done."""

    at: str | None
    code: str
    message: str
    next_step: str


class OpenedWith(msgspec.Struct, frozen=True):
    """That a password opened this object: the journal event, how it was found and where."""

    event: int
    scheme: str
    how: str
    places: tuple[str, ...]


def alike(ledger: Ledger, digest: Digest, most: int = WINDOW) -> tuple[Alike, ...]:
    """Objects that say or show nearly the same, and those that hold the very same picture."""
    pairs = list(near_duplicates(ledger, digest))[:most]
    found: list[tuple[str, str, float | None]] = [
        (pair.b if pair.a == digest.hex else pair.a, pair.kind, pair.similarity) for pair in pairs
    ]
    with ledger.engine.connect() as connection:
        # All members of a container are looked through for pictures.
        sharing = ledger.remembered(
            ("sharing", digest.hex, most), lambda: _sharing(connection, digest.hex, most)
        )
        found.extend((each, SAME_INSIDE, None) for each in sharing)
        names = names_by_object(connection, [sha256 for sha256, _, _ in found])
    return tuple(
        Alike(sha256, next((n for n in names[sha256] if n != ""), ""), kind, similarity)
        for sha256, kind, similarity in found
    )


def troubles(
    ledger: Ledger, digest: Digest, first: int = 0, most: int = WINDOW
) -> tuple[Trouble, ...]:
    """The problems of an object, those of its arrival first, from number `first` on."""
    found: list[Trouble] = []
    with ledger.engine.connect() as connection:
        if first == 0:
            arrived = select(ARRIVAL_PROBLEMS).where(ARRIVAL_PROBLEMS.c.digest == digest.hex)
            rows = connection.execute(arrived.order_by("seq").limit(most))
            found.extend(_trouble(None, row) for row in rows)
        mine = select(PROBLEMS).where(PROBLEMS.c.digest == digest.hex).order_by("number")
        for row in connection.execute(mine.offset(first).limit(most)):
            at = str(Citation(digest, parse_place(row.place)))
            found.append(_trouble(at, row))
    return tuple(found)


def trouble_count(ledger: Ledger, digest: Digest) -> int:
    """How many problems an object has."""
    with ledger.engine.connect() as connection:
        return sum(
            rows_where(connection, table.c.digest == digest.hex)
            for table in (PROBLEMS, ARRIVAL_PROBLEMS)
        )


def opened_with(ledger: Ledger, digest: Digest) -> tuple[OpenedWith, ...]:
    """The passwords that opened an object, by the events that tell of them; never themselves."""
    chosen = select(DECRYPTIONS).where(DECRYPTIONS.c.digest == digest.hex).order_by("seq")
    with ledger.engine.connect() as connection:
        return tuple(
            OpenedWith(row.seq, row.scheme, row.how, tuple(json.loads(row.places)))
            for row in connection.execute(chosen.limit(WINDOW))
        )


def _sharing(connection: Connection, digest: str, most: int) -> list[str]:
    """Other objects that hold the same thumbnail or embedded picture as this one."""
    sorts = (Relation.THUMBNAIL.value, Relation.EMBEDDED.value)
    held = (
        select(CONTAINMENTS.c.digest)
        .join(OBJECTS, OBJECTS.c.digest == CONTAINMENTS.c.digest)
        .where(
            CONTAINMENTS.c.parent == digest,
            CONTAINMENTS.c.relation.in_(sorts),
            OBJECTS.c.type.startswith("image/"),
        )
        .limit(most)
    )
    others = (
        select(CONTAINMENTS.c.parent)
        .where(CONTAINMENTS.c.digest.in_(held), CONTAINMENTS.c.parent != digest)
        .distinct()
        .order_by("parent")
        .limit(most)
    )
    return list(connection.scalars(others))


def _trouble(at: str | None, row: Row[tuple[object, ...]]) -> Trouble:
    return Trouble(at, row.code, row.message, step_for_problem(row.code))
