"""What is said of an object in a line or two: names, size, type, state, and what to do next.

- The first few names of an object are read, each by an index; an object may have very many.
"""

import json
from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import Connection, bindparam, func, select

from muniment.catalog.chain import decrypted_name
from muniment.catalog.ledger import Ledger
from muniment.catalog.next_steps import step_for_state
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES, OBJECTS
from muniment.core import Digest, Relation, State, UsageError

_NAMES = 20  # of one object, in a heading
# Put together once: a list of fifty files asks them a hundred times.
_DELIVERED_AS = (
    select(DELIVERIES.c.name)
    .where(DELIVERIES.c.digest == bindparam("digest"))
    .limit(bindparam("most"))
)
_LIES_AS = (
    select(CONTAINMENTS.c.name, CONTAINMENTS.c.relation, CONTAINMENTS.c.parent)
    .where(CONTAINMENTS.c.digest == bindparam("digest"))
    .limit(bindparam("most"))
)


class ObjectView(msgspec.Struct, frozen=True):
    """What is said of an object in a line or two; `names` are the first few, read."""

    sha256: str
    size: int
    type: str
    state: str
    reason: str
    next_step: str
    reader: str
    parts: tuple[tuple[str, int], ...]
    received: bool
    announced: int
    emitted: int
    failed: int
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name to show: the last step of the first that is one; empty where there is none."""
        return next((name for name in self.names if name != ""), "")


def object_view(ledger: Ledger, digest: Digest) -> ObjectView:
    """What is said of an object.

    Raises:
        UsageError: the case has no such object.
    """
    with ledger.engine.connect() as connection:
        row = connection.execute(select(OBJECTS).where(OBJECTS.c.digest == digest.hex)).first()
        if row is None:
            raise UsageError(
                f"the case has no object {digest.hex}",
                next_step="`muniment items CASE` lists every object",
            )
        names = names_by_object(connection, [digest.hex])[digest.hex]
    return ObjectView(
        sha256=row.digest,
        size=row.size,
        type=row.type,
        state=row.state,
        reason=row.reason,
        next_step=step_for_state(State(row.state), row.reason),
        reader=row.reader,
        parts=tuple(sorted(json.loads(row.parts).items())),
        received=bool(row.received),
        announced=row.announced,
        emitted=row.emitted,
        failed=row.failed,
        names=names,
    )


def first_names(ledger: Ledger, digests: Sequence[Digest]) -> dict[str, str]:
    """A name for each of these objects; empty for one that never had any."""
    with ledger.engine.connect() as connection:
        found = names_by_object(connection, [digest.hex for digest in digests])
    return {key: next((name for name in names if name != ""), "") for key, names in found.items()}


def names_by_object(connection: Connection, digests: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The first few names of each of these objects, deliveries before members.

    What was decrypted goes by the name of what held it; the stream's own name comes last.
    """
    found: dict[str, list[str]] = {}
    for digest in digests:
        asked = {"digest": digest, "most": _NAMES}
        found[digest] = list(connection.scalars(_DELIVERED_AS, asked))
        if len(found[digest]) < _NAMES:
            found[digest] += _as_member(connection, digest, _NAMES - len(found[digest]))
    return {digest: tuple(dict.fromkeys(names)) for digest, names in found.items()}


def _as_member(connection: Connection, digest: str, most: int) -> list[str]:
    rows = connection.execute(_LIES_AS, {"digest": digest, "most": most})
    names: list[str] = []
    own: list[str] = []
    for row in rows.fetchall():
        if row.relation == Relation.DECRYPTED.value:
            held_by = names_by_object(connection, [row.parent])[row.parent]
            names += [decrypted_name(name) for name in held_by[:1] if name != ""]
            own.append(row.name)
        else:
            names.append(row.name)
    return [*names, *own]


def names_to_show(connection: Connection, names: Mapping[str, str]) -> dict[str, str]:
    """The names of objects (by digest), but where one is that of a decrypted stream, a better one.

    What a format calls such a stream says nothing: all encrypted workbooks hold the same.
    """
    decrypted = select(CONTAINMENTS.c.digest, CONTAINMENTS.c.name).where(
        CONTAINMENTS.c.digest.in_(list(names)),
        CONTAINMENTS.c.relation == Relation.DECRYPTED.value,
    )
    streams = {(row.digest, row.name) for row in connection.execute(decrypted)}
    told = names_by_object(connection, [digest for digest, _ in streams])
    return {
        digest: next(iter(told[digest])) if (digest, name) in streams else name
        for digest, name in names.items()
    }


def rows_where(connection: Connection, where: object) -> int:
    """How many rows there are of which that is true."""
    return int(connection.scalar(select(func.count()).where(where)) or 0)  # type: ignore[arg-type]
