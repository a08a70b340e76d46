"""Whether a log-linear model's estimate exists and is identified, by linear programming.

Fienberg and Rinaldo (2012, Annals of Statistics 40:996, Theorem 3): the maximum likelihood estimate
exists exactly when
the sufficient statistics lie inside the marginal cone. On the boundary the *extended* estimate
exists: some cells have mean
zero, and the model is fitted on the rest, the facial set.

- A direction c with (Xc) = 0 on counted cells and (Xc) >= 0 on empty ones drives those empty cells
  to zero. The facial set is what remains when no such direction is left.
- The number of unseen people exp(x0'b) is identified exactly when x0 lies in the row space of the
  facial set's rows: otherwise two sets of parameters fit equally well and give different numbers.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from muniment.measure.errors import RequestError
from muniment.measure.result import Floats

ROUND = 1e-7  # below this a linear programme's value is zero


def facial_set(design: Floats, counts: Floats) -> NDArray[np.bool_]:
    """True for the cells whose mean is positive in the (extended) maximum likelihood estimate."""
    kept = np.ones(len(counts), dtype=bool)
    while bool(np.any(counts[kept] == 0)):
        empty = kept & (counts == 0)
        gains = _largest_support(design[counts > 0], design[empty])
        driven = gains > ROUND
        if not driven.any():
            break
        kept[np.flatnonzero(empty)[driven]] = False
    return kept


def identified(design: Floats, unseen: Floats) -> bool:
    """Whether the row of the unseen cell is a combination of these rows."""
    stacked = np.vstack([design, unseen])
    return bool(np.linalg.matrix_rank(stacked) == np.linalg.matrix_rank(design))


def _largest_support(counted: Floats, empty: Floats) -> Floats:
    """The values of (Xc) on the empty cells, at most 1, for the direction with the largest sum."""
    answer = linprog(
        -empty.sum(axis=0),
        A_ub=np.vstack([empty, -empty]),
        b_ub=np.concatenate([np.ones(len(empty)), np.zeros(len(empty))]),
        A_eq=counted,
        b_eq=np.zeros(len(counted)),
        bounds=(None, None),
        method="highs",
    )
    if answer.status != 0:
        raise RequestError(f"the linear programme for existence did not end: {answer.message}")
    return np.asarray(empty @ np.asarray(answer.x), dtype=np.float64)
