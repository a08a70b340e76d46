"""Importance weights smoothed by a Pareto tail, and whether they can be trusted.

- Vehtari, Simpson, Gelman, Yao and Gabry (2024, Journal of Machine Learning Research 25(72),
  algorithm 1): the largest weights are replaced by quantiles of a generalised Pareto law fitted to
  them, and the law's shape k says how many draws the answer really needs.
- Above k = 0.7 no usual number of draws is enough: the weights are then not used at all.
"""

import math

import msgspec
import numpy as np

from muniment.measure.result import Floats

TRUSTED = 0.7  # the shape above which weights are not used (their section 3.2.4)
ALIKE = 0.999  # smallest over largest weight, above which there is nothing to smooth
FEWEST = 5  # weights of a tail that a law can be fitted to
PRIOR_SHAPE, PRIOR_WEIGHT = 0.5, 10  # of the shape (their appendix G)


class Weights(msgspec.Struct, frozen=True, eq=False):
    """Smoothed weights of draws, and the shape of their tail."""

    shares: Floats  # sum to 1
    shape: float  # k; infinite where no law can be fitted

    @property
    def effective(self) -> float:
        """The effective number of draws, 1 / sum of squared shares (Kong 1992)."""
        return float(1 / np.sum(self.shares**2))


def smoothed(logs: Floats) -> Weights:
    """The weights exp(logs), their largest min(S / 5, 3 sqrt(S)) smoothed (algorithm 1)."""
    raw = np.exp(logs - logs.max())
    number = len(raw)
    tail = int(min(number / 5, 3 * math.sqrt(number)))
    order = np.argsort(raw, kind="stable")
    cutoff = float(raw[order[number - tail - 1]])
    largest = order[number - tail :]
    largest = largest[raw[largest] > cutoff]  # a chain that stood still gives the same weight twice
    if len(largest) < FEWEST:
        alike = bool(raw.min() > ALIKE)
        return Weights(raw / raw.sum(), -math.inf if alike else math.inf)
    shape, scale = _fitted(raw[largest] - cutoff)
    at = (np.arange(len(largest)) + 0.5) / len(largest)
    weights = raw.copy()
    weights[largest] = np.minimum(cutoff + scale / shape * np.expm1(-shape * np.log1p(-at)), 1.0)
    return Weights(weights / weights.sum(), shape)


def _fitted(excess: Floats) -> tuple[float, float]:
    """(shape, scale) of a generalised Pareto law, the excesses in rising order.

    Zhang and Stephens (2009, Technometrics 51:316-325, equations 5 to 8), the shape drawn towards
    1/2 as in the smoothing paper.
    """
    number = len(excess)
    points = 30 + int(math.sqrt(number))
    quarter = float(excess[int(number / 4 + 0.5) - 1])
    grid = np.arange(1, points + 1)
    slopes = 1 / excess[-1] + (1 - np.sqrt(points / (grid - 0.5))) / (3 * quarter)
    shapes = np.log1p(-slopes[:, None] * excess).mean(axis=1)
    heights = number * (np.log(-slopes / shapes) - shapes - 1)
    weights = np.exp(heights - heights.max())
    slope = float(slopes @ weights / weights.sum())
    shape = float(np.log1p(-slope * excess).mean())
    scale = -shape / slope
    drawn = (number * shape + PRIOR_WEIGHT * PRIOR_SHAPE) / (number + PRIOR_WEIGHT)
    return drawn, scale
