"""Checks that leave something out and ask whether the rest foretells it.

- Leaving out a list: the other lists' interval must reach the people that the whole table already
  shows, or the method is refuted by people who were seen.
- Leaving out a pattern: the chosen log-linear model fitted without one pattern predicts its count.
  The interval holds both the chance of a count and the error of the fit: a Poisson number whose
  mean varies as a Gamma one with the relative variance of the fitted mean.
"""

from collections.abc import Callable

import msgspec
import numpy as np
from scipy.stats import nbinom, poisson

from muniment.measure.design import Model
from muniment.measure.loglinear_fits import reduced_model
from muniment.measure.poisson import Fits, Task, fit_many, information_is_regular
from muniment.measure.result import Estimate, Outcome
from muniment.measure.table import OverlapTable

EXACT = 1e-6  # relative variance below which the error of the fit is nothing beside chance


class ListLeftOut(msgspec.Struct, frozen=True, eq=False):
    """The estimate from the other lists, against everybody known."""

    name: str
    outcome: Outcome  # from the table without the list
    known: int  # people on any list, this one included
    contradicted: bool  # the interval ends below the people known


class PatternLeftOut(msgspec.Struct, frozen=True):
    """A pattern's count against its prediction from the others; a few surprise by chance."""

    lists: tuple[str, ...]
    count: int
    predicted: float  # people
    interval: tuple[float, float]  # of the count, given the prediction
    surprising: bool


def leave_out_lists(
    table: OverlapTable, method: Callable[[OverlapTable], Outcome]
) -> tuple[ListLeftOut, ...]:
    """The method on the table without each list in turn; a refusal is no contradiction.

    A check of what was held out (Gelfand, Dey and Chang 1992, Bayesian Statistics 4:147-167).
    """
    found = []
    for name in table.lists:
        outcome = method(table.without(name))
        low = isinstance(outcome, Estimate) and outcome.interval[1] < table.observed
        found.append(ListLeftOut(name, outcome, table.observed, low))
    return tuple(found)


def leave_out_patterns(
    table: OverlapTable, model: Model, level: float = 0.95
) -> tuple[PatternLeftOut, ...]:
    """Each pattern's count predicted by the model fitted to the other patterns.

    n ~ NegBin(1 / v, 1 / (1 + v mu)), mu the fitted mean and v the variance of its logarithm
    (Gelfand, Dey and Chang 1992, Bayesian Statistics 4:147-167, for leaving out what is foretold).
    Patterns that the model cannot predict without having seen them are left out of the answer.
    """
    task = reduced_model(table, model)
    places = np.flatnonzero(task.cells[0])
    cells = np.repeat(task.cells, len(places), axis=0)
    cells[np.arange(len(places)), places] = False
    columns = np.repeat(task.columns, len(places), axis=0)
    without = Task(task.design, task.counts, columns, cells)
    regular = information_is_regular(without)
    places = places[regular]
    without = Task(task.design, task.counts, columns[regular], cells[regular])
    fits = fit_many(without)
    found = []
    for row, place in enumerate(places.tolist()):
        predicted = float(np.exp(np.clip(fits.coefficients[row] @ task.design[place], -50, 50)))
        low, high = _interval(predicted, _relative_variance(without, fits, row, place), level)
        count = table.counts[place + 1]
        found.append(
            PatternLeftOut(
                table.names(place + 1), count, predicted, (low, high), not low <= count <= high
            )
        )
    return tuple(found)


def _relative_variance(task: Task, fits: Fits, row: int, place: int) -> float:
    """The variance of the logarithm of a pattern's predicted mean: x' (X'WX)^-1 x."""
    columns, cells = task.columns[row], task.cells[row]
    used = task.design[np.ix_(cells, columns)]
    information = used.T @ (fits.means[row][cells][:, None] * used)
    x = task.design[place][columns]
    return float(x @ np.linalg.pinv(information) @ x)


def _interval(predicted: float, variance: float, level: float) -> tuple[float, float]:
    """The central interval of a count whose mean is known with this relative variance."""
    if variance * max(predicted, 1.0) < EXACT:
        low, high = poisson.interval(level, predicted)
    else:
        low, high = nbinom.interval(level, 1 / variance, 1 / (1 + predicted * variance))
    return float(low), float(high)
