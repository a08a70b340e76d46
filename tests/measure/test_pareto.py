import numpy as np
import pytest
from scipy.stats import genpareto

from muniment.measure.latent_patterns import leave_out_patterns_of_classes
from muniment.measure.pareto import TRUSTED, smoothed
from tests.measure.populations import mixed, table_of


@pytest.mark.parametrize("shape", [-0.3, 0.1, 0.5, 0.9])
def test_the_tail_of_weights_is_told_by_its_shape(shape: float) -> None:
    raw = 1 + genpareto.rvs(shape, size=20_000, random_state=7)
    assert smoothed(np.log(raw)).shape == pytest.approx(shape, abs=0.12)


def test_equal_weights_stay_equal_and_one_that_is_all_is_not_trusted() -> None:
    even = smoothed(np.zeros(1000))
    assert even.effective == pytest.approx(1000)
    assert even.shape < TRUSTED
    alone = np.full(1000, -800.0)
    alone[3] = 0.0
    assert not smoothed(alone).shape < TRUSTED


def test_smoothing_keeps_the_order_and_the_sum() -> None:
    rng = np.random.Generator(np.random.PCG64(1))
    logs = rng.standard_normal(4000) * 2
    shares = smoothed(logs).shares
    assert shares.sum() == pytest.approx(1)
    assert (np.diff(shares[np.argsort(logs)]) >= -1e-15).all()


@pytest.mark.night
@pytest.mark.timeout(3600)  # some 90 CPU seconds
def test_weighed_counts_are_foretold_as_by_fits_without_them() -> None:
    """Seven lists: every pattern by a fit of its own, against weights and a few fits."""
    rng = np.random.Generator(np.random.PCG64(5))
    chances = rng.uniform(0.05, 0.4, (2, 7))
    shares = mixed([(0.7, chances[0].tolist()), (0.3, chances[1].tolist())])
    table = table_of(shares, 800, rng)
    quick = {each.lists: each for each in leave_out_patterns_of_classes(table, seed=1)}
    fitted = leave_out_patterns_of_classes(table, seed=1, bounded=False)
    assert len(quick) > 0.9 * len(fitted)
    for each in fitted:
        if each.lists in quick:
            other = quick[each.lists]
            reach = max(each.interval[1] - each.interval[0], 4.0)
            assert abs(each.predicted - other.predicted) < reach / 2
