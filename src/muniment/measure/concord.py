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
BOUNDS = frozenset({"chao"})


class Agreement(msgspec.Struct, frozen=True):
    """The estimates side by side."""

    verdict: Verdict
    totals: tuple[tuple[str, float], ...]  # (method, people), smallest first
    ratio: float  # largest over smallest
    disjoint: tuple[tuple[str, str], ...]  # methods whose intervals share no number

    @property
    def warning(self) -> str | None:
        """The disagreement in a sentence; None where there is none."""
        if self.verdict != "disagree":
            return None
        values = ", ".join(f"{method} {total:,.0f}" for method, total in self.totals)
        return f"methods disagree about this table ({values}): no single figure stands alone"


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
    verdict: Verdict = "disagree" if ratio > APART or len(disjoint) > 0 else "agree"
    if len(given) < 2:  # noqa: PLR2004 - one method cannot disagree
        verdict = "one method"
    return Agreement(verdict, tuple(totals), ratio, disjoint)
