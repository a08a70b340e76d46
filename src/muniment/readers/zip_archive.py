"""Zip archives: every entry of the central directory becomes a child, or says why not.

- The central directory is authoritative; a local header that disagrees with it, entries that
  overlap, a wrong CRC or size, encryption and unknown methods reject the entry: never a guess.
- Entries are addressed by their position; equal names stay apart; names are never paths.
- The time of an entry is local and has no zone; it is kept as written.
"""

import bz2
import lzma
import struct
import zlib
from collections.abc import Iterator

from muniment.core import Member, Part, Problem, Relation, Tally, Whole
from muniment.readers.encodings import encoding_of
from muniment.readers.members import DamagedError, Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import LockedError
from muniment.readers.source import Source
from muniment.readers.zip_directory import (
    FLAG_DESCRIPTOR,
    FLAG_ENCRYPTED,
    FLAG_UTF8,
    ZipEntry,
    read_directory,
)

_LOCAL = struct.Struct("<4s5H3I2H")
_LOCAL_MAGIC = b"PK\x03\x04"
_FULL_32 = 0xFFFFFFFF
_STORED = 0
_DEFLATED = 8
_BZIP2 = 12
_LZMA = 14
_XZ = 95
_METHODS = {_STORED: "stored", _DEFLATED: "deflated", _BZIP2: "bzip2", _LZMA: "lzma", _XZ: "xz"}
_OUTPUT = 1 << 18
_OLD_NAMES = "cp437"  # APPNOTE, appendix D: names without the UTF-8 flag


def read_zip(source: Source, context: Context) -> Iterator[Part]:
    """The children of a zip archive."""
    directory = read_directory(source)
    files = [entry for entry in directory.entries if not entry.is_folder]
    missing = max(0, directory.announced - len(directory.entries))
    yield Tally(Whole(), "members", len(files) + missing)
    yield Tally(Whole(), "folders", len(directory.entries) - len(files))
    for code, message in directory.trouble:
        yield Problem(Whole(), code, message)
    overlapping = _overlapping(files)
    encoding = _name_encoding(files)
    encrypted = 0
    for entry in files:
        encrypted += entry.flags & FLAG_ENCRYPTED
        yield _member(source, context, entry, encoding, overlaps=entry.index in overlapping)
    if len(files) > 0 and encrypted == len(files):
        raise LockedError(f"all {encrypted} entries are encrypted")


def _member(
    source: Source, context: Context, entry: ZipEntry, encoding: str, *, overlaps: bool
) -> Part:
    at = Member(entry.index)
    if entry.flags & FLAG_ENCRYPTED:
        return Problem(at, "member-encrypted", "an entry is encrypted and no key was at hand")
    if overlaps:
        return Problem(at, "members-overlap", "an entry shares bytes with another entry")
    described = Entry(
        at=at,
        index=entry.index,
        relation=Relation.MEMBER,
        raw_name=entry.raw_name,
        name=_readable(entry, encoding),
        stated=_stated(entry),
        packed_size=entry.packed_size,
    )
    return child_or_problem(context.children, described, unpacked(source, entry))


def unpacked(source: Source, entry: ZipEntry) -> Iterator[bytes]:
    """The bytes of an entry, checked against the directory.

    Raises:
        DamagedError: they are not what the directory says.
    """
    start = _data_start(source, entry)
    crc = size = 0
    for chunk in _decompressed(source, entry, start):
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
        yield chunk
    if size != entry.size:
        raise DamagedError("size-mismatch", f"unpacks to {size} bytes, not {entry.size}")
    if crc != entry.crc:
        raise DamagedError("crc-mismatch", "its bytes do not have the CRC that is stated")


