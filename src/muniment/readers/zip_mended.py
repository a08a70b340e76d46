"""A package whose directory is lost or leads astray, opened by the headers before its bytes.

    the file as it is  │  a directory made of its local headers (`zip_salvage.py`)

- What programs that repair documents do: a document that was cut short, or whose offsets are
  wrong, is a document still. That it was opened so is for the reader to say (`MENDED`).
- Only where the directory cannot be used: where it can, it is the authority.
"""

import io
import struct
import zipfile
from collections.abc import Iterable

from muniment.readers.source import Positioned, Source
from muniment.readers.zip_directory import ZipEntry
from muniment.readers.zip_salvage import salvaged

MENDED = "the directory is lost or wrong; the parts are found by their own headers"
_LARGEST = 1 << 28
_LOCAL_MAGIC = b"PK\x03\x04"
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_FULL_16, _FULL_32 = 0xFFFF, 0xFFFFFFFF


def open_zip(source: Source) -> tuple[zipfile.ZipFile, bool]:
    """The archive, and whether its own directory could not be used.

    Raises:
        zipfile.BadZipFile: no entry of it can be found.
        OSError, ValueError, struct.error: as `zipfile.ZipFile`.
    """
    try:
        archive = zipfile.ZipFile(source.stream())
    except zipfile.BadZipFile:
        return _mended(source), True
    starts = [entry.header_offset for entry in archive.infolist()]
    first = min(starts, default=0)
    if len(starts) == 0 or (first >= 0 and source.read_at(first, 4) == _LOCAL_MAGIC):
        return archive, False
    try:
        return _mended(source), True
    except zipfile.BadZipFile:
        return archive, False


def _mended(source: Source) -> zipfile.ZipFile:
    entries = salvaged(source) if source.size <= _LARGEST else ()
    if not 0 < len(entries) < _FULL_16:
        raise zipfile.BadZipFile("no directory, and no entry that can be found without one")
    return zipfile.ZipFile(io.BufferedReader(_Joined(source, _directory(entries, source.size))))


def _directory(entries: Iterable[ZipEntry], at: int) -> bytes:
    """Central headers and their end, as they would stand at `at` (APPNOTE 6.3.10, §4.3.12, 16)."""
    listed = [
        _CENTRAL.pack(
            *(b"PK\x01\x02", entry.made_by, entry.made_by, entry.flags, entry.method),
            *(entry.dos_time, entry.dos_date, entry.crc),
            *(min(entry.packed_size, _FULL_32 - 1), min(entry.size, _FULL_32 - 1)),
            *(len(entry.raw_name), 0, 0, 0, 0, 0, entry.offset),
        )
        + entry.raw_name
        for entry in entries
    ]
    headers = b"".join(listed)
    return headers + _END.pack(b"PK\x05\x06", 0, 0, len(listed), len(listed), len(headers), at, 0)


class _Joined(Positioned):
    """A source with some bytes behind its end."""

    def __init__(self, source: Source, tail: bytes) -> None:
        super().__init__(source.size + len(tail))
        self._source, self._tail = source, tail

    def read_at(self, offset: int, length: int) -> bytes:
        behind = offset - self._source.size
        if behind < 0:
            return self._source.read_at(offset, length)
        return self._tail[behind : behind + length]
