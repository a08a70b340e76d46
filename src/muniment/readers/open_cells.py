"""One table of an OpenDocument spreadsheet: its rows, its cells, and what hangs on them.

- Rows and columns count as the file repeats them, so that a number is the true one.
- What is written once for more than a bounded number of cells is a cell at the first place and
  Metadata (`repeated`) at the range.
"""

import base64
from collections.abc import Iterator
from functools import partial

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import (
    Cell,
    CellArea,
    CellKind,
    Metadata,
    Part,
    Place,
    Role,
    TextSpan,
    number_as_stored,
)
from muniment.readers.embedded_files import Found
from muniment.readers.open_styles import Styles
from muniment.readers.open_text import attribute, count_of, text_of
from muniment.readers.xml_names import local_name

_MOST_REPEATED = 1_024  # cells written once that are made each
_LARGEST = 1 << 30  # rows or columns; none can be larger than a citation takes
_NUMBERS = ("float", "percentage", "currency")
_HIDES = ("collapse", "filter")
_SHAPES = (
    "frame",
    "custom-shape",
    "rect",
    "ellipse",
    "line",
    "g",
    "control",
    "caption",
    "polygon",
    "path",
    "connector",
    "circle",
    "a",
)


class Hung(msgspec.Struct):
    """What hangs on cells: where parts of the package are shown, and files in the text itself."""

    places: dict[str, tuple[Place, ...]]
    files: list[Found]


class Table:
    """A walk through one table."""

    def __init__(self, element: etree._Element, cited: str, styles: Styles, hung: Hung) -> None:
        self._called = attribute(element, "name")
        self._name = cited
        self._styles = styles
        self._hung = hung
        self._hidden = styles.is_hidden(attribute(element, "style-name"))
        self._protected = attribute(element, "protected") == "true"
        self._row = 1
        self._column = 1
        self._columns: list[tuple[int, int, bool, str]] = []

    def stated(self) -> Iterator[Part]:
        """The sheet's name and whether it is shown."""
        at = CellArea(1, 1, self._name)
        yield Metadata(at, "sheet", f"{self._called} ({'hidden' if self._hidden else 'visible'})")
        if self._protected:
            yield Metadata(at, "sheetProtection", "protected")

    def column(self, element: etree._Element) -> None:
        """Take in a definition of columns."""
        count = count_of(attribute(element, "number-columns-repeated"), _LARGEST)
        hides = attribute(element, "visibility") in _HIDES
        style = attribute(element, "default-cell-style-name")
        self._columns.append((self._column, self._column + count - 1, hides, style))
        self._column += count

    def row(self, element: etree._Element) -> Iterator[Part]:
        """The cells of a row, at each row for which it stands."""
        count = count_of(attribute(element, "number-rows-repeated"), _LARGEST)
        hides = self._hidden or attribute(element, "visibility") in _HIDES
        column = 1
        for cell in element:
            if local_name(cell) not in ("table-cell", "covered-table-cell"):
                continue
            across = count_of(attribute(cell, "number-columns-repeated"), _LARGEST)
            if len(cell) > 0 or attribute(cell, "value-type") or attribute(cell, "formula"):
                yield from self._cells(element, cell, (column, across, count), hides=hides)
            column = min(column + across, _LARGEST)
        self._row = min(self._row + count, _LARGEST)

    def _cells(
        self,
        row: etree._Element,
        cell: etree._Element,
        extent: tuple[int, int, int],
        *,
        hides: bool,
    ) -> Iterator[Part]:
        column, across, down = extent
        area = CellArea(self._row, column, self._name)
        bounded = across * down > _MOST_REPEATED
        if bounded:
            last = (self._row + down - 1, column + across - 1)
            whole = CellArea(self._row, column, self._name, *last)
            yield Metadata(whole, "repeated", f"{across * down} cells are written as one")
            across = down = 1
        style = attribute(cell, "style-name") or attribute(row, "default-cell-style-name")
        for at_row in range(self._row, self._row + down):
            for at_column in range(column, column + across):
                at = CellArea(at_row, at_column, self._name)
                made = self._cell(cell, at, style, hides=hides)
                if made is not None:
                    yield made
        yield from self._around(cell, area)

    def _cell(self, cell: etree._Element, at: CellArea, style: str, *, hides: bool) -> Cell | None:
        kind, written = _value(cell)
        formula = attribute(cell, "formula").partition("=")[2] or None
        comment = "\n".join(filter(None, map(_comment, cell.iterchildren("{*}annotation"))))
        if kind is CellKind.BLANK and formula is None and comment == "":
            return None
        display = _paragraphs(cell)
        defined = self._column_of(at.column)
        return Cell(
            at,
            kind,
            written,
            display if display not in ("", written) else None,
            formula,
            self._styles.code(style or defined[1]),
            hides or defined[0],
            comment or None,
        )

    def _column_of(self, column: int) -> tuple[bool, str]:
        for first, last, hides, style in self._columns:
            if first <= column <= last:
                return hides, style
        return False, ""

    def _around(self, cell: etree._Element, area: CellArea) -> Iterator[Part]:
        """Merges, links, authors of comments, rules, and what is drawn on the cell."""
        spans = [attribute(cell, f"number-{way}-spanned") for way in ("rows", "columns")]
        rows, columns = (count_of(span, _LARGEST) for span in spans)
        if rows * columns > 1:
            last = (area.row + rows - 1, area.column + columns - 1)
            yield Metadata(CellArea(area.row, area.column, self._name, *last), "merged", "merged")
        for link in cell.iter("{*}a"):
            target = attribute(link, "href")
            if target != "":
                yield Metadata(area, "link (hyperlink)", target)
        for note in cell.iterchildren("{*}annotation"):
            for author in note.iterchildren("{*}creator"):
                yield Metadata(area, "comment author", author.text or "")
        rule = attribute(cell, "content-validation-name")
        if rule != "":
            yield Metadata(area, "content-validation", rule)
        for inner in cell.iterchildren("{*}table"):
            text = "\n".join(filter(None, map(text_of, inner.iter("{*}p"))))
            if text != "":
                yield TextSpan(area, text, hidden=self._hidden)
        yield from self._drawn(cell, area)

    def shapes(self, element: etree._Element) -> Iterator[Part]:
        """What is drawn on the sheet as a whole."""
        yield from self._drawn(element, CellArea(1, 1, self._name))

    def _drawn(self, parent: etree._Element, at: CellArea) -> Iterator[Part]:
        for shape in parent:
            if local_name(shape) not in _SHAPES:
                continue
            for picture in shape.iter("{*}image", "{*}object", "{*}object-ole"):
                target = attribute(picture, "href").removeprefix("./")
                if target != "":
                    self._hung.places[target] = (*self._hung.places.get(target, ()), at)
                for data in picture.iterchildren("{*}binary-data"):
                    name = f"picture {len(self._hung.files) + 1}"
                    text = "".join(data.itertext())
                    self._hung.files.append(
                        Found(at, name, partial(_decoded, text), named_here=True)
                    )
            text = "\n".join(text_of(p) for p in shape.iter("{*}p") if not _is_note(p)).strip()
            if text != "":
                yield TextSpan(at, text, Role.BOX, self._hidden)


