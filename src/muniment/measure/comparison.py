"""Several methods on one table, side by side, and the one-method answer of the command line.

- The answer of one method carries the disagreement of the others: `answer` runs the quick ones
  along and warns.
- Refusals stay in the comparison with their reasons.
"""

from collections.abc import Mapping, Sequence

import msgspec

from muniment.measure.bootstrap import Progress, silent
from muniment.measure.concord import Agreement, agreement
from muniment.measure.crosschecks import patterns_left_out
from muniment.measure.estimators import CHAINS, Request, estimator
from muniment.measure.predictive import PatternLeftOut
from muniment.measure.result import Diagnostics, Estimate, Outcome, Refusal
from muniment.measure.sparse_stepwise import stepwise_only
from muniment.measure.strata import Stratified, inhabited, stratified
from muniment.measure.table import OverlapTable

METHODS = ("loglinear", "sparse", "graphs", "latent-class", "chao")
QUICK = ("chao", "loglinear", "graphs", "latent-class")  # run beside any single method
QUICK_CHAINS, QUICK_DRAWS = 2, 1500
MANY_LISTS = 6  # above this a quick latent-class run is not quick


class Comparison(msgspec.Struct, frozen=True, eq=False):
    """What each method said."""

    observed: int
    outcomes: tuple[Outcome, ...]
    agreement: Agreement

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """The outcomes that are estimates."""
        return tuple(o for o in self.outcomes if isinstance(o, Estimate))

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The outcomes that are refusals."""
        return tuple(o for o in self.outcomes if isinstance(o, Refusal))


class ComparisonByStratum(msgspec.Struct, frozen=True, eq=False):
    """What each method said of every stratum, and of all of them together."""

    strata: tuple[tuple[str, Comparison], ...]
    everybody: Comparison  # the methods' sums


class StratumAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One method's answer for one stratum."""

    stratum: str
    observed: int
    estimate: float | None
    interval: tuple[float, float] | None
    refused: tuple[str, ...] | None = None


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One method's answer, as the command line prints it."""

    observed: int
    estimate: float | None  # people; None where refused
    interval: tuple[float, float] | None  # people; the upper end may be infinite
    method: str
    warnings: tuple[str, ...]
    diagnostics: Diagnostics
    refused: tuple[str, ...] | None = None  # why there is no honest estimate; else not printed
    strata: tuple[StratumAnswer, ...] | None = None  # not printed for a table without strata
    patterns: tuple[PatternLeftOut, ...] | None = None  # each foretold from the others, where asked


def estimate(
    table: OverlapTable, methods: Sequence[str] = METHODS, request: Request | None = None
) -> Comparison:
    """Every method's outcome on the table, and how far they agree.

    Raises `RequestError` for a method that does not exist.
    """
    asked = Request() if request is None else request
    outcomes = tuple(estimator(name).run(table, asked) for name in methods)
    return Comparison(table.observed, outcomes, agreement(outcomes))


def estimate_by_stratum(
    tables: Mapping[str, OverlapTable],
    methods: Sequence[str] = METHODS,
    request: Request | None = None,
) -> ComparisonByStratum:
    """Every method's outcome on each stratum, and its sum; a sum needs all of its strata."""
    asked = msgspec.structs.replace(Request() if request is None else request, drawn=True)
    found = {name: stratified_by(tables, name, asked) for name in methods}
    sums = tuple(
        msgspec.structs.replace(each.everybody, method=name) for name, each in found.items()
    )
    everybody = Comparison(sums[0].observed, sums, agreement(sums))
    strata = []
    for place, (stratum, first) in enumerate(found[methods[0]].strata):
        outcomes = tuple(each.strata[place][1] for each in found.values())
        strata.append((stratum, Comparison(first.observed, outcomes, agreement(outcomes))))
    return ComparisonByStratum(tuple(strata), everybody)


