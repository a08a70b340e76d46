"""Where the pages of a table divide its rows: what leads over a page that cannot be read.

    interior page: 05, …, 2 bytes number of cells, …, 4 bytes rightmost child, pointers to cells
    its cell:      4 bytes child, largest rowid that may stand under it (a varint)

- Only interior pages are looked at, and nothing here becomes a value: a bound that is wrong costs
  a search, never a row.

Source: sqlite.org/fileformat2.html, §1.6.
"""

from collections.abc import Iterator

from muniment.readers.source import Source
from muniment.readers.sqlite_log import page_size

_INTERIOR, _HEAD, _FILE_HEADER = 5, 12, 100
_LONGEST_VARINT, _MORE = 9, 0x80
_SIGN = 1 << 63


def rowid_bounds(source: Source, root: int) -> list[int]:
    """For each page of the table whose root is this page: the largest rowid that it may hold.

    In their order, without the last page, which has no bound. Of what stands under an interior
    page that is damaged there is one bound, of all together.
    """
    size = page_size(source.read_at(0, _FILE_HEADER))
    seen, pending, bounds = set[int](), [root], set[int]()
    while len(pending) > 0 and size > 0:
        number = pending.pop()
        if number < 1 or number * size > source.size or number in seen:
            continue
        seen.add(number)
        start = _FILE_HEADER if number == 1 else 0
        at = (number - 1) * size
        if source.read_at(at + start, 1) == bytes([_INTERIOR]):
            page = source.read_at(at, size)
            pending.append(int.from_bytes(page[start + 8 : start + 12], "big"))
            for child, bound in _children(page, start):
                pending.append(child)
                bounds.add(bound)
    return sorted(bounds)


def _children(page: bytes, start: int) -> Iterator[tuple[int, int]]:
    """The children of an interior page, each with the largest rowid under it."""
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    for number in range(count):
        at = start + _HEAD + 2 * number
        cell = int.from_bytes(page[at : at + 2], "big")
        if start < cell and cell + 4 < len(page):
            yield int.from_bytes(page[cell : cell + 4], "big"), _varint(page, cell + 4)


def _varint(page: bytes, at: int) -> int:
    """A signed number of 64 bits: seven bits a byte, and eight in the ninth."""
    number = 0
    for count, byte in enumerate(page[at : at + _LONGEST_VARINT], start=1):
        if count == _LONGEST_VARINT:
            number = number << 8 | byte
        else:
            number = number << 7 | byte & ~_MORE
            if byte < _MORE:
                break
    return number - 2 * _SIGN if number >= _SIGN else number
