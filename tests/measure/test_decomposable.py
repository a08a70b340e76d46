import itertools

import pytest

from muniment.core import UsageError
from muniment.measure.chordal_graphs import decomposable_graphs
from muniment.measure.decomposable import graph_posterior, graphs
from muniment.measure.result import Estimate, Refusal
from muniment.measure.table import OverlapTable
from tests.measure.published import (
    APART,
    HEPATITIS,
    SPINA_BIFIDA,
    UK_5,
    kept,
    needs_data,
    reference,
)


def test_the_numbers_of_decomposable_graphs_are_the_known_ones() -> None:
    # OEIS A058862
    assert [len(decomposable_graphs(k)) for k in (2, 3, 4, 5)] == [2, 8, 61, 822]


def test_every_graph_counts_each_list_once() -> None:
    for graph in decomposable_graphs(5):
        for place in range(5):
            assert sum(weight for members, weight in graph.weights if members >> place & 1) == 1


@needs_data
@pytest.mark.parametrize("row", reference("dga"))
def test_the_posterior_is_that_of_dga(row: dict[str, str]) -> None:
    posterior = graph_posterior(kept(row["dataset"]), delta=float(row["delta"]))
    assert [posterior.quantile(share) for share in (0.025, 0.5, 0.975)] == [
        int(row["q025"]),
        int(row["median"]),
        int(row["q975"]),
    ]
    assert posterior.mode() == int(row["mode"])
    assert posterior.mean() == pytest.approx(float(row["mean"]), rel=1e-6)
    assert posterior.graphs[0][1] == pytest.approx(float(row["top_model_prob"]), abs=1e-6)


def test_the_posterior_of_a_printed_table_is_pinned() -> None:
    posterior = graph_posterior(SPINA_BIFIDA)
    ends = [posterior.quantile(share) for share in (0.025, 0.5, 0.975)]
    assert ends == [686, 725, 784]
    assert posterior.probability.sum() == pytest.approx(1)


def test_the_order_of_lists_changes_nothing() -> None:
    orders = itertools.islice(itertools.permutations(UK_5.lists), 0, 120, 40)
    ends = {graph_posterior(UK_5.reordered(order)).quantile(0.5) for order in orders}
    assert ends == {22_365}


def test_a_posterior_cut_off_by_its_grid_is_a_warning() -> None:
    answer = graphs(UK_5)
    assert isinstance(answer, Estimate)
    assert any("cut off" in warning for warning in answer.warnings)
    assert answer.diagnostics.prior == "delta 0.03125, n0 from 1 to 27440"


def test_a_prior_that_makes_the_complete_graph_win_is_a_warning() -> None:
    answer = graphs(UK_5, delta=1.0)
    assert isinstance(answer, Estimate)
    assert any("complete graph" in warning for warning in answer.warnings)


def test_a_very_long_grid_takes_steps_and_stays_near() -> None:
    big = HEPATITIS.with_counts([count * 1000 for count in HEPATITIS.counts])
    posterior = graph_posterior(big)
    assert posterior.step > 1
    assert 271_000 < posterior.quantile(0.5) < 3_000_000


def test_draws_repeat_with_their_seed() -> None:
    posterior = graph_posterior(SPINA_BIFIDA)
    assert (posterior.draws(1, 50) == posterior.draws(1, 50)).all()


def test_a_prior_weight_must_be_positive() -> None:
    with pytest.raises(UsageError, match="positive"):
        graph_posterior(SPINA_BIFIDA, delta=0.0)


@pytest.mark.parametrize("table", [APART, OverlapTable(tuple("ABCDEFG"), (0, *([2] * 127)))])
def test_what_cannot_be_weighed_is_refused(table: OverlapTable) -> None:
    assert isinstance(graphs(table), Refusal)
