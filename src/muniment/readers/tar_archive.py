"""Tar archives: every regular file is a child; links and devices are stated, never made.

- Members are addressed by their position among all headers; names are bytes, never paths.
- A damaged header ends the walk: what came before stands, and the end is a Problem.
"""

import tarfile
from collections.abc import Iterator

from muniment.core import Member, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.members import DamagedError, Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source

_BLOCK = 1 << 18


def read_tar(source: Source, context: Context) -> Iterator[Part]:
    """The children of a tar archive."""
    try:
        archive = tarfile.TarFile(fileobj=source.stream(), errorlevel=0, encoding="utf-8")
    except tarfile.TarError as why:
        raise UnreadableError("its first header is damaged") from why
    members, trouble = _headers(archive)
    if trouble is not None and len(members) > 0 and _end(members[-1][1]) > source.size:
        trouble = None  # the last entry runs past the end, and says so itself
    files = [(index, member) for index, member in members if member.isreg()]
    yield Tally(Whole(), "members", len(files) + (trouble is not None))
    yield Tally(Whole(), "folders, links and devices", len(members) - len(files))
    for index, member in members:
        if member.isreg():
            entry = _entry(index, member)
            yield child_or_problem(context.children, entry, _chunks(source, member))
        else:
            yield from _not_a_file(index, member)
    if trouble is not None:
        yield trouble


def _headers(archive: tarfile.TarFile) -> tuple[list[tuple[int, tarfile.TarInfo]], Problem | None]:
    members: list[tuple[int, tarfile.TarInfo]] = []
    try:
        for member in archive:
            members.append((len(members), member))
    except (tarfile.TarError, ValueError, EOFError, OverflowError) as why:
        message = f"the header after this entry is damaged ({type(why).__name__})"
        return members, Problem(Member(max(0, len(members) - 1)), "directory-damaged", message)
    return members, None


def _chunks(source: Source, member: tarfile.TarInfo) -> Iterator[bytes]:
    if member.sparse is not None:
        raise DamagedError("unknown-method", "a sparse file, which is not unpacked here")
    if _end(member) > source.size:
        raise DamagedError("member-damaged", "its bytes end behind the end of the file")
    yield from source.blocks(member.offset_data, _end(member))


def _end(member: tarfile.TarInfo) -> int:
    return member.offset_data + member.size


def _entry(index: int, member: tarfile.TarInfo) -> Entry:
    return Entry(
        at=Member(index),
        index=index,
        relation=Relation.MEMBER,
        raw_name=_raw(member.name),
        name=_raw(member.name).decode("utf-8", "replace"),
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
        ),
    )


def _raw(name: str) -> bytes:
    """The bytes as stored: tarfile keeps what is not UTF-8 as lone surrogates."""
    return name.encode("utf-8", "surrogateescape")


def _not_a_file(index: int, member: tarfile.TarInfo) -> Iterator[Part]:
    if member.isdir():
        return
    kind = "link" if member.issym() or member.islnk() else "device or other entry"
    name = _raw(member.name).decode("utf-8", "replace")
    target = _raw(member.linkname).decode("utf-8", "replace")
    yield Metadata(Member(index), kind, f"{name} -> {target}" if kind == "link" else name)


TAR_ARCHIVE = Reader(name="tar", version=1, media_types=("application/x-tar",), read=read_tar)