def _data_start(source: Source, entry: ZipEntry) -> int:
    """Where the packed bytes begin, once the local header agrees with the central one."""
    header = source.read_at(entry.offset, _LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(_LOCAL_MAGIC):
        raise DamagedError("headers-disagree", "there is no local header where it should be")
    _, _, flags, method, _, _, crc, packed, size, name_length, extra = _LOCAL.unpack(header)
    name = source.read_at(entry.offset + _LOCAL.size, name_length)
    if name != entry.raw_name or method != entry.method or flags & 1 != entry.flags & 1:
        raise DamagedError("headers-disagree", "local and central header name different things")
    if not flags & FLAG_DESCRIPTOR and _FULL_32 not in (packed, size):
        stated = (entry.crc, entry.packed_size, entry.size)
        if (crc, packed, size) != stated:
            raise DamagedError("headers-disagree", "local and central header state other sizes")
    start: int = entry.offset + _LOCAL.size + name_length + extra
    if start + entry.packed_size > source.size:
        raise DamagedError("member-damaged", "its bytes end behind the end of the file")
    return start


def _decompressed(source: Source, entry: ZipEntry, start: int) -> Iterator[bytes]:
    blocks = source.blocks(start, start + entry.packed_size)
    match entry.method:
        case 0:
            yield from blocks
        case 8:
            yield from _inflated(blocks)
        case 12:
            yield from _pumped(bz2.BZ2Decompressor(), blocks)
        case 14:
            yield from _lzma_member(source, start, entry)
        case 95:
            yield from _pumped(lzma.LZMADecompressor(), blocks)
        case _:
            raise DamagedError("unknown-method", f"packed by a method not known ({entry.method})")


def _inflated(blocks: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-15)
    for block in blocks:
        data = block
        while len(data) > 0 and not unpacker.eof:
            yield unpacker.decompress(data, _OUTPUT)
            data = unpacker.unconsumed_tail
    if not unpacker.eof:
        raise DamagedError("member-damaged", "its packed bytes end too early")


def _pumped(
    unpacker: bz2.BZ2Decompressor | lzma.LZMADecompressor, blocks: Iterator[bytes]
) -> Iterator[bytes]:
    for block in blocks:
        data = block
        while not unpacker.eof:
            yield unpacker.decompress(data, _OUTPUT)
            data = b""
            if unpacker.needs_input:
                break
    if not unpacker.eof:
        raise DamagedError("member-damaged", "its packed bytes end too early")


def _lzma_member(source: Source, start: int, entry: ZipEntry) -> Iterator[bytes]:
    """LZMA as zip writes it (§5.8): version, length of the properties, properties, raw stream."""
    length = int.from_bytes(source.read_at(start + 2, 2), "little")
    properties = source.read_at(start + 4, length)
    if len(properties) != 5:  # noqa: PLR2004 - §5.8.8: one byte lc/lp/pb, four bytes dictionary
        raise DamagedError("member-damaged", "its LZMA properties are not five bytes")
    rest, lc = divmod(properties[0], 9)
    pb, lp = divmod(rest, 5)
    dictionary = int.from_bytes(properties[1:], "little")
    filters = [
        {
            "id": lzma.FILTER_LZMA1,
            "dict_size": max(dictionary, 1 << 12),
            "lc": lc,
            "lp": lp,
            "pb": pb,
        }
    ]
    unpacker = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters)
    written = 0
    for block in source.blocks(start + 4 + length, start + entry.packed_size):
        data = block
        while not unpacker.eof and written < entry.size:
            chunk = unpacker.decompress(data, min(_OUTPUT, entry.size - written))
            written += len(chunk)
            yield chunk
            data = b""
            if unpacker.needs_input:
                break


def _overlapping(entries: list[ZipEntry]) -> frozenset[int]:
    """The entries whose bytes are claimed twice: how a small archive unpacks without end."""
    spans = sorted(
        (e.offset, e.offset + _LOCAL.size + len(e.raw_name) + e.packed_size, e.index)
        for e in entries
    )
    found: set[int] = set()
    furthest = (0, -1)  # the end and the index of the entry that reaches furthest so far
    for start, end, index in spans:
        if start < furthest[0]:
            found.update((index, furthest[1]))
        furthest = max(furthest, (end, index))
    return frozenset(found)


def _name_encoding(entries: list[ZipEntry]) -> str:
    """How names without the UTF-8 flag are read, for people; decided on all of them together."""
    unmarked = [entry.raw_name for entry in entries if not entry.flags & FLAG_UTF8]
    found = encoding_of([b"\n".join(unmarked)]).name
    return _OLD_NAMES if found == "windows-1252" else found


def _readable(entry: ZipEntry, encoding: str) -> str:
    return entry.raw_name.decode("utf-8" if entry.flags & FLAG_UTF8 else encoding, "replace")


def _stated(entry: ZipEntry) -> tuple[tuple[str, str], ...]:
    date, time = entry.dos_date, entry.dos_time
    written = (
        f"{1980 + (date >> 9):04}-{date >> 5 & 15:02}-{date & 31:02}"
        f"T{time >> 11:02}:{time >> 5 & 63:02}:{(time & 31) * 2:02}"
    )
    return (
        ("method", _METHODS.get(entry.method, str(entry.method))),
        ("packed size", str(entry.packed_size)),
        ("size", str(entry.size)),
        ("crc", f"{entry.crc:08x}"),
        ("local time", written),
        ("offset", str(entry.offset)),
        ("made by", f"{entry.made_by:04x}"),
        ("attributes", f"{entry.attributes:08x}"),
        *((("comment", entry.comment.decode("latin-1")),) if entry.comment != b"" else ()),
    )


ZIP_ARCHIVE = Reader(
    name="zip",
    version=1,
    media_types=(
        "application/zip",
        "application/java-archive",
        "application/vnd.google-earth.kmz",
    ),
    read=read_zip,
)
