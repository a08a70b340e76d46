"""Calendars against dates that their own countries published, and against laws of their own."""

from datetime import date, timedelta

import pytest
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st

from muniment.text.calendars import (
    CALENDARS,
    ERAS,
    ETHIOPIC,
    ISLAMIC_CIVIL,
    ISLAMIC_UMALQURA,
    PERSIAN,
    Calendar,
    convert_era,
    convert_islamic,
)

# New years and holidays whose Gregorian days are widely published.
KNOWN = (
    (PERSIAN, (1397, 1, 1), "2018-03-21"),
    (PERSIAN, (1399, 12, 30), "2021-03-20"),
    (PERSIAN, (1357, 11, 22), "1979-02-11"),
    (ISLAMIC_UMALQURA, (1440, 1, 1), "2018-09-11"),
    (ISLAMIC_UMALQURA, (1439, 9, 1), "2018-05-16"),
    (ISLAMIC_CIVIL, (1, 1, 1), "0622-07-19"),
    (ISLAMIC_CIVIL, (1440, 1, 1), "2018-09-12"),
    (ETHIOPIC, (2011, 1, 1), "2018-09-11"),
    (ETHIOPIC, (2012, 1, 1), "2019-09-12"),
)


@pytest.mark.parametrize(("calendar", "stated", "value"), KNOWN)
def test_published_days_agree(calendar: Calendar, stated: tuple[int, int, int], value: str) -> None:
    found = calendar.convert(*stated)
    assert found is not None
    assert (found.value, found.until) == (value, None)


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda each: each.name)
def test_days_follow_each_other_without_a_gap(calendar: Calendar) -> None:
    first = {"roc": 100, "persian": 1390, "ethiopic": 2010, "buddhist": 2550, "gregory": 2010}
    year = first.get(calendar.name, 1430)
    days = [
        date.fromisoformat(found.value)
        for each in range(year, year + 5)
        for month in range(1, 14)
        for day in range(1, 32)
        if (found := calendar.convert(each, month, day)) is not None
    ]
    assert days == [days[0] + timedelta(days=at) for at in range(len(days))]


@pytest.mark.parametrize("calendar", [PERSIAN, ISLAMIC_UMALQURA, ISLAMIC_CIVIL, ETHIOPIC])
def test_a_year_and_a_month_are_the_span_of_their_days(calendar: Calendar) -> None:
    year = 1440 if calendar is not ETHIOPIC else 2011
    whole = calendar.convert(year, None, None)
    month = calendar.convert(year, 1, None)
    after = calendar.convert(year + 1, 1, 1)
    assert whole is not None
    assert month is not None
    assert after is not None
    assert whole.value == month.value
    assert date.fromisoformat(whole.until or "") + timedelta(days=1) == date.fromisoformat(
        after.value
    )
    second = calendar.convert(year, 2, 1)
    assert second is not None
    assert month.until is not None
    assert month.until < second.value


@given(st.integers(1343, 1499), st.integers(1, 12))
def test_the_two_islamic_variants_differ_by_at_most_two_days(year: int, month: int) -> None:
    official, civil = (
        date.fromisoformat(found.value)
        for each in (ISLAMIC_UMALQURA, ISLAMIC_CIVIL)
        if (found := each.convert(year, month, 1)) is not None
    )
    assert abs((official - civil).days) <= 2
    assert official == date.fromisoformat(Hijri(year, month, 1).to_gregorian().isoformat())


def test_years_that_are_not_published_fall_back_and_say_so() -> None:
    assert convert_islamic(1440, 1, 1)[0] is ISLAMIC_UMALQURA
    assert convert_islamic(1250, 1, 1)[0] is ISLAMIC_CIVIL
    assert convert_islamic(1440, 13, 1)[1] is None


def test_a_reign_has_no_days_outside_itself() -> None:
    showa, heisei = ERAS[2], ERAS[3]
    assert convert_era(showa, 64, 1, 7) is not None
    assert convert_era(showa, 64, 1, 8) is None
    assert convert_era(heisei, 1, 1, 7) is None
    assert convert_era(ERAS[0], 1, 12, 1) is None  # Japan was not Gregorian before 1873


def test_impossible_parts_are_refused() -> None:
    for calendar in CALENDARS:
        for stated in ((0, 1, 1), (1440, 14, 1), (1440, 1, 32), (1440, None, 3), (1440, 0, 1)):
            assert calendar.convert(*stated) is None
