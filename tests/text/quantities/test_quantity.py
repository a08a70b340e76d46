"""Quantities in a dozen languages, alone and in prose; a comparator is never dropped."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.text import Comparator, NumberReason, find_quantities, read_quantity

KNOWN = {
    "300人": (300, "person", None),
    "约300人": (300, "person", Comparator.ABOUT),
    "300余人": (300, "person", Comparator.MORE_THAN),
    "3万多名": (30000, "person", Comparator.MORE_THAN),
    "三百五十人以上": (350, "person", Comparator.AT_LEAST),
    "不少于20名": (20, "person", Comparator.AT_LEAST),
    "不超过50人": (50, "person", Comparator.AT_MOST),
    "超過50人": (50, "person", Comparator.MORE_THAN),
    "不足50人": (50, "person", Comparator.LESS_THAN),
    "200户": (200, "household", None),
    "at least 20 persons": (20, "person", Comparator.AT_LEAST),
    "more than 300 people": (300, "person", Comparator.MORE_THAN),
    "fewer than 5 days": (5, "day", Comparator.LESS_THAN),
    "до 20 человек": (20, "person", Comparator.AT_MOST),
    "не менее 300 человек": (300, "person", Comparator.AT_LEAST),
    "около 12,5 процента": (Decimal("12.5"), "percent", Comparator.ABOUT),
    "ئەڭ ئاز 20 كىشى": (20, "person", Comparator.AT_LEAST),
    "eng az 20 kishi": (20, "person", Comparator.AT_LEAST),
    "кемінде 20 адам": (20, "person", Comparator.AT_LEAST),
    "en az 20 kişi": (20, "person", Comparator.AT_LEAST),
    "mindestens 20 Personen": (20, "person", Comparator.AT_LEAST),
    "al menos 20 personas": (20, "person", Comparator.AT_LEAST),
    "au moins 20 personnes": (20, "person", Comparator.AT_LEAST),
    "أكثر من ٢٠ شخصا": (20, "person", Comparator.MORE_THAN),
    "حداقل ۲۰ نفر": (20, "person", Comparator.AT_LEAST),
    "12.1%": (Decimal("12.1"), "percent", None),
    "１２．１％": (Decimal("12.1"), "percent", None),
    "12": (12, None, None),
}


@pytest.mark.parametrize("written", KNOWN)
def test_number_unit_and_comparator_are_read(written: str) -> None:
    reading = read_quantity(written)
    assert (reading.value, reading.unit, reading.comparator) == KNOWN[written]
    assert (reading.written, reading.reason) == (written, None)


def test_a_span_keeps_both_ends() -> None:
    reading = read_quantity("3-5天")
    assert (reading.value, reading.upper, reading.unit) == (3, 5, "day")


def test_what_is_indefinite_or_open_is_not_read() -> None:
    assert read_quantity("几十人").reason is NumberReason.INDEFINITE
    opened = read_quantity("1,234人")
    assert (opened.reason, opened.alternatives) == (
        NumberReason.AMBIGUOUS_SIGN,
        (Decimal(1234), Decimal("1.234")),
    )
    assert read_quantity("1,234人", ".").value == 1234
    assert read_quantity("人").reason is NumberReason.NOT_A_NUMBER
    assert read_quantity("20 widgets").reason is NumberReason.NOT_A_NUMBER


PROSE = {
    "截至2018年12月共收押22762人，10年以上者300余人，占12.1%。": (
        ("22762人", 22762, None),
        ("10年以上", 10, Comparator.AT_LEAST),
        ("300余人", 300, Comparator.MORE_THAN),
        ("12.1%", Decimal("12.1"), None),
    ),
    "3月5日有20人，400人次": (("20人", 20, None), ("400人次", 400, None)),
    "更多，300，400人": (("400人", 400, None),),
    "More than 300 people were held for at least 15 days in 2018.": (
        ("More than 300 people", 300, Comparator.MORE_THAN),
        ("at least 15 days", 15, Comparator.AT_LEAST),
    ),
    "Задержано не менее 300 человек на срок до 15 суток в 2018 году.": (
        ("не менее 300 человек", 300, Comparator.AT_LEAST),
        ("до 15 суток", 15, Comparator.AT_MOST),
    ),
    "2018-يىلى 3-ئاينىڭ 5-كۈنى 20 كىشى تۇتۇلدى": (("20 كىشى", 20, None),),
    "in room 12 at 10:30, page 4": (),
}


@pytest.mark.parametrize("text", PROSE)
def test_quantities_are_found_in_prose_and_dates_are_not(text: str) -> None:
    found = find_quantities(text)
    assert (
        tuple(
            (text[each.start : each.end], each.reading.value, each.reading.comparator)
            for each in found
        )
        == PROSE[text]
    )


@given(st.text(max_size=60) | st.text("0123456789,.人年多余 %约days", max_size=40))
def test_places_lie_in_the_text_in_order_and_apart(text: str) -> None:
    last = 0
    for each in find_quantities(text):
        assert last <= each.start < each.end <= len(text)
        assert each.reading.written == text[each.start : each.end]
        assert (each.reading.value is None) == (each.reading.reason is not None)
        last = each.end
