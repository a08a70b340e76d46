"""The posterior of the number of people, averaged over decomposable graphs of dependence.

- Madigan and York (1997, Biometrika 84:19): given a graph, cell probabilities have a
  hyper-Dirichlet law with the same weight `delta` on every cell, the marginal of a clique is
  Dirichlet, and the probability of the completed table is a product of Dirichlet-multinomials over
  cliques divided by those over separators (their section 3).
- The prior of the number of people is 1/N for 1 … limit unseen people, every graph equally likely
  beforehand.
- `delta` moves the answer more than the data can: 2^-k is the default, and `sensitivity` shows what
  others give.
- Exact on the grid. Only the all-zero cell of each marginal depends on n0, so 31 curves make all
  822 graphs of five lists; graphs that together hold less than 1e-8 of the posterior are dropped
  after a look at a coarse grid.
"""

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from muniment.measure.checks import grave_reasons, warnings
from muniment.measure.chordal_graphs import Graph, decomposable_graphs
from muniment.measure.errors import RequestError
from muniment.measure.living import of_the_living
from muniment.measure.result import Diagnostics, Estimate, Floats, Outcome, Refusal
from muniment.measure.table import OverlapTable

METHOD = "graphs"
MAX_LISTS = 6  # 18,154 graphs; seven lists have 617,675
GRID = 10  # the grid of unseen people ends at this many times those observed
FINEST = 200_000  # points of the grid at most; a longer grid takes steps of several people
BLOCK = 2048  # points of the grid weighed at a time
COARSE = 400  # points of the first look at every graph
CLOSER, BETWEEN = 3, 17  # looks between the points beside a sharp peak, and points of each
STEEP = 2.0  # fall of the log density from a peak to the points beside it that makes it sharp
# posterior share of all graphs dropped together: a quantile moves by far less than a grid step
NEGLIGIBLE = 1e-8
# posterior density at the grid's end over its maximum, above which the limit shapes the answer
CUT_OFF = 0.01
# the limit would be the answer where the density there is above this share of its maximum, or this
# share of the posterior lies in the last tenth of the grid (published tables: at most 0.23, 0.12)
DECIDED, CROWDED = 0.5, 0.25
SATURATED = 0.5  # posterior share of the complete graph above which the data choose no structure
DRAWS = 4000


