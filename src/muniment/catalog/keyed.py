"""Which keys a reading had: a small file beside its parts, `abcd….keys`.

    {"keys":["<id>", …],"parts_digest":"<64 hex>"}

- It counts only beside the parts that it names; without it a reading had no keys.
- It appears before the parts do, so parts that keys opened are never taken for others.
"""

import os
from pathlib import Path

import msgspec

from muniment.core import Digest


class Keyed(msgspec.Struct, frozen=True):
    """The ids of the keys that a reading had, and the digest of its parts."""

    key_ids: tuple[str, ...]
    parts_digest: Digest


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    keys: tuple[str, ...]
    parts_digest: str


def write_keyed(part_file: Path, keyed: Keyed) -> None:
    """Note beside a part file that is about to appear which keys its reading had."""
    path = part_file.with_suffix(".keys")
    if len(keyed.key_ids) == 0:
        path.unlink(missing_ok=True)
        return
    partial = path.with_suffix(".keys-partial")
    partial.write_bytes(msgspec.json.encode(_Line(keyed.key_ids, keyed.parts_digest.hex)))
    os.replace(partial, path)


def read_keyed(part_file: Path, parts_digest: Digest) -> tuple[str, ...]:
    """The ids of the keys that the reading with these parts had."""
    try:
        line = msgspec.json.decode(part_file.with_suffix(".keys").read_bytes(), type=_Line)
    except (FileNotFoundError, msgspec.MsgspecError):
        return ()  # a projection: what is damaged is made again by reading again
    return line.keys if line.parts_digest == parts_digest.hex else ()
