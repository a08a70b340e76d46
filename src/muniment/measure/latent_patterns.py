"""Whether the latent-class model foretells each pattern's count from all the others.

- One posterior serves every pattern: given the classes, a count left out is negative binomial, so
  a draw of the whole posterior weighs 1 / P(count | draw) in the posterior without it (Gelfand,
  Dey and Chang 1992, Bayesian Statistics 4:147, section 3). The prior 1/N makes this exact; only
  the limit on unseen people is taken from the whole table.
- Weights lie where a count decides the classes: their tail is then too heavy to average. The shape
  of a generalised Pareto tail tells (Vehtari, Simpson, Gelman, Yao and Gabry 2024, JMLR 25:72), and
  such a pattern is fitted anew without its count.
"""

import math

import numpy as np

from muniment.measure.bootstrap import Progress, silent
from muniment.measure.checks import grave_reasons
from muniment.measure.errors import RequestError
from muniment.measure.latent import (
    CAP,
    CLASSES,
    FIRST,
    HEATS,
    LEAPS,
    MAX_LISTS,
    SEARCH_LEAPS,
    SEARCH_TURNS,
)
from muniment.measure.latent_kernel import coldest, draw_cells, problem, search
from muniment.measure.predictive import PatternLeftOut
from muniment.measure.result import Floats
from muniment.measure.table import OverlapTable

CHAINS, DRAWS = 4, 1000
MAX_PATTERNS = 1 << 6  # each may need a fit of its own: of more lists only patterns with people
HEAVY = 0.7  # Pareto shape above which weighted draws mislead (Vehtari et al. 2024, section 3.2.4)
TAIL = 3.0  # the tail is the largest 3 sqrt(draws) weights, a fifth of them at most
SURE = 1e-12


def leave_out_patterns_of_classes(  # noqa: PLR0913 - keyword-only options with defaults
    table: OverlapTable,
    level: float = 0.95,
    *,
    seed: int = 0,
    chains: int = CHAINS,
    draws: int = DRAWS,
    classes: int = CLASSES,
    progress: Progress = silent,
) -> tuple[PatternLeftOut, ...]:
    """Each pattern's count, and its predictive interval from all the others.

    Given the classes, m people of the other patterns and the unseen, a pattern has
    n ~ NegBin(m, 1 - p / (1 - p0)) people. Nothing comes back for a table that the method refuses.
    Above six lists only patterns that somebody has are asked about.
    """
    if min(chains, draws - 99, classes - 1) < 1:
        raise RequestError("at least one chain, a hundred draws and two classes are needed")
    if len(grave_reasons(table)) > 0 or len(table.lists) > MAX_LISTS:
        return ()
    counts = np.array(table.counts, dtype=np.float64)
    asked = [c for c in range(1, len(counts)) if len(counts) <= MAX_PATTERNS or counts[c] > 0]
    seeds = np.random.SeedSequence(seed).spawn(len(asked) + 1)
    cap = float(CAP * table.observed)
    whole = _cells(counts, cap, classes, 0, seeds[0], chains, draws)
    progress(1, len(asked) + 1)
    found = []
    for number, (cell, part) in enumerate(zip(asked, seeds[1:], strict=True)):
        people = counts.sum() - counts[cell]
        weights = _weights(whole, cell, people, counts[cell])
        cells = whole
        if weights is None:
            cells = _cells(counts, cap, classes, cell, part, chains, draws)
            weights = np.full(len(cells), 1 / len(cells))
        rng = np.random.Generator(np.random.PCG64(part))
        found.append(_foretold(table, cell, _chances(cells, cell), people, weights, level, rng))
        progress(number + 2, len(asked) + 1)
    return tuple(found)


def pareto_shape(values: Floats) -> float:
    """The shape of a generalised Pareto law above nought, from values in rising order.

    Zhang and Stephens (2009, Technometrics 51:316), equations 6 to 9, with the weak prior towards
    1/2 of Vehtari and others (2024), appendix G.
    """
    number = len(values)
    tried = 20 + math.isqrt(number)
    quarter = values[int(number / 4 + 0.5) - 1]
    steps = np.arange(1, tried + 1) - 0.5
    rates = 1 / values[-1] + (1 - np.sqrt(tried / steps)) / (3 * quarter)
    shapes = np.mean(np.log1p(-rates[:, None] * values), axis=1)
    fits = number * (np.log(-rates / shapes) - shapes - 1)
    shares = np.exp(fits - fits.max())
    rate = float(rates @ shares / shares.sum())
    shape = float(np.mean(np.log1p(-rate * values)))
    return (number * shape + 10 * 0.5) / (number + 10)


def _cells(  # noqa: PLR0913, PLR0917 - the parts of one run
    counts: Floats,
    cap: float,
    classes: int,
    unknown: int,
    seed: np.random.SeedSequence,
    chains: int,
    draws: int,
) -> Floats:
    """(chains x draws, patterns) probabilities from the posterior without one pattern's count."""
    posed = problem(counts, cap, classes, unknown)
    parts = []
    for part in seed.spawn(chains):
        rng = np.random.Generator(np.random.PCG64(part))
        ladder = search(posed, HEATS, SEARCH_TURNS, SEARCH_LEAPS, rng)
        parts.append(draw_cells(coldest(ladder, FIRST), posed, LEAPS, draws, rng))
    return np.concatenate(parts)


def _chances(cells: Floats, cell: int) -> Floats:
    """The share of the pattern among everybody who is on a list, for each draw."""
    listed = np.maximum(cells[:, 1:].sum(axis=1), SURE)
    return np.asarray(np.clip(cells[:, cell] / listed, SURE, 1 - SURE))


def _weights(cells: Floats, cell: int, people: float, count: float) -> Floats | None:
    """The draws' weights in the posterior without this count; None where their tail is heavy."""
    chance = _chances(cells, cell)
    # 1 / P(count | draw) up to what all draws share
    logs = -count * np.log(chance) - people * np.log1p(-chance)
    weights = np.exp(logs - logs.max())
    ranked = np.sort(weights)
    size = int(min(len(ranked) / 5, TAIL * math.sqrt(len(ranked))))
    above = ranked[-size:] - ranked[-size - 1]
    above = above[above > 0]
    if len(above) >= size / 2 and pareto_shape(above) > HEAVY:
        return None
    return np.asarray(weights / weights.sum())


def _foretold(  # noqa: PLR0913, PLR0917 - the parts of one prediction
    table: OverlapTable,
    cell: int,
    chance: Floats,
    people: float,
    weights: Floats,
    level: float,
    rng: np.random.Generator,
) -> PatternLeftOut:
    simulated = rng.poisson(rng.standard_gamma(people, len(chance)) * chance / (1 - chance))
    order = np.argsort(simulated, kind="stable")
    shares = np.cumsum(weights[order])
    tail = (1 - level) / 2
    low, high = (
        float(simulated[order[min(int(np.searchsorted(shares, at)), len(order) - 1)]])
        for at in (tail, 1 - tail)
    )
    predicted = float(weights @ (people * chance / (1 - chance)))
    count = table.counts[cell]
    return PatternLeftOut(
        table.names(cell), count, predicted, (low, high), not low <= count <= high
    )
