"""Which candidates were tried on which object, so that none is tried twice in vain.

    work/tried/ab/abcd…    8 bytes a candidate

- A candidate is remembered by a keyed hash of it with the object and the reader that tried it: the
  file says nothing of the passwords, and a newer reader tries them again.
- A projection: deleting it costs time, nothing else.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from muniment.core import Digest, Secret

_SIZE = 8  # bytes; among a million tried, one in 2^44 new ones is taken for one of them
_MOST = 1 << 20  # candidates remembered of an object


def tried_on(work: Path, digest: Digest) -> int:
    """How many candidates were tried on an object, by any reader."""
    try:
        return _path(work, digest).stat().st_size // _SIZE
    except OSError:
        return 0


def _path(work: Path, digest: Digest) -> Path:
    return work / "tried" / digest.hex[:2] / digest.hex


class Memory:
    """What was tried on one object; `key` is 32 secret bytes of the case."""

    def __init__(self, work: Path, digest: Digest, reader: str, key: bytes) -> None:
        self._path = _path(work, digest)
        self._about = f"{digest.hex} {reader} ".encode()
        self._key = key
        data = self._path.read_bytes() if self._path.exists() else b""
        self._known = {data[at : at + _SIZE] for at in range(0, len(data) - _SIZE + 1, _SIZE)}

    def knows(self, secret: Secret) -> bool:
        """Whether this one was tried."""
        return self._mark(secret) in self._known

    def remember(self, secrets: Iterable[Secret]) -> None:
        """Note that these were tried."""
        new = {self._mark(secret) for secret in secrets} - self._known
        if len(self._known) + len(new) > _MOST:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        whole = len(self._known) * _SIZE
        with self._path.open("r+b" if self._path.exists() else "x+b") as file:
            file.seek(whole)  # over what a kill cut off
            file.write(b"".join(sorted(new)))
            file.truncate()
        self._known |= new

    def _mark(self, secret: Secret) -> bytes:
        message = self._about + secret.text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(message, key=self._key, digest_size=_SIZE).digest()
