"""A whole column says in which order its days and months stand, or that it does not."""

from hypothesis import given
from hypothesis import strategies as st

from muniment.text import DateHints, Order, infer_order, read_stated_date, usual_order


def test_one_number_above_twelve_decides_the_column() -> None:
    found = infer_order(["03/04/2018", "25/04/2018", "05/06/2018", "n/a", ""])
    assert (found.order, found.deciding, found.open) == (Order.DMY, ((Order.DMY, 1),), 2)
    assert infer_order(["04/25/2018"]).order is Order.MDY
    assert infer_order(["18.3.25"]).order is None  # either end can be the year
    assert infer_order(["18.3.25", "17.2.4"]).order is Order.YMD  # a year has two digits
    assert infer_order(["98.3.31", "17.2.4"]).order is Order.YMD


def test_nothing_above_twelve_decides_nothing() -> None:
    found = infer_order(["03/04/2018", "05/06/2018"])
    assert (found.order, found.mixed, found.open) == (None, False, 2)


def test_a_mixed_column_is_mixed_and_has_no_order() -> None:
    found = infer_order(["25/04/2018", "04/25/2018", "26/04/2018"])
    assert (found.order, found.mixed) == (None, True)
    assert found.deciding == ((Order.DMY, 2), (Order.MDY, 1))


def test_impossible_dates_are_counted() -> None:
    assert infer_order(["31/02/2018", "45/45/2018"]).impossible == 2


def test_full_width_and_arabic_digits_count_too() -> None:
    assert infer_order(["２５/０４/２０１８"]).order is Order.DMY
    assert infer_order(["٢٥/٠٤/٢٠١٨"]).order is Order.DMY


def test_languages_have_an_order_unless_their_writers_disagree() -> None:
    assert (usual_order("ru"), usual_order("zh"), usual_order("en")) == (Order.DMY, Order.YMD, None)


@given(st.lists(st.dates(), min_size=1, max_size=30), st.sampled_from([Order.DMY, Order.MDY]))
def test_what_is_inferred_reads_every_date_as_it_was_written(days: list, order: Order) -> None:
    pattern = "{d}/{m}/{y:04}" if order is Order.DMY else "{m}/{d}/{y:04}"
    recent = [day.replace(year=1900 + day.year % 200, day=min(day.day, 28)) for day in days]
    values = [pattern.format(d=day.day, m=day.month, y=day.year) for day in recent]
    found = infer_order(values).order
    assert found in (None, order)
    if found is not None:
        hints = DateHints(order=found)
        read = [read_stated_date(value, hints).value for value in values]
        assert read == [day.isoformat() for day in recent]
