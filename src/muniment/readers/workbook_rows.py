r"""Rows of a worksheet as programs write them, packed without building a tree of their XML.

    <row r="7" spans="1:2"><c r="A7" s="1" t="s"><v>0</v></c><c r="B7"><f>A7*2</f><v>4</v></c></row>

- A row that is not exactly of this shape, to the last byte, is not read here: `packed_row` says so
  and the XML parser reads it. What both read they read alike; a test compares them.
- A cell is put together from what is the same for all cells of its column and style, and the
  encoding of its value; that encoding is kept for values that come again.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import compress
from typing import Any

import msgspec

from muniment.core import CellKind, differs_as_shown, number_as_stored, shortest_number
from muniment.readers.formula_shift import shifted
from muniment.readers.number_formats import Formats, shown_of_stored, worked_out
from muniment.readers.packed_cells import CELL_START, FALSE, NIL, STORED, TRUE
from muniment.readers.workbook_strings import unescaped

_ROW = re.compile(
    rb'\s*(?P<empty>(?:<row r="[0-9]{1,7}"[^<>]*/>\s*)*)<row r="(?P<r>[1-9][0-9]{0,6})"'
    rb"(?P<rest>[^<>/]*)>"
)
# Cells with values alone; with inline texts too; with formulas too. Groups: column, attributes,
# then formula, value and inline text, those that there may be.
_VALUES = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,7}"([^<>/]*)(?:/>|><v>([^<]*)</v></c>)')
_TEXTS = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]{1,7}"([^<>/]*)(?:/>|><v>([^<]*)</v></c>'
    rb'|><is><t(?: xml:space="preserve")?>([^<]*)</t></is></c>)'
)
_FORMULAS = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]{1,7}"([^<>/]*)(?:/>|>((?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)?)'
    rb'(?:<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)</c>)'
)
# How many items a cell is cut into: what stands before it, then its groups.
_VALUE_ITEMS, _TEXT_ITEMS, _FORMULA_ITEMS = 4, 5, 6
_PATTERNS = ((_VALUES, _VALUE_ITEMS), (_TEXTS, _TEXT_ITEMS), (_FORMULAS, _FORMULA_ITEMS))
_INLINE = b't="inlineStr"'
_WHOLE_VALUE = rb"<v>([^<]*)</v>"
_WHOLE_TEXT = rb'<is><t(?: xml:space="preserve")?>([^<]*)</t></is>'
_ALIKE = 32  # rows of one shape, from which on an expression for it pays for being compiled
_MOST_WHOLE = 64  # expressions for a sheet
_MOST_IN_WHOLE = 256  # cells
_ATTRIBUTE = re.compile(rb' ([a-z]+)="([^"<>&]*)"')
_FORMULA = re.compile(rb"<f((?: [a-z]+=\"[^\"<>&]*\")*)(?:/>|>([^<]*)</f>)")
_NOTHING = re.compile(r"0+(?:\.0+)?")
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_NOT_PLAIN = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|]]>")
_PLAIN_FIXED = re.compile(r"0(?:\.(0{1,15}))?(?:_.)?")
# A decimal of at most 15 digits that is its own shortest spelling.
_USUAL = re.compile(rb"-?[1-9][0-9]{0,8}\.[0-9]{0,4}[1-9]")
_DECIMAL = re.compile(rb"-?[0-9]{1,20}\.[0-9]{1,30}")
_ZERO, _POINT = 0x30, 0x2E
_MOST_KEPT = 1 << 17
_LONGEST = 512  # bytes of a value that is packed here; bounds what a row can grow to
_LARGEST_ROW = 1 << 22
_LAST_ROW, _LARGEST_COLUMN, _LAST_LETTERS = 1_048_576, 16_384, b"XFD"
_SHORT = 32
_EPOCH_1900 = date(1899, 12, 30).toordinal()
_AFTER_LEAP_BUG, _LAST_SERIAL = 61, 2_958_466

_encoder = msgspec.msgpack.Encoder()
_encode = _encoder.encode
_HEADS = tuple(_encode("x" * length)[:-length] if length else b"\xa0" for length in range(_SHORT))


class OtherShapeError(Exception):
    """Raised where a row is not of the shape that is packed here."""


class Shared(msgspec.Struct, frozen=True):
    """A shared formula: its text, and the cell in which it reads so."""

    text: str
    row: int
    column: int


class SheetFacts(msgspec.Struct):
    """What the cells of a sheet depend on; columns and formulas are added as they are read."""

    name: str
    hidden: bool
    strings: Sequence[str]
    formats: Formats
    from_1904: bool
    hidden_columns: set[int]
    shared: dict[str, Shared]
    unpacked_strings: frozenset[int] = frozenset()  # strings of which more is to be said


class _Kept(dict[bytes, bytes]):
    """Encodings of values that may come again."""

    def __init__(self, make: Callable[[bytes], bytes]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: bytes) -> bytes:
        if len(value) > _LONGEST:
            raise OtherShapeError
        if len(self) >= _MOST_KEPT:
            self.clear()
        made = self[value] = self._make(value)
        return made


class _Plan(msgspec.Struct, frozen=True):
    """How the cells of one column and style are put together."""

    made: Callable[[bytes], bytes]  # everything after the row, for a stored value
    middle: bytes  # column, sheet, kind
    column: int
    code: str | None
    hidden: bool
    kind: CellKind
    text: Callable[[bytes], str]


class _Shape(msgspec.Struct, frozen=True):
    """The columns and attributes of a row's cells, and the plans for them."""

    letters: list[bytes] = []
    attributes: list[bytes] = []
    plans: list[_Plan] = []
    makers: list[Callable[[bytes], bytes]] = []
    inline: list[bool] = []  # whether a cell says that its text stands in it


