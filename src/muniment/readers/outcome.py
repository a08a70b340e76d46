"""Which state an object is in once its reader has ended.

| the reader …                         | and parts came out | nothing came out          |
|---|---|---|
| ended                                | read               | empty; unreadable where   |
|                                      |                    | there was trouble         |
| signalled locked                     | locked             | locked                    |
| signalled unreadable                 | read, one problem  | unreadable                |
| signalled refused (type, limit)      | refused            | refused                   |
| crashed, hung, took too much         | unreadable         | unreadable                |

- Parts that came out before the end are kept in every row.
- `announced == emitted + failed` always holds.
"""

from enum import StrEnum

import msgspec

from muniment.core import Digest, Problem, Reading, State, Whole
from muniment.readers.summary import Summary


class How(StrEnum):
    """How a reader ended."""

    DONE = "done"
    LOCKED = "locked"
    UNREADABLE = "unreadable"
    REFUSED = "refused"
    BROKEN = "broken"  # crashed, hung, or past the limits of its process


class Ending(msgspec.Struct, frozen=True):
    """How a reader ended and why; `code` is that of the Problem to record, empty where none."""

    how: How
    code: str = ""
    reason: str = ""

    @property
    def problem(self) -> Problem | None:
        """The Problem that stands at the end of the parts, where the ending is trouble."""
        return None if self.code == "" else Problem(Whole(), self.code, self.reason)


class Identity(msgspec.Struct, frozen=True):
    """Which object was read as what by whom."""

    digest: Digest
    size: int
    media_type: str
    reader: str
    reader_version: int


def conclude(identity: Identity, ending: Ending, summary: Summary, parts_digest: Digest) -> Reading:
    """The Reading that closes these parts."""
    state, reason = _state(identity, ending, summary)
    announced = max(summary.tallied, summary.emitted)
    return Reading(
        digest=identity.digest,
        size=identity.size,
        media_type=identity.media_type,
        reader=identity.reader,
        reader_version=identity.reader_version,
        state=state,
        reason=reason,
        parts=summary.counts,
        announced=announced,
        emitted=summary.emitted,
        failed=announced - summary.emitted,
        parts_digest=parts_digest,
    )


def _state(identity: Identity, ending: Ending, summary: Summary) -> tuple[State, str]:
    match ending.how:
        case How.LOCKED:
            return State.LOCKED, ending.reason
        case How.REFUSED:
            return State.REFUSED, ending.reason
        case How.BROKEN:
            return State.UNREADABLE, ending.reason
        case How.UNREADABLE:
            return (State.READ, "") if summary.has_content else (State.UNREADABLE, ending.reason)
        case How.DONE:
            return _ended(identity, summary)


def _ended(identity: Identity, summary: Summary) -> tuple[State, str]:
    if summary.has_content:
        return State.READ, ""
    if summary.first_problem is not None:
        return State.UNREADABLE, summary.first_problem.message
    if identity.size == 0:
        return State.EMPTY, "the file has no bytes"
    return (
        State.EMPTY,
        f"a valid {identity.media_type} without text, cells, pictures or files",
    )
