"""Numbers: both kinds of separators, all digits, and both readings where there are two."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.text import NumberReason, decimal_sign_of, read_number

SURE = {
    "1234": "1234", "1,234,567": "1234567", "1.234.567": "1234567", "1,234.5": "1234.5",
    "1.234,5": "1234.5", "1 234 567": "1234567", "1\u202f234,5": "1234.5", "1'234": "1234",
    "12,34": "12.34", "12.5": "12.5", "0,234": "0.234", "1234,567": "1234.567", "-5": "-5",
    "−5": "-5", "１２３４": "1234", "١٬٢٣٤": "1234", "٣٫٥": "3.5", "۱۲۳": "123", "3万": "30000",
    "1.2亿": "120000000", "3万5千": "35000", "三百五十": "350", "二〇一八": "2018",
}  # fmt: skip


@pytest.mark.parametrize("written", SURE)
def test_sure_numbers(written: str) -> None:
    reading = read_number(written)
    assert (reading.value, reading.reason) == (Decimal(SURE[written]), None)
    assert reading.written == written


@pytest.mark.parametrize("written", ["1,234", "1.234", "15,683", "-1.000"])
def test_a_sign_before_three_digits_is_open_until_the_caller_knows(written: str) -> None:
    reading = read_number(written)
    assert (reading.value, reading.reason) == (None, NumberReason.AMBIGUOUS_SIGN)
    assert len(reading.alternatives) == 2
    sign = "," if "," in written else "."
    other = "." if sign == "," else ","
    assert read_number(written, sign).value == reading.alternatives[1]
    assert read_number(written, other).value == reading.alternatives[0]


UNREAD = {
    "": NumberReason.EMPTY,
    "几十": NumberReason.INDEFINITE,
    "数百": NumberReason.INDEFINITE,
    "abc": NumberReason.NOT_A_NUMBER,
    "1,2,3": NumberReason.NOT_A_NUMBER,
    "三百五": NumberReason.NOT_A_NUMBER,
    "3万5": NumberReason.NOT_A_NUMBER,
    "1e5": NumberReason.NOT_A_NUMBER,
    "12-15": NumberReason.NOT_A_NUMBER,
}


@pytest.mark.parametrize("written", UNREAD)
def test_what_is_no_sure_number_has_a_reason(written: str) -> None:
    assert read_number(written).reason is UNREAD[written]


@given(st.integers(0, 10**9))
def test_every_way_of_grouping_says_the_same_number(number: int) -> None:
    grouped = f"{number:,}"
    assert read_number(grouped, ".").value == number
    assert read_number(grouped.replace(",", "."), ",").value == number
    for sign in (" ", "'", "\u00a0"):
        assert read_number(grouped.replace(",", sign)).value == number


@given(st.text(max_size=20) | st.text("0123456789.,' 万千百-", max_size=12))
def test_any_text_is_read_or_has_a_reason(written: str) -> None:
    reading = read_number(written)
    assert (reading.value is None) == (reading.reason is not None)


def test_languages_have_their_sign() -> None:
    assert (decimal_sign_of("ru"), decimal_sign_of("zh"), decimal_sign_of("ar")) == (",", ".", None)
