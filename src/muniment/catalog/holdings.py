"""What a case holds and what came of it, in counts that the ledger keeps: one row a kind and state.

- Costs the same for a thousand files and for a million.
- Every object is counted once, in one kind and one state.
"""

from collections import Counter

import msgspec
from sqlalchemy import func, select

from muniment.catalog.ledger import Ledger
from muniment.catalog.listing_tables import LANGUAGE_COUNTS, SIZE_COUNTS, TALLIES
from muniment.catalog.tables import OBJECTS
from muniment.core import State

_DONE = (State.READ.value, State.EMPTY.value)
_ORDER = [state.value for state in State]


class KindHoldings(msgspec.Struct, frozen=True):
    """One kind of file; `states` are the states that any of it is in, and how many."""

    kind: str
    objects: int
    bytes: int
    states: tuple[tuple[str, int], ...]

    @property
    def unread(self) -> int:
        """How many were neither read nor found empty."""
        return sum(count for state, count in self.states if state not in _DONE)


class Holdings(msgspec.Struct, frozen=True):
    """The whole case; `kinds` with most files first.

    `received` are those that arrived, the others lay in them. `holders` announced or gave other
    files: `announced`, of which `emitted` came out and `failed` did not.
    """

    objects: int
    received: int
    bytes: int
    bytes_done: int
    states: tuple[tuple[str, int], ...]
    kinds: tuple[KindHoldings, ...]
    holders: int
    announced: int
    emitted: int
    failed: int

    def count(self, state: str) -> int:
        """How many objects are in a state."""
        return dict(self.states).get(state, 0)

    @property
    def unread(self) -> int:
        """How many were neither read nor found empty."""
        return sum(count for state, count in self.states if state not in _DONE)


def not_in_the_index(ledger: Ledger) -> int:
    """How many objects were read and are not in the index yet: a search does not find them."""
    behind = (OBJECTS.c.indexed == 0) & (OBJECTS.c.parts_digest != "")
    with ledger.engine.connect() as connection:
        return int(connection.scalar(select(func.count()).where(behind)) or 0)


def holdings(ledger: Ledger) -> Holdings:
    """What the case holds now."""
    sums: Counter[str] = Counter()
    states: Counter[str] = Counter()
    kinds: dict[str, tuple[Counter[str], int]] = {}
    with ledger.engine.connect() as connection:
        for row in connection.execute(select(TALLIES).where(TALLIES.c.objects > 0)):
            counted = row._asdict()
            for name in ("objects", "received", "bytes", "holders", *_CONTAINED):
                sums[name] += counted[name]
            sums["bytes_done"] += row.bytes if row.state in _DONE else 0
            states[row.state] += row.objects
            of_kind, size = kinds.get(row.kind, (Counter(), 0))
            of_kind[row.state] += row.objects
            kinds[row.kind] = (of_kind, size + row.bytes)
    found = [
        KindHoldings(kind, counts.total(), size, _in_order(counts))
        for kind, (counts, size) in kinds.items()
    ]
    return Holdings(
        objects=sums["objects"],
        received=sums["received"],
        bytes=sums["bytes"],
        bytes_done=sums["bytes_done"],
        states=_in_order(states),
        kinds=tuple(sorted(found, key=lambda each: (-each.objects, each.kind))),
        holders=sums["holders"],
        announced=sums["announced"],
        emitted=sums["emitted"],
        failed=sums["failed"],
    )


class SizeCount(msgspec.Struct, frozen=True):
    """Files whose size in bytes has so many digits, and their bytes together."""

    digits: int
    objects: int
    bytes: int


def size_counts(ledger: Ledger) -> tuple[SizeCount, ...]:
    """How large the files are, the smallest first."""
    chosen = select(SIZE_COUNTS).where(SIZE_COUNTS.c.objects > 0).order_by("digits")
    with ledger.engine.connect() as connection:
        rows = connection.execute(chosen)
        return tuple(SizeCount(row.digits, row.objects, row.bytes) for row in rows)


def language_counts(ledger: Ledger) -> tuple[tuple[str, int], ...]:
    """In which languages files seem to be, and how many; most first. The rest have too little text.

    A guess from the letters and words of each file, for finding, never a fact about anybody.
    """
    counts = LANGUAGE_COUNTS.c
    chosen = select(LANGUAGE_COUNTS).where(counts.objects > 0)
    with ledger.engine.connect() as connection:
        rows = connection.execute(chosen.order_by(counts.objects.desc(), counts.language))
        return tuple((row.language, row.objects) for row in rows)


_CONTAINED = ("announced", "emitted", "failed")


def _in_order(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: _ORDER.index(pair[0])))
