"""What a worksheet says of ranges of its cells: merged, filtered, linked, restricted, protected.

- A range that cannot be read as one stands at the sheet's first cell, with what is written.

Source: ECMA-376 Part 1, §18.3.1.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree  # type: ignore[import-untyped]

from muniment.core import CellArea, Metadata, Part, Problem
from muniment.readers.xml_names import local_name, namespace_of

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_LARGEST_COLUMN = 16_384  # ECMA-376 Part 1, §18.3.1.4: XFD
_HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_NAMES = {"mergeCell": "merged", "autoFilter": "filtered"}
_MOST_RANGES = 10_000
RANGE_TAGS = (
    *(f"{{*}}{name}" for name in (*_HEADERS, *_NAMES)),
    "{*}hyperlink",
    "{*}dataValidation",
    "{*}sheetProtection",
    "{*}protectedRange",
)
OBJECT_TAGS = ("{*}oleObject", "{*}control")


def note_object(element: etree._Element, sheet: str, objects: dict[str, CellArea]) -> None:
    """Note where an embedded object or control stands, if it says so."""
    corners = [_corner(element, name) for name in ("from", "to")]
    if corners[0] is None or corners[1] is None:
        return
    (top, left), (bottom, right) = corners[0], corners[1]
    area = CellArea(top, left, sheet, max(top, bottom), max(left, right))
    for name, value in element.attrib.items():
        if local_name(name) == "id" and namespace_of(name) is not None:
            objects[value] = area


def _corner(element: etree._Element, name: str) -> tuple[int, int] | None:
    found = next(element.iter("{*}" + name), None)
    row, column = (
        "" if found is None else found.findtext("{*}" + part, "") for part in ("row", "col")
    )
    if not (row.isdecimal() and column.isdecimal()) or len(row) > 9 or len(column) > 9:  # noqa: PLR2004 - no sheet has more
        return None
    return int(row) + 1, int(column) + 1


def range_parts(
    sheet: str, targets: Mapping[str, str], kind: str, element: etree._Element
) -> Iterator[Part]:
    """What one element of a sheet says of its range."""
    if kind in _HEADERS:
        if element.text:
            yield Metadata(CellArea(1, 1, sheet), kind, element.text)
    elif kind == "hyperlink":
        yield from _link(sheet, targets, element)
    elif kind == "dataValidation":
        yield from _validation(sheet, element)
    elif kind in ("sheetProtection", "protectedRange"):
        stated = "; ".join(f"{key}={value}" for key, value in sorted(element.attrib.items()))
        yield Metadata(CellArea(1, 1, sheet), kind, stated)
    else:
        written = element.get("ref", "")
        area = area_of(written, sheet)
        if written != "":
            yield Metadata(area or CellArea(1, 1, sheet), _NAMES[kind], written)
        if area is None and written != "":
            message = f"a range is written {written[:60]!r}, which names no cells"
            yield Problem(CellArea(1, 1, sheet), "reference-unreadable", message)


def _link(sheet: str, targets: Mapping[str, str], element: etree._Element) -> Iterator[Part]:
    area = area_of(element.get("ref", ""), sheet) or CellArea(1, 1, sheet)
    target, location = "", element.get("location", "")
    for name, value in element.attrib.items():
        if local_name(name) == "id":
            target = targets.get(value, "")
    address = f"{target}#{location}" if location != "" else target
    if address != "":
        yield Metadata(area, "link (hyperlink)", address)
    tip = element.get("tooltip", "")
    if tip != "":
        yield Metadata(area, "link tip", tip)


def _validation(sheet: str, element: etree._Element) -> Iterator[Part]:
    """A list of allowed values and the messages shown; other rules are formulas of no content."""
    ranges = element.get("sqref", "")
    if ranges == "":
        ranges = next((found.text or "" for found in element.iter("{*}sqref")), "")
    areas = [area_of(written, sheet) for written in ranges.split()[:_MOST_RANGES]]
    found = [area for area in areas if area is not None] or [CellArea(1, 1, sheet)]
    stated = []
    if element.get("type") == "list":
        values = next(("".join(f.itertext()) for f in element.iter("{*}formula1")), "")
        stated.append(("allowed values", values))
    stated += [(name, element.get(name, "")) for name in ("promptTitle", "prompt", "error")]
    for name, written in stated:
        if written != "":
            for area in found:
                yield Metadata(area, name, written)


def column_number(letters: str) -> int:
    """A for 1, Z for 26, AA for 27; 0 for anything that is no column of a program."""
    if not (letters.isascii() and letters.isalpha()):
        return 0
    number = letters_number(letters)
    return number if number <= _LARGEST_COLUMN else 0


def letters_number(letters: str) -> int:
    """The same for any number of ASCII letters, also beyond the last column of any program."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def area_of(reference: str, sheet: str) -> CellArea | None:
    """The area that a reference such as B2:D5 names; None where it names none."""
    first, _, last = reference.partition(":")
    corners = [_REFERENCE.fullmatch(corner) for corner in (first, last or first)]
    if corners[0] is None or corners[1] is None:
        return None
    (left, top), (right, bottom) = (
        (column_number(corner[1]), int(corner[2])) for corner in corners if corner is not None
    )
    try:
        return CellArea(top, left, sheet, bottom, right)
    except ValueError:
        return None
