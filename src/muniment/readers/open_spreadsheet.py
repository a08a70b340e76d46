"""OpenDocument spreadsheets (ods, ots, sxc, fods): every cell, and what stands behind the cells.

    content.xml ── styles, then table by table: columns, rows, cells   (fods: all in one file)
    styles.xml  ── formats, headers and footers;  meta.xml ── properties

- Sheets come in the order of the file, hidden ones too. Cells that the file writes once for many
  (repeated) stand at each of their places, up to a bound; beyond it the range is stated.
- `written` is the stored value; `shown` what the file itself says that it displays.

Source: OASIS OpenDocument 1.3, part 3, §9, §16 and §19.
"""

from collections.abc import Iterator
from typing import IO

from lxml import etree  # type: ignore[import-untyped]

from muniment.core import (
    Cell,
    Element,
    Field,
    Metadata,
    Part,
    Place,
    Problem,
    Role,
    TextSpan,
    Whole,
)
from muniment.readers.embedded_files import embedded
from muniment.readers.ooxml_package import PACKAGE_TROUBLE, Package, children
from muniment.readers.open_cells import Hung, Table
from muniment.readers.open_package import OpenPackage
from muniment.readers.open_styles import Styles
from muniment.readers.open_text import attribute, text_of
from muniment.readers.reader import Context, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.sheet_names import SheetNames
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.workbook_drawings import parsed
from muniment.readers.xml_names import local_name, path_of

_ODF = "application/vnd.oasis.opendocument.spreadsheet"
_FLAT = _ODF + "-flat-xml"
_FLAT_MARK = b"opendocument.spreadsheet"
_CHILD_FOLDERS = ("pictures/", "basic/", "scripts/", "thumbnails/", "objectreplacements/")
_WALKED = ("table", "table-row", "table-column", "automatic-styles", "tracked-changes")
_STATED = ("named-range", "named-expression", "content-validation", "database-range", "dde-source")


def read_open_spreadsheet(source: Source, context: Context) -> Iterator[Part]:
    """The cells, comments, boxes, pictures and properties of a spreadsheet."""
    package = OpenPackage(source, context.keys)
    yield from package.trouble()
    if not package.has("content.xml"):
        raise UnreadableError("its content is missing")
    yield from _meta(parsed(package, "meta.xml"))
    styles = Styles()
    root = parsed(package, "styles.xml")
    if root is not None:
        styles.read(root)
        yield from _headers("styles.xml", root)
    hung = Hung({}, [])
    walk = _Walk("content.xml", styles, context.limits.cells, hung)
    try:
        with package.open("content.xml") as stream:
            yield from walk.parts(stream)
    except (etree.XMLSyntaxError, *PACKAGE_TROUBLE) as why:
        yield Problem(Whole(), "part-damaged", f"content.xml breaks off ({said_of(why)})")
    yield from _objects(package, hung.places)
    files = frozenset(name.lower() for name in package.names if _is_file(name))
    places = {name.lower(): at for name, at in hung.places.items()}
    yield from children(package, context, places, files)


def read_flat_spreadsheet(source: Source, context: Context) -> Iterator[Part]:
    """The same for a spreadsheet written as one XML file."""
    hung = Hung({}, [])
    walk = _Walk("", Styles(), context.limits.cells, hung)
    try:
        yield from walk.parts(source.stream())
    except etree.XMLSyntaxError as why:
        yield from embedded(hung.files, context)
        raise UnreadableError("its XML breaks off") from why
    yield from embedded(hung.files, context)


def _is_file(name: str) -> bool:
    lower = name.lower()
    return lower.startswith(_CHILD_FOLDERS) and not lower.endswith(("-lc.xml", "-lb.xml"))


def _meta(root: etree._Element | None) -> Iterator[Part]:
    seen: dict[str, int] = {}
    for element in root.iter() if root is not None else ():
        if not isinstance(element.tag, str):
            continue
        name = attribute(element, "name") or local_name(element)
        stated = [(name, (element.text or "").strip())] if len(element) == 0 else []
        if local_name(element) == "document-statistic":
            stated = [(local_name(key), value) for key, value in element.attrib.items()]
        for key, written in stated:
            if written != "":
                seen[key] = seen.get(key, 0) + 1
                yield Metadata(Field(key, seen[key]), key, written)


def _headers(member: str, root: etree._Element) -> Iterator[Part]:
    roles = {"header": Role.HEADER, "footer": Role.FOOTER}
    for element in root.iter(
        "{*}header", "{*}footer", "{*}header-left", "{*}footer-left", "{*}header-first"
    ):
        text = "\n".join(text_of(p) for p in element.iter("{*}p")).strip()
        if text not in ("", "???"):
            role = roles[local_name(element).partition("-")[0]]
            yield TextSpan(Element(member, path_of(element)), text, role)


