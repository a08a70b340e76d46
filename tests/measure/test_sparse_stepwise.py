import math

import numpy as np
import pytest
from scipy.stats import binom, norm

from muniment.measure import sparse_stepwise
from muniment.measure.bootstrap import Bca, bca, resample
from muniment.measure.result import Estimate, Refusal
from muniment.measure.sparse_stepwise import sparse, stepwise
from muniment.measure.table import OverlapTable
from tests.measure.published import APART, KOSOVO, UK_5, kept, needs_data, reference


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


def test_selection_ends_when_no_pair_is_left() -> None:
    found = stepwise(KOSOVO, threshold=2.0)
    assert found is not None
    assert len(found.p_values) == 6  # four lists have six pairs


def test_the_table_without_a_bridge_is_refused() -> None:
    assert isinstance(sparse(APART), Refusal)


def test_many_lists_are_resampled_within_a_set_amount_of_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sparse_stepwise, "WORK", 1.0)
    few = sparse(UK_5, seed=1, replicates=110)
    assert isinstance(few, Estimate)
    assert few.diagnostics.replicates == 100
    assert few.warnings[0] == "100 resamples instead of 110: 5 lists are much work"
    every = sparse(UK_5, seed=1, replicates=110, bounded=False)
    assert isinstance(every, Estimate)
    assert every.diagnostics.replicates == 110
    assert few.total == every.total


RUN = 200  # resamples of each recorded run
ENDS = {"bca025": 0.025, "bca10": 0.1, "bca90": 0.9, "bca975": 0.975}
UNLIKELY = 0.05 / 28 / 2  # on one side of one of the 28 recorded ends, 5 % for all of them


def chance(law: Bca, total: float, share: float, recorded: float) -> float:
    """How likely a run of 200 resamples from this law ends as far out as the recorded one.

    Runs are drawn from the law's own resamples, each with its own bias correction. Beyond the
    furthest resample nothing can be drawn: there the chance is that of as many resamples of 200
    as the end's rank asks for, each as rare as one in all that were made.
    """
    rng = np.random.Generator(np.random.PCG64(8))
    drawn = np.array([_end(law, total, share, rng) for _ in range(2000)])
    rank = float(law.corrected(share)) * (RUN - 1)
    number = len(law.estimates) + 1
    below = (np.sum(law.estimates <= recorded) + 1) / number
    above = (np.sum(law.estimates >= recorded) + 1) / number
    under = max(np.mean(drawn <= recorded), binom.sf(math.floor(rank), RUN, below))
    over = max(np.mean(drawn >= recorded), binom.sf(RUN - math.ceil(rank) - 1, RUN, above))
    return float(min(under, over))


def _end(law: Bca, total: float, share: float, rng: np.random.Generator) -> float:
    estimates = rng.choice(law.estimates, RUN)
    below = np.clip(np.mean(estimates < total), 0.5 / RUN, 1 - 0.5 / RUN)
    return float(Bca(estimates, float(norm.ppf(below)), law.speed).quantile(share))


@pytest.mark.night
@pytest.mark.timeout(3600)  # 90 CPU seconds in all
@needs_data
@pytest.mark.parametrize("row", reference("sparsemse"), ids=lambda row: row["dataset"])
def test_recorded_ends_lie_within_the_chance_of_their_200_resamples(row: dict[str, str]) -> None:
    """No recorded end is one that 200 resamples of ours would hardly ever give.

    The observed alone are resampled here, as Chan, Silverman and Vincent (2021) do.
    """
    table = kept(row["dataset"])

    def totals(resampled: OverlapTable) -> float | None:
        found = stepwise(resampled)
        return None if found is None else found.total

    total = totals(table)
    assert total is not None
    made = resample(table, totals, unseen=0.0, seed=5, replicates=1000)
    law = bca(table, totals, total, made.estimates)
    for name, share in ENDS.items():
        assert chance(law, total, share, float(row[name])) > UNLIKELY, name
