"""The central directory of a zip file, as written: the one authority on what a zip holds.

    … local header, data … | central header × n | [zip64 end, locator] | end record, comment

- Nothing is repaired: a directory that contradicts itself is trouble with a place.
- Names are bytes. Nothing here opens a path.

Source: PKWARE APPNOTE 6.3.10, §4.3 and §4.4.
"""

import struct

import msgspec

from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_END = struct.Struct("<4s4H2IH")
_END_MAGIC = b"PK\x05\x06"
_END64_LOCATOR = struct.Struct("<4sIQI")
_END64_LOCATOR_MAGIC = b"PK\x06\x07"
_END64 = struct.Struct("<4sQ2H2I4Q")
_END64_MAGIC = b"PK\x06\x06"
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_CENTRAL_MAGIC = b"PK\x01\x02"
_SPANNED = b"PK\x07\x08"
_LONGEST_COMMENT = 0xFFFF
_ZIP64_EXTRA = 1
_FULL_16 = 0xFFFF
_FULL_32 = 0xFFFFFFFF
_LARGEST_DIRECTORY = 1 << 30

FLAG_ENCRYPTED = 1
FLAG_DESCRIPTOR = 1 << 3
FLAG_STRONG = 1 << 6
FLAG_UTF8 = 1 << 11


class ZipEntry(msgspec.Struct, frozen=True):
    """One central header; `index` is its position in the directory, from 0."""

    index: int
    raw_name: bytes
    flags: int
    method: int
    dos_time: int
    dos_date: int
    crc: int
    packed_size: int
    size: int
    offset: int  # of the local header, in this file
    made_by: int
    attributes: int
    comment: bytes
    extra: bytes = b""
    volume: int = 0  # in which file of a spanned archive it begins
    measured: bool = False  # its sizes are those of its bytes, whatever its headers say

    @property
    def is_folder(self) -> bool:
        """Whether it stands for a folder: a name that ends in a slash, and no bytes."""
        return self.raw_name.endswith(b"/") and self.size == 0


class ZipDirectory(msgspec.Struct, frozen=True):
    """All central headers; `announced` is the number the end record states."""

    entries: tuple[ZipEntry, ...]
    announced: int
    start: int  # where the directory begins in this file
    before: int  # bytes in front of the archive that its offsets do not count
    comment: bytes
    trouble: tuple[tuple[str, str], ...]  # pairs of code and message
    volume: int = 0  # the number of this file in a spanned archive, from 0


class _End(msgspec.Struct, frozen=True):
    at: int  # where the end record (or the zip64 end record) begins
    count: int
    size: int
    offset: int
    comment: bytes
    trailing: int
    volume: int = 0


def read_directory(source: Source) -> ZipDirectory:
    """The central directory.

    Raises:
        UnreadableError: there is none, or it lies outside the file.
        RefusedError: it lies in another volume of a spanned archive.
    """
    end = _find_end(source)
    start = _start(source, end)
    before = start - end.offset
    if start < 0 or before < 0 or end.size > _LARGEST_DIRECTORY:
        raise UnreadableError("the central directory lies outside the file")
    joined = end.volume > 0 and before > 0 and before % end.volume == 0
    base = 0 if joined else before
    entries, trouble = _entries(source.read_at(start, end.size), base, end.count)
    if joined:
        # The volumes of a spanned zip end to end: all are of one size but the last.
        step = before // end.volume
        entries = [_moved(entry, entry.volume * step, end.volume) for entry in entries]
        before = 0
    if end.trailing > 0:
        trouble.append(("trailing-bytes", f"{end.trailing} bytes follow the archive"))
    if before > 0:
        trouble.append(("leading-bytes", f"{before} bytes stand before the archive"))
    told = tuple(trouble)
    return ZipDirectory(tuple(entries), end.count, start, before, end.comment, told, end.volume)


def _start(source: Source, end: _End) -> int:
    """Where the directory begins.

    Right before its end, as every writer puts it: where another zip was put in front, the stated
    offset may lead into the other's directory. Only where none ends there does the offset count.
    """
    adjacent = end.at - end.size
    if source.read_at(max(adjacent, 0), len(_CENTRAL_MAGIC)) == _CENTRAL_MAGIC:
        return adjacent
    stated = source.read_at(end.offset, len(_CENTRAL_MAGIC)) == _CENTRAL_MAGIC
    return end.offset if stated and end.offset + end.size <= end.at else adjacent


def _moved(entry: ZipEntry, distance: int, volume: int) -> ZipEntry:
    """The entry as one of the last volume, whose offsets count from the first."""
    return msgspec.structs.replace(entry, offset=entry.offset + distance, volume=volume)