class _Plans(dict[tuple[bytes, bytes], _Plan]):
    """The plans for the columns and attributes seen so far."""

    def __init__(self, rows: "RowPacker", *, hidden: bool) -> None:
        super().__init__()
        self._rows = rows
        self._hidden = hidden
        self.shape = _Shape()
        # One expression for all cells of the shape, without a group for what is known of them.
        self.whole: re.Pattern[bytes] | None = None
        self._alike = self._made = 0

    def __missing__(self, key: tuple[bytes, bytes]) -> _Plan:
        if len(self) >= _MOST_KEPT:
            self.clear()
        made = self[key] = self._rows.plan(*key, hidden_row=self._hidden)
        return made

    def take(self, shape: _Shape) -> None:
        """The shape of the rows from here on."""
        self.shape, self.whole, self._alike = shape, None, 0

    def again(self) -> None:
        """Another row has this shape: from some on, it is worth an expression of its own."""
        self._alike += 1
        worth = self._alike == _ALIKE and self._made < _MOST_WHOLE
        if worth and len(self.shape.letters) <= _MOST_IN_WHOLE:
            self._made += 1
            self.whole = _whole_row(self.shape)


def _whole_row(shape: _Shape) -> re.Pattern[bytes]:
    """What matches rows in which every cell of the shape holds a value or a text."""
    cells = zip(shape.letters, shape.attributes, shape.inline, strict=True)
    return re.compile(
        b"".join(
            b'<c r="%b[0-9]{1,7}"%b>%b</c>'
            % (letters, re.escape(attributes), _WHOLE_TEXT if inline else _WHOLE_VALUE)
            for letters, attributes, inline in cells
        )
    )


