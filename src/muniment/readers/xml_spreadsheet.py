"""Spreadsheets that Excel 2002 and 2003 wrote as one XML file (SpreadsheetML 2003).

    Workbook ── DocumentProperties, Styles, Names, Worksheet
    Worksheet ── Table ── Row ── Cell ── Data, Comment

- Rows and cells that name no place follow on from the one before.
- Whether a sheet is hidden stands after its cells, so the file is walked twice.

Source: Microsoft, "XML Spreadsheet Reference" (Office XP).
"""

from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Cell, CellArea, CellKind, Field, Metadata, Part, Problem, number_as_stored
from muniment.readers.number_formats import shown_of_stored, shows_dates
from muniment.readers.open_text import attribute, count_of
from muniment.readers.reader import Context, Reader
from muniment.readers.sheet_names import SheetNames
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.xml_names import local_name

_MARK = b"urn:schemas-microsoft-com:office:spreadsheet"
_LARGEST = 1 << 30
_NAMED_FORMATS = {
    "General Date": "m/d/yyyy h:mm",
    "Short Date": "m/d/yyyy",
    "Medium Date": "d-mmm-yy",
    "Long Date": "dddd, mmmm d, yyyy",
    "Short Time": "h:mm",
    "Medium Time": "h:mm AM/PM",
    "Long Time": "h:mm:ss AM/PM",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "General Number": "General",
}
_KINDS = {
    "String": CellKind.TEXT,
    "DateTime": CellKind.DATE,
    "Boolean": CellKind.BOOLEAN,
    "Error": CellKind.ERROR,
}
_HEADERS = ("Header", "Footer")


def read_xml_spreadsheet(source: Source, context: Context) -> Iterator[Part]:
    """The cells, comments, names and properties of a spreadsheet."""
    walk = _Walk(_hidden_sheets(source))
    cells = 0
    try:
        for event, element in _walker(source, ("start", "end"), _TAGS):
            for part in walk.take(event, element):
                cells += isinstance(part, Cell)
                if cells > context.limits.cells:
                    raise RefusedError(f"has more than {context.limits.cells} cells")
                yield part
    except etree.XMLSyntaxError as why:
        raise UnreadableError("its XML breaks off") from why


_TAGS = (
    "Worksheet",
    "Row",
    "Column",
    "Style",
    "NamedRange",
    "DocumentProperties",
    "CustomDocumentProperties",
    "Header",
    "Footer",
)


def _walker(source: Source, events: tuple[str, ...], names: tuple[str, ...]) -> etree.iterparse:
    return etree.iterparse(
        source.stream(),
        events=events,
        tag=tuple(f"{{*}}{name}" for name in names),
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
    )


def _hidden_sheets(source: Source) -> dict[int, str]:
    """The state of each sheet that is not visible, by its position."""
    found: dict[int, str] = {}
    number = -1
    try:
        for event, element in _walker(source, ("start", "end"), ("Worksheet", "Visible", "Row")):
            if local_name(element) == "Worksheet":
                number += event == "start"
            elif event == "end" and local_name(element) == "Visible" and element.text:
                found[number] = element.text.strip()
            elif event == "end":
                element.clear()
    except etree.XMLSyntaxError:
        return found
    return found


