"""Method 6 of zip, "imploded", as PKZIP 1 wrote it until 1993: Shannon-Fano codes over a window.

- Literals are raw or coded, distances of 6 or 7 low bits and a coded rest, lengths coded.
- Codes come as run lengths; they are read from the lowest bit on, their bits inverted.

Source: PKWARE APPNOTE 6.3.10, §5.3.
"""

from collections.abc import Iterator, Mapping

import msgspec

from muniment.readers.members import DamagedError

_FLAG_LARGE_WINDOW = 2  # §4.4.4, bit 1: 8 KiB, otherwise 4 KiB
_FLAG_LITERALS = 4  # bit 2: literals are coded, and matches are of 3 bytes at least
_LONGEST_CODED = 63
_OUTPUT = 1 << 16
_KEPT = 1 << 13  # the largest window
_LONGEST_CODE = 16  # bits
_SHORT_BITS = 9  # codes up to here are looked up at once; nearly all are as short
_SHORT = (1 << _SHORT_BITS) - 1
_HELD = 14  # bytes taken from a block at once
_MOST_OF_A_TURN = 1 + 7 + 2 * _LONGEST_CODE + 8  # bits: a match with all that may belong to it
_BYTE = 0xFF
_REVERSED = tuple(int(f"{byte:08b}"[::-1], 2) for byte in range(_BYTE + 1))


def exploded(blocks: Iterator[bytes], size: int, flags: int) -> Iterator[bytes]:
    """The bytes of an imploded entry of this size.

    Raises:
        DamagedError: its codes are none, or its bytes end too early.
    """
    bits = Bits(blocks)
    coded = bool(flags & _FLAG_LITERALS)
    literals = _code(bits, 256) if coded else _RAW
    lengths, distances = _code(bits, 64), _code(bits, 64)
    low = 7 if flags & _FLAG_LARGE_WINDOW else 6
    codes = _Codes(literals, lengths, distances, low, least=3 if coded else 2)
    out = bytearray()
    written = 0  # bytes that have left `out` at its front
    while written + len(out) < size:
        _extend(out, min(size - written, _OUTPUT + _KEPT), bits, codes)
        del out[size - written :]  # the last match may go further
        if written + len(out) < size:
            yield bytes(out[:_OUTPUT])
            del out[:_OUTPUT]
            written += _OUTPUT
    yield bytes(out)


def _extend(out: bytearray, until: int, bits: "Bits", codes: "_Codes") -> None:
    """Unpack until so many bytes are there, or some more: one turn for each literal or match.

    Bits are counted here and not asked for: a method called for each would be most of the work.
    """
    literals, lengths, distances = codes.literals.short, codes.lengths.short, codes.distances.short
    low, least, mask = codes.low, codes.least, (1 << codes.low) - 1
    held, count = bits.held, bits.count
    while len(out) < until:
        if count < _MOST_OF_A_TURN:
            bits.held, bits.count = held, count
            bits.fill(_MOST_OF_A_TURN)
            held, count = bits.held, bits.count
        if held & 1:
            symbol, used = literals[held >> 1 & _SHORT] or codes.literals.long(held >> 1)
            held >>= used + 1
            count -= used + 1
            out.append(symbol)
        else:
            distance, held = held >> 1 & mask, held >> low + 1
            symbol, used = distances[held & _SHORT] or codes.distances.long(held)
            held >>= used
            distance += (symbol << low) + 1
            symbol, more = lengths[held & _SHORT] or codes.lengths.long(held)
            held >>= more
            count -= low + 1 + used + more
            if symbol == _LONGEST_CODED:
                symbol, held, count = symbol + (held & _BYTE), held >> 8, count - 8
            length, start = symbol + least, len(out) - distance
            if start >= 0 and length <= distance:
                out += out[start : start + length]
            else:
                _copy(out, distance, length)
        if count < 0:  # what stands behind the last byte counts as zeros until here
            raise DamagedError("member-damaged", "its packed bytes end too early")
    bits.held, bits.count = held, count


def _copy(out: bytearray, distance: int, length: int) -> None:
    """Repeat what stands `distance` back, of any length; before the beginning stand zeros."""
    before = min(max(distance - len(out), 0), length)
    out += bytes(before)
    pattern = bytes(out[len(out) - distance :])
    length -= before
    out += (pattern * (length // distance + 1))[:length]


class Bits:
    """The bits of a stream, the lowest of each byte first; `count` of them are `held`."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._block = b""
        self._at = 0
        self.held = 0
        self.count = 0

    def take(self, count: int) -> int:
        """The next bits as a number."""
        if self.count < count:
            self.fill(count)
            if self.count < count:
                raise DamagedError("member-damaged", "its packed bytes end too early")
        held = self.held
        self.held = held >> count
        self.count -= count
        return held & ((1 << count) - 1)

    def fill(self, count: int) -> None:
        """Hold as many bits as asked for, and some more; fewer only at the end."""
        while self.count < count:
            if self._at >= len(self._block):
                self._block, self._at = next(self._blocks, b""), 0
                if len(self._block) == 0:
                    return
            more = self._block[self._at : self._at + _HELD]
            self.held |= int.from_bytes(more, "little") << self.count
            self.count += 8 * len(more)
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
    code = 0  # its first bit the highest of sixteen
    # As in deflate (RFC 1951 §3.2.2), but the bits of a code stand inverted in the stream.
    for symbol in sorted(range(symbols), key=lengths.__getitem__):
        length, inverted = lengths[symbol], ~code
        first_lowest = _REVERSED[inverted & _BYTE] << 8 | _REVERSED[inverted >> 8 & _BYTE]
        codes[length, first_lowest & ((1 << length) - 1)] = symbol
        code += 1 << (_LONGEST_CODE - length)
    return Code(codes)


_RAW = Code({(8, byte): byte for byte in range(256)})  # literals that are not coded


class _Codes(msgspec.Struct, frozen=True):
    """What the symbols of an entry mean: literals, and matches by length and distance."""

    literals: Code
    lengths: Code
    distances: Code
    low: int  # bits of a distance that are not coded
    least: int  # bytes of a match
