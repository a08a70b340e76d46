"""The part of a bag that vouches for its objects: events, proofs, checkpoints, keys, time stamps.

    custody/muniment.json                    the case's header; the first event names its digest
    custody/keys.txt                         verifier keys: the case's own, then those of witnesses
    custody/events/events-000000000000.jsonl all events up to the checkpoint …
    custody/events/chosen.jsonl              … or chosen events, ascending
    custody/proofs/000000000017.json         for each chosen event: that it is in the tree
    custody/consistency/000000000120.json    for each earlier checkpoint: that the tree grew from it
    custody/checkpoints/000000000140.note    the last checkpoint, and its cosignatures
    custody/timestamps/…                     tokens that speak of that checkpoint

- A chosen event speaks only of objects that are handed over, and is of a kind in `TOLD`: events
  about people, partners or decisions do not leave with a selection.
- Every line is checked against the leaf hash that the journal keeps for it.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from muniment.core import Digest, IntegrityError, UsageError
from muniment.publish.bag import BagWriter
from muniment.vault import (
    Event,
    EventDraft,
    Header,
    Journal,
    VerifierKey,
    case_key,
    checkpoint_path,
    checkpoint_sizes,
    open_checkpoint,
    print_proof,
    prove_consistency,
)
from muniment.vault.event import encode_event
from muniment.vault.proofs import InclusionProof

_SEGMENT_EVENTS = 65_536  # docs/formats/journal.md
_CHUNK = 1 << 20

# PREMIS 3 event types that say what happened to bytes, and nothing else.
TOLD = frozenset({"ingestion", "decryption", "unpacking", "fixity check", "deletion"})


class Ground(msgspec.Struct, frozen=True):
    """What a bag rests on: the events up to the last signed checkpoint, and nothing after it."""

    journal: Journal
    key: VerifierKey
    size: int  # events
    root: Digest
    note: Path

    def events(self) -> Iterator[Event]:
        """The events that the checkpoint covers."""
        return self.journal.events(0, self.size)


def last_ground(journal: Journal, header: Header) -> Ground:
    """The ground that the last checkpoint of `journal` gives.

    Events after it do not leave; that is refused where something has arrived since.

    Raises:
        UsageError: there is no checkpoint, or something arrived after the last one.
        IntegrityError: the checkpoint is not the case's, or not of these events.
    """
    sizes = checkpoint_sizes(journal.folder)
    late = journal.events(sizes[-1]) if len(sizes) > 0 else iter(())
    if len(sizes) == 0 or any(event.event == "ingestion" for event in late):
        raise UsageError(
            "no signed checkpoint covers all that arrived",
            next_step="sign one with `muniment checkpoint`, then export",
        )
    size, note = sizes[-1], checkpoint_path(journal.folder, sizes[-1])
    key = case_key(journal)
    try:
        signed = open_checkpoint(note.read_bytes(), header.origin, [key])
    except ValueError as why:
        raise _broken(f"the checkpoint of {size} events is not of this case: {why}") from why
    if (signed.size, signed.root) != (size, journal.root(size)):
        raise _broken(f"the checkpoint of {size} events does not fit the journal")
    return Ground(journal, key, size, signed.root, note)


def add_log(bag: BagWriter, ground: Ground) -> None:
    """Write all events into the bag, in files of 65,536 events."""
    events = ground.events()
    for first in range(0, ground.size, _SEGMENT_EVENTS):
        lines = (line_of(event) + b"\n" for event in islice(events, _SEGMENT_EVENTS))
        bag.add_tag(f"custody/events/events-{first:012d}.jsonl", lines)


def add_chosen(bag: BagWriter, ground: Ground, events: Sequence[Event]) -> None:
    """Write `events`, ascending, and the proof that each is in the tree of all events."""
    lines = [line_of(event) for event in events]
    bag.add_tag("custody/events/chosen.jsonl", (line + b"\n" for line in lines))
    note = ground.note.read_text(encoding="utf-8")
    for event, line in zip(events, lines, strict=True):
        nodes = ground.journal.inclusion_proof(event.seq, ground.size)
        proof = InclusionProof(line.decode(), event.seq, note, nodes)
        bag.add_tag(f"custody/proofs/{event.seq:012d}.json", [print_proof(proof)])


def add_checkpoint(bag: BagWriter, ground: Ground) -> None:
    """Write the checkpoint, its cosignatures and tokens, and the proofs from earlier ones."""
    name = f"custody/checkpoints/{ground.size:012d}"
    bag.add_tag(f"{name}.note", _chunks(ground.note))
    cosignatures = ground.note.with_suffix(".cosignatures")
    if cosignatures.is_dir():
        for path in sorted(cosignatures.iterdir()):
            bag.add_tag(f"{name}.cosignatures/{path.name}", _chunks(path))
    folder = ground.journal.folder
    for path in sorted((folder / "timestamps").glob(f"{ground.size:012d}-*")):
        bag.add_tag(f"custody/timestamps/{path.name}", _chunks(path))
    new = ground.note.read_bytes()
    for size in checkpoint_sizes(folder)[:-1]:
        old = checkpoint_path(folder, size).read_bytes()
        proof = print_proof(prove_consistency(ground.journal, old, new))
        bag.add_tag(f"custody/consistency/{size:012d}.json", [proof])


def add_keys(bag: BagWriter, ground: Ground, witnesses: Sequence[str], header: bytes) -> None:
    """Write the verifier keys and the header of the case."""
    keys = (str(ground.key), *witnesses)
    bag.add_tag("custody/keys.txt", [f"{key}\n".encode() for key in keys])
    bag.add_tag("custody/muniment.json", [header])


def line_of(event: Event) -> bytes:
    """The line, without newline, that records `event`: an event has one spelling.

    Raises:
        IntegrityError: the line does not have the leaf hash that the journal keeps.
    """
    draft = EventDraft(
        event=event.event,
        actor=event.actor,
        tool=event.tool,
        objects=event.objects,
        outcome=event.outcome,
        detail=event.detail,
    )
    line, again = encode_event(draft, event.seq, event.prev, event.at)
    if again.leaf != event.leaf:
        raise IntegrityError(
            f"event {event.seq} cannot be written as it was recorded",
            next_step="run `muniment verify` on the case",
        )
    return line


def _broken(why: str) -> IntegrityError:
    return IntegrityError(why, next_step="change nothing, and run `muniment verify` on the case")


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while (chunk := file.read(_CHUNK)) != b"":
            yield chunk