class RowPacker:
    """Packs the rows of one sheet."""

    def __init__(self, facts: SheetFacts) -> None:
        self._facts = facts
        self._plans = (_Plans(self, hidden=False), _Plans(self, hidden=True))
        self._pattern = 0
        self._empty_styles: set[bytes] = set()  # attributes of cells that hold nothing
        self.row = 0

    def packed_row(self, piece: bytes, skipped: Callable[[int], bool]) -> tuple[int, bytes]:
        """How many cells a row holds, and their encodings; `piece` ends before `</row>`.

        Raises:
            OtherShapeError: the XML parser is to read it; `skipped` rows are left to it as well.
        """
        match = _ROW.match(piece)
        if match is None:
            raise OtherShapeError
        digits, rest = match["r"], match["rest"]
        row = int(digits)
        if row > _LAST_ROW or skipped(row):
            raise OtherShapeError
        plans = self._plans[(b"hidden" in rest or b' ht="0' in rest) and _is_hidden(rest)]
        made = self._cells(piece, match.end(), digits, plans)
        start = CELL_START + _encode(row)
        body = start + start.join(made) if len(made) > 0 else b""
        if len(body) > _LARGEST_ROW:
            raise OtherShapeError
        self.row = row
        return len(made), body

    def _cells(self, piece: bytes, start: int, digits: bytes, plans: _Plans) -> list[bytes]:
        cells = piece[start:]
        match = None if plans.whole is None else plans.whole.fullmatch(cells)
        if match is not None:
            makers = plans.shape.makers
            if cells.count(digits + b'"') != len(makers):
                raise OtherShapeError
            return [make(value) for make, value in zip(makers, match.groups(), strict=True)]
        items, step = self._cut(cells)
        letters = items[1::step]
        if cells.count(digits + b'"') != len(letters):
            raise OtherShapeError
        if step == _VALUE_ITEMS and None in items[3::step]:
            return self._sparse(letters, items[2::step], items[3::step], plans)
        shape = self._shape_of(letters, items[2::step], plans)
        values = items[3::step] if step == _VALUE_ITEMS else _written(items, step, shape)
        if step == _FORMULA_ITEMS:
            return self._mixed(shape, items[3::step], values, int(digits))
        if None in values:  # cells that hold nothing but their style
            pairs = zip(shape.makers, values, strict=True)
            return [make(value) for make, value in pairs if value is not None]
        return [make(value) for make, value in zip(shape.makers, values, strict=True)]

    def _sparse(
        self,
        letters: list[bytes],
        attributes: list[bytes],
        values: list[bytes | None],
        plans: _Plans,
    ) -> list[bytes]:
        """Cells some of which hold nothing but their style: those, often thousands, get no plan.

        Raises:
            OtherShapeError: one of them would be no cell if it held something.
        """
        empty = [value is None for value in values]
        styles = set(compress(attributes, empty))
        for style in styles - self._empty_styles:
            self.plan(b"A", style, hidden_row=False)
        self._empty_styles |= styles
        if any(len(each) == len(_LAST_LETTERS) and each > _LAST_LETTERS for each in letters):
            raise OtherShapeError
        return [
            plans[letter, style].made(value)
            for letter, style, value in zip(letters, attributes, values, strict=True)
            if value is not None
        ]

    def _cut(self, cells: bytes) -> tuple[list[Any], int]:
        """The groups of a row's cells, and how many a cell has; first as the row before was cut.

        Raises:
            OtherShapeError: something else stands between its cells.
        """
        for number in (self._pattern, *range(len(_PATTERNS))):
            pattern, step = _PATTERNS[number]
            items = pattern.split(cells)
            if not any(items[::step]):
                self._pattern = number
                return items, step
        raise OtherShapeError

    def _mixed(
        self, shape: _Shape, formulas: list[bytes], values: list[bytes | None], row: int
    ) -> list[bytes]:
        return [
            plan.made(value) if len(formula) == 0 else self._with_formula(plan, formula, value, row)
            for plan, formula, value in zip(shape.plans, formulas, values, strict=True)
            if value is not None
        ]

    def _shape_of(self, letters: list[bytes], attributes: list[bytes], plans: _Plans) -> _Shape:
        """The plans for a row's cells; most rows have the shape of the one before."""
        shape = plans.shape
        if shape.letters != letters or shape.attributes != attributes:
            planned = [plans[pair] for pair in zip(letters, attributes, strict=True)]
            makers = [plan.made for plan in planned]
            inline = [_INLINE in each for each in attributes]
            shape = _Shape(letters, attributes, planned, makers, inline)
            plans.take(shape)
        else:
            plans.again()
        return shape

    def _with_formula(self, plan: _Plan, formula: bytes, value: bytes, row: int) -> bytes:
        facts = self._facts
        text = _encode(self._formula(formula, row, plan.column))
        written = plan.text(value)
        display = shown_of_stored(plan.kind, written, plan.code, from_1904=facts.from_1904)
        hidden = TRUE if plan.hidden else FALSE
        rest = text + _encode(plan.code) + hidden + NIL + STORED
        return plan.middle + _encode(written) + _encode(display) + rest

    def _formula(self, element: bytes, row: int, column: int) -> str:
        match = _FORMULA.fullmatch(element)
        if match is None or len(element) > _LONGEST:
            raise OtherShapeError
        stated = dict(_ATTRIBUTE.findall(match[1]))
        if b"ref" in stated:
            raise OtherShapeError  # it stands for a range, which is stated too
        if match[2]:
            return plain_text(match[2])
        shared = self._facts.shared.get(stated.get(b"si", b"").decode("ascii"))
        if stated.get(b"t") != b"shared" or shared is None:
            raise OtherShapeError
        return shifted(shared.text, row - shared.row, column - shared.column)

    def plan(self, letters: bytes, attributes: bytes, *, hidden_row: bool) -> _Plan:
        """The plan for the cells of a column that have these attributes."""
        stated = dict(_ATTRIBUTE.findall(attributes))
        if len(_ATTRIBUTE.sub(b"", attributes)) > 0:
            raise OtherShapeError
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        written_style = stated.get(b"s", b"0")
        if column > _LARGEST_COLUMN or not written_style.isdigit() or len(written_style) > 9:  # noqa: PLR2004 - fits any width
            raise OtherShapeError
        style, stored_as = int(written_style), stated.get(b"t", b"n")
        hidden = hidden_row or self._facts.hidden or column in self._facts.hidden_columns
        kind = self._kind(stored_as, style)
        place = _encode(column) + _encode(self._facts.name) + NIL + NIL
        middle = place + _encode(kind)
        code = self._facts.formats.code(style)
        text = self._text_of(stored_as)
        rest = NIL + _encode(code) + (TRUE if hidden else FALSE) + NIL + STORED
        made = self._maker(text, kind, code, middle, rest)
        return _Plan(made, middle, column, code, hidden, kind, text)

    def _kind(self, stored_as: bytes, style: int) -> CellKind:
        match stored_as:
            case b"s" | b"str" | b"inlineStr":
                return CellKind.TEXT
            case b"b":
                return CellKind.BOOLEAN
            case b"e":
                return CellKind.ERROR
            case b"n":
                dated = self._facts.formats.is_date(style)
                return CellKind.DATE if dated else CellKind.NUMBER
            case _:
                raise OtherShapeError

    def _text_of(self, stored_as: bytes) -> Callable[[bytes], str]:
        match stored_as:
            case b"s":
                return self._string
            case b"n":
                return number_text
            case b"str" | b"inlineStr":
                return lambda value: unescaped(plain_text(value))
            case _:
                return plain_text

    def _string(self, value: bytes) -> str:
        if not value.isdigit() or len(value) > 9 or int(value) >= len(self._facts.strings):  # noqa: PLR2004 - fits any width
            raise OtherShapeError
        if int(value) in self._facts.unpacked_strings:
            raise OtherShapeError
        return self._facts.strings[int(value)]

    def _maker(
        self,
        text: Callable[[bytes], str],
        kind: CellKind,
        code: str | None,
        middle: bytes,
        rest: bytes,
    ) -> Callable[[bytes], bytes]:
        if kind is CellKind.NUMBER:
            fixed = None if code is None else _PLAIN_FIXED.fullmatch(code)
            decimals = 0 if fixed is None else len(fixed[1] or "")
            if code is None or fixed is not None:
                return _number_maker(code, decimals, middle, rest)
        from_1904 = self._facts.from_1904
        if kind is CellKind.DATE and not from_1904 and (code is None or "[" not in code):
            return _Kept(_date_maker(code, middle, rest)).__getitem__

        def make(value: bytes) -> bytes:
            written = text(value)
            display = shown_of_stored(kind, written, code, from_1904=from_1904)
            return middle + _encode(written) + _encode(display) + rest

        return _Kept(make).__getitem__


