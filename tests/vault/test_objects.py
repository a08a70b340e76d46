import hashlib
import io
import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muniment.core import Digest, IntegrityError, digest_of
from muniment.vault import ObjectStore


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    made = ObjectStore(tmp_path)
    made.create()
    return made


class Dripping:
    """A source that gives a few bytes at a time, as pipes and network disks do."""

    def __init__(self, data: bytes, drop: int) -> None:
        self._source, self._drop = io.BytesIO(data), drop

    def read(self, size: int) -> bytes:
        return self._source.read(min(size, self._drop))


class Breaking:
    """A source that fails half-way."""

    def __init__(self) -> None:
        self._left = 3

    def read(self, size: int) -> bytes:
        self._left -= 1
        if self._left == 0:
            raise OSError("the medium broke")
        return b"x" * size


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=3_000), drop=st.integers(1, 5_000), expected=st.integers(0, 9_000))
def test_bytes_come_back_whatever_the_source_says_of_itself(
    store: ObjectStore, data: bytes, drop: int, expected: int
) -> None:
    added = store.add(Dripping(data, drop), expected)
    assert added.digest == digest_of(data)
    assert added.sha512 == hashlib.sha512(data).hexdigest()
    assert added.size == len(data)
    with store.open(added.digest) as stored:
        assert stored.read() == data


@pytest.mark.parametrize("size", [0, 1, 2**18 - 1, 2**18, 2**20, 2**20 + 1, 5 * 2**20 + 7])
def test_large_and_small_files_are_hashed_alike(store: ObjectStore, size: int) -> None:
    data = (bytes(range(256)) * (size // 256 + 1))[:size]
    added = store.add(io.BytesIO(data), size)
    assert (added.digest, added.size) == (digest_of(data), size)
    assert added.sha512 == hashlib.sha512(data).hexdigest()


def test_an_object_is_read_only_and_named_by_its_hash(store: ObjectStore) -> None:
    added = store.add(io.BytesIO(b"abc"))
    path = store.path(added.digest)
    assert path.name == hashlib.sha256(b"abc").hexdigest()
    assert path.parent.name == path.name[:2]
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_the_same_bytes_are_kept_once(store: ObjectStore) -> None:
    first = store.add(io.BytesIO(b"abc"))
    inode = store.path(first.digest).stat().st_ino
    assert store.add(io.BytesIO(b"abc")) == first
    assert store.path(first.digest).stat().st_ino == inode
    assert list(store.digests()) == [first.digest]


def test_a_damaged_object_is_neither_adopted_nor_overwritten(store: ObjectStore) -> None:
    path = store.path(digest_of(b"abc"))
    path.write_bytes(b"abd")
    with pytest.raises(IntegrityError, match="another hash"):
        store.add(io.BytesIO(b"abc"))
    assert path.read_bytes() == b"abd"


def test_a_source_that_breaks_leaves_nothing_behind(store: ObjectStore, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="broke"):
        store.add(Breaking())
    assert list((tmp_path / "incoming").iterdir()) == []
    assert list(store.digests()) == []


def test_copies_that_were_cut_off_are_cleared(store: ObjectStore, tmp_path: Path) -> None:
    (tmp_path / "incoming" / "left").write_bytes(b"half")
    assert store.clear_incoming() == 1
    assert list((tmp_path / "incoming").iterdir()) == []


def test_a_missing_object_is_named_with_what_to_do(store: ObjectStore) -> None:
    with pytest.raises(IntegrityError, match="missing") as trouble:
        store.open(Digest(bytes(32)))
    assert "verify" in trouble.value.next_step


def test_files_that_are_no_objects_are_strangers(store: ObjectStore, tmp_path: Path) -> None:
    folder = tmp_path / "objects" / "sha256" / "ab"
    (folder / "notes.txt").write_text("mine")
    (folder / ("cd" + "0" * 62)).write_text("in the wrong folder")
    assert sorted(path.name for path in store.strangers()) == ["cd" + "0" * 62, "notes.txt"]
    assert list(store.digests()) == []


def test_a_file_that_lies_here_already_is_adopted_by_moving(
    store: ObjectStore, tmp_path: Path
) -> None:
    made = tmp_path / "made"
    made.write_bytes(b"child")
    added = store.adopt(made)
    assert added.digest == digest_of(b"child")
    assert not made.exists()
    assert os.access(store.path(added.digest), os.R_OK)
