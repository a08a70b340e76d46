"""Makes a new case: built beside its place, and moved there whole.

- A kill at any moment leaves either no case or a whole one, and perhaps a hidden folder beside it
  that nothing refers to.
- The first event names the case's own key; the first checkpoint covers it.
"""

import os
import shutil
from pathlib import Path

import msgspec

from muniment.core import UsageError
from muniment.vault.case import HEADER_NAME, LOCK_NAME, Header, header_bytes
from muniment.vault.checkpoint import key_draft, write_checkpoint
from muniment.vault.durable import create_file, sync_folder
from muniment.vault.journal import Clock, Journal
from muniment.vault.keys import VerifierKey, create_signing_key
from muniment.vault.objects import ObjectStore


class Founding(msgspec.Struct, frozen=True):
    """What a case starts with; the passphrase encrypts its signing key."""

    header: Header
    actor: str
    tool: str
    clock: Clock
    passphrase: str | None = None


def create_case(folder: Path, founding: Founding) -> VerifierKey:
    """Make the case; the key by which its checkpoints are checked.

    Raises:
        UsageError: there is something at `folder`, or its parent is no folder.
    """
    folder = folder.absolute()
    _refuse_what_is_there(folder)
    build = folder.parent / f".{folder.name}.{founding.header.case}.new"
    build.mkdir(mode=0o700)
    try:
        key = _build(build, founding)
        os.rename(build, folder)  # replaces an empty folder, and nothing else
    except BaseException:
        shutil.rmtree(build, ignore_errors=True)
        raise
    sync_folder(folder.parent)
    return key


def _build(build: Path, founding: Founding) -> VerifierKey:
    raw = header_bytes(founding.header)
    create_file(build / HEADER_NAME, raw)
    create_file(build / LOCK_NAME, b"")
    for name in ("keys", "vault", "work"):
        (build / name).mkdir()
    (build / "keys").chmod(0o700)
    key = create_signing_key(
        build / "keys" / "signing.pem", founding.header.origin, founding.passphrase
    )
    ObjectStore(build / "vault").create()
    with Journal.create(build / "vault" / "journal", raw, founding.clock) as journal:
        journal.append([key_draft(key.verifier(), founding.actor, founding.tool)])
        write_checkpoint(journal, key)
    return key.verifier()


def _refuse_what_is_there(folder: Path) -> None:
    if not folder.parent.is_dir():
        raise UsageError(
            f"{folder.parent} is not a folder", next_step="make it first, or name another place"
        )
    if folder.is_symlink() or folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise UsageError(
            f"{folder} is there already and is not empty",
            next_step="name a new folder; a case is never made over something else",
        )
