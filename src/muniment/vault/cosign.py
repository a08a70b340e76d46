"""Cosignatures: partners state that a journal only ever grew (C2SP tlog-cosignature v1).

- A partner signs a checkpoint only if it continues the last one that the partner signed for the
  same origin: not smaller, not another root at the same size, and shown consistent by a proof.
- What the partner signed last stands in a state file of the partner's own, and is durable before
  the signature leaves the function. Of an origin seen for the first time, any size is accepted.
- Into the case comes only a signature that was checked against the partner's verifier key.

The state file is canonical JSON (RFC 8785), replaced as a whole:

    {"format":"muniment-witness","seen":{"<origin>":{"root":"<hex>","size":120}},"version":1}
"""

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from muniment.core import Digest, IntegrityError, UsageError, canonical_json
from muniment.vault.checkpoint import Checkpoint, checkpoint_path, open_checkpoint, read_checkpoint
from muniment.vault.durable import create_file, sync_folder, write_all
from muniment.vault.event import hex_digest
from muniment.vault.keys import Algorithm, SigningKey, VerifierKey
from muniment.vault.merkle import consistency_holds
from muniment.vault.note import (
    Note,
    Signature,
    cosigned_message,
    parse_note,
    parse_signature,
    print_note,
    signature_holds,
)


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last tree that a partner signed for an origin."""

    root: str  # hex
    size: int


class _State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["muniment-witness"]
    seen: dict[str, Seen]
    version: Literal[1]


class Request(msgspec.Struct, frozen=True):
    """What a partner is asked to sign.

    `note` is the checkpoint; `proof` shows it consistent with the last size the partner signed,
    and is empty where there is none; `log_key` is the key by which the partner knows the case.
    """

    note: bytes
    proof: tuple[Digest, ...]
    log_key: VerifierKey


def last_seen(state: Path, origin: str) -> Seen | None:
    """What was last signed for `origin` according to the partner's state file, if anything.

    Raises:
        IntegrityError: the state file is damaged.
    """
    return _read_state(state).get(origin)


def cosign(state: Path, request: Request, key: SigningKey, now: datetime) -> Signature:
    """The partner's signature line for a checkpoint that continues the last one signed.

    `state` is the partner's state file, made if it is not there; `now` is aware.

    Raises:
        IntegrityError: the checkpoint is not by the case's key, is older than one signed before,
            or belongs to another history (a fork). Nothing was signed, the state is unchanged.
    """
    origin = request.log_key.name
    try:
        checkpoint = open_checkpoint(request.note, origin, [request.log_key])
        text = parse_note(request.note).text
    except ValueError as why:
        raise _refusal(f"it is not a checkpoint by {request.log_key}: {why}") from why
    with _locked(state.parent):
        seen = _read_state(state)
        if origin in seen:
            _refuse_other_history(seen[origin], checkpoint, request.proof)
        latest = Seen(checkpoint.root.hex, checkpoint.size)
        _write_state(state, {**seen, origin: latest})
    seconds = int(now.timestamp())
    blob = seconds.to_bytes(8, "big") + key.sign(cosigned_message(text, seconds))
    verifier = key.verifier(Algorithm.COSIGNATURE)
    return Signature(verifier.name, verifier.key_hash, blob)


def import_cosignature(folder: Path, size: int, untrusted_line: str, partner: VerifierKey) -> Path:
    """Keep a partner's signature line for the checkpoint of `size` events; returns its file.

    `folder` is the journal's. A second, later signature by the same key is not kept.

    Raises:
        UsageError: `partner` is no cosignature key, or has already signed this checkpoint.
        IntegrityError: the line is not the partner's signature of this checkpoint.
    """
    if partner.algorithm is not Algorithm.COSIGNATURE:
        raise UsageError(
            f"{partner} is not a cosignature key",
            next_step="Ask the partner for the verifier key of its cosignatures.",
        )
    note = read_checkpoint(folder, size)
    try:
        signature = parse_signature(untrusted_line.removesuffix("\n"))
    except ValueError as why:
        raise _not_signed(size, partner) from why
    if not signature_holds(note.text, signature, partner):
        raise _not_signed(size, partner)
    path = cosignatures_folder(folder, size) / signature.key_hash.hex()
    path.parent.mkdir(exist_ok=True)
    sync_folder(path.parent.parent)
    try:
        create_file(path, f"{signature}\n".encode())
    except FileExistsError as why:
        if path.read_bytes() != f"{signature}\n".encode():
            raise UsageError(
                f"{partner.name} has signed the checkpoint of {size} events already",
                next_step="Nothing needs to be done: the first signature is kept.",
            ) from why
    return path


def cosignatures_folder(folder: Path, size: int) -> Path:
    """Where the cosignatures of the checkpoint of `size` events lie; `folder` is the journal's."""
    return checkpoint_path(folder, size).with_suffix(".cosignatures")


