"""Compiled HTML help (.chm): its pages and pictures as children, and what it says of itself.

    ITSF         head: where the directory and the contents stand
    ITSP, PMGL   directory: names in pieces, each with section, offset and length
    section 0    as it is; section 1: packed (`help_package.py`)

- A file is addressed by its position in the directory; files come out in the order in which they
  are packed, so that nothing is unpacked twice.
- What the compiler made for itself (names with `#` or `$`, lists of words) is counted, not given.

Source: J. Wing, M. Russotto, "Microsoft's HTML Help (.chm) format"; P. Wise, "Unofficial HTML Help
specification", #SYSTEM.
"""

import struct
from collections.abc import Iterator

import msgspec

from muniment.core import Field, Member, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.archive_library import libarchive_condition
from muniment.readers.code_pages import decode_page, page_of_language
from muniment.readers.help_package import PackedContent, packing_of
from muniment.readers.members import DamagedError, Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_SIGN = b"ITSF"
_HEAD = struct.Struct("<4sIIIII")
_SECTION = struct.Struct("<QQ")
_SECTIONS_AT, _CONTENT_AT = 0x38, 0x58
_CONTENT_FROM_VERSION = 3
_DIRECTORY = struct.Struct("<4sIIIIIIIIII")
_PIECE = struct.Struct("<4sIIII")
_LARGEST_PIECE = 1 << 16
_LARGEST_DIRECTORY = 1 << 28
_MOST_FILES = 1_000_000
_LARGEST_TABLE = 1 << 21  # bytes of a reset table
_LARGEST_SYSTEM = 1 << 16
_STORE = b"::DataSpace/Storage/MSCompressed/"
_RESET = b"Transform/{7FC28940-9D31-11D0-9B27-00A0C91E9C7C}/InstanceData/ResetTable"
_SYSTEM = b"/#SYSTEM"
_SAYS = {
    0: "contents",
    1: "index",
    2: "first page",
    3: "title",
    6: "compiled as",
    9: "compiler",
}
_SYSTEM_ITEM = struct.Struct("<HH")


class _File(msgspec.Struct, frozen=True):
    """A line of the directory."""

    index: int
    name: bytes
    section: int
    offset: int
    length: int

    @property
    def is_page(self) -> bool:
        """Whether an author put it there, and not the compiler."""
        return self.name.startswith(b"/") and self.name[1:2] not in (b"#", b"$") and not self.folder

    @property
    def folder(self) -> bool:
        return self.name.endswith(b"/") and self.length == 0


def read_help(source: Source, context: Context) -> Iterator[Part]:
    """The files of a compiled help file.

    Raises:
        UnreadableError: its head or its directory is damaged.
        RefusedError: libarchive is not on this machine, or a limit is reached.
    """
    if libarchive_condition() != "":
        raise RefusedError("libarchive is not on this machine; install libarchive13")
    try:
        files, content_at, page = _opened(source)
    except (struct.error, ValueError) as why:
        raise UnreadableError("its directory cannot be followed: damaged, or cut short") from why
    book = _Book(source, context, {file.name: file for file in files}, content_at)
    pages = sorted((file for file in files if file.is_page), key=_order)
    yield Tally(Whole(), "members", len(pages))
    made = sum(not file.folder for file in files) - len(pages)
    yield Tally(Whole(), "tables of the compiler", made)
    if book.trouble != "":
        yield Problem(Whole(), "directory-damaged", f"packed files cannot come out: {book.trouble}")
    yield from _said(book, page)
    for file in pages:
        yield book.child(file)


def _order(file: _File) -> tuple[int, int, int]:
    return file.section, file.offset, file.index


