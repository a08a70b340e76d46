"""Hands a case, or chosen objects of it, over: a transfer bag that a stranger can check.

- The bag rests on one signed checkpoint of the whole journal; without it nothing is exported.
- Of a selection, only events about the objects that are handed over leave, each with its proof.
- Objects are hashed as they are copied; one whose bytes changed stops the export.
- The bag is sealed: the case's key signs its tag manifest, which covers every other file.
- Nothing is recorded here: the drafts that come back are for the door to append.
- Equal case, request and key give equal bytes.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO

import msgspec

from muniment.core import Digest, PolicyError
from muniment.publish.bag import BagWriter
from muniment.publish.custody import (
    TOLD,
    Ground,
    add_checkpoint,
    add_chosen,
    add_keys,
    add_log,
    last_ground,
)
from muniment.publish.items import contained_line, received_lines
from muniment.publish.profile import PROFILE_IDENTIFIER, profile
from muniment.publish.readme import readme
from muniment.publish.rocrate import Description, crate
from muniment.publish.seal import seal
from muniment.publish.selection import Chains, Chosen, Containers, Selection, Whole, chains_of
from muniment.vault import Case, Event, EventDraft, Journal, Outcome, SigningKey

_DRAFT_OBJECTS = 32_768  # objects that one event names: 2 MiB of a line of at most 4


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is handed over, to whom, and what the bag says of itself.

    `recipient` is what the journal will say of who gets it; it does not stand in the bag.
    `organization` and `contact` are as the recipient may know them: pseudonyms do.
    """

    target: Path
    selection: Selection
    recipient: str
    organization: str
    contact: str
    caveat: str
    at: datetime
    actor: str
    tool: str
    witnesses: tuple[str, ...] = ()  # verifier keys of partners that cosign
    withheld: frozenset[Digest] = frozenset()  # whose bytes do not leave: no consent to it


class Exported(msgspec.Struct, frozen=True):
    """What was written: how many objects and bytes, the digest of `manifest-sha256.txt`."""

    bag: Path
    objects: int
    bytes: int
    manifest: Digest
    drafts: tuple[EventDraft, ...]


class _Source(msgspec.Struct, frozen=True):
    """What is exported from."""

    case: Case
    ground: Ground

    @property
    def identifier(self) -> str:
        """The bag's name in `bag-info.txt` and in the journal: the log and how long it was."""
        return f"{self.case.header.origin}@{self.ground.size}"


class _Plan(msgspec.Struct, frozen=True):
    """What goes into the bag; `chosen` are the events of a selection, None for the whole log."""

    payload: tuple[Digest, ...]
    absent: tuple[Digest, ...]
    chosen: tuple[Event, ...] | None
    chains: Chains | None


def export(case: Case, journal: Journal, key: SigningKey, request: Request) -> Exported:
    """Write the bag to `request.target`.

    Raises:
        UsageError: the target exists, no checkpoint covers the journal, or what is chosen was
            never in the case.
        PolicyError: the arrival of a chosen object cannot be shown without showing others.
        IntegrityError: an object or an event is not what was recorded; nothing is left behind.
    """
    source = _Source(case, last_ground(journal, case.header))
    plan = _withholding(_plan(source, request.selection), request.withheld)
    with BagWriter(request.target) as bag:
        for digest in plan.payload:
            with _open(case, digest) as data:
                bag.add_object(digest, data)
        _add_custody(bag, source, plan, request)
        _add_descriptions(bag, source, request)
        size = bag.payload_size
        manifest = bag.finish(
            _info(source, request), lambda tags: seal(case.header.origin, tags, key)
        )
    drafts = _drafts(source, plan, manifest, request)
    return Exported(request.target, len(plan.payload), size, manifest, drafts)


def _plan(source: _Source, selection: Selection) -> _Plan:
    match selection:
        case Whole():
            return _plan_whole(source)
        case Chosen():
            return _plan_chosen(source, selection)


def _withholding(plan: _Plan, withheld: frozenset[Digest]) -> _Plan:
    """The plan without the bytes of what nobody consents to; the bag names it as not included.

    Raises:
        PolicyError: it was chosen by name.
    """
    staying = [digest for digest in plan.payload if digest in withheld]
    if len(staying) > 0 and plan.chosen is not None:
        raise PolicyError(
            f"the consent to {staying[0].hex} was withdrawn, or does not reach to partners",
            next_step="hand over other objects; `muniment source list CASE` says what was agreed",
        )
    payload = tuple(digest for digest in plan.payload if digest not in withheld)
    return _Plan(payload, (*plan.absent, *staying), plan.chosen, plan.chains)


def _plan_whole(source: _Source) -> _Plan:
    """All that arrived and was not deleted by a recorded event: about 100 bytes an object here."""
    arrived: set[bytes] = set()
    deleted: set[bytes] = set()
    for event in source.ground.events():
        if _is_arrival(event):
            arrived.update(digest.raw for digest in event.objects)
        elif event.event == "deletion":
            deleted.update(digest.raw for digest in event.objects)
    gone = {raw for raw in deleted if not source.case.received.has(Digest(raw))}
    return _Plan(tuple(Digest(raw) for raw in sorted(arrived - gone)), (), None, None)


