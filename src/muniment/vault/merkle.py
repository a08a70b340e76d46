"""The Merkle tree of RFC 9162 §2.1: roots, inclusion proofs, consistency proofs.

    leaf hash   SHA-256(0x00 ‖ data)             node hash   SHA-256(0x01 ‖ left ‖ right)
    the root of the empty tree is SHA-256 of nothing; a tree of n > 1 leaves splits after the
    largest power of two below n

- A hash is 32 bytes; runs of leaf hashes are handed over end to end in one `bytes`.
- Making a proof needs only the roots of stretches of leaves, so leaves may stay on disk.
- Checking a proof never raises: a proof holds or it does not.
"""

import hashlib
from collections.abc import Callable, Sequence

HASH_SIZE = 32  # bytes
EMPTY_ROOT = hashlib.sha256(b"").digest()

StretchRoot = Callable[[int, int], bytes]  # (start, stop) -> root of the leaves in between


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf (RFC 9162 §2.1.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (RFC 9162 §2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class CompactRange:
    """The tree of the leaves seen so far, as the roots of its perfect subtrees.

    Holds one hash for each bit set in `size`, largest subtree first; adding a leaf costs
    O(log n) hashes at most and O(1) on average.
    """

    def __init__(self) -> None:
        self._size = 0
        self._roots: list[bytes] = []

    @property
    def size(self) -> int:
        """How many leaves have been added."""
        return self._size

    def root(self) -> bytes:
        """The root of the tree of all leaves added."""
        if len(self._roots) == 0:
            return EMPTY_ROOT
        root = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            root = node_hash(left, root)
        return root

    def extend(self, leaves: bytes) -> None:
        """Add leaf hashes, given end to end.

        Raises:
            ValueError: the length is not a multiple of 32.
        """
        count, rest = divmod(len(leaves), HASH_SIZE)
        if rest != 0:
            raise ValueError("leaf hashes have 32 bytes each")
        done = 0
        while done < count:
            height = (count - done).bit_length() - 1
            if self._size != 0:
                # A subtree of 2^h leaves can only begin at a multiple of 2^h.
                height = min(height, (self._size & -self._size).bit_length() - 1)
            stop = done + (1 << height)
            self._push(_perfect_root(leaves[done * HASH_SIZE : stop * HASH_SIZE]), height)
            done = stop

    def _push(self, root: bytes, height: int) -> None:
        self._size += 1 << height
        carry = self._size - (1 << height)
        while (carry >> height) & 1 == 1:
            root = node_hash(self._roots.pop(), root)
            height += 1
        self._roots.append(root)


def _perfect_root(level: bytes) -> bytes:
    """The root over a power of two of hashes, given end to end."""
    sha256 = hashlib.sha256
    while len(level) > HASH_SIZE:
        pairs = range(0, len(level), 2 * HASH_SIZE)
        level = b"".join([sha256(b"\x01" + level[at : at + 64]).digest() for at in pairs])
    return level


def root_of(leaves: bytes) -> bytes:
    """The root of the tree whose leaf hashes are given end to end."""
    tree = CompactRange()
    tree.extend(leaves)
    return tree.root()


def _split(size: int) -> int:
    """The largest power of two smaller than `size` (> 1)."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(index: int, size: int, root: StretchRoot) -> tuple[bytes, ...]:
    """PATH(index, D[size]) of RFC 9162 §2.1.3.1, lowest node first.

    Raises:
        ValueError: there is no leaf `index` in a tree of `size` leaves.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    path: list[bytes] = []
    start, stop = 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(root(middle, stop))
            stop = middle
        else:
            path.append(root(start, middle))
            start = middle
    return tuple(reversed(path))


def consistency_proof(old: int, new: int, root: StretchRoot) -> tuple[bytes, ...]:
    """PROOF(old, D[new]) of RFC 9162 §2.1.4.1; empty where old is 0 or equal to new.

    Raises:
        ValueError: `old` is larger than `new`, or negative.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves never had {old}")
    if old in (0, new):
        return ()
    proof: list[bytes] = []
    start, stop, whole = 0, new, True
    while old != stop:
        middle = start + _split(stop - start)
        if old <= middle:
            proof.append(root(middle, stop))
            stop = middle
        else:
            proof.append(root(start, middle))
            start, whole = middle, False
    if not whole:
        proof.append(root(start, stop))
    return tuple(reversed(proof))


def inclusion_holds(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether `proof` shows that leaf hash `leaf` is leaf `index` (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    sides = _sides(index, size - 1, len(proof))
    if sides is None:
        return False
    found = leaf
    for on_left, step in zip(sides, proof, strict=True):
        found = node_hash(step, found) if on_left else node_hash(found, step)
    return found == root


def consistency_holds(
    old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether `proof` shows that the old tree is the beginning of the new (RFC 9162 §2.1.4.2).

    The empty tree is the beginning of every tree, and needs an empty proof.
    """
    if not 0 <= old <= new:
        return False
    if old in (0, new):
        return len(proof) == 0 and old_root == (new_root if old == new else EMPTY_ROOT)
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    whole = ((old - 1) ^ old).bit_length() - 1  # levels on which the old tree is complete
    sides = _sides((old - 1) >> whole, (new - 1) >> whole, len(steps) - 1)
    if sides is None:
        return False
    found_old = found_new = steps[0]
    for on_left, step in zip(sides, steps[1:], strict=True):
        found_new = node_hash(step, found_new) if on_left else node_hash(found_new, step)
        found_old = node_hash(step, found_old) if on_left else found_old
    return found_old == old_root and found_new == new_root


def _sides(node: int, last: int, steps: int) -> list[bool] | None:
    """Whether each step of a proof stands on the left; None where that many do not reach the root.

    `node` is a position on some level of the tree, and `last` the last position on that level.
    """
    sides: list[bool] = []
    while last > 0 and len(sides) <= steps:
        on_left = node & 1 == 1 or node == last
        if on_left:
            # Where a node is the last and has no sibling it moves up unchanged.
            while node & 1 == 0:
                node, last = node >> 1, last >> 1
        sides.append(on_left)
        node, last = node >> 1, last >> 1
    return sides if len(sides) == steps else None
