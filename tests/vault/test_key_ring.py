"""The key ring keeps passwords sealed, once, and says so when they are not what was kept."""

import hashlib
import json
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from muniment.core import IntegrityError, Secret
from muniment.vault import KeyRing, SigningKey, create_signing_key, load_signing_key


@pytest.fixture
def owner(tmp_path: Path) -> SigningKey:
    return create_signing_key(tmp_path / "signing.pem", "case", None)


@pytest.fixture
def ring(tmp_path: Path, owner: SigningKey) -> KeyRing:
    return KeyRing(tmp_path / "keyring", owner)


def files(folder: Path) -> list[Path]:
    return sorted((folder / "keyring").iterdir())


def test_what_was_kept_comes_back(ring: KeyRing) -> None:
    kept = ring.keep(Secret("парол 密码 ü"))
    assert ring.key(kept.id) == kept
    assert ring.secrets([kept.id]) == (Secret("парол 密码 ü"),)
    assert list(ring.contents()) == [kept]


def test_an_empty_ring_has_no_folder(ring: KeyRing, tmp_path: Path) -> None:
    assert list(ring.contents()) == []
    assert not (tmp_path / "keyring").exists()


def test_a_password_is_kept_once(ring: KeyRing, tmp_path: Path) -> None:
    assert ring.keep(Secret("one")) == ring.keep(Secret("one"))
    assert ring.keep(Secret("two")).id != ring.keep(Secret("one")).id
    assert len(files(tmp_path)) == 2


def test_a_key_file_is_for_its_owner_alone_and_shows_nothing(ring: KeyRing, tmp_path: Path) -> None:
    ring.keep(Secret("hunter2"))
    ring.keep(Secret("h"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in files(tmp_path)} == {0o600}
    assert {path.stat().st_size for path in files(tmp_path)} == {15 + 12 + 128 + 16}
    assert not any(b"hunter2" in path.read_bytes() for path in files(tmp_path))


def test_it_opens_with_the_passphrase_of_the_signing_key_alone(tmp_path: Path) -> None:
    owner = create_signing_key(tmp_path / "signing.pem", "case", "open sesame")
    kept = KeyRing(tmp_path / "keyring", owner).keep(Secret("hunter2"))
    again = load_signing_key(tmp_path / "signing.pem", "case", "open sesame")
    assert KeyRing(tmp_path / "keyring", again).key(kept.id) == kept
    stranger = create_signing_key(tmp_path / "other.pem", "case", None)
    with pytest.raises(IntegrityError):
        KeyRing(tmp_path / "keyring", stranger).key(kept.id)


def test_the_commitment_is_the_digest_of_salt_and_password(
    ring: KeyRing, tmp_path: Path, owner: SigningKey
) -> None:
    kept = ring.keep(Secret("hunter2"))
    data = (tmp_path / "keyring" / f"{kept.id}.key").read_bytes()
    cipher = ChaCha20Poly1305(owner.derived(b"key ring"))
    opened = json.loads(cipher.decrypt(data[15:27], data[27:], data[:15] + kept.id.encode()))
    salted = bytes.fromhex(opened["salt"]) + b"hunter2"
    assert hashlib.sha256(salted).hexdigest() == kept.commitment.hex


DAMAGE = {
    "gone": lambda path: path.unlink(),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "empty": lambda path: path.write_bytes(b""),
    "one bit": lambda path: path.write_bytes(path.read_bytes()[:-1] + b"\0"),
    "another magic": lambda path: path.write_bytes(b"X" + path.read_bytes()[1:]),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_key_is_named_and_the_password_is_not(
    what: str, ring: KeyRing, tmp_path: Path
) -> None:
    kept = ring.keep(Secret("hunter2"))
    DAMAGE[what](tmp_path / "keyring" / f"{kept.id}.key")
    with pytest.raises(IntegrityError, match=kept.id) as caught:
        ring.key(kept.id)
    assert "hunter2" not in str(caught.value)


def test_a_key_under_another_name_is_refused(ring: KeyRing, tmp_path: Path) -> None:
    kept = ring.keep(Secret("hunter2"))
    path = tmp_path / "keyring" / f"{kept.id}.key"
    path.rename(path.with_name("0" * 32 + ".key"))
    with pytest.raises(IntegrityError):
        ring.key("0" * 32)
