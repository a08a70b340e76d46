"""What hides, annotates and surrounds the cells of a BIFF sheet.

- Hidden rows and columns, comments, merged ranges, links, text boxes, headers, lists of allowed
  values, and what charts keep of what they draw.
- Everything is gathered before the cells are read, because comments stand after them in the file.
- Text boxes stand at the cells they are anchored to, where an anchor is known; else on the sheet.

Source: [MS-XLS] §2.4; [MS-ODRAW] §2.2 for anchors; [MS-OSHARED] §2.3.7 for links.
"""

import struct
from collections.abc import Iterator

import msgspec

from muniment.core import CellArea, Metadata, Part, Role, TextSpan
from muniment.readers.biff_anchors import Anchor, anchors_in
from muniment.readers.biff_links import link_of
from muniment.readers.biff_records import BOFS, EOF, Record, Spelling, Strings, records

_ROW, _COLINFO, _MERGED, _NOTE, _TXO, _OBJ = 0x208, 0x7D, 0xE5, 0x1C, 0x1B6, 0x5D
_HLINK, _HEADER, _FOOTER, _VALIDATION, _DRAWING = 0x1B8, 0x14, 0x15, 0x1BE, 0xEC
_SHARED, _ARRAYS, _FORMULAS = 0x4BC, (0x221, 0x21), (0x06, 0x206, 0x406)
_SERIES_TEXT, _CHART_LABEL, _CHART_NUMBER = 0x100D, 0x204, 0x203
_CONTENT_OF = (0x14, 0x15)
_REFERS = 0x01  # tExp: the formula stands with another cell
_NO_CELL = 0xFFFF
_UNICODE_FROM = 8
_MOST_COLUMNS = 256

_PROTECT = 0x12  # against changes; it encrypts nothing


class SharedFormula(msgspec.Struct, frozen=True):
    """Tokens that several cells use; `relative` ones mean other cells in each."""

    tokens: bytes
    relative: bool
    rows: tuple[int, int]
    columns: tuple[int, int]


