import os
import socket
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muniment.vault.copying import Copied, NotCopied, copy_batch
from muniment.vault.delivery import Standing, walk
from muniment.vault.names import guess_name, guess_path
from muniment.vault.objects import ObjectStore

# Every byte that a file name may hold.
NAME = st.binary(min_size=1, max_size=12).filter(
    lambda raw: b"/" not in raw and b"\0" not in raw and raw not in (b".", b"..")
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(NAME, max_size=8, unique=True), inner=NAME)
def test_files_come_in_the_order_of_find_and_sort(
    tmp_path_factory: pytest.TempPathFactory, names: list[bytes], inner: bytes
) -> None:
    root = os.fsencode(tmp_path_factory.mktemp("delivery"))
    for number, name in enumerate(names):
        path = os.path.join(root, name)
        if number % 2 == 0:
            os.mkdir(path)
            path = os.path.join(path, inner)
        with open(path, "wb") as file:
            file.write(name)
    listed = subprocess.run(
        ["sh", "-c", "find . -type f -print0 | LC_ALL=C sort -z"],
        cwd=root,
        check=True,
        capture_output=True,
    )
    expected = listed.stdout.split(b"\0")[:-1]
    found = [each.name for each in walk(root) if each.standing is Standing.FILE]
    assert found == expected


def test_one_file_is_a_delivery_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    found = list(walk(os.fsencode(tmp_path / "a.txt")))
    assert [(each.name, each.standing) for each in found] == [(b"./a.txt", Standing.FILE)]


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    root = tmp_path / "strange"
    root.mkdir()
    (root / "real").write_text("real")
    (root / "link").symlink_to("real")
    (root / "loop").symlink_to(".")
    (root / "dangling").symlink_to("/nowhere/at/all")
    os.mkfifo(root / "pipe")
    (root / "empty").mkdir()
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(root / "socket"))
    return root


def test_links_pipes_and_sockets_are_reported_and_never_opened(
    strange: Path, tmp_path: Path
) -> None:
    store = ObjectStore(tmp_path / "vault")
    store.create()
    outcomes = copy_batch(store, tuple(walk(os.fsencode(strange))))
    seen = {each.name: each for each in outcomes}
    assert isinstance(seen[b"./real"], Copied)
    problems = {name: each for name, each in seen.items() if isinstance(each, NotCopied)}
    assert {name: each.code for name, each in problems.items()} == {
        b"./dangling": "not-a-file",
        b"./empty": "empty-folder",
        b"./link": "not-a-file",
        b"./loop": "not-a-file",
        b"./pipe": "not-a-file",
        b"./socket": "not-a-file",
    }
    assert problems[b"./dangling"].link == b"/nowhere/at/all"
    assert len(list((tmp_path / "vault" / "incoming").iterdir())) == 1


def test_devices_are_not_opened(tmp_path: Path) -> None:
    store = ObjectStore(tmp_path / "vault")
    store.create()
    (outcome,) = copy_batch(store, tuple(walk(b"/dev/zero")))
    assert isinstance(outcome, NotCopied)
    assert "character device" in outcome.message


def test_a_file_that_vanishes_after_the_walk_is_reported(tmp_path: Path) -> None:
    store = ObjectStore(tmp_path / "vault")
    store.create()
    (tmp_path / "a").write_text("a")
    entries = tuple(walk(os.fsencode(tmp_path / "a")))
    (tmp_path / "a").unlink()
    (outcome,) = copy_batch(store, entries)
    assert isinstance(outcome, NotCopied)
    assert outcome.code == "unreadable"


def test_a_file_that_becomes_a_link_after_the_walk_is_not_followed(tmp_path: Path) -> None:
    store = ObjectStore(tmp_path / "vault")
    store.create()
    (tmp_path / "a").write_text("a")
    entries = tuple(walk(os.fsencode(tmp_path / "a")))
    (tmp_path / "a").unlink()
    (tmp_path / "a").symlink_to("/etc/passwd")
    (outcome,) = copy_batch(store, entries)
    assert isinstance(outcome, NotCopied)
    assert list(store.digests()) == []


def test_a_name_is_read_as_what_it_is_or_said_to_be_a_guess() -> None:
    assert guess_name("名单.xlsx".encode()).basis == "measured"
    gbk = guess_name("名单.xlsx".encode("gb18030"))
    assert (gbk.text, gbk.encoding, gbk.basis) == ("名单.xlsx", "gb18030", "inferred")


@given(st.binary(max_size=40))
def test_every_name_has_a_reading(raw: bytes) -> None:
    reading = guess_name(raw)
    assert reading.text.encode(reading.encoding) == raw


def test_each_step_of_a_path_is_read_for_itself() -> None:
    path = "11 异常/".encode() + "名单.txt".encode("gb18030")
    reading = guess_path(path)
    assert (reading.text, reading.basis) == ("11 异常/名单.txt", "inferred")
    assert reading.encoding == "gb18030+utf-8"
