"""What is locked: objects, and containers with entries, that a password may open.

- What no password opens (rights management, an unknown scheme, a certificate's message) is locked
  too, and not listed here; nor is what is read by a reader that takes no keys.
"""

from collections.abc import Iterator

import msgspec
from sqlalchemy import select

from muniment.catalog.ledger import Ledger
from muniment.catalog.next_steps import UNLOCK, step_for_state
from muniment.catalog.tables import CONTAINMENTS, OBJECTS, PROBLEMS
from muniment.core import Digest, State, parse_digest
from muniment.readers import READERS

# Problems of objects that are read and yet partly locked.
BY_PASSWORD = ("member-locked",)
_TAKING_KEYS = frozenset(reader.name for reader in READERS if reader.takes_keys)
NOT_BY_PASSWORD = ("licence-needed", "unknown-encryption")


class LockedObject(msgspec.Struct, frozen=True):
    """One object that is locked, or holds something that is."""

    digest: Digest
    received: bool
    type: str
    reader: str
    size: int


def locked_objects(ledger: Ledger) -> tuple[LockedObject, ...]:
    """Every object that a password may open, the small ones first."""
    partly = select(PROBLEMS.c.digest).where(PROBLEMS.c.code.in_(BY_PASSWORD))
    never = select(PROBLEMS.c.digest).where(PROBLEMS.c.code.in_(NOT_BY_PASSWORD))
    locked = (OBJECTS.c.state == State.LOCKED.value) | OBJECTS.c.digest.in_(partly)
    waits = OBJECTS.c.state == State.PENDING.value
    chosen = select(OBJECTS).where(locked, ~waits, OBJECTS.c.digest.not_in(never))
    with ledger.engine.connect() as connection:
        rows = connection.execute(chosen.order_by("size", "digest")).fetchall()
    return tuple(
        LockedObject(parse_digest(row.digest), bool(row.received), row.type, row.reader, row.size)
        for row in rows
        if may_be_opened(row.state, row.reason, row.reader)
    )


def may_be_opened(state: str, reason: str, reader: str) -> bool:
    """Whether a password may open it: its reader takes keys, and its lock is one of a password."""
    if reader.rpartition(" ")[0] not in _TAKING_KEYS:
        return False
    return state != State.LOCKED.value or step_for_state(State.LOCKED, reason) == UNLOCK


def children_of(ledger: Ledger, digest: Digest) -> frozenset[Digest]:
    """What lay in an object when it was last read."""
    return frozenset(_children(ledger, digest))


def _children(ledger: Ledger, digest: Digest) -> Iterator[Digest]:
    lying = select(CONTAINMENTS.c.digest).where(CONTAINMENTS.c.parent == digest.hex)
    with ledger.engine.connect() as connection:
        for hexadecimal in connection.scalars(lying):
            yield parse_digest(hexadecimal)
