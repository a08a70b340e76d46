"""Every model of a family fitted to a table; those without an identified estimate set apart.

- The cheap test comes first: terms that nobody satisfies lose their cells. The linear programmes of
  `existence` run only for fits that moved to the boundary or lost rank, which is where existence
  can fail.
- `parameters` counts the terms of the model, minus-infinite ones too, as AIC and BIC need.
"""

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from muniment.measure.design import Model, design_matrix, main_effects, ordered
from muniment.measure.existence import facial_set, identified
from muniment.measure.existence_by_fit import proved
from muniment.measure.poisson import Bools, Fits, Task, deviance, fit_many, information_is_regular
from muniment.measure.result import Floats
from muniment.measure.table import OverlapTable

SUSPECT_MEAN = (
    1e-4  # an empty cell with a smaller fitted mean may be one that the estimate drives to zero
)
TIED = 1e-7  # difference of a criterion that is rounding
BATCH = 4096  # models fitted together


class ModelFits(msgspec.Struct, frozen=True, eq=False):
    """The models of a family that can be estimated on a table, one an index.

    And the number that cannot.
    """

    models: tuple[Model, ...]
    unseen: Floats  # expected people on no list, n0
    se_log_unseen: Floats
    log_likelihood: Floats
    deviance: Floats
    parameters: NDArray[np.int64]
    aic: Floats
    bic: Floats  # with log(people observed), as Rcapture
    refused: int

    def best(self, criterion: str) -> int:
        """The index of the model with the smallest criterion, `aic` or `bic`.

        Of models that fit equally well the smallest, then the one with fewest unseen people: the
        order of lists must not decide.
        """
        values = self.aic if criterion == "aic" else self.bic
        tied = np.flatnonzero(values <= values.min() + TIED)
        ranked = np.lexsort((self.unseen[tied], self.parameters[tied]))
        return int(tied[ranked[0]])

    def weights(self, criterion: str) -> Floats:
        """Akaike or Schwarz weights, exp(-difference/2), that sum to 1 (Buckland et al. 1997.

        Biometrics 53:603).
        """
        values = self.aic if criterion == "aic" else self.bic
        raw = np.exp(-(values - values.min()) / 2)
        return np.asarray(raw / raw.sum())


def fit_models(table: OverlapTable, models: Sequence[Model]) -> ModelFits:
    """The fits of these models; models without an existing.

    Identified estimate are counted in `refused`.
    """
    lists = len(table.lists)
    terms = ordered({term for model in models for term in model} | set(main_effects(lists)))
    design = design_matrix(lists, terms)
    counts = np.array(table.counts[1:], dtype=np.float64)
    columns = np.array([[term in model for term in terms] for model in map(set, models)])
    parts = [
        _fit_batch(design, counts, columns[start : start + BATCH])
        for start in range(0, len(models), BATCH)
    ]
    unseen, se, likelihood, dev, usable = (
        np.concatenate(values) for values in zip(*parts, strict=True)
    )
    parameters = columns.sum(axis=1)
    aic = -2 * likelihood + 2 * parameters
    bic = -2 * likelihood + np.log(max(table.observed, 1)) * parameters
    return ModelFits(
        models=tuple(model for model, good in zip(models, usable, strict=True) if good),
        unseen=unseen[usable],
        se_log_unseen=se[usable],
        log_likelihood=likelihood[usable],
        deviance=dev[usable],
        parameters=parameters[usable],
        aic=aic[usable],
        bic=bic[usable],
        refused=int((~usable).sum()),
    )


def reduced(design: Floats, counts: Floats, columns: Bools) -> Task:
    """The models without the terms that nobody satisfies (minus infinity), and their cells."""
    empty = counts @ design == 0
    dropped = (columns & empty).astype(np.float64)
    cells = ~(dropped @ design.T > 0)
    return Task(design, counts, columns & ~empty, cells)


def reduced_model(table: OverlapTable, model: Model) -> Task:
    """The task of one model of a table, reduced."""
    design = design_matrix(len(table.lists), model)
    counts = np.array(table.counts[1:], dtype=np.float64)
    return reduced(design, counts, np.ones((1, len(model)), dtype=bool))


def _fit_batch(design: Floats, counts: Floats, columns: Bools) -> tuple[Floats, ...]:
    task = reduced(design, counts, columns)
    regular = information_is_regular(task)
    fits = fit_many(Task(design, counts, task.columns & regular[:, None], task.cells))
    suspect = _suspect(task, fits, regular)
    usable = np.ones(len(columns), dtype=bool)
    for row in np.flatnonzero(suspect).tolist():
        usable[row] = _settle(task, row)
    if suspect.any():
        # a refused model is fitted with no column at all, and its result thrown away
        fits = fit_many(Task(design, counts, task.columns & usable[:, None], task.cells))
    usable &= fits.converged
    unseen = np.exp(fits.coefficients[:, 0])
    se = np.sqrt(np.maximum(fits.variance_of_intercept, 0.0))
    return unseen, se, fits.log_likelihood, deviance(counts, fits.means), usable


def _suspect(task: Task, fits: Fits, regular: Bools) -> Bools:
    """The models whose estimate may not exist: what the fits alone do not show is asked further."""
    tiny = (task.cells & (task.counts == 0) & (fits.means < SUSPECT_MEAN)).any(axis=1)
    suspect = np.asarray(~regular | tiny | ~fits.converged)
    asked = np.flatnonzero(suspect & regular)
    if len(asked) > 0:
        part = Task(task.design, task.counts, task.columns[asked], task.cells[asked])
        suspect[asked] = ~proved(part, fits.of(asked))
    return suspect


def _settle(task: Task, row: int) -> bool:
    """Whether the model of a row is identified.

    Its cells and columns in the task become those of its extended estimate.
    """
    cells, columns = task.cells[row], task.columns[row]
    inside = facial_set(task.design[np.ix_(cells, columns)], task.counts[cells])
    cells[np.flatnonzero(cells)[~inside]] = False
    chosen = np.flatnonzero(columns)
    rows = task.design[np.ix_(cells, chosen)]
    unseen = (chosen == 0).astype(np.float64)
    if not identified(rows, unseen[None, :]):
        return False
    columns[:] = False
    columns[chosen[independent_columns(rows)]] = True
    return True


def independent_columns(rows: Floats) -> list[int]:
    """The first columns, from the left, of which none is a combination of those before."""
    chosen: list[int] = []
    for column in range(rows.shape[1]):
        if np.linalg.matrix_rank(rows[:, [*chosen, column]]) > len(chosen):
            chosen.append(column)
    return chosen
