"""Archives that libarchive opens: 7z, rar, cab, iso, cpio, ar and deb, rpm, xar, lha.

- Entries are addressed by their position among all entries; names are bytes, never paths.
- How many there are is not known before the last: the tally comes behind them.
- Links, folders and devices are stated, not made.
- Encrypted entries are locked. A 7z is tried with the keys at hand; a rar cannot be opened by a
  free library. A 7z packed by a method that libarchive does not know is opened by py7zr.
- A volume of an archive that is spread over several files is read as far as it goes.
"""

from collections.abc import Generator, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from muniment.core import Child, Member, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.archive_library import (
    FILE,
    FOLDER,
    LINK,
    ListedEntry,
    ListEndedError,
    OpenArchive,
    Positioned,
    libarchive_condition,
    open_archive,
)
from muniment.readers.archive_names import Names
from muniment.readers.archive_signs import archive_start
from muniment.readers.archive_volumes import volume_problem
from muniment.readers.members import DamagedError, Entry, child_or_problem, left_out
from muniment.readers.reader import Context, Reader
from muniment.readers.seven_zip_other import CameBefore, read_by_py7zr, rest_by_py7zr
from muniment.readers.signals import LockedError, RefusedError, UnreadableError
from muniment.readers.source import Source

_7Z = "application/x-7z-compressed"
_RAR = "application/vnd.rar"
_RAR_5 = b"Rar!\x1a\x07\x01"
_LOCKED = "member-locked"
_LHA_LEVEL, _LHA_UNIX_TIME = 20, b"\2"
# Type → formats and filters of libarchive; nothing else is tried on these bytes.
_FORMATS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        _7Z: (("7zip",), ("none",)),
        _RAR: (("rar", "rar5"), ("none",)),
        "application/vnd.ms-cab-compressed": (("cab",), ("none",)),
        "application/x-iso9660-image": (("iso9660",), ("none",)),
        "application/x-cpio": (("cpio",), ("none",)),
        "application/x-archive": (("ar",), ("none",)),
        "application/x-rpm": (("cpio",), ("all",)),
        "application/x-xar": (("xar",), ("none",)),
        "application/x-lzh-compressed": (("lha",), ("none",)),
    }
)
_NEXT = {
    _7Z: "give its password, and read it again",
    _RAR: "unpack it with unrar and take the result in as a delivery of its own",
}


def read_packed(source: Source, context: Context) -> Iterator[Part]:
    """The children of an archive.

    Raises:
        RefusedError: libarchive is not on this machine, or a limit is reached.
        LockedError: what it holds is encrypted, and no key at hand opens it.
        UnreadableError: no entry of it can be found.
    """
    condition = libarchive_condition()
    if condition != "":
        raise RefusedError(f"libarchive is not on this machine; {condition.rpartition('; ')[2]}")
    archived = _Behind(source, archive_start(source))
    volume = volume_problem(source)
    if volume is not None:
        yield volume
    if context.media_type == _7Z:
        opened = yield from read_by_py7zr(source, context, _secrets(archived, context))
        if opened:
            return
    walk = _Walk(source, archived, context)
    yield from walk.parts()
    if walk.locked > 0 and walk.out == 0:
        raise LockedError(f"its entries are encrypted; {_NEXT.get(context.media_type, 'no key')}")


def _secrets(source: Positioned, context: Context) -> tuple[str | None, ...]:
    """What py7zr is to try on what libarchive cannot open: keys, or none for a newer method."""
    if len(context.keys.secrets) > 0 and _is_locked(source):
        return context.keys.secrets
    return (None,) if _has_unknown_method(source) else ()


def _has_unknown_method(source: Positioned) -> bool:
    """Whether the first file is packed by a method that libarchive does not know (Brotli …)."""
    with open_archive(source, *_FORMATS[_7Z]) as archive:
        try:
            for entry in archive.entries():
                if entry.kind == FILE and not entry.locked:
                    next(archive.chunks(), b"")
                    return False
        except DamagedError as why:
            return why.code == "unknown-method"
        except ListEndedError:
            return False
    return False


def _is_locked(source: Positioned) -> bool:
    with open_archive(source, *_FORMATS[_7Z]) as archive:
        try:
            return any(entry.locked for entry in archive.entries())
        except ListEndedError as why:
            return why.locked


