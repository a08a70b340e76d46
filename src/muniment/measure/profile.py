"""The multinomial profile-likelihood interval of one log-linear model.

- For each number of unseen people n0 the model is fitted to the completed table; the profile is
  l(n0) = log N! - log n0! + sum y log p, and the interval holds every n0 within chi2/2 of the best
  (Cormack 1992, Biometrics 48:567; Rivest and Baillargeon 2007, Biometrics 63:999).
- It is not symmetric and never goes below what was observed. It is conditional on the model.
"""

import math

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.special import gammaln
from scipy.stats import chi2

from muniment.measure.design import Model
from muniment.measure.existence import facial_set
from muniment.measure.loglinear_fits import independent_columns, reduced_model
from muniment.measure.poisson import fit_many, whole_task
from muniment.measure.result import Floats
from muniment.measure.table import OverlapTable

FAR = 14.0  # log distance at which an open-ended profile is called unbounded


class Profile:
    """The profile log-likelihood of the number of unseen people under one model."""

    def __init__(self, design: Floats, counts: Floats) -> None:
        """Set up the completed table: its last row, the unseen cell, has the intercept alone."""
        inside = facial_set(design, counts)
        unseen = np.zeros((1, design.shape[1]))
        unseen[0, 0] = 1.0
        chosen = independent_columns(design[inside])
        self.design: Floats = np.vstack([design[inside], unseen])[:, chosen]
        self.counts: Floats = counts[inside]
        self.observed = float(counts.sum())

    def __call__(self, unseen: float) -> float:
        """The profile at this many unseen people, up to a constant."""
        counts: Floats = np.append(self.counts, unseen)
        fits = fit_many(whole_task(self.design, counts))
        everybody = self.observed + unseen
        shares = fits.means[0] / everybody
        likelihood = float(np.sum(counts * np.log(np.maximum(shares, 1e-300))))
        return float(gammaln(everybody + 1) - gammaln(unseen + 1)) + likelihood


def profile_interval(
    table: OverlapTable, model: Model, unseen: float, level: float
) -> tuple[float, float]:
    """The interval of everybody around the fitted number of unseen people.

    The upper end may be infinite.
    """
    task = reduced_model(table, model)
    cells = task.cells[0]
    design = task.design[np.ix_(cells, task.columns[0])]
    return design_interval(design, task.counts[cells], unseen, level)


def design_interval(
    design: Floats, counts: Floats, unseen: float, level: float
) -> tuple[float, float]:
    """The interval of everybody for a model given as a design matrix, its first column all ones."""
    profile = Profile(design, counts)
    start = math.log(max(unseen, 1e-3))
    best = minimize_scalar(
        lambda x: -profile(math.exp(x)), bounds=(start - 2, start + 2), method="bounded"
    )
    floor = -float(best.fun) - float(chi2.ppf(level, 1)) / 2
    peak = float(best.x)
    low = _crossing(profile, floor, peak, -1)
    high = _crossing(profile, floor, peak, 1)
    bottom = 0.0 if low is None else math.exp(low)
    top = math.inf if high is None else math.exp(high)
    return profile.observed + bottom, profile.observed + top


def _crossing(profile: Profile, floor: float, peak: float, side: int) -> float | None:
    """Where the profile falls to the floor, in log n0; None when it does not within reach."""
    near, step = peak, 0.25
    while abs(near - peak) < FAR:
        far = near + side * step
        if profile(math.exp(far)) < floor:
            low, high = min(near, far), max(near, far)
            return float(brentq(lambda x: profile(math.exp(x)) - floor, low, high, xtol=1e-6))
        near, step = far, step * 2
    return None
