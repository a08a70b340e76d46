"""Writes a compound file, the container of old and of encrypted office files ([MS-CFB] version 3).

    header | large streams | mini stream | mini FAT | directory | FAT       in sectors of 512 bytes

Invariants:

- streams below 4,096 bytes lie in the mini stream in 64-byte sectors, all others in whole sectors;
- siblings form a valid, if unbalanced, tree: each right sibling is greater ([MS-CFB] 2.6.4);
- no times, no class identifiers: the same streams give the same bytes.
"""

import struct
from collections.abc import Mapping

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT_SECTOR, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_STREAM, _STORAGE, _ROOT = 2, 1, 5
_ENTRIES_PER_FAT_SECTOR = _SECTOR // 4
_HEADER_FAT_SLOTS = 109

Tree = Mapping[str, "bytes | Tree"]


def compound_file(tree: Tree) -> bytes:
    """The file for a tree of storages (mappings) and streams (bytes)."""
    return _Writer().build(tree)


class _Writer:
    """Collects streams into sectors; used once."""

    def __init__(self) -> None:
        self._sectors: list[bytes] = []
        self._fat: list[int] = []
        self._mini: list[bytes] = []
        self._mini_fat: list[int] = []
        self._entries: list[bytearray] = []

    def build(self, tree: Tree) -> bytes:
        self._entries.append(_entry("Root Entry", _ROOT))
        self._children(0, tree)
        mini_stream = b"".join(self._mini)
        struct.pack_into("<LQ", self._entries[0], 116, self._chain(mini_stream), len(mini_stream))
        mini_fat = b"".join(struct.pack("<L", link) for link in self._mini_fat)
        mini_fat_at = self._chain(_padded(mini_fat, _SECTOR, b"\xff"))
        while len(self._entries) % 4:
            self._entries.append(_entry("", 0))
        directory_at = self._chain(b"".join(bytes(entry) for entry in self._entries))
        return self._finish(directory_at, mini_fat_at, -(-len(mini_fat) // _SECTOR))

    def _children(self, parent: int, tree: Tree) -> None:
        """Write a storage's children as a chain of right siblings, smallest first."""
        previous = -1
        for name in sorted(tree, key=lambda name: (len(name), name.upper())):
            content = tree[name]
            number = len(self._entries)
            if isinstance(content, bytes):
                self._entries.append(_entry(name, _STREAM))
                self._stream(number, content)
            else:
                self._entries.append(_entry(name, _STORAGE))
                self._children(number, content)
            owner, field = (parent, 76) if previous < 0 else (previous, 72)
            struct.pack_into("<L", self._entries[owner], field, number)
            previous = number

    def _stream(self, number: int, content: bytes) -> None:
        start = self._chain(content) if len(content) >= _CUTOFF else self._mini_chain(content)
        struct.pack_into("<LQ", self._entries[number], 116, start, len(content))

    def _chain(self, content: bytes) -> int:
        """Put content into whole sectors; returns the first, or the end mark if there is none."""
        return _append(content, _SECTOR, self._sectors, self._fat)

    def _mini_chain(self, content: bytes) -> int:
        return _append(content, _MINI, self._mini, self._mini_fat)

    def _finish(self, directory_at: int, mini_fat_at: int, mini_fat_sectors: int) -> bytes:
        """Add the FAT's own sectors behind all others and write the header."""
        fat_sectors = 1
        while fat_sectors * _ENTRIES_PER_FAT_SECTOR < len(self._fat) + fat_sectors:
            fat_sectors += 1
        if fat_sectors > _HEADER_FAT_SLOTS:
            raise ValueError("a simulated compound file may have 7 MB at most")
        first = len(self._fat)
        links = self._fat + [_FAT_SECTOR] * fat_sectors
        links += [_FREE] * (fat_sectors * _ENTRIES_PER_FAT_SECTOR - len(links))
        slots = [*range(first, first + fat_sectors)]
        slots += [_FREE] * (_HEADER_FAT_SLOTS - len(slots))
        header = struct.pack(
            "<8s16sHHHHH6xLLLLLLLLL109L",
            bytes.fromhex("D0CF11E0A1B11AE1"), bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
            0, fat_sectors, directory_at, 0, _CUTOFF, mini_fat_at, mini_fat_sectors, _END, 0,
            *slots,
        )  # fmt: skip
        fat = b"".join(struct.pack("<L", link) for link in links)
        return header + b"".join(self._sectors) + fat


def _append(content: bytes, size: int, sectors: list[bytes], links: list[int]) -> int:
    """Cut content into sectors of `size`, linked one to the next; returns the first's number."""
    if len(content) == 0:
        return _END
    first = len(sectors)
    padded = _padded(content, size, b"\0")
    sectors += [padded[at : at + size] for at in range(0, len(padded), size)]
    links += [*range(first + 1, len(sectors)), _END]
    return first


def _padded(content: bytes, size: int, filler: bytes) -> bytes:
    return content + filler * (-len(content) % size)


def _entry(name: str, kind: int) -> bytearray:
    """A directory entry of 128 bytes without siblings, child or content; colour black."""
    encoded = name.encode("utf-16-le")
    length = len(encoded) + 2 if kind else 0
    head = struct.pack("<64sHBBLLL", encoded, length, kind, 1, _NONE, _NONE, _NONE)
    return bytearray(head + bytes(128 - len(head)))
