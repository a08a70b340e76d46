"""The answer of one method as the command line prints it, with what other methods say beside it.

- The answer of one method carries the disagreement of the others: `answer` runs the quick ones
  along and warns.
- Where all methods were run, for a report, the answer is made from what they said: nothing is
  computed twice, so that every figure of the report is one of the answer.
"""

from collections.abc import Mapping, Sequence

import msgspec

from muniment.measure.bootstrap import Progress, silent
from muniment.measure.comparison import Comparison, ComparisonByStratum, stratified_by
from muniment.measure.concord import agreement
from muniment.measure.crosschecks import (
    METHODS as CHECKED,
)
from muniment.measure.crosschecks import (
    QUICK_CHAINS,
    QUICK_DRAWS,
    Crosscheck,
    patterns_left_out,
    unchecked,
    unforetold,
)
from muniment.measure.errors import RequestError
from muniment.measure.estimators import CHAINS, Request, estimator
from muniment.measure.predictive import ListLeftOut, PatternLeftOut
from muniment.measure.result import Diagnostics, Estimate, Outcome, Refusal
from muniment.measure.sparse_stepwise import stepwise_only
from muniment.measure.strata import inhabited
from muniment.measure.table import OverlapTable

QUICK = ("chao", "loglinear", "graphs", "latent-class")  # run beside any single method
MANY_LISTS = 6  # above this a quick latent-class run is not quick


class WithoutList(msgspec.Struct, frozen=True, omit_defaults=True):
    """A method's figure from the other lists."""

    list: str
    estimate: float | None
    interval: tuple[float, float] | None
    contradicted: bool  # it ends below the people known
    refused: tuple[str, ...] | None = None


class MethodAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one of several methods said, as its paragraph of the report tells it."""

    method: str
    estimate: float | None
    interval: tuple[float, float] | None
    model: str = ""
    warnings: tuple[str, ...] = ()
    refused: tuple[str, ...] | None = None
    without: tuple[WithoutList, ...] | None = None  # each list left out in turn
    patterns: tuple[PatternLeftOut, ...] | None = None  # each count left out in turn
    remarks: tuple[str, ...] = ()  # what of this could not be done, or was left undone


class StratumAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One method's answer for one stratum."""

    stratum: str
    observed: int
    estimate: float | None
    interval: tuple[float, float] | None
    refused: tuple[str, ...] | None = None
    patterns: tuple[PatternLeftOut, ...] | None = None
    methods: tuple[MethodAnswer, ...] | None = None


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
    methods: tuple[MethodAnswer, ...] | None = None  # all of them, where all were run


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
    refused = isinstance(outcome, Refusal)
    outcomes = (outcome, *(_beside(table, method, seed) if compare and not refused else ()))
    patterns = patterns_left_out(table, method, request) if check and not refused else None
    warned = () if patterns is None else _unchecked(table, method, patterns)
    found = _answered(Comparison(table.observed, outcomes, agreement(outcomes)), outcome, method)
    return msgspec.structs.replace(found, patterns=patterns, warnings=(*found.warnings, *warned))


def answered(comparison: Comparison, method: str, crosschecks: Sequence[Crosscheck] = ()) -> Answer:
    """The answer of one of the methods that were compared, with all of them beside it."""
    outcome = _of(comparison, method)
    found = _answered(comparison, outcome, method)
    methods = _methods(comparison, crosschecks)
    own = next(each for each in methods if each.method == method)
    return msgspec.structs.replace(
        found,
        patterns=own.patterns,
        methods=methods,
        warnings=(*found.warnings, *own.remarks),
    )


def answer_by_stratum(  # noqa: PLR0913 - each is a choice that a person makes
    tables: Mapping[str, OverlapTable],
    method: str,
    *,
    seed: int = 0,
    chains: int = CHAINS,
    compare: bool = True,
    check: bool = False,
    progress: Progress = silent,
) -> Answer:
    """One method's answer for each stratum, and their sum at 95 %.

    One stratum without an honest estimate leaves the sum without one, and the reason names it.
    """
    request = Request(seed=seed, chains=chains, drawn=True, progress=progress)
    found = stratified_by(tables, method, request)
    compared = []
    for name, outcome in found.strata:
        wanted = compare and isinstance(found.everybody, Estimate)
        beside = _beside(inhabited(tables[name]), method, seed) if wanted else ()
        outcomes = (outcome, *beside)
        compared.append((name, Comparison(outcome.observed, outcomes, agreement(outcomes))))
    everybody = msgspec.structs.replace(found.everybody, method=method)
    alone = Comparison(everybody.observed, (everybody,), agreement((everybody,)))
    summed = _summed(ComparisonByStratum(tuple(compared), alone), method)
    return _checked(summed, tables, method, request) if check else summed


