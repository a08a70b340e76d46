"""Streams that hold one packed file: gzip, bzip2, xz and lzma.

- The content is one child, index 0; what the header states of it (name, time) is kept.
- A stream cut short or with a wrong checksum gives no child: half a file is not the file.
- Several streams in a row are one content, as their own tools read them.
"""

import bz2
import gzip
import io
import lzma
import struct
from collections.abc import Iterator

from muniment.core import Field, Member, Metadata, Part, Relation, Tally, Whole
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.source import Source

_BLOCK = 1 << 18
_GZIP_NAME = 8  # RFC 1952 §2.3.1: flags
_GZIP_EXTRA = 4
_LONGEST_NAME = 4_096


def read_compressed(source: Source, context: Context) -> Iterator[Part]:
    """The one child of a compressed stream."""
    yield Tally(Whole(), "members", 1)
    raw_name = b""
    stated: tuple[tuple[str, str], ...] = ()
    if context.media_type == "application/gzip":
        raw_name, seconds = _gzip_header(source)
        stated = () if seconds == 0 else (("modified (Unix seconds)", str(seconds)),)
        for name, written in (("name", raw_name.decode("latin-1")), *stated):
            if written != "":
                yield Metadata(Field(name), name, written)
    entry = Entry(
        at=Member(0),
        index=0,
        relation=Relation.DECOMPRESSED,
        raw_name=raw_name,
        name=raw_name.decode("latin-1"),
        stated=stated,
        packed_size=source.size,
    )
    yield child_or_problem(context.children, entry, _chunks(_opened(source, context.media_type)))


def _opened(source: Source, media_type: str) -> io.BufferedIOBase:
    stream = source.stream()
    match media_type:
        case "application/gzip":
            return gzip.GzipFile(fileobj=stream, mode="rb")
        case "application/x-bzip2":
            return bz2.BZ2File(stream)
        case _:
            return lzma.LZMAFile(stream)


def _chunks(stream: io.BufferedIOBase) -> Iterator[bytes]:
    while len(chunk := stream.read(_BLOCK)) > 0:
        yield chunk


def _gzip_header(source: Source) -> tuple[bytes, int]:
    """The stored name and the stored time in Unix seconds, 0 where none is stored."""
    head = source.read_at(0, 12)
    if len(head) < 12:  # noqa: PLR2004 - the fixed header and the length of an extra field
        return b"", 0
    flags = head[3]
    (seconds,) = struct.unpack_from("<I", head, 4)
    start = 10
    if flags & _GZIP_EXTRA:
        start += 2 + int.from_bytes(head[10:12], "little")
    if not flags & _GZIP_NAME:
        return b"", seconds
    return source.read_at(start, _LONGEST_NAME).partition(b"\0")[0], seconds


COMPRESSED = Reader(
    name="compressed",
    version=1,
    media_types=(
        "application/gzip",
        "application/x-bzip2",
        "application/x-xz",
        "application/x-lzma",
    ),
    read=read_compressed,
)
