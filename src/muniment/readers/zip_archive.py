"""Zip archives: every entry of the central directory becomes a child, or says why not.

- The central directory is authoritative; only where it is lost, or places an entry where none
  lies, do local headers speak.
- A local header that disagrees with it about the bytes, entries that overlap and unknown methods
  reject the entry: never a guess. One that only names it otherwise does not, if all else agrees;
  both names are stated.
- An entry that is cut short, or has not the CRC or size that is stated, comes out as far as it
  goes, marked as damaged.
- Entries that lie between those of the directory and that it does not list come out behind them,
  stated as not listed; one Problem counts them.
- Encrypted entries are tried with the keys at hand; those that none opens are locked, and so is
  the zip where nothing else came out of it.
- Entries are addressed by their position; equal names stay apart; names are never paths. A link
  is stated, and its bytes are the path that it names.
"""

import struct
import zlib
from collections.abc import Iterator

import msgspec

from muniment.core import Child, Field, Member, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.encodings import Encoding
from muniment.readers.members import DamagedError, Entry, child_as_far, child_or_problem, left_out
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import LockedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.zip_directory import (
    FLAG_DESCRIPTOR,
    FLAG_ENCRYPTED,
    ZipDirectory,
    ZipEntry,
    read_directory,
)
from muniment.readers.zip_encryption import WrongSecretError, aes_stated, decrypted
from muniment.readers.zip_methods import unpacked_by
from muniment.readers.zip_salvage import salvaged
from muniment.readers.zip_sited import sited
from muniment.readers.zip_stated import as_text, encryption_of, name_encoding, readable, stated
from muniment.readers.zip_unlisted import unlisted

_LOCAL = struct.Struct("<4s5H3I2H")
_LOCAL_MAGIC = b"PK\x03\x04"
_FULL_32 = 0xFFFFFFFF
_LOCKED = "member-locked"
_ONLY_FLAGGED = ("encryption", "said to be encrypted, and is not")
_NOT_LISTED = (("directory", "does not list it"),)


def read_zip(source: Source, context: Context) -> Iterator[Part]:
    """The children of a zip archive."""
    found = sited(source, _directory(source))
    directory = found.directory
    listed = [entry for entry in directory.entries if not entry.is_folder]
    beside = unlisted(source, directory)
    files = [*listed, *beside]
    missing = max(0, directory.announced - len(directory.entries))
    yield Tally(Whole(), "members", len(files) + missing)
    yield Tally(Whole(), "folders", len(directory.entries) - len(listed))
    if directory.comment != b"":
        yield Metadata(Field("comment"), "comment", as_text(directory.comment))
    for code, message in directory.trouble:
        yield Problem(Whole(), code, message)
    yield from found.problems
    if len(beside) > 0:
        message = f"{len(beside)} entries lie in the file that its directory does not list"
        yield Problem(Whole(), "unlisted-entries", message)
    overlapping = _overlapping([entry for entry in listed if entry.volume == directory.volume])
    encoding = name_encoding(files)
    opened = _Opened(source, context, frozenset(entry.index for entry in beside))
    locked = out = 0
    for entry in files:
        if entry.volume != directory.volume:
            yield _elsewhere(entry)
            continue
        parts = opened.member(entry, encoding, overlaps=entry.index in overlapping)
        locked += any(isinstance(part, Problem) and part.code == _LOCKED for part in parts)
        came = any(isinstance(part, Child) for part in parts)
        out += came
        yield from parts
        if not came:
            yield left_out(entry.index, readable(entry, encoding))
    if locked > 0 and out == 0:
        raise LockedError(f"{locked} of {len(files)} entries are encrypted, and none came out")


def _directory(source: Source) -> ZipDirectory:
    """The directory; where it is lost, the entries that their own headers name."""
    try:
        return read_directory(source)
    except UnreadableError:
        entries = salvaged(source)
        if len(entries) == 0:
            raise
    message = f"the directory is lost; {len(entries)} entries are named by their own headers"
    trouble = (("directory-missing", message),)
    return ZipDirectory(entries, len(entries), source.size, 0, b"", trouble)


def _elsewhere(entry: ZipEntry) -> Problem:
    volume = entry.volume + 1
    message = f"an entry begins in volume {volume} (.z{volume:02}), which is another file"
    return Problem(Member(entry.index), "volume-missing", message)


