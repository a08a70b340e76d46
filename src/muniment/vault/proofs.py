"""Proof files: what a stranger needs to check one event, or that a journal only grew.

- A file is canonical JSON, complete in itself: it holds the signed checkpoints it speaks of.
- Reading accepts only what was written; a proof that was read still has to be checked.
- The layout and a check in a few lines of Python stand in docs/formats/proofs.md.
"""

from collections.abc import Sequence
from typing import Literal, TypeVar

import msgspec

from muniment.core import Digest, IntegrityError, canonical_json
from muniment.vault.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from muniment.vault.event import Event, decode_event, hex_digest
from muniment.vault.journal import Journal
from muniment.vault.keys import VerifierKey
from muniment.vault.merkle import consistency_holds, inclusion_holds, leaf_hash
from muniment.vault.note import parse_note

_NEXT_STEP = "Ask for the proof again, and say where this one came from."


class InclusionProof(msgspec.Struct, frozen=True):
    """Event `seq`, whose line is `event`, is among those that the note `checkpoint` speaks of."""

    event: str
    seq: int
    checkpoint: str
    nodes: tuple[Digest, ...]


class ConsistencyProof(msgspec.Struct, frozen=True):
    """The events of the note `old` are the beginning of those of the note `new`."""

    old: str
    new: str
    nodes: tuple[Digest, ...]


class _InclusionFile(msgspec.Struct, forbid_unknown_fields=True):
    checkpoint: str
    event: str
    format: Literal["muniment-inclusion-proof"]
    nodes: list[str]
    seq: int
    version: Literal[1]


class _ConsistencyFile(msgspec.Struct, forbid_unknown_fields=True):
    format: Literal["muniment-consistency-proof"]
    new: str
    nodes: list[str]
    old: str
    version: Literal[1]


_File = TypeVar("_File", _InclusionFile, _ConsistencyFile)


def prove_inclusion(journal: Journal, seq: int, untrusted_note: bytes) -> InclusionProof:
    """Proof that event `seq` is among those that a checkpoint of `journal` speaks of.

    Raises:
        UsageError: the event or the checkpoint is beyond the journal.
        ValueError: the note is no checkpoint.
    """
    note = parse_note(untrusted_note)
    size = parse_checkpoint(note.text).size
    nodes = journal.inclusion_proof(seq, size)
    return InclusionProof(journal.line(seq).decode(), seq, untrusted_note.decode(), nodes)


def prove_consistency(
    journal: Journal, untrusted_old: bytes, untrusted_new: bytes
) -> ConsistencyProof:
    """Proof that a checkpoint of `journal` continues an older one.

    Raises:
        UsageError: a checkpoint is beyond the journal, or `untrusted_old` is the larger.
        ValueError: a note is no checkpoint.
    """
    old = parse_checkpoint(parse_note(untrusted_old).text).size
    new = parse_checkpoint(parse_note(untrusted_new).text).size
    nodes = journal.consistency_proof(old, new)
    return ConsistencyProof(untrusted_old.decode(), untrusted_new.decode(), nodes)


def print_proof(proof: InclusionProof | ConsistencyProof) -> bytes:
    """The bytes of a proof file."""
    nodes = [node.hex for node in proof.nodes]
    if isinstance(proof, InclusionProof):
        return canonical_json(
            {
                "checkpoint": proof.checkpoint,
                "event": proof.event,
                "format": "muniment-inclusion-proof",
                "nodes": nodes,
                "seq": proof.seq,
                "version": 1,
            }
        )
    return canonical_json(
        {
            "format": "muniment-consistency-proof",
            "new": proof.new,
            "nodes": nodes,
            "old": proof.old,
            "version": 1,
        }
    )


def parse_inclusion_proof(untrusted: bytes) -> InclusionProof:
    """The inclusion proof in a file; not checked yet.

    Raises:
        ValueError: the file is not one that `print_proof` writes.
    """
    file = _decode(untrusted, _InclusionFile)
    return InclusionProof(file.event, file.seq, file.checkpoint, _digests(file.nodes))


def parse_consistency_proof(untrusted: bytes) -> ConsistencyProof:
    """The consistency proof in a file; not checked yet.

    Raises:
        ValueError: the file is not one that `print_proof` writes.
    """
    file = _decode(untrusted, _ConsistencyFile)
    return ConsistencyProof(file.old, file.new, _digests(file.nodes))


def check_inclusion(proof: InclusionProof, origin: str, keys: Sequence[VerifierKey]) -> Event:
    """The event that `proof` shows to be in the journal `origin`, trusting `keys`.

    Raises:
        IntegrityError: the proof shows nothing; the message says why.
    """
    try:
        event = decode_event(proof.event.encode())
        checkpoint = open_checkpoint(proof.checkpoint.encode(), origin, keys)
    except ValueError as why:
        raise IntegrityError(f"the proof shows nothing: {why}", next_step=_NEXT_STEP) from why
    leaf = leaf_hash(proof.event.encode())
    nodes = [node.raw for node in proof.nodes]
    if event.seq != proof.seq or not inclusion_holds(
        leaf, proof.seq, checkpoint.size, nodes, checkpoint.root.raw
    ):
        raise IntegrityError(
            "the event is not in the tree that the checkpoint speaks of", next_step=_NEXT_STEP
        )
    return event


def check_consistency(
    proof: ConsistencyProof, origin: str, keys: Sequence[VerifierKey]
) -> tuple[Checkpoint, Checkpoint]:
    """The older and the newer checkpoint that `proof` shows to be of one history.

    Raises:
        IntegrityError: the proof shows nothing; the message says why.
    """
    try:
        old = open_checkpoint(proof.old.encode(), origin, keys)
        new = open_checkpoint(proof.new.encode(), origin, keys)
    except ValueError as why:
        raise IntegrityError(f"the proof shows nothing: {why}", next_step=_NEXT_STEP) from why
    nodes = [node.raw for node in proof.nodes]
    if not consistency_holds(old.size, old.root.raw, new.size, new.root.raw, nodes):
        raise IntegrityError(
            "the newer checkpoint does not continue the older", next_step=_NEXT_STEP
        )
    return old, new


def _decode(untrusted: bytes, kind: type[_File]) -> _File:
    try:
        file = msgspec.json.decode(untrusted, type=kind)
        canonical = canonical_json(msgspec.structs.asdict(file))
    except RecursionError as why:
        raise ValueError("nested too deeply") from why
    if canonical != untrusted:
        raise ValueError("not the canonical JSON of what it says")
    return file


def _digests(written: Sequence[str]) -> tuple[Digest, ...]:
    return tuple(hex_digest(node) for node in written)
