"""Keys that sign checkpoints, and keys that partners are known by.

    verifier key    <name>+<key hash, 8 hex digits>+<base64(algorithm ‖ public key)>
    key hash        first four bytes of SHA-256(name ‖ 0x0A ‖ algorithm ‖ public key)

- The text form is that of C2SP signed-note, "Verifier keys"; a text that is not exactly what
  `str` writes is refused.
- A private key is a file of mode 0600 in PKCS #8 PEM that `openssl pkey` reads. With a passphrase
  it is encrypted with AES-256-CBC under scrypt (RFC 8018 PBES2, RFC 7914 §7).
- A private key is never shown: `repr` and `str` of a signing key give its public side.
"""

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from muniment.core import UsageError
from muniment.vault.der import OCTETS, SEQUENCE, encode, encode_integer, encode_oid
from muniment.vault.durable import create_file

KEY_SIZE = 32  # bytes, RFC 8032 §5.1.5
SIGNATURE_SIZE = 64  # bytes, RFC 8032 §5.1.6

# scrypt at 16 MiB is the most that OpenSSL 3 opens without being told to (32 MiB limit); five
# passes make up for it (OWASP Password Storage Cheat Sheet lists N=2^14, r=8, p=5).
_SCRYPT = (2**14, 8, 5)
_SALT_SIZE = 16  # bytes
_AES_KEY_SIZE = 32  # bytes

_TEXT = re.compile(r"([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)")

_GIVE = "Write its passphrase into a file, and name that with --passphrase-file."

Random = Callable[[int], bytes]


class Algorithm(IntEnum):
    """What a key signs: the signature types of C2SP signed-note that are used here."""

    ED25519 = 0x01  # the text of a note
    COSIGNATURE = 0x04  # a time and the text of a checkpoint, C2SP tlog-cosignature v1


class VerifierKey(msgspec.Struct, frozen=True):
    """A public key, by the name of whoever signs with it."""

    name: str
    algorithm: Algorithm
    public: bytes  # 32 bytes

    def __post_init__(self) -> None:
        """Refuse a name that a signature line cannot carry and a key of another length."""
        if not is_key_name(self.name):
            raise ValueError("a key name is not empty and has no space, plus or control character")
        if len(self.public) != KEY_SIZE:
            raise ValueError(f"an Ed25519 key has {KEY_SIZE} bytes")

    @property
    def key_hash(self) -> bytes:
        """Four bytes that, with the name, tell keys apart."""
        named = self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public
        return hashlib.sha256(named).digest()[:4]

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether the 64 bytes `signature` are this key's Ed25519 signature over `message`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def __str__(self) -> str:
        """The text form."""
        material = base64.b64encode(bytes([self.algorithm]) + self.public).decode()
        return f"{self.name}+{self.key_hash.hex()}+{material}"


class SigningKey:
    """A private Ed25519 key and the name it signs under."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        self._private = private
        self._public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self._name = name

    def verifier(self, algorithm: Algorithm = Algorithm.ED25519) -> VerifierKey:
        """The key that others check with."""
        return VerifierKey(self._name, algorithm, self._public)

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the Ed25519 signature over `message` (RFC 8032)."""
        return self._private.sign(message)

    def derived(self, purpose: bytes) -> bytes:
        """32 secret bytes for one purpose, the same ones each time (HKDF, RFC 5869)."""
        seed = self._private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        return HKDF(SHA256(), 32, None, b"muniment " + purpose).derive(seed)

    def __repr__(self) -> str:
        """The public side."""
        return f"SigningKey({self.verifier()})"


def is_key_name(name: str) -> bool:
    """Whether `name` may stand in a signature line (C2SP signed-note, "Format")."""
    return (
        name != ""
        and "+" not in name
        and not any(letter.isspace() or ord(letter) < ord(" ") for letter in name)
        and _is_utf8(name)
    )


def parse_verifier_key(written: str) -> VerifierKey:
    """The key that `written` is the text form of.

    Raises:
        ValueError: `written` is no verifier key, is not its one spelling, or its hash is wrong.
    """
    parts = _TEXT.fullmatch(written)
    if parts is None:
        raise ValueError("a verifier key is written <name>+<8 hex digits>+<base64>")
    try:
        material = base64.b64decode(parts[3], validate=True)
    except binascii.Error as why:
        raise ValueError(f"the key is not base64: {why}") from why
    if len(material) == 0:
        raise ValueError("a verifier key holds an algorithm and a key")
    key = VerifierKey(parts[1], Algorithm(material[0]), material[1:])
    if str(key) != written:
        raise ValueError("the key hash is not that of the key, or the base64 has another spelling")
    return key


