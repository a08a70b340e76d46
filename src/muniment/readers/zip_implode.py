"""Method 6 of zip, "imploded", as PKZIP 1 wrote it until 1993: Shannon-Fano codes over a window.

- Literals are raw or coded, distances of 6 or 7 low bits and a coded rest, lengths coded.
- Codes come as run lengths; they are read from the lowest bit on, their bits inverted.

Source: PKWARE APPNOTE 6.3.10, §5.3.
"""

from collections.abc import Iterator, Mapping

from muniment.readers.members import DamagedError

_FLAG_LARGE_WINDOW = 2  # §4.4.4, bit 1: 8 KiB, otherwise 4 KiB
_FLAG_LITERALS = 4  # bit 2: literals are coded, and matches are of 3 bytes at least
_LONGEST_CODED = 63
_OUTPUT = 1 << 16
_KEPT = 1 << 13  # the largest window
_LONGEST_CODE = 16  # bits
_SHORT_BITS = 9  # codes up to here are looked up at once; nearly all are as short
_SHORT = (1 << _SHORT_BITS) - 1
_HELD = 6  # bytes taken from a block at once


def exploded(blocks: Iterator[bytes], size: int, flags: int) -> Iterator[bytes]:
    """The bytes of an imploded entry of this size.

    Raises:
        DamagedError: its codes are none, or its bytes end too early.
    """
    bits = Bits(blocks)
    coded = bool(flags & _FLAG_LITERALS)
    literals = _code(bits, 256) if coded else None
    lengths, distances = _code(bits, 64), _code(bits, 64)
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
    before = min(max(distance - len(out), 0), length)
    if before > 0:
        out += bytes(before)
        length -= before
    start = len(out) - distance
    if length <= distance:
        out += out[start : start + length]
        return
    pattern = bytes(out[start:])
    out += (pattern * (length // distance + 1))[:length]


class Bits:
    """The bits of a stream, the lowest of each byte first."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._block = b""
        self._at = 0
        self._held = 0
        self._count = 0

    def take(self, count: int) -> int:
        """The next bits as a number."""
        if self._count < count:
            self._hold(count)
            if self._count < count:
                raise DamagedError("member-damaged", "its packed bytes end too early")
        held = self._held
        self._held = held >> count
        self._count -= count
        return held & ((1 << count) - 1)

    def coded(self, code: "Code") -> int:
        """The next symbol of a code."""
        if self._count < _LONGEST_CODE:
            self._hold(_LONGEST_CODE)
        held = self._held
        # What stands behind the last byte counts as zeros here, and as missing below.
        symbol, length = code.short[held & _SHORT] or code.long(held)
        if length > self._count:
            raise DamagedError("member-damaged", "its packed bytes end too early")
        self._held = held >> length
        self._count -= length
        return symbol

    def _hold(self, count: int) -> None:
        """Hold as many bits as asked for, and some more; fewer only at the end."""
        while self._count < count:
            if self._at >= len(self._block):
                self._block, self._at = next(self._blocks, b""), 0
                if len(self._block) == 0:
                    return
            more = self._block[self._at : self._at + _HELD]
            self._held |= int.from_bytes(more, "little") << self._count
            self._count += 8 * len(more)
            self._at += len(more)


class Code:
    """A code: symbol and length, by the next bits as they stand in the stream."""

    def __init__(self, symbols: Mapping[tuple[int, int], int]) -> None:
        """`symbols` by the length of their bits, and the bits as a number, the first one lowest."""
        self.short: list[tuple[int, int] | None] = [None] * (_SHORT + 1)
        self._long: dict[tuple[int, int], int] = {}
        # The longest first: where a damaged tree has a code within another, the shorter one counts.
        for (length, bits), symbol in reversed(list(symbols.items())):
            if length <= _SHORT_BITS:
                ends = (_SHORT + 1) >> length
                self.short[bits :: 1 << length] = [(symbol, length)] * ends
            else:
                self._long[length, bits] = symbol

    def long(self, held: int) -> tuple[int, int]:
        """The symbol of more than a few bits, and how many."""
        for length in range(_SHORT_BITS + 1, _LONGEST_CODE + 1):
            symbol = self._long.get((length, held & ((1 << length) - 1)))
            if symbol is not None:
                return symbol, length
        raise DamagedError("member-damaged", "its bits are no code")


def _code(bits: Bits, symbols: int) -> Code:
    """The code whose lengths come next (§5.3.7 to §5.3.9)."""
    lengths: list[int] = []
    for _ in range(bits.take(8) + 1):
        byte = bits.take(8)
        lengths += [(byte & 15) + 1] * ((byte >> 4) + 1)
    if len(lengths) != symbols:
        raise DamagedError("member-damaged", "its tree has another number of leaves")
    codes: dict[tuple[int, int], int] = {}
    code = last = 0
    # As in deflate (RFC 1951 §3.2.2), but the bits of a code stand inverted in the stream.
    for symbol in sorted(range(symbols), key=lengths.__getitem__):
        code <<= lengths[symbol] - last
        last = lengths[symbol]
        inverted = ~code & ((1 << last) - 1)
        codes[last, int(f"{inverted:0{last}b}"[::-1], 2)] = symbol
        code += 1
    return Code(codes)
