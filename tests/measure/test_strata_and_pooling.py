import msgspec
import numpy as np
import pytest

from muniment.measure.answers import answer_by_stratum
from muniment.measure.bootstrap import Bca
from muniment.measure.decomposable import graphs
from muniment.measure.estimators import Request, estimator
from muniment.measure.loglinear_choice import loglinear
from muniment.measure.pooling import pool, pool_rubin
from muniment.measure.result import Estimate, Outcome, Refusal
from muniment.measure.sparse_stepwise import sparse
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


@pytest.mark.parametrize("method", ["chao", "loglinear", "graphs", "latent-class", "sparse"])
def test_every_method_of_the_command_line_adds_up_over_strata(method: str) -> None:
    tables = {"north": HEPATITIS, "south": HEPATITIS}
    one = estimator(method).run(HEPATITIS, Request(seed=1, chains=2, draws=500, replicates=60))
    assert isinstance(one, Estimate)
    found = stratified(
        tables,
        lambda table, seed: estimator(method).run(
            table, Request(seed=seed, chains=2, draws=500, replicates=60, drawn=True)
        ),
        seed=1,
    )
    both = found.everybody
    assert isinstance(both, Estimate)
    assert both.total >= 2 * one.total * 0.9
    assert both.interval[0] < both.total < both.interval[1]
    assert [name for name, _ in found.strata] == ["north", "south"]


def test_an_answer_by_stratum_has_the_sum_and_each_stratum() -> None:
    found = answer_by_stratum({"a": SPINA_BIFIDA, "b": SPINA_BIFIDA}, "graphs", compare=False)
    again = answer_by_stratum({"b": SPINA_BIFIDA, "a": SPINA_BIFIDA}, "graphs", compare=False)
    assert msgspec.json.encode(found) == msgspec.json.encode(again)
    assert found.observed == 2 * SPINA_BIFIDA.observed
    assert found.estimate == pytest.approx(1450, rel=0.02)
    assert found.strata is not None
    assert [(each.stratum, each.estimate) for each in found.strata] == [("a", 725), ("b", 725)]
    refused = answer_by_stratum({"a": SPINA_BIFIDA, "b": APART}, "graphs")
    assert refused.estimate is None
    assert refused.refused is not None
    assert refused.refused[0].startswith("stratum b: lists share nobody")


def test_a_list_that_holds_nobody_of_a_stratum_is_left_out_there_and_said() -> None:
    four = OverlapTable((*SPINA_BIFIDA.lists, "X"), (*SPINA_BIFIDA.counts, *[0] * 8))
    found = stratified({"a": four, "b": SPINA_BIFIDA}, by_graphs, seed=1)
    assert isinstance(found.everybody, Estimate)
    outcome = found.strata[0][1]
    assert isinstance(outcome, Estimate)
    assert "nobody of this stratum is on X" in outcome.warnings[0]
    assert outcome.total == graphs_total(SPINA_BIFIDA)


def test_draws_of_a_bca_law_have_its_intervals() -> None:
    answer = sparse(HEPATITIS, seed=1, replicates=200)
    assert isinstance(answer, Estimate)
    assert answer.draws is not None
    ends = np.quantile(answer.draws, [0.025, 0.975])
    assert ends == pytest.approx(answer.interval, rel=0.02)


def test_a_correction_past_its_pole_ends_at_the_last_resample() -> None:
    law = Bca(np.arange(1.0, 101.0), -2.0, -0.4)
    low, high = law.interval(0.95)
    assert low == 1.0
    assert low <= high <= 100.0


def graphs_total(table: OverlapTable) -> float:
    outcome = graphs(table)
    assert isinstance(outcome, Estimate)
    return outcome.total


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