class GraphPosterior(msgspec.Struct, frozen=True, eq=False):
    """The posterior on the grid of unseen people, and of the graphs."""

    observed: int
    delta: float
    step: int  # people from one point of the grid to the next: 1 unless the grid would be very long
    probability: Floats  # of n0 = step, 2 step, …, sums to 1
    graphs: tuple[tuple[Graph, float], ...]  # with posterior probability, the largest first

    def quantile(self, share: float) -> int:
        """The smallest number of people, observed ones included.

        With at least this posterior share up to it.
        """
        place = int(np.searchsorted(np.cumsum(self.probability), share))
        return self.observed + self.step * (1 + min(place, len(self.probability) - 1))

    def mean(self) -> float:
        """The posterior mean of the number of people."""
        points = self.step * np.arange(1, len(self.probability) + 1)
        return self.observed + float(self.probability @ points)

    def mode(self) -> int:
        """The most probable number of people."""
        return self.observed + self.step * (1 + int(np.argmax(self.probability)))

    @property
    def limit(self) -> int:
        """The largest number of unseen people on the grid."""
        return self.step * len(self.probability)

    def draws(self, seed: int, number: int) -> Floats:
        """Numbers of people drawn from the posterior, in one row."""
        rng = np.random.Generator(np.random.PCG64(seed))
        places = np.searchsorted(np.cumsum(self.probability), rng.random((1, number)))
        return np.asarray(self.observed + self.step * (1.0 + places))

    def tail_ratio(self) -> float:
        """The density at the end of the grid over its maximum."""
        return float(self.probability[-1] / self.probability.max())

    def last_tenth(self) -> float:
        """The posterior share of the last tenth of the grid."""
        return float(self.probability[-max(1, len(self.probability) // 10) :].sum())


@of_the_living
def graphs(
    table: OverlapTable,
    level: float = 0.95,
    *,
    delta: float | None = None,
    limit: int | None = None,
    seed: int = 0,
) -> Outcome:
    """The posterior median and central interval of the number of people.

    P(n0 | y) ~ P(N) N! / n0! sum_G prod_cliques f(C) / prod_separators f(S), where f of a set of
    lists is the Dirichlet-multinomial of its marginal table with weight `delta` on each pattern of
    the whole (Madigan and York 1997, Biometrika 84:19-31, section 3). `limit` is the largest number
    of unseen people considered.
    """
    reasons = grave_reasons(table)
    if len(table.lists) > MAX_LISTS:
        reasons = (
            *reasons,
            f"all graphs are weighed up to {MAX_LISTS} lists: merge lists of one kind",
        )
    if len(reasons) > 0:
        return Refusal(METHOD, table.observed, reasons)
    posterior = graph_posterior(table, delta=delta, limit=limit)
    if posterior.tail_ratio() > DECIDED or posterior.last_tenth() > CROWDED:
        reason = (
            f"the posterior runs into its limit of {posterior.limit:,} unseen people: the limit "
            "would be the answer"
        )
        return Refusal(METHOD, table.observed, (reason,))
    tail = (1 - level) / 2
    return Estimate(
        method=METHOD,
        model=_words(table, posterior),
        observed=table.observed,
        total=float(posterior.quantile(0.5)),
        interval=(float(posterior.quantile(tail)), float(posterior.quantile(1 - tail))),
        level=level,
        kind="credible",
        warnings=(*_warnings(table, posterior), *warnings(table)),
        diagnostics=Diagnostics(
            tail_ratio=posterior.tail_ratio(),
            prior=f"delta {posterior.delta:g}, n0 from 1 to {posterior.limit}",
        ),
        draws=posterior.draws(seed, DRAWS),
    )


def graph_posterior(
    table: OverlapTable, *, delta: float | None = None, limit: int | None = None
) -> GraphPosterior:
    """The exact posterior over the grid and the graphs."""
    lists = len(table.lists)
    delta = 2.0**-lists if delta is None else delta
    size = GRID * table.observed if limit is None else limit
    if delta <= 0 or size < 1:
        raise RequestError(f"delta {delta} and the grid's limit {size} must be positive")
    candidates = decomposable_graphs(lists)
    weights = set_weights(candidates, lists)
    points, looked = look(table, delta, weights, size)
    kept = weighty(looked, np.gradient(points) if len(points) > 1 else points)
    step = -(-size // FINEST)
    unseen = np.arange(step, size + 1, step, dtype=np.float64)
    share, probability = _summed(table, delta, weights[kept], unseen, float(looked.max()))
    order = np.argsort(-share, kind="stable")
    ranked = tuple((candidates[kept[i]], float(share[i] / share.sum())) for i in order)
    return GraphPosterior(table.observed, delta, step, probability / probability.sum(), ranked)


def set_weights(candidates: Sequence[Graph], lists: int) -> Floats:
    """(graphs, sets of lists): how often each set's density is multiplied in."""
    weights = np.zeros((len(candidates), 1 << lists))
    for row, graph in enumerate(candidates):
        for members, weight in graph.weights:
            weights[row, members] = weight
    return weights


def look(table: OverlapTable, delta: float, weights: Floats, size: int) -> tuple[Floats, Floats]:
    """(points of n0, log density of each graph there): evenly in log n0, closer at sharp peaks.

    Among ten million people a peak is so narrow that it lies between two even points.
    """
    points = np.unique(np.geomspace(1, size, COARSE).round())
    looked = weights @ curves(table, delta, points) + log_prior(table, points)
    for _ in range(CLOSER if len(points) > BETWEEN else 0):
        peaks = np.clip(looked.argmax(axis=1), 1, len(points) - 2)
        rows = np.arange(len(looked))
        fall = looked[rows, peaks] - np.maximum(looked[rows, peaks - 1], looked[rows, peaks + 1])
        wide = points[peaks + 1] - points[peaks - 1] > BETWEEN
        sharp = np.unique(peaks[(np.abs(fall) > STEEP) & wide])
        if len(sharp) == 0:
            break
        added = np.unique(
            np.linspace(points[sharp - 1], points[sharp + 1], BETWEEN).round().ravel()
        )
        added = np.setdiff1d(added, points)
        more = weights @ curves(table, delta, added) + log_prior(table, added)
        order = np.argsort(np.concatenate([points, added]))
        points = np.concatenate([points, added])[order]
        looked = np.hstack([looked, more])[:, order]
    return points, looked


def _summed(
    table: OverlapTable, delta: float, weights: Floats, unseen: Floats, top: float
) -> tuple[Floats, Floats]:
    """The posterior masses of the graphs and of the grid's points.

    In blocks that fit the processor's cache.
    """
    share = np.zeros(len(weights))
    probability = np.empty(len(unseen))
    for start in range(0, len(unseen), BLOCK):
        part = unseen[start : start + BLOCK]
        height = weights @ curves(table, delta, part)
        height += log_prior(table, part) - top
        np.exp(height, out=height)
        share += height.sum(axis=1)
        probability[start : start + BLOCK] = height.sum(axis=0)
    return share, probability


def weighty(looked: Floats, spacing: Floats, left: float = NEGLIGIBLE) -> NDArray[np.intp]:
    """The graphs that together hold all but this share of the posterior, judged on these points."""
    mass = np.exp(looked - looked.max()) @ spacing
    order = np.argsort(mass, kind="stable")
    negligible = np.cumsum(mass[order]) < left * mass.sum()
    return np.sort(order[~negligible])


def log_prior(table: OverlapTable, unseen: Floats) -> Floats:
    """Log 1/N, with the part of the multinomial coefficient that depends on n0: (n + n0)! / n0!."""
    everybody = table.observed + unseen
    return np.asarray(gammaln(everybody) - gammaln(unseen + 1))


def curves(table: OverlapTable, delta: float, unseen: Floats) -> Floats:
    """For each set of lists, the log Dirichlet-multinomial of its marginal table, by unseen people.

    Row 0, the empty set, stays zero: its one cell holds everybody with probability 1.
    """
    lists = len(table.lists)
    everybody = table.observed + unseen
    mass = delta * 2**lists
    total = gammaln(mass) - gammaln(mass + everybody)
    curves = np.zeros((1 << lists, len(unseen)))
    counts = np.array(table.counts, dtype=np.float64)
    patterns = np.arange(1 << lists)
    for members in range(1, 1 << lists):
        marginal = np.bincount(patterns & members, weights=counts, minlength=1 << lists)
        cells = np.unique(patterns & members)
        alpha = mass / len(cells)
        fixed = float(np.sum(gammaln(alpha + marginal[cells[1:]]))) - len(cells) * gammaln(alpha)
        curves[members] = total + fixed + gammaln(alpha + marginal[0] + unseen)
    return curves


def _words(table: OverlapTable, posterior: GraphPosterior) -> str:
    top, share = posterior.graphs[0]
    names = " | ".join(":".join(table.names(clique)) for clique in top.cliques)
    return (
        f"average over decomposable graphs, delta {posterior.delta:g}; most probable "
        f"({share:.0%}): {names}"
    )


def _warnings(table: OverlapTable, posterior: GraphPosterior) -> tuple[str, ...]:
    found: list[str] = []
    complete = ((1 << len(table.lists)) - 1,)
    for graph, share in posterior.graphs:
        if graph.cliques == complete and share > SATURATED:
            found.append(
                "the complete graph, which says nothing about unseen people, is the most probable: "
                f"the prior (delta {posterior.delta:g}) decides the answer"
            )
    if posterior.tail_ratio() > CUT_OFF:
        found.append(
            f"the posterior is cut off at {posterior.limit} unseen people, where its density is "
            f"{posterior.tail_ratio():.0%} of the highest: the upper end depends on this limit"
        )
    return tuple(found)
