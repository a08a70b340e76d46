"""What a workbook's package holds besides sheets: kept values, connections, people, settings.

- Values kept of a pivot table's source or of a linked workbook may stand on no sheet any more; each
  record is hidden text at its element of the package, fields parted by tabs.
- Connections, links, protection and the folder it was saved in are stated as written.

Source: ECMA-376 Part 1, §18.10 (pivot tables), §18.13 (connections), §18.14 (external links);
[MS-XLSX] §2.6.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Element, Field, Metadata, Part, Problem, Role, TextSpan, Whole
from muniment.readers.ooxml_package import PACKAGE_TROUBLE, Package, elements
from muniment.readers.said_of_errors import said_of
from muniment.readers.workbook_drawings import parsed
from muniment.readers.xml_names import local_name, path_of

_SETTINGS = ("absPath", "fileSharing", "workbookProtection", "fileVersion", "fileRecoveryPr")
_MOST_RECORDS = 5_000_000
_MOST_ITEMS = 1_000_000
_LONGEST = 1 << 16


def settings(root: etree._Element) -> Iterator[Part]:
    """Who reserved or protected the workbook, and the folder in which it was last saved."""
    for name in _SETTINGS:
        for number, element in enumerate(root.iter("{*}" + name), start=1):
            stated = element.get("url") or _attributes(element)
            if stated != "":
                yield Metadata(Field(name, number), name, stated)


def _attributes(element: etree._Element) -> str:
    return "; ".join(f"{local_name(key)}={value}" for key, value in sorted(element.attrib.items()))


def around(package: Package, persons: Sequence[str]) -> Iterator[Part]:
    """Everything around the sheets, part by part in the order of the package."""
    for number, person in enumerate(persons, start=1):
        yield Metadata(Field("person", number), "person", person)
    for name in package.names:
        lower = name.lower()
        if "/pivotcache/pivotcachedefinition" in lower and lower.endswith(".xml"):
            yield from _pivot(package, name)
        elif "/externallinks/externallink" in lower and lower.endswith(".xml"):
            yield from _external(package, name)
        elif lower.endswith("xl/connections.xml"):
            yield from _connections(package, name)


def _connections(package: Package, name: str) -> Iterator[Part]:
    root = parsed(package, name)
    for number, element in enumerate(root.iter("{*}connection") if root is not None else (), 1):
        inner = [_attributes(child) for child in element if isinstance(child.tag, str)]
        stated = "; ".join(filter(None, [_attributes(element), *inner]))
        yield Metadata(Field("connection", number), "connection", stated)


def _external(package: Package, name: str) -> Iterator[Part]:
    """Where a link leads, the linked sheets, and the values kept of them row by row."""
    links = package.links(name).values()
    for link in links:
        at = Element(name, (1,))
        yield Metadata(at, f"link ({link.kind})", link.target)
    root = parsed(package, name)
    if root is None:
        return
    for book_number, book in enumerate(root, start=1):
        if not isinstance(book.tag, str):
            continue
        path = (1, book_number)
        stated = _attributes(book)
        if stated != "":
            yield Metadata(Element(name, path), local_name(book), stated)
        for names in book.iter("{*}sheetName"):
            yield Metadata(Element(name, path), "linked sheet", names.get("val", ""))
        yield from _kept_rows(name, book)


def _kept_rows(name: str, book: etree._Element) -> Iterator[Part]:
    for row in chain(book.iter("{*}row"), book.iter("{*}values")):
        values = [value.text or "" for value in chain(row.iter("{*}v"), row.iter("{*}val"))]
        text = "\t".join(values)[:_LONGEST]
        if text.strip() != "":
            yield TextSpan(Element(name, path_of(row)), text, Role.BODY, hidden=True)


def _pivot(package: Package, name: str) -> Iterator[Part]:
    root = parsed(package, name)
    if root is None:
        yield Problem(Whole(), "part-damaged", f"{name} cannot be read")
        return
    source = next(root.iter("{*}worksheetSource"), None)
    if source is not None:
        yield Metadata(Element(name, (1,)), "pivot source", _attributes(source))
    refreshed = root.get("refreshedBy", "")
    if refreshed != "":
        yield Metadata(Element(name, (1,)), "refreshed by", refreshed)
    fields = list(root.iter("{*}cacheField"))
    items = [_shared_items(field) for field in fields]
    for field, shared in zip(fields, items, strict=True):
        text = "\t".join([field.get("name", ""), *filter(None, shared)])
        if text.strip() != "":
            yield TextSpan(Element(name, path_of(field)), text, Role.BODY, hidden=True)
    for link in package.links(name).values():
        if link.kind == "pivotCacheRecords" and package.has(link.target):
            yield from _records(package, link.target, items)


def _shared_items(field: etree._Element) -> list[str]:
    found = next(field.iter("{*}sharedItems"), None)
    if found is None:
        return []
    return [item.get("v", "") for item in found if isinstance(item.tag, str)][:_MOST_ITEMS]


def _records(package: Package, name: str, items: list[list[str]]) -> Iterator[Part]:
    number = 0
    try:
        for element in elements(package.open(name)):
            if not isinstance(element.tag, str) or not element.tag.endswith("}r"):
                continue
            number += 1
            values = [_value(child, at, items) for at, child in enumerate(element)]
            text = "\t".join(values)[:_LONGEST]
            if text.strip() != "":
                yield TextSpan(Element(name, (1, number)), text, Role.BODY, hidden=True)
            element.clear()
            if number >= _MOST_RECORDS:
                yield Problem(Whole(), "too-many-records", f"{name} has more records")
                return
    except PACKAGE_TROUBLE as why:
        message = f"{name} breaks off after {number} records ({said_of(why)})"
        yield Problem(Whole(), "part-damaged", message)


def _value(element: etree._Element, at: int, items: list[list[str]]) -> str:
    written: str = element.get("v", "")
    if not isinstance(element.tag, str) or not element.tag.endswith("}x"):
        return written
    index = int(written) if written.isdecimal() and len(written) < 10 else -1  # noqa: PLR2004 - u32
    known = items[at] if at < len(items) else []
    return known[index] if 0 <= index < len(known) else ""
