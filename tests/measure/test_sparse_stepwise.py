import pytest

from muniment.measure.result import Estimate, Refusal
from muniment.measure.sparse_stepwise import sparse, stepwise
from tests.measure.published import APART, UK_5, kept, needs_data, reference


def test_the_selection_for_the_united_kingdom_is_the_published_one() -> None:
    # Binette and Steorts (2022), JRSS A 185: SparseMSE on these five lists, 11,313
    selected = stepwise(UK_5)
    assert selected is not None
    assert selected.total == pytest.approx(11_313, abs=1)


@needs_data
def test_every_selection_is_that_of_sparsemse() -> None:
    rows = reference("sparsemse")
    for row in rows:
        selected = stepwise(kept(row["dataset"]))
        assert selected is not None
        assert selected.total == pytest.approx(float(row["popest"]), abs=0.06), row["dataset"]


def test_the_bca_interval_repeats_with_its_seed_and_holds_the_estimate() -> None:
    first, second = (sparse(UK_5, seed=1, replicates=40) for _ in range(2))
    assert isinstance(first, Estimate)
    assert isinstance(second, Estimate)
    assert first.interval == second.interval
    assert first.interval[0] < first.total < first.interval[1]


def test_progress_is_reported_to_the_end() -> None:
    seen: list[tuple[int, int]] = []
    sparse(UK_5, replicates=40, progress=lambda done, everything: seen.append((done, everything)))
    assert seen[-1] == (40, 40)


def test_the_table_without_a_bridge_is_refused() -> None:
    assert isinstance(sparse(APART), Refusal)