def cosigned_note(folder: Path, size: int) -> bytes:
    """The checkpoint of `size` events with all its cosignatures in one note, by key hash.

    Raises:
        IntegrityError: the checkpoint or a cosignature cannot be read.
    """
    note = read_checkpoint(folder, size)
    lines = cosignatures_folder(folder, size)
    files = sorted(lines.iterdir()) if lines.is_dir() else []
    try:
        added = [parse_signature(file.read_text("utf-8").removesuffix("\n")) for file in files]
    except ValueError as why:
        raise IntegrityError(
            f"a cosignature of the checkpoint of {size} events cannot be read: {why}",
            next_step="Run 'muniment verify', and ask the partner for the line again.",
        ) from why
    return print_note(Note(note.text, (*note.signatures, *added)))


def _refuse_other_history(seen: Seen, new: Checkpoint, proof: Sequence[Digest]) -> None:
    if new.size < seen.size:
        raise _refusal(f"it has {new.size} events; one of {seen.size} was signed before (rollback)")
    old_root = hex_digest(seen.root)
    if new.size == seen.size and new.root != old_root:
        raise _refusal(f"another root was signed for {seen.size} events before (fork)")
    nodes = [node.raw for node in proof]
    if not consistency_holds(seen.size, old_root.raw, new.size, new.root.raw, nodes):
        raise _refusal(f"no proof shows that it continues the {seen.size} events signed before")


def _read_state(state: Path) -> Mapping[str, Seen]:
    try:
        data = state.read_bytes()
    except FileNotFoundError:
        return {}
    try:
        read = msgspec.json.decode(data, type=_State)
        canonical = _encode_state(read.seen)
        for seen in read.seen.values():
            hex_digest(seen.root)
    except ValueError as why:
        raise _damaged(state) from why
    if canonical != data:
        raise _damaged(state)
    return read.seen


def _write_state(state: Path, seen: Mapping[str, Seen]) -> None:
    half = state.with_name(f".{state.name}.half")
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        write_all(handle, _encode_state(seen))
        os.fsync(handle)
    finally:
        os.close(handle)
    os.replace(half, state)
    sync_folder(state.parent)


def _encode_state(seen: Mapping[str, Seen]) -> bytes:
    written = {origin: {"root": last.root, "size": last.size} for origin, last in seen.items()}
    return canonical_json({"format": "muniment-witness", "seen": written, "version": 1})


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Alone with the state files in `folder`; a second process waits."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _refusal(why: str) -> IntegrityError:
    return IntegrityError(
        f"the checkpoint is not cosigned: {why}",
        next_step="Keep the checkpoint, and ask the people of the case what happened.",
    )


def _not_signed(size: int, partner: VerifierKey) -> IntegrityError:
    return IntegrityError(
        f"the line is not a signature of the checkpoint of {size} events by {partner.name}",
        next_step="Ask the partner for the line again, for this checkpoint.",
    )


def _damaged(state: Path) -> IntegrityError:
    return IntegrityError(
        f"the state file {state} is damaged",
        next_step="Restore it from a copy: without it a rollback could be signed.",
    )
