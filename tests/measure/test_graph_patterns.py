import numpy as np
import pytest
from scipy.special import gammaln, logsumexp

from muniment.core import UsageError
from muniment.measure.chordal_graphs import decomposable_graphs
from muniment.measure.decomposable import curves, graph_posterior, log_prior, set_weights
from muniment.measure.graph_patterns import leave_out_patterns_of_graphs
from tests.measure.populations import independent, table_of
from tests.measure.published import APART, HEPATITIS


def test_a_count_is_foretold_as_by_summing_over_everything() -> None:
    """Every graph, every number of unseen people and of the pattern, one by one."""
    place, weights = 7, set_weights(decomposable_graphs(3), 3)
    unseen = np.arange(1.0, 10 * HEPATITIS.observed + 1)
    heights = []
    for number in range(120):
        table = HEPATITIS.with_counts((*HEPATITIS.counts[:place], number))
        every = weights @ curves(table, 1 / 8, unseen) + log_prior(table, unseen)
        heights.append(logsumexp(every) - gammaln(number + 1))
    shares = np.exp(np.array(heights) - max(heights))
    shares /= shares.sum()
    low, high = np.searchsorted(np.cumsum(shares), [0.025, 0.975])
    found = leave_out_patterns_of_graphs(HEPATITIS)[place - 1]
    assert found.interval == pytest.approx((low, high), abs=1)
    assert found.predicted == pytest.approx(float(shares @ np.arange(120)), rel=0.01)


def test_nothing_of_a_count_reaches_its_own_prediction() -> None:
    other = HEPATITIS.with_counts((*HEPATITIS.counts[:-1], 60))  # 28 on all three lists before
    few, many = (leave_out_patterns_of_graphs(table)[-1] for table in (HEPATITIS, other))
    assert few.predicted == pytest.approx(many.predicted, rel=0.02)
    assert few.interval == pytest.approx(many.interval, abs=1)


def test_independent_lists_are_surprised_about_as_often_as_chance() -> None:
    rng = np.random.Generator(np.random.PCG64(4))
    shares = independent([0.3, 0.25, 0.35])
    surprises = [
        each.surprising
        for _ in range(12)
        for each in leave_out_patterns_of_graphs(table_of(shares, 900, rng))
    ]
    assert len(surprises) == 84
    assert np.mean(surprises) < 0.12


def test_what_is_refused_foretells_nothing_and_a_weight_is_positive() -> None:
    assert leave_out_patterns_of_graphs(APART) == ()
    with pytest.raises(UsageError, match="positive"):
        leave_out_patterns_of_graphs(HEPATITIS, delta=0.0)


def test_a_peak_as_narrow_as_ten_million_people_make_it_is_not_passed_over() -> None:
    """Between even points in log n0 it would be: the best graphs were dropped there."""
    rng = np.random.Generator(np.random.PCG64(2))
    table = table_of(independent([0.3, 0.4, 0.35, 0.5]), 10_000_000, rng)
    posterior = graph_posterior(table)
    low, high = (posterior.quantile(share) for share in (0.025, 0.975))
    assert low < 10_000_000 < high
    assert high - low < 8_000
