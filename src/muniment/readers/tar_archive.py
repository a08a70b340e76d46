"""Tar archives: every regular file is a child; links and devices are stated, never made.

- Members are addressed by their position among all headers; names are bytes, never paths.
- Behind a damaged header the walk goes on at the next that is whole; each break is a Problem.
- Behind the end of an archive another may stand: its entries come out behind the first one's,
  and where it begins is told.
- A name that is not UTF-8 is read for people in the encoding that fits it and those before it.
- A sparse file comes out as it was, its holes as zeros.
"""

import tarfile
from collections.abc import Iterator
from typing import Any

from muniment.core import Child, Member, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.archive_names import Names
from muniment.readers.members import DamagedError, Entry, child_as_far, left_out
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import UnreadableError
from muniment.readers.signatures import is_tar
from muniment.readers.source import Source

_BLOCK = 1 << 18
_HEADER = 512
_MOST_BREAKS = 1_000


def read_tar(source: Source, context: Context) -> Iterator[Part]:
    """The children of a tar archive."""
    members, trouble, notes = _headers(source)
    if len(members) == 0 and len(trouble) > 0:
        raise UnreadableError("its first header is damaged")
    if len(trouble) > 0 and _end(members[-1]) > source.size:
        trouble.pop()  # the last entry runs past the end, and says so itself
    files = sum(member.isreg() for member in members)
    yield Tally(Whole(), "members", files + len(trouble))
    yield Tally(Whole(), "folders, links and devices", len(members) - files)
    yield from notes
    names = Names()
    for index, member in enumerate(members):
        if member.isreg():
            entry = _entry(index, member, names)
            parts = child_as_far(context.children, entry, _chunks(source, member))
            yield from parts
            if not any(isinstance(part, Child) for part in parts):
                yield left_out(index, entry.name)
        else:
            yield from _not_a_file(index, member, names)
    yield from trouble


def _headers(
    source: Source,
) -> tuple[list[tarfile.TarInfo], list[Problem], list[Problem]]:
    """All headers, the breaks between them, and where further archives begin."""
    members: list[tarfile.TarInfo] = []
    trouble: list[Problem] = []
    notes: list[Problem] = []
    start: int | None = 0
    while start is not None and len(trouble) + len(notes) < _MOST_BREAKS:
        end = _walk(source, start, members)
        if source.read_at(end, _HEADER).strip(b"\0") == b"":
            start = _next_header(source, end)
            if start is not None:
                message = f"another archive stands behind the end, at byte {start}"
                notes.append(Problem(Whole(), "trailing-bytes", message))
            continue
        message = f"the header at byte {end} is damaged"
        trouble.append(Problem(Member(max(0, len(members) - 1)), "directory-damaged", message))
        start = _next_header(source, end + _HEADER)
    return members, trouble, notes


def _walk(source: Source, start: int, members: list[tarfile.TarInfo]) -> int:
    """Add the headers from `start` on; where the first is that cannot be read, or the end."""
    stream = source.stream()
    stream.seek(start)
    try:
        archive = tarfile.TarFile(fileobj=stream, errorlevel=0, encoding="utf-8")
    except (tarfile.TarError, ValueError, EOFError, OverflowError):
        return start
    try:
        members.extend(archive)
    except (tarfile.TarError, ValueError, EOFError, OverflowError):
        return max(archive.offset, start)
    return max(archive.offset, start)


def _next_header(source: Source, start: int) -> int | None:
    """Where the next block lies that names itself a header and whose checksum holds."""
    for at in range(start, source.size, _BLOCK):
        blocks = source.read_at(at, _BLOCK)
        for offset in range(0, len(blocks), _HEADER):
            block = blocks[offset : offset + _HEADER]
            if block[257:262] == b"ustar" and is_tar(block):
                return at + offset
    return None


def _chunks(source: Source, member: tarfile.TarInfo) -> Iterator[bytes]:
    cut = DamagedError("member-cut", "its bytes end behind the end of the file")
    if member.sparse is None:
        yield from source.blocks(member.offset_data, min(_end(member), source.size))
        if _end(member) > source.size:
            raise cut
        return
    if _end(member) > source.size:
        raise cut
    position, packed = 0, member.offset_data
    for offset, size in [*_runs(member), (member.size, 0)]:
        if offset < position or offset + size > member.size:
            raise DamagedError("member-damaged", "the holes of a sparse file overlap")
        yield from _hole(offset - position)
        yield from source.blocks(packed, packed + size)
        position, packed = offset + size, packed + size


def _hole(length: int) -> Iterator[bytes]:
    empty = bytes(_BLOCK)
    for at in range(0, length, _BLOCK):
        yield empty[: min(_BLOCK, length - at)]


def _packed_size(member: tarfile.TarInfo) -> int:
    return member.size if member.sparse is None else sum(size for _, size in _runs(member))


def _runs(member: tarfile.TarInfo) -> list[tuple[int, int]]:
    """Where the bytes of a sparse file stand, and how many; its empty entries are left out."""
    stated: Any = member.sparse  # a list of pairs, whatever its annotation says
    return [(offset, size) for offset, size in stated if size > 0]


def _end(member: tarfile.TarInfo) -> int:
    return int(member.offset_data) + _packed_size(member)


def _entry(index: int, member: tarfile.TarInfo, names: Names) -> Entry:
    return Entry(
        at=Member(index),
        index=index,
        relation=Relation.MEMBER,
        raw_name=_raw(member.name),
        name=names.read(_raw(member.name)),
        stated=(
            ("size", str(member.size)),
            (
                "modified (Unix seconds)",
                f"{member.mtime:g}" if member.mtime % 1 else str(int(member.mtime)),
            ),
            ("mode", f"{member.mode:o}"),
            ("owner", f"{member.uid}:{member.gid}"),
            ("owner name", f"{member.uname}:{member.gname}"),
            ("offset", str(member.offset)),
            *((("sparse", "its holes are zeros"),) if member.sparse is not None else ()),
        ),
        packed_size=_packed_size(member) if member.sparse is not None else None,
    )


def _raw(name: str) -> bytes:
    """The bytes as stored: tarfile keeps what is not UTF-8 as lone surrogates."""
    return name.encode("utf-8", "surrogateescape")


def _not_a_file(index: int, member: tarfile.TarInfo, names: Names) -> Iterator[Part]:
    if member.isdir():
        return
    kind = "link" if member.issym() or member.islnk() else "device or other entry"
    name = names.read(_raw(member.name))
    target = names.read(_raw(member.linkname))
    yield Metadata(Member(index), kind, f"{name} -> {target}" if kind == "link" else name)


TAR_ARCHIVE = Reader(name="tar", version=4, media_types=("application/x-tar",), read=read_tar)
