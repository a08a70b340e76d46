"""libarchive, where the system has it: archives of many formats, entry by entry, from a Source.

- Names are the bytes that the archive stores; where it stores UTF-16 they are its UTF-8.
- An entry's trouble is `DamagedError`; trouble with the archive itself ends the walk as
  `ListEndedError`. What libarchive says in words stays here: a source file may have written it.
- Where it is missing nothing is read by it; `libarchive_condition` says so and what to do.
- Its conversions follow the process's locale and time zone; both are set to UTF-8 and UTC while an
  archive is open, so the same bytes give the same names and times on every machine.
"""

import ctypes
import locale
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from types import MappingProxyType
from typing import Any, Protocol

import msgspec

from muniment.readers.members import DamagedError

_BLOCK = 1 << 18
_EOF = 1
_WARN = -20
_UTF8 = "C.UTF-8"
_KIND = 0o170000
FILE, FOLDER, LINK = 0o100000, 0o040000, 0o120000

_POINTER, _INT, _TEXT = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p
_READ = ctypes.CFUNCTYPE(ctypes.c_ssize_t, _POINTER, _POINTER, ctypes.POINTER(_POINTER))
_SEEK = ctypes.CFUNCTYPE(ctypes.c_int64, _POINTER, _POINTER, ctypes.c_int64, _INT)
# name → (what comes back, arguments); archive.h and archive_entry.h of libarchive 3.
_FUNCTIONS: Mapping[str, tuple[type, tuple[type, ...]]] = MappingProxyType(
    {
        "read_new": (_POINTER, ()),
        "read_free": (_INT, (_POINTER,)),
        "read_set_seek_callback": (_INT, (_POINTER, _SEEK)),
        "read_open": (_INT, (_POINTER, _POINTER, _POINTER, _READ, _POINTER)),
        "read_next_header": (_INT, (_POINTER, _POINTER)),
        "read_data": (ctypes.c_ssize_t, (_POINTER, _POINTER, ctypes.c_size_t)),
        "error_string": (_TEXT, (_POINTER,)),
        "entry_pathname": (_TEXT, (_POINTER,)),
        "entry_pathname_utf8": (_TEXT, (_POINTER,)),
        "entry_hardlink": (_TEXT, (_POINTER,)),
        "entry_symlink": (_TEXT, (_POINTER,)),
        "entry_filetype": (ctypes.c_uint, (_POINTER,)),
        "entry_perm": (ctypes.c_uint, (_POINTER,)),
        "entry_size": (ctypes.c_int64, (_POINTER,)),
        "entry_size_is_set": (_INT, (_POINTER,)),
        "entry_uid": (ctypes.c_int64, (_POINTER,)),
        "entry_gid": (ctypes.c_int64, (_POINTER,)),
        "entry_is_data_encrypted": (_INT, (_POINTER,)),
        **{f"entry_{time}": (ctypes.c_int64, (_POINTER,)) for time in ("mtime", "birthtime")},
        **{f"entry_{time}_nsec": (ctypes.c_long, (_POINTER,)) for time in ("mtime", "birthtime")},
        **{f"entry_{time}_is_set": (_INT, (_POINTER,)) for time in ("mtime", "birthtime")},
    }
)


@cache
def _loaded() -> Any:
    """The shared library with its prototypes, None where it is missing.

    Workers ask for it before they fork (`libarchive_condition`); a small process need not hold it.
    """
    try:
        library = ctypes.CDLL("libarchive.so.13")
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(library, f"archive_{name}")
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError):
        return None
    return library


