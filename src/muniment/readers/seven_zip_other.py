"""7z archives that libarchive does not open, by py7zr: encrypted ones, and newer methods.

- A secret counts as right when the first file that comes out has its stated checksum.
- py7zr pushes the bytes of a file as it unpacks them, and they go to the sink as they come.
- Its parts come when all of the archive is unpacked: py7zr does not stop between files.
"""

from collections.abc import Generator, Iterator, Sequence
from typing import Any

from muniment.core import Child, Member, Part, Problem, Relation, Tally, Whole
from muniment.readers.members import Entry, child_of
from muniment.readers.reader import Context
from muniment.readers.signals import ChildRefusedError, RefusedError
from muniment.readers.sink import Stored, finished
from muniment.readers.source import Source


def read_by_py7zr(
    source: Source, context: Context, secrets: Sequence[str | None]
) -> Generator[Part, None, bool]:
    """The children with the first secret (None: without one) that opens it; whether one did."""
    for secret in secrets:
        unpacking = _unpacked(source, context, secret)
        if unpacking is not None:
            if secret is not None:
                context.keys.worked(secret)
            yield from unpacking.parts()
            return True
    return False


def _unpacked(source: Source, context: Context, secret: str | None) -> "_Unpacking | None":
    """The archive unpacked with this secret; None where it is not the archive's."""
    # Heavy, and needed for encrypted archives only.
    import py7zr  # noqa: PLC0415
    from py7zr.io import MemIO  # noqa: PLC0415

    try:
        archive = py7zr.SevenZipFile(source.stream(), password=secret)
    # py7zr says "wrong password" in whatever way its parser of the decrypted list fails.
    except Exception:  # noqa: BLE001
        return None
    unpacking = _Unpacking(context, archive.files, source.size)
    worker: Any = archive.worker
    places: Any = unpacking
    for index in unpacking.wanted:
        worker.register_filelike(archive.files[index].id, MemIO(str(index), places))
    try:
        worker.extract(archive.fp, None, parallel=False)
    except RefusedError:
        if not unpacking.proven:
            raise
        unpacking.refused = True
    # A hostile archive makes py7zr raise anything; the files that came out before it stand.
    except Exception:  # noqa: BLE001
        unpacking.broken = True
    return unpacking if unpacking.proven or not unpacking.broken else None


class _Unpacking:
    """What came out of one archive; py7zr asks it for a place to put each file."""

    def __init__(self, context: Context, files: Any, size: int) -> None:
        self._context = context
        self._size = size
        self.wanted = {index: file for index, file in enumerate(files) if not file.is_directory}
        self._others = len(files) - len(self.wanted)
        self._found: dict[int, Part] = {}
        self.refused = self.broken = False

    @property
    def proven(self) -> bool:
        """Whether a file with bytes came out whole."""
        return any(isinstance(part, Child) and part.size > 0 for part in self._found.values())

    def create(self, filename: str) -> "_Place":
        """Called by py7zr when it comes to a file; its name is the position given to it."""
        return _Place(self, int(filename), self._context, self._size)

    def found(self, index: int, stored: Stored) -> None:
        """Note the Child that a file became."""
        self._found[index] = child_of(self._entry(index), stored)

    def left_out(self, index: int, why: ChildRefusedError) -> None:
        """Note a file that went past a limit."""
        message = f"an entry {why.reason} and is left out"
        self._found[index] = Problem(Member(index), why.code, message)

    def parts(self) -> Iterator[Part]:
        """The tallies, and a part for each file in the order of the archive.

        Raises:
            RefusedError: a limit of the whole object was reached.
        """
        yield Tally(Whole(), "members", len(self.wanted))
        yield Tally(Whole(), "folders, links and devices", self._others)
        for index in self.wanted:
            message = "cannot be unpacked to its end, or one before it"
            yield self._found.get(index, Problem(Member(index), "member-damaged", message))
        if self.refused:
            raise RefusedError("its files are more, or larger, than the limits allow")

    def _entry(self, index: int) -> Entry:
        file = self.wanted[index]
        pairs = (
            ("size", str(file.uncompressed)),
            ("crc", "" if file.crc32 is None else f"{file.crc32:08x}"),
            ("modified (100 ns since 1601, UTC)", str(int(file.lastwritetime or 0) or "")),
        )
        name = str(file.filename)
        return Entry(
            at=Member(index),
            index=index,
            relation=Relation.MEMBER,
            raw_name=name.encode("utf-8", "surrogatepass"),
            name=name,
            stated=tuple(pair for pair in pairs if pair[1] != ""),
        )


class _Place:
    """Where py7zr writes one file; it closes it only when the checksum was right."""

    def __init__(self, unpacking: _Unpacking, index: int, context: Context, size: int) -> None:
        self._unpacking = unpacking
        self._index = index
        self._receiving = context.children.receiving(size)
        next(self._receiving)
        self._ended = False

    def write(self, piece: bytes | bytearray) -> int:
        """Take the next bytes."""
        if not self._ended and len(piece) > 0:
            try:
                self._receiving.send(bytes(piece))
            except ChildRefusedError as why:
                self._ended = True
                self._unpacking.left_out(self._index, why)
        return len(piece)

    def close(self) -> None:
        """The file is whole."""
        if self._ended:
            return
        self._ended = True
        self._unpacking.found(self._index, finished(self._receiving))

    def seek(self, offset: int, _whence: int = 0) -> int:
        """Part of what py7zr asks of a file; nothing is read back."""
        return offset

    def flush(self) -> None:
        """Part of what py7zr asks of a file."""

    def read(self, _size: int | None = None) -> bytes:
        """Part of what py7zr asks of a file."""
        return b""
