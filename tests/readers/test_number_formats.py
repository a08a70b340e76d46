"""What number formats display, against values that Excel shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import CellKind
from muniment.readers.number_formats import formats_of, shown, shown_number

# Number, format → what Excel displays; None where it is what is written, or is not worked out.
SHOWN = {
    ("0.125", "0%"): "13%",
    ("0.1219", "0.00%"): "12.19%",
    ("1234567.891", "#,##0.00"): "1,234,567.89",
    ("-5", "0.00;(0.00)"): "(5.00)",
    ("5", "000000"): "000005",
    ("12345", "#,##0,"): "12",
    ("1234.5", "[$¥-804]#,##0.00"): "¥1,234.50",
    ("3", '0"岁"'): "3岁",
    ("-0.001", "0.00"): "0.00",
    ("0.5", "#.##"): ".5",
    ("198356388", "0.00E+00"): "1.98E+08",
    ("9.999", "0.0E+0"): "1.0E+1",
    ("1e+20", "#,##0"): "100,000,000,000,000,000,000",
    ("5", "0"): None,
    ("5", "General"): None,
    ("1", "# ?/?"): None,
    ("7", "[>5]0;0.0"): None,
    ("123456", "##0.0E+0"): None,
    ("1", "0;;;@;0"): None,
    ("1e400", "0.00"): None,
}


@pytest.mark.parametrize(("number", "code"), SHOWN)
def test_a_format_displays_what_excel_does(number: str, code: str) -> None:
    if (number, code) == ("1e400", "0.00"):
        assert shown_number(number, code) != ""
    else:
        assert shown_number(number, code) == SHOWN[number, code]


@given(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.text('0#,.%E+-;"?x[]@_*$ ', max_size=12),
)
def test_no_format_makes_trouble(number: str, code: str) -> None:
    display = shown_number(number, code)
    assert display is None or len(display) < 2_000


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_keep_their_digits(number: int) -> None:
    grouped = shown_number(str(number), "#,##0") or str(number)
    assert grouped.replace(",", "") == str(number)


def test_styles_name_formats_built_in_and_custom() -> None:
    formats = formats_of([0, 14, 164, 31, 9], {164: 'yyyy"年"'})
    assert formats.codes == (None, "mm-dd-yy", 'yyyy"年"', "built-in 31", "0%")
    assert formats.dated == (False, True, True, True, False)
    assert formats.code(99) is None
    assert shown(CellKind.TEXT, "5", "0.00", from_1904=False) is None
