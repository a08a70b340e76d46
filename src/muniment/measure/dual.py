"""Two lists: the Lincoln-Petersen and Chapman estimators.

- Both assume the lists are independent and everybody is equally likely to be on a list. Two lists
  cannot test either.
"""

import math

import numpy as np
from scipy.stats import hypergeom, norm

from muniment.measure.checks import beyond, grave_reasons, warnings
from muniment.measure.living import of_the_living
from muniment.measure.result import Estimate, Floats, Outcome, Refusal
from muniment.measure.table import OverlapTable

TWO = 2
DRAWS = 4000


@of_the_living
def lincoln_petersen(table: OverlapTable, level: float = 0.95, *, seed: int = 0) -> Outcome:
    """The estimate n1 n2 / m (Lincoln 1930; Petersen 1896) with its log-normal interval.

    var N = n1 n2 (n1 - m)(n2 - m) / m^3 (Seber 1982, p. 60). Refuses when nobody is on both lists.
    """
    refusal = _refuse(table, "lincoln-petersen")
    if refusal is not None:
        return refusal
    first, second, both = table.size(0), table.size(1), table.overlap((0, 1))
    if both == 0:
        return Refusal("lincoln-petersen", table.observed, ("nobody is on both lists",))
    total = first * second / both
    variance = first * second * (first - both) * (second - both) / both**3
    return Estimate(
        method="lincoln-petersen",
        model="two independent lists",
        observed=table.observed,
        total=total,
        interval=_two_list_interval(table, total, variance, level),
        level=level,
        kind="confidence",
        warnings=(*beyond(table, total), *warnings(table)),
        draws=None if variance <= 0 else lognormal_draws(table.observed, total, variance, seed),
    )


@of_the_living
def chapman(table: OverlapTable, level: float = 0.95, *, seed: int = 0) -> Outcome:
    """The nearly unbiased estimate (n1+1)(n2+1)/(m+1) - 1 (Chapman 1951), log-normal interval.

    var N = (n1+1)(n2+1)(n1-m)(n2-m) / ((m+1)^2 (m+2)) (Seber 1982, p. 60).
    """
    refusal = _refuse(table, "chapman")
    if refusal is not None:
        return refusal
    first, second, both = table.size(0), table.size(1), table.overlap((0, 1))
    total = (first + 1) * (second + 1) / (both + 1) - 1
    top = (first + 1) * (second + 1) * (first - both) * (second - both)
    variance = top / ((both + 1) ** 2 * (both + 2))
    return Estimate(
        method="chapman",
        model="two independent lists",
        observed=table.observed,
        total=total,
        interval=_two_list_interval(table, total, variance, level),
        level=level,
        kind="confidence",
        warnings=(*beyond(table, total), *warnings(table)),
        draws=None if variance <= 0 else lognormal_draws(table.observed, total, variance, seed),
    )


def _two_list_interval(
    table: OverlapTable, total: float, variance: float, level: float
) -> tuple[float, float]:
    """The log-normal interval; the exact upper end where one list lies in the other.

    There the variance formula gives zero although a list that missed nobody of a few people may
    have missed many others: the end is the largest N under which so complete an overlap has half of
    1 - level, by the hypergeometric distribution.
    """
    if variance > 0:
        return lognormal_interval(table.observed, total, variance, level)
    first, second = table.size(0), table.size(1)
    tail = (1 - level) / 2

    def chance(people: int) -> float:
        return float(hypergeom.sf(min(first, second) - 1, people, first, second))

    low = high = table.observed
    while chance(high) > tail:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if chance(middle) > tail else (low, middle)
    return float(table.observed), float(max(low, table.observed))


def lognormal_interval(
    observed: int, total: float, variance: float, level: float
) -> tuple[float, float]:
    """The interval observed + [f0 / C, f0 C], f0 the unseen people (Chao 1987, Biometrics 43:783).

    C = exp(z sqrt(log(1 + var / f0^2))): the unseen people, who cannot be negative, are taken as
    log-normal.
    """
    unseen = total - observed
    if unseen <= 0 or variance <= 0:
        return (float(observed), float(max(total, observed)))
    z = float(norm.ppf((1 + level) / 2))
    width = math.exp(z * math.sqrt(math.log1p(variance / unseen**2)))
    return (observed + unseen / width, observed + unseen * width)


def lognormal_draws(observed: int, total: float, variance: float, seed: int) -> Floats:
    """Totals from the law whose central interval `lognormal_interval` gives, in one row.

    They are there to be added up over strata and mixed over imputations.
    """
    unseen = total - observed
    if unseen <= 0 or variance <= 0:
        return np.full((1, DRAWS), max(total, float(observed)))
    scale = math.sqrt(math.log1p(variance / unseen**2))
    rng = np.random.Generator(np.random.PCG64(seed))
    return np.asarray(observed + unseen * np.exp(scale * rng.standard_normal((1, DRAWS))))


def _refuse(table: OverlapTable, method: str) -> Refusal | None:
    reasons = grave_reasons(table)
    if len(table.lists) != TWO:
        reasons = (*reasons, f"{method} needs exactly two lists, the table has {len(table.lists)}")
    return Refusal(method, table.observed, reasons) if len(reasons) > 0 else None
