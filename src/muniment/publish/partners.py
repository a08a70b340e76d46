"""The logs that partners handed over, kept whole beside our own.

    vault/partners/<SHA-256 of the verifier key's text form>/
      verifier.key                                  the key, as it was told to us
      000000000140-<digest of tagmanifest-sha256.txt>/   everything of one bag but its objects

- A partner's log is only ever shown to us growing. The newest that was kept is the measure: a new
  one of the same key must hold it as its beginning, or it is refused, and what is kept stays.
- Folders appear in one rename, whole; none is ever changed or removed. What a kill left half is
  removed by the next import, which holds the case alone.
- Nothing in here is run, and no name of a partner becomes a path: folders are named by hashes.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from muniment.core import Digest, IntegrityError, UsageError, digest_of
from muniment.vault import Checkpoint, VerifierKey, open_checkpoint
from muniment.vault.merkle import CompactRange, leaf_hash
from muniment.vault.proofs import check_consistency, parse_consistency_proof
from muniment.vault.segments import read_lines

KEY_FILE = "verifier.key"
_READ_ONLY = 0o444
_PAYLOAD = "data"


class ForeignBag(msgspec.Struct, frozen=True):
    """A bag that was verified with `key`: where it lies and what its checkpoint says."""

    folder: Path
    key: VerifierKey
    checkpoint: Checkpoint
    tags: Digest  # of tagmanifest-sha256.txt

    @property
    def holds_whole_log(self) -> bool:
        """Whether all events are in it, and not a selection with proofs."""
        return not (self.folder / "custody" / "proofs").exists()


def partner_folder(vault: Path, key: VerifierKey) -> Path:
    """Where what a partner with that key handed over is kept."""
    return vault / "partners" / digest_of(str(key).encode()).hex


def checkpoint_of(folder: Path, key: VerifierKey) -> Checkpoint:
    """The last checkpoint in a bag's folder.

    Raises:
        ValueError: there is none that `key` signed.
    """
    notes = sorted((folder / "custody" / "checkpoints").glob("*.note"))
    if len(notes) == 0:
        raise ValueError("no checkpoint")
    return open_checkpoint(notes[-1].read_bytes(), key.name, [key])


def newest_kept(vault: Path, key: VerifierKey) -> Checkpoint | None:
    """The largest checkpoint of a partner's log that is kept; None where nothing is.

    Raises:
        IntegrityError: what is kept cannot be read any more.
    """
    folder = partner_folder(vault, key)
    names = sorted(path.name for path in folder.glob("[0-9]*-*")) if folder.is_dir() else []
    if len(names) == 0:
        return None
    try:
        return checkpoint_of(folder / names[-1], key)
    except (ValueError, OSError) as why:
        raise IntegrityError(
            f"the partner's log kept in {folder.name}/{names[-1]} is damaged: {why}",
            next_step="restore it from a copy of the case; until then nothing of it is compared",
        ) from why


def refuse_other_history(vault: Path, bag: ForeignBag) -> Checkpoint | None:
    """Compare the bag's log with what was kept of it; comes back with that, None for the first.

    Raises:
        IntegrityError: a rollback (it is shorter), a fork (another history), or no proof of either.
    """
    kept = newest_kept(vault, bag.key)
    if kept is None:
        return None
    new = bag.checkpoint
    if new.size < kept.size:
        raise _refused(
            f"a rollback: {new.size} events, after {kept.size} had been shown",
            "ask the sender for a bag of today; if they have none, their log was set back",
        )
    if new.size == kept.size:
        holds = new.root == kept.root
    elif bag.holds_whole_log:
        holds = _root_of_first(bag.folder, kept.size) == kept.root
    else:
        holds = _proved(bag, kept)
    if not holds:
        raise _refused(
            f"a fork: its first {kept.size} events are not those that were shown before",
            "keep both, tell the sender, and compare their log with other partners' copies",
        )
    return kept


def keep(vault: Path, bag: ForeignBag) -> Path:
    """Keep everything of the bag but its objects; comes back with the folder.

    The same bag twice is kept once. Nothing of it is durable before this returns.

    Raises:
        IntegrityError: a file changed since it was verified.
    """
    home = partner_folder(vault, bag.key)
    home.mkdir(parents=True, exist_ok=True)
    if not (home / KEY_FILE).exists():
        _write(home / KEY_FILE, iter([f"{bag.key}\n".encode()]))
    target = home / f"{bag.checkpoint.size:012d}-{bag.tags.hex}"
    if target.exists():
        return target
    for left_by_a_kill in home.glob(".growing-*"):
        shutil.rmtree(left_by_a_kill)
    growing = Path(tempfile.mkdtemp(prefix=".growing-", dir=home))
    try:
        _copy_checked(bag, growing)
        growing.rename(target)
    except BaseException:
        shutil.rmtree(growing, ignore_errors=True)
        raise
    _sync(home)
    return target


def _copy_checked(bag: ForeignBag, growing: Path) -> None:
    """Copy each tag file, holding it to the tag manifest that the seal covers."""
    manifest = (bag.folder / "tagmanifest-sha256.txt").read_bytes()
    if digest_of(manifest) != bag.tags:
        raise _changed("tagmanifest-sha256.txt")
    for line in manifest.decode("ascii").splitlines():
        digest, _, path = line.partition("  ")
        if _write(growing / path, _chunks(bag.folder / path)).hex != digest:
            raise _changed(path)
    for path in ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt", "seal.note"):
        _write(growing / path, _chunks(bag.folder / path))


def _root_of_first(folder: Path, size: int) -> Digest | None:
    """The root of the first `size` events of a whole log; None where there are fewer."""
    tree = CompactRange()
    for path in sorted((folder / "custody" / "events").glob("events-*.jsonl")):
        for line in read_lines(path):
            if tree.size == size:
                return Digest(tree.root())
            tree.extend(leaf_hash(line.removesuffix(b"\n")))
    return Digest(tree.root()) if tree.size == size else None


def _proved(bag: ForeignBag, kept: Checkpoint) -> bool:
    """Whether the bag proves that its log grew from `kept`.

    Raises:
        IntegrityError: there is no such proof, or it shows nothing.
    """
    path = bag.folder / "custody" / "consistency" / f"{kept.size:012d}.json"
    try:
        proof = parse_consistency_proof(path.read_bytes())
    except (OSError, ValueError) as why:
        raise _refused(
            f"it holds no proof that its log grew from the {kept.size} events shown before",
            "ask the sender for the whole log, or for a selection that has that proof",
        ) from why
    return check_consistency(proof, bag.key.name, [bag.key]) == (kept, bag.checkpoint)


def _refused(why: str, next_step: str) -> IntegrityError:
    return IntegrityError(f"the partner's log is refused: {why}", next_step=next_step)


def _changed(path: str) -> IntegrityError:
    return IntegrityError(
        f"{path} changed after it was verified", next_step="copy the bag to a disk of yours first"
    )


def _chunks(path: Path) -> Iterator[bytes]:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with open(handle, "rb") as file:
        while (chunk := file.read(1 << 20)) != b"":
            yield chunk


def _write(path: Path, chunks: Iterator[bytes]) -> Digest:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _READ_ONLY)
    sums = hashlib.sha256()
    with open(handle, "wb") as file:
        for chunk in chunks:
            sums.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Digest(sums.digest())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def told_key(vault: Path, origin: str) -> UsageError:
    """The refusal of a bag whose key nobody has told us."""
    known = sorted(path.read_text() for path in (vault / "partners").glob(f"*/{KEY_FILE}"))
    hint = f"; keys known here: {', '.join(known)}" if len(known) > 0 else ""
    return UsageError(
        f"nobody has told this case the key of {origin}",
        next_step=f"ask the sender for it by telephone and give it{hint}",
    )
