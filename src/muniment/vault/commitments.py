"""Salted commitments: one value can be shown to be what was received, without showing another.

    leaf    SHA-256(0x00 ‖ salt ‖ SHA-256(path) ‖ canonical JSON of the value)
    salt    first 16 bytes of HMAC-SHA-256(key of the record, path)
    decoy   HMAC-SHA-256(key of the record, 0xFF ‖ its number as four bytes), in place of a leaf
    record  root (RFC 9162 §2.1) of its leaves in the order of the schema, filled with decoys up to
            a power of two
    object  root (RFC 9162 §2.1) of the records, each the leaf SHA-256(0x00 ‖ root of the record)

- A record is a table row, a text span, a metadata entry; a path names a value within its record.
- Nothing is learnt of a value that is not opened, not even by trying all that it could be: that
  would take its salt, which nobody can guess (128 bits).
- How many values a record has is hidden within a factor of two.
- Memory does not grow with the number of records. Drawn in docs/formats/commitments.md.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from itertools import islice
from json.encoder import encode_basestring
from typing import Any, Literal

import msgspec

from muniment.core import Digest, IntegrityError, PolicyError, UsageError, canonical_json
from muniment.vault.event import hex_digest
from muniment.vault.merkle import (
    HASH_SIZE,
    CompactRange,
    inclusion_holds,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
)
from muniment.vault.salts import KEY_SIZE, SHREDDED, Salts

Value = tuple[str, Any]  # its path within the record, and what canonical JSON can spell
Record = Sequence[Value]

_SALT_SIZE = 16  # bytes
_BLOCK = 4_096  # records at once
_PATHS = 65_536  # hashes of paths that are remembered
_WIDEST = 2**20  # leaves of a record


class Commitment(msgspec.Struct, frozen=True):
    """The root over so many records."""

    records: int
    root: Digest


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """One value, and what shows that it is the one committed to.

    `leaf` of `leaves` is its place in the record, `record` of `records` the record's place.
    """

    path: str
    value: Any
    salt: bytes
    leaf: int
    leaves: int
    leaf_nodes: tuple[Digest, ...]
    record: int
    records: int
    record_nodes: tuple[Digest, ...]


def commit(salts: Salts, records: Iterable[Record], *, durable: bool = True) -> Commitment:
    """Commit to `records`, with keys made for those that are new.

    Durable on return, unless the caller says that it makes many objects durable at once.

    Where a key was destroyed, the root that was kept stands for the record.

    Raises:
        ValueError: a value has no canonical JSON, or two values of a record have one path.
        IntegrityError: a record is not the one that was committed to before.
    """
    tree = CompactRange()
    paths: dict[str, tuple[bytes, bytes]] = {}
    stream = iter(records)
    while len(block := list(islice(stream, _BLOCK))) > 0:
        start = tree.size
        keys = salts.keys(start, start + len(block))
        kept = salts.roots(start, start + len(block))
        roots: list[bytes] = []
        for number, record in enumerate(block):
            key = keys[number * KEY_SIZE : (number + 1) * KEY_SIZE]
            if key == SHREDDED:
                roots.append(kept[number * HASH_SIZE : (number + 1) * HASH_SIZE])
            else:
                roots.append(root_of(b"".join(_leaves(key, record, paths))))
        salts.keep_roots(start, b"".join(roots))
        tree.extend(b"".join([leaf_hash(root) for root in roots]))
    if tree.size < salts.committed:
        raise IntegrityError(
            f"{tree.size} records came out where {salts.committed} were committed to",
            next_step="Read the object with the same version of the same reader.",
        )
    if durable:
        salts.sync()
    return Commitment(tree.size, Digest(tree.root()))


def open_value(salts: Salts, number: int, record: Record, path: str) -> Opening:
    """What shows that the value at `path` of record `number`, which is `record`, was committed to.

    Raises:
        UsageError: the record has no such value, or was not committed to.
        PolicyError: the key of the record was destroyed; nobody can open it again.
        IntegrityError: `record` is not the one that was committed to.
    """
    key = salts.key(number)
    if key == SHREDDED:
        raise PolicyError(
            f"the key of record {number} was destroyed",
            next_step="Publish without this value; there is no way to show it.",
        )
    leaf = next((at for at, (name, _) in enumerate(record) if name == path), -1)
    if leaf < 0 or number >= salts.committed:
        raise UsageError(
            f"record {number} has no value {path!r} that was committed to",
            next_step="Name a path of the record as it was committed to.",
        )
    leaves = _leaves(key, record, {})
    if root_of(b"".join(leaves)) != salts.roots(number, number + 1):
        raise IntegrityError(
            f"record {number} is not the one that was committed to",
            next_step="Read the object with the same version of the same reader.",
        )
    within = inclusion_proof(leaf, len(leaves), lambda a, b: root_of(b"".join(leaves[a:b])))
    among = inclusion_proof(number, salts.committed, lambda a, b: _stretch_root(salts, a, b))
    return Opening(
        path=path,
        value=record[leaf][1],
        salt=_salt(key, path.encode()),
        leaf=leaf,
        leaves=len(leaves),
        leaf_nodes=tuple(Digest(node) for node in within),
        record=number,
        records=salts.committed,
        record_nodes=tuple(Digest(node) for node in among),
    )


def opening_holds(opening: Opening, commitment: Commitment) -> bool:
    """Whether `opening` shows its value to be one of those committed to."""
    if opening.records != commitment.records or not 0 < opening.leaves <= _WIDEST:
        return False
    try:
        hashed = hashlib.sha256(opening.path.encode()).digest()
        found = leaf_hash(opening.salt + hashed + canonical_json(opening.value))
    except ValueError:
        return False
    if len(opening.salt) != _SALT_SIZE:
        return False
    root = _climb(found, opening)
    return root is not None and inclusion_holds(
        leaf_hash(root),
        opening.record,
        opening.records,
        [node.raw for node in opening.record_nodes],
        commitment.root.raw,
    )


def print_opening(opening: Opening) -> bytes:
    """The bytes of an opening file: canonical JSON."""
    return canonical_json(
        {
            "format": "muniment-opening",
            "leaf": opening.leaf,
            "leaf_nodes": [node.hex for node in opening.leaf_nodes],
            "leaves": opening.leaves,
            "path": opening.path,
            "record": opening.record,
            "record_nodes": [node.hex for node in opening.record_nodes],
            "records": opening.records,
            "salt": opening.salt.hex(),
            "value": opening.value,
            "version": 1,
        }
    )


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: Literal["muniment-opening"]
    leaf: int
    leaf_nodes: list[str]
    leaves: int
    path: str
    record: int
    record_nodes: list[str]
    records: int
    salt: str
    value: Any
    version: Literal[1]


def parse_opening(untrusted: bytes) -> Opening:
    """The opening in a file; not checked yet.

    Raises:
        ValueError: the file is not one that `print_opening` writes.
    """
    try:
        file = msgspec.json.decode(untrusted, type=_File)
        opening = Opening(
            path=file.path,
            value=file.value,
            salt=bytes.fromhex(file.salt),
            leaf=file.leaf,
            leaves=file.leaves,
            leaf_nodes=tuple(hex_digest(node) for node in file.leaf_nodes),
            record=file.record,
            records=file.records,
            record_nodes=tuple(hex_digest(node) for node in file.record_nodes),
        )
        canonical = print_opening(opening)
    except RecursionError as why:
        raise ValueError("nested too deeply") from why
    if canonical != untrusted:
        raise ValueError("not the canonical JSON of what it says")
    return opening


def _leaves(key: bytes, record: Record, paths: dict[str, tuple[bytes, bytes]]) -> list[bytes]:
    """The leaves of a record: one a value, then decoys; `paths` remembers hashes of paths."""
    sha256, digest = hashlib.sha256, hmac.digest
    leaves: list[bytes] = []
    for path, value in record:
        known = paths.get(path)
        if known is None:
            name = path.encode()
            known = (name, sha256(name).digest())
            if len(paths) < _PATHS:
                paths[path] = known
        salt = digest(key, known[0], "sha256")[:_SALT_SIZE]
        leaves.append(sha256(b"\x00" + salt + known[1] + _canonical(value)).digest())
    if len({path for path, _ in record}) != len(record):
        raise ValueError("two values of a record have one path")
    decoys = (1 << max(len(leaves) - 1, 0).bit_length()) - len(leaves)
    numbers = (number.to_bytes(4, "big") for number in range(decoys))
    # 0xFF begins no path: it is in no UTF-8 text.
    return leaves + [digest(key, b"\xff" + number, "sha256") for number in numbers]


def _salt(key: bytes, path: bytes) -> bytes:
    return hmac.digest(key, path, "sha256")[:_SALT_SIZE]


def _canonical(value: Any) -> bytes:
    # What canonical_json writes of a string, without its cost, which would be half of all.
    if type(value) is str:
        return encode_basestring(value).encode()
    return canonical_json(value)


def _climb(found: bytes, opening: Opening) -> bytes | None:
    """The root that the leaf leads to within its record; None where the proof does not fit."""
    height = opening.leaves.bit_length() - 1
    if opening.leaves != 1 << height or len(opening.leaf_nodes) != height:
        return None
    if not 0 <= opening.leaf < opening.leaves:
        return None
    for level, node in enumerate(opening.leaf_nodes):
        on_left = (opening.leaf >> level) & 1 == 1
        found = node_hash(node.raw, found) if on_left else node_hash(found, node.raw)
    return found


def _stretch_root(salts: Salts, start: int, stop: int) -> bytes:
    """The root over the records from `start` to `stop`, from the roots that were kept."""
    tree = CompactRange()
    for at in range(start, stop, _BLOCK):
        roots = salts.roots(at, min(stop, at + _BLOCK))
        pieces = range(0, len(roots), HASH_SIZE)
        tree.extend(b"".join([leaf_hash(roots[piece : piece + HASH_SIZE]) for piece in pieces]))
    return tree.root()
