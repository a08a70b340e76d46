"""What is packed in a compiled help file: stretches of LZX, each a folder of a cabinet of its own.

    content      blocks of 32 KiB, packed one after the other
    reset table  where each block begins in what is packed
    stretch      so many blocks, at the first of which the packer starts anew

- A stretch is the very stream that a cabinet's folder holds: with a cabinet's heads before it,
  libarchive unpacks it. A damaged stretch costs what stands in it.
- One stretch is kept: the next files mostly stand in the same one.

Source: J. Wing, M. Russotto, "Microsoft's HTML Help (.chm) format"; [MS-CAB] §2.
"""

import itertools
import struct
from collections.abc import Iterator

import msgspec

from muniment.readers.archive_library import ListEndedError, open_archive
from muniment.readers.members import DamagedError
from muniment.readers.source import Source

BLOCK = 1 << 15
_LZXC, _SECOND = b"LZXC", 2
_CONTROL = struct.Struct("<I4sIIII")
_TABLE = struct.Struct("<IIIIQQQ")
_ENTRY = 8
_MOST_BLOCKS = 1 << 17  # 4 GiB
_MOST_IN_STRETCH = 1 << 9
_LARGEST_PACKED = BLOCK + 6_144  # [MS-CAB] §3.1.5: what a block may grow by
_WINDOWS = range(15, 22)  # by powers of two
_CABINET = struct.Struct("<4sIIIIIBBHHHHH")
_FOLDER = struct.Struct("<IHH")
_FILE = struct.Struct("<IIHHHH")
_DATA = struct.Struct("<IHH")
_LZX = 3


class Packing(msgspec.Struct, frozen=True):
    """How the content is packed: where its blocks begin, and how many belong together."""

    starts: tuple[int, ...]  # of each block, and the end of the last
    size: int  # unpacked
    in_stretch: int  # blocks
    window: int  # as a power of two


class HeldBytes:
    """Bytes at hand, by position, as a Source gives them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`."""
        return self._data[offset : offset + length]


def packing_of(control: bytes, table: bytes) -> Packing:
    """What the control data and the reset table say.

    Raises:
        ValueError: they are damaged, or of a form that is not known.
    """
    if len(control) < _CONTROL.size or len(table) < _TABLE.size:
        raise ValueError("what says how it is packed breaks off")
    _, magic, version, interval, window, _ = _CONTROL.unpack_from(control)
    _, count, width, head, size, packed, block = _TABLE.unpack_from(table)
    unit = BLOCK if version == _SECOND else 1
    in_stretch, window = interval * unit // BLOCK, (window * unit).bit_length() - 1
    known = magic == _LZXC and block == BLOCK and width == _ENTRY and window in _WINDOWS
    if not known or not 0 < in_stretch <= _MOST_IN_STRETCH or count > _MOST_BLOCKS:
        raise ValueError("it is packed in a way that is not known")
    count = min(count, -(-size // BLOCK), (len(table) - head) // _ENTRY)
    starts = (*struct.unpack_from(f"<{count}Q", table, head), packed)
    if any(one > other for one, other in itertools.pairwise(starts)):
        raise ValueError("its blocks do not follow each other")
    return Packing(starts, min(size, count * BLOCK), in_stretch, window)


class PackedContent:
    """The unpacked content by position; `at` is where the packed bytes stand in the file."""

    def __init__(self, source: Source, at: int, packing: Packing) -> None:
        self._source = source
        self._at = at
        self._packing = packing
        self._held: tuple[int, bytes] = (-1, b"")

    def chunks(self, offset: int, length: int) -> Iterator[bytes]:
        """Bytes of the content, a stretch at a time.

        Raises:
            DamagedError: they cannot be unpacked.
        """
        each = self._packing.in_stretch * BLOCK
        end = offset + length
        while offset < end:
            stretch = self._stretch(offset // each)
            found = stretch[offset % each : offset % each + end - offset]
            if len(found) == 0:
                raise DamagedError("member-damaged", "its packed bytes end too early")
            yield found
            offset += len(found)

    def _stretch(self, number: int) -> bytes:
        if self._held[0] != number:
            self._held = (number, self._unpacked(number))
        return self._held[1]

    def _unpacked(self, number: int) -> bytes:
        first = number * self._packing.in_stretch
        starts = self._packing.starts[first : first + self._packing.in_stretch + 1]
        if len(starts) < 2:  # noqa: PLR2004 - a beginning and an end
            raise DamagedError("member-damaged", "it stands behind the end of what is packed")
        size = min(self._packing.size - first * BLOCK, (len(starts) - 1) * BLOCK)
        cabinet = _cabinet(list(self._blocks(starts)), size, self._packing.window)
        try:
            with open_archive(HeldBytes(cabinet), ("cab",)) as archive:
                return b"".join(piece for _ in archive.entries() for piece in archive.chunks())
        except ListEndedError as why:
            raise DamagedError("member-damaged", "its packed bytes are damaged") from why

    def _blocks(self, starts: tuple[int, ...]) -> Iterator[bytes]:
        for start, end in itertools.pairwise(starts):
            if end - start > _LARGEST_PACKED:
                raise DamagedError("member-damaged", "a block is longer than any can be")
            yield self._source.read_at(self._at + start, end - start)


def _cabinet(blocks: list[bytes], size: int, window: int) -> bytes:
    """A cabinet of one file in one folder, whose data are these blocks ([MS-CAB] §2.1 to 2.4)."""
    data_at = _CABINET.size + _FOLDER.size + _FILE.size + 2
    total = data_at + sum(_DATA.size + len(block) for block in blocks)
    return b"".join(
        (
            _CABINET.pack(
                *(b"MSCF", 0, total, 0, _CABINET.size + _FOLDER.size, 0, 3, 1, 1, 1, 0, 0, 0)
            ),
            _FOLDER.pack(data_at, len(blocks), _LZX | window << 8),
            _FILE.pack(size, 0, 0, 0, 0, 0),
            b"a\0",
            *(
                _DATA.pack(0, len(block), min(BLOCK, size - number * BLOCK)) + block
                for number, block in enumerate(blocks)
            ),
        )
    )
