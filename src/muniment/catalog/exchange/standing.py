"""Which sources stand: the decisions of the journal that record them, less those withdrawn.

- A withdrawal takes a source's statements out of every view and export; the decisions stay.
- A decision whose body is no source, or that withdraws none, is passed over: another version of
  this program may know what it means.
"""

from datetime import datetime

import msgspec

from muniment.core import Digest
from muniment.facts.sources import SOURCE, WITHDRAWAL, Source, reason_of, source_of
from muniment.vault import DECISION, Event, Journal, decision_of


class KnownSource(msgspec.Struct, frozen=True):
    """A source, by the leaf hash of its decision; `withdrawn` is the reason, None while it stands.

    A reason may be empty.
    """

    id: Digest
    actor: str
    at: datetime
    source: Source
    withdrawn: str | None = None

    @property
    def stands(self) -> bool:
        """Whether its statements are shown."""
        return self.withdrawn is None


def known_sources(journal: Journal) -> tuple[KnownSource, ...]:
    """Every source that was recorded, in the journal's order, withdrawn ones too."""
    found: dict[Digest, KnownSource] = {}
    for event in journal.events(0):
        if event.event == DECISION:
            _take(event, found)
    return tuple(found.values())


def _take(event: Event, found: dict[Digest, KnownSource]) -> None:
    try:
        decision = decision_of(event)
        if decision.kind == SOURCE:
            source = source_of(decision.body)
            found[event.leaf] = KnownSource(event.leaf, event.actor, event.at, source)
        elif decision.kind == WITHDRAWAL and decision.supersedes in found:
            before = found[decision.supersedes]
            reason = reason_of(decision.body)
            found[decision.supersedes] = msgspec.structs.replace(before, withdrawn=reason)
    except (ValueError, msgspec.MsgspecError):
        return
