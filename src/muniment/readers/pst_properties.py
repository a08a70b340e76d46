"""The middle layer of a .pst: heaps in a node's data, and in them properties and tables.

    heap      blocks of allocations, each found by a number (HID)          [MS-PST] §2.3.1
    B-tree    on a heap: records by key                                    §2.3.2
    PC        properties of an object: id → type and value                 §2.3.3
    TC        a table: rows of cells, one column a property                §2.3.4

- A value is in the record, in the heap, or in a subnode; all three are read here.
- What cannot be followed raises `DamagedStoreError`; a value that cannot is left out and noted.
"""

import struct
from collections.abc import Iterator

import msgspec

from muniment.readers.mapi_property import (
    BINARY,
    FIXED_SIZES,
    GUID,
    MULTIPLE,
    OBJECT,
    STRING8,
    UNICODE,
    Property,
    Value,
    fixed_value,
    named,
    string_value,
)
from muniment.readers.pst_nodes import DamagedStoreError, Node, NodeStore

_HEAP, _TREE, _TABLE = 0xEC, 0xB5, 0x7C
_MOST_RECORDS = 1 << 20
_MOST_LEVELS = 8
_LARGEST_VALUE = 1 << 26
_MOST_VALUES = 10_000
_IN_RECORD = 4
_NID_MASK = 0x1F


class Heap:
    """A node's data as a heap, with its subnodes."""

    def __init__(self, store: NodeStore, node: Node) -> None:
        self._store = store
        self._large = store.layout.large
        self._blocks = list(store.blocks(node.data))
        self.subnodes = store.subnodes(node.subnodes)
        first = self._blocks[0] if len(self._blocks) > 0 else b""
        if len(first) < 12 or first[2] != _HEAP:  # noqa: PLR2004 - HNHDR
            raise DamagedStoreError(f"node {node.nid:x} holds no heap")
        self.root = int.from_bytes(first[4:8], "little")

    def allocation(self, hid: int) -> bytes:
        """The bytes of one allocation; empty for 0."""
        if hid == 0:
            return b""
        if self._large:
            block, index = hid >> 19, hid >> 5 & 0x3FFF
        else:
            block, index = hid >> 16, hid >> 5 & 0x7FF
        if block >= len(self._blocks) or index == 0:
            raise DamagedStoreError(f"the heap has no allocation {hid:x}")
        data = self._blocks[block]
        at = int.from_bytes(data[:2], "little")
        count = int.from_bytes(data[at : at + 2], "little")
        if index > count:
            raise DamagedStoreError(f"the heap has no allocation {hid:x}")
        start, end = struct.unpack_from("<HH", data.ljust(at + 8 + 2 * index), at + 2 + 2 * index)
        return data[start:end]

    def bytes_of(self, hnid: int, most: int = _LARGEST_VALUE) -> bytes:
        """The bytes of an allocation or of a subnode's data."""
        if hnid & _NID_MASK == 0:
            return self.allocation(hnid)
        pieces, size = [], 0
        for piece in self.stream(hnid):
            size += len(piece)
            if size > most:
                raise DamagedStoreError("a property is longer than is read into memory")
            pieces.append(piece)
        return b"".join(pieces)

    def stream(self, hnid: int) -> Iterator[bytes]:
        """The same, a block at a time."""
        if hnid & _NID_MASK == 0:
            yield self.allocation(hnid)
            return
        node = self.subnodes.get(hnid)
        if node is None:
            raise DamagedStoreError(f"subnode {hnid:x} is not there")
        yield from self._store.blocks(node.data)

    def records(self, hid: int) -> Iterator[tuple[int, bytes]]:
        """The keys and data of a B-tree on this heap."""
        header = self.allocation(hid)
        if len(header) < 8 or header[0] != _TREE:  # noqa: PLR2004 - BTHHEADER
            raise DamagedStoreError("a heap holds no B-tree where one should be")
        key, size, levels = header[1], header[2], header[3]
        if key not in (2, 4, 8) or levels > _MOST_LEVELS:
            raise DamagedStoreError("a B-tree on a heap is damaged")
        pending = [(int.from_bytes(header[4:8], "little"), levels)]
        count = 0
        while len(pending) > 0:
            number, level = pending.pop()
            width = key + (4 if level > 0 else size)
            data = self.allocation(number)
            rows = [data[at : at + width] for at in range(0, len(data) - width + 1, width)]
            count += len(rows)
            if count > _MOST_RECORDS:
                raise DamagedStoreError("a B-tree on a heap has more records than is possible")
            if level > 0:
                below = [(int.from_bytes(row[key : key + 4], "little"), level - 1) for row in rows]
                pending.extend(reversed(below))
                continue
            for row in rows:
                yield int.from_bytes(row[:key], "little"), row[key:]


