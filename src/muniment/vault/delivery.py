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


def walk_all(roots: tuple[bytes, ...]) -> Iterator[Entry]:
    """Every entry below the roots. Of several, each name begins with that of its root."""
    if len(roots) == 1:
        yield from walk(roots[0])
        return
    for root in sorted(roots, key=lambda each: os.path.basename(each.rstrip(b"/"))):
        if os.path.isdir(root):
            yield from walk(root, b"./" + os.path.basename(root.rstrip(b"/")))
        else:
            yield from walk(root)


def walk(root: bytes, name: bytes = b".") -> Iterator[Entry]:
    """Every entry below `root`, named below `name`; `root` itself where it is no folder."""
    if not os.path.isdir(root):
        yield _entry(root, b"./" + os.path.basename(root))
        return
    # A stack of our own: folders may lie deeper in each other than functions may call.
    waiting = [iter((_Step(root, name, is_folder=True, is_file=False),))]
    while len(waiting) > 0:
        step = next(waiting[-1], None)
        if step is None:
            waiting.pop()
        elif step.is_folder:
            listing = _list(step.path, step.name)
            if isinstance(listing, Entry):
                yield listing
            else:
                waiting.append(iter(listing))
        elif step.is_file:
            yield Entry(step.path, step.name, Standing.FILE)
        else:
            yield _entry(step.path, step.name)


class _Step(msgspec.Struct, frozen=True):
    """An entry of a folder that is still to be visited."""

    path: bytes
    name: bytes
    is_folder: bool
    is_file: bool


def _list(folder: bytes, name: bytes) -> list[_Step] | Entry:
    """What lies in a folder, in order; an entry of its own where there is nothing to list."""
    try:
        with os.scandir(folder) as listing:
            # A folder sorts as if its name ended in '/': that is the order of whole paths.
            found = sorted((_sort_key(entry), entry.name, _is_file(entry)) for entry in listing)
    except OSError as why:
        return Entry(folder, name, Standing.UNREADABLE, os.strerror(why.errno or 0))
    if len(found) == 0:
        return Entry(folder, name, Standing.EMPTY_FOLDER)
    return [
        _Step(folder + b"/" + each, name + b"/" + each, is_folder=key != each, is_file=is_file)
        for key, each, is_file in found
    ]


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
