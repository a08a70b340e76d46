"""Whether the average over decomposable graphs foretells each pattern's count from all the others.

- Nothing is simulated: with m people of the pattern, the others and the unseen have the probability
  that `graph_posterior` sums over graphs and unseen people, and P(m | the others) is that over m!.
- The sum is smooth in m: it is computed at two dozen numbers around its peak, found by looking
  closer step by step, and drawn through them.
- A pattern whose count could be as large as anything, since the others say nothing about it, is not
  in the answer.
- Above four lists the sum leaves out graphs that together hold little of the mass over n0 and m. It
  is judged for each pattern anew, near its peak: graphs that the whole table all but excludes may
  be the best once a count is unknown. Where that peak is, those of the whole table say.
"""

from collections.abc import Callable

import msgspec
import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.special import gammaln, logsumexp

from muniment.measure.checks import grave_reasons
from muniment.measure.chordal_graphs import decomposable_graphs
from muniment.measure.decomposable import (
    GRID,
    MAX_LISTS,
    curves,
    log_prior,
    look,
    set_weights,
    weighty,
)
from muniment.measure.errors import RequestError
from muniment.measure.predictive import PatternLeftOut
from muniment.measure.result import Floats
from muniment.measure.table import OverlapTable

EVERY_PATTERN = 1 << 5  # up to five lists empty patterns are asked about too
EVERY_GRAPH = 4  # lists up to which every graph is summed over
NEGLIGIBLE = 1e-4  # share of the mass that the graphs left out hold together
AROUND = 2  # a peak is looked for among numbers this many times smaller and larger
FEW_NUMBERS, FEW_UNSEEN = 8, 60  # of the grid on which graphs are judged
UNSEEN = 160  # points of the grid of unseen people
NUMBERS = 24  # numbers of people of the pattern computed in each look
LOOKS = 5
LOW = 25.0  # log density below the peak at which nothing lies
WHOLE = 20_000  # numbers of people that the computed ones are drawn through
NEAR_LIMIT = 0.9  # share of the largest count considered, above which an end is the limit's

_Heights = Callable[[Floats], Floats]  # log P(m | the others), up to a constant, of several m


class _Asked(msgspec.Struct, frozen=True, eq=False):
    """One pattern whose count is unknown."""

    table: OverlapTable
    place: int
    delta: float
    weights: Floats  # (graphs, sets of lists)

    @property
    def limit(self) -> int:
        """The most people that are considered unseen, or of the pattern."""
        return GRID * self.table.observed

    def with_people(self, number: float) -> OverlapTable:
        """The table with this many people of the pattern."""
        counts = list(self.table.counts)
        counts[self.place] = int(number)
        return self.table.with_counts(counts)


def leave_out_patterns_of_graphs(
    table: OverlapTable, level: float = 0.95, *, delta: float | None = None
) -> tuple[PatternLeftOut, ...]:
    """Each pattern's count, and its predictive interval from all the others.

    P(m | others) ~ sum over n0 and G of P(N) N! / (n0! m!) prod_cliques f(C) / prod_separators f(S)
    with N people of whom m have the pattern (Madigan and York 1997, Biometrika 84:19-31, section 3,
    with a second count unknown). Above five lists only patterns that somebody has are asked about.
    """
    if delta is not None and delta <= 0:
        raise RequestError(f"delta {delta} must be positive")
    if len(grave_reasons(table)) > 0 or len(table.lists) > MAX_LISTS:
        return ()
    unit = 2.0 ** -len(table.lists) if delta is None else delta
    weights = set_weights(decomposable_graphs(len(table.lists)), len(table.lists))
    likely = _likely(table, unit, weights)
    found = []
    for place, count in enumerate(table.counts):
        if place > 0 and (count > 0 or len(table.counts) <= EVERY_PATTERN):
            law = _law(_Asked(table, place, unit, likely))
            if len(table.lists) > EVERY_GRAPH:
                law = _law(_near(_Asked(table, place, unit, weights), law[0]))
            found.append(_foretold(table, place, law, level))
    return tuple(each for each in found if each is not None)


