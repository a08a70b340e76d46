"""The SHA-256 of a file as it lies on disk."""

import hashlib
from pathlib import Path

from muniment.core import Digest


def digest_of_file(path: Path) -> Digest:
    """The SHA-256 of a file, read in passing.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return Digest(hashlib.file_digest(file, "sha256").digest())