class _Opened:
    """One archive while its entries are read: remembers which secret opened the last."""

    def __init__(self, source: Source, context: Context, unlisted: frozenset[int]) -> None:
        self._source = source
        self._context = context
        self._unlisted = unlisted
        self._worked: str | None = None

    def member(self, entry: ZipEntry, encoding: Encoding, *, overlaps: bool) -> tuple[Part, ...]:
        """The Child of an entry, what is wrong with it, or the Problem that stands for it."""
        if overlaps:
            message = "an entry shares bytes with another entry"
            return (Problem(Member(entry.index), "members-overlap", message),)
        described = Entry(
            at=Member(entry.index),
            index=entry.index,
            relation=Relation.MEMBER,
            raw_name=entry.raw_name,
            name=readable(entry, encoding),
            stated=(*stated(entry), *(_NOT_LISTED if entry.index in self._unlisted else ())),
            packed_size=entry.packed_size,
        )
        if entry.flags & FLAG_ENCRYPTED:
            return (self._plain(entry, described) or self._unlocked(entry, described),)
        local = self._local_name(entry, encoding)
        if local is not None:
            described = msgspec.structs.replace(
                described, stated=(*described.stated, ("local name", local))
            )
        parts = child_as_far(self._context.children, described, unpacked(self._source, entry))
        if local is None or not any(isinstance(part, Child) for part in parts):
            return parts
        message = f"its own header names it {local}; the directory's name is taken"
        return (Problem(described.at, "names-disagree", message), *parts)

    def _local_name(self, entry: ZipEntry, encoding: Encoding) -> str | None:
        """The name in the entry's own header, where it is another than the directory's."""
        name = local_name(self._source, entry)
        if name in (b"", entry.raw_name):
            return None
        return readable(msgspec.structs.replace(entry, raw_name=name, extra=b""), encoding)

    def _plain(self, entry: ZipEntry, described: Entry) -> Child | None:
        """The entry where only its flag says that it is encrypted: its bytes have their CRC."""
        stored = entry.method == 0
        if aes_stated(entry) is not None or (stored and entry.packed_size != entry.size):
            return None
        flagged = msgspec.structs.replace(described, stated=(*described.stated, _ONLY_FLAGGED))
        plain = msgspec.structs.replace(entry, flags=entry.flags & ~FLAG_ENCRYPTED)
        part = child_or_problem(self._context.children, flagged, unpacked(self._source, plain))
        return part if isinstance(part, Child) else None

    def _unlocked(self, entry: ZipEntry, described: Entry) -> Part:
        """The entry with the first secret that opens it; some pass the check and are wrong."""
        trouble = None
        for secret in self._candidates():
            chunks = unpacked(self._source, entry, secret)
            try:
                part = child_or_problem(self._context.children, described, chunks)
            except WrongSecretError:
                continue
            if isinstance(part, Child):
                self._worked = secret
                self._context.keys.worked(secret)
                return part
            # Two check bytes let few wrong secrets pass: then the damage is the entry's own.
            trouble = part if aes_stated(entry) is not None else trouble
        how = encryption_of(entry)
        message = f"an entry is encrypted ({how}), and no key at hand opens it"
        return trouble or Problem(described.at, _LOCKED, message)

    def _candidates(self) -> Iterator[str]:
        """The secrets at hand, the one that opened the entry before first."""
        if self._worked is not None:
            yield self._worked
        yield from (one for one in self._context.keys.secrets if one != self._worked)


def unpacked(source: Source, entry: ZipEntry, secret: str | None = None) -> Iterator[bytes]:
    """The bytes of an entry, checked against the directory.

    Raises:
        DamagedError: they are not what the directory says.
        WrongSecretError: the entry is encrypted, and this is not its secret.
    """
    start = _data_start(source, entry)
    crc = size = 0
    for chunk in _decompressed(source, entry, start, secret):
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
        yield chunk
    if size != entry.size:
        raise DamagedError("size-mismatch", f"unpacks to {size} bytes, not {entry.size}")
    if crc != entry.crc and not _has_no_crc(entry):
        raise DamagedError("crc-mismatch", "its bytes do not have the CRC that is stated")


def _has_no_crc(entry: ZipEntry) -> bool:
    """AES of version 2 leaves the CRC out: the authentication code stands for it."""
    aes = aes_stated(entry)
    return aes is not None and aes.version == 2 and entry.crc == 0  # noqa: PLR2004 - AE-2


def _data_start(source: Source, entry: ZipEntry) -> int:
    """Where the packed bytes begin, once the local header agrees with the central one."""
    header = source.read_at(entry.offset, _LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(_LOCAL_MAGIC):
        raise DamagedError("headers-disagree", "there is no local header where it should be")
    _, _, flags, method, _, _, crc, packed, size, name_length, extra = _LOCAL.unpack(header)
    if method != entry.method or flags & 1 != entry.flags & 1:
        raise DamagedError("headers-disagree", "local and central header say different things")
    renamed = local_name(source, entry) != entry.raw_name
    if renamed and (crc, packed, size) != (entry.crc, entry.packed_size, entry.size):
        raise DamagedError("headers-disagree", "local and central header name different things")
    if not entry.measured and not flags & FLAG_DESCRIPTOR and _FULL_32 not in (packed, size):
        stated = (entry.crc, entry.packed_size, entry.size)
        if (crc, packed, size) != stated:
            raise DamagedError("headers-disagree", "local and central header state other sizes")
    start: int = entry.offset + _LOCAL.size + name_length + extra
    if entry.flags & FLAG_ENCRYPTED and start + entry.packed_size > source.size:
        raise DamagedError("member-damaged", "its bytes end behind the end of the file")
    return start


def local_name(source: Source, entry: ZipEntry) -> bytes:
    """The name in the header before the entry's bytes; empty where there is no header."""
    header = source.read_at(entry.offset, _LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(_LOCAL_MAGIC):
        return b""
    return source.read_at(entry.offset + _LOCAL.size, _LOCAL.unpack(header)[9])


def _decompressed(
    source: Source, entry: ZipEntry, start: int, secret: str | None
) -> Iterator[bytes]:
    blocks = source.blocks(start, min(start + entry.packed_size, source.size))
    if secret is None:
        yield from unpacked_by(entry, entry.method, blocks)
        return
    aes = aes_stated(entry)
    method = entry.method if aes is None else aes.method
    yield from unpacked_by(entry, method, decrypted(source, entry, start, secret))


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


ZIP_ARCHIVE = Reader(
    name="zip",
    version=6,
    media_types=(
        "application/zip",
        "application/java-archive",
        "application/vnd.google-earth.kmz",
    ),
    read=read_zip,
    takes_keys=True,
)