class Stored(msgspec.Struct, frozen=True):
    """A property whose value has not been fetched."""

    id: int
    type: int
    raw: bytes  # the value itself, where it fits, or the number of where it is

    @property
    def hnid(self) -> int:
        """Where the value is."""
        return int.from_bytes(self.raw[:4], "little")


class Names(msgspec.Struct, frozen=True):
    """What the properties of a store are called, and the charset of its 8-bit text."""

    named: dict[int, str]
    charset: str | None = None


def stored_properties(heap: Heap) -> list[Stored]:
    """The properties of an object, by id."""
    found = []
    for number, record in heap.records(heap.root):
        if len(record) >= 6:  # noqa: PLR2004 - type and value
            found.append(Stored(number, int.from_bytes(record[:2], "little"), record[2:6]))
    return found


def property_of(heap: Heap, stored: Stored, names: Names) -> Property:
    """A property with its value.

    Raises:
        DamagedStoreError: the value is not there.
    """
    size = FIXED_SIZES.get(stored.type)
    if size is not None and size <= _IN_RECORD:
        value: Value | tuple[Value, ...] = fixed_value(stored.type, stored.raw)
    else:
        value = _value(stored.type, heap.bytes_of(stored.hnid), names.charset)
    return named(stored.id, stored.type, value, names.named.get(stored.id, ""))


def _value(sort: int, raw: bytes, charset: str | None) -> Value | tuple[Value, ...]:
    single = sort & ~MULTIPLE
    if sort & MULTIPLE == 0:
        return _single(single, raw, charset)
    if single in FIXED_SIZES:
        size = FIXED_SIZES[single]
        starts = range(0, min(len(raw) // size, _MOST_VALUES) * size, size)
        return tuple(fixed_value(single, raw[at : at + size]) for at in starts)
    count = min(int.from_bytes(raw[:4], "little"), _MOST_VALUES, max(0, len(raw) - 4) // 4)
    bounds = [*struct.unpack_from(f"<{count}I", raw.ljust(4 + 4 * count), 4), len(raw)]
    pieces = [raw[bounds[n] : bounds[n + 1]] for n in range(count)]
    return tuple(_single(single, piece, charset) for piece in pieces)


def _single(sort: int, raw: bytes, charset: str | None) -> Value:
    if sort in (STRING8, UNICODE):
        return string_value(sort, raw, charset)
    if sort in FIXED_SIZES:
        if len(raw) < FIXED_SIZES[sort]:
            return None
        return fixed_value(sort, raw)
    return raw


def table_rows(heap: Heap) -> Iterator[tuple[int, list[Stored]]]:
    """The rows of a table in the order of their ids: the id and the cells that are there."""
    info = heap.allocation(heap.root)
    if len(info) < 22 or info[0] != _TABLE:  # noqa: PLR2004 - TCINFO
        raise DamagedStoreError("a heap holds no table where one should be")
    columns = [
        struct.unpack_from("<HHHBB", info, 22 + 8 * number)
        for number in range(min(info[1], (len(info) - 22) // 8))
    ]
    bits, width = struct.unpack_from("<HH", info, 6)
    index, rows = struct.unpack_from("<II", info, 10)
    if width == 0:
        return
    blocks = [b""] if rows == 0 else list(heap.stream(rows))
    # Rows do not go across blocks: what is left at the end of one is not used.
    matrix = [block[at : at + width] for block in blocks for at in _starts(block, width)]
    for row_id, record in heap.records(index):
        number = int.from_bytes(record[:4], "little")
        if number < len(matrix):
            yield row_id, list(_cells(matrix[number], columns, bits))


def _starts(block: bytes, width: int) -> range:
    return range(0, len(block) - width + 1, width)


def _cells(row: bytes, columns: list[tuple[int, ...]], bits: int) -> Iterator[Stored]:
    for sort, number, at, size, bit in columns:
        present = row[bits + bit // 8 : bits + bit // 8 + 1]
        if present != b"" and present[0] & 0x80 >> bit % 8:
            yield Stored(number, sort, row[at : at + size])


def cell_property(heap: Heap, cell: Stored, names: Names) -> Property:
    """A cell with its value: in the row where its type is of fixed length, elsewhere otherwise."""
    if cell.type in FIXED_SIZES and cell.type != GUID:
        raw = cell.raw.ljust(FIXED_SIZES[cell.type], b"\0")
        return named(cell.id, cell.type, fixed_value(cell.type, raw), names.named.get(cell.id, ""))
    return property_of(heap, cell, names)


def is_large(stored: Stored) -> bool:
    """Whether a property is of a type that may hold a file."""
    return stored.type in (BINARY, OBJECT)
