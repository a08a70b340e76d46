"""Simulated populations with a known size, for coverage."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from muniment.measure.result import Estimate, Outcome
from muniment.measure.table import OverlapTable

Shares = NDArray[np.float64]


def independent(chances: list[float]) -> Shares:
    """The probability of each pattern when lists are independent."""
    return np.array(
        [
            np.prod([p if pattern >> j & 1 else 1 - p for j, p in enumerate(chances)])
            for pattern in range(1 << len(chances))
        ]
    )


def tilted(shares: Shares, pair: int, odds: float) -> Shares:
    """The same patterns with the odds of being on both lists of a pair multiplied."""
    patterns = np.arange(len(shares))
    raised = np.where(patterns & pair == pair, shares * odds, shares)
    return np.asarray(raised / raised.sum())


def differing(shares: Shares, term: Callable[[int], float]) -> Shares:
    """The same patterns, weighted by exp of a term in the number of lists: an Mth population."""
    weights = np.exp([term(pattern.bit_count()) for pattern in range(len(shares))])
    raised = shares * weights
    return np.asarray(raised / raised.sum())


def mixed(parts: list[tuple[float, list[float]]]) -> Shares:
    """A population of kinds, each with its share and its chances on the lists."""
    return np.sum([weight * independent(chances) for weight, chances in parts], axis=0)


def table_of(shares: Shares, people: int, rng: np.random.Generator) -> OverlapTable:
    """What the lists show of so many people."""
    counts = rng.multinomial(people, shares)
    counts[0] = 0
    return OverlapTable(tuple("ABCDEFGH"[: len(shares).bit_length() - 1]), tuple(counts.tolist()))


def coverage(
    method: Callable[[OverlapTable, int], Outcome],
    shares: Shares,
    people: int,
    *,
    tables: int,
    seed: int = 1,
) -> tuple[float, float]:
    """(share of tables whose interval holds the truth, median estimate over the truth).

    A refusal counts as not covering.
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    held, totals = 0, []
    for number in range(tables):
        outcome = method(table_of(shares, people, rng), number)
        if isinstance(outcome, Estimate):
            held += outcome.interval[0] <= people <= outcome.interval[1]
            totals.append(outcome.total)
    return held / tables, float(np.median(totals)) / people


EIGHT = table_of(
    mixed([(0.7, [0.05, 0.1, 0.08, 0.1, 0.06, 0.1, 0.05, 0.12]), (0.3, [0.3] * 8)]),
    300,
    np.random.Generator(np.random.PCG64(4)),
)
