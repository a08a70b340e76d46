"""Random streams: one for each subject, so that a new document kind does not reshuffle the people.

Invariants:

- the same seed and subject give the same stream on every machine and Python version from 3.11
  (Mersenne Twister seeded by an integer, which the standard library promises to keep stable);
- two subjects never share a stream: the seed is a digest of length-prefixed fields.
"""

import hashlib
import random


def stream(seed: int, *subject: str | int) -> random.Random:
    """The random stream that belongs to one subject, for example `stream(7, "portrait", 12)`."""
    digest = hashlib.sha256()
    for field in (seed, *subject):
        encoded = str(field).encode()
        digest.update(len(encoded).to_bytes(4, "big") + encoded)
    # Repeatable noise for an invented county; nothing secret hangs on it.
    return random.Random(int.from_bytes(digest.digest(), "big"))  # noqa: S311
