"""OpenPGP packets (RFC 9580 §4): their types and bodies, in order.

- Lengths are those of the bytes that are there; partial bodies are joined.
"""

from collections.abc import Iterator

import msgspec

_MOST = 100_000
_INDEFINITE = 3


class Packet(msgspec.Struct, frozen=True):
    """A packet: its type and its body; `whole` is false where the body is cut off."""

    sort: int
    body: bytes
    whole: bool = True


def packets_of(data: bytes) -> Iterator[Packet]:
    """The packets that `data` is made of; ends where no packet begins."""
    position = 0
    for _ in range(_MOST):
        if position >= len(data) or data[position] & 0x80 == 0:
            return
        header = data[position]
        if header & 0x40:
            packet, position = _new(data, header & 0x3F, position + 1)
        else:
            packet, position = _old(data, header, position + 1)
        yield packet


def _old(data: bytes, header: int, position: int) -> tuple[Packet, int]:
    kind = header & 3
    if kind == _INDEFINITE:
        return Packet(header >> 2 & 15, data[position:]), len(data)
    size = 1 << kind
    length = int.from_bytes(data[position : position + size], "big")
    return _cut(data, header >> 2 & 15, position + size, length)


def _new(data: bytes, sort: int, position: int) -> tuple[Packet, int]:
    pieces = []
    for _ in range(_MOST):
        length, position, partial = _length(data, position)
        pieces.append(data[position : position + length])
        position += length
        if not partial:
            break
    return Packet(sort, b"".join(pieces), position <= len(data)), position


def _length(data: bytes, position: int) -> tuple[int, int, bool]:
    first = data[position] if position < len(data) else 0
    if first < 192:  # noqa: PLR2004 - §4.2.1.1
        return first, position + 1, False
    if first < 224:  # noqa: PLR2004 - §4.2.1.2
        second = data[position + 1] if position + 1 < len(data) else 0
        return (first - 192 << 8) + second + 192, position + 2, False
    if first == 255:  # noqa: PLR2004 - §4.2.1.3
        return int.from_bytes(data[position + 1 : position + 5], "big"), position + 5, False
    return 1 << (first & 31), position + 1, True


def _cut(data: bytes, sort: int, position: int, length: int) -> tuple[Packet, int]:
    end = position + length
    return Packet(sort, data[position:end], end <= len(data)), end
