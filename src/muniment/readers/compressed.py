"""Streams that hold one packed file: gzip, zlib, bzip2, xz, lzma, zstd, snappy, and older kinds.

- The content is one child, index 0; what the header states of it (name, time) is kept.
- A stream cut short or with a wrong checksum gives no child: half a file is not the file.
- Several streams in a row are one content, as their own tools read them. Bytes behind a gzip
  stream that are none do not cost its content: a Problem says where they begin.
- Snappy's frames are unpacked here: `snappy_frames.py`.
- lz4, lzip, lzop and compress (.Z) are unpacked by libarchive, where the system has it.
"""

import bz2
import io
import lzma
import struct
import zlib
from collections.abc import Iterator
from types import MappingProxyType

from muniment.core import Field, Member, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.archive_library import ListEndedError, libarchive_condition, open_archive
from muniment.readers.members import DamagedError, Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError
from muniment.readers.snappy_frames import unframed
from muniment.readers.source import Source
from muniment.readers.zstandard import zstd

_BLOCK = 1 << 18
_LEAST_ZLIB = 8  # header, an empty block, the checksum
_ZLIB = "application/zlib"
_BY_LIBARCHIVE = MappingProxyType(
    {
        "application/x-lz4": "lz4",
        "application/x-lzip": "lzip",
        "application/x-lzop": "lzop",
        "application/x-compress": "compress",
    }
)
_SNAPPY = "application/x-snappy-framed"
_GZIP, _GZIP_SIGN = 31, b"\x1f\x8b"  # zlib's window and wrapper
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
    if context.media_type in _BY_LIBARCHIVE and libarchive_condition() != "":
        raise RefusedError("libarchive is not on this machine; install libarchive13")
    entry = Entry(
        at=Member(0),
        index=0,
        relation=Relation.DECOMPRESSED,
        raw_name=raw_name,
        name=raw_name.decode("latin-1"),
        stated=stated,
        packed_size=source.size,
    )
    behind: list[int] = []
    yield child_or_problem(context.children, entry, _unpacked(source, context.media_type, behind))
    for start in behind:
        message = f"{source.size - start} bytes stand behind its end, from byte {start}"
        yield Problem(Whole(), "trailing-bytes", message)


def _unpacked(source: Source, media_type: str, behind: list[int]) -> Iterator[bytes]:
    """The content; where the stream ends before the file does, `behind` gets that place."""
    if media_type == "application/gzip":
        yield from _gunzipped(source, behind)
    elif media_type in _BY_LIBARCHIVE:
        yield from _by_libarchive(source, _BY_LIBARCHIVE[media_type])
    elif media_type == _ZLIB:
        yield from _inflated(source)
    elif media_type == _SNAPPY:
        yield from unframed(source)
    else:
        try:
            yield from _chunks(_opened(source, media_type))
        except zstd.ZstdError as why:
            raise DamagedError("member-damaged", "a zstandard frame is damaged") from why


def _by_libarchive(source: Source, method: str) -> Iterator[bytes]:
    try:
        with open_archive(source, ("raw",), (method,)) as archive:
            for _ in archive.entries():
                yield from archive.chunks()
    except ListEndedError as why:
        raise DamagedError("member-damaged", "cannot be unpacked") from why


def _gunzipped(source: Source, behind: list[int]) -> Iterator[bytes]:
    """Members in a row and zeros behind them are one content; other bytes behind it are not."""
    at = 0
    while at < source.size:
        unpacker = zlib.decompressobj(wbits=_GZIP)
        start = at
        for block in source.blocks(start):
            data = block
            at += len(block)
            while len(data) > 0 and not unpacker.eof:
                yield unpacker.decompress(data, _BLOCK)
                data = unpacker.unconsumed_tail
            if unpacker.eof:
                break
        if not unpacker.eof:
            raise EOFError
        at = _behind_zeros(source, at - len(unpacker.unused_data))
        if at < source.size and source.read_at(at, 2) != _GZIP_SIGN:
            behind.append(at)
            return


def _behind_zeros(source: Source, at: int) -> int:
    for block in source.blocks(at):
        left = len(block.lstrip(b"\0"))
        if left > 0:
            return at + len(block) - left
        at += len(block)
    return at


def _inflated(source: Source) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    for block in source.blocks():
        data = block
        while len(data) > 0 and not unpacker.eof:
            yield unpacker.decompress(data, _BLOCK)
            data = unpacker.unconsumed_tail
    if not unpacker.eof:
        raise DamagedError("member-damaged", "its packed bytes end too early")


def _opened(source: Source, media_type: str) -> io.BufferedIOBase:
    stream = source.stream()
    match media_type:
        case "application/x-bzip2":
            return bz2.BZ2File(stream)
        case "application/zstd":
            return zstd.ZstdFile(stream)
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
    version=3,
    media_types=(
        "application/gzip",
        "application/x-bzip2",
        "application/x-xz",
        "application/x-lzma",
        "application/zstd",
        _SNAPPY,
        *_BY_LIBARCHIVE,
    ),
    read=read_compressed,
)


def _is_zlib(head: bytes) -> bool:
    """A header whose check bits hold (RFC 1950 §2.2), and packed bytes that unpack."""
    if head[:1] != b"\x78" or len(head) < _LEAST_ZLIB or int.from_bytes(head[:2], "big") % 31 != 0:
        return False
    try:
        zlib.decompressobj().decompress(head, _BLOCK)
    except zlib.error:
        return False
    return True


ZLIB_STREAM = Reader(
    name="zlib",
    version=1,
    media_types=(_ZLIB,),
    read=read_compressed,
    recognises=_is_zlib,
)
