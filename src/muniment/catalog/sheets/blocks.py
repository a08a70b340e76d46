r"""Arrays and texts in one file, found by where they begin; `docs/formats/sheets.md` draws it.

    magic line      b"muniment-sheets 1\n", then zeros up to 32 bytes
    block …         each begins at a multiple of eight
    contents        msgpack
    trailer         u64 length of the contents (little-endian), b"MUNISHEE"

- Numbers are little-endian. A file is read through a map of memory: only what is asked for is
  fetched from the disk.
- The same blocks, the same bytes.
"""

import struct
from collections.abc import Iterable
from mmap import mmap
from typing import Any, BinaryIO, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from muniment.core import IntegrityError

MAGIC = b"muniment-sheets 1\n"
SEPARATOR = b"\xff"  # no byte of UTF-8, so that no text runs into the next
_END = struct.Struct("<Q8s")
_END_MAGIC = b"MUNISHEE"
_HEAD = 32
_ALIGNMENT = 8
_KINDS = frozenset({"|u1", "<u2", "<u4", "<u8", "<i8", "<f8"})
_REMEDY = "delete work/sheets in the case and run `muniment process CASE`"

Array = NDArray[Any]
Record = TypeVar("Record")


class Block(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where an array lies, how many elements it has, and of what kind, as numpy writes kinds."""

    at: int
    count: int
    kind: str


class Texts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Byte strings end to end, each closed by a separator; `ends` are where they end."""

    ends: Block
    joined: Block


class Coded(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An entry for each row, by its number among the entries; their count stands for none."""

    codes: Block
    entries: Texts


class BlockWriter:
    """Writes blocks one after another."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0
        self._write(MAGIC.ljust(_HEAD, b"\0"))

    def array(self, values: Array) -> Block:
        """Write an array of numbers."""
        kind = values.dtype.newbyteorder("<").str
        return self._block(values.astype(kind, copy=False).tobytes(), len(values), kind)

    def texts(self, texts: Iterable[bytes]) -> Texts:
        """Write byte strings; none of them holds the separator where they are to be searched."""
        listed = list(texts)
        lengths = np.fromiter((len(text) + 1 for text in listed), np.int64, len(listed))
        joined = b"".join(text + SEPARATOR for text in listed)
        ends = np.cumsum(lengths).astype(smallest(len(joined)))
        return Texts(self.array(ends), self._block(joined, len(joined)))

    def coded(self, codes: Array, entries: Iterable[bytes]) -> Coded:
        """Write the numbers of entries, as short as they can be, and the entries."""
        listed = list(entries)
        return Coded(self.array(codes.astype(smallest(len(listed)))), self.texts(listed))

    def record(self, record: msgspec.Struct) -> Block:
        """Write a record of where other blocks lie."""
        encoded = msgspec.msgpack.encode(record)
        return self._block(encoded, len(encoded))

    def finish(self, contents: msgspec.Struct) -> None:
        """Write the contents and close the row of blocks."""
        encoded = msgspec.msgpack.encode(contents)
        self._write(encoded)
        self._write(_END.pack(len(encoded), _END_MAGIC))

    def _block(self, data: bytes, count: int, kind: str = "|u1") -> Block:
        self._write(b"\0" * (-self._at % _ALIGNMENT))
        block = Block(self._at, count, kind)
        self._write(data)
        return block

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._at += len(data)


class BlockReader:
    """Reads blocks out of a buffer, without copying them."""

    def __init__(self, buffer: bytes | mmap) -> None:
        self._bytes = memoryview(buffer)
        if len(self._bytes) < _HEAD + _END.size or bytes(self._bytes[: len(MAGIC)]) != MAGIC:
            raise damaged("it does not begin as one of version 1")

    def contents(self, kind: type[Record]) -> Record:
        """The record at the end.

        Raises:
            IntegrityError: it is cut short or is no such record.
        """
        length, magic = _END.unpack(self._bytes[-_END.size :])
        start = len(self._bytes) - _END.size - length
        if magic != _END_MAGIC or start < _HEAD:
            raise damaged("it is cut short")
        return _decoded(self._bytes[start : start + length], kind)

    def record(self, block: Block, kind: type[Record]) -> Record:
        """The record in a block.

        Raises:
            IntegrityError: there is no such record.
        """
        return _decoded(self.array(block).data, kind)

    def array(self, block: Block) -> Array:
        """The numbers of a block.

        Raises:
            IntegrityError: it would lie outside the file.
        """
        if block.kind not in _KINDS:
            raise damaged(f"it names an unknown kind of number, {block.kind!r}")
        try:
            return np.frombuffer(self._bytes, np.dtype(block.kind), block.count, block.at)
        except ValueError as why:
            raise damaged("it names a block that lies outside it") from why


def smallest(count: int) -> np.dtype[Any]:
    """The shortest kind of number that holds all from 0 to `count`."""
    for kind in (np.uint8, np.uint16, np.uint32):
        if count <= np.iinfo(kind).max:
            return np.dtype(kind)
    return np.dtype(np.uint64)


def damaged(why: str) -> IntegrityError:
    """What is raised where a file of laid-out tables is not one."""
    return IntegrityError(f"a laid-out table is damaged: {why}", next_step=_REMEDY)


def _decoded(data: memoryview, kind: type[Record]) -> Record:
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, ValueError) as why:
        raise damaged(f"a record of it cannot be decoded ({why})") from why
