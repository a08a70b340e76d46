"""The streams of an encrypted binary Word document, opened with a key at hand.

- RC4 and RC4 CryptoAPI ([MS-OFFCRYPTO] §2.3.6, §2.3.5): the key is tried on the verifier, so a
  wrong one opens nothing. The first 68 bytes of WordDocument are never encrypted.
- XOR obfuscation (§2.3.7), as Word 6 and 95 have it, is said and stays locked.
"""

import io
import struct

from muniment.readers.keys import Keys
from muniment.readers.office_cipher import Cipher, cipher_in
from muniment.readers.signals import LockedError
from muniment.readers.word_binary_layout import Layout

_CLEAR = 68
_FLAGS_AT = 10
_ENCRYPTED = 0x100


def opened(
    layout: Layout, streams: tuple[bytes, bytes, bytes], keys: Keys
) -> tuple[bytes, bytes, bytes]:
    """WordDocument, table and Data in the clear.

    Raises:
        LockedError: no key opens it, or it is locked in a way that is not known here.
    """
    document, table, data = streams
    if layout.obfuscated:
        raise LockedError("a Word document obfuscated with a password (XOR)")
    cipher = cipher_in(io.BytesIO(table[: layout.key]), keys)
    clear = bytearray(document[:_CLEAR])
    flags = int.from_bytes(clear[_FLAGS_AT : _FLAGS_AT + 2], "little") & ~_ENCRYPTED
    struct.pack_into("<H", clear, _FLAGS_AT, flags)
    rest = _decrypted(cipher, document)[_CLEAR:]
    return bytes(clear) + rest, _decrypted(cipher, table), _decrypted(cipher, data)


def _decrypted(cipher: Cipher, data: bytes) -> bytes:
    return cipher.decrypted(data, block_size=512)