def stratified_by(tables: Mapping[str, OverlapTable], method: str, request: Request) -> Stratified:
    """One method on each stratum with a seed of its own, and the sum."""
    run = estimator(method).run
    return stratified(
        tables,
        lambda table, own: run(table, msgspec.structs.replace(request, seed=own)),
        seed=request.seed,
        level=request.level,
    )


def answer(  # noqa: PLR0913 - each is a choice that a person makes
    table: OverlapTable,
    method: str,
    *,
    seed: int = 0,
    chains: int = CHAINS,
    compare: bool = True,
    check: bool = False,
    progress: Progress = silent,
) -> Answer:
    """One method's answer at 95 %; with `compare` it warns where other methods disagree.

    With `check` it says how each pattern's count is foretold by the others (`patterns_left_out`).
    """
    request = Request(seed=seed, chains=chains, progress=progress)
    outcome = estimator(method).run(table, request)
    if isinstance(outcome, Refusal):
        return Answer(table.observed, None, None, method, (), Diagnostics(), outcome.reasons)
    warned = outcome.warnings
    if compare:
        found = agreement((outcome, *_beside(table, method, seed))).warning
        warned = warned if found is None else (found, *warned)
    return Answer(
        table.observed,
        outcome.total,
        outcome.interval,
        method,
        warned,
        outcome.diagnostics,
        patterns=patterns_left_out(table, method, request) if check else None,
    )


def answer_by_stratum(  # noqa: PLR0913 - each is a choice that a person makes
    tables: Mapping[str, OverlapTable],
    method: str,
    *,
    seed: int = 0,
    chains: int = CHAINS,
    compare: bool = True,
    progress: Progress = silent,
) -> Answer:
    """One method's answer for each stratum, and their sum at 95 %.

    One stratum without an honest estimate leaves the sum without one, and the reason names it.
    """
    request = Request(seed=seed, chains=chains, drawn=True, progress=progress)
    found = stratified_by(tables, method, request)
    strata = tuple(_of_stratum(name, outcome) for name, outcome in found.strata)
    everybody = found.everybody
    if isinstance(everybody, Refusal):
        nothing = Diagnostics()
        return Answer(
            everybody.observed, None, None, method, (), nothing, everybody.reasons, strata
        )
    warned = list(everybody.warnings)
    for name, outcome in found.strata if compare else ():
        others = _beside(inhabited(tables[name]), method, seed)
        disagreement = agreement((outcome, *others)).warning
        if disagreement is not None:
            warned.insert(0, f"stratum {name}: {disagreement}")
    return Answer(
        everybody.observed,
        everybody.total,
        everybody.interval,
        method,
        tuple(warned),
        _worst(found.strata),
        None,
        strata,
    )


def _of_stratum(name: str, outcome: Outcome) -> StratumAnswer:
    if isinstance(outcome, Refusal):
        return StratumAnswer(name, outcome.observed, None, None, outcome.reasons)
    return StratumAnswer(name, outcome.observed, outcome.total, outcome.interval)


def _worst(pairs: Sequence[tuple[str, Outcome]]) -> Diagnostics:
    """The largest R-hat and the smallest effective size of all strata."""
    made = [outcome.diagnostics for _, outcome in pairs if isinstance(outcome, Estimate)]
    return Diagnostics(
        rhat=max((d.rhat for d in made if d.rhat is not None), default=None),
        ess=min((d.ess for d in made if d.ess is not None), default=None),
        chains=max((d.chains for d in made if d.chains is not None), default=None),
    )


def _beside(table: OverlapTable, method: str, seed: int) -> list[Outcome]:
    """Quick runs of the methods other than this one."""
    quick = Request(seed=seed, chains=QUICK_CHAINS, draws=QUICK_DRAWS)
    others = [name for name in QUICK if name != method]
    if len(table.lists) > MANY_LISTS:
        others = [name for name in others if name != "latent-class"]
    outcomes = [estimator(name).run(table, quick) for name in others]
    if method != "sparse":
        outcomes.append(stepwise_only(table))
    return outcomes
