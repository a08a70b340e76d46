"""Formulas of a binary workbook as text, from the tokens in which Excel stores them.

    tokens in reverse Polish order: operands are laid down, operators take them up again
    reference     row u32, column u16: 14 bits, then whether column and row are relative

- A formula with a token that is not turned (arrays, tables, other workbooks) has no text: the
  cached value stands all the same, and such formulas are counted.
- Spaces that an author set in a formula are left out.

Source: [MS-XLSB] §2.5.97 (formulas), §2.5.97.8 (Rgce); [MS-XLS] §2.5.198.17 (Ftab).
"""

import re
import struct
from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec
from xlrd.formula import func_defs  # type: ignore[import-untyped]

from muniment.readers.biff_sheet import ERRORS, number_written

_LONGEST = 1 << 15
_DEEPEST = 1_000
_ROWS, _COLUMNS = 1 << 20, 1 << 14
_COLUMN_RELATIVE, _ROW_RELATIVE = 0x4000, 0x8000
_PLAIN_NAME = re.compile(r"[^\W\d][\w.]*")
_CELL_NAME = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*")
_OPERATORS = (
    *("+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>"),
    *(" ", ",", ":"),
)
_FIRST_OPERATOR = 0x03
_PLUS = 0x12
_SUM, _CHOOSE = 0x10, 0x04
_SHARED = 0x01
_OTHERS = 255  # a function by name, which is its first argument
# Functions of Excel 2007, which the older table does not have: name, arguments where fixed.
_LATER: Mapping[int, tuple[str, int]] = MappingProxyType(
    {480: ("IFERROR", 2), 481: ("COUNTIFS", 0), 482: ("SUMIFS", 0), 483: ("AVERAGEIF", 0),
     484: ("AVERAGEIFS", 0)}
)  # fmt: skip


class Around(msgspec.Struct, frozen=True):
    """What formulas of a workbook name: its sheets, what `ixti` stands for, its names."""

    sheets: tuple[str, ...] = ()
    externs: tuple[tuple[int, int] | None, ...] = ()  # first and last sheet; None: elsewhere
    names: tuple[str, ...] = ()


class NotTurnedError(Exception):
    """Raised where a token is met that is not turned into text."""


def formula_text(tokens: bytes, around: Around, row: int, column: int) -> str | None:
    """The text of a formula in the cell at `row`, `column` (from 0); None where not turned."""
    if not 0 < len(tokens) <= _LONGEST:
        return None
    try:
        return _Turned(tokens, around, row, column).text()
    except (NotTurnedError, struct.error, IndexError, ValueError):
        return None


def shared_anchor(tokens: bytes, extra: bytes) -> tuple[int, int] | None:
    """Row and column of the cell whose formula this one shares; None where it has its own."""
    if len(tokens) != 5 or tokens[0] != _SHARED or len(extra) < 4:  # noqa: PLR2004 - a token and its row
        return None
    return struct.unpack_from("<I", tokens, 1)[0], struct.unpack_from("<I", extra)[0]


def parsed(body: bytes, at: int) -> tuple[bytes, bytes]:
    """The tokens that stand at a position, and what stands behind them for some.

    Raises:
        struct.error: none stand there.
    """
    (size,) = struct.unpack_from("<I", body, at)
    tokens = body[at + 4 : at + 4 + size]
    behind = at + 4 + size
    extra = body[behind + 4 :] if len(body) >= behind + 4 else b""
    return tokens, extra


