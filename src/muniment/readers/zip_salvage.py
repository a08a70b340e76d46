"""The entries of a zip that has lost its directory, by the headers that stand before their bytes.

- Only asked where no directory is left: where there is one it is the authority, and what stands
  outside it is no entry.
- A packed stream of unknown length is followed to its own end; where that cannot be, and where
  something else stands between two entries, the walk goes on with the next header.

Source: PKWARE APPNOTE 6.3.10, §4.3.7 and §4.3.9.
"""

import struct
import zlib
from collections.abc import Iterator

from muniment.readers.source import Source
from muniment.readers.zip_directory import FLAG_DESCRIPTOR, ZipEntry, extra_field

_LOCAL = struct.Struct("<4s5H3I2H")
_MAGIC = b"PK\x03\x04"
_DESCRIPTOR_MAGIC = b"PK\x07\x08"
_ZIP64 = 1
_FULL_32 = 0xFFFFFFFF
_DEFLATED = 8
_DIRECTORY_MAGIC = b"PK\x01\x02"
_STEP = 1 << 18
_BLOCK = 1 << 20
_MOST = 200_000
_MADE_BY = 20  # what a reader has to know; who made it stands in the directory alone


def salvaged(source: Source) -> tuple[ZipEntry, ...]:
    """The entries from the first byte on; where none follows another, the next that is found.

    Bytes that do not begin with an entry are a later volume or something else: they hold none.
    """
    found: list[ZipEntry] = []
    position: int | None = 0 if source.read_at(0, len(_MAGIC)) == _MAGIC else None
    while position is not None and len(found) < _MOST:
        header = source.read_at(position, _LOCAL.size)
        if header.startswith(_DIRECTORY_MAGIC):
            break
        if len(header) < _LOCAL.size or not header.startswith(_MAGIC):
            position = next(headers(source, position, source.size), None)
            continue
        at = position
        entry, position = _entry(source, len(found), position, header)
        found.append(entry)
        if position is None:  # its end is not known: what comes next is behind its own header
            position = at + _LOCAL.size
    return tuple(found)


def headers(source: Source, start: int, end: int) -> Iterator[int]:
    """Where local headers may stand between `start` and `end`: four bytes that they begin with."""
    for position in range(start, end, _BLOCK):
        block = source.read_at(position, _BLOCK + len(_MAGIC) - 1)
        at = block.find(_MAGIC)
        while 0 <= at < _BLOCK and position + at + _LOCAL.size <= end:
            yield position + at
            at = block.find(_MAGIC, at + 1)


def local_entry(source: Source, index: int, at: int) -> ZipEntry:
    """The entry of the local header that stands at `at`.

    Raises:
        struct.error: none stands there.
    """
    return _entry(source, index, at, source.read_at(at, _LOCAL.size))[0]


def _entry(source: Source, index: int, at: int, header: bytes) -> tuple[ZipEntry, int | None]:
    """The entry of a local header, and where the next may begin."""
    _, _, flags, method, time, date, crc, packed, size, name_length, extra_length = _LOCAL.unpack(
        header
    )
    names = source.read_at(at + _LOCAL.size, name_length + extra_length)
    extra = names[name_length:]
    wide = extra_field(extra, _ZIP64)
    if _FULL_32 in (packed, size) and len(wide) >= 16:  # noqa: PLR2004 - both sizes
        size, packed = struct.unpack_from("<QQ", wide)
    start = at + _LOCAL.size + name_length + extra_length
    following: int | None = start + packed
    if flags & FLAG_DESCRIPTOR and packed == 0:
        crc, packed, size, following = followed(source, start, method)
    entry = ZipEntry(
        index=index,
        raw_name=names[:name_length],
        flags=flags,
        method=method,
        dos_time=time,
        dos_date=date,
        crc=crc,
        packed_size=packed,
        size=size,
        offset=at,
        made_by=_MADE_BY,
        attributes=0,
        comment=b"",
        extra=extra,
    )
    return entry, following


def followed(source: Source, start: int, method: int) -> tuple[int, int, int, int | None]:
    """CRC, packed and unpacked size, and where the descriptor ends, of a deflated stream."""
    unpacker = zlib.decompressobj(-15)
    crc = size = 0
    end = start
    try:
        for block in source.blocks(start) if method == _DEFLATED else ():
            data = block
            end += len(block)
            while len(data) > 0 and not unpacker.eof:
                chunk = unpacker.decompress(data, _STEP)
                crc, size = zlib.crc32(chunk, crc), size + len(chunk)
                data = unpacker.unconsumed_tail
            if unpacker.eof:
                end -= len(unpacker.unused_data)
                signed = source.read_at(end, 4) == _DESCRIPTOR_MAGIC
                return crc, end - start, size, end + (16 if signed else 12)
    except zlib.error:
        return crc, source.size - start, size, None
    return crc, source.size - start, size, None
