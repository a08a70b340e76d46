"""The lower layer of a .pst or .ost: nodes and blocks in two B-trees ([MS-PST] §2.2).

    header ──▶ node B-tree:   nid → block of its data, block of its subnodes, parent nid
          └──▶ block B-tree:  bid → offset, size         data: one block, or a tree of blocks

| version | pages | identifiers |
|---|---|---|
| 14, 15 (ANSI) | 512 bytes | 32 bits |
| 21, 23 (Unicode) | 512 bytes | 64 bits |
| 36 (Outlook 2013) | 4096 bytes, blocks may be deflated | 64 bits |

- Own code: every message is found by its node, so that one which its folder forgot comes out too,
  and a damaged page costs what stands below it, not the store.
- Levels fall strictly, so no tree has a loop; sizes are those of the blocks that are there.
- "Encrypted" here means that bytes are exchanged by a table that everybody knows (§5.1, §5.2).

Sources: [MS-PST] §2.2 and §5; libyal, Personal Folder File (PFF) format (4096-byte pages).
"""

import struct
import zlib
from collections import OrderedDict
from collections.abc import Iterator

import msgspec

from muniment.readers.source import Source

_R = bytes.fromhex(
    "41361362a8216ebbf416cc047f64e85d1ef2cb2a74c55e35d295479e962d9a884c7d843fdbac31b6"
    "485ff6c4d8398be7233b388ec8c1df25b120a546604e9cfbaad35651457c550007c92b9d859b09a0"
    "8fadb30f63ab894bd7a7155a716642bf264a6b98faea7753b270052cfd593a867ece06eb827857c7"
    "8d43afb41cd45bcde2e9274fc3087280cfb0eff5286dbe304d3492d50e3c2232e5e4f99fc2d10a81"
    "12e1ee918376e397e6618a1779a4b7dc907a5c8c02a6ca69de501a1193b9528758fced1d37491b6a"
    "e0293399bd6cd994f340546ff0c673b8d63e6518441fdd6710f10c19ecae03a1147ba90bfff8a3c0"
    "a201f72ebc2468750dfeba2fb5d0da3d"
)
_S = bytes.fromhex(
    "14530f56b3c87a9ceb65481716159f02cc547c83000d0c0ba262a876dbd9edc7c5a4dcac8574d6d0"
    "a79bae9a967166c36399b8dd73928e847da55ed15d93b1575150808952944f4e0a6bbc8d7f6e4746"
    "4140440111cb033ff7f4e1a98f3c3af9fbf0193082092ec99da08649ee6f4d6dc42d813425871b88"
    "aafc06a11238fd4c4272641337246a757743ffe6b44b365ce4d8353d45b92cecb7312b290768a30e"
    "697b189e2139be281a5b78f523ca2ab0af3efe048ce7e5983295d3f64ae8a6eae9f3d52f7020f21f"
    "0567ad5510cecde3273bdabad7c226d4911dd21c2233f8faf15aefcf90b68bb5bdc0bf08971e6ce2"
    "61e0c6c159abbb58de5fdf60797eb28a"
)
_I = bytes(_R.index(byte) for byte in range(256))
_ANSI = (14, 15)
_UNICODE = (21, 23)
_LARGE_PAGES = 36
_MOST_LEVELS = 8
_PAGES_HELD = 512
_MOST_BLOCKS = 1 << 20
_MOST_SUBNODES = 1 << 20
_INTERNAL = 2
_BLOCK_TREE, _NODE_TREE = 0x80, 0x81
_PERMUTED, _CYCLIC = 1, 2


class DamagedStoreError(Exception):
    """A page or block is not what the one above it says; the text is a sentence."""


class Node(msgspec.Struct, frozen=True):
    """A node: its number, the blocks of its data and subnodes (0: none), its parent."""

    nid: int
    data: int
    subnodes: int
    parent: int = 0

    @property
    def sort(self) -> int:
        """The type of the node ([MS-PST] §2.2.2.1)."""
        return self.nid & 0x1F


class Layout(msgspec.Struct, frozen=True):
    """How long things are in this version of the format."""

    version: int
    wide: bool
    page: int
    content: int  # of a page, up to the counts
    crypt: int
    node_root: int
    block_root: int

    @property
    def large(self) -> bool:
        """Whether pages have 4096 bytes."""
        return self.version >= _LARGE_PAGES


