"""Pairs of objects that say or show nearly the same, as they were found by their sketches.

- A lead and never a verdict: nothing is merged, counted once, or left out because of it.
- Objects of equal bytes are one object and never a pair; equal text in other bytes is told apart
  from text that is nearly equal.
"""

from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import bindparam, or_, select

from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import NEAR_DUPLICATES, SKETCHES
from muniment.core import Digest

SAME_TEXT = "same text"  # letter for letter, folded; in other bytes
NEAR_TEXT = "near text"
NEAR_PICTURE = "near picture"


class Pair(msgspec.Struct, frozen=True, order=True):
    """Two objects, `a` before `b`, and the estimated share of what they have in common."""

    a: str
    b: str
    kind: str
    similarity: float


def near_duplicates(ledger: Ledger, digest: Digest | None = None) -> Iterator[Pair]:
    """All pairs, or those of one object; the most alike first."""
    chosen = select(NEAR_DUPLICATES)
    if digest is not None:
        columns = (NEAR_DUPLICATES.c.a, NEAR_DUPLICATES.c.b)
        chosen = chosen.where(or_(*(column == digest.hex for column in columns)))
    ordered = chosen.order_by(NEAR_DUPLICATES.c.similarity.desc(), "a", "b")
    with ledger.engine.connect() as connection:
        for row in connection.execute(ordered):
            yield Pair(row.a, row.b, row.kind, row.similarity)


def forget_sketches(ledger: Ledger, digests: Iterable[Digest]) -> None:
    """Let these be sketched again: what is read of them has changed."""
    rows = [{"key": digest.hex} for digest in digests]
    if len(rows) > 0:
        with ledger.engine.begin() as connection:
            chosen = SKETCHES.delete().where(SKETCHES.c.digest == bindparam("key"))
            connection.execute(chosen, rows)
