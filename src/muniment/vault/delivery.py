"""What lies on a medium, before any of it is read: names as bytes, times as found.

- Paths are bytes; nothing is decoded here, and no name becomes a path of ours.
- Files come in the byte order of their whole path (`LC_ALL=C sort -z`), so that two walks agree
  and a receipt can be computed with stock commands.
- Links are not followed; devices, pipes and sockets are never opened. Each is reported.
"""

import os
import stat
from collections.abc import Iterator
from enum import StrEnum

import msgspec

_KINDS = {
    stat.S_IFLNK: "symbolic link",
    stat.S_IFIFO: "named pipe",
    stat.S_IFSOCK: "socket",
    stat.S_IFCHR: "character device",
    stat.S_IFBLK: "block device",
}


class Standing(StrEnum):
    """What an entry of a delivery is to us."""

    FILE = "file"
    SET_ASIDE = "set aside"  # a link, device, pipe or socket: recorded, never opened
    UNREADABLE = "unreadable"  # a folder or file whose entry could not be looked at
    EMPTY_FOLDER = "empty folder"


class Entry(msgspec.Struct, frozen=True):
    """One entry; `path` is where to open it, `name` is relative to what was delivered."""

    path: bytes
    name: bytes
    standing: Standing
    note: str = ""


def walk(root: bytes) -> Iterator[Entry]:
    """Every entry below `root`, or `root` itself where it is no folder."""
    if os.path.isdir(root):
        yield from _walk_folder(root, b".")
    else:
        yield _entry(root, b"./" + os.path.basename(root))


def _walk_folder(folder: bytes, name: bytes) -> Iterator[Entry]:
    try:
        with os.scandir(folder) as listing:
            # A folder sorts as if its name ended in '/': that is the order of whole paths.
            found = sorted((_sort_key(entry), _is_file(entry)) for entry in listing)
    except OSError as why:
        yield Entry(folder, name, Standing.UNREADABLE, os.strerror(why.errno or 0))
        return
    if len(found) == 0:
        yield Entry(folder, name, Standing.EMPTY_FOLDER)
    for key, is_file in found:
        path, below = folder + b"/" + key, name + b"/" + key
        if key.endswith(b"/"):
            yield from _walk_folder(path[:-1], below[:-1])
        elif is_file:
            yield Entry(path, below, Standing.FILE)
        else:
            yield _entry(path, below)


def _sort_key(entry: os.DirEntry[bytes]) -> bytes:
    return entry.name + b"/" if _is_folder(entry) else entry.name


def _is_file(entry: os.DirEntry[bytes]) -> bool:
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False  # looked at again, and reported, as an entry of its own


def _is_folder(entry: os.DirEntry[bytes]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False  # looked at again, and reported, as an entry of its own


def _entry(path: bytes, name: bytes) -> Entry:
    try:
        mode = os.lstat(path).st_mode
    except OSError as why:
        return Entry(path, name, Standing.UNREADABLE, os.strerror(why.errno or 0))
    if stat.S_ISREG(mode):
        return Entry(path, name, Standing.FILE)
    kind = _KINDS.get(stat.S_IFMT(mode), "special file")
    return Entry(path, name, Standing.SET_ASIDE, kind)
