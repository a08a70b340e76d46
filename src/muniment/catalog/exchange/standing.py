"""Which sources stand: the decisions that record them, less those withdrawn.

- A withdrawal takes a source's statements out of every view and export; the decisions stay.
- A decision whose body is no source, or that withdraws none, is passed over: another version of
  this program may know what it means.
"""

from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import select

from muniment.catalog.fact_tables import DECISIONS
from muniment.catalog.ledger import Ledger
from muniment.core import Digest, parse_digest
from muniment.facts.sources import (
    SOURCE,
    WITHDRAWAL,
    Form,
    Imported,
    Source,
    may_be_read_in_the_case,
    may_leave_for_partners,
    reason_of,
    source_of,
)


class KnownSource(msgspec.Struct, frozen=True):
    """A source, by the leaf hash of its decision; `withdrawn` is the reason, None while it stands.

    A reason may be empty. `at` is when it was recorded, UTC.
    """

    id: Digest
    actor: str
    at: str
    source: Source
    withdrawn: str | None = None

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn is None

    @property
    def is_for_the_case(self) -> bool:
        """Whether those who work on the case may read it."""
        return self.stands and may_be_read_in_the_case(self.source)

    @property
    def reaches_partners(self) -> bool:
        """Whether its statements may leave for partners of the case."""
        return self.stands and may_leave_for_partners(self.source)


def known_sources(ledger: Ledger) -> tuple[KnownSource, ...]:
    """Every source that was recorded, in the journal's order, withdrawn ones too."""
    kinds = DECISIONS.c.kind.in_((SOURCE, WITHDRAWAL))
    with ledger.engine.connect() as connection:
        rows = connection.execute(select(DECISIONS).where(kinds).order_by("seq")).fetchall()
    found: dict[str, KnownSource] = {}
    for row in rows:
        try:
            if row.kind == SOURCE:
                source = source_of(row.body)
                found[row.id] = KnownSource(parse_digest(row.id), row.actor, row.at, source)
            elif row.supersedes in found:
                reason = reason_of(row.body)
                before = found[row.supersedes]
                found[row.supersedes] = msgspec.structs.replace(before, withdrawn=reason)
        except (ValueError, msgspec.MsgspecError):
            continue
    return tuple(found.values())


def imported_files(sources: Iterable[KnownSource]) -> Iterator[tuple[str, Form]]:
    """The object of every import that stands, and what it is."""
    for each in sources:
        if each.stands and isinstance(each.source, Imported):
            yield each.source.object, each.source.form
