"""The ciphers of the binary Office formats: the key that fits, and what it decrypts.

- A key is tried on the stored verifier; only one that fits is used, and is noted as used.
- Derivation and stream cipher are msoffcrypto-tool's; which bytes are encrypted differs by format
  and is the format's business. Nothing is written to a disk, which its own `decrypt` would do.

Source: [MS-OFFCRYPTO] §2.3.5 (RC4 CryptoAPI), §2.3.6 (RC4).
"""

import io
import struct
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from muniment.readers.keys import Keys
from muniment.readers.signals import LockedError

_RC4 = (1, 1)
_CRYPTO_API_MAJORS, _CRYPTO_API_MINOR = (2, 3, 4), 2


class Cipher(msgspec.Struct, frozen=True):
    """A cipher whose key is known."""

    decrypt: Callable[..., io.BytesIO]

    def decrypted(self, data: bytes, block_size: int, block: int | None = None) -> bytes:
        """Data in the clear; the key changes with each block of this size, from `block` on."""
        more = {} if block is None else {"block": block}
        return self.decrypt(io.BytesIO(data), blocksize=block_size, **more).read()


def cipher_in(header: io.BytesIO, keys: Keys) -> Cipher:
    """The cipher that an encryption header describes, with the first key that fits it.

    Raises:
        LockedError: no key fits, or the cipher is none of the two.
    """
    # Loaded when a locked file is met: cryptography takes its time to start.
    from msoffcrypto.format.common import (  # type: ignore[import-untyped]  # noqa: PLC0415
        _parse_header_RC4CryptoAPI,
    )
    from msoffcrypto.format.doc97 import (  # type: ignore[import-untyped]  # noqa: PLC0415
        _parse_header_RC4,
    )
    from msoffcrypto.method.rc4 import (  # type: ignore[import-untyped]  # noqa: PLC0415
        DocumentRC4,
    )
    from msoffcrypto.method.rc4_cryptoapi import (  # type: ignore[import-untyped]  # noqa: PLC0415
        DocumentRC4CryptoAPI,
    )

    try:
        version = struct.unpack("<HH", header.read(4))
        if version == _RC4:
            info = _parse_header_RC4(header)
            check = [info["salt"], info["encryptedVerifier"], info["encryptedVerifierHash"]]
            method, said = DocumentRC4, [info["salt"]]
        elif version[0] in _CRYPTO_API_MAJORS and version[1] == _CRYPTO_API_MINOR:
            info = _parse_header_RC4CryptoAPI(header)
            method, said = DocumentRC4CryptoAPI, [info["salt"], info["keySize"]]
            check = [*said, info["encryptedVerifier"], info["encryptedVerifierHash"]]
        else:
            raise LockedError("encrypted in a way that is not known here")
        return _fitting(method, said, check, keys)
    except (struct.error, KeyError, ValueError, TypeError) as why:
        raise LockedError("encrypted, and its encryption header is damaged") from why


def _fitting(method: type, said: list[Any], check: list[Any], keys: Keys) -> Cipher:
    for secret in keys.secrets:
        if method.verifypw(secret, *check):  # type: ignore[attr-defined]
            keys.worked(secret)
            return Cipher(partial(method.decrypt, secret, *said))  # type: ignore[attr-defined]
    raise LockedError("encrypted with a password")
