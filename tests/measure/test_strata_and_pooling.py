import numpy as np
import pytest

from muniment.measure.decomposable import graphs
from muniment.measure.loglinear_choice import loglinear
from muniment.measure.pooling import pool, pool_rubin
from muniment.measure.result import Estimate, Outcome, Refusal
from muniment.measure.strata import stratified
from muniment.measure.table import OverlapTable
from tests.measure.published import APART, HEPATITIS, SPINA_BIFIDA


def by_graphs(table: OverlapTable, seed: int) -> Outcome:
    return graphs(table, seed=seed)


def drawn(centre: float, spread: float, observed: int = 100) -> Estimate:
    rng = np.random.Generator(np.random.PCG64(int(centre)))
    draws = rng.normal(centre, spread, size=(1, 4000))
    return Estimate("made", "up", observed, centre, (0, 0), 0.95, "credible", draws=draws)


def test_strata_add_up_through_their_draws() -> None:
    found = stratified({"a": SPINA_BIFIDA, "b": SPINA_BIFIDA}, by_graphs, seed=1)
    both, one = found.everybody, found.strata[0][1]
    assert isinstance(both, Estimate)
    assert isinstance(one, Estimate)
    assert both.observed == 2 * SPINA_BIFIDA.observed
    assert both.total == pytest.approx(2 * one.total, rel=0.01)
    width = both.interval[1] - both.interval[0]
    assert width < 0.85 * 2 * (one.interval[1] - one.interval[0])


def test_a_stratum_without_an_estimate_leaves_the_sum_without_one() -> None:
    found = stratified({"north": HEPATITIS, "south": APART}, by_graphs)
    assert isinstance(found.everybody, Refusal)
    assert found.everybody.reasons[0].startswith("stratum south")


def test_a_method_without_draws_cannot_be_added() -> None:
    found = stratified({"a": HEPATITIS}, lambda table, seed: loglinear(table, seed=seed))
    assert isinstance(found.everybody, Refusal)


def test_the_mixture_holds_the_spread_between_versions() -> None:
    versions = [drawn(1000 + 50 * i, 10.0) for i in range(10)]
    found = pool(versions)
    assert isinstance(found, Estimate)
    assert found.interval[0] == pytest.approx(1000, abs=25)
    assert found.interval[1] == pytest.approx(1450, abs=25)
    ends = np.mean([np.quantile(v.draws, [0.025, 0.975]) for v in versions], axis=0)  # type: ignore[arg-type]
    assert found.interval[1] - found.interval[0] > 5 * (ends[1] - ends[0])


def test_rubins_rule_is_near_the_mixture_where_both_are_normal() -> None:
    versions = [drawn(1000 + 10 * i, 30.0) for i in range(12)]
    mixed, ruled = pool(versions), pool_rubin(versions)
    assert isinstance(mixed, Estimate)
    assert isinstance(ruled, Estimate)
    assert ruled.total == pytest.approx(mixed.total, rel=0.01)
    assert ruled.interval == pytest.approx(mixed.interval, rel=0.03)


def test_few_versions_are_refused() -> None:
    assert isinstance(pool([drawn(1000, 10.0)] * 9), Refusal)
    assert isinstance(pool([]), Refusal)


def test_a_refused_version_refuses_the_pool() -> None:
    versions: list[Outcome] = [drawn(1000, 10.0)] * 10
    versions[3] = Refusal("made", 100, ("no overlap",))
    found = pool_rubin(versions)
    assert isinstance(found, Refusal)
    assert "version 4" in found.reasons[0]


def test_versions_that_observed_different_people_say_so() -> None:
    versions = [drawn(1000, 10.0, observed=100 + i) for i in range(10)]
    found = pool(versions)
    assert isinstance(found, Estimate)
    assert "100 to 109" in found.warnings[0]
