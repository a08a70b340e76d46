"""Pictures stored in the binary Office formats: OfficeArt blips.

    record header   version and instance u16, type u16, length u32; version 0xF holds records
    FBSE 0xF007     a picture's entry: the blip inside it, or at an offset of another stream
    blips           EMF F01A, WMF F01B, PICT F01C (deflated) | JPEG F01D F02A, PNG F01E, DIB F01F,
                    TIFF F029 (as they are)

- JPEG, PNG, TIFF, EMF and WMF come out byte for byte; a DIB gets the file header that makes it
  a bitmap, a PICT the 512 zero bytes of its file form: both are stated ("made").
- The walk goes at most 24 records deep, and over at most 100,000 records.

Source: [MS-ODRAW] §2.2.1, §2.2.20, §2.2.23 to §2.2.32.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial

import msgspec

from muniment.readers.members import DamagedError

_HEAD = 8
_CONTAINER = 0xF
_DEEPEST = 24
_MOST_RECORDS = 100_000
_ENTRY = 0xF007
_ENTRY_HEAD = 36
_NOT_STORED = 0xFFFFFFFF
_METAFILE_HEAD = 34
_DEFLATED = 0
_MOST_UNPACKED = 1 << 28
_KINDS = {
    0xF01A: "emf",
    0xF01B: "wmf",
    0xF01C: "pict",
    0xF01D: "jpg",
    0xF01E: "png",
    0xF01F: "dib",
    0xF029: "tif",
    0xF02A: "jpg",
}
METAFILES = (0xF01A, 0xF01B, 0xF01C)
# Instances of a blip that has two identifiers of 16 bytes before its data.
TWO_IDENTIFIERS = (0x3D5, 0x217, 0x543, 0x46B, 0x6E3, 0x6E1, 0x7A9, 0x6E5)


class Blip(msgspec.Struct, frozen=True):
    """A picture: its kind as an extension, its name if it has one, and how to get its bytes."""

    kind: str
    name: str
    packed_size: int
    made: str  # what was put before the stored bytes; empty where nothing was
    data: Callable[[], bytes]


class Record(msgspec.Struct, frozen=True):
    """A record's header and where its contents lie."""

    version: int
    instance: int
    kind: int
    start: int
    end: int


def record_at(data: bytes | bytearray, at: int, end: int) -> Record | None:
    """The record at a position; None where none fits before `end`."""
    if at < 0 or at + _HEAD > end:
        return None
    head, kind, length = struct.unpack_from("<HHI", data, at)
    start = at + _HEAD
    return Record(head & 0xF, head >> 4, kind, start, min(end, start + length))


def blips_in(data: bytes, start: int, end: int, delay: bytes = b"") -> Iterator[Blip]:
    """The pictures of all records between two positions; `delay` holds those stored apart."""
    pending = [(start, min(end, len(data)), 0)]
    for _ in range(_MOST_RECORDS):
        if len(pending) == 0:
            return
        at, last, depth = pending.pop()
        record = record_at(data, at, last)
        if record is None:
            continue
        pending.append((record.end, last, depth))
        if record.kind == _ENTRY:
            yield from _of_entry(data, record, delay)
        elif record.kind in _KINDS:
            yield _blip(data, record, "")
        elif record.version == _CONTAINER and depth < _DEEPEST:
            pending.append((record.start, record.end, depth + 1))


def _of_entry(data: bytes, entry: Record, delay: bytes) -> Iterator[Blip]:
    if entry.end - entry.start < _ENTRY_HEAD:
        return
    (offset,) = struct.unpack_from("<I", data, entry.start + 28)
    length = data[entry.start + 33]
    at = entry.start + _ENTRY_HEAD
    name = data[at : at + length].decode("utf-16-le", "replace").rstrip("\0")
    inside = record_at(data, at + length, entry.end)
    if inside is not None and inside.kind in _KINDS:
        yield _blip(data, inside, name)
        return
    apart = None if offset == _NOT_STORED else record_at(delay, offset, len(delay))
    if apart is not None and apart.kind in _KINDS:
        yield _blip(delay, apart, name)


def _blip(data: bytes, record: Record, name: str) -> Blip:
    kind = _KINDS[record.kind]
    made = {"dib": "bitmap file header", "pict": "512 zero bytes"}.get(kind, "")
    size = record.end - record.start
    return Blip(kind, name, size, made, partial(_bytes_of, data, record))


def _bytes_of(data: bytes, record: Record) -> bytes:
    at = record.start + (32 if record.instance in TWO_IDENTIFIERS else 16)
    if record.kind not in METAFILES:
        stored = data[at + 1 : record.end]
        return bitmap_file(stored) if _KINDS[record.kind] == "dib" else stored
    stored = data[at + _METAFILE_HEAD : record.end]
    if record.end - at < _METAFILE_HEAD:
        raise DamagedError("member-damaged", "a picture of the document breaks off")
    if data[at + 32] == _DEFLATED:
        stored = zlib.decompressobj().decompress(stored, _MOST_UNPACKED)
    return b"\0" * 512 + stored if _KINDS[record.kind] == "pict" else stored


def bitmap_file(stored: bytes) -> bytes:
    """A device-independent bitmap with the header of a file (BITMAPFILEHEADER)."""
    if len(stored) < 16:  # noqa: PLR2004 - shorter than any bitmap's own header
        raise DamagedError("member-damaged", "a bitmap of the document breaks off")
    head, depth = struct.unpack_from("<I", stored)[0], struct.unpack_from("<H", stored, 14)[0]
    colours = struct.unpack_from("<I", stored, 32)[0] if head >= 40 <= len(stored) else 0  # noqa: PLR2004
    if depth <= 8:  # noqa: PLR2004 - bits a pixel; above them no palette
        colours = colours or 1 << depth
    start = 14 + head + colours * (3 if head == 12 else 4)  # noqa: PLR2004 - BITMAPCOREHEADER
    return struct.pack("<2sIHHI", b"BM", 14 + len(stored), 0, 0, start & 0xFFFFFFFF) + stored
