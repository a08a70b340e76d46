"""In which order values come, which is a promise to whoever sorted a table last year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.catalog.sheets import Value
from muniment.catalog.sheets.value import (
    Rank,
    day_number,
    order_key,
    packed,
    rank_of_text,
    unpacked,
)
from muniment.core import CellKind

ORDERED = (
    Value(CellKind.NUMBER, "-7"),
    Value(CellKind.TEXT, "-5"),
    Value(CellKind.NUMBER, "0"),
    Value(CellKind.NUMBER, "0.3333333333333333", "0.33"),
    Value(CellKind.NUMBER, "3"),
    Value(CellKind.TEXT, "3.0"),
    Value(CellKind.NUMBER, "1e3"),
    Value(CellKind.DATE, "0.5", "12:00:00"),
    Value(CellKind.DATE, "43223", "2018-05-03"),
    Value(CellKind.TEXT, "2018-05-03T08:00"),
    Value(CellKind.DATE, "43223.5", "2018-05-03 12:00:00"),
    Value(CellKind.TEXT, "2018-05-04"),
    Value(CellKind.TEXT, "007"),
    Value(CellKind.TEXT, "650100199001010011"),
    Value(CellKind.TEXT, "ALI"),
    Value(CellKind.TEXT, "Ali"),
    Value(CellKind.BOOLEAN, "true"),
    Value(CellKind.TEXT, "ürümchi"),
    Value(CellKind.TEXT, "收押"),
    Value(CellKind.BLANK, ""),
)


def test_numbers_then_dates_then_texts_then_nothing() -> None:
    assert sorted({*ORDERED}, key=order_key) == list(ORDERED)


@pytest.mark.parametrize(
    ("written", "rank"),
    {
        "12": Rank.NUMBER,
        "-0.5": Rank.NUMBER,
        "1,234": Rank.TEXT,  # which of two things the comma means nobody says
        "007": Rank.TEXT,
        "123456789012345": Rank.NUMBER,
        "1234567890123456": Rank.TEXT,  # sixteen digits are a name of somebody, not an amount
        "٣": Rank.TEXT,
        "1e5": Rank.TEXT,
        "2018-05-03": Rank.DATE,
        "2018-02-30": Rank.TEXT,
        "2018-05-03T10:00:00+08:00": Rank.TEXT,  # a zone would have to be reckoned with
        "03.05.2018": Rank.TEXT,
    }.items(),
)
def test_a_text_is_a_number_or_a_date_only_where_it_cannot_be_anything_else(
    written: str, rank: Rank
) -> None:
    assert rank_of_text(written)[0] is rank


def test_days_are_counted_as_spreadsheets_count_them() -> None:
    assert day_number("2018-05-03") == 43223
    assert day_number("2018-05-03 12:00:00") == 43223.5
    assert day_number("2018-05-03 24:00") is None


@given(st.sampled_from(CellKind), st.text(), st.none() | st.text(), st.none() | st.text())
def test_a_value_is_unpacked_as_it_was_packed(
    kind: CellKind, written: str, shown: str | None, number_format: str | None
) -> None:
    value = Value(kind, written, shown, number_format)
    assert unpacked(kind, memoryview(packed(value))) == value


@given(st.lists(st.sampled_from(ORDERED)))
def test_equal_keys_are_equal_values(values: list[Value]) -> None:
    for one in values:
        for other in values:
            assert (order_key(one) == order_key(other)) == (one == other)
