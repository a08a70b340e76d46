"""Method 1 of zip, "shrunk", as PKARC and the first PKZIP wrote it: LZW that forgets its leaves.

- Codes are of 9 to 13 bits; code 256 and the one behind it lengthen the codes (1) or free every
  code that no other builds on (2).

Source: PKWARE APPNOTE 6.3.10, §5.1.
"""

from collections.abc import Iterator

from muniment.readers.members import DamagedError
from muniment.readers.zip_implode import Bits

_CONTROL, _LENGTHEN, _FORGET = 256, 1, 2
_FIRST, _MOST_BITS = 257, 13
_CODES = 1 << _MOST_BITS
_FREE = -1
_OUTPUT = 1 << 16


def unshrunk(blocks: Iterator[bytes], size: int) -> Iterator[bytes]:
    """The bytes of a shrunk entry of this size.

    Raises:
        DamagedError: its codes are none, or its bytes end too early.
    """
    if size == 0:
        return
    bits, table = Bits(blocks), _Table()
    width, written = 9, 0
    before = bits.take(width)
    out = bytearray(table.text(before))
    while written + len(out) < size:
        code = bits.take(width)
        if code == _CONTROL:
            order = bits.take(width)
            if order == _LENGTHEN and width < _MOST_BITS:
                width += 1
            elif order == _FORGET:
                table.forget()
            else:
                raise DamagedError("member-damaged", "its bits are no code")
            continue
        out += table.next(code, before)
        before = code
        if len(out) > _OUTPUT:
            yield bytes(out)
            written += len(out)
            out.clear()
    yield bytes(out)


class _Table:
    """For each code the one that it builds on, and the byte that it adds."""

    def __init__(self) -> None:
        self._parent = [0] * _CONTROL + [_FREE] * (_CODES - _CONTROL)
        self._byte = [*range(_CONTROL), *([0] * (_CODES - _CONTROL))]
        self._lowest = _FIRST

    def text(self, code: int) -> bytes:
        """What a code stands for."""
        found = bytearray()
        while code >= _CONTROL:
            if code == _CONTROL or self._parent[code] == _FREE or len(found) > _CODES:
                raise DamagedError("member-damaged", "its bits are no code")
            found.append(self._byte[code])
            code = self._parent[code]
        found.append(code)
        found.reverse()
        return bytes(found)

    def next(self, code: int, before: int) -> bytes:
        """What the next code stands for; the one before it and its first byte become a new code."""
        known = code < _CONTROL or self._parent[code] != _FREE
        if known:
            text = self.text(code)
        else:
            start = self.text(before)
            text = start + start[:1]
        self._add(before, text[0])
        return text

    def forget(self) -> None:
        """Free every code that no other builds on."""
        built_on = set(self._parent[_FIRST:])
        for code in range(_FIRST, _CODES):
            if code not in built_on:
                self._parent[code] = _FREE
        self._lowest = _FIRST

    def _add(self, parent: int, byte: int) -> None:
        while self._lowest < _CODES and self._parent[self._lowest] != _FREE:
            self._lowest += 1
        if self._lowest < _CODES:
            self._parent[self._lowest], self._byte[self._lowest] = parent, byte
