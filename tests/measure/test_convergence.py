import numpy as np
import pytest

from muniment.core import UsageError
from muniment.measure.convergence import effective_size, rhat, tail_size

RNG = np.random.Generator(np.random.PCG64(4))
WHITE = RNG.normal(size=(4, 4000))


def autoregressive(memory: float) -> np.ndarray:
    chain = np.zeros_like(WHITE)
    for i in range(1, chain.shape[1]):
        chain[:, i] = memory * chain[:, i - 1] + WHITE[:, i]
    return chain


def test_independent_draws_count_fully() -> None:
    assert effective_size(WHITE) == pytest.approx(WHITE.size, rel=0.1)
    assert rhat(WHITE) < 1.002


def test_autocorrelated_draws_count_by_their_known_time() -> None:
    # integrated time of an AR(1) with memory m: (1 + m) / (1 - m)
    assert effective_size(autoregressive(0.8)) == pytest.approx(WHITE.size / 9, rel=0.15)


def test_chains_at_different_places_have_a_large_rhat() -> None:
    assert rhat(WHITE + np.arange(4)[:, None]) > 1.3


def test_chains_of_different_spread_have_a_large_rhat() -> None:
    assert rhat(WHITE * np.array([1, 1, 1, 4])[:, None]) > 1.05


def test_a_drifting_chain_is_seen_alone() -> None:
    assert rhat(WHITE[:1] + np.linspace(0, 3, 4000)) > 1.1


def test_monotone_changes_of_scale_change_nothing() -> None:
    assert effective_size(np.exp(WHITE)) == pytest.approx(effective_size(WHITE))


def test_the_tails_of_independent_draws_count_fully() -> None:
    assert tail_size(WHITE) == pytest.approx(WHITE.size, rel=0.15)


def test_a_tail_that_one_chain_visited_once_counts_little() -> None:
    visited = WHITE.copy()
    visited[0, 100:500] -= 10
    assert tail_size(visited) < 0.05 * WHITE.size


def test_too_few_draws_are_an_error() -> None:
    with pytest.raises(UsageError, match="too few"):
        rhat(WHITE[:, :6])
