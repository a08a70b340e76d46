"""The estimators by name, each called in one way.

- An estimator takes a table and a request and returns an `Estimate` or a `Refusal`; it never raises
  for what a table may hold.
- `rests_on` is its assumption in words, for the report.
"""

from collections.abc import Callable

import msgspec

from muniment.measure.bootstrap import Progress, silent
from muniment.measure.chao import chao_lower_bound
from muniment.measure.coverage import sample_coverage
from muniment.measure.decomposable import graphs
from muniment.measure.dual import chapman, lincoln_petersen
from muniment.measure.errors import RequestError
from muniment.measure.loglinear_choice import loglinear
from muniment.measure.mth import heterogeneity
from muniment.measure.result import Outcome
from muniment.measure.sparse_stepwise import sparse
from muniment.measure.table import OverlapTable

CHAINS = 4
DRAWS = 10_000
REPLICATES = 1000  # as many as the authors of the stepwise method make


class Request(msgspec.Struct, frozen=True):
    """How to compute: what every estimator may need."""

    level: float = 0.95
    seed: int = 0
    chains: int = CHAINS
    draws: int = DRAWS  # of each chain
    replicates: int = REPLICATES  # bootstrap resamples
    drawn: bool = False  # the estimate must carry draws, to be added up or mixed
    progress: Progress = silent


class Estimator(msgspec.Struct, frozen=True):
    """A method of estimation."""

    name: str
    run: Callable[[OverlapTable, Request], Outcome]
    rests_on: str


def _latent_class(table: OverlapTable, request: Request) -> Outcome:
    # Numba takes a second to load: only this method needs it
    from muniment.measure.latent import latent_class  # noqa: PLC0415

    return latent_class(
        table,
        request.level,
        seed=request.seed,
        chains=request.chains,
        draws=request.draws,
        progress=request.progress,
    )


def _sparse(table: OverlapTable, request: Request) -> Outcome:
    return sparse(
        table,
        request.level,
        seed=request.seed,
        replicates=request.replicates,
        progress=request.progress,
    )


def _loglinear(table: OverlapTable, request: Request) -> Outcome:
    return loglinear(
        table,
        request.level,
        interval="bootstrap" if request.drawn else "profile",
        seed=request.seed,
        replicates=request.replicates,
        progress=request.progress,
    )


ESTIMATORS: tuple[Estimator, ...] = (
    Estimator(
        "loglinear",
        _loglinear,
        "dependence between lists is between pairs, as the chosen model has it; no dependence "
        "joins all lists at once",
    ),
    Estimator(
        "sparse",
        _sparse,
        "dependence between lists is between the few pairs whose overlap departs from chance",
    ),
    Estimator(
        "graphs",
        lambda table, request: graphs(table, request.level, seed=request.seed),
        "dependence between lists follows some decomposable graph, all equally likely beforehand, "
        "with a thin prior on every pattern",
    ),
    Estimator(
        "latent-class",
        _latent_class,
        "people are of a few kinds; within a kind lists are independent and everybody is equally "
        "likely to be on a list",
    ),
    Estimator(
        "heterogeneity",
        lambda table, request: heterogeneity(table, request.level),
        "lists are independent for one person; people differ in how easily they are listed, in an "
        "assumed shape",
    ),
    Estimator(
        "chao",
        lambda table, request: chao_lower_bound(table, request.level, seed=request.seed),
        "people differ in how easily they are listed and lists do not avoid each other; it bounds "
        "the number from below",
    ),
    Estimator(
        "sample-coverage",
        lambda table, request: sample_coverage(
            table, request.level, seed=request.seed, replicates=request.replicates
        ),
        "three lists; dependence enters through the covariation of pairs of lists",
    ),
    Estimator(
        "lincoln-petersen",
        lambda table, request: lincoln_petersen(table, request.level, seed=request.seed),
        "two lists that are independent, everybody equally likely to be on a list",
    ),
    Estimator(
        "chapman",
        lambda table, request: chapman(table, request.level, seed=request.seed),
        "two lists that are independent, everybody equally likely to be on a list",
    ),
)


def estimator(name: str) -> Estimator:
    """The estimator of this name; `RequestError` names those there are."""
    for found in ESTIMATORS:
        if found.name == name:
            return found
    raise RequestError(f"no method is called {name!r}: {', '.join(e.name for e in ESTIMATORS)}")
