"""Checkpoints: the signed statement that a journal of so many events has such a root.

    <origin>                    the case; also the name of the key that signs
    <size in decimal>
    <base64 of the root>

- The text is a C2SP tlog-checkpoint without extension lines, in a C2SP signed note.
- A checkpoint is kept for ever in `checkpoints/<size, 12 digits>.note`; none is ever overwritten.
- None is signed that contradicts the newest one: whoever altered `leaves.bin` does not get a new
  signature for it.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from muniment.core import Digest, IntegrityError
from muniment.vault.durable import create_file
from muniment.vault.event import EventDraft
from muniment.vault.journal import Journal
from muniment.vault.keys import SigningKey, VerifierKey
from muniment.vault.note import Note, parse_note, print_note, sign_note, signers

_LINES = 3
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
_NAME = re.compile(r"([0-9]{12})\.note", re.ASCII)
_SIGNING = "digital signature generation"  # PREMIS 3 event type


class Checkpoint(msgspec.Struct, frozen=True):
    """The root of the first `size` events of the journal `origin`."""

    origin: str
    size: int
    root: Digest

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root.raw).decode()}\n"


class ForeignError(ValueError):
    """Raised for a note that none of the trusted keys signed, or that is of another journal."""


def parse_checkpoint(untrusted_text: str) -> Checkpoint:
    """The checkpoint that the text of a note holds.

    Raises:
        ValueError: it is not the text of a checkpoint, or has extension lines.
    """
    lines = untrusted_text.split("\n")
    if len(lines) != _LINES + 1 or lines[-1] != "" or lines[0] == "":
        raise ValueError("a checkpoint is three lines: origin, size and root")
    if _SIZE.fullmatch(lines[1]) is None:
        raise ValueError("the size of a checkpoint is a decimal number without leading zeros")
    try:
        root = Digest(base64.b64decode(lines[2].encode("ascii"), validate=True))
    except (binascii.Error, UnicodeEncodeError) as why:
        raise ValueError("the root of a checkpoint is written in base64") from why
    found = Checkpoint(lines[0], int(lines[1]), root)
    if found.text != untrusted_text:
        raise ValueError("the root of a checkpoint is written in canonical base64")
    return found


def open_checkpoint(untrusted_note: bytes, origin: str, keys: Sequence[VerifierKey]) -> Checkpoint:
    """The checkpoint of `origin` in a note that at least one of `keys` signed.

    Raises:
        ForeignError: it is of another origin, or none of `keys` signed it.
        ValueError: it is no checkpoint, or a signature under it does not hold.
    """
    note = parse_note(untrusted_note)
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != origin:
        raise ForeignError(f"it is a checkpoint of {checkpoint.origin}, not of {origin}")
    if len(signers(note, keys)) == 0:
        raise ForeignError("no key that is trusted here has signed it")
    return checkpoint


def checkpoint_path(folder: Path, size: int) -> Path:
    """Where the checkpoint of the first `size` events lies; `folder` is the journal's."""
    return folder / "checkpoints" / f"{size:012d}.note"


def checkpoint_sizes(folder: Path) -> tuple[int, ...]:
    """The sizes that checkpoints in the journal's `folder` go by, ascending."""
    names = (_NAME.fullmatch(path.name) for path in (folder / "checkpoints").iterdir())
    return tuple(sorted(int(name[1]) for name in names if name is not None))


def write_checkpoint(journal: Journal, key: SigningKey) -> Checkpoint:
    """Sign and keep a checkpoint of all events of `journal`; the key's name is the origin.

    Where there is one already, it is that one.

    Raises:
        IntegrityError: the journal contradicts its newest checkpoint; nothing is signed.
    """
    verifier = key.verifier()
    for size in checkpoint_sizes(journal.folder)[-1:]:
        _refuse_contradiction(journal, verifier, size)
    checkpoint = Checkpoint(verifier.name, journal.size, journal.root())
    path = checkpoint_path(journal.folder, checkpoint.size)
    if not path.exists():
        create_file(path, print_note(sign_note(checkpoint.text, key)))
    return checkpoint


def read_checkpoint(folder: Path, size: int) -> Note:
    """The note of the checkpoint of the first `size` events; its signatures are not checked.

    Raises:
        IntegrityError: there is none, or the file is no note.
    """
    try:
        return parse_note(checkpoint_path(folder, size).read_bytes())
    except (FileNotFoundError, ValueError) as why:
        raise IntegrityError(
            f"the checkpoint of {size} events cannot be read: {why}",
            next_step="Run 'muniment verify', and restore the file from a copy.",
        ) from why


def key_draft(key: VerifierKey, actor: str, tool: str) -> EventDraft:
    """The event, the first of every journal, that names the key of the case."""
    return EventDraft(event=_SIGNING, actor=actor, tool=tool, detail={"verifier_key": str(key)})


def checkpoint_draft(checkpoint: Checkpoint, actor: str, tool: str) -> EventDraft:
    """The event that says that `checkpoint` was signed; from then on its file must be there."""
    stated = {"root": checkpoint.root.hex, "size": checkpoint.size}
    return EventDraft(event=_SIGNING, actor=actor, tool=tool, detail={"checkpoint": stated})


def _refuse_contradiction(journal: Journal, key: VerifierKey, size: int) -> None:
    path = checkpoint_path(journal.folder, size)
    try:
        newest = open_checkpoint(path.read_bytes(), key.name, [key])
    except ValueError as why:
        raise _contradiction(size, str(why)) from why
    if newest.size != size:
        raise _contradiction(size, f"it is one of {newest.size} events")
    if size > journal.size:
        raise _contradiction(size, f"the journal holds {journal.size}")
    if journal.root(size) != newest.root:
        raise _contradiction(size, "the events of the journal are not those it was signed for")


def _contradiction(size: int, why: str) -> IntegrityError:
    return IntegrityError(
        f"nothing is signed, for the checkpoint of {size} events does not fit: {why}",
        next_step="Change nothing in the case folder, copy it, and run 'muniment verify'.",
    )
