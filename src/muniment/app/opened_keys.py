"""Which passwords open an object whose pages are to be drawn: those on record, where they are held.

- Without the passphrase of the signing key nothing that is locked is shown, and nothing else is
  missing.
"""

from collections.abc import Callable
from pathlib import Path

from muniment.app.session import passphrase
from muniment.catalog import Ledger, keys_of
from muniment.core import Digest, Error, Secret
from muniment.vault import Case, KeyRing, load_signing_key


def secrets_of(
    case: Case, ledger: Ledger, passphrase_file: Path | None
) -> Callable[[Digest], tuple[Secret, ...]]:
    """What gives the passwords on record of an object."""

    def found(digest: Digest) -> tuple[Secret, ...]:
        names = keys_of(ledger, digest)
        if len(names) == 0:
            return ()
        try:
            secret = passphrase(passphrase_file)
            ring = KeyRing(
                case.key_ring_folder, load_signing_key(case.key_path, case.header.origin, secret)
            )
            return ring.secrets(name for name in names if ring.has(name))
        except (Error, OSError):
            return ()  # no key, or under a passphrase that was not given: it stays locked

    return found
