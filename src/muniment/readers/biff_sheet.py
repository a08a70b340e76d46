"""One sheet of a BIFF workbook: its cells as stored, after what hides and annotates them.

- The sheet is walked twice: once for what stands behind its cells (hidden rows and columns,
  comments, formulas that cells share), once for the cells.
- A cell that cannot be read costs that cell and a Problem; the next one is read.

Source: [MS-XLS] §2.4; OpenOffice.org's documentation of the Excel file format for BIFF2 to BIFF5.
"""

import math
import struct
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import msgspec

from muniment.core import Cell, CellArea, CellKind, Metadata, Part, Problem
from muniment.readers.biff_behind import Behind
from muniment.readers.biff_globals import Globals
from muniment.readers.biff_records import BOFS, EOF, Record, records
from muniment.readers.number_formats import shown

_RK, _MULRK, _LABELSST, _RSTRING, _STRING = 0x27E, 0xBD, 0xFD, 0xD6, (0x207, 0x07)
_NUMBERS, _LABELS, _BOOLERRS = (0x203, 0x03), (0x204, 0x04), (0x205, 0x05)
_FORMULAS = (0x06, 0x206, 0x406)
_INTEGER = 0x02
_OLDEST = 2
_FORMULA_TOKENS = {2: (16, 17, 1), 3: (16, 18, 2), 4: (16, 18, 2)}  # length at, tokens at, bytes
_STYLED_NUMBER = struct.Struct("<HI")
_MOST_PROBLEMS = 100
ERRORS: Mapping[int, str] = MappingProxyType(
    {
        0x00: "#NULL!",
        0x07: "#DIV/0!",
        0x0F: "#VALUE!",
        0x17: "#REF!",
        0x1D: "#NAME?",
        0x24: "#NUM!",
        0x2A: "#N/A",
        0x2B: "#GETTING_DATA",
    }
)
FormulaText = Callable[[bytes, bool, int, int], str | None]


class Sheet(msgspec.Struct, frozen=True):
    """What is known about a sheet before its cells are read."""

    name: str
    book: Globals
    behind: Behind
    formula: FormulaText


class Value(msgspec.Struct, frozen=True, gc=False):
    """A stored value: how it is stored, as what it is written, and in which style."""

    row: int  # from 0
    column: int
    style: int
    kind: CellKind
    written: str


def read_cells(stream: bytes, start: int, sheet: Sheet) -> Iterator[Part]:
    """The cells of the sheet whose stream begins at `start`, in the order of the file."""
    walk = _Walk(sheet)
    depth = troubles = 0
    for record in records(stream, start):
        if record.opcode in BOFS:
            depth += 1
        elif record.opcode == EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1:
            try:
                yield from walk.take(record)
            except (struct.error, ValueError, IndexError):
                troubles += 1
                if troubles <= _MOST_PROBLEMS:
                    message = f"a record {record.opcode:#x} at byte {record.position} is damaged"
                    yield Problem(walk.last, "cell-damaged", message)
    yield from walk.rest()
    if depth > 0:
        yield Problem(CellArea(1, 1, sheet.name), "part-damaged", "the sheet breaks off")
    if troubles > _MOST_PROBLEMS:
        message = f"{troubles} records of the sheet are damaged"
        yield Problem(CellArea(1, 1, sheet.name), "cell-damaged", message)


def number_written(number: float) -> str:
    """The shortest spelling of a number that keeps its value."""
    return repr(number).removesuffix(".0")


