"""One estimate from several completed versions of the data: imputations, or draws of the linkage.

- `pool` mixes the draws of all versions in equal numbers: the mixture holds the spread within and
  between them. Ends of intervals are never averaged (Zhou and Reiter 2010, Am Statistician 64:159).
- `pool_rubin` is the rule of HRDAG's verdata: means and variances of log n0 by Rubin (1987,
  Multiple Imputation, eq. 3.1.2 to 3.1.6) with a t interval. It needs no draws beyond moments.
- Fewer than ten versions are refused: the spread between them could not be told.
"""

from collections.abc import Sequence

import numpy as np
from scipy.stats import t as student

from muniment.measure.result import Estimate, Floats, Outcome, Refusal, quantiles

FEWEST = 10  # versions


def pool(outcomes: Sequence[Outcome], level: float = 0.95) -> Outcome:
    """The mixture of the versions' draws: its median and central interval.

    p(N | data) = sum_v p(N | version v) / m (Zhou and Reiter 2010, The American Statistician
    64:159-163).
    """
    refusal = _refuse(outcomes)
    if refusal is not None:
        return refusal
    drawn = _draws(outcomes)
    number = min(len(draws) for draws in drawn)
    mixture = np.concatenate([_thinned(draws, number) for draws in drawn])
    low, middle, high = quantiles(mixture, level)
    within = float(np.mean([np.var(draws) for draws in drawn]))
    between = float(np.var([np.mean(draws) for draws in drawn]))
    share = between / (within + between) if within + between > 0 else 0.0
    model = f"{len(outcomes)} versions mixed, {share:.0%} of the variance between them"
    return _pooled(outcomes, level, model, (low, middle, high), mixture[None, :])


def pool_rubin(outcomes: Sequence[Outcome], level: float = 0.95) -> Outcome:
    """Rubin's rule on the logarithm of the unseen people, added to the mean of the observed.

    T = W + (1 + 1/m) B and a t law (Rubin 1987, Multiple Imputation, eq. 3.1.2 to 3.1.6).
    """
    refusal = _refuse(outcomes)
    if refusal is not None:
        return refusal
    observed = [outcome.observed for outcome in outcomes]
    logs = [
        np.log(np.maximum(draws - seen, 0.5))
        for draws, seen in zip(_draws(outcomes), observed, strict=True)
    ]
    means = np.array([values.mean() for values in logs])
    within = float(np.mean([values.var(ddof=1) for values in logs]))
    between = float(means.var(ddof=1))
    number = len(logs)
    added = (1 + 1 / number) * between
    freedom = (number - 1) * (1 + within / added) ** 2 if added > 0 else np.inf
    reach = float(student.ppf((1 + level) / 2, freedom)) * np.sqrt(within + added)
    ends = tuple(
        float(np.mean(observed) + np.exp(means.mean() + step)) for step in (-reach, 0.0, reach)
    )
    model = f"{number} versions by Rubin's rule on log n0"
    return _pooled(outcomes, level, model, (ends[0], ends[1], ends[2]), None)


def _pooled(
    outcomes: Sequence[Outcome],
    level: float,
    model: str,
    ends: tuple[float, float, float],
    draws: Floats | None,
) -> Estimate:
    observed = [outcome.observed for outcome in outcomes]
    estimates = [outcome for outcome in outcomes if isinstance(outcome, Estimate)]
    warnings = dict.fromkeys(w for estimate in estimates for w in estimate.warnings)
    if min(observed) != max(observed):
        text = (
            f"versions differ in how many people were observed: {min(observed)} to {max(observed)}"
        )
        warnings = {text: None, **warnings}
    return Estimate(
        method=estimates[0].method,
        model=model,
        observed=round(float(np.mean(observed))),
        total=ends[1],
        interval=(ends[0], ends[2]),
        level=level,
        kind=estimates[0].kind,
        warnings=tuple(warnings),
        draws=draws,
    )


def _refuse(outcomes: Sequence[Outcome]) -> Refusal | None:
    observed = round(float(np.mean([o.observed for o in outcomes]))) if len(outcomes) > 0 else 0
    reasons: list[str] = []
    if len(outcomes) < FEWEST:
        reasons.append(f"{len(outcomes)} versions are fewer than {FEWEST}")
    for number, outcome in enumerate(outcomes, start=1):
        if isinstance(outcome, Refusal):
            reasons.append(f"version {number}: {'; '.join(outcome.reasons)}")
        elif outcome.draws is None:
            reasons.append(f"version {number}: {outcome.method} gave no draws to mix")
    return Refusal("pooled", observed, tuple(reasons)) if len(reasons) > 0 else None


def _draws(outcomes: Sequence[Outcome]) -> list[Floats]:
    return [o.draws.ravel() for o in outcomes if isinstance(o, Estimate) and o.draws is not None]


def _thinned(draws: Floats, number: int) -> Floats:
    """This many of the draws, evenly spaced: no chance is added."""
    return np.asarray(draws[np.linspace(0, len(draws) - 1, number).round().astype(int)])
