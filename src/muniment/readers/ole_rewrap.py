"""A storage inside a compound file, written out as a compound file of its own.

    header | large streams | mini stream | mini FAT | directory | FAT       in sectors of 512 bytes

- The streams come out byte for byte; the container around them is made here, and is said to be.
- The same storage gives the same bytes: no times, entries in the order of [MS-CFB] §2.6.4.
- Siblings form a chain of right siblings, which is a valid, if unbalanced, tree.
"""

import struct
from uuid import UUID

import msgspec

from muniment.readers.ole_file import OleFile, Path

MADE = "compound file around the stored streams"

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT_MARK, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_DIFAT_MARK = 0xFFFFFFFC
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_HEAD_SLOTS = 109
_PER_SECTOR = _SECTOR // 4
_MOST_ENTRIES = 4_096
_DEEPEST = 16


class _Entry(msgspec.Struct):
    """A directory entry that is being filled in."""

    name: str
    kind: int
    class_id: bytes
    right: int = _NONE
    child: int = _NONE
    start: int = 0
    size: int = 0


def rewrapped(ole: OleFile, storage: Path) -> bytes:
    """A compound file that holds what the storage holds."""
    return _Writer(ole).build(storage)


class _Writer:
    """Collects streams into sectors; used once."""

    def __init__(self, ole: OleFile) -> None:
        self._ole = ole
        self._sectors = bytearray()
        self._fat: list[int] = []
        self._mini = bytearray()
        self._mini_fat: list[int] = []
        self._entries: list[_Entry] = []

    def build(self, storage: Path) -> bytes:
        self._entries.append(_Entry("Root Entry", _ROOT, _class_id(self._ole, storage)))
        self._children(0, storage, 0)
        root = self._entries[0]
        root.start, root.size = self._chain(bytes(self._mini)), len(self._mini)
        mini_fat = self._chain(_table(self._mini_fat))
        directory = self._chain(self._directory())
        return self._finish(directory, mini_fat, -(-len(self._mini_fat) // _PER_SECTOR))

    def _children(self, parent: int, storage: Path, depth: int) -> None:
        paths = sorted(self._ole.within(*storage), key=lambda p: (len(p[-1]), p[-1].upper()))
        previous = _NONE
        for path in paths:
            number = len(self._entries)
            if number >= _MOST_ENTRIES or depth > _DEEPEST:
                return
            if self._ole.is_stream(*path):
                self._entries.append(_Entry(path[-1], _STREAM, b"\0" * 16))
                self._stream(self._entries[number], self._ole.read(*path) or b"")
            else:
                self._entries.append(_Entry(path[-1], _STORAGE, _class_id(self._ole, path)))
                self._children(number, path, depth + 1)
            if previous == _NONE:
                self._entries[parent].child = number
            else:
                self._entries[previous].right = number
            previous = number

    def _stream(self, entry: _Entry, content: bytes) -> None:
        entry.size = len(content)
        if len(content) >= _CUTOFF:
            entry.start = self._chain(content)
            return
        entry.start = _append(content, _MINI, self._mini, self._mini_fat)

    def _chain(self, content: bytes) -> int:
        return _append(content, _SECTOR, self._sectors, self._fat)

    def _directory(self) -> bytes:
        written = b"".join(map(_written, self._entries))
        empty = struct.pack("<64x2xBB3I16x4x16xIQ", 0, 0, _NONE, _NONE, _NONE, 0, 0)
        return written + empty * (-len(self._entries) % 4)

    def _finish(self, directory: int, mini_fat: int, mini_fat_sectors: int) -> bytes:
        """Add the FAT's own sectors, and those that list them, and put the header before all."""
        used = len(self._fat)
        fat = difat = 0
        while (fat, difat) != (needed := _needed(used + fat + difat)):
            fat, difat = needed
        self._fat += [_FAT_MARK] * fat + [_DIFAT_MARK] * difat
        numbers = list(range(used, used + fat))
        lists = _lists(numbers[_HEAD_SLOTS:], used + fat)
        head = numbers[:_HEAD_SLOTS] + [_FREE] * (_HEAD_SLOTS - len(numbers))
        header = struct.pack(
            "<8s16xHHHHH6xIIIIIIIII",
            bytes.fromhex("d0cf11e0a1b11ae1"),
            *(0x3E, 3, 0xFFFE, 9, 6),
            *(0, fat, directory, 0, _CUTOFF),
            *(mini_fat if mini_fat_sectors else _END, mini_fat_sectors),
            *(used + fat if difat else _END, difat),
        )
        slots = struct.pack(f"<{_HEAD_SLOTS}I", *head)
        return header + slots + bytes(self._sectors) + _table(self._fat) + lists


def _needed(sectors: int) -> tuple[int, int]:
    fat = -(-sectors // _PER_SECTOR)
    return fat, -(-max(0, fat - _HEAD_SLOTS) // (_PER_SECTOR - 1))


def _lists(numbers: list[int], first: int) -> bytes:
    """The sectors that list what has no room in the header, each naming the next."""
    written = b""
    width = _PER_SECTOR - 1
    for at in range(0, len(numbers), width):
        part = numbers[at : at + width]
        after = first + at // width + 1 if at + width < len(numbers) else _END
        row = part + [_FREE] * (width - len(part)) + [after]
        written += struct.pack(f"<{_PER_SECTOR}I", *row)
    return written


def _append(content: bytes, size: int, sectors: bytearray, table: list[int]) -> int:
    """Put content into sectors of a size; the first of them, or the end mark for none."""
    if len(content) == 0:
        return _END
    first, count = len(table), -(-len(content) // size)
    sectors += content + b"\0" * (-len(content) % size)
    table += [*range(first + 1, first + count), _END]
    return first


def _table(links: list[int]) -> bytes:
    padded = links + [_FREE] * (-len(links) % _PER_SECTOR)
    return struct.pack(f"<{len(padded)}I", *padded)


def _written(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le", "surrogatepass")[:62]
    return struct.pack(
        "<64sHBBIII16s4x16xIQ",
        name,
        len(name) + 2,
        entry.kind,
        1,  # black, as in any tree of one chain
        _NONE,
        entry.right,
        entry.child,
        entry.class_id,
        entry.start,
        entry.size,
    )


def _class_id(ole: OleFile, storage: Path) -> bytes:
    try:
        return UUID(ole.class_id(*storage)).bytes_le
    except ValueError:
        return b"\0" * 16