def create_signing_key(
    path: Path, name: str, passphrase: str | None, random: Random = os.urandom
) -> SigningKey:
    """A new key, kept in the new file `path` (mode 0600); durable on return.

    `random` gives salt and initial vector of the encryption; the key itself always comes from the
    system's own generator.

    Raises:
        UsageError: the file exists, the passphrase is empty, or the name cannot be signed under.
    """
    if not is_key_name(name):
        raise UsageError(f"{name!r} is no key name", next_step="Use a name without spaces or '+'.")
    private = Ed25519PrivateKey.generate()
    if passphrase is None:
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    elif passphrase == "":
        raise UsageError("the passphrase is empty", next_step="Give a passphrase, or give none.")
    else:
        pem = _encrypted(private, passphrase.encode(), random)
    try:
        create_file(path, pem, mode=0o600)
    except FileExistsError as why:
        raise UsageError(
            f"{path} exists; a key is never overwritten",
            next_step="Keep the key that is there, or name another file.",
        ) from why
    return SigningKey(name, private)


def load_signing_key(path: Path, name: str, passphrase: str | None) -> SigningKey:
    """The key kept in the file `path`.

    Raises:
        UsageError: there is no such file, the passphrase is wrong, missing or not needed, or the
            file holds no Ed25519 key.
    """
    try:
        pem = path.read_bytes()
    except FileNotFoundError as why:
        raise UsageError(
            f"there is no key at {path}", next_step="Give the path of the key of this case."
        ) from why
    try:
        private = load_pem_private_key(pem, None if passphrase is None else passphrase.encode())
    except TypeError as why:
        # The library's way to say that a passphrase is missing, or given for a key without one.
        needed = passphrase is None
        raise UsageError(
            f"the key at {path} is {'' if needed else 'not '}encrypted",
            next_step=_GIVE
            if needed
            else "Leave --passphrase-file and MUNIMENT_PASSPHRASE_FILE out.",
        ) from why
    except ValueError as why:
        raise UsageError(
            f"the key at {path} cannot be opened: the passphrase is wrong or the file is no key",
            next_step="Try the passphrase again, or restore the key from its backup.",
        ) from why
    if not isinstance(private, Ed25519PrivateKey):
        raise UsageError(
            f"the key at {path} is not an Ed25519 key",
            next_step="Restore the key of this case from its backup.",
        )
    return SigningKey(name, private)


def _encrypted(private: Ed25519PrivateKey, passphrase: bytes, random: Random) -> bytes:
    """PKCS #8 EncryptedPrivateKeyInfo in PEM (RFC 5958 §3, RFC 8018 §6.2, RFC 7914 §7).

    The library's own choice here is PBKDF2 with 2,048 rounds, which a laptop that was taken does
    not withstand; it reads what is written here.
    """
    salt, vector = random(_SALT_SIZE), random(algorithms.AES.block_size // 8)
    cost, block, passes = _SCRYPT
    key = Scrypt(salt, _AES_KEY_SIZE, cost, block, passes).derive(passphrase)
    pad = padding.PKCS7(algorithms.AES.block_size).padder()
    plain = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    secret = cipher.update(pad.update(plain) + pad.finalize()) + cipher.finalize()
    costs = [encode_integer(number) for number in _SCRYPT]
    scheme = encode(
        SEQUENCE,
        encode(
            SEQUENCE,
            encode_oid("1.3.6.1.4.1.11591.4.11"),  # scrypt
            encode(SEQUENCE, encode(OCTETS, salt), *costs),
        ),
        encode(SEQUENCE, encode_oid("2.16.840.1.101.3.4.1.42"), encode(OCTETS, vector)),  # AES-256
    )
    pbes2 = encode(SEQUENCE, encode_oid("1.2.840.113549.1.5.13"), scheme)
    body = base64.encodebytes(encode(SEQUENCE, pbes2, encode(OCTETS, secret)))
    # RFC 7468 §3: lines of 64 letters.
    text = body.replace(b"\n", b"")
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    name = b"ENCRYPTED PRIVATE KEY-----\n"
    return b"-----BEGIN " + name + b"\n".join(lines) + b"\n-----END " + name


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
