"""Streams that hold one packed file: gzip, zlib, bzip2, xz, lzma, zstd, snappy, and older kinds.

- The content is one child, index 0; what the header states of it (name, time) is kept.
- A stream cut short or with a wrong checksum gives what could be unpacked of it, marked so.
- Several streams in a row are one content, as their own tools read them. Bytes behind a stream
  that are none do not cost its content: a Problem says where they begin.
- Snappy's frames are unpacked here: `snappy_frames.py`.
- lz4, lzip, lzop and compress (.Z) are unpacked by libarchive, where the system has it.
"""

import bz2
import lzma
import struct
import zlib
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Protocol

import msgspec

from muniment.core import Field, Member, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.archive_library import ListEndedError, libarchive_condition, open_archive
from muniment.readers.inflating import inflated
from muniment.readers.members import DamagedError, Entry, child_as_far
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError
from muniment.readers.snappy_frames import unframed
from muniment.readers.source import Source
from muniment.readers.zstandard import zstd

_BLOCK = 1 << 18
_STEP = 1 << 15  # what is lost before damage, where the library cannot be asked again
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
_LONGEST_SIGN = 6
_ZSTD = "application/zstd"
_SKIPPED = b"\x2a\x4d\x18"


class _Unpacker(Protocol):
    """What the unpackers of the standard library share."""

    @property
    def eof(self) -> bool:
        """Whether the end of the stream was reached."""

    @property
    def needs_input(self) -> bool:
        """Whether more comes out only once more goes in."""

    @property
    def unused_data(self) -> bytes:
        """What was given and stands behind the stream."""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """The next bytes."""


class _Kind(msgspec.Struct, frozen=True):
    """How streams of a type are unpacked, and how one begins."""

    media_type: str
    sign: bytes  # of the next stream; empty where none can follow
    unpacker: Callable[[], _Unpacker]


_KINDS = MappingProxyType(
    {
        kind.media_type: kind
        for kind in (
            _Kind("application/x-bzip2", b"BZh", bz2.BZ2Decompressor),
            _Kind("application/x-xz", b"\xfd7zXZ\0", lzma.LZMADecompressor),
            _Kind("application/x-lzma", b"]\0\0", lzma.LZMADecompressor),
            _Kind(_ZSTD, b"\x28\xb5\x2f\xfd", zstd.ZstdDecompressor),
        )
    }
)


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
    yield from child_as_far(context.children, entry, _unpacked(source, context.media_type, behind))
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
        yield from _inflated(source, behind)
    elif media_type == _SNAPPY:
        yield from unframed(source)
    else:
        try:
            yield from _in_a_row(source, _KINDS[media_type], behind)
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
            at += len(block)
            yield from inflated(unpacker, block, _BLOCK)
            if unpacker.eof:
                break
        if not unpacker.eof:
            yield unpacker.flush()
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


def _in_a_row(source: Source, kind: "_Kind", behind: list[int]) -> Iterator[bytes]:
    """Streams in a row and zeros between them are one content; other bytes behind it are not."""
    at = 0
    while at < source.size:
        unpacker = kind.unpacker()
        for block in source.blocks(at):
            at += len(block)
            yield unpacker.decompress(block, _STEP)
            while not unpacker.eof and not unpacker.needs_input:
                yield unpacker.decompress(b"", _STEP)
            if unpacker.eof:
                break
        if not unpacker.eof:
            raise EOFError
        at = _past_skipped(source, _behind_zeros(source, at - len(unpacker.unused_data)), kind)
        if at < source.size and not source.read_at(at, _LONGEST_SIGN).startswith(kind.sign):
            behind.append(at)
            return


def _past_skipped(source: Source, at: int, kind: "_Kind") -> int:
    """Behind zstandard's skippable frames (RFC 8878 §3.1.2), which any program may put there."""
    while kind.media_type == _ZSTD:
        head = source.read_at(at, 8)
        if len(head) < 8 or head[1:4] != _SKIPPED or head[0] >> 4 != 5:  # noqa: PLR2004 - 0x184D2A5?
            break
        at += 8 + int.from_bytes(head[4:], "little")
    return at


def _inflated(source: Source, behind: list[int]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    at = 0
    for block in source.blocks():
        at += len(block)
        yield from inflated(unpacker, block, _BLOCK)
        if unpacker.eof:
            break
    if not unpacker.eof:
        yield unpacker.flush()
        raise DamagedError("member-damaged", "its packed bytes end too early")
    at = _behind_zeros(source, at - len(unpacker.unused_data))
    if at < source.size:
        behind.append(at)


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
    version=5,
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
    version=3,
    media_types=(_ZLIB,),
    read=read_compressed,
    recognises=_is_zlib,
    begins=b"x",
)
