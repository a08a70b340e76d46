"""Encrypts an office document as Excel does: agile encryption ([MS-OFFCRYPTO] 2.3.4.10).

Invariants:

- all randomness comes in as a stream: the same document, password and stream give the same bytes;
- SHA-512, AES-256 in CBC, 100,000 rounds: what current office programs write;
- the streams under `DataSpaces` are the fixed ones that office programs ask for.
"""

import base64
import hashlib
import hmac
import random
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from muniment.simulate.compound import compound_file

_ROUNDS = 100_000
_SEGMENT = 4096
# Block keys, [MS-OFFCRYPTO] 2.3.4.13 and 2.3.4.14.
_VERIFIER_INPUT = bytes.fromhex("fea7d2763b4b9e79")
_VERIFIER_VALUE = bytes.fromhex("d7aa0f6d3061344e")
_KEY_VALUE = bytes.fromhex("146e0be7abacd0d6")
_HMAC_KEY = bytes.fromhex("5fb2ad010cb9e1f6")
_HMAC_VALUE = bytes.fromhex("a0677f02b22c8433")
_CIPHER = 'saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" '
_CIPHER += 'cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'


def lock_office(document: bytes, password: str, rng: random.Random) -> bytes:
    """The encrypted document; opens with `password` in any program that knows agile encryption."""
    key = rng.randbytes(32)
    data_salt = rng.randbytes(16)
    package = _package(document, key, data_salt)
    information = struct.pack("<HHL", 4, 4, 0x40) + _descriptor(
        package, key, data_salt, password, rng
    )
    return compound_file(
        {
            "EncryptionInfo": information,
            "EncryptedPackage": package,
            "\x06DataSpaces": _data_spaces(),
        }
    )


def _package(document: bytes, key: bytes, salt: bytes) -> bytes:
    """The document in segments of 4,096 bytes, each under an initial vector of its own."""
    parts = [struct.pack("<Q", len(document))]
    for number, at in enumerate(range(0, len(document), _SEGMENT)):
        segment = document[at : at + _SEGMENT]
        padded = segment + bytes(-len(segment) % 16)
        parts.append(_cbc(key, _digest(salt + struct.pack("<L", number))[:16], padded))
    return b"".join(parts)


def _descriptor(
    package: bytes, key: bytes, data_salt: bytes, password: str, rng: random.Random
) -> bytes:
    """The XML of EncryptionInfo, [MS-OFFCRYPTO] 2.3.4.10."""
    salt, verifier, hmac_key = rng.randbytes(16), rng.randbytes(16), rng.randbytes(64)
    spun = _spin(password, salt)

    def under_password(block_key: bytes, value: bytes) -> str:
        return _b64(_cbc(_digest(spun + block_key)[:32], salt, value))

    def under_key(block_key: bytes, value: bytes) -> str:
        return _b64(_cbc(key, _digest(data_salt + block_key)[:16], value))

    mac = hmac.new(hmac_key, package, hashlib.sha512).digest()
    space = "http://schemas.microsoft.com/office/2006/"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<encryption xmlns="{space}encryption" xmlns:p="{space}keyEncryptor/password">'
        f'<keyData {_CIPHER} saltValue="{_b64(data_salt)}"/>'
        f'<dataIntegrity encryptedHmacKey="{under_key(_HMAC_KEY, hmac_key)}" '
        f'encryptedHmacValue="{under_key(_HMAC_VALUE, mac)}"/>'
        f'<keyEncryptors><keyEncryptor uri="{space}keyEncryptor/password">'
        f'<p:encryptedKey spinCount="{_ROUNDS}" {_CIPHER} saltValue="{_b64(salt)}" '
        f'encryptedVerifierHashInput="{under_password(_VERIFIER_INPUT, verifier)}" '
        f'encryptedVerifierHashValue="{under_password(_VERIFIER_VALUE, _digest(verifier))}" '
        f'encryptedKeyValue="{under_password(_KEY_VALUE, key)}"/>'
        "</keyEncryptor></keyEncryptors></encryption>"
    ).encode()


def _spin(password: str, salt: bytes) -> bytes:
    """The iterated hash of the password, [MS-OFFCRYPTO] 2.3.4.11."""
    spun = _digest(salt + password.encode("utf-16-le"))
    for number in range(_ROUNDS):
        spun = _digest(struct.pack("<L", number) + spun)
    return spun


def _data_spaces() -> dict[str, bytes | dict[str, bytes | dict[str, bytes]]]:
    """The four fixed structures of [MS-OFFCRYPTO] 2.1 and 2.3.4.1 to 2.3.4.4."""
    version = struct.pack("<HHHHHH", 1, 0, 1, 0, 1, 0)
    space, transform = _prefixed("StrongEncryptionDataSpace"), "StrongEncryptionTransform"
    reference = struct.pack("<LL", 1, 0) + _prefixed("EncryptedPackage") + space
    transform_id = _prefixed("{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}")
    primary = (
        struct.pack("<LL", 8 + len(transform_id), 1)
        + transform_id
        + _prefixed("Microsoft.Container.EncryptionTransform")
        + version
        + struct.pack("<LLLL", 0, 0, 0, 4)
    )
    return {
        "Version": _prefixed("Microsoft.Container.DataSpaces") + version,
        "DataSpaceMap": struct.pack("<LL", 8, 1)
        + struct.pack("<L", len(reference) + 4)
        + reference,
        "DataSpaceInfo": {
            "StrongEncryptionDataSpace": struct.pack("<LL", 8, 1) + _prefixed(transform)
        },
        "TransformInfo": {transform: {"\x06Primary": primary}},
    }


def _prefixed(text: str) -> bytes:
    """UNICODE-LP-P4: length in bytes, UTF-16, padded to four bytes ([MS-OFFCRYPTO] 2.1.2)."""
    encoded = text.encode("utf-16-le")
    return struct.pack("<L", len(encoded)) + encoded + bytes(-len(encoded) % 4)


def _cbc(key: bytes, vector: bytes, data: bytes) -> bytes:
    return Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor().update(data)


def _digest(data: bytes) -> bytes:
    return hashlib.sha512(data).digest()


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
