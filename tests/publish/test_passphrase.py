"""Secrets under a passphrase, with pyrage's age as the oracle in both directions."""

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import UsageError
from muniment.publish.passphrase import WORK, lock, unlock

LIGHT = 8  # the tests need no work
LOCKED = lock(b"a secret\n", "four random words", work=LIGHT)


def counting(size: int) -> bytes:
    return bytes(range(size))


@given(st.binary(max_size=500), st.text(max_size=20))
def test_what_was_locked_comes_out(secret: bytes, passphrase: str) -> None:
    assert unlock(lock(secret, passphrase, work=2), passphrase) == secret


@given(st.binary(max_size=500), st.text(min_size=1, max_size=20))
def test_age_opens_what_is_locked_here(secret: bytes, passphrase: str) -> None:
    assert pyrage.passphrase.decrypt(lock(secret, passphrase, work=4), passphrase) == secret


@pytest.mark.night  # up to 2 GiB and many seconds: the work is age's choice
def test_what_age_locked_is_opened_here() -> None:
    assert unlock(pyrage.passphrase.encrypt(b"theirs", "words"), "words") == b"theirs"


def test_the_work_is_that_of_age() -> None:
    assert WORK == 18


def test_the_bytes_are_pinned() -> None:
    locked = lock(b"x", "y", work=LIGHT, random=counting)
    assert locked.split(b"\n")[:2] == [
        b"age-encryption.org/v1",
        b"-> scrypt AAECAwQFBgcICQoLDA0ODw 8",
    ]
    assert locked.hex()[-66:] == GOLDEN


GOLDEN = "000102030405060708090a0b0c0d0e0f07dcbefef59d43b5c4af7a6720e15d53fc"


def flipped(at: int) -> bytes:
    data = bytearray(LOCKED)
    data[at] ^= 1
    return bytes(data)


DAMAGED = {
    "empty": b"",
    "another kind of recipient": LOCKED.replace(b"scrypt", b"X25519"),
    "two recipients": LOCKED.replace(b"---", b"-> X25519 x\nx\n---", 1),
    "the salt is altered": flipped(35),
    "the wrapped key is altered": flipped(70),
    "the MAC is altered": LOCKED.replace(b"--- ", b"--- A", 1).replace(b"=", b""),
    "the body is altered": flipped(-1),
    "the nonce is altered": flipped(-26),
    "cut off in the body": LOCKED[:-1],
    "cut off in the nonce": LOCKED[: LOCKED.index(b"\n", 100) + 5],
    "something follows": LOCKED + b"x",
    "far too much work": LOCKED.replace(b" 8\n", b" 30\n"),
    "no work": LOCKED.replace(b" 8\n", b" 0\n"),
    "a work factor with a zero before it": LOCKED.replace(b" 8\n", b" 08\n"),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_file_is_refused(damage: str) -> None:
    with pytest.raises(UsageError):
        unlock(DAMAGED[damage], "four random words")


def test_a_wrong_passphrase_is_named() -> None:
    with pytest.raises(UsageError, match="passphrase does not open"):
        unlock(LOCKED, "three random words")


def test_a_long_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="in one piece"):
        lock(bytes(65_537), "x", work=2)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(UsageError):
        unlock(data, "x")
