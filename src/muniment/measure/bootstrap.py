"""Bootstrap and BCa intervals for an estimator of the whole population.

- A resample draws the observed people and `unseen` others with replacement, so that the number
  observed varies as it would. Chan, Silverman and Vincent (2021) draw the observed alone, which is
  the same where few people are observed and too narrow where most are (75 % instead of 95 % of
  intervals held the truth in a simulation with 84 % observed).
- The estimator chooses its model afresh on each resample, so the interval carries the choice
  (Silverman, Chan and Vincent 2024, Statistics and Computing 34:44).
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
NEARLY_ZERO = 1e-9
FEW = 10  # resamples beyond an end, below which the end is called rough
FEWEST = 100  # resamples, however much work they are
ENOUGH = 40  # replicates below which the ends of a 95 % interval are single resamples


def silent(done: int, everything: int) -> None:
    """Report progress to nobody."""


class Resampling(msgspec.Struct, frozen=True, eq=False):
    """The estimates from resampled tables, none of them below the people observed."""

    estimates: Floats
    failed: int  # resamples without an estimate

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the resamples without an estimate mean for the interval."""
        if self.failed == 0:
            return ()
        number = len(self.estimates) + self.failed
        text = (
            f"{self.failed} of {number} resampled tables have no estimate; the interval leaves "
            "them out and may be too narrow"
        )
        return (text,)


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

    The same seed gives the same resamples bit by bit, in whatever order the lists come.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    people = table.observed + round(min(unseen, MOST))
    order = _in_drawing_order(table)
    counts = [people - table.observed, *(table.counts[pattern] for pattern in order)]
    shares = np.array(counts, dtype=np.float64) / people
    cells = [0] * len(table.counts)
    found: list[float] = []
    for number in range(replicates):
        for pattern, drawn in zip(order, rng.multinomial(people, shares)[1:], strict=True):
            cells[pattern] = int(drawn)
        resampled = totals(table.with_counts(cells))
        if resampled is not None and np.isfinite(resampled):
            found.append(resampled)
        progress(number + 1, replicates)
    # a resample may see fewer people than were seen, but there cannot be fewer
    estimates = np.maximum(np.array(found), float(table.observed))
    return Resampling(estimates, replicates - len(found))


def affordable(asked: int, each: float, work: float) -> int:
    """Resamples that this much work allows, at most those asked for.

    Work is counted, not time, so that a seed gives the same bits on a slow machine.
    """
    return min(asked, max(FEWEST, int(work / each)))


def fewer(made: int, asked: int, lists: int) -> tuple[str, ...]:
    """What is said where there are fewer resamples than were asked for."""
    if made == asked:
        return ()
    return (f"{made:,} resamples instead of {asked:,}: {lists} lists are much work",)


def _in_drawing_order(table: OverlapTable) -> list[int]:
    """The patterns by what they hold, then by name: a multinomial is drawn cell by cell."""
    sizes = [table.size(index) for index in range(len(table.lists))]

    def held(pattern: int) -> tuple[int, int, list[int], list[str]]:
        on = sorted(size for i, size in enumerate(sizes) if pattern >> i & 1)
        return len(on), table.counts[pattern], on, sorted(table.names(pattern))

    return sorted(range(1, len(table.counts)), key=held)


def percentile_interval(estimates: Floats, level: float) -> tuple[float, float]:
    """The central interval of the resampled estimates."""
    tail = (1 - level) / 2
    low, high = np.quantile(estimates, [tail, 1 - tail])
    return float(low), float(high)


class Bca(msgspec.Struct, frozen=True, eq=False):
    """The law whose central intervals are the bias-corrected, accelerated ones, at every level."""

    estimates: Floats
    bias: float  # z0: how far the resamples lie to one side of the estimate
    speed: float  # the acceleration: how the spread grows with the estimate

    def quantile(self, share: Floats | float) -> Floats:
        """The people at this share of the law (Efron 1987, JASA 82:171, section 1)."""
        return np.asarray(np.quantile(self.estimates, self.corrected(share)))

    def corrected(self, share: Floats | float) -> Floats:
        """The share of the resamples that stands for a share of the law."""
        shifted = self.bias + norm.ppf(share)
        # beyond 1 / speed the correction would come back from the other side: it ends at infinity
        moved = self.bias + shifted / np.maximum(1 - self.speed * shifted, NEARLY_ZERO)
        return np.asarray(norm.cdf(moved))

    def interval(self, level: float) -> tuple[float, float]:
        """The central interval."""
        tail = (1 - level) / 2
        return float(self.quantile(tail)), float(self.quantile(1 - tail))

    def warnings(self, level: float) -> tuple[str, ...]:
        """Which end rests on a few resamples, and so on how many were made."""
        tail, number = (1 - level) / 2, len(self.estimates)
        lower = float(self.corrected(tail)) * number
        upper = (1 - float(self.corrected(1 - tail))) * number
        ends = [name for name, beyond in (("lower", lower), ("upper", upper)) if beyond < FEW]
        if len(ends) == 0:
            return ()
        text = (
            f"the {' and '.join(ends)} end of the interval rests on fewer than {FEW} of {number} "
            "resamples: another seed moves it"
        )
        return (text,)

    def draws(self) -> Floats:
        """As many totals as there were resamples, evenly from the law, in one row.

        They come in the order of the resamples they correct: each is what its resample is moved to.
        """
        ranks = np.argsort(np.argsort(self.estimates, kind="stable"), kind="stable")
        return np.atleast_2d(self.quantile((ranks + 0.5) / len(ranks)))


def bca(table: OverlapTable, totals: Totals, total: float, estimates: Floats) -> Bca:
    """The corrected law of the resampled estimates of `total`."""
    below = (np.sum(estimates < total) + np.sum(estimates == total) / 2) / len(estimates)
    edge = 0.5 / len(estimates)
    bias = float(norm.ppf(np.clip(below, edge, 1 - edge)))
    return Bca(estimates, bias, _acceleration(table, totals, total))


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
