"""Chinese numerals are read when they say one number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.text.chinese_numerals import read_numeral

DIGITS = "零一二三四五六七八九"
KNOWN = {
    "十": 10, "十五": 15, "二十": 20, "二百三十": 230, "三百零五": 305,
    "一千零五": 1005, "两千": 2000,
    "三万五千": 35000, "一亿二千万": 120000000, "二〇一八": 2018, "廿三": 23,
    "叁拾": 30, "一百": 100,
    "卅": 30, "15": 15, "〇": 0,
}  # fmt: skip


@pytest.mark.parametrize("written", KNOWN)
def test_known_numerals(written: str) -> None:
    assert read_numeral(written) == KNOWN[written]


NONE = ("十百", "三百五", "三万五", "万", "abc", "一二百", "十十", "几十", "1.5", "二万三亿")


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_sure_number_is_none(written: str) -> None:
    assert read_numeral(written) is None


def spoken(number: int) -> str:
    """A number below ten thousand as it is said in full."""
    said, gap = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit == 0:
            gap = said != ""
        else:
            said += ("零" if gap else "") + DIGITS[digit] + word
            gap = False
    return said or "零"


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_what_is_said_in_full_is_read(high: int, low: int) -> None:
    assert read_numeral(spoken(low)) == low
    assert read_numeral("".join(DIGITS[int(digit)] for digit in str(low))) == low
    if high > 0 and low > 9:
        joined = f"{spoken(high)}万{'' if low > 999 else '零'}{spoken(low)}"
        assert read_numeral(joined) == high * 10000 + low
