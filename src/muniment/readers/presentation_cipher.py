"""An encrypted binary presentation in the clear, opened with a key at hand.

- Each current object is encrypted by itself, keyed by its number; edits and directories are not.
- Pictures are encrypted a field at a time, each from the start of the same key stream.

Source: [MS-PPT] §2.3.7 (CryptSession10Container), [MS-OFFCRYPTO] §2.3.5; §2.3.5.5 for pictures.
"""

import io
import struct

from muniment.readers.keys import Keys
from muniment.readers.office_art import METAFILES, TWO_IDENTIFIERS, record_at
from muniment.readers.office_cipher import Cipher, cipher_in
from muniment.readers.presentation_records import CRYPT_SESSION, Edits
from muniment.readers.signals import LockedError

_HEAD = 8
_WHOLE = 1 << 31  # one block: the key does not change within an object
_UNENCRYPTED = (0x0FF5, 0x1772, CRYPT_SESSION)


def opened(edits: Edits, data: bytes, pictures: bytes, keys: Keys) -> tuple[bytes, bytes]:
    """The presentation's stream and its pictures in the clear.

    Raises:
        LockedError: no key opens it, or it does not say how it is locked.
    """
    session = record_at(data, edits.offsets.get(edits.session, -1), len(data))
    if session is None or session.kind != CRYPT_SESSION:
        raise LockedError("encrypted, and its encryption header is missing")
    cipher = cipher_in(io.BytesIO(data[session.start : session.end]), keys)
    clear = bytearray(data)
    for number, offset in sorted(edits.offsets.items()):
        if number != edits.session:
            _open_object(clear, data, offset, number, cipher)
    return bytes(clear), _pictures(pictures, cipher)


def _open_object(clear: bytearray, data: bytes, offset: int, number: int, cipher: Cipher) -> None:
    plain = record_at(data, offset, len(data))
    if plain is None or plain.kind in _UNENCRYPTED:
        return
    head = cipher.decrypted(data[offset : offset + _HEAD], _WHOLE, number)
    (length,) = struct.unpack_from("<I", head, 4)
    end = min(len(data), offset + _HEAD + length)
    clear[offset:end] = cipher.decrypted(data[offset:end], _WHOLE, number)


def _pictures(data: bytes, cipher: Cipher) -> bytes:
    clear = bytearray(data)
    at = 0
    while at + _HEAD <= len(data):
        clear[at : at + _HEAD] = cipher.decrypted(data[at : at + _HEAD], _WHOLE, 0)
        record = record_at(clear, at, len(clear))
        if record is None or record.end <= at:
            break
        field = record.start
        identifiers = 32 if record.instance in TWO_IDENTIFIERS else 16
        sizes = [16] * (identifiers // 16) + [34 if record.kind in METAFILES else 1]
        for size in [*sizes, record.end - record.start]:
            end = min(field + size, record.end)
            clear[field:end] = cipher.decrypted(data[field:end], _WHOLE, 0)
            field = end
        at = record.end
    return bytes(clear)
