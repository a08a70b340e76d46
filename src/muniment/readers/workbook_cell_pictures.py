"""Pictures that are the value of a cell, and float above none.

    WPS Office     =DISPIMG("ID_1F…",1) in the cell, the picture in xl/cellimages.xml by that name
    Excel          vm="3" on the cell: the third rich value, a number in a list of relationships

- A package without either costs nothing; in others the sheet is walked through once more.
- Source: [MS-XLSX] §2.3.9 (rich data), ECMA-376 Part 1, §18.9 (metadata of values).
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TypeVar

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from muniment.readers.ooxml_package import PACKAGE_TROUBLE, Link, Package
from muniment.readers.workbook_drawings import Anchored, embedded_ids, parsed
from muniment.readers.workbook_ranges import area_of
from muniment.readers.xml_names import local_name

_WPS = "xl/cellimages.xml"
_NAMED = re.compile(r'DISPIMG\(\s*"([^"]+)"', re.IGNORECASE)
_LOCAL_IMAGE = "_rvRel:LocalImageIdentifier"
_Kind = TypeVar("_Kind")
_RELATED = ("richValueRel", "rdRichValueRel")


class CellPictures(msgspec.Struct, frozen=True):
    """The parts of pictures by what a cell says of them: WPS's names, numbers of values."""

    named: Mapping[str, str]
    numbered: Mapping[int, str]  # from 1

    def on(self, package: Package, part: str, sheet: str) -> Iterator[Anchored]:
        """The pictures in the cells of a sheet, as far as its part can be read."""
        if len(self.named) + len(self.numbered) == 0:
            return
        try:
            with package.open(part) as stream:
                walk = etree.iterparse(stream, tag="{*}c", resolve_entities=False, no_network=True)
                for _, cell in walk:
                    target = self._of(cell)
                    at = area_of(cell.get("r", ""), sheet)
                    if target is not None and at is not None:
                        yield Anchored(target, at)
                    cell.clear()
        except (etree.XMLSyntaxError, *PACKAGE_TROUBLE):
            return  # said where the cells are read

    def _of(self, cell: etree._Element) -> str | None:
        number = cell.get("vm", "")
        if number.isdecimal() and (target := self.numbered.get(int(number[:9]))) is not None:
            return target
        named = _NAMED.search(cell.findtext("{*}f") or cell.findtext("{*}v") or "")
        return None if named is None else self.named.get(named[1])


def cell_pictures(package: Package, main: Mapping[str, Link]) -> CellPictures:
    """The pictures in cells of a workbook with these relationships.

    The parts that tell of them hold more, and are left to whoever gives what nobody has read.
    """
    return CellPictures(_by_name(package), _by_number(package, main))


def _by_name(package: Package) -> dict[str, str]:
    root = _seen(package, _WPS)
    links = {} if root is None else package.links(_WPS)
    found: dict[str, str] = {}
    for picture in () if root is None else root.iter("{*}pic"):
        named = picture.find(".//{*}cNvPr")
        target = _inside(links, next(embedded_ids(picture), ""))
        if named is not None and target is not None:
            found[named.get("name", "")] = target
    return found


def _by_number(package: Package, main: Mapping[str, Link]) -> dict[int, str]:
    """By the number of a cell's value metadata: through rich values to relationships."""
    part = partial(_part_of, package, main)
    related, metadata = part(*_RELATED), part("sheetMetadata")
    values, structures = part("rdRichValue"), part("rdRichValueStructure")
    if related == "" or not all((metadata, values, structures)):
        return {}
    links = package.links(related)
    targets = [_inside(links, _relation(rel)) for rel in _all(_seen(package, related), "rel")]
    keys = [
        [key.get("n", "") for key in _all(structure, "k")]
        for structure in _all(_seen(package, structures), "s")
    ]
    pictures = [_picture(value, keys, targets) for value in _all(_seen(package, values), "rv")]
    found: dict[int, str] = {}
    for number, value in enumerate(_values_of(_seen(package, metadata)), start=1):
        picture = _at(pictures, value)
        if picture is not None:
            found[number] = picture
    return found


def _part_of(package: Package, main: Mapping[str, Link], *kinds: str) -> str:
    """The part of the first relationship of one of these kinds that is there; else nothing."""
    targets = (link.target for link in main.values() if link.kind in kinds and not link.external)
    return next((target for target in targets if package.has(target)), "")


def _picture(value: etree._Element, keys: list[list[str]], targets: list[str | None]) -> str | None:
    """The part of the picture that a rich value is; None where it is something else."""
    named = _at(keys, value.get("s", "")) or []
    held = [each.text or "" for each in _all(value, "v")]
    if _LOCAL_IMAGE not in named:
        return None
    number = _at(held, str(named.index(_LOCAL_IMAGE)))
    return None if number is None else _at(targets, number)


def _values_of(metadata: etree._Element | None) -> Iterator[str]:
    """The number of the rich value behind each value metadata, in their order."""
    blocks = [] if metadata is None else metadata.findall("{*}futureMetadata")
    rich = [
        block
        for future in blocks
        if future.get("name") == "XLRICHVALUE"
        for block in future.findall("{*}bk")
    ]
    stated = None if metadata is None else metadata.find("{*}valueMetadata")
    for block in () if stated is None else stated.findall("{*}bk"):
        record = block.find("{*}rc")
        found = None if record is None else _at(rich, record.get("v", ""))
        held = None if found is None else found.find(".//{*}rvb")
        yield "" if held is None else held.get("i", "")


def _at(of: list[_Kind], number: str) -> _Kind | None:
    """What stands at a place that the file states; None where there is none."""
    place = int(number[:9]) if number.isascii() and number.isdecimal() else len(of)
    return of[place] if place < len(of) else None


def _all(root: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if root is None else list(root.iter("{*}" + name))


def _seen(package: Package, name: str) -> etree._Element | None:
    root = parsed(package, name)
    package.leave(name)
    return root


def _inside(links: Mapping[str, Link], identity: str) -> str | None:
    link = links.get(identity)
    return None if link is None or link.external else link.target


def _relation(element: etree._Element) -> str:
    return next((str(v) for k, v in element.attrib.items() if local_name(k) == "id"), "")
