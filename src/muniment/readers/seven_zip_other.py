"""7z archives that libarchive does not open, by py7zr: encrypted ones, newer methods, damaged ones.

- Files are packed in folders, one after the other in each: damage costs what stands behind it in
  its folder, and no other.
- A secret counts as right when the first file that comes out has its stated checksum.
- py7zr pushes the bytes of a file as it unpacks them, and they go to the sink as they come.
- Its parts come when all of the archive is unpacked: py7zr does not stop between files.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from muniment.core import Child, Member, Part, Problem, Relation, Tally, Whole
from muniment.readers.members import Entry, child_of, left_out
from muniment.readers.reader import Context
from muniment.readers.signals import ChildRefusedError, RefusedError
from muniment.readers.sink import Stored, finished
from muniment.readers.source import Source

_AES = b"\x06\xf1\x07\x01"  # 7-Zip's DOC/Methods.txt: AES-256 with SHA-256, its only cipher


class CameBefore(msgspec.Struct, frozen=True):
    """The positions of entries that another program unpacked, or told what is wrong with."""

    files: frozenset[int] = frozenset()
    others: frozenset[int] = frozenset()  # folders, links and devices


_NOTHING_YET = CameBefore()


def read_by_py7zr(
    source: Source, context: Context, secrets: Sequence[str | None]
) -> Generator[Part, None, bool]:
    """The children with the first secret (None: without one) that opens it; whether one did."""
    for secret in secrets:
        unpacking = _unpacked(source, context, secret, _NOTHING_YET)
        if unpacking is not None and unpacking.is_opened:
            if secret is not None:
                context.keys.worked(secret)
            yield from unpacking.parts()
            return True
    return False


def rest_by_py7zr(
    source: Source, context: Context, before: CameBefore
) -> Generator[Part, None, bool]:
    """What comes out of a damaged archive besides what came before; whether its list is whole."""
    unpacking = _unpacked(source, context, None, before)
    if unpacking is not None:
        yield from unpacking.parts()
    return unpacking is not None


def _unpacked(
    source: Source, context: Context, secret: str | None, before: CameBefore
) -> "_Unpacking | None":
    """The archive unpacked with this secret; None where its list cannot be read with it."""
    # Heavy, and needed for encrypted archives only.
    import py7zr  # noqa: PLC0415
    from py7zr.io import MemIO  # noqa: PLC0415

    try:
        archive = py7zr.SevenZipFile(source.stream(), password=secret)
    # py7zr says "wrong password" in whatever way its parser of the decrypted list fails.
    except Exception:  # noqa: BLE001
        return None
    unpacking = _Unpacking(context, archive.files, source.size, before)
    worker: Any = archive.worker
    places: Any = unpacking
    for index in unpacking.wanted:
        worker.register_filelike(archive.files[index].id, MemIO(str(index), places))
    for files, start, end in _folders(worker):
        try:
            worker.extract_single(archive.fp, files, None, start, end, None)
        except RefusedError:
            if not unpacking.proven:
                raise
            unpacking.refused = True
            break
        # A hostile archive makes py7zr raise anything; the files that came out before it stand.
        except Exception:  # noqa: BLE001
            unpacking.broken = True
            if secret is not None and not unpacking.proven:
                break  # a wrong one
    return unpacking


def _folders(worker: Any) -> Iterable[tuple[Any, int, int]]:
    """The files of each folder, and where its packed bytes begin and end; empty files first."""
    yield [file for file in worker.files if file.emptystream], 0, 0
    streams = getattr(worker.header, "main_streams", None)
    if streams is None:
        return
    at = [worker.src_start + position for position in streams.packinfo.packpositions]
    first = 0
    for folder in streams.unpackinfo.folders:
        last = first + len(folder.packed_indices)
        yield [file for file in folder.files or () if not file.emptystream], at[first], at[last]
        first = last


class _Unpacking:
    """What came out of one archive; py7zr asks it for a place to put each file."""

    def __init__(self, context: Context, files: Any, size: int, before: CameBefore) -> None:
        self._context = context
        self._size = size
        came = before.files | before.others
        self.wanted = {
            index: file
            for index, file in enumerate(files)
            if not file.is_directory and index not in came
        }
        self._members = len(self.wanted) + len(before.files)
        self._others = max(0, len(files) - self._members)
        self._found: dict[int, Part] = {}
        self.refused = self.broken = False

    @property
    def proven(self) -> bool:
        """Whether a file with bytes came out whole."""
        return any(isinstance(part, Child) and part.size > 0 for part in self._found.values())

    @property
    def is_opened(self) -> bool:
        """Whether what was tried opens it: with a wrong secret nothing comes out whole."""
        return self.proven or not self.broken

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
        yield Tally(Whole(), "members", self._members)
        yield Tally(Whole(), "folders, links and devices", self._others)
        for index, file in self.wanted.items():
            message = "cannot be unpacked to its end, or one before it"
            part = self._found.get(index, Problem(Member(index), "member-damaged", message))
            yield part
            if isinstance(part, Problem):
                yield left_out(index, str(file.filename))
        if self.refused:
            raise RefusedError("its files are more, or larger, than the limits allow")

    def _entry(self, index: int) -> Entry:
        file = self.wanted[index]
        pairs = (
            ("size", str(file.uncompressed)),
            ("encryption", "AES-256" if _is_encrypted(file) else ""),
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


def _is_encrypted(file: Any) -> bool:
    coders = [] if file.folder is None else file.folder.coders
    return any(coder.get("method") == _AES for coder in coders)


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
