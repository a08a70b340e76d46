"""One sheet of a binary workbook: its cells record by record.

- A record that cannot be read costs its cell and a Problem; the next one is read.

Source: [MS-XLSB] §2.4: BrtRowHdr, BrtCell…, BrtFmla…, BrtColInfo, BrtMergeCell, BrtHLink.
"""

import math
import struct
from collections.abc import Iterator, Mapping

import msgspec

from muniment.core import Cell, CellArea, CellKind, Metadata, Part, Problem
from muniment.readers.biff_sheet import ERRORS, number_written, unpacked_number
from muniment.readers.binary_formula import Around, formula_text, parsed, shared_anchor
from muniment.readers.binary_records import Records, nullable_text, wide_text
from muniment.readers.number_formats import Formats, shown

_ROW, _COLUMNS, _MERGE, _LINK, _HEADERS = 0, 60, 176, 494, 479
_BLANK, _RK, _ERROR, _BOOLEAN, _REAL, _TEXT, _SHARED = range(1, 8)
_FORMULA_TEXT, _FORMULA_REAL, _FORMULA_BOOLEAN, _FORMULA_ERROR = range(8, 12)
_SHORT_FROM, _SHORT_TO = 12, 18  # cells that follow on from the column before
_RICH = 62
_SAME = {8: _TEXT, 9: _REAL, 10: _BOOLEAN, 11: _ERROR, 62: _RICH}
_HIDDEN_ROW = 0x10
_ARRAY_FORMULA, _SHARED_FORMULA = 426, 427
_SHARED_SIGNS = (b"\xaa\x03", b"\xab\x03")  # the two as records begin
_RANGE = 16  # bytes of the range that it is for
_FLAGS = 2  # bytes between a value and its formula
_SIZES = {_FORMULA_REAL: 8, _FORMULA_BOOLEAN: 1, _FORMULA_ERROR: 1}
_MOST_COLUMNS = 16_384
_MOST_PROBLEMS = 100
_HEADER_NAMES = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


class BinarySheet(msgspec.Struct, frozen=True):
    """What is known about a sheet before its cells are read."""

    name: str
    hidden: bool
    strings: list[str]
    formats: Formats
    from_1904: bool
    around: Around = Around()


def read_binary_sheet(
    data: bytes,
    sheet: BinarySheet,
    comments: Mapping[tuple[int, int], str],
    targets: Mapping[str, str],
) -> Iterator[Part]:
    """The cells and ranges of a sheet; `targets` says where the links of its part lead."""
    walk = _Walk(sheet, comments, targets, _shared_formulas(data))
    troubles = 0
    for kind, body in Records(data):
        try:
            yield from walk.take(kind, body)
        except (struct.error, ValueError, IndexError):
            troubles += 1
            if troubles <= _MOST_PROBLEMS:
                yield Problem(walk.last, "cell-damaged", f"a record {kind} is damaged")
    yield from walk.rest()


def _shared_formulas(data: bytes) -> dict[tuple[int, int], bytes]:
    """Formulas that cells share, by the cell that they follow; its row and column from 0."""
    found: dict[tuple[int, int], bytes] = {}
    if not any(sign in data for sign in _SHARED_SIGNS):
        return found
    row = column = 0
    for kind, body in Records(data):
        try:
            if kind == _ROW:
                row, column = struct.unpack_from("<I", body)[0], -1
            elif _SHORT_FROM <= kind <= _SHORT_TO:
                column += 1
            elif kind < _SHORT_FROM or kind == _RICH:
                (column,) = struct.unpack_from("<I", body)
            elif kind in (_SHARED_FORMULA, _ARRAY_FORMULA):
                at = _RANGE + (kind == _ARRAY_FORMULA)
                found[row, column] = parsed(body, at)[0]
        except struct.error:
            continue  # said where the cells are read
    return found


