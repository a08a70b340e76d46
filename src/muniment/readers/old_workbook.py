"""Workbooks of Excel 2 to 2003 (xls, xlt): every cell, and what hides behind and around the cells.

    OLE file ── "Workbook" or "Book" ── globals, then a stream of records for each sheet
    bare stream of records (Excel 2 to 4, and files that lost their OLE file)

- Sheets come in the order of the workbook, hidden and very hidden ones and macro sheets too.
- A locked workbook is opened with the keys at hand; its places are those of the locked file.
- A damaged record costs that record; where the directory is gone, the stream is searched for.

Source: [MS-XLS]; OpenOffice.org's documentation of the Excel file format.
"""

import io
import re
import struct
from collections.abc import Iterator
from functools import partial
from itertools import chain

import msgspec

from muniment.core import (
    Cell,
    CellArea,
    Field,
    Metadata,
    Part,
    Place,
    Problem,
    Tally,
    Whole,
)
from muniment.readers.biff_anchors import pictures_in
from muniment.readers.biff_behind import Behind
from muniment.readers.biff_formula import Formulas
from muniment.readers.biff_globals import BoundSheet, Globals, read_globals, version_of
from muniment.readers.biff_sheet import Sheet, read_cells
from muniment.readers.date_epoch import stated_epoch
from muniment.readers.embedded_files import Found, embedded
from muniment.readers.keys import Keys
from muniment.readers.ole_file import OleFile, ole_of_bytes
from muniment.readers.ole_objects import objects_in
from muniment.readers.ole_properties import ole_properties
from muniment.readers.reader import Context, Reader
from muniment.readers.sheet_names import SheetNames
from muniment.readers.signals import LockedError, RefusedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.vba_project import macros

MEDIA_TYPE = "application/vnd.ms-excel"
_LARGEST = 1 << 29
_STREAMS = ("Workbook", "Book")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105 - [MS-OFFCRYPTO] §2.2.6: Excel tries it itself
_GLOBALS_BOF = (
    struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x0005),
    struct.pack("<HHHH", 0x0809, 8, 0x0500, 0x0005),
)
_OBJECT = re.compile(r"(?:MBD|LNK)[0-9A-F]{8}", re.IGNORECASE)  # [MS-XLS] §2.1.7


def read_old_workbook(source: Source, context: Context) -> Iterator[Part]:
    """The cells, comments, boxes, pictures, embedded files and properties of a workbook."""
    if source.size > _LARGEST:
        raise RefusedError(f"a workbook of more than {_LARGEST} bytes")
    data = source.read_all()
    ole = _container(data)
    stream, trouble = _stream(data, ole)
    yield from trouble
    book = read_globals(stream)
    if book.locked:
        data = _unlocked(data, context.keys)
        ole = _container(data)
        stream, _ = _stream(data, ole)
        book = read_globals(stream)
        yield Metadata(Whole(), "encryption", "opened with a key")
    if ole is not None:
        yield from ole_properties(ole)
    yield from _stated(book)
    places: dict[int, list[Place]] = {}
    yield from _sheets(stream, book, context, places)
    yield from embedded(tuple(_files(book, ole, places)), context)
    if ole is not None:
        yield from macros(ole)


def _container(data: bytes) -> OleFile | None:
    if not data.startswith(_OLE):
        return None
    try:
        return ole_of_bytes(data)
    except UnreadableError:
        return None


def _stream(data: bytes, ole: OleFile | None) -> tuple[bytes, list[Problem]]:
    """The stream of records, and what had to be overcome to find it."""
    if not data.startswith(_OLE):
        return data, []
    for name in _STREAMS if ole is not None else ():
        stream = ole.read(name) if ole is not None else None
        if stream is not None and version_of(stream) > 0:
            return stream, []
    found = [at for at in (data.find(mark) for mark in _GLOBALS_BOF) if at >= 0]
    if len(found) == 0:
        raise UnreadableError("no stream of records could be found in it")
    message = "its directory is damaged; the records are read where they lie"
    return data[min(found) :], [Problem(Whole(), "directory-damaged", message)]