def _written(items: list[Any], step: int, shape: _Shape) -> list[Any]:
    """What each cell holds, as a value or as a text in it.

    Raises:
        OtherShapeError: a text does not stand in the cells that announce one.
    """
    texts = items[step - 1 :: step]
    if [text is not None for text in texts] != shape.inline:
        raise OtherShapeError
    pairs = zip(items[step - 2 :: step], texts, strict=True)
    return [text if value is None else value for value, text in pairs]


def _is_hidden(rest: bytes) -> bool:
    stated = dict(_ATTRIBUTE.findall(rest))
    return is_hidden(stated.get(b"hidden", b"").decode(), stated.get(b"ht", b"").decode())


def is_hidden(stated: str | None, size: str | None) -> bool:
    """Whether a row or column is said to be hidden, or has no height or width to be seen in."""
    return stated in ("1", "true") or (size is not None and _NOTHING.fullmatch(size) is not None)


def _number_maker(
    code: str | None, decimals: int, middle: bytes, rest: bytes
) -> Callable[[bytes], bytes]:
    """Numbers seldom come again: nothing is kept, and most are stored as they are written."""
    nothing = NIL + rest
    heads = tuple(middle + head for head in _HEADS)
    usual = _USUAL.fullmatch

    def whole(value: bytes) -> bytes:
        if value.isdigit() and len(value) < _SHORT and (code is None or value[0] != _ZERO):
            return heads[len(value)] + value + nothing
        if code is None and usual(value) is not None:
            return heads[len(value)] + value + nothing
        return other(value)

    point = -decimals - 1

    def fixed(value: bytes) -> bytes:
        if usual(value) is not None:
            length = len(value)
            if length > decimals and value[point] == _POINT:
                return heads[length] + value + nothing
            lacking = decimals - length + value.index(b".") + 1
            if lacking > 0:
                padded = _HEADS[length + lacking] + value + b"0" * lacking
                return heads[length] + value + padded + rest
        return other(value)

    def other(value: bytes) -> bytes:
        written = number_text(value)
        return middle + _encode(written) + _encode(_shown(written, code, decimals)) + rest

    return whole if decimals == 0 else fixed


