"""What an estimator hands back: an estimate with its draws, or a refusal with its reasons.

- An estimate always says what it rests on: the model in words, the warnings, and how well the
  computation went.
- Where an estimator simulates, `draws` holds the simulated totals; strata and imputations are
  combined from draws, never from the ends of intervals.
- A refusal is an answer: it says why this table supports no honest number.
"""

from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Kind = Literal["confidence", "credible"]


class Diagnostics(msgspec.Struct, frozen=True, omit_defaults=True):
    """How well a computation went; `None` where nothing of the kind was computed."""

    rhat: float | None = None  # largest potential scale reduction, 1 is good (Vehtari et al. 2021)
    ess: float | None = None  # bulk effective sample size of the total
    chains: int | None = None
    replicates: int | None = None  # bootstrap resamples that gave an estimate
    failed_replicates: int | None = None  # resamples on which the method had no estimate
    tail_ratio: float | None = None  # posterior density at the end of a grid over its maximum
    prior: str | None = None


class Estimate(msgspec.Struct, frozen=True, eq=False):
    """An estimated number of people, those observed included."""

    method: str
    model: str  # the fitted model, in words
    observed: int  # people on at least one list
    total: float  # people, observed and not
    interval: tuple[float, float]  # people
    level: float  # 0.95 = the interval holds 95 %
    kind: Kind
    warnings: tuple[str, ...] = ()
    diagnostics: Diagnostics = Diagnostics()
    draws: Floats | None = None  # (chains, draws) of the total, people

    @property
    def hidden(self) -> float:
        """The estimated number of people on no list."""
        return self.total - self.observed


class Refusal(msgspec.Struct, frozen=True):
    """There is no honest estimate by this method from this table, and why."""

    method: str
    observed: int
    reasons: tuple[str, ...]


Outcome = Estimate | Refusal


def quantiles(draws: Floats, level: float) -> tuple[float, float, float]:
    """The lower end, median and upper end of the central interval of draws at this level."""
    tail = (1 - level) / 2
    low, middle, high = np.quantile(draws, [tail, 0.5, 1 - tail])
    return float(low), float(middle), float(high)
