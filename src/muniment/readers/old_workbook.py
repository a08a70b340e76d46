"""Workbooks of Excel 2 to 2003 (xls, xlt): every cell, and what hides behind and around the cells.

    OLE file ── "Workbook" or "Book" ── globals, then a stream of records for each sheet
    bare stream of records (Excel 2 to 4, and files that lost their OLE file)

- Sheets come in the order of the workbook, hidden and very hidden ones and macro sheets too.
- A locked workbook is opened with the keys at hand; its places are those of the locked file.
- A damaged record costs that record; where the directory is gone, the stream is searched for.

Source: [MS-XLS]; OpenOffice.org's documentation of the Excel file format.
"""

import io
import struct
from collections.abc import Iterator

from muniment.core import (
    Cell,
    CellArea,
    Field,
    Member,
    Metadata,
    Part,
    Place,
    Problem,
    Relation,
    Tally,
    Whole,
)
from muniment.readers.biff_anchors import pictures_in
from muniment.readers.biff_behind import Behind
from muniment.readers.biff_formula import Formulas
from muniment.readers.biff_globals import BoundSheet, Globals, read_globals, version_of
from muniment.readers.biff_sheet import Sheet, read_cells
from muniment.readers.keys import Keys
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.ole_file import OleFile, ole_of_bytes
from muniment.readers.ole_properties import ole_properties
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import LockedError, RefusedError, UnreadableError
from muniment.readers.source import Source

MEDIA_TYPE = "application/vnd.ms-excel"
_LARGEST = 1 << 29
_STREAMS = ("Workbook", "Book")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105 - [MS-OFFCRYPTO] §2.2.6: Excel tries it itself
_GLOBALS_BOF = (
    struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x0005),
    struct.pack("<HHHH", 0x0809, 8, 0x0500, 0x0005),
)
_MACROS = "_VBA_PROJECT_CUR"


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
    yield from _sheets(stream, book, context)
    if ole is not None:
        yield from _macros(ole)


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
    for number, written in enumerate(book.external, start=1):
        yield Metadata(Field("linked", number), "linked", written)
    if book.announced_strings > len(book.strings):
        gone = book.announced_strings - len(book.strings)
        yield Problem(Whole(), "part-damaged", f"{gone} shared strings are missing")
    for opcode, count in sorted(book.trouble.items()):
        message = f"{count} records {opcode} before the sheets are damaged"
        yield Problem(Whole(), "part-damaged", message)


def _sheets(stream: bytes, book: Globals, context: Context) -> Iterator[Part]:
    formulas = Formulas(book)
    for number, (name, written) in enumerate(formulas.names, start=1):
        yield Metadata(Field("defined name", number), "defined name", f"{name} = {written}")
    yield Tally(Whole(), "sheets", len(book.sheets))
    places: dict[int, list[Place]] = {}
    cells = 0
    for sheet in book.sheets:
        for part in _sheet(stream, sheet, book, formulas, places):
            cells += isinstance(part, Cell)
            if cells > context.limits.cells:
                raise RefusedError(f"has more than {context.limits.cells} cells")
            yield part
    yield from _pictures(book, places, context)


def _sheet(
    stream: bytes,
    sheet: BoundSheet,
    book: Globals,
    formulas: Formulas,
    places: dict[int, list[Place]],
) -> Iterator[Part]:
    at = CellArea(1, 1, sheet.name)
    yield Metadata(at, "sheet", f"{sheet.name} ({sheet.state})")
    if sheet.kind != "worksheet":
        yield Metadata(at, "sheet kind", sheet.kind)
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


def _pictures(book: Globals, places: dict[int, list[Place]], context: Context) -> Iterator[Part]:
    pictures = pictures_in(b"".join(book.drawings))
    found = [
        (number, picture, at)
        for number, picture in enumerate(pictures, start=1)
        if picture is not None
        for at in places.get(number, [Member(number - 1)])
    ]
    yield Tally(Whole(), "embedded", len(found))
    for number, picture, at in found:
        name = f"picture {number}.{picture.kind}"
        entry = Entry(at, number - 1, Relation.EMBEDDED, name.encode(), name)
        yield child_or_problem(context.children, entry, [picture.data])


def _macros(ole: OleFile) -> Iterator[Part]:
    if ole.has(_MACROS):
        yield Metadata(Whole(), "macros", _MACROS)


OLD_WORKBOOK = Reader(
    name="old-workbook",
    version=1,
    media_types=(MEDIA_TYPE,),
    read=read_old_workbook,
    recognises=lambda head: version_of(head) > 0,
)
