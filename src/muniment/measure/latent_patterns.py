"""Whether the latent-class model foretells each pattern's count from all the others.

- The model is fitted anew for every pattern with its count unknown: given the classes, the count
  left out is negative binomial, as the number of unseen people is, and both are summed out.
- Above six lists that takes many minutes. There the draws of one fit are weighed by
  P(the others | draw) / P(all | draw) (Gelfand, Dey and Chang 1992, Bayesian Statistics 4:147),
  with the tail of the weights smoothed, and a pattern is fitted anew only where its weights cannot
  be trusted: those whose weights are worst first, until a set amount of work is done. What is then
  left is not in the answer.
- The smoothing is what shows bad weights. For 181 people on three lists of Kosovo plain weights
  foretell 121 to 224 where a fit without them foretells 40 to 183; their shape is 0.86, above the
  0.7 up to which weights are used.
"""

from collections.abc import Mapping, Sequence

import msgspec
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
    UNBOUNDED_LISTS,
    affordable,
    search_work,
    sweep_work,
)
from muniment.measure.latent_kernel import (
    ALMOST,
    CROWDED,
    Ladder,
    Problem,
    coldest,
    draw_cells,
    log_share_below,
    problem,
    search,
)
from muniment.measure.pareto import TRUSTED, Weights, smoothed
from muniment.measure.predictive import PatternLeftOut
from muniment.measure.result import Floats
from muniment.measure.table import OverlapTable

CHAINS, DRAWS = 2, 1000
ONCE = 2000  # draws of each chain that are weighed
# of the search, the weighed draws and the fits together: shares of a pattern in a class, 2 ns each
WORK = 12e9
STAGES = 3  # searched, drawn, weighed; the fits are counted by themselves
ENOUGH = 200.0  # effective draws below which weights are not used
EVERY_PATTERN = 1 << 5  # up to five lists empty patterns are asked about too; each takes a fit
SURE = 1e-12


class _Asked(msgspec.Struct, frozen=True):
    """How the counts of a table are to be foretold."""

    table: OverlapTable
    level: float
    chains: int
    draws: int
    classes: int

    def problem(self, unknown: int = 0) -> Problem:
        """The table's density, with one count unknown or none."""
        counts = np.array(self.table.counts, dtype=np.float64)
        return problem(counts, float(CAP * self.table.observed), self.classes, unknown)


def leave_out_patterns_of_classes(  # noqa: PLR0913 - keyword-only options with defaults
    table: OverlapTable,
    level: float = 0.95,
    *,
    seed: int = 0,
    chains: int = CHAINS,
    draws: int = DRAWS,
    classes: int = CLASSES,
    bounded: bool = True,
    progress: Progress = silent,
) -> tuple[PatternLeftOut, ...]:
    """Each pattern's count, and its predictive interval from all the others.

    Given the classes, m people of the other patterns and the unseen, a pattern has
    n ~ NegBin(m, 1 - p / (1 - p0)) people (Manrique-Vallier 2016, Biometrics 72:1246-1254, section
    3, with a second count unknown). Nothing comes back for a table that the method refuses. Above
    five lists only patterns that somebody has are asked about, and above six those that a set
    amount of work foretells; `bounded=False` fits every one anew, however long that takes.
    """
    if min(chains, draws - 99, classes - 1) < 1:
        raise RequestError("at least one chain, a hundred draws and two classes are needed")
    if len(grave_reasons(table)) > 0 or len(table.lists) > MAX_LISTS:
        return ()
    asked = _Asked(table, level, chains, draws, classes)
    places = [
        place
        for place, count in enumerate(table.counts)
        if place > 0 and (count > 0 or len(table.counts) <= EVERY_PATTERN)
    ]
    seeds = dict(zip(places, np.random.SeedSequence(seed).spawn(len(places)), strict=True))
    if bounded and len(table.lists) > UNBOUNDED_LISTS:
        return _within_work(asked, seeds, np.random.SeedSequence(seed), progress)
    found = []
    for place, part in seeds.items():
        found.append(_refitted(asked, place, part))
        progress(len(found), len(places))
    return tuple(found)


def _refitted(asked: _Asked, place: int, seed: np.random.SeedSequence) -> PatternLeftOut:
    """The count foretold by a fit without it."""
    posed = asked.problem(place)
    cells = _cells(posed, _searched(posed, seed, asked.chains), asked.draws)
    rng = np.random.Generator(np.random.PCG64(seed))
    return _foretold(asked, place, _chances(cells, place), rng)


