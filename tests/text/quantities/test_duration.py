"""Durations and sentences as written: no unit is turned into another, no word is passed over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.text import Comparator, Duration, NumberReason, Penalty, read_duration, read_sentence

DURATIONS = {
    "七年六个月": Duration(years=7, months=6),
    "7 лет 6 месяцев": Duration(years=7, months=6),
    "7 years and 6 months": Duration(years=7, months=6),
    "7 Jahre und 6 Monate": Duration(years=7, months=6),
    "7 años y 6 meses": Duration(years=7, months=6),
    "7 ans et 6 mois": Duration(years=7, months=6),
    "7 yıl 6 ay": Duration(years=7, months=6),
    "7 жыл 6 ай": Duration(years=7, months=6),
    "7 يىل 6 ئاي": Duration(years=7, months=6),
    "7 yil 6 ay": Duration(years=7, months=6),
    "٧ سنوات و ٦ أشهر": Duration(years=7, months=6),
    "18 months": Duration(months=18),
    "七年半": Duration(years=7, months=6),
    "15日": Duration(days=15),
    "2 weeks": Duration(weeks=2),
    "10年2个月15天": Duration(years=10, months=2, days=15),
}


@pytest.mark.parametrize("written", DURATIONS)
def test_durations_keep_their_units(written: str) -> None:
    reading = read_duration(written)
    assert (reading.value, reading.reason) == (DURATIONS[written], None)


def test_a_comparator_is_kept() -> None:
    reading = read_duration("10年以上")
    assert (reading.value, reading.comparator) == (Duration(years=10), Comparator.AT_LEAST)


UNREAD = (
    "",
    "不明",
    "7 years in Kashgar",
    "有期徒刑七年",
    "5",
    "7 years 8 years",
    "1.5 years",
    "life",
)


@pytest.mark.parametrize("written", UNREAD)
def test_what_is_not_only_a_duration_is_not_read(written: str) -> None:
    reading = read_duration(written)
    assert reading.value is None
    assert reading.reason is not None


ONE = {
    "有期徒刑七年六个月": (Penalty.IMPRISONMENT, Duration(years=7, months=6)),
    "判处有期徒刑15年": (Penalty.IMPRISONMENT, Duration(years=15)),
    "15 лет лишения свободы": (Penalty.IMPRISONMENT, Duration(years=15)),
    "15 years' imprisonment": (Penalty.IMPRISONMENT, Duration(years=15)),
    "sentenced to 15 years in prison": (Penalty.IMPRISONMENT, Duration(years=15)),
    "15 yıl hapis": (Penalty.IMPRISONMENT, Duration(years=15)),
    "15 يىل قاماق": (Penalty.IMPRISONMENT, Duration(years=15)),
    "15 yilliq qamaq": (Penalty.IMPRISONMENT, Duration(years=15)),
    "15 سنة سجنا": (Penalty.IMPRISONMENT, Duration(years=15)),
    "15 años de prisión": (Penalty.IMPRISONMENT, Duration(years=15)),
    "拘役三个月": (Penalty.DETENTION, Duration(months=3)),
    "管制一年": (Penalty.SURVEILLANCE, Duration(years=1)),
    "无期徒刑": (Penalty.LIFE, None),
    "life": (Penalty.LIFE, None),
    "пожизненное лишение свободы": (Penalty.LIFE, None),
    "müebbet hapis": (Penalty.LIFE, None),
    "死刑": (Penalty.DEATH, None),
    "死缓": (Penalty.DEATH_REPRIEVED, None),
    "15 yil": (Penalty.UNSTATED, Duration(years=15)),
}


@pytest.mark.parametrize("written", ONE)
def test_one_penalty_with_its_duration(written: str) -> None:
    reading = read_sentence(written)
    assert [(each.penalty, each.duration) for each in reading.parts] == [ONE[written]]
    assert reading.reason is None


def test_several_penalties_stay_apart() -> None:
    reading = read_sentence("有期徒刑三年，缓刑四年，剥夺政治权利一年")
    assert [(each.penalty, each.duration) for each in reading.parts] == [
        (Penalty.IMPRISONMENT, Duration(years=3)),
        (Penalty.SUSPENDED, Duration(years=4)),
        (Penalty.RIGHTS, Duration(years=1)),
    ]


def test_signs_alone_are_no_sentence() -> None:
    assert read_sentence("，、").reason is NumberReason.NOT_A_NUMBER


def test_an_unknown_word_leaves_the_whole_unread() -> None:
    for written in ("5年徒刑 暂缓", "有期徒刑三年，已减刑", "不明"):
        reading = read_sentence(written)
        assert (reading.parts, reading.reason) == ((), NumberReason.OTHER_WORDS)


@given(st.integers(1, 30), st.integers(1, 11))
def test_years_and_months_come_back(years: int, months: int) -> None:
    expected = Duration(years=years, months=months)
    for pattern in ("有期徒刑{}年{}个月", "{} лет {} месяцев", "{} years {} months"):
        (part,) = read_sentence(pattern.format(years, months)).parts
        assert part.duration == expected


@given(st.text(max_size=40) | st.text("0123456789年个月徒刑有期life ,，", max_size=30))
def test_any_text_is_read_or_has_a_reason(written: str) -> None:
    sentence, duration = read_sentence(written), read_duration(written)
    assert (len(sentence.parts) == 0) == (sentence.reason is not None)
    assert (duration.value is None) == (duration.reason is not None)
