"""Several methods on one table, side by side.

- Refusals stay in the comparison with their reasons.
"""

from collections.abc import Mapping, Sequence

import msgspec

from muniment.measure.concord import Agreement, agreement
from muniment.measure.estimators import Request, estimator
from muniment.measure.result import Estimate, Outcome, Refusal
from muniment.measure.strata import Stratified, stratified
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
