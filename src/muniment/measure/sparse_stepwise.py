"""Forward stepwise pairwise log-linear models for sparse tables, with a BCa interval.

- Chan, Silverman and Vincent (2021, JASA 116:1297): when nobody is on both lists of a pair in the
  model, its parameter is minus infinity; the fit leaves those cells out and stays exact.
- Each step adds the pair with the smallest one-sided Poisson p-value of its overlap under the
  present model, while that is below the threshold and the larger model's estimate exists and is
  identified (Fienberg and Rinaldo 2012).
"""

from functools import partial

import msgspec
import numpy as np
from scipy.stats import poisson

from muniment.measure.bootstrap import (
    ENOUGH,
    Progress,
    affordable,
    bca,
    fewer,
    resample,
    silent,
)
from muniment.measure.checks import beyond, grave_reasons, saturated, warnings
from muniment.measure.design import (
    MAX_LISTS_STEPWISE,
    Model,
    describe,
    design_matrix,
    main_effects,
    ordered,
    pair_terms,
)
from muniment.measure.existence import facial_set
from muniment.measure.existence_by_fit import proved
from muniment.measure.living import of_the_living
from muniment.measure.loglinear_fits import SUSPECT_MEAN, reduced_model
from muniment.measure.poisson import fit_many
from muniment.measure.result import Diagnostics, Estimate, Floats, Outcome, Refusal
from muniment.measure.table import OverlapTable

METHOD = "sparse"
THRESHOLD = 0.02  # the paper's recommended p-value, section 4
FEW_OBSERVED = 0.2  # share observed below which the paper's resampling of them alone is enough
WORK = 1.5e9  # of all resamples, in cells by squared terms of each fit: 10 s on ten lists
NUMERIC_FLOOR = 1e-9


class Stepwise(msgspec.Struct, frozen=True):
    """The selected model and its estimate of everybody."""

    model: Model
    total: float  # people
    p_values: tuple[float, ...]  # of the added pairs, in the order they came


class _Fit(msgspec.Struct, frozen=True, eq=False):
    """One fitted model."""

    means: Floats  # of the observable patterns, people
    unseen: float  # people


@of_the_living
def sparse(  # noqa: PLR0913 - keyword-only options with defaults
    table: OverlapTable,
    level: float = 0.95,
    *,
    seed: int = 0,
    replicates: int = 1000,
    threshold: float = THRESHOLD,
    bounded: bool = True,
    progress: Progress = silent,
) -> Outcome:
    """The stepwise estimate with the BCa interval over resamples that repeat the selection.

    A pair is judged by P(X >= m) or P(X <= m), X Poisson with the pair's fitted overlap as its mean
    and m the observed one (Chan, Silverman and Vincent 2021, JASA 116:1297-1306, sections 2 to 4).

    `replicates` are the most that are made; `bounded=False` makes them all, however long it takes.
    """
    reasons = _reasons(table)
    selected = stepwise(table, threshold) if len(reasons) == 0 else None
    if selected is None:
        why = reasons or ("even the model of independent lists has no estimate",)
        return Refusal(METHOD, table.observed, why)

    def totals(resampled: OverlapTable) -> float | None:
        again = stepwise(resampled, threshold)
        return None if again is None else again.total

    hidden = selected.total - table.observed
    made = _affordable(table, selected, replicates) if bounded else replicates
    resampling = resample(
        table,
        totals,
        unseen=0.0 if table.observed < FEW_OBSERVED * selected.total else hidden,
        seed=seed,
        replicates=made,
        progress=progress,
    )
    if len(resampling.estimates) < min(ENOUGH, made):
        reason = f"{resampling.failed} of {made} resampled tables have no estimate"
        return Refusal(METHOD, table.observed, (reason,))
    # a person left out by each of a thousand patterns is as much work as a thousand resamples
    again = totals if made == replicates else partial(_refitted, selected.model)
    law = bca(table, again, selected.total, resampling.estimates)
    return Estimate(
        method=METHOD,
        model=f"stepwise pairs, p < {threshold}: {describe(table, selected.model)}",
        observed=table.observed,
        total=selected.total,
        interval=law.interval(level),
        level=level,
        kind="confidence",
        warnings=(
            *fewer(made, replicates, len(table.lists)),
            *saturated(table, selected.model),
            *resampling.warnings,
            *law.warnings(level),
            *beyond(table, selected.total),
            *warnings(table),
        ),
        diagnostics=Diagnostics(
            replicates=len(resampling.estimates), failed_replicates=resampling.failed
        ),
        draws=law.draws(),
    )


