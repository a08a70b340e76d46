"""Checks that leave something out and ask whether the rest foretells it.

- Leaving out a list: the other lists' interval must reach the people that the whole table already
  shows, or the method is refuted by people who were seen.
- Leaving out a pattern: the chosen log-linear model fitted without one pattern predicts its count,
  with a Poisson interval around the prediction.
"""

from collections.abc import Callable

import msgspec
import numpy as np
from scipy.stats import poisson

from muniment.measure.design import Model
from muniment.measure.loglinear_fits import reduced_model
from muniment.measure.poisson import Task, fit_many, information_is_regular
from muniment.measure.result import Estimate, Outcome
from muniment.measure.table import OverlapTable


class ListLeftOut(msgspec.Struct, frozen=True, eq=False):
    """The estimate from the other lists, against everybody known."""

    name: str
    outcome: Outcome  # from the table without the list
    known: int  # people on any list, this one included
    contradicted: bool  # the interval ends below the people known


class PatternLeftOut(msgspec.Struct, frozen=True):
    """A pattern's count against its prediction from the others."""

    lists: tuple[str, ...]
    count: int
    predicted: float  # people
    interval: tuple[float, float]  # of the count, given the prediction
    surprising: bool


def leave_out_lists(
    table: OverlapTable, method: Callable[[OverlapTable], Outcome]
) -> tuple[ListLeftOut, ...]:
    """The method on the table without each list in turn; a refusal is no contradiction."""
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
    fits = fit_many(Task(task.design, task.counts, columns[regular], cells[regular]))
    found = []
    for row, place in enumerate(places.tolist()):
        predicted = float(np.exp(np.clip(fits.coefficients[row] @ task.design[place], -50, 50)))
        low, high = (float(end) for end in poisson.interval(level, predicted))
        count = table.counts[place + 1]
        found.append(
            PatternLeftOut(
                table.names(place + 1), count, predicted, (low, high), not low <= count <= high
            )
        )
    return tuple(found)
