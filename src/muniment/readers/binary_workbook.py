"""Excel's binary workbooks (xlsb): every cell, and what stands around the cells.

    the package of an xlsx, with parts of records instead of XML: workbook.bin, sheet1.bin …

- Formulas are stored as tokens; those that `binary_formula.py` does not turn into text are counted
  in a Problem. Pivot caches and linked values in binary parts are not read.

Source: [MS-XLSB] §2.1.7 and §2.4.
"""

import struct
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from muniment.core import Cell, CellArea, Field, Metadata, Part, Place, Problem, Tally, Whole
from muniment.readers.binary_formula import Around, formula_text, parsed
from muniment.readers.binary_records import Records, nullable_text, wide_text
from muniment.readers.binary_sheet import BinarySheet, read_binary_sheet
from muniment.readers.date_epoch import stated_epoch
from muniment.readers.number_formats import Formats, formats_of
from muniment.readers.ooxml_package import PACKAGE_TROUBLE, Link, Package, children, properties
from muniment.readers.reader import Context, Reader
from muniment.readers.sheet_names import SheetNames
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.workbook_drawings import anchored, old_boxes

_LARGEST_PART = 1 << 29
_STATES = ("visible", "hidden", "veryHidden")
_SHEET, _PROPERTIES, _NAME = 156, 153, 39
_EXTERNS, _SELF, _SAME_SHEET = 362, 357, 358
_OWN, _LINKED = (_SELF, _SAME_SHEET), (355, _SELF, _SAME_SHEET, 667)
_STRING, _FORMAT, _STYLE, _BEGIN_STYLES, _END_STYLES = 19, 44, 47, 617, 618
_AUTHOR, _COMMENT, _COMMENT_TEXT = 632, 635, 637


class _Bound(msgspec.Struct, frozen=True):
    """A sheet as the workbook names it."""

    name: str
    state: str
    relation: str


class _Book(msgspec.Struct):
    """What the workbook's own part says."""

    sheets: list[_Bound] = []
    names: list[tuple[str, bool, bytes]] = []  # name, whether hidden, tokens
    externs: list[tuple[int, int, int]] = []  # which book, first and last sheet
    books: list[int] = []  # kinds of the books that are linked, in order
    from_1904: bool = False


def read_binary_workbook(source: Source, context: Context) -> Iterator[Part]:
    """The cells, comments, boxes, pictures and properties of a workbook."""
    package = Package(source)
    yield from package.trouble()
    main = _main_part(package)
    links = package.links(main)
    data = _bytes(package, main)
    if data is None:
        raise UnreadableError("its workbook part is missing or damaged")
    yield from properties(package)
    book = _book(data, links)
    around = _around(book)
    yield from _names(book, around)
    yield Tally(Whole(), "sheets", len(book.sheets))
    strings, formats = _strings(package, links), _formats(package, links)
    places: defaultdict[str, tuple[Place, ...]] = defaultdict(tuple)
    names = SheetNames()
    cells = 0
    for bound in book.sheets:
        name = names.cited_as(bound.name)
        at = CellArea(1, 1, name)
        yield Metadata(at, "sheet", f"{bound.name} ({bound.state})")
        yield from stated_epoch(at, from_1904=book.from_1904)
        yield from names.trouble(bound.name, name)
        link = links.get(bound.relation)
        if link is None or not package.has(link.target):
            yield Problem(at, "part-missing", "the sheet's part is not in the package")
            continue
        sheet = BinarySheet(
            name, bound.state != "visible", strings, formats, book.from_1904, around
        )
        for part in _sheet(package, link.target, sheet, places):
            cells += isinstance(part, Cell)
            if cells > context.limits.cells:
                raise RefusedError(f"has more than {context.limits.cells} cells")
            yield part
    yield from children(package, context, places)
    yield from package.problems()


def _main_part(package: Package) -> str:
    found = (link.target for link in package.links("").values() if link.kind == "officeDocument")
    return next(found, "xl/workbook.bin")


def _bytes(package: Package, name: str) -> bytes | None:
    """A part's bytes; None where it is not there, or cannot be unpacked."""
    if not package.has(name):
        return None
    try:
        with package.open(name) as stream:
            return stream.read(_LARGEST_PART)
    except PACKAGE_TROUBLE:
        return None


def _part_of(package: Package, links: dict[str, Link], kind: str) -> bytes:
    for link in links.values():
        if link.kind == kind and not link.external:
            return _bytes(package, link.target) or b""
    return b""


