"""Poisson log-linear models: a family, a choice or an average among its models, and an interval.

- `choose` is `bic`, `aic` (the best model) or `bic-average`, `aic-average` (every model by its
  weight, Buckland et al. 1997).
- `interval` is `profile` (conditional on the chosen model), `bootstrap` or `bca` (the choice
  repeated on each resample).
- The choice among models moves the answer more than chance does: the range of well-supported models
  is always reported.
"""

from typing import Literal

import numpy as np
from scipy.stats import norm

from muniment.measure.bootstrap import (
    ENOUGH,
    Progress,
    Resampling,
    affordable,
    bca,
    fewer,
    percentile_interval,
    resample,
    silent,
)
from muniment.measure.checks import beyond, grave_reasons, saturated, warnings
from muniment.measure.design import (
    MAX_LISTS_HIERARCHICAL,
    MAX_LISTS_PAIRWISE,
    MAX_LISTS_STEPWISE,
    Model,
    describe,
    hierarchical_models,
    main_effects,
    ordered,
    pair_terms,
    pairwise_models,
)
from muniment.measure.living import of_the_living
from muniment.measure.loglinear_fits import ModelFits, fit_models
from muniment.measure.profile import profile_interval
from muniment.measure.result import Diagnostics, Estimate, Floats, Outcome, Refusal
from muniment.measure.table import OverlapTable

METHOD = "loglinear"
Family = Literal["auto", "independence", "pairwise", "hierarchical", "stepwise"]
Choice = Literal["bic", "aic", "bic-average", "aic-average"]
Interval = Literal["profile", "bootstrap", "bca"]

# models tried again on each resample: the best on the table (Silverman et al. 2024, section 3)
KEPT = 60
WORK = 2e9  # of all resamples, in cells by squared terms of each model: 20 s on eight lists
# difference of criterion within which a model is as well supported (Burnham and Anderson 2002, p.
# 70)
SUPPORTED = 2.0
WIDE = 1.5  # ratio of estimates of equally supported models worth a warning


@of_the_living
def loglinear(  # noqa: PLR0913 - keyword-only options with defaults
    table: OverlapTable,
    level: float = 0.95,
    *,
    family: Family = "auto",
    choose: Choice = "bic",
    interval: Interval = "profile",
    seed: int = 0,
    replicates: int = 1000,
    bounded: bool = True,
    progress: Progress = silent,
) -> Outcome:
    """The estimate of the chosen model, or of all by weight.

    log E(y_x) = sum of the terms u_S of the model with S within x, no term for all lists together;
    people on no list are exp(u_0) (Fienberg 1972, Biometrika 59:591-603; Cormack 1992, Biometrics
    48:567-576, for the profile interval).
    `auto` takes all pairwise models up to five lists and stepwise selection beyond. `replicates`
    are the most that are made; `bounded=False` makes them all, however long it takes.
    """
    reasons = (*grave_reasons(table), *_too_many(table, family))
    fits = _candidates(table, family, choose) if len(reasons) == 0 else None
    if fits is None or len(fits.models) == 0:
        why = reasons or ("no model of the family has an existing, identified estimate",)
        return Refusal(METHOD, table.observed, why)
    unseen = _chosen_unseen(fits, choose)
    total = table.observed + unseen
    again = _Again(fits, choose)
    made = affordable(replicates, again.work(table), WORK) if bounded else replicates
    resampling = _resampled(table, again, unseen, interval, seed, made, progress)
    if resampling is not None and len(resampling.estimates) < min(ENOUGH, made):
        reason = f"{resampling.failed} of {made} resampled tables have no estimate"
        return Refusal(METHOD, table.observed, (reason,))
    drawn = None if resampling is None else resampling.estimates[None, :]
    rough: tuple[str, ...] = ()
    if resampling is not None and interval == "bca":
        law = bca(table, again, total, resampling.estimates)
        ends, drawn, rough = law.interval(level), law.draws(), law.warnings(level)
    elif resampling is not None:
        ends = percentile_interval(resampling.estimates, level)
    else:
        ends = _model_interval(table, fits, choose, level)
    return Estimate(
        method=METHOD,
        model=_words(table, fits, choose),
        observed=table.observed,
        total=total,
        interval=ends,
        level=level,
        kind="confidence",
        warnings=(
            *_model_warnings(table, fits, choose, ends),
            *(() if resampling is None else fewer(made, replicates, len(table.lists))),
            *(() if resampling is None else resampling.warnings),
            *rough,
            *beyond(table, total),
            *warnings(table),
        ),
        diagnostics=Diagnostics(
            replicates=None if resampling is None else len(resampling.estimates),
            failed_replicates=None if resampling is None else resampling.failed,
        ),
        draws=drawn,
    )


def chosen_model(
    table: OverlapTable, family: Family = "auto", choose: Literal["bic", "aic"] = "bic"
) -> Model | None:
    """The model that `loglinear` chooses; None where it refuses."""
    if len(grave_reasons(table)) > 0 or len(_too_many(table, family)) > 0:
        return None
    fits = _candidates(table, family, choose)
    return None if len(fits.models) == 0 else fits.models[fits.best(choose)]


def _too_many(table: OverlapTable, family: Family) -> tuple[str, ...]:
    lists = len(table.lists)
    if lists > MAX_LISTS_STEPWISE:
        return (f"log-linear models are fitted up to {MAX_LISTS_STEPWISE} lists: merge lists",)
    limit = {"pairwise": MAX_LISTS_PAIRWISE, "hierarchical": MAX_LISTS_HIERARCHICAL}.get(family)
    if limit is None or lists <= limit:
        return ()
    return (f"all {family} models are fitted up to {limit} lists: use stepwise selection",)


