"""The build of a PNG file: its chunks in order, their texts, and what stands behind the end.

    signature  length u32, type, data, CRC u32  …  IEND  | anything

Source: W3C PNG (Third Edition) §5.3, §11.3; C2PA Technical Specification (chunk `caBX`).
"""

import zlib
from collections import Counter
from collections.abc import Iterator

from muniment.core import Field, Metadata, Part, Problem, Whole
from muniment.readers.behind_the_end import behind_the_end
from muniment.readers.embedded import Embedded
from muniment.readers.jumbf_boxes import jumbf_labels
from muniment.readers.xmp_packet import xmp_parts

_MOST_CHUNKS = 200_000
_LONGEST_ORDER = 400  # names of chunks
_LARGEST_TEXT = 1 << 24
_XMP = "XML:com.adobe.xmp"


def png_parts(data: bytes, found: list[Embedded]) -> Iterator[Part]:
    """What the chunks state; bytes behind the end go to `found`."""
    order: list[str] = []
    damaged = 0
    end = None
    seen: Counter[str] = Counter()
    for kind, body, is_whole, after in _chunks(data):
        if len(order) == 0 or order[-1] != kind:
            order.append(kind)
        damaged += not is_whole
        yield from _stated(kind, body, seen, found)
        if kind == "IEND":
            end = after
            break
    written = " ".join(order[:_LONGEST_ORDER])
    yield Metadata(Field("PNG chunks"), "PNG chunks", written)
    if damaged > 0:
        yield Problem(Whole(), "crc-mismatch", f"{damaged} chunks do not have their checksum")
    if end is None:
        yield Problem(Whole(), "pixels-damaged", "the picture has no end (IEND): it is cut")
    else:
        yield from behind_the_end(data, end, found)


def _chunks(data: bytes) -> Iterator[tuple[str, bytes, bool, int]]:
    at = 8
    for _ in range(_MOST_CHUNKS):
        if at + 12 > len(data):
            return
        length = int.from_bytes(data[at : at + 4], "big")
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        stated = int.from_bytes(data[at + 8 + length : at + 12 + length], "big")
        at += 12 + length
        if at > len(data):
            return
        yield kind.decode("latin-1"), body, zlib.crc32(kind + body) == stated, at


def _stated(kind: str, body: bytes, seen: Counter[str], found: list[Embedded]) -> Iterator[Part]:
    if kind == "caBX":
        yield from jumbf_labels(body)
    elif kind == "tIME" and len(body) == 7:  # noqa: PLR2004 - its fixed size
        year = int.from_bytes(body[:2], "big")
        written = f"{year:04}-{body[2]:02}-{body[3]:02} {body[4]:02}:{body[5]:02}:{body[6]:02}"
        yield Metadata(Field("PNG tIME"), "PNG tIME", written)
    elif kind in ("tEXt", "zTXt", "iTXt"):
        keyword, text = _text(kind, body)
        if keyword == _XMP:
            yield from xmp_parts(text.encode(), found)
        elif keyword != "":
            name = f"PNG {keyword}"
            seen[name] += 1
            yield Metadata(Field(name, seen[name]), name, text)


def _text(kind: str, body: bytes) -> tuple[str, str]:
    keyword, _, rest = body.partition(b"\0")
    name = keyword.decode("latin-1")
    if kind == "tEXt":
        return name, rest.decode("latin-1")
    if kind == "zTXt":
        return name, _inflated(rest[1:]).decode("latin-1")
    packed = rest[:1] == b"\x01"
    text = rest[2:].split(b"\0", 2)[-1]  # behind the language and the translated keyword
    return name, (_inflated(text) if packed else text).decode("utf-8", "replace")


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _LARGEST_TEXT)
    except zlib.error:
        return b""