class _Walk:
    """The state of a walk through the sheet."""

    def __init__(
        self,
        sheet: BinarySheet,
        comments: Mapping[tuple[int, int], str],
        targets: Mapping[str, str],
        shared: Mapping[tuple[int, int], bytes],
    ) -> None:
        self._shared = shared
        self._sheet = sheet
        self._comments = dict(comments)
        self._targets = targets
        self._row = 0
        self._column = -1
        self._row_hidden = False
        self._hidden_columns: set[int] = set()
        self._not_turned = 0
        self.last = CellArea(1, 1, sheet.name)

    def take(self, kind: int, body: bytes) -> Iterator[Part]:
        """What one record holds."""
        if kind == _ROW:
            self._row = struct.unpack_from("<I", body)[0]
            self._row_hidden = body[11] & _HIDDEN_ROW != 0
            self._column = -1
        elif kind <= _SHORT_TO or kind == _RICH:
            yield from self._cell(kind, body)
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<4IH", body)
            if flags & 1:
                self._hidden_columns.update(range(first, min(last, _MOST_COLUMNS) + 1))
        elif kind == _MERGE:
            yield Metadata(self._area(body), "merged", "merged")
        elif kind == _LINK:
            yield from self._link(body)
        elif kind == _HEADERS:
            yield from self._headers(body)

    def _area(self, body: bytes) -> CellArea:
        top, bottom, left, right = struct.unpack_from("<4I", body)
        return CellArea(top + 1, left + 1, self._sheet.name, bottom + 1, right + 1)

    def _link(self, body: bytes) -> Iterator[Part]:
        area = self._area(body)
        relation, at = nullable_text(body, 16)
        location, _ = wide_text(body, at)
        target = self._targets.get(relation, "")
        address = f"{target}#{location}" if location != "" else target
        if address != "":
            yield Metadata(area, "link (hyperlink)", address)

    def _headers(self, body: bytes) -> Iterator[Part]:
        at = 2
        for name in _HEADER_NAMES:
            if at + 4 > len(body):
                return
            text, at = nullable_text(body, at)
            if text != "":
                yield Metadata(CellArea(1, 1, self._sheet.name), name, text)

    def _cell(self, kind: int, body: bytes) -> Iterator[Part]:
        if _SHORT_FROM <= kind <= _SHORT_TO:
            self._column += 1
            kind, at = kind - _SHORT_FROM + 1, 4
            style = struct.unpack_from("<I", body)[0] & 0xFFFFFF
        else:
            self._column, style = struct.unpack_from("<II", body)
            style, at = style & 0xFFFFFF, 8
        area = CellArea(self._row + 1, self._column + 1, self._sheet.name)
        self.last = area
        stored, written = self._value(_SAME.get(kind, kind), body, at, style)
        comment = self._comments.pop((area.row, area.column), None)
        if stored is CellKind.BLANK and comment is None:
            return
        code = self._sheet.formats.code(style)
        display = shown(stored, written, code, from_1904=self._sheet.from_1904)
        hidden = self._sheet.hidden or self._row_hidden or self._column in self._hidden_columns
        formula = self._formula(kind, body, at)
        yield Cell(area, stored, written, display, formula, code, hidden, comment)

    def _formula(self, kind: int, body: bytes, at: int) -> str | None:
        """The text of a formula; None where the cell has none, or it is not turned."""
        if not _FORMULA_TEXT <= kind <= _FORMULA_ERROR:
            return None
        text = None
        try:
            behind = wide_text(body, at)[1] if kind == _FORMULA_TEXT else at + _SIZES[kind]
            tokens, extra = parsed(body, behind + _FLAGS)
            anchor = shared_anchor(tokens, extra)
            tokens = tokens if anchor is None else self._shared.get(anchor, b"")
            text = formula_text(tokens, self._sheet.around, self._row, self._column)
        except struct.error:
            text = None  # the value stands all the same
        self._not_turned += text is None
        return text

    def _value(self, kind: int, body: bytes, at: int, style: int) -> tuple[CellKind, str]:
        match kind:
            case 2:
                return self._number(unpacked_number(struct.unpack_from("<I", body, at)[0]), style)
            case 5:
                return self._number(struct.unpack_from("<d", body, at)[0], style)
            case 3:
                return CellKind.ERROR, ERRORS.get(body[at], f"#ERR{body[at]}")
            case 4:
                return CellKind.BOOLEAN, str(int(body[at] != 0))
            case 6:
                return CellKind.TEXT, wide_text(body, at)[0]
            case 62:
                return CellKind.TEXT, wide_text(body, at + 1)[0]
            case 7:
                return CellKind.TEXT, self._sheet.strings[struct.unpack_from("<I", body, at)[0]]
            case _:
                return CellKind.BLANK, ""

    def _number(self, number: float, style: int) -> tuple[CellKind, str]:
        if not math.isfinite(number):
            raise ValueError("no number")
        dated = self._sheet.formats.is_date(style)
        return CellKind.DATE if dated else CellKind.NUMBER, number_written(number)

    def rest(self) -> Iterator[Part]:
        """Comments on cells that hold nothing, and how many formulas are not given."""
        for (row, column), comment in sorted(self._comments.items()):
            area = CellArea(row, column, self._sheet.name)
            yield Cell(area, CellKind.BLANK, "", hidden=self._sheet.hidden, comment=comment)
        if self._not_turned > 0:
            message = (
                f"{self._not_turned} cells hold formulas whose text is not given; their values are"
            )
            yield Problem(CellArea(1, 1, self._sheet.name), "formulas-not-read", message)
