"""Laws every quick method keeps: names and orders are only names and orders."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.measure.estimators import Request, estimator
from muniment.measure.result import Estimate, Refusal
from muniment.measure.table import OverlapTable, from_patterns
from tests.measure.published import HEPATITIS, UK_5

QUICK = ("loglinear", "graphs", "heterogeneity", "chao")
REQUEST = Request(seed=1)


@st.composite
def overlapping_tables(draw: st.DrawFn) -> OverlapTable:
    """Tables of three or four lists, some patterns empty."""
    lists = draw(st.sampled_from([3, 4]))
    counts = draw(
        st.lists(
            st.one_of(st.just(0), st.integers(0, 8), st.integers(0, 200)),
            min_size=2**lists - 1,
            max_size=2**lists - 1,
        )
    )
    return OverlapTable(tuple("ABCD"[:lists]), (0, *counts))


def outcome(method: str, table: OverlapTable) -> tuple[float, ...] | None:
    found = estimator(method).run(table, REQUEST)
    return (found.total, *found.interval) if isinstance(found, Estimate) else None


@pytest.mark.parametrize("method", QUICK)
@settings(max_examples=6)
@given(table=overlapping_tables(), data=st.data())
def test_the_order_of_lists_changes_no_outcome(
    method: str, table: OverlapTable, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(table.lists))
    first, turned = outcome(method, table), outcome(method, table.reordered(order))
    if first is None or turned is None:
        assert first == turned
    else:
        assert turned == pytest.approx(first, rel=1e-3)


@pytest.mark.parametrize("table", [HEPATITIS, UK_5])
def test_the_order_of_lists_changes_no_resample(table: OverlapTable) -> None:
    few = Request(seed=1, replicates=20)
    first, turned = (
        estimator("sparse").run(table.reordered(order), few)
        for order in (table.lists, table.lists[::-1])
    )
    assert isinstance(first, Estimate)
    assert isinstance(turned, Estimate)
    assert first.draws == pytest.approx(turned.draws, rel=1e-6)


@pytest.mark.parametrize("method", QUICK)
@settings(max_examples=4)
@given(table=overlapping_tables())
def test_the_names_of_lists_change_no_outcome(method: str, table: OverlapTable) -> None:
    renamed = OverlapTable(tuple(f"list {name}" for name in table.lists), table.counts)
    assert outcome(method, renamed) == outcome(method, table)


@pytest.mark.parametrize("method", QUICK)
@settings(max_examples=4)
@given(table=overlapping_tables())
def test_splitting_the_rows_of_a_pattern_changes_no_outcome(
    method: str, table: OverlapTable
) -> None:
    halves = [(names, count // 2) for names, count in table.patterns()]
    rest = [(names, count - count // 2) for names, count in table.patterns()]
    assert outcome(method, from_patterns(table.lists, halves + rest)) == outcome(method, table)


@pytest.mark.parametrize("method", QUICK)
@settings(max_examples=6)
@given(table=overlapping_tables())
def test_an_outcome_is_a_number_within_its_interval_or_a_refusal(
    method: str, table: OverlapTable
) -> None:
    found = outcome(method, table)
    if found is not None:
        total, low, high = found
        assert math.isfinite(total)
        assert table.observed - 1e-6 <= low <= total * (1 + 1e-6)
        assert total <= high * (1 + 1e-6)


@pytest.mark.parametrize("method", ["loglinear", "chao"])
def test_more_people_than_live_are_no_estimate(method: str) -> None:
    million = 1_000_000
    apart = OverlapTable(("A", "B", "C"), (0, million, million, 10, million, 10, 10, 1))
    found = estimator(method).run(apart, REQUEST)
    assert isinstance(found, Refusal)
    assert "more than live" in found.reasons[0]
