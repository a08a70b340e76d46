"""One worksheet: its cells row by row, as the file holds them.

- A cell's row and column are those the file states; where it states none, they follow on.
- `written` is the stored value, for a formula the cached one; a number in the shortest spelling
  that keeps its value; a date as its serial, with the date in `shown`.
- A cell of a shared formula other than the first says which (`shared formula 3`); the text of the
  formula stands at the range as Metadata. Merged ranges are Metadata at the range too.
- Hidden means that the row, the column or the sheet is hidden.
"""

import re
from collections.abc import Iterator
from typing import IO

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Cell, CellArea, CellKind, Metadata, Part, Problem
from muniment.readers.number_formats import Formats, shown_date
from muniment.readers.workbook_strings import rich_text, unescaped

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_LARGEST_COLUMN = 16_384  # ECMA-376 Part 1, §18.3.1.4: XFD
_SHEET_TAGS = ("{*}row", "{*}col", "{*}mergeCell", "{*}oddHeader", "{*}oddFooter", "{*}autoFilter")


class Sheet(msgspec.Struct, frozen=True):
    """What is known about a sheet before its cells are read."""

    name: str
    hidden: bool
    strings: tuple[str, ...]
    formats: Formats
    from_1904: bool
    comments: dict[tuple[int, int], str]


def read_sheet(stream: IO[bytes], sheet: Sheet) -> Iterator[Part]:
    """The cells and ranges of a sheet.

    Raises:
        etree.XMLSyntaxError: the part is not well-formed from here on.
    """
    walker = etree.iterparse(
        stream, events=("end",), tag=_SHEET_TAGS, resolve_entities=False, no_network=True
    )
    reader = _Rows(sheet)
    for _, element in walker:
        match etree.QName(element).localname:
            case "row":
                yield from reader.cells_of(element)
            case "col":
                reader.hide_columns(element)
            case kind:
                yield from _range(sheet.name, kind, element)
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
    yield from reader.comments_alone()


def _range(sheet: str, kind: str, element: etree._Element) -> Iterator[Part]:
    if kind in ("oddHeader", "oddFooter"):
        if element.text:
            yield Metadata(CellArea(1, 1, sheet), kind, element.text)
        return
    area = area_of(element.get("ref", ""), sheet)
    if area is not None:
        name = "merged" if kind == "mergeCell" else "filtered"
        yield Metadata(area, name, element.get("ref", ""))


class _Rows:
    """The state of a walk through the rows of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._row = 0
        self._hidden_columns: set[int] = set()
        self._comments = dict(sheet.comments)
        self._columns: dict[str, int] = {}
        self._misplaced = 0

    def hide_columns(self, element: etree._Element) -> None:
        first, last = element.get("min", ""), element.get("max", "")
        if element.get("hidden") in ("1", "true") and first.isdecimal() and last.isdecimal():
            self._hidden_columns.update(range(int(first), min(int(last), _LARGEST_COLUMN) + 1))

    def cells_of(self, row: etree._Element) -> Iterator[Part]:
        stated = row.get("r", "")
        self._row = int(stated) if stated.isdecimal() and int(stated) > 0 else self._row + 1
        hidden = self._sheet.hidden or row.get("hidden") in ("1", "true")
        column = 0
        for cell in row:
            if not isinstance(cell.tag, str) or not cell.tag.endswith("}c"):
                continue
            column = self._column_of(cell.get("r"), column + 1)
            yield from self._cell(cell, column, hidden=hidden or column in self._hidden_columns)

    def _column_of(self, reference: str | None, following: int) -> int:
        """The column that a reference such as BC12 names; the next one where it names none."""
        letters = "" if reference is None else reference.rstrip("0123456789")
        found = self._columns.get(letters)
        if found is None:
            found = column_number(letters)
            self._columns[letters] = found
        return found if found > 0 else following

    def _cell(self, cell: etree._Element, column: int, *, hidden: bool) -> Iterator[Part]:
        value = formula = None
        area = CellArea(self._row, column, self._sheet.name)
        for child in cell:
            tag = child.tag
            if tag.endswith("}v"):
                value = child.text
            elif tag.endswith("}is"):
                value = rich_text(child)
            elif tag.endswith("}f"):
                formula = _formula(child)
                yield from self._shared(child)
        comment = self._comments.pop((self._row, column), None)
        if value is None and formula is None and comment is None:
            return
        style = cell.get("s", "0")
        kind, written, trouble = self._value(cell.get("t", "n"), value, style)
        if trouble is not None:
            yield Problem(area, *trouble)
        code = self._format(style)
        shown = None
        if kind is CellKind.DATE:
            shown = shown_date(written, code, from_1904=self._sheet.from_1904)
        yield Cell(area, kind, written, shown, formula, code, hidden, comment)

    def _shared(self, formula: etree._Element) -> Iterator[Part]:
        area = area_of(formula.get("ref", ""), self._sheet.name)
        if area is not None and formula.text:
            kind = f"{formula.get('t', 'normal')} formula {formula.get('si', '')}".strip()
            yield Metadata(area, kind, formula.text)

    def _value(
        self, stored_as: str, value: str | None, style: str
    ) -> tuple[CellKind, str, tuple[str, str] | None]:
        if value is None:
            return CellKind.BLANK, "", None
        match stored_as:
            case "s":
                return self._string(value)
            case "str" | "inlineStr":
                text = unescaped(value) if stored_as == "str" else value
                return CellKind.TEXT, text, None
            case "b":
                return CellKind.BOOLEAN, value, None
            case "e":
                return CellKind.ERROR, value, None
            case "d":
                return CellKind.DATE, value, None
            case _:
                number = shortest(value)
                kind = CellKind.DATE if self._is_date(style) else CellKind.NUMBER
                if number is None:
                    return CellKind.TEXT, value, ("not-a-number", "a number cell holds no number")
                return kind, number, None

    def _string(self, value: str) -> tuple[CellKind, str, tuple[str, str] | None]:
        index = int(value) if value.isdecimal() else -1
        if 0 <= index < len(self._sheet.strings):
            return CellKind.TEXT, self._sheet.strings[index], None
        return CellKind.TEXT, value, ("string-missing", "a cell names a string that is not there")

    def _format(self, style: str) -> str | None:
        codes = self._sheet.formats.codes
        return codes[int(style)] if style.isdecimal() and int(style) < len(codes) else None

    def _is_date(self, style: str) -> bool:
        dated = self._sheet.formats.dated
        return style.isdecimal() and int(style) < len(dated) and dated[int(style)]

    def comments_alone(self) -> Iterator[Part]:
        """Comments on cells that the sheet does not list."""
        for (row, column), comment in sorted(self._comments.items()):
            area = CellArea(row, column, self._sheet.name)
            yield Cell(area, CellKind.BLANK, "", hidden=self._sheet.hidden, comment=comment)


def _formula(element: etree._Element) -> str:
    if element.text:
        return str(element.text)
    return f"{element.get('t', '')} formula {element.get('si', '')}".strip()


def shortest(value: str) -> str | None:
    """The shortest spelling of a stored number that keeps its value; None for no number."""
    if value.isdecimal() and value.isascii():
        return value
    try:
        number = float(value)
    except ValueError:
        return None
    if number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124 - not a number
        return None
    return repr(number).removesuffix(".0")


def column_number(letters: str) -> int:
    """A for 1, Z for 26, AA for 27; 0 for anything that is no column."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number if number <= _LARGEST_COLUMN else 0


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