def layout_of(header: bytes) -> Layout | None:
    """The layout that a header (564 bytes) states; None where it is none that is known."""
    if len(header) < 564 or not header.startswith(b"!BDN"):  # noqa: PLR2004 - its length
        return None
    version = int.from_bytes(header[10:12], "little")
    if version in _ANSI:
        node_root, block_root = struct.unpack_from("<I4xI", header, 188)
        return Layout(version, False, 512, 496, header[461], node_root, block_root)  # noqa: FBT003
    if version not in _UNICODE and version < _LARGE_PAGES:
        return None
    node_root, block_root = struct.unpack_from("<Q8xQ", header, 224)
    page, content = (4096, 4056) if version >= _LARGE_PAGES else (512, 488)
    return Layout(version, True, page, content, header[513], node_root, block_root)  # noqa: FBT003


class NodeStore:
    """Nodes and blocks by their numbers; `damage` holds what could not be followed."""

    def __init__(self, source: Source, layout: Layout) -> None:
        self._source = source
        self.layout = layout
        self._pages: OrderedDict[tuple[int, int], tuple[int, list[bytes]]] = OrderedDict()
        self.damage: list[str] = []

    def nodes(self) -> Iterator[Node]:
        """All nodes, in the order of their numbers; what is damaged is noted and passed over."""
        pending = [(self.layout.node_root, _MOST_LEVELS)]
        while len(pending) > 0:
            offset, most = pending.pop()
            try:
                level, entries = self._page(offset, _NODE_TREE, most)
            except DamagedStoreError as why:
                self.damage.append(str(why))
                continue
            if level == 0:
                yield from map(self._node, entries)
            else:
                below = [(self._branch(entry)[1], level - 1) for entry in entries]
                pending.extend(reversed(below))

    def blocks(self, bid: int) -> Iterator[bytes]:
        """The data that a block, or the tree of blocks below it, holds.

        Raises:
            DamagedStoreError: a block is not there.
        """
        pending = [(bid, 3)]
        count = 0
        while len(pending) > 0:
            number, most = pending.pop()
            count += 1
            if count > _MOST_BLOCKS or most == 0:
                raise DamagedStoreError("data has more blocks than is possible")
            if number == 0:
                continue
            data = self._block(number)
            if number & _INTERNAL == 0:
                yield self._plain(number, data)
                continue
            if data[:1] != b"\x01" or len(data) < 8:  # noqa: PLR2004 - XBLOCK header
                raise DamagedStoreError(f"block {number:x} is no list of blocks")
            entries = self._numbers(data, 8, int.from_bytes(data[2:4], "little"))
            pending.extend((entry, most - 1) for entry in reversed(entries))

    def subnodes(self, bid: int) -> dict[int, Node]:
        """The subnodes below a block, by number; empty where there are none.

        Raises:
            DamagedStoreError: a block is not there.
        """
        found: dict[int, Node] = {}
        pending = [(bid, 3)] if bid != 0 else []
        while len(pending) > 0:
            number, most = pending.pop()
            data = self._block(number)
            if data[:1] != b"\x02" or most == 0 or len(found) > _MOST_SUBNODES:
                raise DamagedStoreError(f"block {number:x} is no list of subnodes")
            count = int.from_bytes(data[2:4], "little")
            leaf = data[1] == 0
            for entry in self._rows(data, 3 if leaf else 2, count):
                if leaf:
                    nid = entry[0] & 0xFFFFFFFF
                    found[nid] = Node(nid, entry[1], entry[2])
                else:
                    pending.append((entry[1], most - 1))
        return found

    def _rows(self, data: bytes, width: int, count: int) -> Iterator[tuple[int, ...]]:
        form = struct.Struct("<" + ("Q" if self.layout.wide else "I") * width)
        start = 8 if self.layout.wide else 4
        for at in range(
            start, min(start + count * form.size, len(data) - form.size + 1), form.size
        ):
            yield form.unpack_from(data, at)

    def _numbers(self, data: bytes, start: int, count: int) -> list[int]:
        size = 8 if self.layout.wide else 4
        room = min(count, max(0, len(data) - start) // size)
        form = "<" + ("Q" if self.layout.wide else "I") * room
        return list(struct.unpack_from(form, data, start))

    def _node(self, entry: bytes) -> Node:
        if self.layout.wide:
            nid, data, subnodes, parent = struct.unpack_from("<I4xQQI", entry)
        else:
            nid, data, subnodes, parent = struct.unpack_from("<IIII", entry)
        return Node(nid, data, subnodes, parent)

    def _branch(self, entry: bytes) -> tuple[int, int]:
        """The first key below an entry, and the offset of its page."""
        form = "<Q8xQ" if self.layout.wide else "<I4xI"
        key, offset = struct.unpack_from(form, entry)
        return key, offset

    def _page(self, offset: int, sort: int, most: int) -> tuple[int, list[bytes]]:
        """The level of a B-tree page and its entries."""
        known = self._pages.get((offset, sort))
        if known is None:
            known = self._read_page(offset, sort)
            self._pages[offset, sort] = known
            if len(self._pages) > _PAGES_HELD:
                self._pages.popitem(last=False)
        if known[0] > most:
            raise DamagedStoreError(f"the page at {offset} is on a level where it cannot be")
        return known

    def _read_page(self, offset: int, sort: int) -> tuple[int, list[bytes]]:
        layout = self.layout
        page = self._read(offset, layout.page)
        if len(page) < layout.page:
            raise DamagedStoreError(f"the page at {offset} lies outside of the file")
        if layout.large:
            count, _, size, level = struct.unpack_from("<HHBB", page, layout.content)
        else:
            count, _, size, level = struct.unpack_from("<BBBB", page, layout.content)
        trailer = {False: 496 if layout.wide else 500, True: 4072}[layout.large]
        least = (24 if layout.wide else 12) if level > 0 or sort == _BLOCK_TREE else 0
        least = least or (28 if layout.wide else 16)
        if page[trailer] != sort or size < least or count * size > layout.content:
            raise DamagedStoreError(f"the page at {offset} is not a page of this tree")
        return level, [page[at : at + size] for at in range(0, count * size, size)]

    def _read(self, offset: int, size: int) -> bytes:
        """Bytes of the file; none where an offset lies outside of it."""
        return self._source.read_at(offset, size) if offset < self._source.size else b""

    def _block(self, bid: int) -> bytes:
        """The bytes of a block as they stand, inflated where they are deflated."""
        wanted = bid & ~1
        offset, most = self.layout.block_root, _MOST_LEVELS
        while True:
            level, entries = self._page(offset, _BLOCK_TREE, most)
            found = None
            for entry in entries:
                key = int.from_bytes(entry[: 8 if self.layout.wide else 4], "little") & ~1
                if key > wanted:
                    break
                found = entry
            if found is None:
                raise DamagedStoreError(f"block {bid:x} is not there")
            if level == 0:
                return self._stored(found, wanted)
            offset, most = self._branch(found)[1], level - 1

    def _stored(self, entry: bytes, wanted: int) -> bytes:
        form = "<QQHH" if self.layout.wide else "<IIHH"
        key, offset, size, whole = struct.unpack_from(form, entry)
        data = self._read(offset, size)
        if key & ~1 != wanted or len(data) < size:
            raise DamagedStoreError(f"block {wanted:x} is not there")
        if not self.layout.large or whole in (0, size):
            return data
        return _inflated(data, whole, wanted)

    def _plain(self, bid: int, data: bytes) -> bytes:
        if self.layout.crypt == _PERMUTED:
            return data.translate(_I)
        return _cyclic(data, bid) if self.layout.crypt == _CYCLIC else data


def _inflated(data: bytes, size: int, bid: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        return unpacker.decompress(data, size)
    except zlib.error as why:
        raise DamagedStoreError(f"block {bid:x} cannot be inflated") from why


def _cyclic(data: bytes, bid: int) -> bytes:
    """[MS-PST] §5.2; the same function in both directions."""
    # Only the rare stores with this encryption pay for loading it.
    import numpy as np  # noqa: PLC0415

    r, s, i = (np.frombuffer(table, np.uint8) for table in (_R, _S, _I))
    key = np.arange(len(data), dtype=np.uint32) + ((bid ^ bid >> 16) & 0xFFFF)
    low, high = (key & 0xFF).astype(np.uint8), (key >> 8 & 0xFF).astype(np.uint8)
    # Bytes wrap around, as they do in the specification.
    inner = s[r[np.frombuffer(data, np.uint8) + low] + high] - high
    plain: bytes = (i[inner] - low).tobytes()
    return plain
