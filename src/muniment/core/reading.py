"""What came of reading one object: the record that closes its parts.

- Each object is in exactly one state; `reason` says why for every state but `read` and `pending`.
- `emitted` counts children that came out, `failed` those that were announced or met and did not.
"""

from enum import StrEnum

import msgspec

from muniment.core.digest import Digest


class State(StrEnum):
    """What happened to an object."""

    READ = "read"
    EMPTY = "empty"  # in truth: there is nothing in it
    LOCKED = "locked"  # encrypted, and no key was at hand
    REFUSED = "refused"  # not tried, or stopped by a limit, with a reason
    UNREADABLE = "unreadable"  # tried; damaged or not understood
    PENDING = "pending"


class Reading(msgspec.Struct, frozen=True):
    """The outcome of one reader on one object.

    `parts` counts by kind of part; `parts_digest` is the SHA-256 of the encoded parts, so two
    readings with equal digests hold the same parts.
    """

    digest: Digest
    size: int
    media_type: str
    reader: str
    reader_version: int
    state: State
    reason: str
    parts: tuple[tuple[str, int], ...]
    announced: int
    emitted: int
    failed: int
    parts_digest: Digest
