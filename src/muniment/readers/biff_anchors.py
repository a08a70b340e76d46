"""Where drawings stand on a BIFF sheet, and the pictures that a BIFF workbook holds.

    MSODRAWING        shapes of a sheet: SpContainer { properties (pib → picture), ClientAnchor }
    MSODRAWINGGROUP   pictures of the workbook: BStoreContainer { BSE { blip } … }

- Pictures are counted from 1 as shapes count them; an empty slot is counted too.
- A metafile stored compressed comes out as the metafile.

Source: [MS-ODRAW] §2.2.12, §2.2.22, §2.2.32; [MS-XLS] §2.5.193.
"""

import struct
import zlib
from collections.abc import Iterator

import msgspec

from muniment.core import CellArea

_HEAD = struct.Struct("<HHI")
_CONTAINER = 0xF
_SHAPE, _PROPERTIES, _ANCHOR, _SLOT = 0xF004, 0xF00B, 0xF010, 0xF007
_PICTURE_PROPERTY = 0x0104
_BLIPS = {
    0xF01A: "emf",
    0xF01B: "wmf",
    0xF01C: "pict",
    0xF01D: "jpeg",
    0xF01E: "png",
    0xF01F: "dib",
    0xF029: "tiff",
    0xF02A: "jpeg",
}
_METAFILES = ("emf", "wmf", "pict")
_SECOND_DIGEST = {0x3D5, 0x217, 0x543, 0x46B, 0x6E3, 0x6E1, 0x7A9, 0x6E5}
_DEPTH = 8
_LARGEST_METAFILE = 1 << 28


class Anchor(msgspec.Struct, frozen=True):
    """The cells that a shape covers, from 0, and the picture it shows (0 for none)."""

    top: int
    left: int
    bottom: int
    right: int
    picture: int = 0

    def area(self, sheet: str) -> CellArea:
        """The place on a sheet."""
        bottom, right = max(self.top, self.bottom), max(self.left, self.right)
        return CellArea(self.top + 1, self.left + 1, sheet, bottom + 1, right + 1)


class Picture(msgspec.Struct, frozen=True):
    """A picture's kind and bytes."""

    kind: str
    data: bytes


def anchors_in(drawing: bytes) -> list[Anchor]:
    """The anchors of the shapes in a drawing, in its order."""
    found: list[Anchor] = []
    picture = 0
    for kind, body, _ in _atoms(drawing, 0):
        if kind == _SHAPE:
            picture = 0
        elif kind == _PROPERTIES:
            picture = _picture_of(body)
        elif kind == _ANCHOR and len(body) >= 18:  # noqa: PLR2004 - [MS-XLS] §2.5.193
            _, left, _, top, _, right, _, bottom, _ = struct.unpack_from("<9H", body)
            found.append(Anchor(top, left, bottom, right, picture))
    return found


def _picture_of(body: bytes) -> int:
    for at in range(0, len(body) - 5, 6):
        identity, value = struct.unpack_from("<HI", body, at)
        if identity & 0x3FFF == _PICTURE_PROPERTY:
            return int(value)
    return 0


def pictures_in(group: bytes) -> list[Picture | None]:
    """The pictures of a workbook's drawing group; None for an empty slot."""
    found: list[Picture | None] = []
    for kind, body, _ in _atoms(group, 0):
        if kind == _SLOT:
            found.append(_slot(body))
    return found


def _slot(body: bytes) -> Picture | None:
    if len(body) < 44:  # noqa: PLR2004 - the fixed part and the head of a blip
        return None
    at = 36 + body[33]  # a name may stand before the blip
    for kind, blip, instance in _atoms(body[at:], 0):
        if kind in _BLIPS:
            return _picture(_BLIPS[kind], blip, instance)
    return None


def _picture(kind: str, blip: bytes, instance: int) -> Picture | None:
    start = 32 if instance in _SECOND_DIGEST else 16
    if kind not in _METAFILES:
        return Picture(kind, blip[start + 1 :])
    compressed = blip[start + 32 : start + 33] == b"\x00"
    data = blip[start + 34 :]
    if not compressed:
        return Picture(kind, data)
    try:
        unpacker = zlib.decompressobj()
        return Picture(kind, unpacker.decompress(data, _LARGEST_METAFILE))
    except zlib.error:
        return None


def _atoms(data: bytes, depth: int) -> Iterator[tuple[int, bytes, int]]:
    """The records of a drawing, containers entered; each its type, body and instance."""
    at = 0
    while at + _HEAD.size <= len(data):
        mark, kind, length = _HEAD.unpack_from(data, at)
        body = data[at + _HEAD.size : at + _HEAD.size + length]
        yield kind, body, mark >> 4
        if mark & 0xF == _CONTAINER and depth < _DEPTH:
            yield from _atoms(body, depth + 1)
        at += _HEAD.size + length