def _is_note(paragraph: etree._Element) -> bool:
    return any(local_name(parent) == "annotation" for parent in paragraph.iterancestors())


def _value(cell: etree._Element) -> tuple[CellKind, str]:
    kind = attribute(cell, "value-type")
    if kind in _NUMBERS:
        stored = attribute(cell, "value")
        number = number_as_stored(stored)
        return (CellKind.TEXT, stored) if number is None else (CellKind.NUMBER, number)
    if kind == "date":
        return CellKind.DATE, attribute(cell, "date-value")
    if kind == "time":
        return CellKind.DATE, attribute(cell, "time-value")
    if kind == "boolean":
        return CellKind.BOOLEAN, "1" if attribute(cell, "boolean-value") == "true" else "0"
    text = attribute(cell, "string-value") or _paragraphs(cell)
    if kind == "error" or (kind == "string" and attribute(cell, "formula") and _is_error(text)):
        return CellKind.ERROR, text
    if text == "" and kind == "":
        return CellKind.BLANK, ""
    return CellKind.TEXT, text


def _is_error(text: str) -> bool:
    return text.startswith(("#", "Err:")) and " " not in text


def _paragraphs(element: etree._Element) -> str:
    return "\n".join(text_of(paragraph) for paragraph in element.iterchildren("{*}p"))


def _comment(note: etree._Element) -> str:
    return "\n".join(text_of(paragraph) for paragraph in note.iter("{*}p"))


def _decoded(written: str) -> bytes:
    """Bytes in base64.

    Raises:
        ValueError: they are not.
    """
    return base64.b64decode(written)
