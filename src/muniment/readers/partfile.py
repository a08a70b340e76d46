r"""The part file: what came out of one object, on disk; `docs/formats/parts.md` draws it.

    magic line      b"muniment-parts 1\n"
    frame …         u32 packed length, u32 length (big-endian), zlib(msgpack array of parts)
    end             eight zero bytes
    reading         msgpack of the Reading
    trailer         u32 length of the reading (big-endian), b"MUNIPART"

- A file under its final name is whole: it is written under another name and renamed.
- `Reading.parts_digest` is the SHA-256 of the encoded parts, before compression, so a different
  zlib changes the file but not the digest.
- The Reading is found with one seek from the end, without touching the parts.
"""

import hashlib
import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from muniment.core import Digest, IntegrityError, Part, Reading
from muniment.readers.border import SheetCell
from muniment.readers.encoding import array_header

MAGIC = b"muniment-parts 1\n"
_END_MAGIC = b"MUNIPART"
_FRAME = struct.Struct(">II")
_TRAILER = struct.Struct(">I8s")
_ZLIB_LEVEL = 1  # 0.12 µs a cell; a table of numbers shrinks ninefold already
_LARGEST_FRAME = 64 << 20
_DAMAGED = "delete it and read the object again: `muniment rebuild`"

_encoder = msgspec.msgpack.Encoder()
_parts_decoder = msgspec.msgpack.Decoder(list[Part])
_reading_decoder = msgspec.msgpack.Decoder(Reading)


class PartWriter:
    """Writes one part file; nothing appears at `path` before `finish`."""

    def __init__(self, path: str, *, durable: bool = False) -> None:
        self._path = path
        self._partial = path + ".partial"
        self._durable = durable
        self._file: BinaryIO = open(self._partial, "wb")  # noqa: SIM115 - closed in __exit__
        self._hasher = hashlib.sha256()
        self.encoded_bytes = 0
        self._file.write(MAGIC)

    def __enter__(self) -> Self:
        """The writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, why: BaseException | None, at: TracebackType | None
    ) -> None:
        """Close, and remove what was not finished."""
        self._file.close()
        if os.path.exists(self._partial):
            os.remove(self._partial)

    def add(self, parts: Sequence[Part | SheetCell]) -> None:
        """Append one frame of parts."""
        if len(parts) == 0:
            return
        encoded = _encoder.encode(parts)
        body = memoryview(encoded)[array_header(len(parts)) :]
        self._hasher.update(body)
        self.encoded_bytes += len(body)
        packed = zlib.compress(encoded, _ZLIB_LEVEL)
        self._file.write(_FRAME.pack(len(packed), len(encoded)))
        self._file.write(packed)

    def restart(self) -> None:
        """Forget every part added so far."""
        self._file.seek(len(MAGIC))
        self._file.truncate()
        self._hasher = hashlib.sha256()
        self.encoded_bytes = 0

    @property
    def parts_digest(self) -> Digest:
        """The digest of the parts added so far."""
        return Digest(self._hasher.digest())

    def finish(self, reading: Reading) -> None:
        """Write the closing Reading and put the file in its place."""
        body = _encoder.encode(reading)
        self._file.write(_FRAME.pack(0, 0))
        self._file.write(body)
        self._file.write(_TRAILER.pack(len(body), _END_MAGIC))
        self._file.flush()
        if self._durable:
            os.fsync(self._file.fileno())
        self._file.close()
        os.replace(self._partial, self._path)


def read_reading(path: str) -> Reading:
    """The Reading of a part file, without reading its parts.

    Raises:
        IntegrityError: it is not a whole part file of a version known here.
    """
    with open(path, "rb") as file:
        return _reading(file, path)


def read_parts(path: str) -> Iterator[Part]:
    """The parts of a part file in the order in which they were found.

    Raises:
        IntegrityError: the file is damaged, or its parts are not those of its `parts_digest`.
    """
    hasher = hashlib.sha256()
    with open(path, "rb") as file:
        reading = _reading(file, path)
        file.seek(len(MAGIC))
        for encoded in _frames(file, path):
            parts = _decoded(encoded, path)
            hasher.update(memoryview(encoded)[array_header(len(parts)) :])
            yield from parts
    if Digest(hasher.digest()) != reading.parts_digest:
        raise _damaged(path, "its parts are not those it was closed with")


def scan_parts(path: str) -> Iterator[tuple[int, list[Part]]]:
    """Each frame's position in the file, and its parts; not compared with `parts_digest`.

    Raises:
        IntegrityError: the file is damaged.
    """
    with open(path, "rb") as file:
        _reading(file, path)
        file.seek(len(MAGIC))
        position = file.tell()
        for encoded in _frames(file, path):
            yield position, _decoded(encoded, path)
            position = file.tell()


def read_frame(path: str, position: int) -> list[Part]:
    """The parts of the frame at a position that `scan_parts` gave.

    Raises:
        IntegrityError: the file is damaged, or no frame begins there.
    """
    with open(path, "rb") as file:
        file.seek(position)
        encoded = next(_frames(file, path), None)
    if encoded is None:
        raise _damaged(path, "a frame that it had is not there")
    return _decoded(encoded, path)


def _reading(file: BinaryIO, path: str) -> Reading:
    if file.read(len(MAGIC)) != MAGIC:
        raise _damaged(path, "it does not begin as a part file of version 1")
    size = file.seek(0, os.SEEK_END)
    if size < len(MAGIC) + _FRAME.size + _TRAILER.size:
        raise _damaged(path, "it is cut short")
    file.seek(size - _TRAILER.size)
    length, magic = _TRAILER.unpack(file.read(_TRAILER.size))
    start = size - _TRAILER.size - length
    if magic != _END_MAGIC or start < len(MAGIC) + _FRAME.size:
        raise _damaged(path, "it is cut short")
    file.seek(start)
    try:
        return _reading_decoder.decode(file.read(length))
    except (msgspec.MsgspecError, ValueError) as why:
        raise _damaged(path, f"its reading cannot be decoded: {why}") from why


def _frames(file: BinaryIO, path: str) -> Iterator[bytes]:
    while True:
        head = file.read(_FRAME.size)
        if len(head) < _FRAME.size:
            raise _damaged(path, "it is cut short")
        packed, length = _FRAME.unpack(head)
        if packed == 0:
            return
        if length > _LARGEST_FRAME:
            raise _damaged(path, "a frame is larger than any that is written")
        unpacker = zlib.decompressobj()
        try:
            encoded = unpacker.decompress(file.read(packed), length)
        except zlib.error as why:
            raise _damaged(path, f"a frame cannot be unpacked: {why}") from why
        if len(encoded) != length:
            raise _damaged(path, "a frame has another length than it says")
        yield encoded


def _decoded(encoded: bytes, path: str) -> list[Part]:
    try:
        return _parts_decoder.decode(encoded)
    except (msgspec.MsgspecError, ValueError) as why:
        raise _damaged(path, f"a part cannot be decoded: {why}") from why


def _damaged(path: str, why: str) -> IntegrityError:
    return IntegrityError(f"the part file {path} is damaged: {why}", next_step=_DAMAGED)
