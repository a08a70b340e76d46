"""Imploded entries of zip: unpacked as a decoder says that goes bit by bit."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from muniment.readers.members import DamagedError
from muniment.readers.zip_implode import exploded

# As many leaves as bytes or lengths, all of 8 or 6 bits.
LEVEL_8 = bytes((15, *[0xF7] * 16))
LEVEL_6 = bytes((3, *[0xF5] * 4))
# 62 codes of 6 bits, and two of 12: longer than what is looked up at once.
UNEVEN_6 = bytes((4, *[0xF5] * 3, 0xD5, 0x1B))


class Plainly:
    """One bit after the other, every code compared with every symbol's."""

    def __init__(self, data: bytes) -> None:
        self.bits = [byte >> at & 1 for byte, at in product(data, range(8))]
        self.at = 0

    def number(self, count: int) -> int:
        if self.at + count > len(self.bits):
            raise EOFError
        taken = self.bits[self.at : self.at + count]
        self.at += count
        return sum(bit << place for place, bit in enumerate(taken))

    def code(self, leaves: int) -> dict[tuple[int, ...], int]:
        lengths: list[int] = []
        for _ in range(self.number(8) + 1):
            byte = self.number(8)
            lengths += [(byte & 15) + 1] * ((byte >> 4) + 1)
        assert len(lengths) == leaves
        found, code, last = {}, 0, 0
        for length, symbol in sorted((length, symbol) for symbol, length in enumerate(lengths)):
            code <<= length - last
            last = length
            found[tuple(1 - (code >> at & 1) for at in range(length - 1, -1, -1))] = symbol
            code += 1
        return found

    def symbol(self, code: dict[tuple[int, ...], int]) -> int:
        seen: tuple[int, ...] = ()
        while seen not in code:
            seen += (self.number(1),)
        return code[seen]

    def entry(self, size: int, flags: int) -> bytes:
        literals = self.code(256) if flags & 4 else None
        lengths, distances = self.code(64), self.code(64)
        out: list[int] = []
        while len(out) < size:
            if self.number(1):
                out.append(self.number(8) if literals is None else self.symbol(literals))
                continue
            distance = self.number(7 if flags & 2 else 6)
            distance += self.symbol(distances) << (7 if flags & 2 else 6)
            length = self.symbol(lengths)
            length += self.number(8) if length == 63 else 0
            for _ in range(length + (3 if flags & 4 else 2)):
                out.append(out[-distance - 1] if distance < len(out) else 0)
        return bytes(out[:size])


@given(
    st.sampled_from([0, 2, 4, 6]),
    st.sampled_from([LEVEL_6, UNEVEN_6]),
    st.binary(max_size=1_500),
    st.sampled_from([1, 40, 3_000, 100_000]),
    st.integers(1, 400),
)
def test_any_bits_are_unpacked_as_one_by_one_or_not_at_all(
    flags: int, tree: bytes, body: bytes, size: int, block: int
) -> None:
    data = (LEVEL_8 if flags & 4 else b"") + tree + LEVEL_6 + body
    try:
        expected = Plainly(data).entry(size, flags)
    except EOFError:
        expected = None
    blocks = (data[at : at + block] for at in range(0, len(data), block))
    try:
        found = b"".join(exploded(blocks, size, flags))
    except DamagedError:
        found = None
    assert found == expected