def _affordable(table: OverlapTable, selected: Stepwise, replicates: int) -> int:
    """Resamples that the work of this selection allows."""
    fits = len(selected.p_values) + 1
    return affordable(replicates, fits * len(table.counts) * len(selected.model) ** 2, WORK)


def _refitted(model: Model, table: OverlapTable) -> float | None:
    """The selected model's estimate on another table."""
    fitted = _fit(table, model)
    return None if fitted is None else table.observed + fitted.unseen


def stepwise_only(table: OverlapTable, threshold: float = THRESHOLD) -> Outcome:
    """The stepwise estimate without an interval of its own: both ends are infinitely far."""
    reasons = _reasons(table)
    selected = stepwise(table, threshold) if len(reasons) == 0 else None
    if selected is None:
        why = reasons or ("even the model of independent lists has no estimate",)
        return Refusal(METHOD, table.observed, why)
    return Estimate(
        method=METHOD,
        model=f"stepwise pairs, p < {threshold}: {describe(table, selected.model)}",
        observed=table.observed,
        total=selected.total,
        interval=(float(table.observed), float("inf")),
        level=1.0,
        kind="confidence",
        warnings=(*beyond(table, selected.total), *warnings(table)),
    )


def stepwise(table: OverlapTable, threshold: float = THRESHOLD) -> Stepwise | None:
    """The forward selection; None when the model of independent lists has no estimate.

    The pair whose overlap departs most from chance comes first, while P(X >= m) or P(X <= m) is
    below the threshold (Chan, Silverman and Vincent 2021, JASA 116:1297-1306, section 3).
    """
    model, p_values = main_effects(len(table.lists)), list[float]()
    fitted = _fit(table, model)
    if fitted is None:
        return None
    while (step := _step(table, model, fitted, threshold)) is not None:
        model, fitted, p_value = step
        p_values.append(p_value)
    return Stepwise(model, table.observed + fitted.unseen, tuple(p_values))


def _step(
    table: OverlapTable, model: Model, fitted: _Fit, threshold: float
) -> tuple[Model, _Fit, float] | None:
    """The model with one pair more, its fit and the pair's p-value; None where no pair is left."""
    left = [pair for pair in pair_terms(len(table.lists)) if pair not in model]
    overlaps = design_matrix(len(table.lists), left)
    counts = np.array(table.counts[1:], dtype=np.float64)
    chances = _one_sided(counts @ overlaps, fitted.means @ overlaps)
    for place in np.argsort(chances, kind="stable").tolist():
        if chances[place] >= threshold:
            return None
        larger = ordered((*model, left[place]))
        refitted = _fit(table, larger)
        if refitted is not None:
            return larger, refitted, float(chances[place])
    return None


def _reasons(table: OverlapTable) -> tuple[str, ...]:
    reasons = grave_reasons(table)
    if len(table.lists) <= MAX_LISTS_STEPWISE:
        return reasons
    return (*reasons, f"pairs are selected up to {MAX_LISTS_STEPWISE} lists: merge lists")


def _one_sided(seen: Floats, expected: Floats) -> Floats:
    """The Poisson probability of an overlap at least as far from the expected, on the same side."""
    low = poisson.cdf(seen, np.maximum(expected, NUMERIC_FLOOR))
    high = poisson.sf(seen - 1, np.maximum(expected, NUMERIC_FLOOR))
    return np.asarray(np.where(seen < expected, low, high))


def _fit(table: OverlapTable, model: Model) -> _Fit | None:
    """The fit, where the reduced model has full rank and its estimate exists; else None.

    These are the paper's two checks. A fit that converged with every empty cell's mean well above
    zero, or that is proved by its next step, exists; the linear programme runs for the others.
    """
    if (1 << len(table.lists)) - 1 in model:
        return None  # the pair of two lists: no pattern is left to tell it from the unseen people
    task = reduced_model(table, model)
    cells = task.cells[0]
    rows, counts = task.design[np.ix_(cells, task.columns[0])], task.counts[cells]
    if np.linalg.matrix_rank(rows) < rows.shape[1]:
        return None
    fits = fit_many(task)
    inside = bool(fits.converged[0]) and bool(np.all(fits.means[0][cells] > SUSPECT_MEAN))
    if not inside and not proved(task, fits)[0] and not facial_set(rows, counts).all():
        return None
    return _Fit(fits.means[0], float(np.exp(fits.coefficients[0, 0])))
