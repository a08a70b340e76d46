"""Reads all checkpoints, cosignatures and time stamps of a journal; says which do not hold.

- Here only signatures, names and origins are judged; whether the events are those that were signed
  for is judged where the events are read.
- Of a time stamp it is judged whether it is one for its request; the authority's signature is
  checked by those who know the authority.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from muniment.core import digest_of
from muniment.vault.checkpoint import (
    Checkpoint,
    ForeignError,
    checkpoint_path,
    checkpoint_sizes,
    open_checkpoint,
    parse_checkpoint,
)
from muniment.vault.findings import Findings, What
from muniment.vault.keys import VerifierKey
from muniment.vault.note import SignatureError, parse_note, parse_signature, signature_holds
from muniment.vault.timestamps import TOKEN_LIMIT, encode_request, parse_request, read_token
from muniment.vault.untrusted import read_untrusted

NOTE_LIMIT = 1_000_000  # bytes

_COSIGNATURES = re.compile(r"([0-9]{12})\.cosignatures", re.ASCII)


def signed_checkpoints(
    folder: Path, origin: str, keys: Sequence[VerifierKey], findings: Findings
) -> dict[int, Checkpoint]:
    """The checkpoints in the journal's `folder` that hold, by size; the others are reported."""
    found: dict[int, Checkpoint] = {}
    if not (folder / "checkpoints").is_dir():
        findings.fail(What.FILE, "checkpoints", "the folder is missing")
        return found
    for size in checkpoint_sizes(folder):
        where = f"checkpoint of {size} events"
        try:
            data = read_untrusted(checkpoint_path(folder, size), NOTE_LIMIT)
            checkpoint = open_checkpoint(data, origin, keys)
        except ForeignError as why:
            findings.fail(What.FOREIGN, where, str(why))
        except SignatureError as why:
            findings.fail(What.FORGED, where, str(why))
        except ValueError as why:
            findings.fail(What.CHECKPOINT, where, str(why))
        else:
            if checkpoint.size == size:
                found[size] = checkpoint
            else:
                why_not = f"it is the checkpoint of {checkpoint.size} events under another name"
                findings.fail(What.REPLAYED, where, why_not)
    return found


def check_recorded(folder: Path, seq: int, stated: object, findings: Findings) -> None:
    """Hold the checkpoint that event `seq` says was signed (`detail.checkpoint`) to its file."""
    match stated:
        case {"root": str(root), "size": int(size)} if 0 <= size <= seq:
            path = checkpoint_path(folder, size)
        case _:
            findings.fail(What.CHECKPOINT, f"event {seq}", "it names no checkpoint of before")
            return
    where = f"checkpoint of {size} events"
    if not path.exists():
        findings.fail(What.MISSING, where, f"event {seq} says that it was signed")
        return
    try:
        kept = parse_checkpoint(parse_note(read_untrusted(path, NOTE_LIMIT)).text)
    except ValueError:
        return  # reported where all checkpoints are read
    if (kept.size, kept.root.hex) != (size, root):
        findings.fail(What.REPLAYED, where, f"it is not the one that event {seq} records")


def check_cosignatures(folder: Path, partners: Sequence[VerifierKey], findings: Findings) -> None:
    """Report the cosignatures that do not hold; those of unknown partners are noted."""
    for path in sorted((folder / "checkpoints").glob("*.cosignatures")):
        name = _COSIGNATURES.fullmatch(path.name)
        if name is None or not path.is_dir() or path.is_symlink():
            findings.fail(What.COSIGNATURE, path.name, "it is no folder of cosignatures")
            continue
        size = int(name[1])
        for file in sorted(path.iterdir()):
            _check_cosignature(folder, size, file, partners, findings)


def check_timestamps(folder: Path, findings: Findings) -> None:
    """Report requests and tokens that are not for the checkpoint they are named after."""
    for path in sorted((folder / "timestamps").glob("*.json")):
        try:
            stamped = parse_request(read_untrusted(path, NOTE_LIMIT))
            if path != stamped.path(folder, ".json"):
                raise ValueError("it is for another checkpoint, or has another nonce")  # noqa: TRY301 one border
            data = read_untrusted(checkpoint_path(folder, stamped.size), NOTE_LIMIT)
            imprint = digest_of(parse_note(data).text.encode() + stamped.nonce)
            request = read_untrusted(stamped.path(folder, ".tsq"), NOTE_LIMIT)
            if request != encode_request(imprint):
                raise ValueError("the request is for something else")  # noqa: TRY301 one border
            if stamped.path(folder, ".tsr").exists():
                read_token(read_untrusted(stamped.path(folder, ".tsr"), TOKEN_LIMIT), imprint)
        except ValueError as why:
            findings.fail(What.STAMP, f"time stamp {path.stem}", str(why))


def _check_cosignature(
    folder: Path, size: int, file: Path, partners: Sequence[VerifierKey], findings: Findings
) -> None:
    where = f"cosignature {file.name} of the checkpoint of {size} events"
    try:
        line = read_untrusted(file, NOTE_LIMIT).decode("utf-8")
        signature = parse_signature(line.removesuffix("\n"))
        note = parse_note(read_untrusted(checkpoint_path(folder, size), NOTE_LIMIT))
        if file.name != signature.key_hash.hex() or not line.endswith("\n"):
            raise ValueError("it is not kept under the hash of its key, on one line")  # noqa: TRY301 one border
    except ValueError as why:
        findings.fail(What.COSIGNATURE, where, str(why))
        return
    named = (signature.name, signature.key_hash)
    known = [key for key in partners if (key.name, key.key_hash) == named]
    if len(known) == 0:
        findings.note(What.UNKNOWN, where, f"no key of {signature.name} is known here")
    elif not any(signature_holds(note.text, signature, key) for key in known):
        findings.fail(What.COSIGNATURE, where, f"it is not by {signature.name}")
