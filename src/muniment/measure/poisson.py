"""Many Poisson log-linear models of one table, fitted together by Newton's method.

- One design matrix holds the columns of all models; a model is a choice of columns and of cells, so
  that a thousand fits are a few matrix products.
- Newton's step is halved while it lowers a likelihood: the log-likelihood is concave, so the end is
  the maximum.
- A parameter whose term nobody satisfies is minus infinity in the extended estimate: it and its
  cells are left out, and the fit on the rest is exact (Chan, Silverman and Vincent 2021, JASA
  116:1297, section 2).
"""

from collections.abc import Callable

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy

from muniment.measure.result import Floats

Bools = NDArray[np.bool_]
STEPS = 60
HALVINGS = 12
TOLERANCE = 1e-11  # change of the log-likelihood, relative
SINGULAR = 1e-8  # the smallest eigenvalue of an integer matrix, below which it is taken as zero
CEILING = 600.0  # exp(600) is finite; no real table comes near


Informed = Callable[[Floats], Floats]  # (models, cells) weights to (models, columns, columns)


class Fits(msgspec.Struct, frozen=True, eq=False):
    """The fits of several models, one a row."""

    coefficients: Floats  # (models, columns), 0 for columns not used
    means: Floats  # (models, cells), 0 for cells left out
    log_likelihood: Floats  # with the factorials, as R's `logLik`
    variance_of_intercept: Floats  # of log n0
    converged: Bools

    def of(self, rows: NDArray[np.int64]) -> "Fits":
        """The fits of some of the models."""
        return Fits(*(getattr(self, name)[rows] for name in self.__struct_fields__))


class Task(msgspec.Struct, frozen=True, eq=False):
    """The models to fit, one a row of `columns` and `cells`, which say what each of them uses.

    Column 0 is the intercept. The chosen columns must be independent on the chosen cells.
    """

    design: Floats  # (cells, columns)
    counts: Floats  # people, one a cell
    columns: Bools  # (models, columns)
    cells: Bools  # (models, cells)


def whole_task(design: Floats, counts: Floats) -> Task:
    """The task of one model that uses every column and every cell."""
    one = np.ones((1, 1), dtype=bool)
    columns = np.broadcast_to(one, (1, design.shape[1]))
    return Task(design, counts, columns, np.broadcast_to(one, (1, len(counts))))


def fit_many(task: Task) -> Fits:
    """The maximum likelihood fits of all models of a task."""
    design, counts = task.design, task.counts
    informed = information(task)
    beta = _first_guess(task, informed)
    best = _log_likelihood(task, beta)
    converged = np.zeros(len(beta), dtype=bool)
    for _ in range(STEPS):
        mean = _means(task, beta)
        gradient = np.where(task.columns, (np.where(task.cells, counts, 0.0) - mean) @ design, 0.0)
        step = solve(informed(mean), gradient)
        beta, now = _halved(task, beta, step, best)
        converged = np.abs(now - best) <= TOLERANCE * (1 + np.abs(now))
        best = now
        if converged.all():
            break
    mean = _means(task, beta)
    unit = np.zeros_like(beta)
    unit[:, 0] = 1.0
    variance = solve(informed(mean), unit)[:, 0]
    return Fits(beta, mean, best - gammaln(counts + 1).sum(), variance, converged)


def deviance(counts: Floats, means: Floats) -> Floats:
    """Twice the log-likelihood ratio to the saturated model, one a row of means."""
    safe = np.where(means > 0, means, 1.0)
    terms = xlogy(counts, counts) - xlogy(counts, safe) - (counts - means)
    return np.asarray(2 * terms.sum(axis=1), dtype=np.float64)


def information_is_regular(task: Task) -> Bools:
    """Whether each model's columns are independent on its cells."""
    matrix = information(task)(task.cells.astype(np.float64))
    return np.asarray(np.linalg.eigvalsh(matrix)[:, 0] > SINGULAR)


def _first_guess(task: Task, informed: Informed) -> Floats:
    """Weighted least squares on the logarithms of the counts."""
    weights = np.where(task.cells, task.counts + 0.5, 0.0)
    right = np.where(task.columns, (weights * np.log(task.counts + 0.5)) @ task.design, 0.0)
    return solve(informed(weights), right)


def _predictor(task: Task, beta: Floats) -> Floats:
    return np.asarray(np.clip(beta @ task.design.T, -CEILING, CEILING))


def _means(task: Task, beta: Floats) -> Floats:
    return np.where(task.cells, np.exp(_predictor(task, beta)), 0.0)


def _log_likelihood(task: Task, beta: Floats) -> Floats:
    """Without the factorials."""
    predictor = _predictor(task, beta)
    terms = np.where(task.cells, task.counts * predictor - np.exp(predictor), 0.0)
    return np.asarray(terms.sum(axis=1), dtype=np.float64)


def information(task: Task) -> Informed:
    """X'WX of each model from its weights, with 1 on the diagonal of columns it does not use.

    For many models it is one product with every column times every other, made once.
    """
    design, columns = task.design, task.columns
    cells, size = design.shape
    used = columns[:, :, None] & columns[:, None, :]
    unused = np.where(columns, 0.0, 1.0)
    diagonal = np.arange(size)
    pairs = np.empty((0, 0))
    if len(columns) != 1:
        pairs = (design[:, :, None] * design[:, None, :]).reshape(cells, -1)

    def informed(weights: Floats) -> Floats:
        one = len(columns) == 1
        whole = (design.T * weights) @ design if one else weights @ pairs
        matrix = np.where(used, whole.reshape(-1, size, size), 0.0)
        matrix[:, diagonal, diagonal] += unused
        return matrix

    return informed


def solve(matrix: Floats, vector: Floats) -> Floats:
    """Each matrix's solution for its vector; the shortest one where there are several."""
    try:
        return np.asarray(np.linalg.solve(matrix, vector[:, :, None])[:, :, 0])
    except np.linalg.LinAlgError:  # a fit has run to the boundary: the caller looks into it
        return np.asarray((np.linalg.pinv(matrix) @ vector[:, :, None])[:, :, 0])


def _halved(task: Task, beta: Floats, step: Floats, best: Floats) -> tuple[Floats, Floats]:
    """Each model after the longest halved step that does not lower its likelihood."""
    length = np.ones(len(beta))
    moved, now = beta + step, best
    for _ in range(HALVINGS):
        moved = beta + length[:, None] * step
        now = _log_likelihood(task, moved)
        worse = now < best - TOLERANCE * np.abs(best)
        if not worse.any():
            return moved, now
        length[worse] /= 2
    worse = now < best
    return np.where(worse[:, None], beta, moved), np.where(worse, best, now)
