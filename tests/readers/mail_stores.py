"""Stores of mail, written byte by byte as their specifications say: nothing and nobody is real."""

import itertools
import struct
import zlib

from muniment.readers.pst_nodes import _R, _cyclic

_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_NOTHING = 0xFFFFFFFF
_IN_SECOND_BLOCK = 0x0070  # PR_CONVERSATION_TOPIC


# --- compound files ([MS-CFB]) --------------------------------------------------------------


def compound(tree: dict) -> bytes:
    """A compound file: storages are dicts, streams are bytes."""
    entries: list[dict] = []
    streams: list[tuple[int, bytes]] = []

    def add(name: str, node: object) -> int:
        sid = len(entries)
        entries.append({"name": name, "child": _NOTHING, "right": _NOTHING, "start": _END})
        if isinstance(node, bytes):
            entries[sid] |= {"kind": 2, "size": len(node)}
            streams.append((sid, node))
        else:
            entries[sid] |= {"kind": 5 if sid == 0 else 1, "size": 0}
            children = sorted(node.items(), key=lambda item: (len(item[0]), item[0].upper()))
            sids = [add(key, value) for key, value in children]
            for one, after in itertools.pairwise(sids):
                entries[one]["right"] = after
            entries[sid]["child"] = sids[0] if sids else _NOTHING
        return sid

    add("Root Entry", tree)
    sectors: list[bytes] = []
    fat: list[int] = []

    def chain(data: bytes) -> int:
        if data == b"":
            return _END
        first = len(sectors)
        pieces = [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        sectors.extend(pieces)
        fat.extend([*range(first + 1, first + len(pieces)), _END])
        return first

    mini, mini_fat = b"", []
    for sid, data in streams:
        if len(data) >= 4096:
            entries[sid]["start"] = chain(data)
        elif data != b"":
            first = len(mini) // 64
            count = -(-len(data) // 64)
            entries[sid]["start"] = first
            mini_fat += [*range(first + 1, first + count), _END]
            mini += data.ljust(count * 64, b"\0")
    entries[0] |= {"start": chain(mini), "size": len(mini)}
    mini_start = chain(struct.pack(f"<{len(mini_fat)}I", *mini_fat))
    directory = b"".join(_entry(entry) for entry in entries)
    directory_start = chain(directory.ljust(-(-len(directory) // 512) * 512, b"\0"))
    fat_sectors = -(-(len(fat) + 8) // 128)
    fat_start = len(sectors)
    table = fat + [0xFFFFFFFD] * fat_sectors
    table += [_FREE] * (fat_sectors * 128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors,
        directory_start, 0, 4096, mini_start, -(-len(mini_fat) // 128), _END, 0,
        fat_start)  # fmt: skip
    header += struct.pack("<I", fat_start + 1 if fat_sectors > 1 else _FREE)
    header = header.ljust(512, b"\xff")
    return header + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _entry(entry: dict) -> bytes:
    name = entry["name"].encode("utf-16-le")
    head = name.ljust(64, b"\0") + struct.pack("<HBB", len(name) + 2, entry["kind"], 1)
    head += struct.pack("<III", _NOTHING, entry["right"], entry["child"]).ljust(48, b"\0")
    return head + struct.pack("<IQ", entry["start"], entry["size"])


# --- Outlook messages ([MS-OXMSG]) ----------------------------------------------------------


def storage(
    properties: dict[int, object], header: int, counts: tuple[int, int] = (0, 0), **inner: object
) -> dict:
    """A storage of properties: tag → value; ints stand in the table, bytes and text in streams."""
    rows, tree = b"", dict(inner)
    for tag, value in sorted(properties.items()):
        number, sort = tag >> 16, tag & 0xFFFF
        if isinstance(value, int):
            rows += struct.pack("<HHIQ", sort, number, 6, value & (1 << 64) - 1)
            continue
        data = value.encode("utf-16-le") if isinstance(value, str) else value
        rows += struct.pack("<HHIII", sort, number, 6, len(data) + 2 * (sort == 0x1F), 0)
        tree[f"__substg1.0_{tag:08X}"] = data
    head = struct.pack("<8xIIII", counts[0], counts[1], *counts).ljust(header, b"\0")[:header]
    tree["__properties_version1.0"] = head + rows
    return tree


def outlook_message() -> bytes:
    """A message with a recipient, a file, a message inside with a file, and a named property."""
    note = {0x37010102: b"1,2\n", 0x3707001F: "список.csv", 0x37050003: 1}
    inner = storage(
        {0x0037001F: "inside", 0x1000001F: "found inside", 0x0E1F000B: 1},
        24,
        (0, 1),
        **{"__attach_version1.0_#00000000": storage(note, 8)},
    )
    names = {
        "__substg1.0_00020102": b"",
        "__substg1.0_00030102": struct.pack("<IHH", 0, 2 << 1 | 1, 0),
        "__substg1.0_00040102": struct.pack("<I", 16) + "Keywords".encode("utf-16-le"),
    }
    tree = storage(
        {
            0x0037001F: "清单 list",
            0x001A001F: "IPM.Note",
            0x1000001F: "See the list.\r\n\r\nTwo paragraphs.",
            0x10130102: "<p>See <b>the</b> list é.".encode("cp1252"),
            0x3FDE0003: 1252,
            0x00390040: 131_715_450_000_000_000,
            0x10090102: packed_rtf(
                b"{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 Wrapped"
                b"\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </p>}}"
            ),
            0x8000001F: "urgent",
        },
        32,
        (1, 3),
        **{
            "__nameid_version1.0": names,
            "__recip_version1.0_#00000000": storage(
                {0x3001001F: "Somebody", 0x3003001F: "b@example.org", 0x0C150003: 1}, 8
            ),
            "__attach_version1.0_#00000000": storage(note, 8),
            "__attach_version1.0_#00000001": storage(
                {0x37050003: 5}, 8, (0, 0), **{"__substg1.0_3701000D": inner}
            ),
            "__attach_version1.0_#00000002": storage(
                {0x37050003: 2, 0x370D001F: "\\\\server\\share\\x"}, 8
            ),
        },
    )
    return compound(tree)


def packed_rtf(rtf: bytes) -> bytes:
    """Uncompressed RTF in the frame of compressed RTF."""
    return struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf


# --- TNEF ([MS-OXTNEF]) ---------------------------------------------------------------------


def tnef() -> bytes:
    """A winmail.dat with a body, a file and a named property."""
    named = struct.pack("<II", 0x8000001F, 0)[:4]
    named += bytes.fromhex("2903020000000000c000000000000046")
    named += struct.pack("<II", 1, 18) + "Keywords\0".encode("utf-16-le") + b"\0\0"
    named += struct.pack("<II", 1, 14) + "urgent\0".encode("utf-16-le") + b"\0\0"
    body = "See it.\0".encode("utf-16-le")
    properties = struct.pack("<I", 3)
    properties += struct.pack("<III", 0x1000001F, 1, len(body)) + body
    properties += struct.pack("<II", 0x00170003, 1) + named
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(
        (
            _attribute(1, 0x00089007, struct.pack("<II", 1251, 0)),
            _attribute(1, 0x00018004, "список\0".encode("cp1251")),
            _attribute(1, 0x00069003, properties),
            _attribute(2, 0x00069002, b"\0" * 14),
            _attribute(2, 0x00018010, b"list.csv\0"),
            _attribute(2, 0x0006800F, b"1,2\n"),
        )
    )


def _attribute(level: int, tag: int, data: bytes) -> bytes:
    head = struct.pack("<BII", level, tag, len(data))
    return head + data + struct.pack("<H", sum(data) & 0xFFFF)


# --- Outlook stores ([MS-PST]) --------------------------------------------------------------


class Store:
    """Writes a .pst: nodes with properties, tables and subnodes."""

    def __init__(self, version: int = 23, crypt: int = 1) -> None:
        self.version, self.crypt = version, crypt
        self.wide, self.large = version > 15, version >= 36
        self.data = bytearray(b"\0" * 0x4400)
        self.blocks: list[bytes] = []
        self.nodes: dict[int, bytes] = {}
        self._next = 4

    def block(self, data: bytes, *, internal: bool = False) -> int:
        bid = self._next | (2 if internal else 0)
        self._next += 4
        if internal or self.crypt == 0:
            plain = data
        else:
            plain = data.translate(_R) if self.crypt == 1 else _cyclic(data, bid)
        stored = zlib.compress(plain) if self.large and len(plain) > 200 else plain
        unit = 512 if self.large else 64
        self.data += b"\0" * (-len(self.data) % unit)
        offset = len(self.data)
        check = _crc(stored)
        if self.large:
            trailer = struct.pack("<HHIQHHI", len(stored), 0, check, bid, 0, len(plain), 0)
        elif self.wide:
            trailer = struct.pack("<HHIQ", len(stored), 0, check, bid)
        else:
            trailer = struct.pack("<HHII", len(stored), 0, bid, check)
        whole = -(-(len(stored) + len(trailer)) // unit) * unit
        self.data += stored.ljust(whole - len(trailer), b"\0") + trailer
        form = "<QQHHI" if self.wide else "<IIHH"
        last = (len(plain),) if self.large else (2,)
        self.blocks.append(struct.pack(form, bid, offset, len(stored), *last, *([0] * self.wide)))
        return bid

    def long(self, data: bytes, size: int = 400) -> int:
        """Data in several blocks."""
        pieces = [data[at : at + size] for at in range(0, len(data), size)] or [b""]
        return self.tree(pieces) if len(pieces) > 1 else self.block(pieces[0])

    def tree(self, pieces: list[bytes]) -> int:
        """A list of blocks."""
        bids = [self.block(piece) for piece in pieces]
        size = sum(map(len, pieces))
        form = f"<BBHI{len(bids)}{'Q' if self.wide else 'I'}"
        return self.block(struct.pack(form, 1, 1, len(bids), size, *bids), internal=True)

    def subnodes(self, entries: dict[int, tuple[int, int]]) -> int:
        if len(entries) == 0:
            return 0
        rows = b"".join(
            struct.pack("<QQQ" if self.wide else "<III", nid, *bids)
            for nid, bids in sorted(entries.items())
        )
        head = struct.pack("<BBH", 2, 0, len(entries)) + (b"\0" * 4 if self.wide else b"")
        return self.block(head + rows, internal=True)

    def node(self, nid: int, data: int, subnodes: int = 0, parent: int = 0) -> None:
        if self.wide:
            self.nodes[nid] = struct.pack("<QQQII", nid, data, subnodes, parent, 0)
        else:
            self.nodes[nid] = struct.pack("<IIII", nid, data, subnodes, parent)

    def properties(self, values: dict[int, object]) -> int:
        """The block of a property context; one property lies in a second block of its heap."""
        allocations = [b"", b""]
        second = b""
        records = b""
        for tag, value in sorted(values.items()):
            number, sort = tag >> 16, tag & 0xFFFF
            if isinstance(value, tuple):  # a subnode
                stored = value[0]
            elif isinstance(value, int) and sort in (2, 3, 0xB):
                stored = value
            else:
                data = value.encode("utf-16-le") if isinstance(value, str) else value
                data = struct.pack("<Q", data) if isinstance(data, int) else data
                if number == _IN_SECOND_BLOCK:
                    second = data
                    stored = 1 << (19 if self.large else 16) | 1 << 5
                else:
                    allocations.append(data)
                    stored = len(allocations) << 5
            records += struct.pack("<HHI", number, sort, stored)
        allocations[0] = struct.pack("<BBBBI", 0xB5, 2, 6, 0, 2 << 5)
        allocations[1] = records
        first = _heap(0xBC, allocations)
        if second == b"":
            return self.block(first)
        at = 2 + len(second) + len(second) % 2
        ends = struct.pack("<HHHH", 1, 0, 2, 2 + len(second))
        return self.tree([first, struct.pack("<H", at) + second.ljust(at - 2, b"\0") + ends])

    def table(
        self, columns: tuple[int, ...], rows: list[tuple[object, ...]], ids: tuple[int, ...] = ()
    ) -> int:
        """The block of a table of 4-byte cells; text lies in the heap."""
        width = 4 * len(columns) + 1
        size = 4 if self.wide else 2
        allocations = [b"", struct.pack("<BBBBI", 0xB5, 4, size, 0, 3 << 5), b"", b""]
        index, matrix = b"", b""
        for number, row in enumerate(rows):
            cells = b""
            for value in row:
                if isinstance(value, str):
                    allocations.append(value.encode("utf-16-le"))
                    value = len(allocations) << 5  # noqa: PLW2901
                cells += struct.pack("<I", value)
            matrix += cells + bytes([0xFF << (8 - len(columns)) & 0xFF])
            row_id = ids[number] if ids else number + 1
            index += struct.pack("<I", row_id) + number.to_bytes(size, "little")
        described = b"".join(
            struct.pack("<HHHBB", tag & 0xFFFF, tag >> 16, 4 * n, 4, n)
            for n, tag in enumerate(columns)
        )
        four = 4 * len(columns)
        allocations[0] = (
            struct.pack("<BBHHHH", 0x7C, len(columns), four, four, four, width)
            + struct.pack("<III", 2 << 5, 4 << 5 if rows else 0, 0)
            + described
        )
        allocations[2], allocations[3] = index, matrix
        return self.block(_heap(0x7C, allocations))

    def _tree(self, sort: int, entries: list[bytes]) -> int:
        """A B-tree of these entries; the offset of its root."""
        content, page = (4056, 4096) if self.large else ((488, 512) if self.wide else (496, 512))
        key = 8 if self.wide else 4
        level = 0
        while True:
            size = len(entries[0])
            most = content // size
            above = []
            for at in range(0, len(entries), most):
                some = entries[at : at + most]
                offset = -(-len(self.data) // page) * page
                self.data += b"\0" * (offset - len(self.data))
                counts = struct.pack(
                    "<HHBB" if self.large else "<BBBB", len(some), most, size, level
                )
                body = b"".join(some).ljust(content, b"\0") + counts
                trailer = 4072 if self.large else (496 if self.wide else 500)
                self.data += (body.ljust(trailer, b"\0") + bytes([sort, sort])).ljust(page, b"\0")
                pointer = struct.pack("<QQ" if self.wide else "<II", 0, offset)
                above.append(some[0][:key] + pointer)
            if len(above) == 1:
                return offset
            entries, level = above, level + 1

    def bytes(self) -> bytes:
        nodes = [self.nodes[nid] for nid in sorted(self.nodes)]
        blocks = sorted(self.blocks, key=lambda row: int.from_bytes(row[:4], "little"))
        node_root, block_root = self._tree(0x81, nodes), self._tree(0x80, blocks)
        header = bytearray(b"!BDN\0\0\0\0SM" + struct.pack("<H", self.version)).ljust(564, b"\0")
        if self.wide:
            struct.pack_into("<Q", header, 184, len(self.data))
            struct.pack_into("<Q8xQ", header, 224, node_root, block_root)
            header[513] = self.crypt
        else:
            struct.pack_into("<I", header, 168, len(self.data))
            struct.pack_into("<I4xI", header, 188, node_root, block_root)
            header[461] = self.crypt
        struct.pack_into("<I", header, 4, _crc(header[8:479]))
        if self.wide:
            struct.pack_into("<I", header, 524, _crc(header[8:524]))
        self.data[:564] = header
        return bytes(self.data)


def _crc(data: bytes) -> int:
    """[MS-PST] §5.3: the CRC of zlib without its inversions."""
    return zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF


def _heap(sort: int, allocations: list[bytes]) -> bytes:
    body = b"".join(allocations)
    offsets, at = [12], 12
    for one in allocations:
        at += len(one)
        offsets.append(at)
    padded = body + b"\0" * (len(body) % 2)
    head = struct.pack("<HBBI4x", 12 + len(padded), 0xEC, sort, 1 << 5)
    table = struct.pack(f"<HH{len(offsets)}H", len(allocations), 0, *offsets)
    return head + padded + table


def outlook_store(
    version: int = 23, crypt: int = 1, announced: int = 2, *, lost: bool = True
) -> bytes:
    """A store: two messages in a folder (a file; a message inside with a file), one recovered."""
    store = Store(version, crypt)
    store.node(0x21, store.properties({0x3001001F: "A store", 0x67FF0003: 0x1234}))
    keyword = struct.pack("<I", 16) + "Keywords".encode("utf-16-le")
    names = {0x00020102: b"G" * 16, 0x00030102: struct.pack("<IHH", 0, 2 << 1 | 1, 0)}
    store.node(0x61, store.properties({**names, 0x00040102: keyword}))
    store.node(0x122, store.properties({0x3001001F: ""}), parent=0x122)
    folder = {0x3001001F: "Входящие", 0x36020003: announced}
    store.node(0x8022, store.properties(folder), parent=0x122)
    store.node(0x12D, store.table((0x67F20003,), [(0x8022,)], (0x8022,)))
    ids = (0x200024, 0x200044)
    store.node(0x802E, store.table((0x67F20003,), [(number,) for number in ids], ids))
    store.node(0x200024, *_message(store, "清单 list", _file_of(store)), 0x8022)
    store.node(0x200044, *_message(store, "second", _message_in(store)), 0x8022)
    if lost:
        store.node(0x200064, *_message(store, "lost", {}), 0x9999)
    return store.bytes()


def _message(
    store: Store, subject: str, attachments: dict[int, tuple[int, int]]
) -> tuple[int, int]:
    people = store.table((0x0C150003, 0x3001001F, 0x3003001F), [(1, "Somebody", "b@example.org")])
    held = {0x692: (people, 0), **attachments}
    if len(attachments) > 0:
        rows = store.table((0x67F20003,), [(0x8025,)], (0x8025,))
        held[0x671] = (rows, 0)
    long = ("Two paragraphs. " * 60).encode("utf-16-le")
    held[0x1F1F] = (store.long(long), 0)
    values = {
        0x001A001F: "IPM.Note",
        0x0037001F: "\x01\x01" + subject,
        0x1000001F: (0x1F1F,),
        0x00390040: 131_715_450_000_000_000,
        0x3FFD0003: 1251,
        0x0042001E: "Кто-то".encode("cp1251"),
        0x0070001F: f"about {subject}",
        0x8000001F: "urgent",
    }
    return store.properties(values), store.subnodes(held)


FILE = b"1,2\n" * 300


def _file_of(store: Store) -> dict[int, tuple[int, int]]:
    values = {0x37050003: 1, 0x3707001F: "список.csv", 0x37010102: (0x1F3F,)}
    inner = store.subnodes({0x1F3F: (store.long(FILE), 0)})
    return {0x8025: (store.properties(values), inner)}


def _message_in(store: Store) -> dict[int, tuple[int, int]]:
    inside = _message(store, "inside", _file_of(store))
    values = {0x37050003: 5, 0x3701000D: struct.pack("<II", 0x200084, 100)}
    return {0x8025: (store.properties(values), store.subnodes({0x200084: inside}))}


# --- Outlook Express ------------------------------------------------------------------------


def outlook_express(*messages: bytes, announced: int | None = None) -> bytes:
    """A .dbx folder with these messages, each in segments of 16 bytes."""
    data = bytearray(bytes.fromhex("cfad12fec5fd746f").ljust(0x200, b"\0"))
    infos = []
    for message in messages:
        pieces = [message[at : at + 16] for at in range(0, len(message), 16)]
        start = len(data)
        for number, piece in enumerate(pieces):
            own = len(data)
            after = own + 32 if number < len(pieces) - 1 else 0
            data += struct.pack("<IIII", own, 32, len(piece), after) + piece.ljust(16, b"\0")
        infos.append(len(data))
        data += struct.pack("<IIHBB", len(data), 8, 0, 2, 0)
        data += bytes([0x81, 0x20, 0, 0, 0x84]) + start.to_bytes(3, "little")
    node = len(data)
    data += struct.pack("<IIIIBBHI", node, 0, 0, 0, 0, len(infos), 0, len(infos))
    data += b"".join(struct.pack("<III", info, 0, 0) for info in infos)
    struct.pack_into("<I", data, 0xC4, len(messages) if announced is None else announced)
    struct.pack_into("<I", data, 0xE4, node)
    return bytes(data)