class _Behind:
    """The bytes of a source from a place on: what a program unpacks from behind itself."""

    def __init__(self, source: Source, start: int) -> None:
        self._source = source
        self._start = start
        self.size = source.size - start

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`."""
        return self._source.read_at(self._start + offset, length)


class _Walk:
    """One walk through an archive, and what came of it."""

    def __init__(self, source: Source, archived: Positioned, context: Context) -> None:
        self._source = source
        self._archived = archived
        self._context = context
        self._names = Names()
        self._local = _has_local_times(source)
        self._files: set[int] = set()  # positions of entries
        self._others: set[int] = set()
        self.locked = self.out = 0

    def parts(self) -> Iterator[Part]:
        """A part for each entry, the tallies behind them, and why the list ended early."""
        ended: Problem | None = None
        try:
            with open_archive(self._archived, *_FORMATS[self._context.media_type]) as archive:
                yield from self._entries(archive)
        except ListEndedError as why:
            if (yield from self._rest(why)):
                return
            ended = self._ended(why)
        except RefusedError:
            yield from self._tallies()
            raise
        yield from self._tallies()
        if ended is not None:
            yield ended

    def _rest(self, why: ListEndedError) -> Generator[Part, None, bool]:
        """What py7zr makes of a 7z where libarchive gives up; whether it finds the list."""
        if self._context.media_type != _7Z or why.locked:
            return False
        before = CameBefore(frozenset(self._files), frozenset(self._others))
        return (yield from rest_by_py7zr(self._source, self._context, before))

    def _entries(self, archive: OpenArchive) -> Iterator[Part]:
        for index, listed in enumerate(archive.entries()):
            if listed.kind in (FILE, 0) and not listed.hard:
                self._files.add(index)
                part = self._file(archive, listed, index)
                if self._ends_here(part):
                    self._files.remove(index)
                    raise ListEndedError(locked=False)
                self.out += isinstance(part, Child)
                self.locked += isinstance(part, Problem) and part.code == _LOCKED
                yield part
                if isinstance(part, Problem):
                    yield left_out(index, self._names.read(listed.raw_name))
            else:
                self._others.add(index)
                yield from self._other(listed, index)

    def _ends_here(self, part: Part) -> bool:
        """Whether nothing behind this entry comes out: 7z files are packed one into the other."""
        damaged = isinstance(part, Problem) and part.code == "member-damaged"
        return damaged and self._context.media_type == _7Z

    def _file(self, archive: OpenArchive, listed: ListedEntry, index: int) -> Part:
        if listed.locked:
            how = _encryption(self._archived, self._context.media_type)
            message = f"an entry is encrypted ({how}), and no key at hand opens it"
            return Problem(Member(index), _LOCKED, message)
        entry = Entry(
            at=Member(index),
            index=index,
            relation=Relation.MEMBER,
            raw_name=listed.raw_name,
            name=self._names.read(listed.raw_name),
            stated=_stated(listed, local=self._local),
            # The entry's own share of a solid archive is not known: the whole bounds it.
            packed_size=self._source.size,
        )
        return child_or_problem(self._context.children, entry, archive.chunks())

    def _other(self, listed: ListedEntry, index: int) -> Iterator[Part]:
        name = self._names.read(listed.raw_name)
        if listed.kind == LINK or listed.hard:
            target = self._names.read(listed.target)
            yield Metadata(Member(index), "link", f"{name} -> {target}")
        elif listed.kind != FOLDER:
            yield Metadata(Member(index), "device or other entry", name)

    def _ended(self, why: ListEndedError) -> Problem:
        if why.locked and len(self._files) == 0:
            next_step = _NEXT.get(self._context.media_type, "no key opens it here")
            raise LockedError(f"its list of entries is encrypted; {next_step}") from why
        found = len(self._files) + len(self._others)
        if found == 0:
            raise UnreadableError("no entry can be found: damaged, or cut short") from why
        message = f"the list breaks off after {found} entries"
        return Problem(Whole(), "directory-damaged", message)

    def _tallies(self) -> Iterator[Part]:
        yield Tally(Whole(), "members", len(self._files))
        yield Tally(Whole(), "folders, links and devices", len(self._others))


def _encryption(archived: Positioned, media_type: str) -> str:
    """How archives of this kind encrypt: each kind in one way, which changed with RAR 5."""
    old = media_type == _RAR and archived.read_at(0, len(_RAR_5)) != _RAR_5
    return "AES-128" if old else "AES-256"


def _stated(listed: ListedEntry, *, local: bool) -> tuple[tuple[str, str], ...]:
    """What the archive says of an entry; a local time has no zone and is kept as written."""
    modified = ("modified (Unix seconds)", listed.modified)
    if local and listed.modified != "":
        fields = datetime.fromtimestamp(float(listed.modified), UTC)
        modified = ("local time", fields.strftime("%Y-%m-%dT%H:%M:%S"))
    pairs = (
        ("size", "" if listed.size is None else str(listed.size)),
        modified,
        ("created (Unix seconds)", listed.created),
        ("mode", f"{listed.mode:o}"),
        ("owner", listed.owner),
    )
    return tuple((name, written) for name, written in pairs if written != "")


def _has_local_times(source: Source) -> bool:
    """Whether times are stored as DOS does, without a zone: cab, rar 4, lha before level 2."""
    head = source.read_at(0, 32)
    lha = head[2:5] in (b"-lh", b"-lz") and head[_LHA_LEVEL : _LHA_LEVEL + 1] < _LHA_UNIX_TIME
    return head.startswith((b"MSCF", b"Rar!\x1a\x07\x00")) or lha


PACKED_ARCHIVE = Reader(
    name="archive", version=3, media_types=tuple(_FORMATS), read=read_packed, takes_keys=True
)
