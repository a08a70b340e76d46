"""Writes zip archives byte by byte, so that what real archives get wrong can be written on purpose.

    [local header + data] …  [central directory entry] …  [end record]      (APPNOTE.TXT 6.3.9, 4.3)

Invariants:

- every entry is dated 30 June 2018 10:12:00, whatever the clock says;
- names are bytes and never checked: `../`, absolute, equal and GBK names all pass;
- encryption is WinZip AES-256 in its second form (AE-2, which stores no CRC), with a given salt.
"""

import hashlib
import hmac
import struct
import zlib
from collections.abc import Iterable, Sequence

import msgspec
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

STORED, DEFLATED, _AES = 0, 8, 99
_DOS_TIME = (10 << 11) | (12 << 5)
_DOS_DATE = ((2018 - 1980) << 9) | (6 << 5) | 30
_ENCRYPTED_FLAG, _UTF8_FLAG = 0x0001, 0x0800
_AES_ROUNDS = 1000  # AE-1/AE-2 specification, "Key generation"
_AES_KEY = 32
_AES_BLOCK = 16


class Entry(msgspec.Struct, frozen=True):
    """One entry as stored: `packed` are the bytes in the archive, `size` is the unpacked size."""

    name: bytes
    packed: bytes
    size: int
    crc: int
    method: int = DEFLATED
    flags: int = 0
    extra: bytes = b""


def entry(name: str | bytes, data: bytes) -> Entry:
    """A deflated entry. A name given as text is flagged UTF-8; bytes are written as they are."""
    raw, flags = (name.encode(), _UTF8_FLAG) if isinstance(name, str) else (name, 0)
    return Entry(raw, deflate((data,)), len(data), zlib.crc32(data), flags=flags)


def locked_entry(name: str, data: bytes, password: str, salt: bytes) -> Entry:
    """An entry under WinZip AES-256; `salt` is 16 bytes."""
    derived = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, _AES_ROUNDS, 2 * _AES_KEY + 2)
    key, mac_key, verifier = derived[:32], derived[32:64], derived[64:]
    sealed = _counter_mode(key, deflate((data,)))
    mac = hmac.new(mac_key, sealed, "sha1").digest()[:10]
    extra = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, DEFLATED)
    flags = _UTF8_FLAG | _ENCRYPTED_FLAG
    return Entry(name.encode(), salt + verifier + sealed + mac, len(data), 0, _AES, flags, extra)


def deflate(blocks: Iterable[bytes]) -> bytes:
    """Raw deflate, block by block, so that a large member is never held unpacked."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join([*(packer.compress(block) for block in blocks), packer.flush()])


def zip_bytes(entries: Sequence[Entry]) -> bytes:
    """The archive with its entries in the order given."""
    body, central = b"", b""
    for stored in entries:
        central += central_entry(stored, len(body))
        body += local_entry(stored)
    return body + central + end_record(len(entries), len(central), len(body))


def local_entry(stored: Entry) -> bytes:
    return b"PK\x03\x04" + _common(stored) + stored.name + stored.extra + stored.packed


def central_entry(stored: Entry, offset: int) -> bytes:
    """The directory entry for something stored at `offset`; made by MS-DOS, no attributes."""
    head = b"PK\x01\x02" + struct.pack("<H", 20) + _common(stored)
    tail = struct.pack("<HHHLL", 0, 0, 0, 0, offset)
    return head + tail + stored.name + stored.extra


def end_record(count: int, central_size: int, central_offset: int) -> bytes:
    return b"PK\x05\x06" + struct.pack(
        "<HHHHLLH", 0, 0, count, count, central_size, central_offset, 0
    )


def _common(stored: Entry) -> bytes:
    """The fields that local and central header share, in the order both have them."""
    return struct.pack(
        "<HHHHHLLLHH",
        20,
        stored.flags,
        stored.method,
        _DOS_TIME,
        _DOS_DATE,
        stored.crc,
        len(stored.packed),
        stored.size,
        len(stored.name),
        len(stored.extra),
    )


def _counter_mode(key: bytes, data: bytes) -> bytes:
    """AES in counter mode as WinZip counts: little-endian from 1, which no library mode offers."""
    blocks = -(-len(data) // _AES_BLOCK)
    counters = b"".join(number.to_bytes(16, "little") for number in range(1, blocks + 1))
    # ECB over counters is the definition of counter mode; no text is ever encrypted with it.
    pad = Cipher(algorithms.AES(key), modes.ECB()).encryptor().update(counters)  # noqa: S305
    return bytes(a ^ b for a, b in zip(data, pad, strict=False))