def _book(data: bytes, links: dict[str, Link]) -> _Book:
    book = _Book([], [], [], [])
    for kind, body in Records(data):
        try:
            if kind == _SHEET:
                book.sheets.append(_bound(body, links))
            elif kind == _PROPERTIES:
                book.from_1904 = struct.unpack_from("<I", body)[0] & 1 == 1
            elif kind == _NAME:
                book.names.append(_name(body))
            elif kind in _LINKED:
                book.books.append(kind)
            elif kind == _EXTERNS:
                book.externs.extend(
                    struct.iter_unpack("<Iii", body[4 : 4 + (len(body) - 4) // 12 * 12])
                )
        except struct.error:
            continue  # a record of another length; the sheets after it still count
    return book


def _name(body: bytes) -> tuple[str, bool, bytes]:
    """A defined name, whether it is hidden, and the tokens of what it stands for."""
    hidden = struct.unpack_from("<I", body)[0] & 1 == 1
    name, at = wide_text(body, 9)
    return name, hidden, parsed(body, at)[0] if len(body) >= at + 4 else b""


def _around(book: _Book) -> Around:
    own = [number for number, kind in enumerate(book.books) if kind in _OWN]
    return Around(
        tuple(sheet.name for sheet in book.sheets),
        tuple((first, last) if number in own else None for number, first, last in book.externs),
        tuple(name for name, _, _ in book.names),
    )


def _names(book: _Book, around: Around) -> Iterator[Part]:
    for number, (name, hidden, tokens) in enumerate(book.names, start=1):
        text = formula_text(tokens, around, 0, 0)
        written = name + (" (hidden)" if hidden else "") + ("" if text is None else f" = {text}")
        yield Metadata(Field("defined name", number), "defined name", written)


def _bound(body: bytes, links: dict[str, Link]) -> _Bound:
    """A sheet as it is bound; test versions of Excel 2007 wrote four more bytes before its name.

    Raises:
        struct.error: it is of neither shape.
    """
    state = struct.unpack_from("<I", body)[0]
    relation, at = nullable_text(body, 8)
    if relation not in links:
        relation, at = nullable_text(body, 12)
    return _Bound(wide_text(body, at)[0], _STATES[min(state, 2)], relation)


def _strings(package: Package, links: dict[str, Link]) -> list[str]:
    data = _part_of(package, links, "sharedStrings")
    found = []
    for kind, body in Records(data):
        if kind == _STRING:
            try:
                found.append(wide_text(body, 1)[0])
            except struct.error:
                found.append("")
    return found


def _formats(package: Package, links: dict[str, Link]) -> Formats:
    custom: dict[int, str] = {}
    styles: list[int] = []
    inside = False
    for kind, body in Records(_part_of(package, links, "styles")):
        try:
            if kind == _FORMAT:
                custom[struct.unpack_from("<H", body)[0]] = wide_text(body, 2)[0]
            elif kind in (_BEGIN_STYLES, _END_STYLES):
                inside = kind == _BEGIN_STYLES
            elif kind == _STYLE and inside:
                styles.append(struct.unpack_from("<H", body, 2)[0])
        except struct.error:
            continue
    return formats_of(styles, custom)


def _sheet(
    package: Package,
    part: str,
    sheet: BinarySheet,
    places: defaultdict[str, tuple[Place, ...]],
) -> Iterator[Part]:
    links = package.links(part)
    pictures, boxes = anchored(package, part, sheet.name)
    for picture in pictures:
        places[picture.name.lower()] += (picture.at,)
    comments, authors = _comments(_part_of(package, links, "comments"))
    data = _bytes(package, part)
    if data is None:
        yield Problem(CellArea(1, 1, sheet.name), "part-damaged", "the sheet cannot be unpacked")
        return
    targets = {key: link.target for key, link in links.items()}
    yield from read_binary_sheet(data, sheet, comments, targets)
    for (row, column), author in authors.items():
        if author.strip() != "":
            yield Metadata(CellArea(row, column, sheet.name), "comment author", author)
    yield from boxes
    yield from old_boxes(package, part, sheet.name)


def _comments(data: bytes) -> tuple[dict[tuple[int, int], str], dict[tuple[int, int], str]]:
    """Comments and their authors, by row and column from 1."""
    texts: dict[tuple[int, int], str] = {}
    authors: dict[tuple[int, int], str] = {}
    known: list[str] = []
    at = (0, 0)
    for kind, body in Records(data):
        try:
            if kind == _AUTHOR:
                known.append(wide_text(body, 0)[0])
            elif kind == _COMMENT:
                author, row, _, column = struct.unpack_from("<4I", body)
                at = (row + 1, column + 1)
                authors[at] = known[author] if author < len(known) else ""
            elif kind == _COMMENT_TEXT:
                texts[at] = wide_text(body, 1)[0]
        except struct.error:
            continue
    return texts, authors


BINARY_WORKBOOK = Reader(
    name="binary-workbook",
    version=5,
    media_types=("application/vnd.ms-excel.sheet.binary.macroenabled.12",),
    read=read_binary_workbook,
)
