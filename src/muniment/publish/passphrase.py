"""A short secret locked with a passphrase, as an age file (age-encryption.org/v1, scrypt).

    age-encryption.org/v1
    -> scrypt <base64 of salt, 16 bytes> <log2 of N>
    <base64 of the wrapped file key>
    --- <base64 of the header's MAC>
    <nonce, 16 bytes><one STREAM chunk, the last>

- Stock `age` opens what is written here, and what stock `age --passphrase` writes is opened here.
- The work factor is fixed. pyrage calibrates it to the machine, and then refuses, on a slower or a
  busier one, what a faster one has written (met with 1.4.0: "Excessive work parameter").
- Reading is strict, and refuses a work factor that would take the machine's memory.
"""

import base64
import binascii
import hmac
import os
import re
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from muniment.core import UsageError

WORK = 18  # N = 2^18: 256 MiB and about a second; what age itself takes
_MOST_WORK = 21  # 2 GiB; rage has written 2^20 on a machine of two cores
_LABEL = b"age-encryption.org/v1/scrypt"
_FILE_KEY = 16  # bytes
_NONCE = 16  # bytes
_LONGEST = 1 << 16  # bytes of a chunk: a file of identities fits into one
_LAST = bytes(11) + b"\1"  # the nonce of chunk 0, which is the last
_FILE = re.compile(
    rb"(age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n"
    rb"([A-Za-z0-9+/]{43})\n---) ([A-Za-z0-9+/]{43})\n(.*)",
    re.DOTALL,
)

Random = Callable[[int], bytes]


def lock(secret: bytes, passphrase: str, *, work: int = WORK, random: Random = os.urandom) -> bytes:
    """An age file that holds `secret`, at most 64 KiB, for whoever knows the passphrase.

    Raises:
        ValueError: the secret is longer.
    """
    if len(secret) > _LONGEST:
        raise ValueError(f"more than {_LONGEST} bytes are not locked in one piece")
    salt, file_key, nonce = random(16), random(_FILE_KEY), random(_NONCE)
    wrapped = ChaCha20Poly1305(_wrapping_key(passphrase, salt, work)).encrypt(
        bytes(12), file_key, None
    )
    start = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_b64(salt), work, _b64(wrapped))
    body = ChaCha20Poly1305(_derive(file_key, nonce, b"payload")).encrypt(_LAST, secret, None)
    return start + b" " + _b64(_mac(file_key, start)) + b"\n" + nonce + body


def unlock(untrusted: bytes, passphrase: str) -> bytes:
    """The secret in an age file.

    Raises:
        UsageError: the passphrase is wrong, or the file is damaged, of another kind, or asks for
            more work than is given.
    """
    parts = _FILE.fullmatch(untrusted)
    if parts is None:
        raise _refused("the key file is not locked with a passphrase in the way of age")
    start, salt, work, wrapped, mac, rest = parts.groups()
    if int(work) > _MOST_WORK:
        raise _refused(f"the key file asks for 2^{int(work)} rounds; 2^{_MOST_WORK} are given")
    try:
        key = ChaCha20Poly1305(_wrapping_key(passphrase, _unb64(salt), int(work)))
        file_key = key.decrypt(bytes(12), _unb64(wrapped), None)
    except (InvalidTag, ValueError) as why:
        raise UsageError(
            "the passphrase does not open the key file", next_step="type it again, exactly"
        ) from why
    try:
        if not hmac.compare_digest(_mac(file_key, start), _unb64(mac)):
            raise _refused("the header of the key file is damaged")
        payload = ChaCha20Poly1305(_derive(file_key, rest[:_NONCE], b"payload"))
        return payload.decrypt(_LAST, rest[_NONCE:], None)
    except (InvalidTag, ValueError) as why:
        raise _refused("the key file is damaged") from why


def _wrapping_key(passphrase: str, salt: bytes, work: int) -> bytes:
    return Scrypt(_LABEL + salt, 32, 2**work, 8, 1).derive(passphrase.encode())


def _derive(file_key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(file_key)


def _mac(file_key: bytes, start: bytes) -> bytes:
    return hmac.digest(_derive(file_key, b"", b"header"), start, "sha256")


def _b64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _unb64(written: bytes) -> bytes:
    data = base64.b64decode(written + b"=" * (-len(written) % 4), validate=True)
    if _b64(data) != written:
        raise binascii.Error("not the canonical base64")
    return data


def _refused(why: str) -> UsageError:
    return UsageError(why, next_step="ask for the key file again, or make one with age-keygen")