def _plan_chosen(source: _Source, chosen: Chosen) -> _Plan:
    candidates = chosen.objects | {step.parent for step in chosen.containment}
    told = [
        event
        for event in source.ground.events()
        if event.seq == 0 or (event.event in TOLD and not candidates.isdisjoint(event.objects))
    ]
    arrived = {digest for event in told if _is_arrival(event) for digest in event.objects}
    chains = chains_of(chosen, arrived)
    shown = [e for e in told if e.seq == 0 or chains.objects.issuperset(e.objects)]
    seen = {digest for event in shown if _is_arrival(event) for digest in event.objects}
    for digest in sorted((arrived & chains.objects) - seen):
        raise PolicyError(
            f"the event of the arrival of {digest.hex} also names objects that are not chosen",
            next_step="choose the objects that arrived with it too, or hand over the whole case",
        )
    absent = chains.containers if chosen.containers is Containers.NAMED else frozenset[Digest]()
    payload = tuple(sorted(chains.objects - absent))
    return _Plan(payload, tuple(sorted(absent)), tuple(shown), chains)


def _is_arrival(event: Event) -> bool:
    return event.event == "ingestion" and event.outcome is not Outcome.FAILURE


def _open(case: Case, digest: Digest) -> BinaryIO:
    # What was received lies in the vault; what was found inside it, among the working copies.
    store = case.received if case.received.has(digest) else case.found
    return store.open(digest)


def _add_custody(bag: BagWriter, source: _Source, plan: _Plan, request: Request) -> None:
    ground = source.ground
    add_keys(bag, ground, request.witnesses, source.case.header_bytes)
    add_checkpoint(bag, ground)
    if plan.chosen is None:
        add_log(bag, ground)
        bag.add_tag("metadata/items.jsonl", _received(ground.events()))
        _add_absent(bag, plan)
        return
    add_chosen(bag, ground, plan.chosen)
    steps = () if plan.chains is None else plan.chains.steps
    contained = [contained_line(step) for step in steps]
    bag.add_tag("metadata/items.jsonl", [*_received(plan.chosen), *contained])
    _add_absent(bag, plan)


def _add_absent(bag: BagWriter, plan: _Plan) -> None:
    if len(plan.absent) > 0:
        lines = (f"{digest.hex}\n".encode() for digest in plan.absent)
        bag.add_tag("custody/not-included.txt", lines)


def _received(events: Iterable[Event]) -> Iterator[bytes]:
    for event in events:
        yield from received_lines(event)


def _add_descriptions(bag: BagWriter, source: _Source, request: Request) -> None:
    ground, selection = source.ground, _selection_name(request.selection)
    bag.add_tag("bagit-profile.json", [profile()])
    bag.add_tag("verify.py", [files("muniment.publish").joinpath("verify.py").read_bytes()])
    text = readme(
        size=ground.size,
        root=ground.root.hex,
        key=str(ground.key),
        selection=selection,
    )
    bag.add_tag("README.txt", [text])
    description = Description(
        name=f"Transfer of {source.case.header.origin}",
        identifier=source.identifier,
        organization=request.organization,
        caveat=request.caveat,
        published=request.at.date().isoformat(),
        tool=request.tool,
        selection=selection,
    )
    bag.add_tag("ro-crate-metadata.json", [crate(description)])


def _info(source: _Source, request: Request) -> list[tuple[str, str]]:
    """The fields of `bag-info.txt` that the profile requires, in this order."""
    return [
        ("BagIt-Profile-Identifier", PROFILE_IDENTIFIER),
        ("External-Identifier", source.identifier),
        ("Source-Organization", request.organization),
        ("Contact", request.contact),
        ("Bagging-Date", request.at.date().isoformat()),
        ("Handling-Caveat", request.caveat),
        ("Checkpoint-Root", source.ground.root.hex),
        ("Log-Size", str(source.ground.size)),
    ]


def _selection_name(selection: Selection) -> str:
    return "whole" if isinstance(selection, Whole) else "selection"


def _drafts(
    source: _Source, plan: _Plan, manifest: Digest, request: Request
) -> tuple[EventDraft, ...]:
    """The events that say what was handed over; a selection names its objects."""
    named = () if plan.chosen is None else plan.payload
    batches = [
        named[start : start + _DRAFT_OBJECTS]
        for start in range(0, max(1, len(named)), _DRAFT_OBJECTS)
    ]
    detail = {
        "bag": source.identifier,
        "log_size": str(source.ground.size),
        "manifest_sha256": manifest.hex,
        "objects": str(len(plan.payload)),
        "recipient": request.recipient,
        "root": source.ground.root.hex,
        "selection": _selection_name(request.selection),
    }
    return tuple(
        EventDraft(
            event="dissemination",
            actor=request.actor,
            tool=request.tool,
            objects=batch,
            detail=detail,
        )
        for batch in batches
    )
