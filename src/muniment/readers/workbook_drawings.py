"""What floats above the cells of a sheet: pictures, text boxes, and comments.

- A picture is anchored to cells; its place is the area from its first to its last cell.
"""

from collections.abc import Iterator, Mapping

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import CellArea, Metadata, Part, Role, TextSpan
from muniment.readers.ooxml_package import PACKAGE_TROUBLE, Link, Package
from muniment.readers.word_part import ALTERNATIVES
from muniment.readers.workbook_ranges import area_of
from muniment.readers.workbook_strings import rich_text
from muniment.readers.xml_names import local_name

_LARGEST_PART = 1 << 27
_ANCHORS = ("{*}twoCellAnchor", "{*}oneCellAnchor", "{*}absoluteAnchor")
_R_EMBED = "embed"
_GRAPHICS = ("chart", "chartEx", "diagramData")
# Labels, and the values that a chart keeps of the cells it draws.
_DRAWN = ("{*}t", "{*}v", "{*}pt")


class Anchored(msgspec.Struct, frozen=True):
    """A part of the package shown at an area of a sheet."""

    name: str
    at: CellArea


def parsed(package: Package, name: str) -> etree._Element | None:
    """The root of a small part; None where it is not there, too large or not well-formed."""
    if not package.has(name) or package.size(name) > _LARGEST_PART:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        with package.open(name) as stream:
            return etree.parse(stream, parser).getroot()
    except (*PACKAGE_TROUBLE, etree.XMLSyntaxError):
        return None


class Comments(msgspec.Struct):
    """The comments on a sheet's cells by row and column, and who wrote them, in their order."""

    texts: dict[tuple[int, int], str] = {}
    authors: list[tuple[int, int, str]] = []
    unplaced: list[tuple[str, str]] = []  # a reference that names no cell, and the comment


def comments_of(package: Package, part: str, persons: Mapping[str, str]) -> Comments:
    """The comments on the cells of a sheet, old and threaded; `persons` by their ids."""
    found = Comments({}, [], [])
    for link in package.links(part).values():
        if link.kind not in ("comments", "threadedComment") or link.external:
            continue
        root = parsed(package, link.target)
        if root is None:
            continue
        authors = [author.text or "" for author in root.iter("{*}author")]
        for element in root.iter("{*}comment", "{*}threadedComment"):
            area = area_of(element.get("ref", ""), "")
            text = _comment_text(element)
            if area is None:
                found.unplaced.append((element.get("ref", ""), text))
            else:
                before = found.texts.get((area.row, area.column))
                whole = text if before is None else f"{before}\n{text}"
                found.texts[area.row, area.column] = whole
                author = _author(element, authors, persons)
                if author.strip() != "":
                    found.authors.append((area.row, area.column, author))
    return found


def _author(element: etree._Element, authors: list[str], persons: Mapping[str, str]) -> str:
    person = element.get("personId")
    if person is not None:
        return persons.get(person, "")
    number = element.get("authorId", "")
    index = int(number) if number.isdecimal() and len(number) < 10 else -1  # noqa: PLR2004 - u32
    return authors[index] if 0 <= index < len(authors) else ""


def persons_of(package: Package, main: str) -> dict[str, str]:
    """The people that threaded comments name, by their ids."""
    found: dict[str, str] = {}
    for link in package.links(main).values():
        root = parsed(package, link.target) if link.kind == "person" else None
        for element in root.iter("{*}person") if root is not None else ():
            name, user = element.get("displayName", ""), element.get("userId", "")
            found[element.get("id", "")] = name if user in ("", name) else f"{name} ({user})"
    return found


def _comment_text(element: etree._Element) -> str:
    threaded = element.find("{*}text")
    if threaded is not None and len(threaded) == 0:
        return threaded.text or ""
    return rich_text(element)


def anchored(package: Package, part: str, sheet: str) -> tuple[list[Anchored], list[Part]]:
    """The pictures anchored on a sheet, and the text of its boxes."""
    pictures: list[Anchored] = []
    boxes: list[Part] = []
    for link in package.links(part).values():
        root = parsed(package, link.target) if link.kind == "drawing" else None
        if root is None:
            continue
        inner = package.links(link.target)
        for anchor in root.iter(*_ANCHORS):
            at = _area(anchor, sheet) or CellArea(1, 1, sheet)
            for identity in embedded_ids(anchor):
                if identity in inner and not inner[identity].external:
                    pictures.append(Anchored(inner[identity].target, at))  # noqa: PERF401
            boxes.extend(_box(anchor, at))
            boxes.extend(_described(anchor, at))
            boxes.extend(_graphics(package, anchor, inner, at))
            boxes.extend(_links(anchor, inner, at))
    return pictures, boxes


