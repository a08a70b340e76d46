"""Photoshop's image resources, in JPEG, TIFF and PSD: captions, thumbnails, paths to originals.

    "8BIM", number u16, name (Pascal, padded to even), size u32, bytes (padded to even) …

- Number 1028 holds IPTC-IIM datasets (IPTC-IIM 4.2 §1.5): each stands at its record and dataset.
- Other resources are named with their size; their bytes stay in the file.

Source: Adobe Photoshop File Formats Specification, "Image Resource Blocks".
"""

import struct
from collections.abc import Iterator

from muniment.core import Field, Metadata, Part, Problem, Relation, Whole
from muniment.readers.embedded import Embedded

_IPTC = 1028
_THUMBNAILS = (1033, 1036)
_THUMBNAIL_HEADER = 28
XMP = 1060
_TEXTS = {1035: "Photoshop address", 1086: "Photoshop layer comps"}
_IPTC_NAMES = {
    (1, 90): "coded character set",
    (2, 5): "object name",
    (2, 7): "edit status",
    (2, 10): "urgency",
    (2, 15): "category",
    (2, 20): "supplemental category",
    (2, 25): "keyword",
    (2, 40): "special instructions",
    (2, 55): "date created",
    (2, 60): "time created",
    (2, 62): "digital creation date",
    (2, 63): "digital creation time",
    (2, 65): "originating program",
    (2, 70): "program version",
    (2, 80): "by-line",
    (2, 85): "by-line title",
    (2, 90): "city",
    (2, 92): "sub-location",
    (2, 95): "province",
    (2, 100): "country code",
    (2, 101): "country",
    (2, 103): "transmission reference",
    (2, 105): "headline",
    (2, 110): "credit",
    (2, 115): "source",
    (2, 116): "copyright",
    (2, 118): "contact",
    (2, 120): "caption",
    (2, 122): "writer",
}
_UTF8 = b"\x1b%G"
_BINARY_RECORDS = (1, 3, 7, 8)
_MOST = 20_000


def resource_parts(data: bytes, found: list[Embedded]) -> Iterator[Part]:
    """What the resources state; thumbnails are added to `found`."""
    for number, name, resource in resources(data):
        if number == _IPTC:
            yield from iptc_parts(resource)
        elif number in _THUMBNAILS and resource[_THUMBNAIL_HEADER:].startswith(b"\xff\xd8"):
            at = Field(f"Photoshop {number}")
            found.append(Embedded(at, Relation.THUMBNAIL, resource[_THUMBNAIL_HEADER:]))
        elif number in _TEXTS:
            at, title = Field(f"Photoshop {number}"), _TEXTS[number]
            yield Metadata(at, title, resource.decode("latin-1"))
        else:
            written = f"{len(resource)} bytes" + ("" if name == "" else f", {name}")
            yield Metadata(Field(f"Photoshop {number}"), f"Photoshop resource {number}", written)


def resources(data: bytes) -> Iterator[tuple[int, str, bytes]]:
    """Number, name and bytes of each resource, as far as they can be followed."""
    at = 0
    for _ in range(_MOST):
        if data[at : at + 4] not in (b"8BIM", b"MeSa", b"AgHg", b"PHUT", b"DCSR"):
            return
        number = int.from_bytes(data[at + 4 : at + 6], "big")
        length = data[at + 6] if at + 6 < len(data) else 0
        name = data[at + 7 : at + 7 + length].decode("latin-1")
        at += 6 + (length + 2 & ~1)
        size = int.from_bytes(data[at : at + 4], "big")
        yield number, name, data[at + 4 : at + 4 + size]
        at += 4 + (size + 1 & ~1)


def iptc_parts(data: bytes) -> Iterator[Part]:
    """Each IIM dataset under its number and usual name, in the encoding that the file declares."""
    encoding = "latin-1"
    seen: dict[str, int] = {}
    at = 0
    while at + 5 <= len(data) and data[at] == 0x1C:  # noqa: PLR2004 - the tag marker
        record, dataset = data[at + 1], data[at + 2]
        size = struct.unpack_from(">H", data, at + 3)[0]
        if size & 0x8000:
            yield Problem(Whole(), "properties-damaged", "an IPTC dataset of extended length")
            return
        value = data[at + 5 : at + 5 + size]
        at += 5 + size
        if (record, dataset) == (1, 90):
            encoding = "utf-8" if value == _UTF8 else "latin-1"
        number = f"IPTC {record}:{dataset:02}"
        seen[number] = seen.get(number, 0) + 1
        title = _IPTC_NAMES.get((record, dataset))
        binary = record in _BINARY_RECORDS or dataset == 0
        written = value.hex(" ") if binary else value.decode(encoding, "replace")
        name = number if title is None else f"{number} {title}"
        yield Metadata(Field(number, seen[number]), name, written)