def _find_end(source: Source) -> _End:
    length = min(source.size, _LONGEST_COMMENT + _END.size)
    tail = source.read_at(source.size - length, length)
    at = tail.rfind(_END_MAGIC)
    while at >= 0:
        if at + _END.size <= len(tail):
            found = _end_at(source, tail, at, source.size - length)
            if found is not None:
                return found
        at = tail.rfind(_END_MAGIC, 0, at)
    if source.read_at(0, 4) == _SPANNED:
        raise RefusedError(
            "a volume of a spanned zip (.z01 …); what it holds is listed in the last one (.zip)"
        )
    raise UnreadableError("there is no central directory: the archive is cut short or damaged")


def _end_at(source: Source, tail: bytes, at: int, base: int) -> _End | None:
    _, disk, first_disk, _, count, size, offset, comment_length = _END.unpack_from(tail, at)
    behind = len(tail) - at - _END.size
    if comment_length > behind:
        return None
    comment = tail[at + _END.size : at + _END.size + comment_length]
    trailing = behind - comment_length
    volume = 0 if disk == _FULL_16 else disk
    end = _End(base + at, count, size, offset, comment, trailing, volume)
    if _FULL_16 in (count, disk) or _FULL_32 in (size, offset):
        return _end64(source, end) or end
    if first_disk != disk:
        raise RefusedError(
            f"the last volume of a spanned zip, whose list begins in volume {first_disk + 1}"
        )
    return end


def _end64(source: Source, end: _End) -> _End | None:
    locator = source.read_at(end.at - _END64_LOCATOR.size, _END64_LOCATOR.size)
    if len(locator) < _END64_LOCATOR.size or not locator.startswith(_END64_LOCATOR_MAGIC):
        return None
    at = end.at - _END64_LOCATOR.size - _END64.size  # where it lies unless it was extended
    stated = _END64_LOCATOR.unpack(locator)[2]
    for place in (stated, at):
        record = source.read_at(place, _END64.size)
        if len(record) == _END64.size and record.startswith(_END64_MAGIC):
            *_, volume, _first, _here, count, size, offset = _END64.unpack(record)
            return _End(place, count, size, offset, end.comment, end.trailing, volume)
    return None


def _entries(
    directory: bytes, before: int, announced: int
) -> tuple[list[ZipEntry], list[tuple[str, str]]]:
    entries: list[ZipEntry] = []
    trouble: list[tuple[str, str]] = []
    position = 0
    while position + _CENTRAL.size <= len(directory):
        fields = _CENTRAL.unpack_from(directory, position)
        if fields[0] != _CENTRAL_MAGIC:
            break
        lengths = fields[10:13]
        rest_at = position + _CENTRAL.size
        rest = directory[rest_at : rest_at + sum(lengths)]
        if len(rest) < sum(lengths):
            break
        entries.append(_entry(len(entries), fields, rest, before))
        position = rest_at + sum(lengths)
    if len(entries) != announced:
        message = f"the end record announces {announced} entries, the directory has {len(entries)}"
        trouble.append(("directory-disagrees", message))
    if position != len(directory):
        message = f"{len(directory) - position} bytes of the directory are no entries"
        trouble.append(("directory-damaged", message))
    return entries, trouble


def _entry(index: int, fields: tuple[int, ...], rest: bytes, before: int) -> ZipEntry:
    (_, made_by, _, flags, method, time, date, crc, packed, size) = fields[:10]
    (name_length, extra_length, _, volume, _, attributes, offset) = fields[10:]
    extra = rest[name_length : name_length + extra_length]
    size, packed, offset = _wide(extra, size, packed, offset)
    return ZipEntry(
        index=index,
        raw_name=rest[:name_length],
        flags=flags,
        method=method,
        dos_time=time,
        dos_date=date,
        crc=crc,
        packed_size=packed,
        size=size,
        offset=offset + before,
        made_by=made_by,
        attributes=attributes,
        comment=rest[name_length + extra_length :],
        extra=extra,
        volume=volume,
    )


def _wide(extra: bytes, *narrow: int) -> tuple[int, ...]:
    """The values with those that are full replaced from the zip64 extra field (§4.5.3)."""
    found = extra_field(extra, _ZIP64_EXTRA)
    values = []
    for value in narrow:
        if value == _FULL_32 and len(found) >= 8:  # noqa: PLR2004 - a 64-bit number
            values.append(int.from_bytes(found[:8], "little"))
            found = found[8:]
        else:
            values.append(value)
    return tuple(values)


def extra_field(extra: bytes, wanted: int) -> bytes:
    """The data of the first extra field of this kind (§4.5); empty where there is none."""
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, position)
        if kind == wanted:
            return extra[position + 4 : position + 4 + length]
        position += 4 + length
    return b""
