"""People who differ in how easily they are listed: the Mth models as log-linear models.

- Rivest and Baillargeon (2007, Biometrics 63:999, section 3): beside a term for each list, a term
  tau h(y) in the number y of lists a person is on, with h(0) = 0:

      Darroch   h(y) = y^2 / 2           normal differences on the logit scale
      Poisson   h(y) = 2^y - 1           Poisson differences
      Gamma     h(y) = log 3.5 - log(3.5 + y)    Gamma differences: the longest tail

- All fit the seen people about equally well and differ in the unseen: the shape of the differences
  is an assumption that data hardly test (Link 2003, Biometrics 59:1123). The range is a warning.
"""

from typing import Literal

import msgspec
import numpy as np

from muniment.measure.checks import beyond, grave_reasons, warnings
from muniment.measure.design import design_matrix, main_effects
from muniment.measure.existence import facial_set, identified
from muniment.measure.living import of_the_living
from muniment.measure.poisson import fit_many, whole_task
from muniment.measure.profile import design_interval
from muniment.measure.result import Estimate, Floats, Outcome, Refusal
from muniment.measure.table import OverlapTable

METHOD = "heterogeneity"
Shape = Literal["darroch", "poisson", "gamma"]
SHAPES: tuple[Shape, ...] = ("darroch", "poisson", "gamma")
GAMMA_SHIFT = 3.5
FEWEST = 3  # lists; with two the shape cannot be told from dependence
TIED = 1e-6  # difference of AIC that is rounding; three lists never tell the shapes apart
WIDE = 1.2  # ratio of the shapes' estimates worth a warning


class ShapeFit(msgspec.Struct, frozen=True):
    """One Mth model."""

    shape: Shape
    unseen: float  # people
    se_total: float  # sqrt(n0 + n0^2 var log n0), as Rcapture prints
    strength: float  # tau, positive when people differ, whatever the shape
    aic: float


@of_the_living
def heterogeneity(
    table: OverlapTable, level: float = 0.95, *, shape: Shape | None = None
) -> Outcome:
    """The Mth model of a shape, or the one with the smallest AIC; profile-likelihood interval.

    log E(y_x) = g + sum_j b_j x_j + tau h(sum_j x_j), h as above (Rivest and Baillargeon 2007,
    Biometrics 63:999-1006, section 3); people on no list are exp(g).
    Of shapes that fit equally well (with three lists all do) the first of `SHAPES` is taken.
    """
    reasons = grave_reasons(table)
    if len(table.lists) < FEWEST:
        reasons = (*reasons, f"heterogeneity needs {FEWEST} lists or more")
    shapes = SHAPES if shape is None else (shape,)
    fits = fit_shapes(table, shapes) if len(reasons) == 0 else ()
    if len(fits) == 0:
        return Refusal(METHOD, table.observed, reasons or ("no Mth model is identified",))
    least = min(fit.aic for fit in fits)
    best = next(fit for fit in fits if fit.aic <= least + TIED)
    counts = np.array(table.counts[1:], dtype=np.float64)
    return Estimate(
        method=METHOD,
        model=f"Mth {best.shape}, smallest AIC ({best.aic:.1f}) of {len(fits)}",
        observed=table.observed,
        total=table.observed + best.unseen,
        interval=design_interval(_design(table, best.shape), counts, best.unseen, level),
        level=level,
        kind="confidence",
        warnings=(
            *_shape_warnings(table, fits, best),
            *beyond(table, table.observed + best.unseen),
            *warnings(table),
        ),
    )


def fit_shapes(table: OverlapTable, shapes: tuple[Shape, ...] = SHAPES) -> tuple[ShapeFit, ...]:
    """The Mth models that are identified on this table."""
    counts = np.array(table.counts[1:], dtype=np.float64)
    found = []
    for shape in shapes:
        design = _design(table, shape)
        inside = facial_set(design, counts)
        unseen = np.zeros((1, design.shape[1]))
        unseen[0, 0] = 1.0
        rows = design[inside]
        if not identified(rows, unseen) or np.linalg.matrix_rank(rows) < rows.shape[1]:
            continue
        fits = fit_many(whole_task(rows, counts[inside]))
        if not fits.converged[0]:
            continue
        n0 = float(np.exp(fits.coefficients[0, 0]))
        found.append(
            ShapeFit(
                shape,
                n0,
                float(np.sqrt(n0 + n0**2 * fits.variance_of_intercept[0])),
                float(fits.coefficients[0, -1]),
                float(-2 * fits.log_likelihood[0] + 2 * design.shape[1]),
            )
        )
    return tuple(found)


def _design(table: OverlapTable, shape: Shape) -> Floats:
    main = design_matrix(len(table.lists), main_effects(len(table.lists)))
    y = main[:, 1:].sum(axis=1)
    return np.column_stack([main, _term(shape, y)])


def _term(shape: Shape, y: Floats) -> Floats:
    match shape:
        case "darroch":
            return np.asarray(y**2 / 2)
        case "poisson":
            return np.asarray(2.0**y - 1)
        case "gamma":
            return np.asarray(np.log(GAMMA_SHIFT) - np.log(GAMMA_SHIFT + y))


def _shape_warnings(
    table: OverlapTable, fits: tuple[ShapeFit, ...], best: ShapeFit
) -> tuple[str, ...]:
    found = []
    totals = [table.observed + fit.unseen for fit in fits]
    if max(totals) > WIDE * min(totals):
        values = ", ".join(f"{f.shape} {t:,.0f}" for f, t in zip(fits, totals, strict=True))
        found.append(f"the assumed shape of people's differences decides the answer: {values}")
    if best.strength < 0:
        found.append("people seem less different than chance: lists avoid each other")
    return tuple(found)