def _shown(written: str, code: str | None, decimals: int) -> str | None:
    """What no format, or one of zeros, shows for a number, where it is not what is written."""
    shortest = shortest_number(written) or written
    if code is None:
        return shortest if differs_as_shown(written, shortest) else None
    text = _fixed(shortest, code, decimals)
    return None if text == written else text


def _fixed(shortest: str, code: str, decimals: int) -> str | None:
    """What a format of zeros shows: the same number with more zeros, unless it has to round."""
    whole, _, fraction = shortest.partition(".")
    digits = whole.removeprefix("-")
    usual = digits.isdecimal() and digits[0] != "0" and (fraction == "" or fraction.isdecimal())
    if not usual or len(fraction) > decimals:
        return worked_out(shortest, code)
    return shortest if len(fraction) == decimals else f"{whole}.{fraction.ljust(decimals, '0')}"


def _date_maker(code: str | None, middle: bytes, rest: bytes) -> Callable[[bytes], bytes]:
    """Dates of the 1900 calendar; whole days after its false 29 February are counted straight."""

    def make(value: bytes) -> bytes:
        if value.isdigit() and len(value) < 8 and value[0] != _ZERO:  # noqa: PLR2004 - seven digits
            serial = int(value)
            if _AFTER_LEAP_BUG <= serial < _LAST_SERIAL:
                day = date.fromordinal(_EPOCH_1900 + serial).isoformat()
                return middle + _HEADS[len(value)] + value + _encode(day) + rest
        written = number_text(value)
        display = shown_of_stored(CellKind.DATE, written, code, from_1904=False)
        return middle + _encode(written) + _encode(display) + rest

    return make


def number_text(value: bytes) -> str:
    """A stored number as it is spelt.

    Raises:
        OtherShapeError: it is no finite number.
    """
    if value.isdigit() or _DECIMAL.fullmatch(value) is not None:
        return value.decode("ascii")
    stored = number_as_stored(plain_text(value))
    if stored is None:
        raise OtherShapeError
    return stored


def plain_text(value: bytes) -> str:
    """The text that XML character data stands for.

    Raises:
        OtherShapeError: it holds what the parser would refuse or change.
    """
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError as why:
        raise OtherShapeError from why
    if _NOT_PLAIN.search(text) is not None:
        raise OtherShapeError
    return text if "&" not in text else _without_entities(text)


def _without_entities(text: str) -> str:
    if text.count("&") != len(_ENTITY.findall(text)):
        raise OtherShapeError
    return _ENTITY.sub(_entity, text)


def _entity(match: re.Match[str]) -> str:
    if match[1] is not None:
        return _ENTITIES[match[1]]
    number = int(match[2]) if match[2] is not None else int(match[3], 16)
    allowed = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE  # noqa: PLR2004 - XML 1.0 §2.2
    if not (allowed or 0x10000 <= number < 0x110000):  # noqa: PLR2004
        raise OtherShapeError
    return chr(number)