def _candidates(table: OverlapTable, family: Family, choose: Choice) -> ModelFits:
    lists = len(table.lists)
    if family == "auto":
        family = "pairwise" if lists <= MAX_LISTS_PAIRWISE else "stepwise"
    match family:
        case "independence":
            return fit_models(table, [main_effects(lists)])
        case "pairwise":
            return fit_models(table, [m for m in pairwise_models(lists) if _open(m, lists)])
        case "hierarchical":
            return fit_models(table, hierarchical_models(lists))
        case "stepwise":
            return fit_models(table, _path(table, choose))


def _open(model: Model, lists: int) -> bool:
    """Whether the model leaves out the term of all lists, which for two lists is their pair."""
    return (1 << lists) - 1 not in model


def _path(table: OverlapTable, choose: Choice) -> list[Model]:
    """The models of forward selection among pairs by the criterion.

    Each with its one-pair neighbours.
    """
    lists = len(table.lists)
    model, seen = main_effects(lists), [main_effects(lists)]
    best = np.inf
    while True:
        near = [ordered((*model, pair)) for pair in pair_terms(lists) if pair not in model]
        near = [m for m in near if _open(m, lists)]
        fits = fit_models(table, [model, *near])
        if len(fits.models) == 0:
            return seen
        seen += near
        values = fits.aic if choose.startswith("aic") else fits.bic
        if values.min() >= best:
            return list(dict.fromkeys(seen))
        best = float(values.min())
        if fits.models[int(np.argmin(values))] == model:
            return list(dict.fromkeys(seen))
        model = fits.models[int(np.argmin(values))]


def _chosen_unseen(fits: ModelFits, choose: Choice) -> float:
    criterion = choose.removesuffix("-average")
    if choose.endswith("average"):
        return float(fits.weights(criterion) @ fits.unseen)
    return float(fits.unseen[fits.best(criterion)])


def _resampled(  # noqa: PLR0913, PLR0917 - the parts of one request
    table: OverlapTable,
    again: "_Again",
    unseen: float,
    interval: Interval,
    seed: int,
    replicates: int,
    progress: Progress,
) -> Resampling | None:
    if interval == "profile":
        return None
    return resample(
        table, again, unseen=unseen, seed=seed, replicates=replicates, progress=progress
    )


class _Again:
    """The same choice on another table, among the best models of the first."""

    def __init__(self, fits: ModelFits, choose: Choice) -> None:
        values = fits.aic if choose.startswith("aic") else fits.bic
        self.models = [fits.models[i] for i in np.argsort(values, kind="stable")[:KEPT]]
        self.choose: Choice = choose

    def work(self, table: OverlapTable) -> float:
        """The work of one resample: models fitted together share the columns of all of them."""
        terms = len({term for model in self.models for term in model})
        return float(len(self.models) * len(table.counts) * terms**2)

    def __call__(self, table: OverlapTable) -> float | None:
        fits = fit_models(table, self.models)
        if len(fits.models) == 0:
            return None
        return table.observed + _chosen_unseen(fits, self.choose)


def _model_interval(
    table: OverlapTable, fits: ModelFits, choose: Choice, level: float
) -> tuple[float, float]:
    """The interval that needs no resampling: of the chosen model, or of the weighted mixture."""
    if choose.endswith("average"):
        return _averaged_interval(table, fits, choose.removesuffix("-average"), level)
    best = fits.best(choose)
    return profile_interval(table, fits.models[best], float(fits.unseen[best]), level)


def _averaged_interval(
    table: OverlapTable, fits: ModelFits, criterion: str, level: float
) -> tuple[float, float]:
    """The central interval of the weighted mixture of each model's log-normal n0.

    Between-model spread is in it.
    """
    weights = fits.weights(criterion)
    centre = np.log(fits.unseen)
    # the unseen people themselves vary as a Poisson number around their expectation
    scale = np.sqrt(fits.se_log_unseen**2 + 1 / fits.unseen)

    def end(target: float) -> float:
        low, high = float((centre - 9 * scale).min()), float((centre + 9 * scale).max())
        for _ in range(200):
            middle = (low + high) / 2
            if float(weights @ norm.cdf((middle - centre) / scale)) < target:
                low = middle
            else:
                high = middle
        return float(np.exp((low + high) / 2))

    tail = (1 - level) / 2
    return table.observed + end(tail), table.observed + end(1 - tail)


def _supported(fits: ModelFits, choose: Choice) -> Floats:
    values = fits.aic if choose.startswith("aic") else fits.bic
    return np.asarray(fits.unseen[values <= values.min() + SUPPORTED])


def _model_warnings(
    table: OverlapTable, fits: ModelFits, choose: Choice, ends: tuple[float, float]
) -> tuple[str, ...]:
    found: list[str] = []
    near = table.observed + _supported(fits, choose)
    if near.max() > WIDE * near.min():
        found.append(
            f"{len(near)} models are as well supported and range from {near.min():,.0f} to "
            f"{near.max():,.0f} people"
        )
    if not choose.endswith("average"):
        best = fits.best(choose)
        found += saturated(table, fits.models[best])
    if np.isinf(ends[1]):
        found.append("the likelihood sets no upper end: any larger number fits almost as well")
    if fits.refused > 0:
        found.append(
            f"{fits.refused} models have no existing, identified estimate and were left out"
        )
    return tuple(found)


def _words(table: OverlapTable, fits: ModelFits, choose: Choice) -> str:
    if choose.endswith("average"):
        return (
            f"average of {len(fits.models)} models by {choose.removesuffix('-average').upper()} "
            f"weight"
        )
    return (
        f"smallest {choose.upper()} of {len(fits.models)} models: "
        f"{describe(table, fits.models[fits.best(choose)])}"
    )
