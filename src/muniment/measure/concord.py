"""Whether methods agree about a table: the comparison that no single method's interval contains.

- Every method's interval is conditional on its own assumptions, so intervals of different methods
  need not overlap. Their spread is the honest measure of what the table does not say.
- Lower bounds are compared from below only: a method that ends under one is in conflict with it.
"""

import itertools
from collections.abc import Sequence
from typing import Literal

import msgspec

from muniment.measure.result import Estimate, Outcome

Verdict = Literal["agree", "disagree", "one method"]

APART = 1.5  # largest over smallest estimate, from which methods are said to disagree
# A method that ends further under a lower bound than this is in conflict with it; what lies nearer
# is told apart by rounding alone.
UNDER = 0.95
BOUNDS = frozenset({"chao"})


class Agreement(msgspec.Struct, frozen=True):
    """The estimates side by side."""

    verdict: Verdict
    totals: tuple[tuple[str, float], ...]  # (method, people), smallest first
    ratio: float  # largest over smallest
    disjoint: tuple[tuple[str, str], ...]  # methods whose intervals share no number
    bound: float | None = None  # people, the largest lower bound given
    under: tuple[tuple[str, float], ...] = ()  # methods that end under it, smallest first

    @property
    def warning(self) -> str | None:
        """The disagreement, with each other or with a lower bound, in a sentence; None: none."""
        if self.verdict == "disagree":
            values = _values(self.totals)
            return f"methods disagree about this table ({values}): no single figure stands alone"
        if len(self.under) == 0 or self.bound is None:
            return None
        return (
            f"methods disagree with a lower bound of {self.bound:,.0f} ({_values(self.under)} end "
            "under it): either lists avoid each other, or these methods miss people whom every "
            "list tends to miss; no single figure stands alone"
        )


def agreement(outcomes: Sequence[Outcome]) -> Agreement:
    """How far the estimates among these outcomes lie apart."""
    given = [o for o in outcomes if isinstance(o, Estimate) and o.method not in BOUNDS]
    totals = sorted(((o.method, o.total) for o in given), key=lambda pair: pair[1])
    disjoint = tuple(
        (one.method, other.method)
        for one, other in itertools.combinations(given, 2)
        if one.interval[1] < other.interval[0] or other.interval[1] < one.interval[0]
    )
    ratio = totals[-1][1] / totals[0][1] if len(totals) > 0 else 1.0
    bound = _bound(outcomes)
    under = tuple(pair for pair in totals if bound is not None and pair[1] < UNDER * bound)
    verdict: Verdict = "disagree" if ratio > APART or len(disjoint) > 0 else "agree"
    if len(given) < 2:  # noqa: PLR2004 - one method cannot disagree
        verdict = "one method"
    return Agreement(verdict, tuple(totals), ratio, disjoint, bound, under)


def _bound(outcomes: Sequence[Outcome]) -> float | None:
    bounds = [o.total for o in outcomes if isinstance(o, Estimate) and o.method in BOUNDS]
    return max(bounds, default=None)


def _values(totals: Sequence[tuple[str, float]]) -> str:
    return ", ".join(f"{method} {total:,.0f}" for method, total in totals)
