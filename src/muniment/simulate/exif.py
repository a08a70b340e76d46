"""Writes EXIF blocks: dates, camera, serial number, place and a thumbnail of any picture.

    Exif mark | TIFF header | IFD0 | Exif IFD | GPS IFD | IFD1 | thumbnail     (CIPA DC-008, 4.6)

Invariants:

- little-endian, tags in ascending order, offsets from the TIFF header;
- the thumbnail need not be of the picture it lies in: that is one of the planted inconsistencies.
"""

import struct
from collections.abc import Sequence

import msgspec

_ASCII, _SHORT, _LONG, _RATIONAL = 2, 3, 4, 5
_EXIF_POINTER, _GPS_POINTER, _THUMB_AT, _THUMB_SIZE = 0x8769, 0x8825, 0x0201, 0x0202
_JPEG_COMPRESSION = 6

Field = tuple[int, int, int, bytes]  # tag, type, count, value


class Shot(msgspec.Struct, frozen=True):
    """What a camera would have noted; `place` is (latitude, longitude) in degrees or None."""

    taken: str  # YYYY:MM:DD HH:MM:SS, no zone
    make: str
    model: str
    serial: str
    place: tuple[float, float] | None = None
    thumbnail: bytes = b""  # a JPEG


def exif_block(shot: Shot) -> bytes:
    """The block for an APP1 segment, beginning with its `Exif` mark."""
    exif = [
        _text(0x9003, shot.taken),
        _text(0x9004, shot.taken),
        _text(0xA431, shot.serial),
    ]
    first = [
        _text(0x010F, shot.make),
        _text(0x0110, shot.model),
        _text(0x0132, shot.taken),
        _number(_EXIF_POINTER, 0),
    ]
    gps = _gps(shot.place) if shot.place else []
    if gps:
        first.append(_number(_GPS_POINTER, 0))
    exif_at = 8 + len(_directory(first, 8, 0))
    gps_at = exif_at + len(_directory(exif, exif_at, 0))
    thumb_at = gps_at + len(_directory(gps, gps_at, 0))
    pointers = {_EXIF_POINTER: exif_at, _GPS_POINTER: gps_at}
    first = [
        _number(field[0], pointers[field[0]]) if field[0] in pointers else field for field in first
    ]
    body = _directory(first, 8, thumb_at if shot.thumbnail else 0)
    body += _directory(exif, exif_at, 0) + _directory(gps, gps_at, 0)
    if shot.thumbnail:
        body += _thumbnail(shot.thumbnail, thumb_at)
    return b"Exif\0\0II*\0" + struct.pack("<L", 8) + body


def _thumbnail(thumbnail: bytes, at: int) -> bytes:
    """IFD1 and the thumbnail right behind it."""
    fields = [
        (0x0103, _SHORT, 1, struct.pack("<HH", _JPEG_COMPRESSION, 0)),
        _number(_THUMB_AT, 0),
        _number(_THUMB_SIZE, len(thumbnail)),
    ]
    fields[1] = _number(_THUMB_AT, at + len(_directory(fields, at, 0)))
    return _directory(fields, at, 0) + thumbnail


def _directory(fields: Sequence[Field], at: int, following: int) -> bytes:
    """One directory placed at `at`, its long values behind it; empty for no fields."""
    if len(fields) == 0:
        return b""
    rows, values = b"", b""
    values_at = at + 2 + 12 * len(fields) + 4
    for tag, kind, count, value in fields:
        inline = value.ljust(4, b"\0")
        if len(value) > len(inline[:4]):
            inline = struct.pack("<L", values_at + len(values))
            values += value + bytes(len(value) % 2)
        rows += struct.pack("<HHL", tag, kind, count) + inline
    return struct.pack("<H", len(fields)) + rows + struct.pack("<L", following) + values


def _text(tag: int, text: str) -> Field:
    value = text.encode("ascii") + b"\0"
    return (tag, _ASCII, len(value), value)


def _number(tag: int, value: int) -> Field:
    return (tag, _LONG, 1, struct.pack("<L", value))


def _gps(place: tuple[float, float]) -> list[Field]:
    """Latitude and longitude as three rationals each, north and east only."""
    latitude, longitude = place
    return [
        _text(1, "N"), (2, _RATIONAL, 3, _degrees(latitude)),
        _text(3, "E"), (4, _RATIONAL, 3, _degrees(longitude)),
    ]  # fmt: skip


def _degrees(value: float) -> bytes:
    hundredths = round(value * 360_000)
    minutes, seconds = divmod(hundredths, 6000)
    degrees, minutes = divmod(minutes, 60)
    return struct.pack("<LLLLLL", degrees, 1, minutes, 1, seconds, 100)
