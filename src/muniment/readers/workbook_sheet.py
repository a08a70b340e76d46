"""One worksheet: its cells row by row, as the file holds them.

- A cell's row and column are those the file states; where it states none, they follow on. One
  beyond the last column or row of any program stands where it says, with a Problem; what a cell
  holds whose reference names no place at all is Metadata under that reference.
- `written` is the stored value as the file spells it, for a formula the cached one; a date is its
  serial, with the date in `shown`, and a number in more digits than it has is shown in fewer.
- A cell of a shared formula has the formula as it reads in that cell; where it does not stand
  before, it says which (`shared formula 3`). The range it covers is Metadata, merged ones too, and
  that of a data table with its inputs.
- Hidden means that the row, the column or the sheet is hidden.
- Rows that programs write alike are packed without a tree (`workbook_rows`); all others, and all
  around the rows, go through the XML parser, which sees the part without the packed rows.
- A row whose XML is damaged gives what can be read of it and a Problem; the next is read as ever.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import IO

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import (
    Cell,
    CellArea,
    CellKind,
    Field,
    Metadata,
    Part,
    Place,
    Problem,
    number_as_stored,
)
from muniment.readers.addressable import LARGEST_POSITION
from muniment.readers.data_table import DATA_TABLE, table_formula
from muniment.readers.formula_shift import shifted
from muniment.readers.number_formats import Formats, shown_of_stored
from muniment.readers.packed_cells import LARGEST_PACKED
from muniment.readers.reader import PackedCells
from muniment.readers.workbook_parts import Rest, pieces
from muniment.readers.workbook_ranges import (
    OBJECT_TAGS,
    RANGE_TAGS,
    area_of,
    letters_number,
    note_object,
    range_parts,
)
from muniment.readers.workbook_rows import (
    OtherShapeError,
    RowPacker,
    Shared,
    SheetFacts,
    is_hidden,
)
from muniment.readers.workbook_strings import rich_text, unescaped
from muniment.readers.xml_names import local_name

_LARGEST_COLUMN = 16_384  # ECMA-376 Part 1, §18.3.1.4: XFD
_LARGEST_ROW = 1_048_576
# Ten letters and fifteen digits are the most that a citation takes.
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,10})\$?([1-9][0-9]{0,14})?", re.ASCII)
_LONGEST_REFERENCE = 60
_TAGS = ("{*}row", "{*}col", *RANGE_TAGS, *OBJECT_TAGS)
_MOST_PROBLEMS = 100


class Sheet(msgspec.Struct, frozen=True):
    """What is known about a sheet before its cells are read."""

    name: str
    hidden: bool
    strings: tuple[str, ...]
    formats: Formats
    from_1904: bool
    comments: dict[tuple[int, int], str]
    targets: dict[str, str]  # relationship id → where a link leads
    phonetics: dict[int, str]  # number of a shared string → its phonetic guide
    objects: dict[str, CellArea]  # filled: relationship id → where an embedded object stands


def read_sheet(stream: IO[bytes], sheet: Sheet) -> Iterator[Part | PackedCells]:
    """The cells and ranges of a sheet.

    Raises:
        etree.XMLSyntaxError: the part is not well-formed from here on.
    """
    walk = _Walk(sheet)
    for piece in pieces(stream):
        yield from walk.parsed(piece.data) if isinstance(piece, Rest) else walk.row(piece.data)
    yield from walk.end()


class _Walk:
    """Rows packed where they can be; everything else through the parser."""

    def __init__(self, sheet: Sheet) -> None:
        facts = SheetFacts(
            sheet.name,
            sheet.hidden,
            sheet.strings,
            sheet.formats,
            sheet.from_1904,
            set(),
            {},
            frozenset(sheet.phonetics),
        )
        self._sheet = sheet
        self._rows = _Rows(sheet, facts)
        self._packer = RowPacker(facts)
        self._commented = {row for row, _ in sheet.comments}
        self._parser = _parser()
        self._head = b""  # all before the rows
        self._marked = False  # whether what looks like a row may stand in a comment
        self._salvaged = 0
        self._packed: list[bytes] = []
        self._size = self._count = 0
        self._packs = True

    def row(self, data: bytes) -> Iterator[Part | PackedCells]:
        """The cells of a row whose bytes are known."""
        if self._packs:
            try:
                count, body = self._packer.packed_row(data, self._commented.__contains__)
            except OtherShapeError:
                pass
            else:
                self._rows.row = self._packer.row
                self._count += count
                self._size += len(body)
                self._packed.append(body)
                if self._size >= LARGEST_PACKED:
                    yield from self._flush()
                return
            # Rows without a number follow on from those before, and what looks like a row may
            # stand in a comment: from here they are all parsed.
            self._packs = b'<row r="' in data and b"<!" not in data and b"<?" not in data
        self._marked = self._marked or b"<!" in data
        yield from self._flush()
        try:
            yield from self.parsed(data + b"</row>")
        except etree.XMLSyntaxError:
            self._salvaged += 1
            if self._marked or self._salvaged > _MOST_PROBLEMS:
                raise
            yield from self._salvage(data + b"</row>")

    def _salvage(self, data: bytes) -> Iterator[Part]:
        """What a lenient parser finds in a damaged row; those behind it are read as before."""
        self._parser = _parser(self._head, recover=True)
        self._parser.feed(data)
        before = self._rows.row
        yield from self._events()
        at = CellArea(max(self._rows.row, before + 1), 1, self._sheet.name)
        message = "the XML of the row is damaged; what could be read of it came out"
        yield Problem(at, "part-damaged", message)
        self._parser = _parser(self._head)

    def _flush(self) -> Iterator[PackedCells]:
        if self._count > 0:
            yield PackedCells(self._count, b"".join(self._packed))
        self._packed, self._size, self._count = [], 0, 0

    def parsed(self, data: bytes) -> Iterator[Part | PackedCells]:
        """What the parser finds in these bytes."""
        yield from self._flush()
        self._head = self._head or data
        try:
            self._parser.feed(data)
        except etree.XMLSyntaxError:
            yield from self._events()
            raise
        yield from self._events()

    def end(self) -> Iterator[Part | PackedCells]:
        """What is left when the part has ended."""
        yield from self._flush()
        try:
            self._parser.close()
        except etree.XMLSyntaxError:
            yield from self._rows.rest()
            raise
        yield from self._events()
        yield from self._rows.rest()

    def _events(self) -> Iterator[Part]:
        for _, element in self._parser.read_events():
            match local_name(element):
                case "row" | "col" if not _is_of_sheet(element):
                    continue  # a corner of an object's anchor
                case "row":
                    yield from self._rows.cells_of(element)
                case "col":
                    self._rows.hide_columns(element)
                case "oleObject" | "control":
                    note_object(element, self._sheet.name, self._sheet.objects)
                case kind:
                    yield from range_parts(self._sheet.name, self._sheet.targets, kind, element)
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]


def _parser(head: bytes = b"", *, recover: bool = False) -> etree.XMLPullParser:
    """A parser that has seen the head of the sheet, and has nothing to tell of it."""
    parser = etree.XMLPullParser(
        events=("end",), tag=_TAGS, resolve_entities=False, no_network=True, recover=recover
    )
    if head != b"":
        parser.feed(head)
        for _ in parser.read_events():
            pass
    return parser


class _Rows:
    """The state of a walk through the rows of one sheet."""

    def __init__(self, sheet: Sheet, facts: SheetFacts) -> None:
        self._sheet = sheet
        self._facts = facts
        self.row = 0
        self._comments = dict(sheet.comments)
        self._unplaced: Counter[str] = Counter()
        self._troubles: Counter[str] = Counter()

    def hide_columns(self, element: etree._Element) -> None:
        first, last = element.get("min", ""), element.get("max", "")
        hidden = is_hidden(element.get("hidden"), element.get("width"))
        if hidden and first.isdecimal() and last.isdecimal():
            self._facts.hidden_columns.update(
                range(int(first[:9]), min(int(last[:9]), _LARGEST_COLUMN) + 1)
            )

    def cells_of(self, row: etree._Element) -> Iterator[Part]:
        stated = row.get("r", "")
        self.row = _row_number(stated, self.row + 1)
        if self.row > _LARGEST_ROW:
            yield from self._trouble("row-beyond", f"a row is numbered {stated[:20]}")
        hidden = self._sheet.hidden or is_hidden(row.get("hidden"), row.get("ht"))
        column = 0
        for cell in row:
            if not isinstance(cell.tag, str) or not cell.tag.endswith("}c"):
                continue
            reference = cell.get("r")
            place = (self.row, column + 1) if reference is None else _placed(reference, self.row)
            if place is None:
                yield from self._without_place(cell, reference)
                continue
            number, column = place
            hides = hidden or column in self._facts.hidden_columns
            yield from self._cell(cell, number, column, hidden=hides)
            if column > _LARGEST_COLUMN or (number > _LARGEST_ROW and number != self.row):
                message = f"a cell is placed at {reference}, where no program has cells"
                at = CellArea(number, column, self._sheet.name)
                yield from self._trouble("reference-beyond", message, at)

    def _without_place(self, cell: etree._Element, reference: str) -> Iterator[Part]:
        """What a cell holds whose reference names no row and column."""
        name = f"{self._sheet.name}!{reference[:_LONGEST_REFERENCE]}"
        self._unplaced[name] += 1
        at = Field(name, self._unplaced[name])
        for part in self._cell(cell, self.row, 1, hidden=False, placed=False):
            if isinstance(part, Cell):
                written = (
                    part.written if part.formula is None else f"={part.formula}: {part.written}"
                )
                yield Metadata(at, "cell without a place", written)
        written = reference[:_LONGEST_REFERENCE]
        message = f"a cell is placed at {written!r}, which names no row and column"
        yield from self._trouble("reference-unreadable", message, at)

    def _trouble(self, code: str, message: str, at: Place | None = None) -> Iterator[Problem]:
        self._troubles[code] += 1
        if self._troubles[code] <= _MOST_PROBLEMS:
            yield Problem(at or CellArea(1, 1, self._sheet.name), code, message)

    def _cell(
        self, cell: etree._Element, row: int, column: int, *, hidden: bool, placed: bool = True
    ) -> Iterator[Part]:
        value = formula = None
        area = CellArea(row, column, self._sheet.name)
        for child in cell:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag.endswith("}v"):
                value = child.text
            elif tag.endswith("}is"):
                value = rich_text(child)
            elif tag.endswith("}f"):
                formula = self._formula(child, row, column)
                yield from self._range(child)
        comment = self._comments.pop((row, column), None) if placed else None
        if value is None and formula is None and comment is None:
            return
        style = _style(cell.get("s", "0"))
        stored_as = cell.get("t", "n")
        kind, written, trouble = self._value(stored_as, value, style)
        if trouble is not None:
            yield from self._trouble(*trouble, area)
        if stored_as == "s" and value is not None and value.isdecimal() and len(value) < 10:  # noqa: PLR2004 - u32
            phonetic = self._sheet.phonetics.get(int(value), "")
            if phonetic != "":
                yield Metadata(area, "phonetic", phonetic)
        code = self._sheet.formats.code(style)
        display = shown_of_stored(kind, written, code, from_1904=self._sheet.from_1904)
        yield Cell(area, kind, written, display, formula, code, hidden, comment)

    def _formula(self, element: etree._Element, row: int, column: int) -> str:
        """The formula as it reads in this cell; else which shared one it is."""
        index, kind = element.get("si", ""), element.get("t", "")
        if kind == DATA_TABLE:
            return table_formula(element.attrib)
        if element.text:
            if kind == "shared" and element.get("ref") is not None:
                self._facts.shared[index] = Shared(element.text, row, column)
            return str(element.text)
        shared = self._facts.shared.get(index) if kind == "shared" else None
        if shared is not None:
            return shifted(shared.text, row - shared.row, column - shared.column)
        return f"{kind} formula {index}".strip()

    def _range(self, formula: etree._Element) -> Iterator[Part]:
        area = area_of(formula.get("ref", ""), self._sheet.name)
        if area is not None and formula.get("t") == DATA_TABLE:
            yield Metadata(area, "data table", table_formula(formula.attrib))
        elif area is not None and formula.text:
            kind = f"{formula.get('t', 'normal')} formula {formula.get('si', '')}".strip()
            yield Metadata(area, kind, formula.text)

    def _value(
        self, stored_as: str, value: str | None, style: int
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
                number = number_as_stored(value)
                if number is None:
                    return CellKind.TEXT, value, ("not-a-number", "a number cell holds no number")
                dated = self._sheet.formats.is_date(style)
                return CellKind.DATE if dated else CellKind.NUMBER, number, None

    def _string(self, value: str) -> tuple[CellKind, str, tuple[str, str] | None]:
        number = value.strip()
        index = int(number) if number.isdecimal() and len(number) < 10 else -1  # noqa: PLR2004 - u32
        if 0 <= index < len(self._sheet.strings):
            return CellKind.TEXT, self._sheet.strings[index], None
        return CellKind.TEXT, value, ("string-missing", "a cell names a string that is not there")

    def rest(self) -> Iterator[Part]:
        """Comments on cells that the sheet does not list, and how many troubles were left out."""
        for (row, column), comment in sorted(self._comments.items()):
            area = CellArea(row, column, self._sheet.name)
            yield Cell(area, CellKind.BLANK, "", hidden=self._sheet.hidden, comment=comment)
        for code, count in sorted(self._troubles.items()):
            if count > _MOST_PROBLEMS:
                message = f"{count} cells or rows have such trouble; the first are stated"
                yield Problem(CellArea(1, 1, self._sheet.name), code, message)


def _is_of_sheet(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and local_name(parent) in ("sheetData", "cols")


def _row_number(stated: str, following: int) -> int:
    """The number a row states; the next one where it states none that can be cited."""
    number = int(stated) if stated.isdecimal() and len(stated) < 16 else 0  # noqa: PLR2004 - a citation has 15 digits
    return number if 0 < number <= LARGEST_POSITION else following


def _placed(reference: str, row: int) -> tuple[int, int] | None:
    """The row and column of a reference such as BC12, in that row where it is a column alone.

    None where it names no place, or one that cannot be cited.
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    return (row if match[2] is None else int(match[2])), letters_number(match[1])


def _style(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 10 else -1  # noqa: PLR2004 - u32