def _unlocked(data: bytes, keys: Keys) -> bytes:
    """The workbook opened with the first key that does.

    Raises:
        LockedError: none opens it.
    """
    # Heavy, and most workbooks are not locked.
    from msoffcrypto.exceptions import DecryptionError, FileFormatError  # type: ignore[import-untyped] # noqa: PLC0415
    from msoffcrypto.format.xls97 import Xls97File  # type: ignore[import-untyped] # noqa: PLC0415

    for secret in (_DEFAULT_PASSWORD, *keys.secrets):
        opened = io.BytesIO()
        try:
            locked = Xls97File(io.BytesIO(data))
            locked.load_key(password=secret)
            locked.decrypt(opened)
        # The border to a parser of hostile bytes, which checks little before it unpacks.
        except (DecryptionError, FileFormatError, Exception):  # noqa: BLE001, S112
            continue
        if secret in keys.secrets:
            keys.worked(secret)
        return opened.getvalue()
    raise LockedError("a workbook that is encrypted with a password")


def _stated(book: Globals) -> Iterator[Part]:
    if book.user != "":
        yield Metadata(Field("user"), "user", book.user)
    for number, written in enumerate(book.protection, start=1):
        yield Metadata(Field("protection", number), "protection", written)
    for number, written in enumerate(book.external, start=1):
        yield Metadata(Field("linked", number), "linked", written)
    if book.announced_strings > len(book.strings):
        gone = book.announced_strings - len(book.strings)
        yield Problem(Whole(), "part-damaged", f"{gone} shared strings are missing")
    for opcode, count in sorted(book.trouble.items()):
        message = f"{count} records {opcode} before the sheets are damaged"
        yield Problem(Whole(), "part-damaged", message)


def _sheets(
    stream: bytes, book: Globals, context: Context, places: dict[int, list[Place]]
) -> Iterator[Part]:
    formulas = Formulas(book)
    for number, (name, written) in enumerate(formulas.names, start=1):
        yield Metadata(Field("defined name", number), "defined name", f"{name} = {written}")
    yield Tally(Whole(), "sheets", len(book.sheets))
    names = SheetNames()
    cells = 0
    for sheet in book.sheets:
        cited = names.cited_as(sheet.name)
        for part in chain(
            _named(sheet, cited, names, from_1904=book.from_1904),
            _sheet(stream, msgspec.structs.replace(sheet, name=cited), book, formulas, places),
        ):
            cells += isinstance(part, Cell)
            if cells > context.limits.cells:
                raise RefusedError(f"has more than {context.limits.cells} cells")
            yield part


def _named(sheet: BoundSheet, cited: str, names: SheetNames, *, from_1904: bool) -> Iterator[Part]:
    at = CellArea(1, 1, cited)
    yield Metadata(at, "sheet", f"{sheet.name} ({sheet.state})")
    yield from stated_epoch(at, from_1904=from_1904)
    yield from names.trouble(sheet.name, cited)
    if sheet.kind != "worksheet":
        yield Metadata(at, "sheet kind", sheet.kind)


def _sheet(
    stream: bytes,
    sheet: BoundSheet,
    book: Globals,
    formulas: Formulas,
    places: dict[int, list[Place]],
) -> Iterator[Part]:
    at = CellArea(1, 1, sheet.name)
    if sheet.position >= len(stream):
        yield Problem(at, "part-missing", "the sheet's records are not in the file")
        return
    is_chart = sheet.kind == "chart"
    behind = Behind(sheet.name, book.spelling, hidden=sheet.state != "visible", is_chart=is_chart)
    behind.gather(stream, sheet.position)
    for anchor in behind.anchors:
        if anchor.picture > 0:
            places.setdefault(anchor.picture, []).append(anchor.area(sheet.name))
    if not is_chart:
        known = Sheet(sheet.name, book, behind, formulas.text)
        yield from read_cells(stream, sheet.position, known)
    yield from behind.parts()


def _files(book: Globals, ole: OleFile | None, places: dict[int, list[Place]]) -> Iterator[Found]:
    """The pictures of the workbook, each where it is shown, and the objects embedded in it."""
    for number, picture in enumerate(pictures_in(b"".join(book.drawings)), start=1):
        if picture is not None:
            for at in places.get(number, [Field("picture", number)]):
                name = f"picture {number}.{picture.kind}"
                yield Found(at, name, partial(bytes, picture.data), named_here=True)
    for path in ole.paths if ole is not None else ():
        if len(path) == 1 and _OBJECT.match(path[0]) and ole is not None:
            yield from objects_in(ole, path, Field(path[0]))


OLD_WORKBOOK = Reader(
    name="old-workbook",
    version=5,
    media_types=(MEDIA_TYPE,),
    read=read_old_workbook,
    takes_keys=True,
    recognises=lambda head: version_of(head) > 0,
    begins=rb"\x09[\0\x02\x04\x08]",
)