class _Walk:
    """The state of the second walk."""

    def __init__(self, states: dict[int, str]) -> None:
        self._states = states
        self._formats: dict[str, str] = {}
        self._sheets = -1
        self._sheet = ""
        self._sheet_names = SheetNames()
        self._row = self._column = 0
        self._hidden_columns: list[tuple[int, int]] = []
        self._names = 0

    def take(self, event: str, element: etree._Element) -> Iterator[Part]:
        name = local_name(element)
        if event == "start":
            if name == "Worksheet":
                yield from self._begin(element)
        elif name == "Row":
            yield from self._cells(element)
            element.clear()
        elif name == "Column":
            self._columns(element)
        elif name == "Style":
            code = next((attribute(f, "Format") for f in element.iter("{*}NumberFormat")), "")
            self._formats[attribute(element, "ID")] = _NAMED_FORMATS.get(code, code)
        elif name != "Worksheet":
            yield from self._stated(name, element)

    def _begin(self, element: etree._Element) -> Iterator[Part]:
        self._sheets += 1
        called = attribute(element, "Name")
        self._sheet = self._sheet_names.cited_as(called)
        self._row = self._column = 0
        self._hidden_columns = []
        state = self._states.get(self._sheets, "visible")
        yield Metadata(CellArea(1, 1, self._sheet), "sheet", f"{called} ({state})")
        yield from self._sheet_names.trouble(called, self._sheet)

    def _stated(self, name: str, element: etree._Element) -> Iterator[Part]:
        if name == "NamedRange":
            self._names += 1
            written = f"{attribute(element, 'Name')} = {attribute(element, 'RefersTo')}"
            yield Metadata(Field("defined name", self._names), "defined name", written)
        elif name in _HEADERS:
            data = attribute(element, "Data")
            if data != "" and self._sheet != "":
                yield Metadata(CellArea(1, 1, self._sheet), name.lower(), data)
        else:
            for number, child in enumerate(element, start=1):
                if local_name(child) != "" and child.text:
                    yield Metadata(Field(local_name(child), number), local_name(child), child.text)

    def _columns(self, element: etree._Element) -> None:
        self._column = count_of(attribute(element, "Index") or str(self._column + 1), _LARGEST)
        span = attribute(element, "Span")
        last = self._column + (count_of(span, _LARGEST) if span not in ("", "0") else 0)
        if attribute(element, "Hidden") == "1":
            self._hidden_columns.append((self._column, last))
        self._column = last

    def _cells(self, row: etree._Element) -> Iterator[Part]:
        stated = attribute(row, "Index")
        self._row = _index(stated, self._row + 1)
        if stated != "" and stated != str(self._row):
            at = CellArea(self._row, 1, self._sheet)
            message = f"a row states number {stated[:30]!r}; it is read as row {self._row}"
            yield Problem(at, "reference-unreadable", message)
        hidden = attribute(row, "Hidden") == "1" or self._sheets in self._states
        column = 0
        for cell in row:
            if local_name(cell) != "Cell":
                continue
            stated = attribute(cell, "Index")
            column = _index(stated, column + 1)
            if stated != "" and stated != str(column):
                at = CellArea(self._row, column, self._sheet)
                message = f"a cell states column {stated[:30]!r}; it is read as column {column}"
                yield Problem(at, "reference-unreadable", message)
            hides = any(first <= column <= last for first, last in self._hidden_columns)
            at = CellArea(self._row, column, self._sheet)
            yield from self._cell(cell, at, attribute(row, "StyleID"), hidden=hidden or hides)
            across = attribute(cell, "MergeAcross")
            column += count_of(across, _LARGEST) if across not in ("", "0") else 0
        span = attribute(row, "Span")
        self._row += count_of(span, _LARGEST) if span not in ("", "0") else 0

    def _cell(
        self, cell: etree._Element, at: CellArea, row_style: str, *, hidden: bool
    ) -> Iterator[Part]:
        data = next(cell.iterchildren("{*}Data"), None)
        note = next(cell.iterchildren("{*}Comment"), None)
        formula = attribute(cell, "Formula").removeprefix("=") or None
        comment = None
        if note is not None:
            comment = "".join(t for d in note.iter("{*}Data") for t in d.itertext()) or None
        code = self._formats.get(attribute(cell, "StyleID") or row_style) or None
        code = None if code == "General" else code
        if data is not None or formula is not None or comment is not None:
            kind, written, trouble = _value(data, code)
            if trouble:
                yield Problem(at, "not-a-number", "a number cell holds no number")
            display = shown_of_stored(kind, written, code, from_1904=False)
            yield Cell(at, kind, written, display, formula, code, hidden, comment)
        yield from _around(cell, at, note)


def _index(stated: str, following: int) -> int:
    """The number that a row or cell states; the next one where it states none of a sheet."""
    known = stated.isdecimal() and len(stated) < 10 and 0 < int(stated) <= _LARGEST  # noqa: PLR2004 - u32
    return int(stated) if known else following


def _around(cell: etree._Element, at: CellArea, note: etree._Element | None) -> Iterator[Part]:
    down, across = (attribute(cell, f"Merge{way}") for way in ("Down", "Across"))
    rows, columns = (
        count_of(span, _LARGEST) if span not in ("", "0") else 0 for span in (down, across)
    )
    if rows + columns > 0:
        area = CellArea(at.row, at.column, at.sheet, at.row + rows, at.column + columns)
        yield Metadata(area, "merged", "merged")
    target = attribute(cell, "HRef")
    if target != "":
        yield Metadata(at, "link (hyperlink)", target)
    author = "" if note is None else attribute(note, "Author")
    if author != "":
        yield Metadata(at, "comment author", author)


def _value(data: etree._Element | None, code: str | None) -> tuple[CellKind, str, bool]:
    text = "" if data is None else "".join(data.itertext())
    if data is None:
        return CellKind.BLANK, "", False
    kind = _KINDS.get(attribute(data, "Type"))
    if kind is not None:
        return kind, text, False
    number = number_as_stored(text)
    if number is None:
        return CellKind.TEXT, text, True
    dated = code is not None and shows_dates(code)
    return CellKind.DATE if dated else CellKind.NUMBER, number, False


def _is_spreadsheet(head: bytes) -> bool:
    start = head[:8192].replace(b"\0", b"")  # also in UTF-16
    return _MARK in start and b"<" in start[:64] and b"Workbook" in start


XML_SPREADSHEET = Reader(
    name="xml-spreadsheet",
    version=3,
    media_types=("application/vnd.ms-spreadsheetml",),
    read=read_xml_spreadsheet,
    recognises=_is_spreadsheet,
    begins=rb"[^<]{0,8192}<",
)
