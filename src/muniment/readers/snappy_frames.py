"""Snappy's framing: blocks of at most 64 KiB, each with a checksum of what it unpacks to.

    chunk    sort (1 byte), length (3 bytes, little-endian), body
    ff       "sNaPpY", at the start and where streams are joined
    00, 01   masked CRC-32C, then a packed block or plain bytes
    fe       padding; 80 to fd: to be skipped; 02 to 7f: not to be skipped

Source: "Snappy framing format description", google/snappy; RFC 3720 §12.1 and B.4 (CRC-32C).
"""

from collections.abc import Iterator
from functools import cache

from muniment.readers.members import DamagedError
from muniment.readers.snappy_blocks import unsnappied
from muniment.readers.source import Source

_HEAD = 4
_START, _PACKED, _PLAIN = 0xFF, 0x00, 0x01
_SKIPPED_FROM = 0x80
_LARGEST_PLAIN = 1 << 16
_SIGN = b"sNaPpY"
_POLYNOMIAL = 0x82F63B78  # reversed
_MASK = 0xA282EAD8


def unframed(source: Source) -> Iterator[bytes]:
    """The plain bytes of a stream, block by block.

    Raises:
        DamagedError: it breaks off, holds what it must not, or a checksum is not that of a block.
    """
    at = 0
    while at < source.size:
        head = source.read_at(at, _HEAD)
        length = int.from_bytes(head[1:], "little")
        at += _HEAD + length
        if len(head) < _HEAD or at > source.size:
            raise DamagedError("member-damaged", "its packed bytes end too early")
        if head[0] in (_PACKED, _PLAIN):
            yield _checked(head[0], source.read_at(at - length, length))
        elif head[0] < _SKIPPED_FROM:
            raise DamagedError("member-damaged", "it holds a block of a sort that is not known")
        elif head[0] == _START and source.read_at(at - length, length) != _SIGN:
            raise DamagedError("member-damaged", "it begins as no stream does")


def _checked(sort: int, body: bytes) -> bytes:
    try:
        plain = unsnappied(body[4:], _LARGEST_PLAIN) if sort == _PACKED else body[4:]
    except (ValueError, IndexError) as why:
        raise DamagedError("member-damaged", "a block is damaged") from why
    if len(body) < _HEAD or int.from_bytes(body[:4], "little") != _masked(plain):
        message = "its bytes do not have the checksum that is stated"
        raise DamagedError("crc-mismatch", message)
    return plain


def _masked(data: bytes) -> int:
    table, crc = _table(), 0xFFFFFFFF
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ crc >> 8
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + _MASK) & 0xFFFFFFFF


@cache
def _table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = value >> 1 ^ (_POLYNOMIAL if value & 1 else 0)
        table.append(value)
    return tuple(table)
