"""Office Open XML workbooks (xlsx, xlsm): every cell, and what hides behind and around the cells.

- Sheets come in the order of the workbook, hidden and very hidden ones too, marked as such.
- A sheet that breaks off gives the rows before the break and a Problem.
- Defined names, properties and links out of the workbook are stated, never followed.

Source: ECMA-376 Part 1, §18.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import (
    Cell,
    CellArea,
    Field,
    Metadata,
    Part,
    Place,
    Problem,
    Role,
    Tally,
    TextSpan,
    Whole,
)
from muniment.readers.date_epoch import stated_epoch
from muniment.readers.number_formats import Formats
from muniment.readers.ooxml_package import PACKAGE_TROUBLE, Link, Package, children, properties
from muniment.readers.packed_cells import cells_of, reading_unpacked
from muniment.readers.reader import Context, PackedCells, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.sheet_names import SheetNames
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.workbook_around import around, settings
from muniment.readers.workbook_cell_pictures import cell_pictures
from muniment.readers.workbook_drawings import (
    anchored,
    comments_of,
    old_boxes,
    parsed,
    persons_of,
)
from muniment.readers.workbook_ranges import area_of
from muniment.readers.workbook_sheet import Sheet, read_sheet
from muniment.readers.workbook_strings import shared_strings
from muniment.readers.workbook_styles import read_formats
from muniment.readers.xml_names import local_name, namespace_of

_LONGEST_REFERENCE = 60
_HIDDEN = ("hidden", "veryHidden")
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_OOXML = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def read_workbook(source: Source, context: Context) -> Iterator[Part | PackedCells]:
    """The cells, comments, boxes, pictures and properties of a workbook."""
    package = Package(source)
    yield from package.trouble()
    main = _main_part(package)
    root = parsed(package, main)
    unlisted = _unlisted(package, {} if root is None else package.links(main))
    if root is None and len(unlisted) == 0:
        raise UnreadableError("its workbook part is missing or damaged")
    yield from properties(package)
    if root is None:
        yield Problem(Whole(), "part-damaged", "its workbook part is missing or damaged")
        root = etree.Element("workbook")
    yield from settings(root)
    yield from _names(root)
    sheets = [(element.get("name", ""), element) for element in root.iter("{*}sheet")]
    yield Tally(Whole(), "sheets", len(sheets) + len(unlisted))
    shared = _Shared(package, root, main)
    yield from shared.trouble
    places: defaultdict[str, tuple[Place, ...]] = defaultdict(tuple)
    cells = 0
    for part in chain(
        chain.from_iterable(shared.sheet(element, places) for _, element in sheets),
        chain.from_iterable(shared.unlisted(name, places) for name in unlisted),
    ):
        room = context.limits.cells - cells
        cells += part.count if isinstance(part, PackedCells) else isinstance(part, Cell)
        if cells > context.limits.cells:
            if isinstance(part, PackedCells):
                yield from cells_of(part)[:room]
            raise RefusedError(f"has more than {context.limits.cells} cells")
        yield part
    yield from around(package, tuple(shared.persons.values()))
    yield from children(package, context, places, package.unread())
    yield from package.problems()


def _main_part(package: Package) -> str:
    for link in package.links("").values():
        if link.kind == "officeDocument" and not link.external:
            return link.target
    return "xl/workbook.xml"


def _unlisted(package: Package, links: dict[str, Link]) -> list[str]:
    """Worksheets that lie in the package though the workbook does not name them."""
    listed = {link.target.lower() for link in links.values()}
    return [
        name
        for name in package.names
        if _WORKSHEET.fullmatch(name) is not None and name.lower() not in listed
    ]


def _names(root: etree._Element) -> Iterator[Part]:
    for number, element in enumerate(root.iter("{*}definedName"), start=1):
        hidden = " (hidden)" if element.get("hidden") in ("1", "true") else ""
        written = f"{element.get('name', '')}{hidden} = {element.text or ''}"
        yield Metadata(Field("defined name", number), "defined name", written)


class _Strings(msgspec.Struct, frozen=True):
    """The shared strings, and the phonetic guides of some by their numbers."""

    texts: tuple[str, ...] = ()
    phonetics: dict[int, str] = {}


def _strings(package: Package, links: dict[str, Link]) -> tuple[_Strings, list[Problem]]:
    names = [link.target for link in links.values() if link.kind == "sharedStrings"]
    found: list[str] = []
    phonetics: dict[int, str] = {}
    trouble = []
    for name in names:
        if not package.has(name):
            trouble.append(Problem(Whole(), "part-missing", f"{name} is not in the package"))
            continue
        try:
            with package.open(name) as stream:
                for text, phonetic in shared_strings(stream):
                    if phonetic != "":
                        phonetics[len(found)] = phonetic
                    found.append(text)
        except (etree.XMLSyntaxError, *PACKAGE_TROUBLE) as why:
            message = f"{name} breaks off after {len(found)} strings ({said_of(why)})"
            trouble.append(Problem(Whole(), "part-damaged", message))
    return _Strings(tuple(found), phonetics), trouble


class _Shared:
    """What all sheets of a workbook share."""

    def __init__(self, package: Package, root: etree._Element, main: str) -> None:
        self._package = package
        self._links = package.links(main)
        self._strings, self.trouble = _strings(package, self._links)
        self._formats = self._read_formats()
        self._from_1904 = any(
            element.get("date1904") in ("1", "true") for element in root.iter("{*}workbookPr")
        )
        self.persons = persons_of(package, main)
        self._names = SheetNames()
        self._pictures = cell_pictures(package, self._links)

    def _read_formats(self) -> Formats:
        for link in self._links.values():
            if link.kind == "styles":
                root = parsed(self._package, link.target)
                return Formats() if root is None else read_formats(root)
        return Formats()

    def sheet(
        self, element: etree._Element, places: defaultdict[str, tuple[Place, ...]]
    ) -> Iterator[Part | PackedCells]:
        """The parts of one sheet; adds to `places` where its pictures are anchored."""
        called, state = element.get("name", ""), element.get("state", "visible")
        name = self._names.cited_as(called)
        at = CellArea(1, 1, name)
        yield Metadata(at, "sheet", f"{called} ({state})")
        yield from stated_epoch(at, from_1904=self._from_1904)
        yield from self._names.trouble(called, name)
        link = self._links.get(_relation_id(element))
        if link is None or not self._package.has(link.target):
            yield Problem(at, "part-missing", "the sheet's part is not in the package")
            return
        if link.kind != "worksheet":
            yield Metadata(at, "sheet kind", link.kind)
        yield from self._part(link.target, name, places, hidden=state in _HIDDEN)

    def unlisted(
        self, part: str, places: defaultdict[str, tuple[Place, ...]]
    ) -> Iterator[Part | PackedCells]:
        """A worksheet that the workbook does not name, under the name of its part."""
        name = self._names.cited_as(part)
        at = CellArea(1, 1, name)
        yield Metadata(at, "sheet", f"{part} (not listed in the workbook)")
        yield from stated_epoch(at, from_1904=self._from_1904)
        yield from self._names.trouble(part, name)
        yield from self._part(part, name, places, hidden=True)

    def _part(
        self, part: str, name: str, places: defaultdict[str, tuple[Place, ...]], *, hidden: bool
    ) -> Iterator[Part | PackedCells]:
        package, links = self._package, self._package.links(part)
        pictures, boxes = anchored(package, part, name)
        for picture in chain(pictures, self._pictures.on(package, part, name)):
            places[picture.name.lower()] += (picture.at,)
        comments = comments_of(package, part, self.persons)
        sheet = Sheet(
            name,
            hidden,
            self._strings.texts,
            self._formats,
            self._from_1904,
            comments.texts,
            {key: link.target for key, link in links.items()},
            self._strings.phonetics,
            {},
        )
        try:
            with package.open(part) as stream:
                yield from read_sheet(stream, sheet)
        except (etree.XMLSyntaxError, *PACKAGE_TROUBLE) as why:
            message = f"the sheet breaks off ({said_of(why)})"
            yield Problem(CellArea(1, 1, name), "part-damaged", message)
        for key, at in sheet.objects.items():
            if key in links:
                places[links[key].target.lower()] += (at,)
        yield from _unplaced(name, comments.unplaced)
        for row, column, author in comments.authors:
            yield Metadata(CellArea(row, column, name), "comment author", author)
        yield from boxes
        yield from old_boxes(package, part, name)
        yield from _linked(package, links, name)


def _unplaced(sheet: str, comments: list[tuple[str, str]]) -> Iterator[Part]:
    """Comments whose reference names no cell, under that reference."""
    seen: Counter[str] = Counter()
    for reference, text in comments:
        name = f"{sheet}!{reference[:_LONGEST_REFERENCE]}"
        seen[name] += 1
        at = Field(name, seen[name])
        yield TextSpan(at, text, Role.COMMENT)
        written = reference[:_LONGEST_REFERENCE]
        message = f"a comment is placed at {written!r}, which names no cell"
        yield Problem(at, "reference-unreadable", message)


def _linked(package: Package, links: dict[str, Link], sheet: str) -> Iterator[Part]:
    """Links out of the workbook that no cell shows, and the tables on the sheet."""
    for link in links.values():
        if link.external and link.kind != "hyperlink":
            yield Metadata(CellArea(1, 1, sheet), f"link ({link.kind})", link.target)
        root = parsed(package, link.target) if link.kind == "table" else None
        if root is not None:
            area = area_of(root.get("ref", ""), sheet) or CellArea(1, 1, sheet)
            yield Metadata(area, "table", root.get("displayName") or root.get("name", ""))


def _relation_id(element: etree._Element) -> str:
    for name, value in element.attrib.items():
        if local_name(name) == "id" and namespace_of(name) is not None:
            return str(value)
    return ""


WORKBOOK = Reader(
    name="workbook",
    version=7,
    media_types=(
        _OOXML + "sheet",
        _OOXML + "template",
        "application/vnd.ms-excel.sheet.macroenabled.12",
        "application/vnd.ms-excel.template.macroenabled.12",
    ),
    read=reading_unpacked(read_workbook),
    read_packed=read_workbook,
)
