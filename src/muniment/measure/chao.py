"""Chao's lower bound: what the numbers of people on one and on two lists alone can say.

- With f_i the people on exactly i lists, N >= n + f1^2 / (2 f2) when people differ in how easily
  they are listed.
- It is a lower bound, not an estimate, and is only that while lists do not avoid each other: lists
  that share fewer people than chance would give push it above the truth.
"""

from muniment.measure.checks import beyond, grave_reasons, warnings
from muniment.measure.dual import lognormal_draws, lognormal_interval
from muniment.measure.living import of_the_living
from muniment.measure.result import Estimate, Outcome, Refusal
from muniment.measure.table import OverlapTable

CAVEAT = "this is a lower bound: at least about this many people, if lists do not avoid each other"


@of_the_living
def chao_lower_bound(table: OverlapTable, level: float = 0.95, *, seed: int = 0) -> Outcome:
    """The lower bound n + (k-1)/k f1^2/(2 f2) with its log-normal interval.

    Chao (1987, Biometrics 43:783); the factor (k-1)/k is of Rivest and Baillargeon (2007,
    Biometrics 63:999). Without anybody on exactly two lists (k-1)/k f1(f1-1)/2 stands (Chao 1989,
    Biometrics 45:427).
    """
    reasons = grave_reasons(table)
    if len(reasons) > 0:
        return Refusal("chao", table.observed, reasons)
    f1, f2 = (float(f) for f in table.frequencies()[:2])
    shrink = (len(table.lists) - 1) / len(table.lists)
    if f2 > 0:
        unseen, ratio = shrink * f1**2 / (2 * f2), f1 / f2
        variance = f2 * (shrink * ratio**2 / 2 + shrink**2 * ratio**3 + shrink**2 * ratio**4 / 4)
    else:
        unseen = shrink * f1 * (f1 - 1) / 2
        total = table.observed + unseen
        variance = unseen + shrink**2 * f1 * (2 * f1 - 1) ** 2 / 4 - shrink**2 * f1**4 / (4 * total)
    return Estimate(
        method="chao",
        model="lower bound from people on one and on two lists",
        observed=table.observed,
        total=table.observed + unseen,
        interval=lognormal_interval(table.observed, table.observed + unseen, variance, level),
        level=level,
        kind="confidence",
        warnings=(CAVEAT, *beyond(table, table.observed + unseen), *warnings(table)),
        draws=lognormal_draws(table.observed, table.observed + unseen, variance, seed),
    )