def _within_work(
    asked: _Asked,
    seeds: Mapping[int, np.random.SeedSequence],
    seed: np.random.SeedSequence,
    progress: Progress,
) -> tuple[PatternLeftOut, ...]:
    """The counts that the draws of one fit foretell by weights, and as many fits as are paid for.

    Work is counted, not time, so that a seed gives the same bits on a slow machine.
    """
    posed = asked.problem()
    runs = _searched(posed, seed, asked.chains)
    progress(1, STAGES)
    ladders = [ladder for ladder, _ in runs]
    left = WORK - asked.chains * search_work(posed.shares.size)
    number = affordable(ladders, posed, FIRST, ONCE, left)
    left -= number * sum(sweep_work(ladder, posed, FIRST) for ladder in ladders)
    cells = _cells(posed, runs, number)
    progress(2, STAGES)
    weights = {place: _weights(asked, cells, place) for place in seeds}
    found = {
        place: _weighed(asked, place, cells, each, seeds[place])
        for place, each in weights.items()
        if _trusted(each)
    }
    progress(STAGES, STAGES)
    bad = sorted(weights.keys() - found.keys(), key=lambda place: -weights[place].shape)
    paid = bad[: max(0, int(left / _work_of_a_fit(asked, posed, ladders)))]
    for done, place in enumerate(paid, start=1):
        found[place] = _refitted(asked, place, seeds[place])
        progress(done, len(paid))
    return tuple(found[place] for place in sorted(found))


def _work_of_a_fit(asked: _Asked, posed: Problem, ladders: Sequence[Ladder]) -> float:
    """The work of one fit without a pattern: the search of its chains, and their draws."""
    drawing = sum(sweep_work(ladder, posed, FIRST) for ladder in ladders) * asked.draws
    return asked.chains * search_work(posed.shares.size) + drawing


_Run = tuple[Ladder, np.random.Generator]


def _searched(posed: Problem, seed: np.random.SeedSequence, chains: int) -> list[_Run]:
    """A ladder for every chain, and the generator it goes on with."""
    generators = [np.random.Generator(np.random.PCG64(part)) for part in seed.spawn(chains)]
    return [(search(posed, HEATS, SEARCH_TURNS, SEARCH_LEAPS, rng), rng) for rng in generators]


def _cells(posed: Problem, runs: Sequence[_Run], draws: int) -> Floats:
    """(chains x draws, patterns): probabilities of the patterns from the posterior."""
    return np.concatenate(
        [draw_cells(coldest(ladder, FIRST), posed, LEAPS, draws, rng) for ladder, rng in runs]
    )


def _listed(cells: Floats) -> Floats:
    """The probability of being on a list, for each draw."""
    return np.asarray(np.maximum(cells[:, 1:].sum(axis=1), SURE))


def _chances(cells: Floats, place: int) -> Floats:
    """The share of the pattern among everybody who is on a list, for each draw."""
    return np.asarray(np.clip(cells[:, place] / _listed(cells), SURE, 1 - SURE))


def _weights(asked: _Asked, cells: Floats, place: int) -> Weights:
    """The weight of each draw where the pattern's count is unknown: the likelihoods' ratio.

    With n people, m without the pattern's: (1 - p0)^n / ((1 - p0 - p)^m p^(n - m)), and the ratio
    of the two shares below the cap where many people are unseen.
    """
    everybody = float(asked.table.observed)
    others = everybody - asked.table.counts[place]
    chance = _chances(cells, place)
    logs = -others * np.log1p(-chance) - (everybody - others) * np.log(chance)
    cap = CAP * everybody
    for draw in np.flatnonzero(cells[:, 0] > CROWDED):
        unseen = min(float(cells[draw, 0]), ALMOST)
        with_all = log_share_below(unseen, everybody, cap)[0]
        logs[draw] += log_share_below(unseen, others, cap)[0] - with_all
    return smoothed(logs)


def _trusted(weights: Weights) -> bool:
    return weights.shape < TRUSTED and weights.effective >= ENOUGH


def _weighed(
    asked: _Asked, place: int, cells: Floats, weights: Weights, seed: np.random.SeedSequence
) -> PatternLeftOut:
    """The count foretold by the weighed draws of a fit that knew it."""
    rng = np.random.Generator(np.random.PCG64(seed))
    chances = _chances(cells, place)
    return _foretold(asked, place, rng.choice(chances, len(chances), p=weights.shares), rng)


def _foretold(
    asked: _Asked, place: int, chance: Floats, rng: np.random.Generator
) -> PatternLeftOut:
    people = float(asked.table.observed - asked.table.counts[place])
    odds = chance / (1 - chance)
    simulated = rng.poisson(rng.standard_gamma(people, len(chance)) * odds)
    tail = (1 - asked.level) / 2
    low, high = (float(x) for x in np.quantile(simulated, [tail, 1 - tail], method="inverted_cdf"))
    count = asked.table.counts[place]
    return PatternLeftOut(
        asked.table.names(place),
        count,
        float(people * odds.mean()),
        (low, high),
        not low <= count <= high,
    )
