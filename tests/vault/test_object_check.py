import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from muniment.core import digest_of
from muniment.vault import ObjectCheck, ObjectStore

ABC = digest_of(b"abc")


def flip_a_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[1] ^= 0x10
    path.chmod(0o644)
    path.write_bytes(bytes(data))


def replace_by_a_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


def replace_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def replace_by_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


TAMPERED: dict[str, tuple[Callable[[Path], None], str]] = {
    "one bit": (flip_a_bit, "object altered"),
    "cut short": (lambda path: os.truncate(path, 1), "object altered"),
    "removed": (Path.unlink, "object missing"),
    "a link in its place": (replace_by_a_link, "object replaced"),
    "a folder in its place": (replace_by_a_folder, "object replaced"),
    "a pipe in its place": (replace_by_a_pipe, "object replaced"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_done_to_an_object_is_named(tmp_path: Path, what: str) -> None:
    store = ObjectStore(tmp_path)
    store.create()
    store.add(io.BytesIO(b"abc"))
    store.add(io.BytesIO(b"untouched"))
    deed, expected = TAMPERED[what]
    deed(store.path(ABC))
    failures = list(ObjectCheck(store, threads=2).failures([ABC, ABC, digest_of(b"untouched")]))
    assert [(each.what, each.where) for each in failures] == [(expected, ABC.hex)]


def test_a_sound_store_has_no_failures_and_is_counted(tmp_path: Path) -> None:
    store = ObjectStore(tmp_path)
    store.create()
    for number in range(150):
        store.add(io.BytesIO(b"%d" % number))
    check = ObjectCheck(store, threads=2)
    assert list(check.failures(store.digests())) == []
    assert check.objects == 150


def test_a_stranger_among_the_objects_is_named(tmp_path: Path) -> None:
    store = ObjectStore(tmp_path)
    store.create()
    (tmp_path / "objects" / "sha256" / "00" / "evil.sh").write_text("#!")
    (failure,) = ObjectCheck(store, threads=1).failures([])
    assert failure.what == "stranger"
