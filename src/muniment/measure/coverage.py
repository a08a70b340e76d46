"""Sample coverage for three dependent lists: what share of the listings the overlaps have seen.

- Chao and Tsay (1998, Biometrics 54:283) and Chao et al. (2001, Statistics in Medicine 20:3123,
  section 4): with C the mean share of a list's people who are also elsewhere and D the mean number
  of people on the other lists, D/C estimates N under independence; the covariations gamma of pairs
  of lists correct it.
- The one-step estimator is given: the full solution divides by nearly zero when coverage is low
  (the hepatitis table of the 2001 paper gives 971 with a standard error of 925; the one-step 508
  with 40).
- Three lists only: that is the case the papers print.
"""

import itertools

import numpy as np

from muniment.measure.bootstrap import resample
from muniment.measure.checks import beyond, grave_reasons, warnings
from muniment.measure.dual import lognormal_interval
from muniment.measure.living import of_the_living
from muniment.measure.result import Diagnostics, Estimate, Outcome, Refusal
from muniment.measure.table import OverlapTable

LISTS = 3
LOW_COVERAGE = 0.55  # Chao et al. (2001), p. 3141: at least 55 % for the bias to be small
ENOUGH_REPLICATES = 10
METHOD = "sample-coverage"


@of_the_living
def sample_coverage(
    table: OverlapTable, level: float = 0.95, *, seed: int = 0, replicates: int = 1000
) -> Outcome:
    """The one-step sample coverage estimate; log-normal interval with a bootstrap variance.

    N1 = N0 + sum over pairs of gamma_ij (people on i or j and not on the third) / (3 C), with
    N0 = D / C and gamma_ij = N n_ij / (n_i n_j) - 1 taken at N0 and once more at the result (Chao
    et al. 2001, Statistics in Medicine 20:3123-3157, section 4).
    """
    reasons = grave_reasons(table)
    if len(table.lists) != LISTS:
        reasons = (*reasons, f"sample coverage needs three lists, the table has {len(table.lists)}")
    answer = _one_step(table) if len(reasons) == 0 else None
    if answer is None:
        return Refusal(METHOD, table.observed, reasons or ("the sample coverage is zero",))
    total, coverage = answer
    if total <= table.observed:
        reason = f"the estimate of {total:,.0f} does not exceed the people observed"
        return Refusal(METHOD, table.observed, (reason,))
    resampled = resample(
        table, _total, unseen=total - table.observed, seed=seed, replicates=replicates
    )
    if len(resampled.estimates) < ENOUGH_REPLICATES:
        return Refusal(METHOD, table.observed, ("hardly any resample allows the estimate",))
    low = () if coverage >= LOW_COVERAGE else (f"the sample coverage is {coverage:.0%}, too low",)
    variance = float(np.var(resampled.estimates, ddof=1))
    return Estimate(
        method=METHOD,
        model=f"one-step estimator, sample coverage {coverage:.3f}",
        observed=table.observed,
        total=total,
        interval=lognormal_interval(table.observed, total, variance, level),
        level=level,
        kind="confidence",
        warnings=(*low, *beyond(table, total), *warnings(table)),
        diagnostics=Diagnostics(
            replicates=len(resampled.estimates), failed_replicates=resampled.failed
        ),
        draws=np.atleast_2d(resampled.estimates),
    )


def _total(table: OverlapTable) -> float | None:
    answer = _one_step(table)
    return None if answer is None else answer[0]


def _one_step(table: OverlapTable) -> tuple[float, float] | None:
    """(N, C), or None where a list is empty or no list overlaps another."""
    sizes = [table.size(i) for i in range(LISTS)]
    alone = [table.counts[1 << i] for i in range(LISTS)]
    if min(sizes) == 0 or all(a == s for a, s in zip(alone, sizes, strict=True)):
        return None
    coverage = 1 - sum(a / s for a, s in zip(alone, sizes, strict=True)) / LISTS
    independent = (table.observed - sum(alone) / LISTS) / coverage
    start = independent + _correction(table, sizes, independent) / (LISTS * coverage)
    return independent + _correction(table, sizes, start) / (LISTS * coverage), coverage


def _correction(table: OverlapTable, sizes: list[int], total: float) -> float:
    """The sum over pairs of gamma times the people on one of the pair and not on the third list."""
    added = 0.0
    for i, j in itertools.combinations(range(LISTS), 2):
        third = LISTS - i - j
        gamma = total * table.overlap((i, j)) / (sizes[i] * sizes[j]) - 1
        people = sum(sizes[a] - table.overlap((a, third)) for a in (i, j))
        added += gamma * people
    return added
