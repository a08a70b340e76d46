"""Gnumeric spreadsheets: one XML file, usually inside gzip.

- A formula's cell has no value where the file stores none: Gnumeric works it out when it opens.
- A cell of a shared formula says which (`shared formula 3`) unless it holds the text itself.

Source: the format's DTD, gnumeric.org/v10.dtd, and files written by Gnumeric 1.12.
"""

from collections import Counter
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Cell, CellArea, CellKind, Field, Metadata, Part, Problem, number_as_stored
from muniment.readers.number_formats import shown_of_stored, shows_dates
from muniment.readers.reader import Context, Reader
from muniment.readers.sheet_names import SheetNames
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.workbook_ranges import area_of
from muniment.readers.xml_names import local_name

_TAGS = ("Sheet", "Name", "ColInfo", "RowInfo", "CellComment", "Merge", "Cell")
_STATES = {
    "GNM_SHEET_VISIBILITY_HIDDEN": "hidden",
    "GNM_SHEET_VISIBILITY_VERY_HIDDEN": "veryHidden",
}
_LARGEST = 1 << 24
_BOOLEAN, _ERROR, _NUMBERS, _TEXT = "20", "50", ("30", "40"), "60"


def read_gnumeric(source: Source, context: Context) -> Iterator[Part]:
    """The cells, comments and merged ranges of a spreadsheet."""
    walk = _Walk()
    cells = 0
    walker = etree.iterparse(
        source.stream(),
        events=("start", "end"),
        tag=tuple(f"{{*}}{name}" for name in _TAGS),
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
    )
    try:
        for event, element in walker:
            for part in walk.take(event, element):
                cells += isinstance(part, Cell)
                if cells > context.limits.cells:
                    raise RefusedError(f"has more than {context.limits.cells} cells")
                yield part
    except etree.XMLSyntaxError as why:
        raise UnreadableError("its XML breaks off") from why


class _Walk:
    """The state of a walk through the file."""

    def __init__(self) -> None:
        self._names = SheetNames()
        self._unplaced: Counter[str] = Counter()
        self._begin("visible")

    def _begin(self, state: str) -> None:
        self._sheet = ""
        self._state = state
        self._columns: list[range] = []
        self._rows: list[range] = []
        self._comments: dict[tuple[int, int], str] = {}

    def take(self, event: str, element: etree._Element) -> Iterator[Part]:
        name = local_name(element)
        if event == "start":
            if name == "Sheet":
                self._begin(_STATES.get(element.get("Visibility", ""), "visible"))
            return
        if name == "Name" and local_name(element.getparent()) == "Sheet":
            called = element.text or ""
            self._sheet = self._names.cited_as(called)
            yield Metadata(CellArea(1, 1, self._sheet), "sheet", f"{called} ({self._state})")
            yield from self._names.trouble(called, self._sheet)
        elif name in ("ColInfo", "RowInfo") and element.get("Hidden") == "1":
            start, count = _number(element.get("No")), max(1, _number(element.get("Count")))
            (self._columns if name == "ColInfo" else self._rows).append(range(start, start + count))
        elif name == "CellComment":
            yield from self._comment(element)
        elif name == "Merge":
            area = area_of(element.text or "", self._sheet)
            if area is not None:
                yield Metadata(area, "merged", element.text or "")
        elif name == "Cell":
            yield from self._cell(element)
            element.clear()
        elif name == "Sheet":
            yield from self._rest()
            element.clear()

    def _comment(self, element: etree._Element) -> Iterator[Part]:
        area = area_of(element.get("ObjectBound", ""), self._sheet)
        if area is not None:
            self._comments[area.row, area.column] = element.get("Text", "")
            author = element.get("Author", "")
            if author != "":
                yield Metadata(area, "comment author", author)

    def _cell(self, element: etree._Element) -> Iterator[Part]:
        stated = (element.get("Row", ""), element.get("Col", ""))
        row, column = (_number(number) for number in stated)
        text, kind = "".join(element.itertext()), element.get("ValueType", "")
        code = element.get("ValueFormat") or None
        formula = None
        if kind == "" and (text.startswith("=") or element.get("ExprID") is not None):
            formula = text.removeprefix("=") or f"shared formula {element.get('ExprID')}"
            text = ""
        stored, written = _value(kind, text, code, is_formula=formula is not None)
        if not all(map(_is_number, stated)):
            yield from self._without_place(stated, written if formula is None else formula)
            return
        yield Cell(
            CellArea(row + 1, column + 1, self._sheet),
            stored,
            written,
            shown_of_stored(stored, written, code, from_1904=False),
            formula,
            code,
            self._is_hidden(row, column),
            self._comments.pop((row + 1, column + 1), None),
        )

    def _without_place(self, stated: tuple[str, str], written: str) -> Iterator[Part]:
        """What a cell holds whose row and column are no numbers of a sheet."""
        name = f"{self._sheet}!row {stated[0][:30]}, column {stated[1][:30]}"
        self._unplaced[name] += 1
        at = Field(name, self._unplaced[name])
        yield Metadata(at, "cell without a place", written)
        message = "a cell's row and column are written so that they name no place"
        yield Problem(at, "reference-unreadable", message)

    def _is_hidden(self, row: int, column: int) -> bool:
        within = any(row in rows for rows in self._rows)
        return self._state != "visible" or within or any(column in each for each in self._columns)

    def _rest(self) -> Iterator[Part]:
        for (row, column), comment in sorted(self._comments.items()):
            area = CellArea(row, column, self._sheet)
            hidden = self._is_hidden(row - 1, column - 1)
            yield Cell(area, CellKind.BLANK, "", hidden=hidden, comment=comment)


def _value(kind: str, text: str, code: str | None, *, is_formula: bool) -> tuple[CellKind, str]:
    if is_formula:
        return CellKind.BLANK, ""
    if kind == _BOOLEAN:
        return CellKind.BOOLEAN, "1" if text == "TRUE" else "0"
    if kind == _ERROR:
        return CellKind.ERROR, text
    number = number_as_stored(text) if kind in _NUMBERS else None
    if number is None:
        return CellKind.TEXT, text
    return CellKind.DATE if code is not None and shows_dates(code) else CellKind.NUMBER, number


def _is_number(written: str) -> bool:
    return written.isdecimal() and len(written) < 10 and int(written) <= _LARGEST  # noqa: PLR2004 - u32


def _number(written: str | None) -> int:
    digits = written or ""
    return min(int(digits), _LARGEST) if digits.isdecimal() and len(digits) < 10 else 0  # noqa: PLR2004 - u32


GNUMERIC = Reader(
    name="gnumeric",
    version=3,
    media_types=("application/x-gnumeric",),
    read=read_gnumeric,
    recognises=lambda head: b"gnumeric.org/v" in head[:2048] and b"Workbook" in head[:2048],
)
