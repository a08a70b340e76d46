"""Formulas of binary workbooks: the tokens that Excel stores, as the text that it shows."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.readers.binary_formula import Around, formula_text, parsed, shared_anchor

AROUND = Around(
    ("list", "list 2018", "A1"), ((0, 0), (1, 1), (0, 1), None, (2, 2), (-1, -1)), ("rate", "")
)
_BOTH = 0xC000  # column and row are relative


def ref(row: int, column: int, flags: int = _BOTH) -> bytes:
    return b"\x44" + struct.pack("<IH", row, column | flags)


def area(top: int, left: int, bottom: int, right: int, flags: int = _BOTH) -> bytes:
    return b"\x25" + struct.pack("<IIHH", top, bottom, left | flags, right | flags)


def whole(number: int) -> bytes:
    return b"\x1e" + struct.pack("<H", number)


def text(written: str) -> bytes:
    return b"\x17" + struct.pack("<H", len(written)) + written.encode("utf-16-le")


TURNED = {
    "C13*2": ref(12, 2) + whole(2) + b"\x05",
    "$C$13+C$13+$C13": ref(12, 2, 0) + ref(12, 2, 0x4000) + b"\x03" + ref(12, 2, 0x8000) + b"\x03",
    "SUM(A1:B9)": area(0, 0, 8, 1) + b"\x19\x10\0\0",
    "SUM(A1:B9,3)": area(0, 0, 8, 1) + whole(3) + b"\x42\x02\x04\x00",
    "COS(XFD1048576)": ref(1_048_575, 16_383) + b"\x41" + struct.pack("<H", 16),
    'IFERROR(A1,"no ""name""")': ref(0, 0) + text('no "name"') + b"\x41\xe0\x01",
    "SUMIFS(A:A,1:3)": area(0, 0, 1_048_575, 0) + area(0, 0, 2, 16_383) + b"\x42\x02\xe2\x01",
    "(1+2)%": whole(1) + whole(2) + b"\x03\x15\x14",
    "-TRUE&1.5": b"\x1d\x01\x13\x1f" + struct.pack("<d", 1.5) + b"\x08",
    "rate": b"\x23" + struct.pack("<I", 1),
    "list!A1": b"\x5a" + struct.pack("<HIH", 0, 0, _BOTH),
    "'list 2018'!A1": b"\x5a" + struct.pack("<HIH", 1, 0, _BOTH),
    "'list:list 2018'!A1:B2": b"\x3b" + struct.pack("<HIIHH", 2, 0, 1, _BOTH, _BOTH | 1),
    "'A1'!B2": b"\x5a" + struct.pack("<HIH", 4, 1, _BOTH | 1),
    "#REF!#REF!": b"\x3c" + struct.pack("<H6x", 5),
    "#N/A": b"\x1c\x2a",
    "#REF!+A1": b"\x2a" + bytes(6) + ref(0, 0) + b"\x03",
    "IF(A1=0,,A1)": ref(0, 0) + whole(0) + b"\x0b\x19\x02\0\0\x16" + ref(0, 0)
    + b"\x42\x03\x01\x00",
}  # fmt: skip


@pytest.mark.parametrize("written", TURNED)
def test_tokens_read_as_the_formula_that_excel_shows(written: str) -> None:
    assert formula_text(TURNED[written], AROUND, 0, 0) == written


def test_a_shared_formula_reads_as_it_does_in_each_cell() -> None:
    tokens = b"\x4c" + struct.pack("<IH", 0xFFFFF, _BOTH | 0x3FFF) + whole(2) + b"\x05"
    assert formula_text(tokens, AROUND, 4, 2) == "B4*2"
    assert formula_text(tokens, AROUND, 9, 5) == "E9*2"
    assert shared_anchor(b"\x01" + struct.pack("<I", 4), struct.pack("<I", 2)) == (4, 2)
    assert parsed(struct.pack("<I", 3) + b"abc" + struct.pack("<I", 1) + b"x", 0) == (b"abc", b"x")


NOT_TURNED = {
    "nothing": b"",
    "an array": b"\x60" + bytes(14),
    "another workbook": b"\x5a" + struct.pack("<HIH", 3, 0, _BOTH),
    "a name that is not there": b"\x23" + struct.pack("<I", 9),
    "a name that could not be read": b"\x23" + struct.pack("<I", 2),
    "a function that nobody knows": b"\x41\xff\x7f",
    "an operator without operands": b"\x03",
    "two formulas in one": whole(1) + whole(2),
    "a token that breaks off": b"\x1f\0",
}


@pytest.mark.parametrize("sort", NOT_TURNED)
def test_what_is_not_turned_has_no_text(sort: str) -> None:
    assert formula_text(NOT_TURNED[sort], AROUND, 0, 0) is None


@given(
    tokens=st.binary(max_size=60), row=st.integers(0, 2**20 - 1), column=st.integers(0, 2**14 - 1)
)
def test_arbitrary_tokens_raise_nothing(tokens: bytes, row: int, column: int) -> None:
    formula_text(tokens, AROUND, row, column)
