"""The build of a JPEG file: its segments in order, tables, sampling, and what stands behind it.

    SOI  APPn … DQT … SOFn  DHT …  SOS  coded data  (RSTn)  …  EOI  | further pictures | anything

- Stated as written, for whoever asks later whether a camera or a program wrote the file: the order
  of the markers, every quantisation table in zigzag order, the sampling of the components.
- What stands behind the end of the picture is a file of its own.
- Extended XMP is put together from its portions; C2PA manifests are named by their boxes' labels.

Source: ITU-T T.81 Annex B; CIPA DC-007 (multi-picture format); XMP Part 3 §1.1.3; ISO 19566-5.
"""

import re
import struct
from collections.abc import Iterator

import msgspec

from muniment.core import Field, Metadata, Part, Problem, Relation, Whole
from muniment.readers.behind_the_end import behind_the_end
from muniment.readers.embedded import Embedded
from muniment.readers.jumbf_boxes import jumbf_labels
from muniment.readers.xmp_packet import xmp_parts

_NAMES = {
    0xC4: "DHT",
    0xC8: "JPG",
    0xCC: "DAC",
    0xD8: "SOI",
    0xD9: "EOI",
    0xDA: "SOS",
    0xDB: "DQT",
    0xDC: "DNL",
    0xDD: "DRI",
    0xDE: "DHP",
    0xDF: "EXP",
    0xFE: "COM",
    0x01: "TEM",
    **{0xE0 + n: f"APP{n}" for n in range(16)},
    **{0xC0 + n: f"SOF{n}" for n in range(16) if n not in (4, 8, 12)},
}
_BARE = frozenset((0x01, 0xD8, *range(0xD0, 0xD8)))
_EOI, _SOS, _DQT, _COM = 0xD9, 0xDA, 0xDB, 0xFE
_FRAMES = frozenset(0xC0 + n for n in range(16) if n not in (4, 8, 12))
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_MOST_SEGMENTS = 20_000
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENDED = b"http://ns.adobe.com/xmp/extension/\0"
_EXTENDED_HEAD = 40  # identifier of the whole, its length, the portion's offset
_MPF = b"MPF\0"
_MPF_ENTRIES = 0xB002


class Segment(msgspec.Struct, frozen=True):
    """One marker segment: where it begins, and its content without marker and length."""

    marker: int
    at: int
    body: bytes


def jpeg_parts(data: bytes, found: list[Embedded]) -> Iterator[Part]:
    """What the segments state; pictures and files behind the first picture go to `found`."""
    segments = list(_segments(data))
    yield from _order(segments)
    comments = 0
    for segment in segments:
        if segment.marker == _DQT:
            yield from _tables(segment)
        elif segment.marker in _FRAMES:
            yield from _frame(segment)
        elif segment.marker == _COM:
            comments += 1
            written = segment.body.rstrip(b"\0").decode("utf-8", "replace")
            yield Metadata(Field("comment", comments), "comment", written)
    yield from _packets(segments, found)
    ended = next((s.at + 2 for s in segments if s.marker == _EOI), None)
    if ended is None:
        yield Problem(Whole(), "pixels-damaged", "the picture has no end (EOI): it is cut")
        return
    end = max([ended, *_more_pictures(data, segments, found)])
    yield from behind_the_end(data, end, found)


def _segments(data: bytes) -> Iterator[Segment]:
    """The segments up to the first end of image, as far as they can be followed."""
    at = 0
    for _ in range(_MOST_SEGMENTS):
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 2 > len(data) or data[at] != 0xFF:  # noqa: PLR2004 - every marker begins so
            return
        marker = data[at + 1]
        if marker == _EOI or marker in _BARE:
            yield Segment(marker, at, b"")
            at += 2
            if marker == _EOI:
                return
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        yield Segment(marker, at, data[at + 4 : at + 2 + max(length, 2)])
        at += 2 + max(length, 2)
        if marker == _SOS:
            following = _NEXT_MARKER.search(data, at)
            if following is None:
                return
            at = following.end() - 2


