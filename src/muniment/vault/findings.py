"""What a verification found: failures, and notes that are no failures."""

from enum import StrEnum

import msgspec

_LIMIT = 1_000  # of each kind that are listed; a hostile case could make as many as it has bytes


class What(StrEnum):
    """What was done to the journal, or what a note is about."""

    ALTERED = "altered event"
    DROPPED = "dropped event"
    INSERTED = "inserted event"
    REORDERED = "reordered event"
    MISPLACED = "event in the wrong file"
    TRUNCATED = "truncated journal"
    HEADER = "foreign case header"
    KEY = "foreign key"
    LEAVES = "bad leaves.bin"
    FORGED = "forged checkpoint signature"
    FOREIGN = "foreign checkpoint"
    REPLAYED = "replayed checkpoint"
    CONTRADICTED = "contradicted checkpoint"
    MISSING = "missing checkpoint"
    CHECKPOINT = "unreadable checkpoint"
    COSIGNATURE = "bad cosignature"
    STAMP = "bad time stamp"
    FILE = "unreadable file"
    MORE = "more of them"
    # Notes
    TORN = "torn append"
    UNSIGNED = "unsigned events"
    LAG = "short leaves.bin"
    UNTRUSTED = "no trusted key"
    UNKNOWN = "unknown partner"


class Failure(msgspec.Struct, frozen=True):
    """One thing that is not as it was recorded: what it is, where it is, and how that shows."""

    what: What
    where: str
    why: str


class Findings:
    """Collects failures and notes; lists the first thousand of each, and counts the rest."""

    def __init__(self) -> None:
        self._failures: list[Failure] = []
        self._notes: list[Failure] = []
        self._unlisted = 0

    def fail(self, what: What, where: str, why: str) -> None:
        """Add a failure."""
        self._add(self._failures, Failure(what, where, why))

    def note(self, what: What, where: str, why: str) -> None:
        """Add a note."""
        self._add(self._notes, Failure(what, where, why))

    @property
    def is_full(self) -> bool:
        """Whether more would only be counted."""
        return self._unlisted > 0

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The failures in the order in which they were found."""
        if self._unlisted == 0:
            return tuple(self._failures)
        why = f"{self._unlisted} further findings are not listed"
        return (*self._failures, Failure(What.MORE, "the journal", why))

    @property
    def notes(self) -> tuple[Failure, ...]:
        """The notes in the order in which they were made."""
        return tuple(self._notes)

    def _add(self, kept: list[Failure], found: Failure) -> None:
        if len(kept) < _LIMIT:
            kept.append(found)
        else:
            self._unlisted += 1
