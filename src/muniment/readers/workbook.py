"""Office Open XML workbooks (xlsx, xlsm): every cell, and what hides behind and around the cells.

- Sheets come in the order of the workbook, hidden and very hidden ones too, marked as such.
- A sheet that breaks off gives the rows before the break and a Problem.
- Defined names, properties and links out of the workbook are stated, never followed.

Source: ECMA-376 Part 1, §18.
"""

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Cell, CellArea, Field, Metadata, Part, Place, Problem, Tally, Whole
from muniment.readers.number_formats import Formats
from muniment.readers.ooxml_package import PACKAGE_TROUBLE, Link, Package, children, properties
from muniment.readers.packed_cells import cells_of, reading_unpacked
from muniment.readers.reader import Context, PackedCells, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.workbook_drawings import anchored, comments_of, parsed
from muniment.readers.workbook_sheet import Sheet, read_sheet
from muniment.readers.workbook_strings import shared_strings
from muniment.readers.workbook_styles import read_formats

_HIDDEN = ("hidden", "veryHidden")
_OOXML = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def read_workbook(source: Source, context: Context) -> Iterator[Part | PackedCells]:
    """The cells, comments, boxes, pictures and properties of a workbook."""
    package = Package(source)
    main = _main_part(package)
    root = parsed(package, main)
    if root is None:
        raise UnreadableError("its workbook part is missing or damaged")
    links = package.links(main)
    yield from properties(package)
    yield from _names(root)
    sheets = list(root.iter("{*}sheet"))
    yield Tally(Whole(), "sheets", len(sheets))
    strings, trouble = _strings(package, links)
    yield from trouble
    shared = _Shared(package, root, links, strings)
    places: defaultdict[str, tuple[Place, ...]] = defaultdict(tuple)
    cells = 0
    for element in sheets:
        for part in shared.sheet(element, places):
            if isinstance(part, PackedCells):
                room = context.limits.cells - cells
                cells += part.count
                if cells > context.limits.cells:
                    yield from cells_of(part)[:room]
            else:
                cells += isinstance(part, Cell)
            if cells > context.limits.cells:
                raise RefusedError(f"has more than {context.limits.cells} cells")
            yield part
    yield from children(package, context, places)
    yield from package.problems()


def _main_part(package: Package) -> str:
    for link in package.links("").values():
        if link.kind == "officeDocument" and not link.external:
            return link.target
    return "xl/workbook.xml"


def _names(root: etree._Element) -> Iterator[Part]:
    for number, element in enumerate(root.iter("{*}definedName"), start=1):
        hidden = " (hidden)" if element.get("hidden") in ("1", "true") else ""
        written = f"{element.get('name', '')}{hidden} = {element.text or ''}"
        yield Metadata(Field("defined name", number), "defined name", written)


def _strings(package: Package, links: dict[str, Link]) -> tuple[tuple[str, ...], list[Problem]]:
    names = [link.target for link in links.values() if link.kind == "sharedStrings"]
    found: list[str] = []
    for name in names:
        if not package.has(name):
            return (), [Problem(Whole(), "part-missing", f"{name} is not in the package")]
        try:
            with package.open(name) as stream:
                found.extend(shared_strings(stream))
        except (etree.XMLSyntaxError, *PACKAGE_TROUBLE) as why:
            message = f"{name} breaks off after {len(found)} strings ({type(why).__name__})"
            return tuple(found), [Problem(Whole(), "part-damaged", message)]
    return tuple(found), []


class _Shared:
    """What all sheets of a workbook share."""

    def __init__(
        self,
        package: Package,
        root: etree._Element,
        links: dict[str, Link],
        strings: tuple[str, ...],
    ) -> None:
        self._package = package
        self._links = links
        self._strings = strings
        self._formats = self._read_formats()
        self._from_1904 = any(
            element.get("date1904") in ("1", "true") for element in root.iter("{*}workbookPr")
        )

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
        name, state = element.get("name", ""), element.get("state", "visible")
        at = CellArea(1, 1, name)
        yield Metadata(at, "sheet", f"{name} ({state})")
        link = self._links.get(_relation_id(element))
        if link is None or not self._package.has(link.target):
            yield Problem(at, "part-missing", "the sheet's part is not in the package")
            return
        pictures, boxes = anchored(self._package, link.target, name)
        for picture in pictures:
            places[picture.name.lower()] += (picture.at,)
        comments = comments_of(self._package, link.target)
        hidden = state in _HIDDEN
        sheet = Sheet(name, hidden, self._strings, self._formats, self._from_1904, comments)
        try:
            with self._package.open(link.target) as stream:
                yield from read_sheet(stream, sheet)
        except (etree.XMLSyntaxError, *PACKAGE_TROUBLE) as why:
            yield Problem(at, "part-damaged", f"the sheet breaks off ({type(why).__name__})")
        yield from boxes
        yield from _external(self._package, link.target, name)


def _relation_id(element: etree._Element) -> str:
    for name, value in element.attrib.items():
        if etree.QName(name).localname == "id" and etree.QName(name).namespace is not None:
            return str(value)
    return ""


def _external(package: Package, part: str, sheet: str) -> Iterator[Part]:
    for link in package.links(part).values():
        if link.external:
            yield Metadata(CellArea(1, 1, sheet), f"link ({link.kind})", link.target)


WORKBOOK = Reader(
    name="workbook",
    version=2,
    media_types=(
        _OOXML + "sheet",
        _OOXML + "template",
        "application/vnd.ms-excel.sheet.macroenabled.12",
        "application/vnd.ms-excel.template.macroenabled.12",
    ),
    read=reading_unpacked(read_workbook),
    read_packed=read_workbook,
)
