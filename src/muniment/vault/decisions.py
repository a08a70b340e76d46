"""What people decide about the evidence: a mapping, its withdrawal, and more, as events.

    event     decision
    actor     who decides: a pseudonym
    detail    decision     what is decided: lower-case words joined by hyphens
              body         canonical JSON, as text, of what is decided
              supersedes   the leaf hash, in hex, of the decision that it replaces; else empty

- A decision is named by the leaf hash of its event. Nothing is ever changed: another version is a
  decision of its own that names the one before, and a withdrawal names what it takes back.
- The vault does not know what a body means: rooms above parse it, and refuse what they cannot.
- `decision_of` accepts only what `decision_draft` writes: one decision has one spelling.
"""

import json
import re
from typing import Any

import msgspec

from muniment.core import Digest, canonical_json
from muniment.vault.annotations import check_name
from muniment.vault.event import Event, EventDraft, hex_digest

DECISION = "decision"
LONGEST_BODY = 2_000_000  # letters: well inside an event's line
_KIND = re.compile(r"[a-z]+(-[a-z]+)*", re.ASCII)
_LONGEST_KIND = 40


class Decision(msgspec.Struct, frozen=True):
    """What is decided, its content as canonical JSON, and which decision it replaces."""

    kind: str
    body: str
    supersedes: Digest | None = None

    def __post_init__(self) -> None:
        """Refuse a kind that is no word and a body that is not the canonical JSON of anything."""
        if _KIND.fullmatch(self.kind) is None or len(self.kind) > _LONGEST_KIND:
            raise ValueError("a decision is named in lower-case words joined by hyphens")
        if len(self.body) > LONGEST_BODY:
            raise ValueError(f"what is decided has at most {LONGEST_BODY:,} letters")
        if not _is_canonical(self.body):
            raise ValueError("what is decided is written in canonical JSON")


def decision_draft(decision: Decision, actor: str, tool: str) -> EventDraft:
    """The event that records it.

    Raises:
        ValueError: `actor` is no pseudonym that can be written.
    """
    check_name("a pseudonym", actor)
    before = decision.supersedes
    return EventDraft(
        event=DECISION,
        actor=actor,
        tool=tool,
        detail={
            "body": decision.body,
            "decision": decision.kind,
            "supersedes": "" if before is None else before.hex,
        },
    )


def decision_of(event: Event | EventDraft) -> Decision:
    """The decision that an event records.

    Raises:
        ValueError: the event is not one that `decision_draft` writes.
    """
    if event.event != DECISION:
        raise ValueError(f"{event.event!r} is no decision")
    before = _text(event.detail, "supersedes")
    decision = Decision(
        _text(event.detail, "decision"),
        _text(event.detail, "body"),
        None if before == "" else hex_digest(before),
    )
    again = decision_draft(decision, event.actor, event.tool)
    if again.detail != event.detail or event.objects != () or event.outcome != again.outcome:
        raise ValueError("the members of a decision are not those that one has")
    return decision


def _text(detail: Any, name: str) -> str:
    value = detail.get(name)
    if not isinstance(value, str):
        raise ValueError(f"a decision says its {name}")  # noqa: TRY004 one error for all of it
    return value


def _is_canonical(body: str) -> bool:
    try:
        return canonical_json(json.loads(body)) == body.encode("utf-8")
    except (ValueError, RecursionError):
        return False