def answered_by_stratum(
    found: ComparisonByStratum,
    method: str,
    crosschecks: Mapping[str, Sequence[Crosscheck]] | None = None,
) -> Answer:
    """The answer of one of the methods that were compared in every stratum, and their sums."""
    checks = {} if crosschecks is None else crosschecks
    summed = _summed(found, method)
    strata = []
    for stratum, (name, comparison) in zip(summed.strata or (), found.strata, strict=True):
        methods = _methods(comparison, checks.get(name, ()))
        own = next(each for each in methods if each.method == method)
        strata.append(msgspec.structs.replace(stratum, methods=methods, patterns=own.patterns))
    methods = _methods(found.everybody, ())
    return msgspec.structs.replace(summed, strata=tuple(strata), methods=methods)


def _of(comparison: Comparison, method: str) -> Outcome:
    for outcome in comparison.outcomes:
        if outcome.method == method:
            return outcome
    raise RequestError(f"{method!r} is not among the methods that were compared")


def _answered(comparison: Comparison, outcome: Outcome, method: str) -> Answer:
    """One outcome, and where the others disagree with it."""
    if isinstance(outcome, Refusal):
        return Answer(comparison.observed, None, None, method, (), Diagnostics(), outcome.reasons)
    warned = comparison.agreement.warning
    return Answer(
        comparison.observed,
        outcome.total,
        outcome.interval,
        method,
        outcome.warnings if warned is None else (warned, *outcome.warnings),
        outcome.diagnostics,
    )


def _summed(found: ComparisonByStratum, method: str) -> Answer:
    """The sum's answer, with each stratum's, and the strata in which methods disagree."""
    outcomes = [(name, _of(comparison, method)) for name, comparison in found.strata]
    summed = _answered(found.everybody, _of(found.everybody, method), method)
    apart = tuple(
        f"stratum {name}: {comparison.agreement.warning}"
        for name, comparison in found.strata
        if comparison.agreement.warning is not None
    )
    return msgspec.structs.replace(
        summed,
        warnings=(*apart, *summed.warnings) if summed.refused is None else (),
        diagnostics=_worst(outcomes) if summed.refused is None else Diagnostics(),
        strata=tuple(_of_stratum(name, outcome) for name, outcome in outcomes),
    )


def _checked(
    found: Answer, tables: Mapping[str, OverlapTable], method: str, request: Request
) -> Answer:
    """The same with each stratum's patterns foretold from the others of the stratum."""
    strata, warned = [], list(found.warnings)
    for each in found.strata or ():
        table = inhabited(tables[each.stratum])
        patterns = patterns_left_out(table, method, request) if each.refused is None else None
        strata.append(msgspec.structs.replace(each, patterns=patterns))
        unknown = () if patterns is None else _unchecked(table, method, patterns)
        warned += [f"stratum {each.stratum}: {said}" for said in unknown]
    return msgspec.structs.replace(found, strata=tuple(strata), warnings=tuple(warned))


def _unchecked(
    table: OverlapTable, method: str, patterns: tuple[PatternLeftOut, ...]
) -> tuple[str, ...]:
    names = unforetold(table, patterns)
    return (unchecked(method, names),) if len(names) > 0 and method in CHECKED else ()


def _methods(comparison: Comparison, crosschecks: Sequence[Crosscheck]) -> tuple[MethodAnswer, ...]:
    checks = {each.method: each for each in crosschecks}
    return tuple(_told(outcome, checks.get(outcome.method)) for outcome in comparison.outcomes)


def _told(outcome: Outcome, check: Crosscheck | None) -> MethodAnswer:
    """What a method said, and what it foretold where that was checked."""
    if isinstance(outcome, Refusal):
        told = MethodAnswer(outcome.method, None, None, refused=outcome.reasons)
    else:
        told = MethodAnswer(
            outcome.method, outcome.total, outcome.interval, outcome.model, outcome.warnings
        )
    if check is None:
        return told
    remarks = () if check.cut == "" else (check.cut,)
    if len(check.unforetold) > 0:
        remarks = (unchecked(check.method, check.unforetold), *remarks)
    return msgspec.structs.replace(
        told,
        without=tuple(_without(each) for each in check.lists),
        patterns=check.patterns,
        remarks=remarks,
    )


def _without(left: ListLeftOut) -> WithoutList:
    if isinstance(left.outcome, Refusal):
        return WithoutList(left.name, None, None, left.contradicted, left.outcome.reasons)
    outcome = left.outcome
    return WithoutList(left.name, outcome.total, outcome.interval, left.contradicted)


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
