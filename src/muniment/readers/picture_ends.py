"""Where a picture ends in formats that say so by lengths: GIF, WebP, BMP, HEIC and AVIF.

- GIF: blocks up to the trailer 3b (GIF89a §27); comments on the way are stated.
- WebP: the length in the RIFF header; BMP: the file size in its header.
- HEIC, AVIF, JP2: boxes of stated length, one behind the other; a film in a box `mpvd` is a file
  of its own (motion photo), and boxes of C2PA manifests are named.
"""

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO

from muniment.core import Field, Metadata, Part, Relation
from muniment.readers.behind_the_end import behind_the_end
from muniment.readers.embedded import Embedded
from muniment.readers.jumbf_boxes import jumbf_labels

_MOST_BLOCKS = 1_000_000
_MOST_BOXES = 10_000
_MOST_EXIF = 1 << 24  # bytes
_FILMS = (b"mpvd",)
_C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")  # C2PA: the uuid of its box
_PRINTABLE = range(0x20, 0x7F)


def gif_parts(data: bytes, found: list[Embedded]) -> Iterator[Part]:
    """Comments and text, and what stands behind the trailer."""
    at = 13 + (3 << (data[10] & 7) + 1 if data[10:11] >= b"\x80" else 0)
    comments = 0
    for _ in range(_MOST_BLOCKS):
        introducer = data[at : at + 1]
        if introducer == b"!":
            label, body, at = data[at + 1 : at + 2], *_sub_blocks(data, at + 2)
            if label == b"\xfe":
                comments += 1
                written = body.decode("utf-8", "replace")
                yield Metadata(Field("comment", comments), "comment", written)
            elif label == b"\x01":
                yield Metadata(Field("plain text"), "plain text", body[12:].decode("latin-1"))
        elif introducer == b",":
            flags = data[at + 9] if at + 9 < len(data) else 0
            table = 3 << (flags & 7) + 1 if flags & 0x80 else 0
            _, at = _sub_blocks(data, at + 11 + table)
        else:
            break
    if data[at : at + 1] == b";":
        yield from behind_the_end(data, at + 1, found)


def _sub_blocks(data: bytes, at: int) -> tuple[bytes, int]:
    """The bytes of a chain of sub-blocks, and where it ends."""
    pieces = []
    while at < len(data) and data[at] != 0:
        pieces.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return b"".join(pieces), at + 1


def webp_parts(data: bytes, found: list[Embedded]) -> Iterator[Part]:
    """The chunks in order, and what stands behind them."""
    end = 8 + int.from_bytes(data[4:8], "little")
    names: list[str] = []
    at = 12
    while at + 8 <= min(end, len(data)) and len(names) < _MOST_BOXES:
        names.append(data[at : at + 4].decode("latin-1").strip())
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] == b"C2PA":
            yield from jumbf_labels(data[at + 8 : at + 8 + size])
        at += 8 + size + (size & 1)
    yield Metadata(Field("WebP chunks"), "WebP chunks", " ".join(names))
    yield from behind_the_end(data, end + (end & 1), found)


def webp_exif(stream: BinaryIO) -> BinaryIO:
    """The EXIF block of a picture, which is a TIFF; empty where it has none."""
    at = 12
    for _ in range(_MOST_BOXES):
        stream.seek(at)
        head = stream.read(8)
        size = int.from_bytes(head[4:], "little")
        if head[:4] == b"EXIF":
            return io.BytesIO(stream.read(min(size, _MOST_EXIF)).removeprefix(b"Exif\0\0"))
        if len(head) < 8:  # noqa: PLR2004 - a chunk is named and sized by four bytes each
            break
        at += 8 + size + (size & 1)
    return io.BytesIO()


def bmp_parts(data: bytes, found: list[Embedded]) -> Iterator[Part]:
    """What stands behind the size that the header states, where it states one that can be."""
    stated, pixels = struct.unpack_from("<I4xI", data.ljust(18, b"\0"), 2)
    if pixels < stated < len(data):
        yield from behind_the_end(data, stated, found)


def box_parts(data: bytes, found: list[Embedded]) -> Iterator[Part]:
    """The boxes in order, films and manifests in them, and what stands behind them."""
    at = 0
    names: list[str] = []
    for _ in range(_MOST_BOXES):
        kind, start, end = _box(data, at)
        if kind == b"" or end > len(data):
            break
        names.append(kind.decode("latin-1"))
        if kind in _FILMS:
            found.append(Embedded(Field("film"), Relation.EMBEDDED, data[start:end]))
        elif kind == b"uuid" and data[start : start + 16] == _C2PA:
            yield from jumbf_labels(data[data.find(b"jumb", start, end) - 4 : end])
        at = end
    yield Metadata(Field("boxes"), "boxes", " ".join(names))
    if len(names) > 0:
        yield from behind_the_end(data, at, found)


def _box(data: bytes, at: int) -> tuple[bytes, int, int]:
    """Kind, start of the content and end of the box at `at`; an empty kind where there is none."""
    size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
    start = at + 8
    if size == 1:
        size, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
    elif size == 0:
        size = len(data) - at
    if len(kind) < 4 or at + size < start or any(letter not in _PRINTABLE for letter in kind):  # noqa: PLR2004 - a box type is four letters
        return b"", at, at
    return kind, start, at + size