class _Book:
    """An open help file: its directory by name, and its two sections."""

    def __init__(
        self, source: Source, context: Context, files: dict[bytes, _File], content_at: int
    ) -> None:
        self._source = source
        self._context = context
        self._files = files
        self._at = content_at
        self.trouble = ""
        self._packed: PackedContent | None = None
        if any(file.section != 0 for file in files.values()):
            self._open_packed()

    def _open_packed(self) -> None:
        try:
            packing = packing_of(
                self.stored(_STORE + b"ControlData", _LARGEST_SYSTEM),
                self.stored(_STORE + _RESET, _LARGEST_TABLE),
            )
            at = self._at + self._files[_STORE + b"Content"].offset
            self._packed = PackedContent(self._source, at, packing)
        except (DamagedError, KeyError, ValueError, struct.error):
            self.trouble = "what says how they are packed is damaged or missing"

    def stored(self, name: bytes, most: int) -> bytes:
        """The bytes of a file by its name, up to a limit; none where it is not there."""
        file = self._files.get(name)
        return b"" if file is None else b"".join(self._chunks(file, min(file.length, most)))

    def child(self, file: _File) -> Part:
        """A file, unpacked."""
        entry = Entry(
            at=Member(file.index),
            index=file.index,
            relation=Relation.MEMBER,
            raw_name=file.name,
            name=file.name.decode("utf-8", "replace"),
            packed_size=self._source.size,  # its own share of what is packed is not known
        )
        return child_or_problem(self._context.children, entry, self._chunks(file, file.length))

    def _chunks(self, file: _File, length: int) -> Iterator[bytes]:
        if file.section == 0:
            at = self._at + file.offset
            if at + length > self._source.size:
                raise DamagedError("member-damaged", "it ends behind the end of the file")
            yield from self._source.blocks(at, at + length)
        elif self._packed is None:
            raise DamagedError("member-damaged", "what says how it is packed is damaged or missing")
        else:
            yield from self._packed.chunks(file.offset, length)


def _opened(source: Source) -> tuple[list[_File], int, int]:
    """The directory, where section 0 begins, and the code page of the language.

    Raises:
        ValueError: it cannot be followed.
    """
    head = source.read_at(0, 0x60)
    _, version, _, _, _, language = _HEAD.unpack_from(head)
    directory_at, size = _SECTION.unpack_from(head, _SECTIONS_AT + _SECTION.size)
    content_at = directory_at + size
    if version >= _CONTENT_FROM_VERSION:
        (content_at,) = struct.unpack_from("<Q", head, _CONTENT_AT)
    if size > _LARGEST_DIRECTORY:
        raise ValueError("a directory beyond all bounds")
    directory = source.read_at(directory_at, size)
    sign, _, head_size, _, piece_size, *_ = _DIRECTORY.unpack_from(directory)
    if sign != b"ITSP" or not _PIECE.size < piece_size <= _LARGEST_PIECE:
        raise ValueError("no directory stands there")
    files: list[_File] = []
    for start in range(head_size, len(directory), piece_size):
        for line in _lines(directory[start : start + piece_size]):
            files.append(_File(len(files), *line))
            if len(files) > _MOST_FILES:
                raise ValueError("more files than any help has")
    if len(files) == 0:
        raise ValueError("it names no file")
    return files, content_at, page_of_language(language & 0xFFFF)


def _lines(piece: bytes) -> Iterator[tuple[bytes, int, int, int]]:
    """Name, section, offset and length of each file of a piece; none of another sort of piece."""
    if len(piece) < _PIECE.size or not piece.startswith(b"PMGL"):
        return
    free = _PIECE.unpack_from(piece)[1]
    end, at = len(piece) - free, _PIECE.size
    while at < end:
        length, at = _number(piece, at)
        name = piece[at : at + length]
        section, at = _number(piece, at + length)
        offset, at = _number(piece, at)
        size, at = _number(piece, at)
        yield name, section, offset, size


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number in groups of seven bits, the highest first, and the position behind it."""
    number = 0
    for position in range(at, min(at + 9, len(data))):
        number = number << 7 | data[position] & 0x7F
        if data[position] < 0x80:  # noqa: PLR2004 - the last group
            return number, position + 1
    raise ValueError("a number without end")


def _said(book: _Book, page: int) -> Iterator[Part]:
    """What the compiler wrote of the whole: title, first page, its own name."""
    try:
        said = book.stored(_SYSTEM, _LARGEST_SYSTEM)
    except DamagedError as why:
        yield Problem(Field("title"), why.code, "what it says of itself cannot be read")
        return
    at = 4  # behind the version
    while at + _SYSTEM_ITEM.size <= len(said):
        code, length = _SYSTEM_ITEM.unpack_from(said, at)
        at += _SYSTEM_ITEM.size
        if code in _SAYS:
            written = decode_page(said[at : at + length].partition(b"\0")[0], page)
            if written != "":
                yield Metadata(Field(_SAYS[code]), _SAYS[code], written)
        at += length


COMPILED_HELP = Reader(
    name="compiled-help", version=1, media_types=("application/vnd.ms-htmlhelp",), read=read_help
)