def _likely(table: OverlapTable, delta: float, weights: Floats) -> Floats:
    """The weights of the graphs that the whole table leaves likely; of all of few lists."""
    if len(table.lists) <= EVERY_GRAPH:
        return weights
    points, looked = look(table, delta, weights, GRID * table.observed)
    return weights[weighty(looked, np.gradient(points), NEGLIGIBLE)]


def _near(asked: _Asked, people: Floats) -> _Asked:
    """The same with the graphs that hold most of the mass near these numbers of the pattern."""
    low, high = people[0] // AROUND, min(people[-1] * AROUND, float(asked.limit))
    numbers = np.unique((np.geomspace(low + 1, high + 1, FEW_NUMBERS) - 1).round())
    unseen = _unseen(asked, (low, high), FEW_UNSEEN)
    looked = np.hstack(
        [
            asked.weights @ curves(table, asked.delta, unseen)
            + log_prior(table, unseen)
            - gammaln(number + 1)
            for number in numbers
            for table in (asked.with_people(number),)
        ]
    )
    spacing = np.outer(np.gradient(numbers), np.gradient(unseen)).ravel()
    kept = weighty(looked, spacing, NEGLIGIBLE)
    return msgspec.structs.replace(asked, weights=asked.weights[kept])


def _foretold(
    table: OverlapTable, place: int, law: tuple[Floats, Floats], level: float
) -> PatternLeftOut | None:
    """The count foretold; None where the others set it no end."""
    people, shares = law
    tail = (1 - level) / 2
    ends = np.searchsorted(np.cumsum(shares), [tail, 1 - tail]).clip(max=len(people) - 1)
    low, high = (float(people[end]) for end in ends)
    if high > NEAR_LIMIT * GRID * table.observed:
        return None
    count, names = table.counts[place], table.names(place)
    mean = float(people @ shares)
    return PatternLeftOut(names, count, mean, (low, high), not low <= count <= high)


def _law(asked: _Asked) -> tuple[Floats, Floats]:
    """(numbers of people of the pattern, their probabilities)."""
    low, high = 0.0, float(asked.limit)
    for _ in range(LOOKS):
        numbers = np.unique((np.geomspace(low + 1, high + 1, NUMBERS) - 1).round())
        heights = _heights(asked, low, high)(numbers)
        near = np.flatnonzero(heights > heights.max() - LOW)
        before = high - low
        low = float(numbers[max(near[0] - 1, 0)])
        high = float(numbers[min(near[-1] + 1, len(numbers) - 1)])
        if high - low > before / 2:
            break
    people = np.unique(np.linspace(low, high, WHOLE).round())
    if len(people) == 1:
        return people, np.ones(1)
    numbers = np.unique(np.append(numbers[(numbers >= low) & (numbers <= high)], [low, high]))
    through = PchipInterpolator(np.log1p(numbers), _heights(asked, low, high)(numbers))
    drawn = through(np.log1p(people))
    shares = np.exp(drawn - drawn.max()) * np.gradient(people)
    return people, shares / shares.sum()


def _heights(asked: _Asked, low: float, high: float) -> _Heights:
    """Log P(m | the others) for m between two numbers, up to a constant."""
    unseen = _unseen(asked, (low, (low + high) / 2, high), UNSEEN)
    spacing = np.log(np.gradient(unseen))

    def heights(numbers: Floats) -> Floats:
        found = []
        for number in numbers.tolist():
            table = asked.with_people(number)
            every = asked.weights @ curves(table, asked.delta, unseen)
            every += log_prior(table, unseen) + spacing
            found.append(float(logsumexp(every)) - float(gammaln(number + 1)))
        return np.array(found)

    return heights


def _unseen(asked: _Asked, numbers: tuple[float, ...], points: int) -> Floats:
    """A grid of unseen people that is fine wherever they may be for one of these numbers."""
    ends = []
    for number in numbers:
        table = asked.with_people(number)
        grid, looked = look(table, asked.delta, asked.weights, asked.limit)
        best = looked.max(axis=0)
        near = np.flatnonzero(best > best.max() - LOW)
        ends += [grid[max(near[0] - 1, 0)], grid[min(near[-1] + 1, len(grid) - 1)]]
    return np.unique(np.geomspace(min(ends), max(ends), points).round())