class _Turned:
    """One walk over the tokens."""

    def __init__(self, tokens: bytes, around: Around, row: int, column: int) -> None:
        self._tokens, self._around = tokens, around
        self._row, self._column = row, column
        self._at = 0
        self._stack: list[str] = []

    def text(self) -> str:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token >= 0x20:  # noqa: PLR2004 - the first operand with a class in its high bits
                self._operand(token & 0x1F | 0x20)
            elif _FIRST_OPERATOR <= token < _PLUS:
                right, left = self._stack.pop(), self._stack.pop()
                self._push(f"{left}{_OPERATORS[token - _FIRST_OPERATOR]}{right}")
            else:
                self._plain(token)
        (text,) = self._stack
        return text

    def _push(self, text: str) -> None:
        if len(text) > _LONGEST or len(self._stack) > _DEEPEST:
            raise NotTurnedError
        self._stack.append(text)

    def _take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from(form, self._tokens, self._at)
        self._at += struct.calcsize(form)
        return values

    def _plain(self, token: int) -> None:
        match token:
            case 0x12 | 0x13:
                self._push(("+" if token == _PLUS else "-") + self._stack.pop())
            case 0x14:
                self._push(self._stack.pop() + "%")
            case 0x15:
                self._push(f"({self._stack.pop()})")
            case 0x16:
                self._push("")
            case 0x17:
                (length,) = self._take("<H")
                raw = self._tokens[self._at : self._at + 2 * length]
                self._at += 2 * length
                quoted = raw.decode("utf-16-le", "replace").replace('"', '""')
                self._push(f'"{quoted}"')
            case 0x19:
                self._attribute()
            case _:
                self._push(self._constant(token))

    def _constant(self, token: int) -> str:
        match token:
            case 0x1C:
                (number,) = self._take("<B")
                return ERRORS.get(number, f"#ERR{number}")
            case 0x1D:
                return "TRUE" if self._take("<B")[0] else "FALSE"
            case 0x1E:
                return str(self._take("<H")[0])
            case 0x1F:
                return number_written(self._take("<d")[0])
            case _:
                raise NotTurnedError

    def _attribute(self) -> None:
        """How Excel calculates or sets the formula; only a sum of one argument is text."""
        sort, value = self._take("<BH")
        if sort & _CHOOSE:
            self._at += 2 * (value + 1)
        elif sort & _SUM:
            self._push(f"SUM({self._stack.pop()})")

    def _operand(self, base: int) -> None:
        if base in (0x26, 0x27, 0x28):
            self._at += 6  # a reference that Excel worked out; what it comes of follows
        elif base == 0x29:  # noqa: PLR2004 - likewise
            self._at += 2
        else:
            turn = _OPERANDS.get(base)
            if turn is None:
                raise NotTurnedError
            self._push(turn(self))

    def function(self) -> str:
        (number,) = self._take("<H")
        name, count = _LATER.get(number) or func_defs[number][:2] if _known(number) else ("", 0)
        return self._call(name, count)

    def called(self) -> str:
        count, number = self._take("<BH")
        if number == _OTHERS:
            name, *arguments = self._popped(count)
            return f"{name}({','.join(arguments)})"
        if not _known(number):
            raise NotTurnedError
        return self._call((_LATER.get(number) or func_defs[number])[0], count & 0x7F)

    def _call(self, name: str, count: int) -> str:
        if name == "":
            raise NotTurnedError
        return f"{name}({','.join(self._popped(count))})"

    def _popped(self, count: int) -> list[str]:
        if count > len(self._stack):
            raise NotTurnedError
        found = self._stack[len(self._stack) - count :]
        del self._stack[len(self._stack) - count :]
        return found

    def name(self) -> str:
        (number,) = self._take("<I")
        found = self._around.names[number - 1] if number > 0 else ""
        if found == "":
            raise NotTurnedError
        return found

    def cell(self, *, relative: bool = False) -> str:
        row, column = self._take("<IH")
        return self._cell(row, column, relative=relative)

    def area(self, *, relative: bool = False) -> str:
        top, bottom, left, right = self._take("<IIHH")
        if (top, bottom) == (0, _ROWS - 1) and not relative:
            return f"{_column(left)}:{_column(right)}"
        if (left & 0x3FFF, right & 0x3FFF) == (0, _COLUMNS - 1) and not relative:
            return f"{_row(top, left)}:{_row(bottom, right)}"
        one = self._cell(top, left, relative=relative)
        return f"{one}:{self._cell(bottom, right, relative=relative)}"

    def _cell(self, row: int, column: int, *, relative: bool) -> str:
        if relative:
            flags, column = column & 0xC000, column & 0x3FFF
            if flags & _ROW_RELATIVE:
                row = (row + self._row) % _ROWS
            if flags & _COLUMN_RELATIVE:
                column = (column + self._column) % _COLUMNS
            column |= flags
        return _column(column) + _row(row, column)

    def broken(self, size: int) -> str:
        self._at += size
        return "#REF!"

    def on_sheet(self, what: Callable[["_Turned"], str]) -> str:
        (number,) = self._take("<H")
        sheets = self._around.externs[number]
        if sheets is None:
            raise NotTurnedError
        first, last = sheets
        if first < 0:
            return f"#REF!{what(self)}" if first == -1 else what(self)
        one, other = self._around.sheets[first], self._around.sheets[last]
        both = one if one == other else f"{one}:{other}"
        is_plain = all(map(_is_plain, (one, other)))
        quoted = both if is_plain else "'" + both.replace("'", "''") + "'"
        return f"{quoted}!{what(self)}"


def _known(number: int) -> bool:
    return number in _LATER or number in func_defs


def _is_plain(name: str) -> bool:
    return _PLAIN_NAME.fullmatch(name) is not None and _CELL_NAME.fullmatch(name) is None


def _column(column: int) -> str:
    number, letters = (column & 0x3FFF) + 1, ""
    while number > 0:
        number, digit = divmod(number - 1, 26)
        letters = chr(65 + digit) + letters
    return letters if column & _COLUMN_RELATIVE else f"${letters}"


def _row(row: int, column: int) -> str:
    if row >= _ROWS:
        raise NotTurnedError
    return str(row + 1) if column & _ROW_RELATIVE else f"${row + 1}"


_OPERANDS: Mapping[int, Callable[[_Turned], str]] = MappingProxyType(
    {
        0x21: _Turned.function,
        0x22: _Turned.called,
        0x23: _Turned.name,
        0x24: _Turned.cell,
        0x25: _Turned.area,
        0x2A: lambda turned: turned.broken(6),
        0x2B: lambda turned: turned.broken(12),
        0x2C: lambda turned: turned.cell(relative=True),
        0x2D: lambda turned: turned.area(relative=True),
        0x3A: lambda turned: turned.on_sheet(_Turned.cell),
        0x3B: lambda turned: turned.on_sheet(_Turned.area),
        0x3C: lambda turned: turned.on_sheet(lambda inner: inner.broken(6)),
        0x3D: lambda turned: turned.on_sheet(lambda inner: inner.broken(12)),
    }
)
