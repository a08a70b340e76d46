"""Where the entries of a zip really lie, when its directory says it wrongly.

- An entry stays what the directory says it is. Only its place is looked for: the one local header
  of the same name and method that no other entry has. Where two would do, none is taken.
- An entry whose sizes are wrong in the directory is given the bytes that lie there, if they have
  the checksum of its own header; every byte given was checked against one that the file states.
- Entries that the directory announces and does not list are taken from their own headers.
- Each such entry is trouble with its place: who made it, or broke it, may have meant something.

Source: PKWARE APPNOTE 6.3.10, §4.3.7 and §4.3.9.
"""

import struct
import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from muniment.core import Member, Problem, Whole
from muniment.readers.source import Source
from muniment.readers.zip_directory import (
    FLAG_DESCRIPTOR,
    FLAG_ENCRYPTED,
    ZipDirectory,
    ZipEntry,
)
from muniment.readers.zip_salvage import followed, headers, local_entry

_LOCAL = struct.Struct("<4s5H3I2H")
_MAGIC = b"PK\x03\x04"
_DESCRIPTOR = b"PK\x07\x08"
_FULL_32 = 0xFFFFFFFF
_STORED, _DEFLATED = 0, 8
_MOST_LOCAL = 200_000


class Sited(msgspec.Struct, frozen=True):
    """A directory whose entries have their true places, and what had to be looked for."""

    directory: ZipDirectory
    problems: tuple[Problem, ...] = ()


class _Local(msgspec.Struct, frozen=True):
    """A local header as it stands in the file."""

    at: int
    name: bytes
    method: int
    flags: int
    crc: int
    packed_size: int
    size: int
    start: int  # where its bytes begin


def sited(source: Source, directory: ZipDirectory) -> Sited:
    """The directory with each entry where it lies; as it is where nothing is wrong with it."""
    lacking = max(directory.announced - len(directory.entries), 0)
    if directory.volume > 0 or (_all_right(source, directory.entries) and lacking == 0):
        return Sited(directory)
    problems: list[Problem] = []
    moved = _rebased(source, directory)
    if moved.before != directory.before:
        distance = directory.before
        message = f"the end record places the directory {distance} bytes before where it lies"
        problems.append(Problem(Whole(), "directory-damaged", message))
    search = _Search(source, moved)
    entries = [search.placed(entry) for entry in moved.entries]
    entries += search.unlisted(len(entries), lacking)
    found = msgspec.structs.replace(moved, entries=tuple(entries))
    return Sited(found, (*problems, *search.problems))


def _all_right(source: Source, entries: Sequence[ZipEntry]) -> bool:
    return all(_fits(entry, _local_at(source, entry.offset)) for entry in entries)


def _fits(entry: ZipEntry, local: _Local | None) -> bool:
    """Whether a local header says of itself what the directory says of the entry."""
    if not _is_named(entry, local) or local is None:
        return False
    if local.flags & FLAG_DESCRIPTOR or _FULL_32 in (local.packed_size, local.size):
        return True
    return (local.crc, local.packed_size, local.size) == (entry.crc, entry.packed_size, entry.size)


def _is_named(entry: ZipEntry, local: _Local | None) -> bool:
    return local is not None and (local.name, local.method) == (entry.raw_name, entry.method)


def _local_at(source: Source, at: int) -> _Local | None:
    header = source.read_at(at, _LOCAL.size) if at >= 0 else b""
    if len(header) < _LOCAL.size or not header.startswith(_MAGIC):
        return None
    _, _, flags, method, _, _, crc, packed, size, name_length, extra = _LOCAL.unpack(header)
    name = source.read_at(at + _LOCAL.size, name_length)
    start = at + _LOCAL.size + name_length + extra
    return _Local(at, name, method, flags, crc, packed, size, start)


def _rebased(source: Source, directory: ZipDirectory) -> ZipDirectory:
    """The directory counted from the first byte of the file, where more entries lie so."""
    before = directory.before
    if before == 0:
        return directory
    unmoved = tuple(
        msgspec.structs.replace(entry, offset=entry.offset - before) for entry in directory.entries
    )
    as_read, as_stated = (
        sum(_is_named(entry, _local_at(source, entry.offset)) for entry in entries)
        for entries in (directory.entries, unmoved)
    )
    if as_stated <= as_read:
        return directory
    trouble = tuple(pair for pair in directory.trouble if pair[0] != "leading-bytes")
    return msgspec.structs.replace(directory, entries=unmoved, before=0, trouble=trouble)


