"""Digits become ASCII where they stand; nothing else moves."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from muniment.text.digits import western


def test_digits_of_every_script_and_full_width_signs() -> None:
    assert western("٢٠١٨") == western("۲۰۱۸") == western("２０１８") == western("२०१८") == "2018"
    assert western("３／４，Ｘ\u3000\u00a0") == "3/4,X  "
    assert western("〇一二 ½ ²") == "〇一二 ½ ²"  # numerals and fractions are no decimal digits


@given(st.text())
def test_each_letter_stays_one_letter_and_each_digit_its_value(text: str) -> None:
    found = western(text)
    assert len(found) == len(text)
    for before, after in zip(text, found, strict=True):
        if before.isdecimal():
            assert after == str(unicodedata.decimal(before))
    assert western(found) == found