def _order(segments: list[Segment]) -> Iterator[Part]:
    names = [_NAMES.get(segment.marker, f"{segment.marker:02X}") for segment in segments]
    yield Metadata(Field("JPEG markers"), "JPEG markers", " ".join(names))
    number = 0
    for segment in segments:
        if 0xE0 <= segment.marker <= 0xEF:  # noqa: PLR2004 - APP0 to APP15
            number += 1
            identifier = segment.body[:40].split(b"\0")[0].decode("ascii", "backslashreplace")
            written = f"{_NAMES[segment.marker]} {identifier} {len(segment.body)} bytes"
            name = "JPEG segment"
            yield Metadata(Field(name, number), name, f"{written} at {segment.at}")


def _tables(segment: Segment) -> Iterator[Part]:
    at = 0
    while at < len(segment.body):
        precision, number = segment.body[at] >> 4, segment.body[at] & 15
        size = 128 if precision else 64
        table = segment.body[at + 1 : at + 1 + size]
        if len(table) < size:
            return
        values = struct.unpack(">64H", table) if precision else tuple(table)
        name = f"JPEG quantisation table {number}"
        yield Metadata(Field(name), name, " ".join(map(str, values)))
        at += 1 + size


def _frame(segment: Segment) -> Iterator[Part]:
    body = segment.body
    if len(body) < 6 or len(body) < 6 + 3 * body[5]:  # noqa: PLR2004 - the frame's header
        return
    process = _NAMES[segment.marker]
    parts = [body[6 + 3 * n : 9 + 3 * n] for n in range(body[5])]
    sampling = ",".join(f"{part[1] >> 4}x{part[1] & 15}" for part in parts)
    tables = ",".join(str(part[2]) for part in parts)
    for name, written in (
        ("JPEG process", process),
        ("JPEG precision", f"{body[0]} bits"),
        ("JPEG sampling", sampling),
        ("JPEG tables of components", tables),
    ):
        yield Metadata(Field(name), name, written)


def _packets(segments: list[Segment], found: list[Embedded]) -> Iterator[Part]:
    """XMP, extended XMP and C2PA, from the application segments that carry them."""
    extended: dict[bytes, dict[int, bytes]] = {}
    manifests = bytearray()
    for segment in segments:
        if segment.marker == 0xE1 and segment.body.startswith(_XMP):  # noqa: PLR2004 - APP1
            yield from xmp_parts(segment.body[len(_XMP) :], found)
        elif segment.marker == 0xE1 and segment.body.startswith(_EXTENDED):  # noqa: PLR2004
            rest = segment.body[len(_EXTENDED) :]
            offset = int.from_bytes(rest[36:40], "big")
            extended.setdefault(rest[:32], {})[offset] = rest[_EXTENDED_HEAD:]
        elif segment.marker == 0xEB and segment.body.startswith(b"JP"):  # noqa: PLR2004 - APP11
            first = segment.body[4:8] == b"\0\0\0\x01"
            manifests += segment.body[8 if first else 16 :]
    for portions in extended.values():
        whole = b"".join(portions[offset] for offset in sorted(portions))
        yield from xmp_parts(whole, found)
    yield from jumbf_labels(bytes(manifests))


def _more_pictures(data: bytes, segments: list[Segment], found: list[Embedded]) -> list[int]:
    """Where further pictures of a multi-picture file end; they go to `found`."""
    ends = []
    for segment in segments:
        if segment.marker != 0xE2 or not segment.body.startswith(_MPF):  # noqa: PLR2004 - APP2
            continue
        base = segment.at + 4 + len(_MPF)
        for number, (offset, size) in enumerate(_mpf_entries(segment.body[len(_MPF) :])):
            start, end = base + offset, base + offset + size
            if offset > 0 and data[start : start + 2] == b"\xff\xd8" and end <= len(data):
                at = Field("MPF picture", number + 1)
                found.append(Embedded(at, Relation.EMBEDDED, data[start:end]))
                ends.append(end)
    return ends


def _mpf_entries(index: bytes) -> list[tuple[int, int]]:
    order = "<" if index[:2] == b"II" else ">"
    try:
        directory = struct.unpack_from(order + "I", index, 4)[0]
        count = struct.unpack_from(order + "H", index, directory)[0]
        for n in range(min(count, 64)):
            tag, _, size, value = struct.unpack_from(order + "HHII", index, directory + 2 + 12 * n)
            if tag == _MPF_ENTRIES:
                entries = range(value, value + min(size, 16 * 1_000), 16)
                found = [struct.unpack_from(order + "II", index, at + 4) for at in entries]
                return [(offset, length) for length, offset in found]
    except struct.error:
        return []
    return []
