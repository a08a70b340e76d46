"""Formulas of a BIFF workbook as text, from the tokens in which Excel stores them.

- xlrd turns tokens into text; it is shown only the records that formulas refer to.
- A formula that it cannot turn is left out of the cell: the cached value stands all the same.
"""

import re
import struct
from collections.abc import Sequence
from typing import Any

from xlrd import biffh, formula  # type: ignore[import-untyped]
from xlrd.book import Book  # type: ignore[import-untyped]

from muniment.readers.biff_globals import Globals
from muniment.readers.biff_records import Record
from muniment.readers.code_pages import codec_of_page

# What xlrd raises on tokens that do not fit together; its own checks are asserts.
_TROUBLE = (
    biffh.XLRDError,
    formula.FormulaError,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    RecursionError,
    TypeError,
    UnicodeError,
    ValueError,
    struct.error,
)
_NOT_TURNED = "???"
# What xlrd spells otherwise than Excel: a sheet that is not there, a cell of another sheet as an
# area of one cell, a whole number. What stands in quotes is left alone.
_OTHERWISE = re.compile(
    r"""(?P<gone>'\?(?:error\ -\d+|internal;\ deleted\ sheet)\?')(?=!)
      | (?P<quoted>"[^"]*"|'[^']*')
      | !(?P<cell>\$?[A-Z]{1,3}\$?\d+):(?P=cell)(?!\d)
      | (?<![\w.])(?P<number>\d+)\.0(?!\d)""",
    re.VERBOSE,
)
_LONGEST = 1 << 15
_TO_XLRD = {2: 21, 3: 30, 4: 40, 5: 50, 8: 80}
_NAME, _EXTERN_SHEET, _EXTERN_NAME, _BOUND_SHEET, _SUPBOOK = 0x18, 0x17, 0x23, 0x85, 0x1AE
_WITH_NAMES = 5


class _Nothing:
    """A log that keeps nothing."""

    def write(self, _text: str) -> None:
        """Take what xlrd reports; our own Problems say what matters."""


class Formulas:
    """Turns the tokens of one workbook's formulas into text."""

    def __init__(self, book: Globals) -> None:
        self._inner = _book(book)
        self.names = tuple(_names(self._inner, book))

    def text(self, tokens: bytes, relative: bool, row: int, column: int) -> str | None:  # noqa: FBT001 - a callback's signature
        """The text of a formula in the cell at `row`, `column` (from 0); None where unknown."""
        if len(tokens) == 0 or len(tokens) > _LONGEST:
            return None
        kind = formula.FMLA_TYPE_SHARED if relative else formula.FMLA_TYPE_CELL
        try:
            text = formula.decompile_formula(
                self._inner, tokens, len(tokens), kind, browx=row, bcolx=column
            )
        except _TROUBLE:
            return None
        return _kept(text)


def _kept(text: object) -> str | None:
    if not isinstance(text, str) or text == "" or _NOT_TURNED in text:
        return None
    return spelt_as_excel(text)


def spelt_as_excel(text: str) -> str:
    """A formula of xlrd's, as Excel shows it."""
    return _OTHERWISE.sub(_respelt, text)


def _respelt(match: re.Match[str]) -> str:
    if match["gone"] is not None:
        return "#REF"
    if match["cell"] is not None:
        return f"!{match['cell']}"
    return match["quoted"] or match["number"]


def _book(book: Globals) -> Any:
    inner = Book()
    inner.logfile = _Nothing()
    inner.biff_version = _TO_XLRD.get(book.version, 80)
    inner.formatting_info = False
    inner.base = 0
    inner.codepage = book.page
    inner.encoding = book_encoding(book)
    inner.raw_user_name = False
    for record in book.for_formulas:
        _show(inner, record)
    try:
        inner.names_epilogue()
    except _TROUBLE:
        inner.name_obj_list = []
    return inner


def book_encoding(book: Globals) -> str:
    """The codec of the workbook's code page."""
    return "utf_16_le" if book.version >= 8 else codec_of_page(book.page)  # noqa: PLR2004


def _show(inner: Any, record: Record) -> None:
    handlers = {
        _NAME: inner.handle_name,
        _EXTERN_SHEET: inner.handle_externsheet,
        _EXTERN_NAME: inner.handle_externname,
        _BOUND_SHEET: inner.handle_boundsheet,
        _SUPBOOK: inner.handle_supbook,
    }
    handler = handlers.get(record.opcode)
    if handler is None:
        return
    # xlrd reads what carries an EXTERNSHEET on from its own stream.
    inner.mem = b"".join(struct.pack("<HH", 0x3C, len(more)) + more for more in record.more)
    inner.mem += struct.pack("<HH", 0x0A, 0)
    inner._position = 0  # noqa: SLF001 - where xlrd reads on
    try:
        handler(record.data)
    except _TROUBLE:
        return


def _names(inner: Any, book: Globals) -> Sequence[tuple[str, str]]:
    """Each defined name and what it stands for."""
    found = []
    for name in inner.name_obj_list:
        tokens = name.raw_formula
        try:
            text = formula.decompile_formula(
                inner, tokens, name.basic_formula_len, formula.FMLA_TYPE_NAME, browx=0, bcolx=0
            )
        except _TROUBLE:
            text = ""
        hidden = " (hidden)" if name.hidden else ""
        found.append((f"{name.name}{hidden}", text if isinstance(text, str) else ""))
    return found if book.version >= _WITH_NAMES else []
