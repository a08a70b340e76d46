"""The event that says that statements left for FollowTheMoney: for whom, what, and how much."""

import msgspec

from muniment.publish.ftm.writing import FtmExported, FtmRequest
from muniment.vault import EventDraft


class Handover(msgspec.Struct, frozen=True):
    """Who hands over to whom; `recipient` stands in the journal only."""

    recipient: str
    actor: str
    tool: str


def handover_draft(request: FtmRequest, made: FtmExported, handover: Handover) -> EventDraft:
    """The event; what it names is found again by the digest of SHA256SUMS."""
    return EventDraft(
        event="dissemination",
        actor=handover.actor,
        tool=handover.tool,
        detail={
            "dataset": request.dataset,
            "entities": str(made.entities),
            "format": "followthemoney",
            "manifest_sha256": made.manifest.hex,
            "profile": request.profile.value,
            "recipient": handover.recipient,
            "statements": str(made.lines),
            "withheld": str(made.withheld),
        },
    )
