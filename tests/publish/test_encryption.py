"""Packing for recipients: only they open it, damage shows, and nothing in clear stays behind."""

import resource
import threading
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from muniment.core import Error, UsageError
from muniment.publish.encryption import (
    decrypted,
    encrypt_bag,
    encrypt_bag_with_passphrase,
    parse_identities,
)
from muniment.publish.tar import Limits, tar_chunks, unpack

ROOM = Limits(files=100, bytes=10**9)
SECRET = b"the name of a village"


@pytest.fixture(name="bag")
def _bag(tmp_path: Path) -> Path:
    folder = tmp_path / "bag"
    folder.mkdir()
    (folder / "bagit.txt").write_bytes(SECRET * 20_000)
    (folder / "other.txt").write_bytes(b"")
    return folder


def identity() -> tuple[str, str]:
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def opened(packed: Path, secrets: tuple[str, ...], target: Path) -> bytes:
    with decrypted(packed, secrets) as stream:
        unpack(stream, target, ROOM)
    return (target / "bagit.txt").read_bytes()


def test_each_recipient_opens_it(tmp_path: Path, bag: Path) -> None:
    one, two = identity(), identity()
    encrypt_bag(bag, tmp_path / "bag.tar.age", [one[1], two[1]])
    for number, (secret, _) in enumerate((one, two)):
        found = opened(tmp_path / "bag.tar.age", (secret,), tmp_path / str(number))
        assert found == SECRET * 20_000
    assert SECRET not in (tmp_path / "bag.tar.age").read_bytes()


def test_the_clear_bytes_are_those_of_the_tar(tmp_path: Path, bag: Path) -> None:
    secret, public = identity()
    encrypt_bag(bag, tmp_path / "x", [public])
    clear = pyrage.decrypt((tmp_path / "x").read_bytes(), [pyrage.x25519.Identity.from_str(secret)])
    assert clear == b"".join(tar_chunks(bag, "bag"))


def test_another_identity_does_not_open_it(tmp_path: Path, bag: Path) -> None:
    encrypt_bag(bag, tmp_path / "x", [identity()[1]])
    with pytest.raises(UsageError, match="none of the identities") as raised:
        opened(tmp_path / "x", (identity()[0],), tmp_path / "out")
    assert "ask the sender" in raised.value.next_step
    assert not (tmp_path / "out").exists()


def test_a_passphrase_opens_it(tmp_path: Path, bag: Path) -> None:
    locked = encrypt_bag_with_passphrase(bag, tmp_path / "bag.tar.age", "four random words here")
    assert locked == tmp_path / "bag.identity.age"
    with pytest.raises(UsageError, match="is locked"):
        parse_identities(locked.read_bytes())
    secrets = parse_identities(locked.read_bytes(), "four random words here")
    assert opened(tmp_path / "bag.tar.age", secrets, tmp_path / "out") == SECRET * 20_000


def test_a_bag_that_cannot_be_packed_leaves_no_key_either(tmp_path: Path, bag: Path) -> None:
    (tmp_path / "bag.tar.age").write_bytes(b"precious")
    with pytest.raises(UsageError, match="exists already"):
        encrypt_bag_with_passphrase(bag, tmp_path / "bag.tar.age", "four random words here")
    assert {path.name for path in tmp_path.iterdir()} == {"bag", "bag.tar.age"}


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "one bit of the end is flipped": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "one bit of the middle is flipped": lambda data: (
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]
    ),
    "it is cut off": lambda data: data[:-100],
    "it is cut off after a whole chunk": lambda data: data[
        : data.index(b"\n---") + 1 + 48 + 65_568
    ],
    "something follows": lambda data: data + b"x",
    "it is no age file": lambda _: b"garbage",
    "it is empty": lambda _: b"",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_shows_and_leaves_nothing_in_clear(tmp_path: Path, bag: Path, damage: str) -> None:
    secret, public = identity()
    encrypt_bag(bag, tmp_path / "x", [public])
    damaged = tmp_path / "damaged"
    damaged.write_bytes(DAMAGES[damage]((tmp_path / "x").read_bytes()))
    with pytest.raises(Error):
        opened(damaged, (secret,), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_reader_that_stops_early_ends_the_worker(tmp_path: Path, bag: Path) -> None:
    secret, public = identity()
    encrypt_bag(bag, tmp_path / "x", [public])
    before = threading.active_count()
    with decrypted(tmp_path / "x", (secret,)) as stream:
        assert len(stream.read(10)) == 10
    assert threading.active_count() == before


def test_a_target_that_exists_is_refused(tmp_path: Path, bag: Path) -> None:
    (tmp_path / "x").write_bytes(b"precious")
    with pytest.raises(UsageError, match="exists already"):
        encrypt_bag(bag, tmp_path / "x", [identity()[1]])
    assert (tmp_path / "x").read_bytes() == b"precious"


def test_a_bag_that_cannot_be_read_leaves_no_file(tmp_path: Path, bag: Path) -> None:
    (bag / ("x" * 101)).write_bytes(b"too long for the format")
    with pytest.raises(UsageError, match="too long for ustar"):
        encrypt_bag(bag, tmp_path / "x", [identity()[1]])
    assert {path.name for path in tmp_path.iterdir()} == {"bag"}


def test_a_full_disk_is_an_error_even_where_little_was_written(tmp_path: Path, bag: Path) -> None:
    def limited() -> None:
        encrypt_bag(bag, tmp_path / "x", [identity()[1]])

    (bag / "bagit.txt").write_bytes(b"small")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (256, before[1]))
    try:
        with pytest.raises(Error, match="could not be written"):
            limited()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert {path.name for path in tmp_path.iterdir()} == {"bag"}


BAD_RECIPIENTS = {
    "nobody": [],
    "a secret key in place of a public one": [identity()[0]],
    "a typing error": [identity()[1][:-1] + "b"],
    "an empty word": [""],
}


@pytest.mark.parametrize("wrong", BAD_RECIPIENTS)
def test_bad_recipients_are_refused_before_anything_is_written(
    tmp_path: Path, bag: Path, wrong: str
) -> None:
    with pytest.raises(UsageError):
        encrypt_bag(bag, tmp_path / "x", BAD_RECIPIENTS[wrong])
    assert {path.name for path in tmp_path.iterdir()} == {"bag"}


def test_an_identity_file_is_read_with_its_comments() -> None:
    secret, _ = identity()
    written = f"# created: 2026-01-02\n# public key: age1…\n{secret}\n\n"
    assert parse_identities(written.encode()) == (secret,)


@pytest.mark.parametrize("content", [b"", b"# only a comment\n", b"age1xyz\n", b"\xff\n"])
def test_what_is_no_identity_file_is_refused_without_repeating_it(content: bytes) -> None:
    with pytest.raises(UsageError) as raised:
        parse_identities(content)
    assert "xyz" not in raised.value.message
