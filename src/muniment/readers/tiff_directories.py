"""The directories of a TIFF, which every camera raw is, and of an EXIF block: previews, packets.

    II|MM  42|43  offset ──▶ count, { tag u16, type u16, count u32, value or offset } …, next

- Previews of raws are JPEGs, at tags 513/514 or as a single compressed strip; each is a file.
- XMP, IPTC and Photoshop resources are handed to their own readers.
- Directories are followed once each; none outside the file.

Source: TIFF 6.0 §2; Adobe TIFF Technical Note 1 (SubIFDs); TIFF/EP (previews).
"""

import struct
from collections.abc import Iterator

from muniment.core import Field, Part, Relation
from muniment.readers.embedded import Embedded
from muniment.readers.icc_profile import icc_parts
from muniment.readers.photoshop_resources import iptc_parts, resource_parts
from muniment.readers.xmp_packet import xmp_parts

_SIZES = (0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4)
_STRIPS, _STRIP_SIZES, _SUB = 0x111, 0x117, 0x14A
_JPEG_AT, _JPEG_SIZE = 0x201, 0x202
_XMP, _IPTC, _RESOURCES, _ICC, _EXIF = 0x2BC, 0x83BB, 0x8649, 0x8773, 0x8769
_MOST_DIRECTORIES = 200
_MOST_ENTRIES = 2_000
_HEADER = 8
_Tags = dict[int, tuple[int, bytes]]


def tiff_parts(data: bytes, found: list[Embedded], *, packets: bool) -> Iterator[Part]:
    """What the packets state, where asked for; previews go to `found`."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None:
        return
    for number, tags in enumerate(_directories(data, order)):
        preview = _preview(data, order, tags)
        if preview is not None and all(each.data != preview for each in found):
            at = Field(f"preview of directory {number}")
            stated = (("directory", str(number)),)
            found.append(Embedded(at, Relation.THUMBNAIL, preview, stated=stated))
        if packets:
            yield from _packets(tags, found)


def _packets(tags: _Tags, found: list[Embedded]) -> Iterator[Part]:
    if _XMP in tags:
        yield from xmp_parts(tags[_XMP][1], found)
    if _IPTC in tags:
        yield from iptc_parts(tags[_IPTC][1])
    if _RESOURCES in tags:
        yield from resource_parts(tags[_RESOURCES][1], found)
    if _ICC in tags:
        yield from icc_parts(tags[_ICC][1])


def _directories(data: bytes, order: str) -> Iterator[_Tags]:
    waiting = [_number(data, order, 4, 4)]
    seen: set[int] = set()
    while len(waiting) > 0 and len(seen) < _MOST_DIRECTORIES:
        at = waiting.pop(0)
        if at in seen or not _HEADER <= at < len(data) - 6:
            continue
        seen.add(at)
        count = min(_number(data, order, at, 2), _MOST_ENTRIES)
        tags = dict(_entries(data, order, at + 2, count))
        yield tags
        for tag in (_SUB, _EXIF):
            if tag in tags:
                waiting += _numbers(order, *tags[tag])[:_MOST_DIRECTORIES]
        waiting.append(_number(data, order, at + 2 + 12 * count, 4))


def _entries(
    data: bytes, order: str, at: int, count: int
) -> Iterator[tuple[int, tuple[int, bytes]]]:
    for start in range(at, at + 12 * count, 12):
        entry = data[start : start + 12]
        if len(entry) < 12:  # noqa: PLR2004 - an entry is twelve bytes
            return
        tag, kind, number = struct.unpack(order + "HHI", entry[:8])
        size = number * (_SIZES[kind] if kind < len(_SIZES) else 0)
        if size <= 4:  # noqa: PLR2004 - what fits stands in the entry itself
            yield tag, (kind, entry[8 : 8 + size])
        else:
            offset = struct.unpack(order + "I", entry[8:])[0]
            yield tag, (kind, data[offset : offset + size])


def _preview(data: bytes, order: str, tags: _Tags) -> bytes | None:
    """The JPEG that a directory describes; None where it describes none, or cannot hold it."""
    for at_tag, size_tag in ((_JPEG_AT, _JPEG_SIZE), (_STRIPS, _STRIP_SIZES)):
        if at_tag not in tags or size_tag not in tags:
            continue
        starts, sizes = _numbers(order, *tags[at_tag]), _numbers(order, *tags[size_tag])
        if len(starts) != 1 or len(sizes) != 1:
            continue
        preview = data[starts[0] : starts[0] + sizes[0]]
        if len(preview) == sizes[0] and preview.startswith(b"\xff\xd8\xff"):
            return preview
    return None


def _numbers(order: str, kind: int, value: bytes) -> list[int]:
    size = {3: 2, 4: 4, 13: 4}.get(kind)
    if size is None:
        return []
    letter = "H" if size == 2 else "I"  # noqa: PLR2004 - bytes
    count = len(value) // size
    return list(struct.unpack(f"{order}{count}{letter}", value[: count * size]))


def _number(data: bytes, order: str, at: int, size: int) -> int:
    piece = data[at : at + size]
    return int.from_bytes(piece, "little" if order == "<" else "big") if len(piece) == size else 0
