"""R-hat and effective sample size of several chains.

- Rank-normalised split R-hat and bulk effective sample size of Vehtari, Gelman, Simpson, Carpenter
  and Bürkner (2021, Bayesian Analysis 16:667, eq. 1 to 14): each chain is halved, so that a drift
  counts as a disagreement; ranks make both meaningful for heavy tails.
- R-hat below 1.01 is good; above 1.05 the chains do not describe one distribution.
"""

import numpy as np
from scipy.stats import norm, rankdata

from muniment.measure.errors import RequestError
from muniment.measure.result import Floats

SHORTEST = 4  # draws a half chain needs


def rhat(draws: Floats) -> float:
    """The larger of the bulk and the folded (tail) rank-normalised split R-hat of (chains.

    Draws).
    """
    folded = np.abs(draws - np.median(draws))
    return max(_split_rhat(_rank_normalised(draws)), _split_rhat(_rank_normalised(folded)))


def effective_size(draws: Floats) -> float:
    """The bulk effective sample size of (chains, draws).

    At most the number of draws times its log10.
    """
    halves = _halves(_rank_normalised(draws))
    chains, length = halves.shape
    within = float(np.mean(np.var(halves, axis=1, ddof=1)))
    if within == 0:
        return float(draws.size)
    spread = float(np.var(halves.mean(axis=1), ddof=1)) if chains > 1 else 0.0
    total = within * (length - 1) / length + spread
    covariance = np.mean([_autocovariance(chain) for chain in halves], axis=0)
    correlation = 1 - (within - covariance) / total
    correlation[0] = 1.0
    most = draws.size * float(np.log10(draws.size))
    return float(min(chains * length / _integrated(correlation), most))


def tail_size(draws: Floats, level: float = 0.95) -> float:
    """The smaller effective size of the two interval ends: of being below each (section 4.3)."""
    ends = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return min(effective_size((draws <= end).astype(np.float64)) for end in ends)


def _integrated(correlation: Floats) -> float:
    """1 + 2 sum of correlations by Geyer's initial monotone positive sequence."""
    even = correlation[: len(correlation) // 2 * 2]
    pairs = even[0::2] + even[1::2]
    negative = np.flatnonzero(pairs < 0)
    stop = int(negative[0]) if len(negative) > 0 else len(pairs)
    monotone = np.minimum.accumulate(pairs[: max(stop, 1)])
    return max(float(2 * monotone.sum() - 1), 1e-9)


def _autocovariance(chain: Floats) -> Floats:
    length = len(chain)
    spectrum = np.fft.rfft(chain - chain.mean(), 2 * length)
    return np.asarray(np.fft.irfft(spectrum * np.conj(spectrum))[:length] / length)


def _split_rhat(values: Floats) -> float:
    halves = _halves(values)
    length = halves.shape[1]
    within = float(np.mean(np.var(halves, axis=1, ddof=1)))
    between = float(np.var(halves.mean(axis=1), ddof=1))
    if within == 0:
        return 1.0 if between == 0 else float("inf")
    return float(np.sqrt((within * (length - 1) / length + between) / within))


def _halves(draws: Floats) -> Floats:
    half = draws.shape[1] // 2
    if half < SHORTEST:
        raise RequestError(f"{draws.shape[1]} draws a chain are too few to judge convergence")
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def _rank_normalised(draws: Floats) -> Floats:
    """Normal scores of the average ranks, with Blom's offset (Vehtari et al. 2021, eq. 14)."""
    ranks = rankdata(draws, method="average").reshape(draws.shape)
    return np.asarray(norm.ppf((ranks - 0.375) / (draws.size + 0.25)), dtype=np.float64)
