"""What floats above the cells of a sheet: pictures, text boxes, and comments.

- A picture is anchored to cells; its place is the area from its first to its last cell.
"""

from collections.abc import Iterator

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import CellArea, Part, Role, TextSpan
from muniment.readers.ooxml_package import PACKAGE_TROUBLE, Link, Package
from muniment.readers.workbook_ranges import area_of
from muniment.readers.workbook_strings import rich_text

_LARGEST_PART = 1 << 27
_ANCHORS = ("{*}twoCellAnchor", "{*}oneCellAnchor")
_R_EMBED = "embed"
_GRAPHICS = ("chart", "diagramData")
_DRAWN_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"


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


def comments_of(package: Package, part: str) -> dict[tuple[int, int], str]:
    """The comments on the cells of a sheet, old and threaded, by row and column."""
    found: dict[tuple[int, int], str] = {}
    for link in package.links(part).values():
        if link.kind not in ("comments", "threadedComment") or link.external:
            continue
        root = parsed(package, link.target)
        if root is None:
            continue
        for element in root.iter("{*}comment", "{*}threadedComment"):
            area = area_of(element.get("ref", ""), "")
            if area is not None:
                text = _comment_text(element)
                before = found.get((area.row, area.column))
                found[area.row, area.column] = text if before is None else f"{before}\n{text}"
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
            at = _area(anchor, sheet)
            if at is None:
                continue
            for identity in _embedded_ids(anchor):
                if identity in inner and not inner[identity].external:
                    pictures.append(Anchored(inner[identity].target, at))  # noqa: PERF401
            boxes.extend(_box(anchor, at))
            boxes.extend(_graphics(package, anchor, inner, at))
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
    if not (row.isdecimal() and column.isdecimal()):
        return None
    return int(row) + 1, int(column) + 1


def _embedded_ids(anchor: etree._Element) -> Iterator[str]:
    for blip in anchor.iter("{*}blip"):
        for name, value in blip.attrib.items():
            if etree.QName(name).localname == _R_EMBED:
                yield str(value)


def _graphics(
    package: Package, anchor: etree._Element, inner: dict[str, Link], at: CellArea
) -> Iterator[Part]:
    """The labels of charts and diagrams that the anchor shows."""
    shown = {value for element in anchor.iter() for value in element.attrib.values()}
    for identity, link in inner.items():
        root = parsed(package, link.target) if link.kind in _GRAPHICS else None
        if root is not None and identity in shown:
            labels = [label.text for label in root.iter(_DRAWN_TEXT)]
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
