"""What methods say of a part of the table when they have not seen it, in records and sentences.

- Two parts are left out in turn: a list, and the count of a pattern. A method that cannot foretell
  what was seen has no claim to foretell what was not; one that can has passed a weak test only.
- About 1 count in 20 lies outside a 95 % interval by chance: sentences say so, and accuse nobody
  of one surprise.
"""

import math
from functools import partial

import msgspec

from muniment.measure.checks import grave_reasons
from muniment.measure.estimators import Request, estimator
from muniment.measure.graph_patterns import leave_out_patterns_of_graphs
from muniment.measure.loglinear_choice import chosen_model
from muniment.measure.predictive import (
    ListLeftOut,
    PatternLeftOut,
    leave_out_lists,
    leave_out_patterns,
)
from muniment.measure.result import Estimate, Outcome
from muniment.measure.table import OverlapTable

METHODS = ("loglinear", "graphs", "latent-class")
MAX_LISTS = {"graphs": 6, "latent-class": 12}  # that each can answer for
MOST_LISTS = 6  # up to which the latent classes are fitted anew without each list
QUICK_CHAINS, QUICK_DRAWS = 2, 1500  # of a latent-class fit without a list
NAMED = 4  # surprises named in a sentence
THREE = 3  # lists, below which nothing is left to compare when one goes
WHY_UNFORETOLD = {
    "loglinear": "the model cannot foretell their counts without having seen them",
    "graphs": "the other counts set theirs no end",
    "latent-class": "each takes a fit of its own, and there are more than a set amount of work "
    "allows",
}
NOT_BY_LIST = f"not fitted without each list in turn: above {MOST_LISTS} lists that is much work"


class Crosscheck(msgspec.Struct, frozen=True, eq=False):
    """One method on what was left out; what the method refuses is not in it."""

    method: str
    lists: tuple[ListLeftOut, ...] = ()
    patterns: tuple[PatternLeftOut, ...] = ()
    unforetold: tuple[tuple[str, ...], ...] = ()  # patterns with people that are not among these
    cut: str = ""  # what was left undone for its cost

    @property
    def surprising(self) -> tuple[PatternLeftOut, ...]:
        """The patterns whose count lies outside what the others foretold."""
        return tuple(each for each in self.patterns if each.surprising)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The checks that were made, in words."""
        found = []
        if len(self.patterns) > 0:
            found.append(_of_patterns(self))
        if len(self.unforetold) > 0:
            found.append(f"{self.method}: {unchecked(self.method, self.unforetold)}.")
        if len(self.lists) > 0:
            found.append(_of_lists(self))
        if self.cut != "":
            found.append(f"{self.method}: {self.cut}.")
        return tuple(found)


def crosscheck(table: OverlapTable, request: Request | None = None) -> tuple[Crosscheck, ...]:
    """The log-linear, graph and latent-class methods with each list or pattern left out in turn.

    Posterior predictive checks of what was held out (Gelfand, Dey and Chang 1992, Bayesian
    Statistics 4:147-167).
    """
    asked = Request() if request is None else request
    if len(grave_reasons(table)) > 0:
        return ()
    found = (_checked(table, method, asked) for method in METHODS)
    return tuple(each for each in found if len(each.sentences) > 0)


def patterns_left_out(
    table: OverlapTable, method: str, request: Request | None = None
) -> tuple[PatternLeftOut, ...] | None:
    """Each pattern's count against what one method foretells from the others.

    None where the method foretells no counts, or none of this table.
    """
    asked = Request() if request is None else request
    if len(grave_reasons(table)) > 0 or method not in METHODS:
        return None
    if method == "loglinear":
        model = chosen_model(table)
        return None if model is None else leave_out_patterns(table, model, asked.level)
    if len(table.lists) > MAX_LISTS[method]:
        return None
    if method == "graphs":
        return leave_out_patterns_of_graphs(table, asked.level)
    # Numba takes a second to load: only this method needs it
    from muniment.measure.latent_patterns import (  # noqa: PLC0415
        leave_out_patterns_of_classes,
    )

    return leave_out_patterns_of_classes(
        table, asked.level, seed=asked.seed, progress=asked.progress
    )


def unforetold(
    table: OverlapTable, patterns: tuple[PatternLeftOut, ...]
) -> tuple[tuple[str, ...], ...]:
    """The patterns with people that were not foretold."""
    held = (table.names(place) for place, count in enumerate(table.counts) if count > 0)
    known = {each.lists for each in patterns}
    return tuple(names for names in held if names not in known)


def unchecked(method: str, names: tuple[tuple[str, ...], ...]) -> str:
    """How many patterns could not be checked, and why."""
    return f"{len(names)} patterns with people could not be checked: {WHY_UNFORETOLD[method]}"


def _checked(table: OverlapTable, method: str, asked: Request) -> Crosscheck:
    """One method with each list and each pattern left out."""
    patterns = patterns_left_out(table, method, asked)
    if patterns is None:  # the method does not answer for the table as it stands
        return Crosscheck(method)
    few = len(table.lists) < THREE
    costly = method == "latent-class" and len(table.lists) > MOST_LISTS
    lists = () if few or costly else leave_out_lists(table, partial(_run, method, asked))
    cut = NOT_BY_LIST if costly else ""
    return Crosscheck(method, lists, patterns, unforetold(table, patterns), cut)


def _run(method: str, request: Request, table: OverlapTable) -> Outcome:
    if method == "latent-class":
        request = msgspec.structs.replace(request, chains=QUICK_CHAINS, draws=QUICK_DRAWS)
    return estimator(method).run(table, msgspec.structs.replace(request, drawn=False))


def _of_patterns(check: Crosscheck) -> str:
    number, outside = len(check.patterns), check.surprising
    began = f"{check.method}, the count of each of {number} patterns left out in turn: "
    if len(outside) == 0:
        return began + "every count lies where the others foretold it."
    ranked = sorted(outside, key=lambda each: -abs(each.count - each.predicted))
    named = "; ".join(_surprise(each) for each in ranked[:NAMED])
    more = f"; and {len(outside) - NAMED} more" if len(outside) > NAMED else ""
    does = "does" if len(outside) == 1 else "do"
    return (
        f"{began}{number - len(outside)} lie where the others foretold them, {len(outside)} {does} "
        f"not ({named}{more}). About {math.ceil(number / 20)} would not by chance."
    )


def _surprise(each: PatternLeftOut) -> str:
    low, high = each.interval
    return f"{' + '.join(each.lists)}: {each.count:,} counted, {low:,.0f} to {high:,.0f} foretold"


def _of_lists(check: Crosscheck) -> str:
    said = "; ".join(_without(each) for each in check.lists)
    refuted = [each.name for each in check.lists if each.contradicted]
    known = check.lists[0].known
    end = (
        f" Without {' and without '.join(refuted)} its interval ends below the {known:,} people "
        "who are known: people who were seen refute it there."
        if len(refuted) > 0
        else ""
    )
    return f"{check.method}, each list left out in turn: {said}.{end}"


def _without(each: ListLeftOut) -> str:
    if not isinstance(each.outcome, Estimate):
        return f"without {each.name} refused"
    low, high = each.outcome.interval
    upper = f"{high:,.0f}" if math.isfinite(high) else "no upper end"
    return f"without {each.name} {each.outcome.total:,.0f} ({low:,.0f} to {upper})"
