"""A comparison in plain language: what was estimated, assumed, and what disagrees.

- The estimand comes first, in the user's words: who, where, when. A number without it is not
  printed.
- Every method's figure stands with its interval and its assumption; refusals stand with their
  reasons.
- Where methods disagree the report says so before any figure, and offers the range.
"""

import math
from collections.abc import Mapping, Sequence

from muniment.measure.comparison import Comparison, ComparisonByStratum
from muniment.measure.concord import BOUNDS
from muniment.measure.crosschecks import Crosscheck
from muniment.measure.errors import RequestError
from muniment.measure.estimators import estimator
from muniment.measure.result import Estimate

POPULATION = (
    "All methods assume that the population does not change while the lists are made, that records "
    "of one person were recognised as one, and that nobody is on a list who does not belong to the "
    "population."
)
CHANCE = (
    "An interval holds what chance in who was listed can do under its method's assumptions. It "
    "does not hold errors of linkage, of definition, or the wrong choice of method."
)

SUMMED = (
    "A sum is made from draws of every stratum, added; ends of intervals are not added. A method "
    "that has no estimate for one stratum has none for the sum."
)


def report(
    comparison: Comparison,
    estimand: str,
    crosschecks: Sequence[Crosscheck] = (),
    remarks: Sequence[str] = (),
) -> str:
    """The comparison as paragraphs of text; `estimand` says who is counted, where and when.

    `remarks` say what was cut of the plots beside it.
    """
    said = _body(comparison, crosschecks)
    parts = (_estimated(estimand), *said, *map(_remark, remarks), POPULATION, CHANCE)
    return "\n\n".join(parts) + "\n"


def report_by_stratum(
    found: ComparisonByStratum,
    estimand: str,
    crosschecks: Mapping[str, Sequence[Crosscheck]] | None = None,
    remarks: Sequence[str] = (),
) -> str:
    """The comparison of the sum, then that of each stratum."""
    checks = {} if crosschecks is None else crosschecks
    parts = [_estimated(estimand), f"Strata: {', '.join(name for name, _ in found.strata)}."]
    parts += ["ALL STRATA TOGETHER", SUMMED, *_body(found.everybody, ())]
    for name, comparison in found.strata:
        parts += [f"STRATUM {name}", *_body(comparison, checks.get(name, ()))]
    return "\n\n".join((*parts, *map(_remark, remarks), POPULATION, CHANCE)) + "\n"


def _estimated(estimand: str) -> str:
    if estimand.strip() == "":
        raise RequestError("a report needs its estimand: who is counted, where, and when")
    return f"Estimated: {estimand.strip()}."


def _body(comparison: Comparison, crosschecks: Sequence[Crosscheck]) -> tuple[str, ...]:
    parts = [_seen(comparison), _verdict(comparison)]
    parts += [_method(estimate) for estimate in comparison.estimates]
    parts += [
        f"{refusal.method}: no estimate. " + _sentence("; ".join(refusal.reasons))
        for refusal in comparison.refusals
    ]
    parts += [f"Check of {sentence}" for each in crosschecks for sentence in each.sentences]
    parts += _warnings(comparison.estimates)
    return tuple(parts)


def _seen(comparison: Comparison) -> str:
    return f"Counted: {comparison.observed:,} different people on at least one list."


def _verdict(comparison: Comparison) -> str:
    found = comparison.agreement
    if len(comparison.estimates) == 0:
        return "No method gives an honest estimate from these lists."
    if found.verdict == "disagree":
        low, high = found.totals[0][1], found.totals[-1][1]
        return (
            f"The methods disagree: estimates run from {low:,.0f} to {high:,.0f} people. The table "
            "does not decide between their assumptions; no single figure should be quoted alone."
        )
    if found.verdict == "one method":
        return "One method answered; nothing here tests its assumption."
    agreed = f"The methods agree within a factor of {found.ratio:.2f}."
    warned = found.warning
    return agreed if warned is None else f"{agreed} But {_sentence(warned)}"


def _warnings(estimates: Sequence[Estimate]) -> list[str]:
    """Each warning once, with the methods it is of unless every method gave it."""
    given: dict[str, list[str]] = {}
    for estimate in estimates:
        for warning in estimate.warnings:
            given.setdefault(warning, []).append(estimate.method)
    parts = []
    for warning, methods in given.items():
        everyone = len(methods) == len(estimates) > 1
        of = "" if everyone else f" ({', '.join(methods)})"
        parts.append(f"Warning{of}: {_sentence(warning)}")
    return parts


def _method(estimate: Estimate) -> str:
    low, high = estimate.interval
    end = "no upper end" if math.isinf(high) else f"{high:,.0f}"
    least = "at least about " if estimate.method in BOUNDS else ""
    return (
        f"{estimate.method}: {least}{estimate.total:,.0f} people, {estimate.level:.0%} "
        f"{estimate.kind} interval {low:,.0f} to {end} ({estimate.model}). "
        f"Assumes: {_sentence(estimator(estimate.method).rests_on)}"
    )


def _remark(text: str) -> str:
    return _sentence(text[:1].upper() + text[1:])


def _sentence(text: str) -> str:
    return text if text.endswith(".") else text + "."
