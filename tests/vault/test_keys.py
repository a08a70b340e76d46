"""Keys are kept so that only their owner opens them, and are named so that nobody mixes them up."""

import stat
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from muniment.core import UsageError
from muniment.vault.keys import (
    Algorithm,
    SigningKey,
    VerifierKey,
    create_signing_key,
    load_signing_key,
    parse_verifier_key,
)

# golang.org/x/mod/sumdb/note, note_test.go
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"


@pytest.mark.parametrize("written", [PETER, ENOCH])
def test_the_published_keys_are_read_and_written_alike(written: str) -> None:
    key = parse_verifier_key(written)
    assert str(key) == written
    assert key.algorithm is Algorithm.ED25519


def test_no_part_of_a_key_and_no_changed_key_is_read() -> None:
    wrong = {PETER[i:j] for i in range(len(PETER)) for j in range(i + 1, len(PETER) + 1)} - {PETER}
    wrong |= {PETER[:at] + chr(ord(PETER[at]) + 1) + PETER[at + 1 :] for at in range(len(PETER))}
    for written in wrong:
        with pytest.raises(ValueError):  # noqa: PT011 each has its own message
            parse_verifier_key(written)


BAD_KEYS = {
    "a key of another length, its hash adjusted": (
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="
    ),
    "an unknown algorithm, its hash adjusted": (
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    ),
    "an upper-case hash": PETER.replace("c74f20a3", "C74F20A3"),
    "a space in the name": PETER.replace("PeterN", "Peter N"),
    "a newline at the end": PETER + "\n",
    "nothing": "",
}


@pytest.mark.parametrize("what", BAD_KEYS)
def test_a_key_written_otherwise_is_refused(what: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 each has its own message
        parse_verifier_key(BAD_KEYS[what])


def test_one_key_has_another_hash_for_each_algorithm(key: SigningKey) -> None:
    plain, cosigning = key.verifier(), key.verifier(Algorithm.COSIGNATURE)
    assert plain.public == cosigning.public
    assert plain.key_hash != cosigning.key_hash
    assert parse_verifier_key(str(cosigning)) == cosigning


def test_a_signature_holds_for_its_message_only(key: SigningKey) -> None:
    signature = key.sign(b"text")
    assert key.verifier().verifies(b"text", signature)
    assert not key.verifier().verifies(b"Text", signature)
    assert not key.verifier().verifies(b"text", signature[:-1])
    assert not VerifierKey("n", Algorithm.ED25519, bytes(32)).verifies(b"text", signature)


@pytest.mark.parametrize("passphrase", [None, "correct horse", "刻 字 ñ"])
def test_a_key_is_kept_for_its_owner_and_opened_again(
    tmp_path: Path, passphrase: str | None
) -> None:
    path = tmp_path / "signing.pem"
    made = create_signing_key(path, "origin", passphrase)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["signing.pem"]
    assert load_signing_key(path, "origin", passphrase).verifier() == made.verifier()


def test_an_encrypted_key_is_one_that_openssl_opens(tmp_path: Path) -> None:
    path = tmp_path / "signing.pem"
    made = create_signing_key(path, "origin", "correct horse")
    public = ["openssl", "pkey", "-in", str(path), "-passin", "pass:correct horse", "-pubout"]
    shown = subprocess.run([*public, "-outform", "DER"], capture_output=True, check=True)
    assert shown.stdout.endswith(made.verifier().public)
    parsed = subprocess.run(
        ["openssl", "asn1parse", "-in", str(path)], capture_output=True, check=True, text=True
    )
    assert "scrypt" in parsed.stdout


def test_two_keys_are_never_the_same_and_show_only_their_public_side(tmp_path: Path) -> None:
    first = create_signing_key(tmp_path / "1", "origin", None)
    second = create_signing_key(tmp_path / "2", "origin", None)
    assert first.verifier() != second.verifier()
    assert repr(first) == f"SigningKey({first.verifier()})"


def _other_key() -> bytes:
    private = ec.generate_private_key(ec.SECP256R1())
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def test_trouble_with_a_key_says_what_to_do(tmp_path: Path) -> None:
    plain, locked, other, rubbish = (tmp_path / name for name in ("p", "l", "o", "r"))
    create_signing_key(plain, "origin", None)
    create_signing_key(locked, "origin", "correct horse")
    other.write_bytes(_other_key())
    rubbish.write_bytes(b"rubbish")
    before = plain.read_bytes()
    trouble = {
        "the passphrase is wrong": lambda: load_signing_key(locked, "origin", "battery staple"),
        "is encrypted": lambda: load_signing_key(locked, "origin", None),
        "not encrypted": lambda: load_signing_key(plain, "origin", "correct horse"),
        "no key at": lambda: load_signing_key(tmp_path / "none", "origin", None),
        "not an Ed25519 key": lambda: load_signing_key(other, "origin", None),
        "the file is no key": lambda: load_signing_key(rubbish, "origin", None),
        "never overwritten": lambda: create_signing_key(plain, "origin", None),
        "passphrase is empty": lambda: create_signing_key(tmp_path / "n", "origin", ""),
        "no key name": lambda: create_signing_key(tmp_path / "n", "o r", None),
    }
    for message, ask in trouble.items():
        with pytest.raises(UsageError, match=message) as caught:
            ask()
        assert caught.value.next_step != ""
    assert plain.read_bytes() == before
    assert not (tmp_path / "n").exists()
