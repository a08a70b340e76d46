"""Pairs of objects that say nearly the same, as `sketching.py` found them.

- A lead and never a verdict: nothing is merged, counted once, or left out because of it.
- Objects of equal bytes are one object and never a pair; equal text in other bytes is told apart
  from text that is nearly equal.
"""

from collections.abc import Iterator

import msgspec
from sqlalchemy import or_, select

from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import NEAR_DUPLICATES
from muniment.core import Digest

SAME_TEXT = "same text"  # letter for letter, folded; in other bytes
NEAR_TEXT = "near text"


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