def _area(anchor: etree._Element, sheet: str) -> CellArea | None:
    corners = [_corner(anchor.find("{*}" + name)) for name in ("from", "to")]
    first, last = corners[0], corners[1] or corners[0]
    if first is None or last is None:
        return None
    last_row, last_column = max(first[0], last[0]), max(first[1], last[1])
    return CellArea(first[0], first[1], sheet, last_row, last_column)


def _corner(element: etree._Element | None) -> tuple[int, int] | None:
    if element is None:
        return None
    row, column = element.findtext("{*}row", ""), element.findtext("{*}col", "")
    if not (row.isdecimal() and column.isdecimal()) or len(row) > 9 or len(column) > 9:  # noqa: PLR2004 - no sheet has more
        return None
    return int(row) + 1, int(column) + 1


def embedded_ids(anchor: etree._Element) -> Iterator[str]:
    """The relationships of the pictures that are shown in an element."""
    for blip in anchor.iter("{*}blip"):
        for name, value in blip.attrib.items():
            if local_name(name) == _R_EMBED:
                yield str(value)


def _links(anchor: etree._Element, inner: dict[str, Link], at: CellArea) -> Iterator[Part]:
    for click in anchor.iter("{*}hlinkClick"):
        for name, value in click.attrib.items():
            if local_name(name) == "id" and value in inner:
                yield Metadata(at, "link (hyperlink)", inner[value].target)


def _graphics(
    package: Package, anchor: etree._Element, inner: dict[str, Link], at: CellArea
) -> Iterator[Part]:
    """The labels of charts and diagrams that the anchor shows."""
    shown = {value for element in anchor.iter() for value in element.attrib.values()}
    for identity, link in inner.items():
        root = parsed(package, link.target) if link.kind in _GRAPHICS else None
        if root is not None and identity in shown:
            labels = [label.text for label in root.iter(*_DRAWN)]
            text = "\n".join(label for label in labels if label)
            if text.strip() != "":
                yield TextSpan(at, text, Role.BOX)


def _box(anchor: etree._Element, at: CellArea) -> Iterator[Part]:
    paragraphs = [
        "".join(run.text or "" for run in paragraph.iter("{*}t"))
        for body in anchor.iter("{*}txBody")
        for paragraph in body.iter("{*}p")
    ]
    text = "\n".join(paragraphs).strip()
    if text != "":
        yield TextSpan(at, text, Role.BOX)


def _described(anchor: etree._Element, at: CellArea) -> Iterator[Part]:
    """What was written about a picture or shape for those who do not see it."""
    for shape in anchor.iter("{*}cNvPr"):
        for attribute, called in ALTERNATIVES:
            written = shape.get(attribute, "")
            if written.strip() != "":
                yield Metadata(at, called, written)


def old_boxes(package: Package, part: str, sheet: str) -> Iterator[Part]:
    """The text of boxes and controls drawn in VML, comments excepted."""
    for link in package.links(part).values():
        root = parsed(package, link.target) if link.kind == "vmlDrawing" else None
        for shape in root.iter("{*}shape") if root is not None else ():
            client = shape.find("{*}ClientData")
            if client is None or client.get("ObjectType") == "Note":
                continue
            text = "\n".join(
                "".join(box.itertext()).strip() for box in shape.iter("{*}textbox")
            ).strip()
            if text != "":
                yield TextSpan(_old_anchor(client, sheet), text, Role.BOX)


def _old_anchor(client: etree._Element, sheet: str) -> CellArea:
    """The cells between which a shape is drawn; its anchor is left, offset, top, offset, …."""
    written = [number.strip() for number in client.findtext("{*}Anchor", "").split(",")]
    if len(written) != 8 or not all(n.isdecimal() and len(n) < 9 for n in written):  # noqa: PLR2004 - [MS-OI29500] §4.5.1
        return CellArea(1, 1, sheet)
    left, _, top, _, right, _, bottom, _ = (int(number) for number in written)
    return CellArea(top + 1, left + 1, sheet, max(top, bottom) + 1, max(left, right) + 1)
