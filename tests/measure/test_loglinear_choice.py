import itertools
import math

import numpy as np
import pytest

from muniment.measure.design import (
    Model,
    hierarchical_models,
    main_effects,
    ordered,
    pairwise_models,
)
from muniment.measure.loglinear_choice import loglinear
from muniment.measure.loglinear_fits import fit_models
from muniment.measure.profile import profile_interval
from muniment.measure.result import Estimate, Outcome, Refusal
from muniment.measure.table import OverlapTable
from tests.measure.published import (
    APART,
    HEPATITIS,
    KOSOVO,
    SPINA_BIFIDA,
    kept,
    needs_data,
    reference,
    typed,
)


def estimated(outcome: Outcome) -> Estimate:
    assert isinstance(outcome, Estimate), outcome
    return outcome


def model_of(table: OverlapTable, interactions: str) -> Model:
    pairs = [
        sum(1 << table.lists.index(name) for name in pair.split(":"))
        for pair in interactions.split()
    ]
    return ordered((*main_effects(len(table.lists)), *pairs))


def test_the_models_of_hepatitis_have_the_published_estimates() -> None:
    # Chao et al. (2001), table III: independent 388, saturated 1313
    fits = fit_models(HEPATITIS, [main_effects(3), pairwise_models(3)[-1]])
    assert (fits.unseen + 271).tolist() == pytest.approx([388.48, 1312.76], abs=0.01)


def test_spina_bifida_by_bic_is_the_published_choice() -> None:
    # R: the pairwise model with the smallest BIC, 724 (17)
    answer = estimated(loglinear(SPINA_BIFIDA))
    assert answer.total == pytest.approx(724.12, abs=0.01)
    assert "D:M" in answer.model


def test_a_closed_form_exists_for_the_saturated_model_of_three_lists() -> None:
    # Fienberg (1972): n0 = m111 m100 m010 m001 / (m110 m101 m011)
    unseen = fit_models(HEPATITIS, [pairwise_models(3)[-1]]).unseen[0]
    assert unseen == pytest.approx(28 * 69 * 55 * 63 / (21 * 17 * 18))


@needs_data
@pytest.mark.parametrize(
    "dataset",
    [
        "care1_hav",
        "spina_bifida_3list",
        "kosovo_1999",
        "uk_2013_4list",
        "australia_4list",
        "hiv_rome_4list",
        "lesbian_allegheny_4list",
        "care1_diabetes",
    ],
)
def test_every_pairwise_fit_is_that_of_r(dataset: str) -> None:
    rows = [r for r in reference("loglinear_pairwise_all") if r["dataset"] == dataset]
    table = kept(dataset)
    fits = fit_models(table, [model_of(table, row["interactions"]) for row in rows])
    assert fits.refused == 0
    for name, values in {
        "N": fits.unseen + table.observed,
        "n0": fits.unseen,
        "se_log_n0": fits.se_log_unseen,
        "AIC": fits.aic,
        "BIC_logn": fits.bic,
    }.items():
        np.testing.assert_allclose(values, [float(r[name]) for r in rows], rtol=1e-5)
    np.testing.assert_allclose(fits.deviance, [float(r["deviance"]) for r in rows], atol=1e-6)


@needs_data
def test_the_profile_interval_of_hiv_in_rome_is_the_published_one() -> None:
    # Rivest and Baillargeon (2007): Mt with the pair 1:2, 12,318 (10,266-14,992)
    table = kept("hiv_rome_4list")
    fits = fit_models(table, [model_of(table, "c1:c2")])
    assert fits.unseen[0] + table.observed == pytest.approx(12_318.5, abs=0.1)
    interval = profile_interval(table, fits.models[0], float(fits.unseen[0]), 0.95)
    assert interval == pytest.approx((10_266, 14_992), abs=1)


@needs_data
def test_the_best_models_are_those_of_r_where_five_lists_are_sparse() -> None:
    # the pairwise model with the smallest BIC over the Netherlands, van Dijk et al. (2017)
    answer = estimated(loglinear(kept("netherlands_2010_15_5list")))
    assert answer.total == pytest.approx(48_013, abs=1)


def test_numbers_of_hierarchical_models_are_the_known_ones() -> None:
    assert [len(hierarchical_models(k)) for k in (3, 4)] == [8, 113]
    assert len(pairwise_models(4)) == 64


def test_an_average_lies_among_its_models_and_its_interval_is_wider() -> None:
    best = estimated(loglinear(KOSOVO, choose="bic"))
    average = estimated(loglinear(KOSOVO, choose="bic-average"))
    assert average.total == pytest.approx(best.total, rel=0.01)
    assert average.interval[0] < average.total < average.interval[1]


def test_the_order_of_lists_changes_no_estimate() -> None:
    answers = [
        estimated(loglinear(KOSOVO.reordered(order))).total
        for order in itertools.islice(itertools.permutations(KOSOVO.lists), 6)
    ]
    assert answers == pytest.approx([answers[0]] * 6, rel=1e-9)


def test_hierarchical_models_hold_the_pairwise_ones() -> None:
    pairwise = fit_models(KOSOVO, pairwise_models(4))
    everything = fit_models(KOSOVO, hierarchical_models(4))
    assert everything.bic.min() <= pairwise.bic.min() + 1e-9


@pytest.mark.parametrize("interval", ["bootstrap", "bca"])
def test_resampled_intervals_repeat_with_their_seed(interval: str) -> None:
    first, second = (
        estimated(loglinear(HEPATITIS, interval=interval, seed=5, replicates=60))  # type: ignore[arg-type]
        for _ in range(2)
    )
    assert first.interval == second.interval
    assert first.interval[0] >= HEPATITIS.observed
    assert first.draws is not None


def test_two_lists_are_fitted_as_independent() -> None:
    answer = estimated(loglinear(typed("A B", {"10": 60, "01": 40, "11": 20})))
    assert answer.total == pytest.approx(240)


def test_eight_lists_are_selected_stepwise() -> None:
    rng = np.random.Generator(np.random.PCG64(1))
    people = rng.random((3000, 8)) < 0.12
    counts = np.bincount(people @ (1 << np.arange(8)), minlength=256)
    table = OverlapTable(tuple("ABCDEFGH"), (0, *counts[1:].tolist()))
    answer = estimated(loglinear(table))
    assert answer.interval[0] < 3000 < answer.interval[1]


def test_a_family_too_large_is_refused_with_the_way_out() -> None:
    table = OverlapTable(tuple("ABCDEF"), (0, *([3] * 63)))
    answer = loglinear(table, family="hierarchical")
    assert isinstance(answer, Refusal)
    assert "stepwise" in answer.reasons[0]


def test_the_table_without_a_bridge_is_refused() -> None:
    assert isinstance(loglinear(APART), Refusal)


def test_counts_of_a_million_are_no_trouble() -> None:
    big = HEPATITIS.with_counts([count * 20_000 for count in HEPATITIS.counts])
    small = fit_models(HEPATITIS, pairwise_models(3))
    large = fit_models(big, pairwise_models(3))
    np.testing.assert_allclose(large.unseen, small.unseen * 20_000, rtol=1e-6)
    assert all(math.isfinite(value) for value in large.se_log_unseen)