class _Search:
    """The local headers of a file, and which entry has which."""

    def __init__(self, source: Source, directory: ZipDirectory) -> None:
        self._source = source
        self._locals = list(_all_locals(source, directory.start))
        self._ends = [*(local.at for local in self._locals), directory.start]
        self._by_name: defaultdict[tuple[bytes, int], list[_Local]] = defaultdict(list)
        for local in self._locals:
            self._by_name[local.name, local.method].append(local)
        named = {entry.offset: (entry.raw_name, entry.method) for entry in directory.entries}
        self._taken = {
            local.at for local in self._locals if named.get(local.at) == (local.name, local.method)
        }
        self.problems: list[Problem] = []

    def placed(self, entry: ZipEntry) -> ZipEntry:
        """The entry where it lies; as it is where that is not certain."""
        local = _local_at(self._source, entry.offset)
        if _fits(entry, local):
            return entry
        if not _is_named(entry, local):
            local = self._only(entry)
            if local is None:
                return entry
            message = f"the directory places it at {entry.offset}; it lies at {local.at}"
            entry = msgspec.structs.replace(entry, offset=local.at)
            self._taken.add(local.at)
            if not _fits(entry, local):
                return self._measured(entry, local, message)
            self._told(entry, message)
            return entry
        return entry if local is None else self._measured(entry, local, "its sizes are wrong")

    def _only(self, entry: ZipEntry) -> _Local | None:
        free = [
            local
            for local in self._by_name.get((entry.raw_name, entry.method), [])
            if local.at not in self._taken
        ]
        return free[0] if len(free) == 1 else None

    def _told(self, entry: ZipEntry, message: str) -> None:
        self.problems.append(Problem(Member(entry.index), "member-salvaged", message))

    def _measured(self, entry: ZipEntry, local: _Local, message: str) -> ZipEntry:
        """The entry with the sizes of the bytes that lie there, if a stated checksum is theirs."""
        if (entry.flags | local.flags) & FLAG_ENCRYPTED:
            return entry
        position = bisect_right(self._ends, local.at)
        end = self._ends[position] if position < len(self._ends) else self._source.size
        stated = {entry.crc, local.crc} - {0}
        for crc, packed, size in _readings(self._source, local, end):
            if crc in stated:
                self._told(entry, f"{message}; its bytes have the checksum of a header of its own")
                return msgspec.structs.replace(
                    entry, crc=crc, packed_size=packed, size=size, measured=True
                )
        return entry

    def unlisted(self, index: int, lacking: int) -> list[ZipEntry]:
        """Entries that are announced and not listed, by their own headers."""
        free = [local for local in self._locals if local.at not in self._taken][:lacking]
        found = [local_entry(self._source, index + n, local.at) for n, local in enumerate(free)]
        for entry in found:
            self._told(entry, "the directory does not list it; it is named by its own header")
        return found


def _readings(source: Source, local: _Local, end: int) -> Iterator[tuple[int, int, int]]:
    """Checksum, packed and unpacked size that the bytes before `end` may have."""
    if local.method == _DEFLATED:
        crc, packed, size, following = followed(source, local.start, local.method)
        if following is not None:
            yield crc, packed, size
    elif local.method == _STORED:
        lengths = [end - local.start]
        for descriptor in (16, 12):
            at = end - descriptor
            if at >= local.start and (descriptor != 16 or source.read_at(at, 4) == _DESCRIPTOR):  # noqa: PLR2004 - §4.3.9: with its sign
                lengths.append(at - local.start)
        for length in lengths:
            if length >= 0:
                crc = 0
                for block in source.blocks(local.start, local.start + length):
                    crc = zlib.crc32(block, crc)
                yield crc, length, length


def _all_locals(source: Source, end: int) -> Iterator[_Local]:
    """The local headers before the directory, in order."""
    found = (_local_at(source, at) for at in headers(source, 0, end))
    whole = (local for local in found if local is not None and local.start <= end)
    yield from islice(whole, _MOST_LOCAL)