class Behind:
    """What the first walk through a sheet found; rows and columns count from 0 here."""

    def __init__(
        self, sheet: str, spelling: Spelling, *, hidden: bool, is_chart: bool = False
    ) -> None:
        self._sheet = sheet
        self._spelling = spelling
        self._hidden = hidden
        self._is_chart = is_chart
        self._chart: list[str] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._shared: dict[tuple[int, int], SharedFormula] = {}
        self._last_formula = (0, 0)
        self._object = 0
        self._texts: dict[int, str] = {}
        self._notes: list[tuple[int, int, int, str]] = []
        self._parts: list[Part] = []
        self.comments: dict[tuple[int, int], str] = {}
        self.anchors: list[Anchor] = []
        self._object_anchors: dict[int, Anchor] = {}

    def is_hidden(self, row: int, column: int) -> bool:
        """Whether a cell's row, column or sheet is hidden."""
        return self._hidden or row in self._hidden_rows or column in self._hidden_columns

    def shared_by(self, tokens: bytes, row: int, column: int) -> SharedFormula | None:
        """The shared formula that a cell's own tokens refer to."""
        if len(tokens) < 5 or tokens[0] != _REFERS:  # noqa: PLR2004 - tExp with row and column
            return None
        at_row, at_column = struct.unpack_from("<HH", tokens, 1)
        found = self._shared.get((at_row, at_column & 0xFF))
        if found is None:
            return None
        inside = found.rows[0] <= row <= found.rows[1]
        return found if inside and found.columns[0] <= column <= found.columns[1] else None

    def parts(self) -> Iterator[Part]:
        """Ranges, links, headers and boxes, in the order of the file."""
        yield from self._parts

    def gather(self, stream: bytes, start: int) -> None:
        """Walk through the sheet whose stream begins at `start`."""
        depth = 0
        drawing: list[bytes] = []
        for record in records(stream, start):
            if record.opcode in BOFS:
                depth += 1
            elif record.opcode == EOF:
                depth -= 1
                self._end_chart(self._anchor_now(drawing))
                if depth <= 0:
                    break
            elif record.opcode == _DRAWING:
                drawing.extend((record.data, *record.more))
            else:
                self._try(record, drawing, depth)
        self._place_drawings(drawing)
        self._pair_notes()

    def _try(self, record: Record, drawing: list[bytes], depth: int) -> None:
        try:
            if depth == 1:
                self._take(record, drawing)
            if depth > 1 or self._is_chart:
                self._label(record)
        except (struct.error, ValueError, IndexError):
            return  # an annotation that cannot be read; cells report their own damage

    def _label(self, record: Record) -> None:
        """Titles, and the values that a chart keeps of what it draws."""
        if record.opcode == _SERIES_TEXT:
            self._chart.append(self._spelling.text(record.data, 2, 1)[0])
        elif record.opcode == _CHART_LABEL:
            self._chart.append(self._spelling.text(record.data, 6, 2)[0])
        elif record.opcode == _CHART_NUMBER:
            number = struct.unpack_from("<d", record.data, 6)[0]
            self._chart.append(repr(number).removesuffix(".0"))

    def _end_chart(self, anchor: Anchor | None) -> None:
        self._box("\n".join(text for text in self._chart if text.strip() != ""), anchor)
        self._chart = []

    def _take(self, record: Record, drawing: list[bytes]) -> None:
        data, opcode = record.data, record.opcode
        if opcode == _ROW:
            if len(data) >= 16 and struct.unpack_from("<I", data, 12)[0] & 0x20:  # noqa: PLR2004
                self._hidden_rows.add(struct.unpack_from("<H", data)[0])
        elif opcode == _COLINFO:
            first, last, _, _, flags = struct.unpack_from("<5H", data)
            if flags & 1:
                self._hidden_columns.update(range(first, min(last, _MOST_COLUMNS) + 1))
        elif opcode in _FORMULAS:
            self._last_formula = struct.unpack_from("<HH", data)
        elif opcode == _SHARED or opcode in _ARRAYS:
            self._share(data, opcode)
        elif opcode == _OBJ:
            self._begin_object(data, drawing)
        elif opcode == _TXO:
            self._text(record)
        else:
            self._state(record)

    def _state(self, record: Record) -> None:
        """Protection, notes, merged ranges, headers, links and rules."""
        data, opcode = record.data, record.opcode
        if opcode == _MERGED:
            self._merge(data)
        elif opcode == _PROTECT and any(data[:2]):
            self._stated(CellArea(1, 1, self._sheet), "sheetProtection", "protected")
        elif opcode == _NOTE:
            self._note(data)
        elif opcode in _CONTENT_OF and len(data) > 0:
            size = 2 if self._spelling.version >= _UNICODE_FROM else 1
            text, _ = self._spelling.text(data, 0, size)
            name = "header" if opcode == _HEADER else "footer"
            self._stated(CellArea(1, 1, self._sheet), name, text)
        elif opcode == _HLINK:
            area = self._area(*struct.unpack_from("<4H", data))
            self._stated(area, "link (hyperlink)", link_of(data[8:]))
        elif opcode == _VALIDATION:
            self._validate(data)

    def _stated(self, at: CellArea, name: str, text: str) -> None:
        if text != "":
            self._parts.append(Metadata(at, name, text))

    def _area(self, top: int, bottom: int, left: int, right: int) -> CellArea:
        return CellArea(top + 1, left + 1, self._sheet, bottom + 1, right + 1)

    def _share(self, data: bytes, opcode: int) -> None:
        top, bottom, left, right = struct.unpack_from("<HHBB", data)
        relative = opcode == _SHARED
        at = 8 if relative else 12
        length = struct.unpack_from("<H", data, at)[0]
        tokens = data[at + 2 : at + 2 + length]
        found = SharedFormula(tokens, relative, (top, bottom), (left, right))
        self._shared[self._last_formula[0], self._last_formula[1]] = found
        self._shared.setdefault((top, left), found)

    def _merge(self, data: bytes) -> None:
        count = struct.unpack_from("<H", data)[0]
        for number in range(min(count, (len(data) - 2) // 8)):
            area = self._area(*struct.unpack_from("<4H", data, 2 + 8 * number))
            self._parts.append(Metadata(area, "merged", _reference(area)))

    def _note(self, data: bytes) -> None:
        row, column = struct.unpack_from("<HH", data)
        if self._spelling.version >= _UNICODE_FROM:
            number = struct.unpack_from("<H", data, 6)[0]
            author, _ = self._spelling.text(data, 8, 2)
            self._notes.append((row, column, number, author))
            return
        length = struct.unpack_from("<H", data, 4)[0]
        text, _ = Spelling(5, self._spelling.page).characters(data, 6, min(length, len(data) - 6))
        if row == _NO_CELL and len(self.comments) > 0:
            last = next(reversed(self.comments))  # the note before it goes on
            self.comments[last] += text
        else:
            self.comments[row, column] = text

    def _begin_object(self, data: bytes, drawing: list[bytes]) -> None:
        self._object = 0
        if self._spelling.version >= _UNICODE_FROM and len(data) >= 8:  # noqa: PLR2004 - FtCmo
            self._object = struct.unpack_from("<H", data, 6)[0]
            anchor = self._anchor_now(drawing)
            if anchor is not None:
                self._object_anchors[self._object] = anchor

    def _anchor_now(self, drawing: list[bytes]) -> Anchor | None:
        """The anchor of the drawing record just before."""
        if len(drawing) == 0:
            return None
        found = anchors_in(drawing[-1])
        return found[-1] if len(found) > 0 else None

    def _text(self, record: Record) -> None:
        count = struct.unpack_from("<H", record.data, 10)[0]
        if count == 0 or len(record.more) == 0 or len(record.more[0]) == 0:
            return
        strings = Strings(record.more, 1)
        self._texts[self._object] = strings.characters(count, record.more[0][0])

    def _validate(self, data: bytes) -> None:
        """A rule's formulas are kept as the text of a list of values, where it is one."""
        flags = struct.unpack_from("<I", data)[0]
        at = 4
        for _ in range(4):  # title and text of the prompt and of the error
            text, at = self._spelling.text(data, at, 2)
            if text.strip("\0 ") != "":
                self._parts.append(Metadata(CellArea(1, 1, self._sheet), "input message", text))
        length = struct.unpack_from("<H", data, at)[0]
        tokens = data[at + 4 : at + 4 + length]
        at += 4 + length
        length = struct.unpack_from("<H", data, at)[0]
        at += 4 + length
        if flags & 0x80 == 0 or tokens[:1] != b"\x17":  # a list written out, as one string
            return
        values, _ = self._spelling.text(tokens, 1, 1)
        count = struct.unpack_from("<H", data, at)[0]
        for number in range(min(count, (len(data) - at - 2) // 8)):
            area = self._area(*struct.unpack_from("<4H", data, at + 2 + 8 * number))
            self._parts.append(Metadata(area, "allowed values", values.replace("\0", "\n")))

    def _place_drawings(self, drawing: list[bytes]) -> None:
        self.anchors = anchors_in(b"".join(drawing))

    def _pair_notes(self) -> None:
        """Comments are text boxes that a note names; the other boxes stand for themselves."""
        for row, column, number, author in self._notes:
            text = self._texts.pop(number, None)
            if text is not None:
                self.comments[row, column] = text
            if author.strip("\0 ") != "":
                at = CellArea(row + 1, column + 1, self._sheet)
                self._parts.append(Metadata(at, "comment author", author))
        for number, text in self._texts.items():
            self._box(text, self._object_anchors.get(number))

    def _box(self, text: str, anchor: Anchor | None) -> None:
        if text.strip() != "":
            at = CellArea(1, 1, self._sheet) if anchor is None else anchor.area(self._sheet)
            self._parts.append(TextSpan(at, text.replace("\r", "\n"), Role.BOX, self._hidden))


def _reference(area: CellArea) -> str:
    """The area as Excel writes it, such as A5:C5."""
    first = f"{_letters(area.column)}{area.row}"
    if area.last_row is None or area.last_column is None:
        return first
    return f"{first}:{_letters(area.last_column)}{area.last_row}"


def _letters(column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
