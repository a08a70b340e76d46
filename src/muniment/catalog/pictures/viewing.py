"""One picture as its page shows it, and how far the thumbnail inside it is from it.

- A thumbnail that differs is a lead and no finding: cameras crop and put bars beside it, programs
  turn a picture and leave the thumbnail. What was changed, and whether, is for people to see.
- Nothing is ever asked about who is on a picture.
"""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, or_, select

from muniment.catalog.ledger import Ledger
from muniment.catalog.near_duplicates import NEAR_PICTURE
from muniment.catalog.pictures.listing import PictureRow, Stating, called, cited, picture_row
from muniment.catalog.pictures.tables import PICTURES
from muniment.catalog.tables import CONTAINMENTS, GREYS, NEAR_DUPLICATES, OBJECTS
from muniment.core import Citation as Cited
from muniment.core import Digest, Field, Metadata, Part, Relation

BITS = 112  # of a difference hash: 8 rows and 8 columns of 7 steps each
FAR = 28  # from here on two pictures are told to differ, see `hash_distance`
_SIDE, _POOL, _CELLS = 24, 3, 8
_MOST_NEAR = 50
_MOST_STATED = 1_000


class Inner(msgspec.Struct, frozen=True):
    """A picture inside the picture; `distance` of `BITS` in their difference hashes, if known."""

    sha256: str
    relation: str
    width: int
    height: int
    distance: int | None
    citation: str


class Near(msgspec.Struct, frozen=True):
    """A picture that shows nearly the same."""

    row: PictureRow
    similarity: float


class PictureView(msgspec.Struct, frozen=True):
    """One picture."""

    row: PictureRow
    type: str
    bytes: int
    state: str
    reason: str
    inner: tuple[Inner, ...]
    outer: tuple[tuple[str, str], ...]  # digest and relation of the pictures it is inside of
    near: tuple[Near, ...]


def picture_view(ledger: Ledger, sha256: str) -> PictureView | None:
    """One picture; None where the object is none."""
    with ledger.engine.connect() as connection:
        joined = PICTURES.join(OBJECTS, OBJECTS.c.digest == PICTURES.c.digest)
        chosen = (
            select(PICTURES, called(PICTURES.c.digest).label("called"))
            .add_columns(OBJECTS.c.type, OBJECTS.c.size.label("bytes"), OBJECTS.c.state)
            .add_columns(OBJECTS.c.reason)
            .select_from(joined)
            .where(PICTURES.c.digest == sha256)
        )
        row = connection.execute(chosen).one_or_none()
        if row is None:
            return None
        return PictureView(
            row=picture_row(row),
            type=row.type,
            bytes=row.bytes,
            state=row.state,
            reason=row.reason,
            inner=_inner(connection, sha256),
            outer=_outer(connection, sha256),
            near=_near(connection, sha256),
        )


def all_stated(digest: Digest, parts: Iterable[Part]) -> tuple[tuple[Stating, ...], int]:
    """Everything that the file states of itself, and how much is left out for length."""
    found: list[Stating] = []
    left_out = 0
    for part in parts:
        if isinstance(part, Metadata) and isinstance(part.at, Field):
            if len(found) < _MOST_STATED:
                found.append(Stating(part.name, part.written, str(Cited(digest, part.at))))
            else:
                left_out += 1
    return tuple(found), left_out


def hash_distance(one: bytes, other: bytes) -> int | None:
    """How many of `BITS` steps of brightness run the other way; None where one is not known.

    Both are 24 × 24 grey values (`readers.picture_sketch`), pooled to 8 × 8 here; a step is from
    a cell to the one right of it or below it. Re-saved and smaller copies of drawn portraits differ
    in at most 10; a picture upside down with inverted colours in 40 and more.
    """
    if len(one) != _SIDE * _SIDE or len(other) != _SIDE * _SIDE:
        return None
    pairs = zip(_steps(one), _steps(other), strict=True)
    return sum(first != second for first, second in pairs)


def _steps(grey: bytes) -> list[bool]:
    pooled = [
        [
            sum(
                grey[(row * _POOL + down) * _SIDE + column * _POOL + right]
                for down in range(_POOL)
                for right in range(_POOL)
            )
            for column in range(_CELLS)
        ]
        for row in range(_CELLS)
    ]
    across = [row[at] < row[at + 1] for row in pooled for at in range(_CELLS - 1)]
    down = [
        pooled[at][column] < pooled[at + 1][column]
        for column in range(_CELLS)
        for at in range(_CELLS - 1)
    ]
    return across + down


def _inner(connection: Connection, sha256: str) -> tuple[Inner, ...]:
    own = connection.scalar(select(GREYS.c.grey).where(GREYS.c.digest == sha256)) or b""
    joined = CONTAINMENTS.join(PICTURES, PICTURES.c.digest == CONTAINMENTS.c.digest)
    chosen = (
        select(CONTAINMENTS.c.digest, CONTAINMENTS.c.relation, CONTAINMENTS.c.place)
        .add_columns(PICTURES.c.width, PICTURES.c.height, GREYS.c.grey)
        .select_from(joined.outerjoin(GREYS, GREYS.c.digest == CONTAINMENTS.c.digest))
        .where(CONTAINMENTS.c.parent == sha256)
        .order_by(CONTAINMENTS.c.number)
        .limit(_MOST_NEAR)
    )
    return tuple(
        Inner(
            sha256=row.digest,
            relation=row.relation,
            width=row.width,
            height=row.height,
            distance=hash_distance(own, row.grey or b""),
            citation=cited(sha256, row.place),
        )
        for row in connection.execute(chosen)
    )


def _outer(connection: Connection, sha256: str) -> tuple[tuple[str, str], ...]:
    chosen = (
        select(CONTAINMENTS.c.parent, CONTAINMENTS.c.relation)
        .join(PICTURES, PICTURES.c.digest == CONTAINMENTS.c.parent)
        .where(CONTAINMENTS.c.digest == sha256)
        .where(CONTAINMENTS.c.relation.in_((Relation.THUMBNAIL.value, Relation.EMBEDDED.value)))
        .order_by(CONTAINMENTS.c.parent)
        .limit(_MOST_NEAR)
    )
    return tuple((row.parent, row.relation) for row in connection.execute(chosen))


def _near(connection: Connection, sha256: str) -> tuple[Near, ...]:
    pairs = NEAR_DUPLICATES.c
    mine = or_(pairs.a == sha256, pairs.b == sha256)
    found = {
        (row.b if row.a == sha256 else row.a): float(row.similarity)
        for row in connection.execute(
            select(NEAR_DUPLICATES)
            .where(mine, pairs.kind == NEAR_PICTURE)
            .order_by(pairs.similarity.desc(), pairs.a, pairs.b)
            .limit(_MOST_NEAR)
        )
    }
    chosen = select(PICTURES, called(PICTURES.c.digest).label("called"))
    rows = connection.execute(chosen.where(PICTURES.c.digest.in_(found)))
    near = [Near(picture_row(row), found[row.digest]) for row in rows]
    return tuple(sorted(near, key=lambda each: (-each.similarity, each.row.sha256)))
