"""What the case's key signs of a bag: its tag manifest, and with it every other file.

    muniment-transfer-bag v1
    <origin>
    <SHA-256 of tagmanifest-sha256.txt, hex>

- The first line is no origin of a case, so a seal can never be taken for a checkpoint.
"""

from muniment.core import Digest
from muniment.vault import SigningKey
from muniment.vault.note import print_note, sign_note

_FIRST_LINE = "muniment-transfer-bag v1"


def sealed_text(origin: str, tags: Digest) -> str:
    """The text that is signed; `tags` is the digest of `tagmanifest-sha256.txt`."""
    return f"{_FIRST_LINE}\n{origin}\n{tags.hex}\n"


def seal(origin: str, tags: Digest, key: SigningKey) -> bytes:
    """The bytes of `seal.note`."""
    return print_note(sign_note(sealed_text(origin, tags), key))
