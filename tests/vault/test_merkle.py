"""The tree is the tree of RFC 9162, whatever way the leaves come in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from muniment.vault.merkle import (
    EMPTY_ROOT,
    CompactRange,
    StretchRoot,
    consistency_holds,
    consistency_proof,
    inclusion_holds,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
)

# The eight leaves and their roots are those of the Certificate Transparency test suite
# (google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc).
DATA = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(data) for data in DATA]

leaf_lists = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=130)


def stretch(leaves: list[bytes]) -> StretchRoot:
    return lambda start, stop: root_of(b"".join(leaves[start:stop]))


def recursive_root(leaves: list[bytes]) -> bytes:
    """The definition of RFC 9162 §2.1.1, word for word."""
    if len(leaves) == 0:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(recursive_root(leaves[:split]), recursive_root(leaves[split:]))


def test_the_published_roots_come_out() -> None:
    for size, root in enumerate(ROOTS):
        assert root_of(b"".join(LEAVES[:size])).hex() == root


def test_the_published_proofs_come_out() -> None:
    assert [node.hex() for node in inclusion_proof(0, 8, stretch(LEAVES))] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [node.hex() for node in consistency_proof(6, 8, stretch(LEAVES))] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        ROOTS[4],
    ]
    assert [node.hex() for node in consistency_proof(2, 5, stretch(LEAVES))] == [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]


def test_pymerkle_makes_the_same_roots_and_inclusion_proofs() -> None:
    other = InmemoryTree(algorithm="sha256")
    for data in DATA:
        other.append_entry(data)
    for size in range(1, 9):
        assert root_of(b"".join(LEAVES[:size])) == other.get_root(size)
        for index in range(size):
            path = other.prove_inclusion(index + 1, size).serialize()["path"]
            ours = [node.hex() for node in inclusion_proof(index, size, stretch(LEAVES))]
            assert ours == path[1:]  # pymerkle repeats the leaf itself in front


@given(leaf_lists, st.data())
def test_leaves_in_any_portions_give_the_root_of_the_definition(
    leaves: list[bytes], data: st.DataObject
) -> None:
    tree = CompactRange()
    done = 0
    while done < len(leaves):
        stop = data.draw(st.integers(done + 1, len(leaves)))
        tree.extend(b"".join(leaves[done:stop]))
        done = stop
    assert tree.size == len(leaves)
    assert tree.root() == recursive_root(leaves)


@given(leaf_lists, st.data())
def test_a_true_inclusion_proof_holds_and_any_change_of_it_does_not(
    leaves: list[bytes], data: st.DataObject
) -> None:
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1))
    root = recursive_root(leaves)
    proof = inclusion_proof(index, size, stretch(leaves))
    assert inclusion_holds(leaves[index], index, size, proof, root)
    assert not inclusion_holds(b"x" * 32, index, size, proof, root)
    assert not inclusion_holds(leaves[index], index, size, (*proof, root), root)
    assert not inclusion_holds(leaves[index], size, size, proof, root)
    assert not inclusion_holds(leaves[index], -1, size, proof, root)
    for at in range(len(proof)):
        changed = (*proof[:at], b"x" * 32, *proof[at + 1 :])
        assert not inclusion_holds(leaves[index], index, size, changed, root)
        assert not inclusion_holds(leaves[index], index, size, proof[:at], root)


@given(leaf_lists, st.data())
def test_a_true_consistency_proof_holds_and_any_change_of_it_does_not(
    leaves: list[bytes], data: st.DataObject
) -> None:
    new = len(leaves)
    old = data.draw(st.integers(0, new))
    roots = (recursive_root(leaves[:old]), recursive_root(leaves))
    proof = consistency_proof(old, new, stretch(leaves))
    assert consistency_holds(old, roots[0], new, roots[1], proof)
    assert not consistency_holds(old, b"x" * 32, new, roots[1], proof)
    assert not consistency_holds(old, roots[0], new, roots[1], (*proof, roots[1]))
    assert not consistency_holds(new + 1, roots[0], new, roots[1], proof)
    if old > 0:
        assert not consistency_holds(old, roots[0], new, b"x" * 32, proof)
    for at in range(len(proof)):
        changed = (*proof[:at], b"x" * 32, *proof[at + 1 :])
        assert not consistency_holds(old, roots[0], new, roots[1], changed)
        assert not consistency_holds(old, roots[0], new, roots[1], proof[:at])


def test_no_proof_is_made_of_what_is_not_there() -> None:
    bad = {
        "a leaf after the last": lambda: inclusion_proof(8, 8, stretch(LEAVES)),
        "a negative leaf": lambda: inclusion_proof(-1, 8, stretch(LEAVES)),
        "an old tree larger than the new": lambda: consistency_proof(9, 8, stretch(LEAVES)),
        "a leaf hash of 31 bytes": lambda: root_of(b"x" * 31),
    }
    for ask in bad.values():
        with pytest.raises(ValueError):  # noqa: PT011 each has its own message
            ask()