def _objects(package: Package, places: dict[str, tuple[Place, ...]]) -> Iterator[Part]:
    """The text of charts and other objects, where they are shown."""
    for name in package.names:
        folder, _, rest = name.rpartition("/")
        if rest != "content.xml" or folder == "":
            continue
        root = parsed(package, name)
        lines = [text_of(p) for p in root.iter("{*}p")] if root is not None else []
        text = "\n".join(line for line in lines if line.strip() != "")
        for at in places.get(folder, (Element(name, (1,)),)):
            if text != "":
                yield TextSpan(at, text, Role.BOX)


class _Walk:
    """A walk through the content, table by table."""

    def __init__(self, member: str, styles: Styles, most_cells: int, hung: Hung) -> None:
        self._member = member
        self._styles = styles
        self._most_cells = most_cells
        self._hung = hung
        self._names = SheetNames()
        self._tables: list[Table | None] = []  # None for one inside a cell, read with it
        self._cells = 0
        self._stated = 0

    def parts(self, stream: IO[bytes]) -> Iterator[Part]:
        """What the content holds.

        Raises:
            etree.XMLSyntaxError: it is not well-formed from here on.
        """
        tags = tuple(
            f"{{*}}{name}" for name in (*_WALKED, *_STATED, "shapes", "master-styles", "meta")
        )
        walker = etree.iterparse(
            stream,
            events=("start", "end"),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            huge_tree=True,
        )
        for event, element in walker:
            name = local_name(element)
            if event == "start":
                if name == "table":
                    yield from self._begin(element)
                continue
            for part in self._end(name, element):
                self._cells += isinstance(part, Cell)
                if self._cells > self._most_cells:
                    raise RefusedError(f"has more than {self._most_cells} cells")
                yield part

    def _begin(self, element: etree._Element) -> Iterator[Part]:
        if len(self._tables) > 0:
            self._tables.append(None)
            return
        name = attribute(element, "name")
        cited = self._names.cited_as(name)
        table = Table(element, cited, self._styles, self._hung)
        self._tables.append(table)
        yield from table.stated()
        yield from self._names.trouble(name, cited)

    def _end(self, name: str, element: etree._Element) -> Iterator[Part]:
        if name == "automatic-styles":
            self._styles.read(element)
        elif name == "master-styles":
            yield from _headers(self._member, element)
        elif name == "meta" and self._member == "":
            yield from _meta(element)
        elif name == "tracked-changes":
            yield from self._deleted(element)
        elif name in _STATED:
            yield from self._named(name, element)
        elif len(self._tables) > 0:
            yield from self._in_table(name, element)

    def _in_table(self, name: str, element: etree._Element) -> Iterator[Part]:
        table = self._tables[-1]
        if name == "table":
            self._tables.pop()
        if table is None:
            return
        if name == "table":
            element.clear()  # empty, it still counts among its siblings
        elif name == "table-column":
            table.column(element)
        elif name == "table-row":
            yield from table.row(element)
            element.clear()  # empty, it still counts among its siblings
        elif name == "shapes":
            yield from table.shapes(element)
            element.clear()

    def _named(self, name: str, element: etree._Element) -> Iterator[Part]:
        self._stated += 1
        written = "; ".join(f"{local_name(k)}={v}" for k, v in element.attrib.items())
        yield Metadata(Field(name, self._stated), name, written)

    def _deleted(self, changes: etree._Element) -> Iterator[Part]:
        """What tracked changes took out, and who did it when."""
        for paragraph in changes.iter("{*}p"):
            text = text_of(paragraph)
            if text != "":
                at = Element(self._member, path_of(paragraph))
                yield TextSpan(at, text, Role.DELETED, hidden=True)
        for info in changes.iter("{*}change-info"):
            said = [child.text or "" for child in info if isinstance(child.tag, str)]
            written = " ".join(filter(None, said))
            yield Metadata(Element(self._member, path_of(info)), "changed by", written)


OPEN_SPREADSHEET = Reader(
    name="open-spreadsheet",
    version=3,
    media_types=(
        _ODF,
        _ODF + "-template",
        "application/vnd.sun.xml.calc",
        "application/vnd.sun.xml.calc.template",
    ),
    read=read_open_spreadsheet,
)
FLAT_SPREADSHEET = Reader(
    name="flat-spreadsheet",
    version=3,
    media_types=(_FLAT,),
    read=read_flat_spreadsheet,
    recognises=lambda head: _FLAT_MARK in head[:8192] and b"<office:document" in head[:4096],
    begins=rb"[^<]{0,4096}<",
)
