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
from muniment.measure.loglinear_choice import chosen_model
from muniment.measure.predictive import (
    ListLeftOut,
    PatternLeftOut,
    leave_out_lists,
    leave_out_patterns,
)
from muniment.measure.result import Estimate, Outcome
from muniment.measure.table import OverlapTable

BY_LIST = ("loglinear", "graphs")  # quick enough to be run once for every list
NAMED = 4  # surprises named in a sentence
MOST_LISTS = 6  # up to which the latent classes are fitted anew for each pattern beside an answer
THREE = 3  # lists, below which nothing is left to compare when one goes


class Crosscheck(msgspec.Struct, frozen=True, eq=False):
    """One method on what was left out; what the method refuses is not in it."""

    method: str
    lists: tuple[ListLeftOut, ...] = ()
    patterns: tuple[PatternLeftOut, ...] = ()

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
        if len(self.lists) > 0:
            found.append(_of_lists(self))
        return tuple(found)


def crosscheck(table: OverlapTable, request: Request | None = None) -> tuple[Crosscheck, ...]:
    """The log-linear, graph and latent-class methods with each list or pattern left out in turn."""
    asked = Request() if request is None else request
    if len(grave_reasons(table)) > 0:
        return ()
    # Numba takes a second to load: only this method needs it
    from muniment.measure.latent_patterns import (  # noqa: PLC0415
        leave_out_patterns_of_classes,
    )

    found = []
    for method in BY_LIST if len(table.lists) >= THREE else ():
        lists = leave_out_lists(table, partial(_run, method, asked))
        model = chosen_model(table) if method == "loglinear" else None
        patterns = () if model is None else leave_out_patterns(table, model, asked.level)
        found.append(Crosscheck(method, lists, patterns))
    patterns = leave_out_patterns_of_classes(
        table,
        asked.level,
        seed=asked.seed,
        progress=asked.progress,
    )
    return tuple(c for c in (*found, Crosscheck("latent-class", (), patterns)) if c.sentences)


def patterns_left_out(
    table: OverlapTable, method: str, request: Request | None = None
) -> tuple[PatternLeftOut, ...] | None:
    """Each pattern's count against what one method foretells from the others.

    None where the method foretells no counts, and for latent classes above six lists, where that
    takes many minutes (`crosscheck` does it all the same).
    """
    asked = Request() if request is None else request
    if len(grave_reasons(table)) > 0:
        return None
    if method == "loglinear":
        model = chosen_model(table)
        return None if model is None else leave_out_patterns(table, model, asked.level)
    if method != "latent-class" or len(table.lists) > MOST_LISTS:
        return None
    # Numba takes a second to load: only this method needs it
    from muniment.measure.latent_patterns import (  # noqa: PLC0415
        leave_out_patterns_of_classes,
    )

    return leave_out_patterns_of_classes(
        table, asked.level, seed=asked.seed, progress=asked.progress
    )


def _run(method: str, request: Request, table: OverlapTable) -> Outcome:
    return estimator(method).run(table, request)


def _of_patterns(check: Crosscheck) -> str:
    number, outside = len(check.patterns), check.surprising
    began = f"{check.method}, the count of each of {number} patterns left out in turn: "
    if len(outside) == 0:
        return began + "every count lies where the others foretold it."
    ranked = sorted(outside, key=lambda each: -abs(each.count - each.predicted))
    named = "; ".join(_surprise(each) for each in ranked[:NAMED])
    more = f"; and {len(outside) - NAMED} more" if len(outside) > NAMED else ""
    return (
        f"{began}{number - len(outside)} lie where the others foretold them, {len(outside)} do "
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
