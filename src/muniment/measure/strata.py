"""Estimates by stratum and their sum.

- The sum is made from draws: one draw of every stratum at random, added, many times. Ends of
  intervals are never added, which would make the sum's interval too wide.
- Strata get seeds of their own, so that their chance is independent.
- A stratum without an estimate leaves the sum without one: leaving it out would call its unseen
  people zero.
- A list that holds nobody of a stratum is left out of that stratum, with a warning.
"""

from collections.abc import Callable, Mapping

import msgspec
import numpy as np

from muniment.measure.errors import RequestError
from muniment.measure.result import Estimate, Floats, Outcome, Refusal, quantiles
from muniment.measure.table import OverlapTable

SUMS = 20_000
Method = Callable[[OverlapTable, int], Outcome]  # (table, seed)


class Stratified(msgspec.Struct, frozen=True, eq=False):
    """The outcome of each stratum, and of everybody."""

    strata: tuple[tuple[str, Outcome], ...]
    everybody: Outcome


def stratified(
    tables: Mapping[str, OverlapTable], method: Method, *, seed: int = 0, level: float = 0.95
) -> Stratified:
    """The method on each stratum, and the sum; the method's estimates must carry draws.

    Sekar and Deming (1949, Journal of the American Statistical Association 44:101-115): strata
    within which people are more alike, added up.
    """
    if len(tables) == 0:
        raise RequestError("there is no stratum")
    names = sorted(tables)
    parts = np.random.SeedSequence(seed).spawn(len(names) + 1)
    outcomes = [
        _within(tables[name], method, int(part.generate_state(1)[0]))
        for name, part in zip(names, parts[1:], strict=True)
    ]
    rng = np.random.Generator(np.random.PCG64(parts[0]))
    pairs = tuple(zip(names, outcomes, strict=True))
    return Stratified(pairs, _sum(pairs, rng, level))


def inhabited(table: OverlapTable) -> OverlapTable:
    """The table without the lists that hold nobody; the table itself where nobody is on any."""
    held = [name for i, name in enumerate(table.lists) if table.size(i) > 0]
    return table if len(held) in (0, len(table.lists)) else table.reordered(held)


def _within(table: OverlapTable, method: Method, seed: int) -> Outcome:
    """The method's outcome on one stratum, which says which lists hold nobody of it."""
    kept = inhabited(table)
    outcome = method(kept, seed)
    left = [name for name in table.lists if name not in kept.lists]
    if len(left) == 0 or isinstance(outcome, Refusal):
        return outcome
    text = f"nobody of this stratum is on {', '.join(left)}: estimated from the other lists"
    return msgspec.structs.replace(outcome, warnings=(text, *outcome.warnings))


def _sum(pairs: tuple[tuple[str, Outcome], ...], rng: np.random.Generator, level: float) -> Outcome:
    observed = sum(outcome.observed for _, outcome in pairs)
    reasons: list[str] = []
    estimates: list[Estimate] = []
    drawn: list[Floats] = []
    for name, outcome in pairs:
        if isinstance(outcome, Refusal):
            reasons.append(f"stratum {name}: {'; '.join(outcome.reasons)}")
        elif outcome.draws is None:
            reasons.append(f"stratum {name}: {outcome.method} gave no draws to add up")
        else:
            estimates.append(outcome)
            drawn.append(rng.choice(outcome.draws.ravel(), SUMS))
    if len(reasons) > 0:
        return Refusal("sum of strata", observed, tuple(reasons))
    draws = np.sum(drawn, axis=0)
    low, middle, high = quantiles(draws, level)
    credible = all(estimate.kind == "credible" for estimate in estimates)
    return Estimate(
        method=estimates[0].method,
        model=f"sum of {len(estimates)} strata",
        observed=observed,
        total=middle if credible else sum(estimate.total for estimate in estimates),
        interval=(low, high),
        level=level,
        kind="credible" if credible else "confidence",
        warnings=tuple(
            f"stratum {name}: {warning}"
            for (name, _), estimate in zip(pairs, estimates, strict=True)
            for warning in estimate.warnings
        ),
        draws=draws[None, :],
    )
