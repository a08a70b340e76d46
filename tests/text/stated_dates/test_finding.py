"""Dates stand in prose with their places; bare numbers are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.text import DateReason, find_stated_dates

PROSE = {
    "2017年3月5日，某地召开会议；截至2018年12月完成。": (
        ("2017年3月5日", "2017-03-05"),
        ("2018年12月", "2018-12"),
    ),
    "二〇一八年三月五日召开会议，学习10年。": (("二〇一八年三月五日", "2018-03-05"),),
    "On March 5, 2018 they met; in May 2017 not; version 2.3.2018a, room 2018.": (
        ("March 5, 2018", "2018-03-05"),
        ("May 2017", "2017-05"),
    ),
    "Встреча 5 марта 2018 г. прошла.": (("5 марта 2018 г.", "2018-03-05"),),
    "ئۇلار 2018-يىلى 3-ئاينىڭ 5-كۈنى كەلدى": (("2018-يىلى 3-ئاينىڭ 5-كۈنى", "2018-03-05"),),
    "في ٥ مارس ٢٠١٨م وصلوا": (("٥ مارس ٢٠١٨م", "2018-03-05"),),
    "El 5 de marzo de 2018 llegaron, am 5. März 2018 auch.": (
        ("5 de marzo de 2018", "2018-03-05"),
        ("5. März 2018", "2018-03-05"),
    ),
    "2018 жылғы 5 наурыз күні": (("2018 жылғы 5 наурыз", "2018-03-05"),),
    "am 2018-03-05T10:00 oder 2018-02-30": (("2018-02-30", None),),
    "20 people, 300 pages, 3.14, 13999999999": (),
}


@pytest.mark.parametrize("text", PROSE)
def test_dates_are_found_where_they_stand(text: str) -> None:
    found = find_stated_dates(text)
    assert tuple((text[each.start : each.end], each.reading.value) for each in found) == PROSE[text]
    assert all(each.reading.written == text[each.start : each.end] for each in found)


def test_an_open_date_is_found_and_stays_open() -> None:
    (found,) = find_stated_dates("seen on 03/04/2018 there")
    assert found.reading.reason is DateReason.AMBIGUOUS_ORDER


@given(st.text(max_size=80) | st.text("0123456789-/.年月日 marchмарта", max_size=60))
def test_places_lie_in_the_text_in_order_and_apart(text: str) -> None:
    last = 0
    for each in find_stated_dates(text):
        assert last <= each.start < each.end <= len(text)
        assert each.reading.written == text[each.start : each.end]
        last = each.end
