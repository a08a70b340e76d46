"""The entries of a zip that its directory leaves out: what lies between those that it lists.

    entry │ entry that no directory lists │ entry │ directory

- They are what a program left behind when it replaced or deleted an entry, what stands in another
  zip put in front, or what somebody hid: no unpacking program shows them.
- Only in stretches that no listed entry claims; an entry counts where its header and its bytes
  lie in such a stretch.

Source: PKWARE APPNOTE 6.3.10, §4.3.1, §4.3.6 and §4.3.7.
"""

import struct
from collections.abc import Iterator

import msgspec

from muniment.readers.source import Source
from muniment.readers.zip_directory import FLAG_DESCRIPTOR, ZipDirectory, ZipEntry
from muniment.readers.zip_methods import method_name
from muniment.readers.zip_salvage import headers, local_entry

_LOCAL = struct.Struct("<4s5H3I2H")
_MAGIC = b"PK\x03\x04"
_DESCRIPTOR = 12  # §4.3.9, at its shortest
_MOST = 10_000


def unlisted(source: Source, directory: ZipDirectory) -> tuple[ZipEntry, ...]:
    """The entries in front of the directory that it does not list; numbered behind its own."""
    found: list[ZipEntry] = []
    if directory.volume > 0 or directory.start <= 0:
        return ()
    for start, end in _gaps(source, directory):
        past = start
        for at in headers(source, start, end):
            if at < past:
                continue
            entry = local_entry(source, len(directory.entries) + len(found), at)
            behind = _end(source, entry)
            if behind is None or behind > end or not _is_plausible(entry):
                continue
            found.append(msgspec.structs.replace(entry, measured=True))
            past = behind
            if len(found) == _MOST:
                return tuple(found)
    return tuple(found)


def _gaps(source: Source, directory: ZipDirectory) -> Iterator[tuple[int, int]]:
    """The stretches in front of the directory that no listed entry claims, if one can hold any."""
    past = 0
    for entry in sorted(directory.entries, key=lambda one: one.offset):
        if entry.offset - past > _LOCAL.size:
            yield past, entry.offset
        end = _end(source, entry)
        if end is None:
            return  # it lies nowhere: what is whose cannot be told
        past = max(past, end + (_DESCRIPTOR if entry.flags & FLAG_DESCRIPTOR else 0))
    if directory.start - past > _LOCAL.size:
        yield past, directory.start


def _end(source: Source, entry: ZipEntry) -> int | None:
    """Where the packed bytes of an entry end; None where no local header stands at its place."""
    header = source.read_at(entry.offset, _LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(_MAGIC):
        return None
    name_length, extra_length = struct.unpack_from("<HH", header, 26)
    return int(entry.offset + _LOCAL.size + name_length + extra_length + entry.packed_size)


def _is_plausible(entry: ZipEntry) -> bool:
    """Whether four bytes that begin a header begin one: a name, and a method that is known."""
    named = entry.raw_name != b"" and min(entry.raw_name) >= ord(" ")
    return named and not method_name(entry.method).isdigit() and not entry.is_folder
