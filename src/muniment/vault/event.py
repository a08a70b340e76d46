"""Events of the journal: what is asked to be recorded, and the one line that records it.

- A line is canonical JSON (RFC 8785) of the nine members in docs/formats/journal.md, no others.
- `decode_event` accepts only what `encode_event` writes: one event has one spelling.
- Decoding never raises anything but ValueError, whatever the bytes are.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import msgspec

from muniment.core import Digest, canonical_json
from muniment.vault.merkle import leaf_hash

# Room for tens of thousands of objects in one event; a bound on what a reader must hold at once.
LINE_LIMIT = 4 * 1024 * 1024  # bytes, with the newline

_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Outcome(StrEnum):
    """How an event ended (PREMIS 3 eventOutcome)."""

    SUCCESS = "success"
    WARNING = "warning"
    FAILURE = "failure"


class EventDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks the journal to record.

    `event` is a PREMIS 3 event type; `actor` a role or pseudonym, never a real name; `detail`
    holds what canonical JSON can spell, and is not changed after it is handed over.
    """

    event: str
    actor: str
    tool: str
    objects: tuple[Digest, ...] = ()
    outcome: Outcome = Outcome.SUCCESS
    detail: Mapping[str, Any] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse an event that says nothing of what, by whom or with what."""
        if "" in (self.event, self.actor, self.tool):
            raise ValueError("an event names its type, its actor and its tool")


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded event.

    `seq` counts from 0; `prev` is the leaf hash of the event before; `at` is aware, UTC;
    `leaf` is the leaf hash of this event's line (RFC 9162 §2.1.1).
    """

    seq: int
    prev: Digest
    at: datetime
    event: str
    actor: str
    tool: str
    objects: tuple[Digest, ...]
    outcome: Outcome
    detail: Mapping[str, Any]
    leaf: Digest


def print_time(at: datetime) -> str:
    """The text form of an aware time: UTC with six decimals and `Z`.

    Raises:
        ValueError: `at` has no zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time without a zone has no instant")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def parse_time(written: str) -> datetime:
    """The aware time that `print_time` wrote as `written`.

    Raises:
        ValueError: `written` is not of that form or no date.
    """
    if _AT.fullmatch(written) is None:
        raise ValueError("a time is written 2026-01-02T03:04:05.000000Z")
    return datetime.fromisoformat(written)


def encode_event(draft: EventDraft, seq: int, prev: Digest, at: datetime) -> tuple[bytes, Event]:
    """The line (without newline) that records `draft` at position `seq`, and the event it is.

    Raises:
        ValueError: the detail has no canonical JSON, `at` has no zone, or the line is too long.
    """
    line = canonical_json(
        {
            "actor": draft.actor,
            "at": print_time(at),
            "detail": draft.detail,
            "event": draft.event,
            "objects": [digest.hex for digest in draft.objects],
            "outcome": draft.outcome.value,
            "prev": prev.hex,
            "seq": seq,
            "tool": draft.tool,
        }
    )
    if len(line) >= LINE_LIMIT:
        raise ValueError(f"an event is written in less than {LINE_LIMIT} bytes")
    event = Event(
        seq=seq,
        prev=prev,
        at=at.astimezone(UTC),
        event=draft.event,
        actor=draft.actor,
        tool=draft.tool,
        objects=draft.objects,
        outcome=draft.outcome,
        detail=draft.detail,
        leaf=Digest(leaf_hash(line)),
    )
    return line, event


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    """The members of a line, in the order in which canonical JSON writes them."""

    actor: str
    at: str
    detail: dict[str, Any]
    event: str
    objects: list[str]
    outcome: Outcome
    prev: str
    seq: int
    tool: str


_DECODER = msgspec.json.Decoder(_Line)


def decode_event(untrusted_line: bytes) -> Event:
    """The event that a line (without newline) records.

    Raises:
        ValueError: the line is not exactly what `encode_event` writes for some event.
    """
    if len(untrusted_line) >= LINE_LIMIT:
        raise ValueError(f"an event is written in less than {LINE_LIMIT} bytes")
    try:
        line = _DECODER.decode(untrusted_line)
        canonical = canonical_json(msgspec.structs.asdict(line))
    except RecursionError as why:
        raise ValueError("nested too deeply") from why
    if canonical != untrusted_line:
        raise ValueError("not the canonical JSON of what it says")
    if line.seq < 0 or "" in (line.event, line.actor, line.tool):
        raise ValueError("an event has a position, a type, an actor and a tool")
    return Event(
        seq=line.seq,
        prev=hex_digest(line.prev),
        at=parse_time(line.at),
        event=line.event,
        actor=line.actor,
        tool=line.tool,
        objects=tuple(hex_digest(name) for name in line.objects),
        outcome=line.outcome,
        detail=line.detail,
        leaf=Digest(leaf_hash(untrusted_line)),
    )


def hex_digest(written: str) -> Digest:
    """The digest written as 64 lower-case hex digits, the only spelling in the vault's records.

    Raises:
        ValueError: `written` is spelt otherwise.
    """
    if _HEX.fullmatch(written) is None:
        raise ValueError("a digest in a record is 64 lower-case hex digits")
    return Digest(bytes.fromhex(written))
