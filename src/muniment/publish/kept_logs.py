"""Checks the partners' logs that a case keeps, without the sender and without the objects.

- Nothing is raised for what a file holds: each thing that is wrong is one `Unkept`.
- A folder is right where its name is the digest of its tag manifest, each tag file is as listed,
  and the seal over the manifest is by the key that was told.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from muniment.core import digest_of
from muniment.publish.partners import KEY_FILE, checkpoint_of
from muniment.publish.seal import sealed_text
from muniment.vault import VerifierKey, digest_of_file, parse_verifier_key
from muniment.vault.note import parse_note, signers


class Unkept(msgspec.Struct, frozen=True):
    """A kept thing that is not as it was kept: where below `vault/partners`, and why."""

    where: str
    why: str


def check_kept_logs(vault: Path) -> Iterator[Unkept]:
    """Everything that is wrong with the logs below `vault/partners`."""
    for home in sorted((vault / "partners").glob("[0-9a-f]*")):
        try:
            key = parse_verifier_key((home / KEY_FILE).read_text(encoding="utf-8").strip())
        except (OSError, ValueError) as why:
            yield Unkept(f"{home.name}/{KEY_FILE}", str(why))
            continue
        if digest_of(str(key).encode()).hex != home.name:
            yield Unkept(f"{home.name}/{KEY_FILE}", "the folder is not named by this key")
        for folder in sorted(home.glob("[0-9]*-*")):
            yield from _check_folder(folder, key)


def _check_folder(folder: Path, key: VerifierKey) -> Iterator[Unkept]:
    where = f"{folder.parent.name}/{folder.name}"
    try:
        tags = digest_of_file(folder / "tagmanifest-sha256.txt")
        checkpoint = checkpoint_of(folder, key)
        if folder.name != f"{checkpoint.size:012d}-{tags.hex}":
            yield Unkept(where, "it is not named by its checkpoint and its tag manifest")
        note = parse_note((folder / "seal.note").read_bytes())
        if note.text != sealed_text(key.name, tags) or len(signers(note, [key])) == 0:
            yield Unkept(f"{where}/seal.note", "it does not seal what is kept here")
        yield from _check_files(folder, where)
    except (OSError, ValueError) as why:
        yield Unkept(where, str(why))


def _check_files(folder: Path, where: str) -> Iterator[Unkept]:
    for line in (folder / "tagmanifest-sha256.txt").read_text(encoding="ascii").splitlines():
        digest, _, path = line.partition("  ")
        try:
            found = digest_of_file(folder / path).hex
        except OSError as why:
            yield Unkept(f"{where}/{path}", str(why.strerror))
            continue
        if found != digest:
            yield Unkept(f"{where}/{path}", "its bytes are not those that were sealed")
