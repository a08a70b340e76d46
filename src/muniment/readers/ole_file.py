"""An OLE compound file opened for reading, and its streams by name ([MS-CFB]).

- Damage that leaves a directory is passed over: a stream that breaks off gives what is there.
- A stream is never longer than the file that holds it, whatever the directory says.
"""

import io
from collections.abc import Iterator

import olefile  # type: ignore[import-untyped]

from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source

Path = tuple[str, ...]
_NO_SECTOR = 0xFFFFFFFA  # [MS-CFB] §2.1: what is above names no sector

# What olefile is known to raise on damaged files: its own errors are OSErrors; the others come
# from headers whose fields do not fit together.
OLE_TROUBLE = (OSError, ValueError, IndexError, TypeError, AttributeError, KeyError, RecursionError)


class OleFile:
    """An open compound file."""

    def __init__(self, stream: io.BufferedIOBase | io.BytesIO, size: int) -> None:
        self.size = size
        try:
            self.inner = olefile.OleFileIO(stream)
            listed = self.inner.listdir(streams=True, storages=True)
        except OLE_TROUBLE as why:
            raise UnreadableError(f"its compound file is damaged ({said_of(why)})") from why
        self._paths = {_key(path): tuple(path) for path in listed}

    @property
    def crosses(self) -> bool:
        """Whether two sectors lead to the same one, so that a stream may hold what is not its."""
        linked = [sector for sector in self.inner.fat or () if sector < _NO_SECTOR]
        return len(set(linked)) < len(linked)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths of all streams and storages, as written, in the directory's order."""
        return tuple(self._paths.values())

    def has(self, *path: str) -> bool:
        """Whether there is a stream or storage at this path; case does not count."""
        return _key(path) in self._paths

    def is_stream(self, *path: str) -> bool:
        """Whether a stream, not a storage, is at this path."""
        written = self._paths.get(_key(path))
        return written is not None and self.inner.get_type(list(written)) == olefile.STGTY_STREAM

    def within(self, *storage: str) -> Iterator[Path]:
        """The paths directly in a storage, as written."""
        depth, key = len(storage) + 1, _key(storage)
        for folded, path in self._paths.items():
            if len(path) == depth and folded[:-1] == key:
                yield path

    def read(self, *path: str) -> bytes | None:
        """A stream's bytes, as many as can be followed; None where there is none."""
        written = self._paths.get(_key(path))
        if written is None:
            return None
        try:
            with self.inner.openstream(list(written)) as stream:
                data: bytes = stream.read(self.size)
        except OLE_TROUBLE:
            return None
        return data

    def class_id(self, *storage: str) -> str:
        """The class identifier of a storage, as hex in groups; empty where it states none."""
        try:
            written = self.inner.getclsid(list(storage)) if storage else self.inner.root.clsid
        except OLE_TROUBLE:
            return ""
        return str(written)


def open_ole(source: Source) -> OleFile:
    """The compound file that a source is.

    Raises:
        UnreadableError: it has no directory that can be read.
    """
    return OleFile(source.stream(), source.size)


def ole_of_bytes(data: bytes) -> OleFile:
    """The compound file in these bytes.

    Raises:
        UnreadableError: it has no directory that can be read.
    """
    return OleFile(io.BytesIO(data), len(data))


def _key(path: tuple[str, ...] | list[str]) -> Path:
    return tuple(name.casefold() for name in path)