class Positioned(Protocol):
    """Bytes by position: a Source, or bytes at hand."""

    size: int

    def read_at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`."""


class ListEndedError(Exception):
    """The list of entries cannot be followed any further; `locked` where encryption is why."""

    def __init__(self, *, locked: bool) -> None:
        super().__init__()
        self.locked = locked


class ListedEntry(msgspec.Struct, frozen=True):
    """One entry as the archive states it; `kind` is the file type of a Unix mode."""

    raw_name: bytes
    kind: int
    size: int | None
    modified: str  # Unix seconds as decimal; empty where none is stated
    created: str
    mode: int
    owner: str
    target: bytes  # of a link; empty where it is none
    hard: bool  # whether the link is another name of an entry before
    locked: bool


def libarchive_condition() -> str:
    """Empty where libarchive works; otherwise what is missing and what to do."""
    if _loaded() is not None:
        return ""
    return "libarchive is missing: 7z, rar, cab and iso stay shut; install libarchive13"


class OpenArchive:
    """An archive that is being walked; `chunks` gives the bytes of the entry it stands at."""

    def __init__(
        self, source: Positioned, formats: tuple[str, ...], filters: tuple[str, ...]
    ) -> None:
        self._source = source
        self._position = 0
        self._buffer = ctypes.create_string_buffer(_BLOCK)
        self._out = ctypes.create_string_buffer(_BLOCK)
        self._interrupted: BaseException | None = None
        self._library = _loaded()
        self._archive = self._library.archive_read_new()
        # libarchive keeps these only by their address.
        self._callbacks = (_READ(self._read), _SEEK(self._seek))
        for name in filters:
            self._support(f"filter_{name}")
        for name in formats:
            self._support(f"format_{name}")
        self._library.archive_read_set_seek_callback(self._archive, self._callbacks[1])

    def _support(self, what: str) -> None:
        function = getattr(self._library, f"archive_read_support_{what}")
        function.argtypes = [_POINTER]
        function(self._archive)

    def entries(self) -> Iterator[ListedEntry]:
        """The entries in the order of the archive.

        Raises:
            ListEndedError: the next entry cannot be found.
        """
        library, read = self._library, self._callbacks[0]
        self._check(library.archive_read_open(self._archive, None, None, read, None))
        entry = ctypes.c_void_p()
        while True:
            status = library.archive_read_next_header(self._archive, ctypes.byref(entry))
            if status == _EOF:
                return
            self._check(status)
            yield _listed(library, entry)

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the entry that `entries` gave last.

        Raises:
            DamagedError: they cannot be unpacked to their end.
        """
        while True:
            count = self._library.archive_read_data(self._archive, self._out, _BLOCK)
            self._stop_if_interrupted()
            if count < 0:
                raise self._damage(count)
            if count == 0:
                return
            yield ctypes.string_at(self._out, count)

    def close(self) -> None:
        """Free what libarchive holds."""
        self._library.archive_read_free(self._archive)

    def _damage(self, status: int) -> DamagedError:
        if self._says_locked():
            return DamagedError("member-locked", "encrypted, and no key at hand opens it")
        if status == _WARN:
            return DamagedError("crc-mismatch", "its bytes do not have the checksum that is stated")
        if self._says_unknown():
            return DamagedError("unknown-method", "packed by a method that is not known here")
        return DamagedError("member-damaged", "cannot be unpacked to its end")

    def _check(self, status: int) -> None:
        self._stop_if_interrupted()
        if status < _WARN:
            raise ListEndedError(locked=self._says_locked())

    def _says_locked(self) -> bool:
        said = self._library.archive_error_string(self._archive) or b""
        return b"ncrypt" in said or b"assphrase" in said

    def _says_unknown(self) -> bool:
        """Whether a method of packing is why."""
        said = self._library.archive_error_string(self._archive) or b""
        return b"nknown codec" in said

    def _stop_if_interrupted(self) -> None:
        if self._interrupted is not None:
            raise self._interrupted

    def _read(self, _archive: int, _data: int, out: "ctypes._Pointer[ctypes.c_void_p]") -> int:
        try:
            found = self._source.read_at(self._position, _BLOCK)
        # Raised by the alarm or the system in the middle of C code, which cannot pass it on.
        except BaseException as why:  # noqa: BLE001
            self._interrupted = why
            return -1
        ctypes.memmove(self._buffer, found, len(found))
        out[0] = ctypes.cast(self._buffer, ctypes.c_void_p)
        self._position += len(found)
        return len(found)

    def _seek(self, _archive: int, _data: int, offset: int, whence: int) -> int:
        base = (0, self._position, self._source.size)[whence]
        self._position = max(0, base + offset)
        return self._position


def _listed(library: Any, entry: ctypes.c_void_p) -> ListedEntry:
    hard = library.archive_entry_hardlink(entry)
    soft = library.archive_entry_symlink(entry)
    name = library.archive_entry_pathname(entry)
    if name is None:
        name = library.archive_entry_pathname_utf8(entry) or b""
    has_size = library.archive_entry_size_is_set(entry)
    owner = f"{library.archive_entry_uid(entry)}:{library.archive_entry_gid(entry)}"
    return ListedEntry(
        raw_name=name,
        kind=library.archive_entry_filetype(entry) & _KIND,
        size=library.archive_entry_size(entry) if has_size else None,
        modified=_time(library, entry, "mtime"),
        created=_time(library, entry, "birthtime"),
        mode=library.archive_entry_perm(entry),
        owner=owner,
        target=hard or soft or b"",
        hard=hard is not None,
        locked=bool(library.archive_entry_is_data_encrypted(entry)),
    )


def _time(library: Any, entry: ctypes.c_void_p, name: str) -> str:
    if not getattr(library, f"archive_entry_{name}_is_set")(entry):
        return ""
    seconds = getattr(library, f"archive_entry_{name}")(entry)
    parts = getattr(library, f"archive_entry_{name}_nsec")(entry)
    return f"{seconds}.{parts:09}".rstrip("0").rstrip(".") if parts > 0 else str(seconds)


@contextmanager
def open_archive(
    source: Positioned, formats: tuple[str, ...], filters: tuple[str, ...] = ("none",)
) -> Iterator[OpenArchive]:
    """The archive in `source` as one of these formats of libarchive."""
    with _neutral_process():
        archive = OpenArchive(source, formats, filters)
        try:
            yield archive
        finally:
            archive.close()


@contextmanager
def _neutral_process() -> Iterator[None]:
    """UTF-8 and UTC for as long as libarchive converts names and local times by the process's."""
    before, zone = locale.setlocale(locale.LC_CTYPE), os.environ.get("TZ")
    # A system without it gives names that are not ASCII as UTF-8 where it can, or none.
    with suppress(locale.Error):
        locale.setlocale(locale.LC_CTYPE, _UTF8)
    _set_zone("UTC")
    try:
        yield
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
        _set_zone(zone)


def _set_zone(zone: str | None) -> None:
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    time.tzset()
