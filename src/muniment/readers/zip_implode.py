"""Method 6 of zip, "imploded", as PKZIP 1 wrote it until 1993: Shannon-Fano codes over a window.

- Literals are raw or coded, distances of 6 or 7 low bits and a coded rest, lengths coded.
- Codes come as run lengths; they are read from the lowest bit on, their bits inverted.

Source: PKWARE APPNOTE 6.3.10, §5.3.
"""

from collections.abc import Iterator

from muniment.readers.members import DamagedError

_FLAG_LARGE_WINDOW = 2  # §4.4.4, bit 1: 8 KiB, otherwise 4 KiB
_FLAG_LITERALS = 4  # bit 2: literals are coded, and matches are of 3 bytes at least
_LONGEST_CODED = 63
_OUTPUT = 1 << 16
_KEPT = 1 << 13  # the largest window


def exploded(blocks: Iterator[bytes], size: int, flags: int) -> Iterator[bytes]:
    """The bytes of an imploded entry of this size.

    Raises:
        DamagedError: its codes are none, or its bytes end too early.
    """
    bits = Bits(blocks)
    coded = bool(flags & _FLAG_LITERALS)
    literals = _codes(bits, 256) if coded else None
    lengths, distances = _codes(bits, 64), _codes(bits, 64)
    low = 7 if flags & _FLAG_LARGE_WINDOW else 6
    least = 3 if coded else 2
    out = bytearray()
    written = 0  # bytes that have left `out` at its front
    while written + len(out) < size:
        if bits.take(1) == 1:
            out.append(bits.take(8) if literals is None else bits.coded(literals))
        else:
            distance = bits.take(low) | bits.coded(distances) << low
            length = bits.coded(lengths)
            length += bits.take(8) if length == _LONGEST_CODED else 0
            _copy(out, distance + 1, min(length + least, size - written - len(out)))
        if len(out) > _OUTPUT + _KEPT:
            yield bytes(out[:_OUTPUT])
            del out[:_OUTPUT]
            written += _OUTPUT
    yield bytes(out)


def _copy(out: bytearray, distance: int, length: int) -> None:
    """Repeat what stands `distance` back; before the beginning stand zeros."""
    for _ in range(length):
        out.append(out[-distance] if distance <= len(out) else 0)


class Bits:
    """The bits of a stream, the lowest of each byte first."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._bytes = (byte for block in blocks for byte in block)
        self._held = 0
        self._count = 0

    def take(self, count: int) -> int:
        """The next bits as a number."""
        while self._count < count:
            byte = next(self._bytes, None)
            if byte is None:
                raise DamagedError("member-damaged", "its packed bytes end too early")
            self._held |= byte << self._count
            self._count += 8
        value = self._held & ((1 << count) - 1)
        self._held >>= count
        self._count -= count
        return value

    def coded(self, codes: dict[tuple[int, int], int]) -> int:
        """The next symbol of a code."""
        value = 0
        for length in range(1, 17):
            value = value << 1 | self.take(1)
            found = codes.get((length, value))
            if found is not None:
                return found
        raise DamagedError("member-damaged", "its bits are no code")


def _codes(bits: Bits, symbols: int) -> dict[tuple[int, int], int]:
    """Length and bits of each code → symbol (§5.3.7 to §5.3.9)."""
    lengths: list[int] = []
    for _ in range(bits.take(8) + 1):
        byte = bits.take(8)
        lengths += [(byte & 15) + 1] * ((byte >> 4) + 1)
    if len(lengths) != symbols:
        raise DamagedError("member-damaged", "its tree has another number of leaves")
    codes: dict[tuple[int, int], int] = {}
    code = last = 0
    # As in deflate (RFC 1951 §3.2.2), but the bits of a code stand inverted in the stream.
    for symbol in sorted(range(symbols), key=lambda one: (lengths[one], one)):
        code <<= lengths[symbol] - last
        last = lengths[symbol]
        codes[last, ~code & ((1 << last) - 1)] = symbol
        code += 1
    return codes
