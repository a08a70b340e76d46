"""Bootstrap and BCa intervals for an estimator of the whole population.

- A resample draws the observed people and `unseen` others with replacement, so that the number
  observed varies as it would. Chan, Silverman and Vincent (2021) draw the observed alone, which is
  the same where few people are observed and too narrow where most are (75 % instead of 95 % of
  intervals held the truth in a simulation with 84 % observed).
- The estimator chooses its model afresh on each resample, so the interval carries the choice
  (Silverman, Chan and Vincent 2024, Stat Med 43:1564).
- BCa (Efron 1987, JASA 82:171; DiCiccio and Efron 1996, Statistical Science 11:189, eq. 2.3 to
  6.6): the bias correction z0 comes from the share of resamples below the estimate, the
  acceleration from leaving out one person of each pattern.
"""

from collections.abc import Callable

import msgspec
import numpy as np
from scipy.stats import norm

from muniment.measure.result import Floats
from muniment.measure.table import OverlapTable

Totals = Callable[
    [OverlapTable], float | None
]  # an estimate of everybody, or None where there is none
Progress = Callable[[int, int], None]  # (done, all)

MOST = 1e15  # unseen people beyond this cannot be drawn
ENOUGH = 40  # replicates below which the ends of a 95 % interval are single resamples


def silent(done: int, everything: int) -> None:
    """Report progress to nobody."""


class Resampling(msgspec.Struct, frozen=True, eq=False):
    """The estimates from resampled tables."""

    estimates: Floats
    failed: int  # resamples without an estimate


def resample(  # noqa: PLR0913 - keyword-only parts of one request
    table: OverlapTable,
    totals: Totals,
    *,
    unseen: float,
    seed: int,
    replicates: int,
    progress: Progress = silent,
) -> Resampling:
    """Estimates from this many resamples of the observed people and `unseen` others.

    The same seed gives the same numbers bit by bit.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    people = table.observed + round(min(unseen, MOST))
    shares = np.array([people - table.observed, *table.counts[1:]], dtype=np.float64) / people
    found: list[float] = []
    for number in range(replicates):
        cells = rng.multinomial(people, shares).tolist()
        resampled = totals(table.with_counts((0, *cells[1:])))
        if resampled is not None and np.isfinite(resampled):
            found.append(resampled)
        progress(number + 1, replicates)
    return Resampling(np.array(found), replicates - len(found))


def percentile_interval(estimates: Floats, level: float) -> tuple[float, float]:
    """The central interval of the resampled estimates."""
    tail = (1 - level) / 2
    low, high = np.quantile(estimates, [tail, 1 - tail])
    return float(low), float(high)


def bca_interval(
    table: OverlapTable, totals: Totals, total: float, estimates: Floats, level: float
) -> tuple[float, float]:
    """The bias-corrected, accelerated interval around `total`."""
    below = (np.sum(estimates < total) + np.sum(estimates == total) / 2) / len(estimates)
    edge = 0.5 / len(estimates)
    z0 = float(norm.ppf(np.clip(below, edge, 1 - edge)))
    speed = _acceleration(table, totals, total)
    tail = (1 - level) / 2
    ends = []
    for z in (norm.ppf(tail), norm.ppf(1 - tail)):
        shifted = z0 + (z0 + z) / (1 - speed * (z0 + z))
        ends.append(float(np.quantile(estimates, norm.cdf(shifted))))
    return ends[0], ends[1]


def _acceleration(table: OverlapTable, totals: Totals, total: float) -> float:
    """Sum n d^3 / (6 (sum n d^2)^1.5) over patterns.

    D the change when one of its n people is left out.
    """
    people, left = [], []
    for pattern, count in enumerate(table.counts):
        if count == 0:
            continue
        counts = list(table.counts)
        counts[pattern] -= 1
        without = totals(table.with_counts(counts))
        people.append(float(count))
        left.append(total if without is None else without)
    weight, values = np.array(people), np.array(left)
    change = np.average(values, weights=weight) - values
    spread = float(np.sum(weight * change**2))
    return float(np.sum(weight * change**3) / (6 * spread**1.5)) if spread > 0 else 0.0