class _Walk:
    """The state of the second walk."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet.name
        self._book = sheet.book
        self._behind = sheet.behind
        self._formula = sheet.formula
        self._comments = dict(sheet.behind.comments)
        self._waiting: tuple[Value, str | None] | None = None
        self.last = CellArea(1, 1, sheet.name)

    def take(self, record: Record) -> Iterator[Part]:
        """The cells that a record holds."""
        if record.opcode in _STRING and self._waiting is not None:
            value, formula = self._waiting
            self._waiting = None
            text, _ = self._long_text(record, 0)
            yield self._cell(msgspec.structs.replace(value, written=text), formula)
            return
        if record.opcode in _FORMULAS:
            yield from self._formula_cell(record)
            return
        if record.opcode == _MULRK:
            yield from self._row_of_numbers(record.data)
            return
        for value in self._values(record):
            yield self._cell(value, None)
        if record.opcode == _LABELSST and len(self._book.phonetics) > 0:
            index = struct.unpack_from("<I", record.data, 6)[0]
            if index in self._book.phonetics:
                yield Metadata(self.last, "phonetic", self._book.phonetics[index])

    def rest(self) -> Iterator[Part]:
        """A text formula whose text never came, and comments on cells that hold nothing."""
        if self._waiting is not None:
            yield self._cell(*self._waiting)
        for (row, column), comment in sorted(self._comments.items()):
            area = CellArea(row + 1, column + 1, self._sheet)
            hidden = self._behind.is_hidden(row, column)
            yield Cell(area, CellKind.BLANK, "", hidden=hidden, comment=comment)

    def _row_of_numbers(self, data: bytes) -> Iterator[Part]:
        row, first = struct.unpack_from("<HH", data)
        count = (len(data) - 6) // _STYLED_NUMBER.size  # the last column stands behind them
        styled = _STYLED_NUMBER.iter_unpack(data[4 : 4 + count * _STYLED_NUMBER.size])
        for column, (style, packed) in enumerate(styled, start=first):
            yield self._cell(self._number(row, column, style, unpacked_number(packed)), None)

    def _values(self, record: Record) -> Iterator[Value]:
        opcode, data = record.opcode, record.data
        if opcode == _RK:
            row, column, style, packed = struct.unpack_from("<HHHI", data)
            yield self._number(row, column, style, unpacked_number(packed))
        elif opcode == _LABELSST:
            row, column, style, index = struct.unpack_from("<HHHI", data)
            yield Value(row, column, style, CellKind.TEXT, self._shared(index))
        elif opcode in (*_LABELS, _RSTRING):
            row, column, style, at = self._place(record)
            text, _ = self._long_text(record, at)
            yield Value(row, column, style, CellKind.TEXT, text)
        elif opcode in _NUMBERS:
            row, column, style, at = self._place(record)
            yield self._number(row, column, style, struct.unpack_from("<d", data, at)[0])
        elif opcode in _BOOLERRS:
            row, column, style, at = self._place(record)
            yield _boolean_or_error(row, column, style, data[at], error=data[at + 1] == 1)
        elif opcode == _INTEGER and self._book.version == _OLDEST:
            row, column, style, at = self._place(record)
            yield self._number(row, column, style, struct.unpack_from("<H", data, at)[0])

    def _place(self, record: Record) -> tuple[int, int, int, int]:
        """Row, column, style and where the value begins; version 2 has three bytes of style."""
        row, column, style = struct.unpack_from("<HHH", record.data)
        if self._book.version > _OLDEST and record.opcode not in (0x02, 0x03, 0x04, 0x05):
            return row, column, style, 6
        # The format's number is in the lower six bits of the second attribute byte.
        return row, column, record.data[5] & 0x3F, 7

    def _shared(self, index: int) -> str:
        if index >= len(self._book.strings):
            raise ValueError("a string that is not there")
        return self._book.strings[index]

    def _long_text(self, record: Record, at: int) -> tuple[str, int]:
        oldest = record.opcode in (0x04, 0x07)
        data = record.data + b"".join(piece[1:] for piece in record.more)
        return self._book.spelling.text(data, at, 1 if oldest else 2)

    def _number(self, row: int, column: int, style: int, number: float) -> Value:
        if not math.isfinite(number):
            raise ValueError("no number")
        kind = CellKind.DATE if self._book.formats.is_date(style) else CellKind.NUMBER
        return Value(row, column, style, kind, number_written(number))

    def _formula_cell(self, record: Record) -> Iterator[Part]:
        data = record.data
        row, column, style, at = self._place(record) if self._old else self._new_place(data)
        result = data[at : at + 8]
        formula = self._formula_text(record, row, column)
        if result[6:8] != b"\xff\xff":
            value = self._number(row, column, style, struct.unpack("<d", result)[0])
            yield self._cell(value, formula)
        elif result[0] == 0:
            self._waiting = Value(row, column, style, CellKind.TEXT, ""), formula
        elif result[0] in (1, 2):
            value = _boolean_or_error(row, column, style, result[2], error=result[0] == 2)  # noqa: PLR2004
            yield self._cell(value, formula)
        else:
            yield self._cell(Value(row, column, style, CellKind.TEXT, ""), formula)

    @property
    def _old(self) -> bool:
        return self._book.version == _OLDEST

    def _new_place(self, data: bytes) -> tuple[int, int, int, int]:
        row, column, style = struct.unpack_from("<HHH", data)
        return row, column, style, 6

    def _formula_text(self, record: Record, row: int, column: int) -> str | None:
        data = record.data + b"".join(record.more)
        length_at, tokens_at, size = _FORMULA_TOKENS.get(self._book.version, (20, 22, 2))
        length = int.from_bytes(data[length_at : length_at + size], "little")
        tokens = data[tokens_at : tokens_at + length]
        shared = self._behind.shared_by(tokens, row, column)
        if shared is not None:
            return self._formula(shared.tokens, shared.relative, row, column)
        return self._formula(tokens, False, row, column)  # noqa: FBT003 - a callback

    def _cell(self, value: Value, formula: str | None) -> Part:
        row, column, kind, written = value.row, value.column, value.kind, value.written
        area = self.last = CellArea(row + 1, column + 1, self._sheet)
        code = self._book.formats.code(value.style)
        display = shown(kind, written, code, from_1904=self._book.from_1904)
        hidden = self._behind.is_hidden(row, column)
        comment = self._comments.pop((row, column), None) if len(self._comments) > 0 else None
        return Cell(area, kind, written, display, formula, code, hidden, comment)


def _boolean_or_error(row: int, column: int, style: int, value: int, *, error: bool) -> Value:
    if error:
        return Value(row, column, style, CellKind.ERROR, ERRORS.get(value, f"#ERR{value}"))
    return Value(row, column, style, CellKind.BOOLEAN, str(int(value != 0)))


def unpacked_number(packed: int) -> float:
    """An RK number: an integer or the upper half of a double, perhaps times 100 (§2.5.218)."""
    if packed & 2:
        number: float = (packed >> 2) - (1 << 30 if packed & 0x80000000 else 0)
    else:
        number = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return number / 100 if packed & 1 else number
