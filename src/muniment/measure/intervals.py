"""Intervals of a share in a random sample, with the standard library alone.

- They are about chance in drawing a sample. A register that was counted whole has none of it.
- Wilson (1927, JASA 22:209) covers about its level on average; Clopper and Pearson (1934,
  Biometrika 26:404) cover at least their level, always, and are wider.
"""

import math
from statistics import NormalDist

from muniment.measure.errors import RequestError

HALVINGS = 200
FRACTIONS = 10_000


def wilson(having: int, sampled: int, level: float = 0.95) -> tuple[float, float]:
    """The score interval of the share p = having / n, as fractions.

    (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n) (Wilson 1927, JASA 22:209-212).
    """
    _check(having, sampled, level)
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = having / sampled
    centre = share + z * z / (2 * sampled)
    reach = z * math.sqrt(share * (1 - share) / sampled + z * z / (4 * sampled**2))
    scale = 1 + z * z / sampled
    low = 0.0 if having == 0 else (centre - reach) / scale
    high = 1.0 if having == sampled else (centre + reach) / scale
    return max(low, 0.0), min(high, 1.0)


def clopper_pearson(having: int, sampled: int, level: float = 0.95) -> tuple[float, float]:
    """The exact interval: both ends leave (1 - level) / 2 of the binomial distribution beyond.

    Its ends are quantiles of Beta(x, n - x + 1) and Beta(x + 1, n - x) (Clopper and Pearson 1934,
    Biometrika 26:404-413).
    """
    _check(having, sampled, level)
    tail = (1 - level) / 2
    missing = sampled - having
    low = 0.0 if having == 0 else _beta_quantile(tail, having, missing + 1)
    high = 1.0 if missing == 0 else _beta_quantile(1 - tail, having + 1, missing)
    return low, high


def _check(having: int, sampled: int, level: float) -> None:
    if not 0 <= having <= sampled or sampled == 0:
        raise RequestError(f"{having} of {sampled} is not a share")
    if not 0 < level < 1:
        raise RequestError(f"a level lies between 0 and 1, not {level}")


def _beta_quantile(share: float, a: float, b: float) -> float:
    """Where the beta distribution function reaches this share, by halving."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _beta_share(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _beta_share(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b) (DLMF 8.17.22, Lentz's method)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front += a * math.log(x) + b * math.log1p(-x)
    if x > (a + 1) / (a + b + 2):
        return 1 - math.exp(front) * _fraction(1 - x, b, a) / b
    return math.exp(front) * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    value = d
    for i in range(1, FRACTIONS):
        up = i * (b - i) * x / ((a + 2 * i - 1) * (a + 2 * i))
        d, c = 1 / (1 + up * d), 1 + up / c
        value *= c * d
        down = -(a + i) * (a + b + i) * x / ((a + 2 * i) * (a + 2 * i + 1))
        d, c = 1 / (1 + down * d), 1 + down / c
        value *= c * d
        if abs(c * d - 1) < 1e-15:  # noqa: PLR2004 - the last bit of a float
            break
    return value
