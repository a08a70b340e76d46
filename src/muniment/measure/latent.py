"""The latent-class estimate: people of different kinds, each kind listed in its own way.

- Manrique-Vallier (2016, Biometrics 72:1246), with its priors and defaults: K = 10 classes, a
  Gamma(1/4, 1/4) prior on the concentration, prior 1/N. The unseen people are at most 20 times the
  observed, as in the reference implementation, and the warnings say when this limit shapes the
  answer.
- Several chains by default, each started by its own tempered search and drawn from the coldest of
  three heats: a cold chain alone may never see a second explanation, and then looks mixed. Where
  chains disagree (R-hat above 1.005) or an interval's end rests on few visits, all are run again on
  six heats; what still disagrees is reported, not averaged away.
- Every list doubles the patterns and so the work. Beyond six lists there are only as many draws as
  a set amount of work allows (work, not time, so that a seed still gives the same bits), and a
  warning where that is fewer than were asked for.
"""

import math
from collections.abc import Sequence

import msgspec
import numpy as np

from muniment.measure.bootstrap import Progress, silent
from muniment.measure.checks import grave_reasons, warnings
from muniment.measure.convergence import effective_size, rhat, tail_size
from muniment.measure.errors import RequestError
from muniment.measure.latent_kernel import (
    FEWEST_LEAPS,
    Ladder,
    Problem,
    coldest,
    draw,
    problem,
    search,
)
from muniment.measure.living import of_the_living
from muniment.measure.result import Diagnostics, Estimate, Floats, Outcome, Refusal, quantiles
from muniment.measure.table import OverlapTable

METHOD = "latent-class"
MAX_LISTS = 12  # the density sums over all patterns: 4,096 of them leave few draws to a minute
UNBOUNDED_LISTS = 6  # up to which all draws asked for are made: 40,000 take 10 s
WORK = 10e9  # of the first run, and of the second: shares of a pattern in a class, 2 ns each
FEWEST_DRAWS = 100  # of a chain, however much work they are
BESIDES = 2  # densities computed in a sweep beside the leapfrog steps
CAP = 20  # unseen people at most, in times the observed
CLASSES = 10
HEATS = np.geomspace(1.0, 0.02, 10)
FIRST, SECOND = 3, 6  # heats drawn with, down to 0.42; and where that is not enough, to 0.11
SEARCH_TURNS = 300
SEARCH_LEAPS, LEAPS = 20, 30  # mean numbers of leapfrog steps of the coldest chain
DISAGREE = 1.005  # R-hat above which the chains are run again, hotter
ROUGH = 0.05  # effective size of an interval's end, in draws of one chain, below which too
UNMIXED = 1.05  # R-hat above which the draws are not one distribution
FEW = 400.0  # effective draws below which the ends of a 95 % interval are rough
AT_CAP = 0.75  # share of the cap above which a median says where the cap is, not how many people
NEAR_CAP = 0.9  # share of the cap at which an interval's end is called shaped by it


@of_the_living
def latent_class(  # noqa: PLR0913 - keyword-only options with defaults
    table: OverlapTable,
    level: float = 0.95,
    *,
    seed: int = 0,
    chains: int = 4,
    draws: int = 10_000,
    classes: int = CLASSES,
    cap: int | None = None,
    bounded: bool = True,
    work: float = WORK,
    progress: Progress = silent,
) -> Outcome:
    """The posterior median and central interval of the number of people.

    P(pattern x) = sum_k pi_k prod_j lambda_kj^x_j (1 - lambda_kj)^(1 - x_j), with sticks
    pi_k = V_k prod_(h<k) (1 - V_h), V_k ~ Beta(1, a), a ~ Gamma(1/4, 1/4), lambda ~ Beta(1, 1) and
    P(N) ~ 1/N (Manrique-Vallier 2016, Biometrics 72:1246-1254, section 3: model and priors). Read
    R-hat before the figure: above 1.05 the draws are not one distribution.

    Beyond six lists `draws` are the most that are made, within this much work for each of the two
    runs; `bounded=False` makes them all, however long that takes.
    """
    reasons = _reasons(table)
    if len(reasons) > 0:
        return Refusal(METHOD, table.observed, reasons)
    if min(chains, draws - 7, classes - 1) < 1:
        raise RequestError("at least one chain, eight draws and two classes are needed")
    limit = CAP * table.observed if cap is None else cap
    totals, again = sample(
        table,
        seed=seed,
        chains=chains,
        draws=draws,
        classes=classes,
        cap=limit,
        work=work if bounded and len(table.lists) > UNBOUNDED_LISTS else math.inf,
        progress=progress,
    )
    return _told(_Asked(table, level, draws, classes, limit), totals, again=again)


class _Asked(msgspec.Struct, frozen=True):
    """What was asked of the sampler."""

    table: OverlapTable
    level: float
    draws: int  # of each chain, at most
    classes: int
    limit: int  # unseen people at most


def _reasons(table: OverlapTable) -> tuple[str, ...]:
    reasons = grave_reasons(table)
    if len(table.lists) <= MAX_LISTS:
        return reasons
    return (*reasons, f"latent classes are fitted up to {MAX_LISTS} lists")


def _told(asked: _Asked, totals: Floats, *, again: bool) -> Outcome:
    """The draws as an estimate, or as a refusal where the limit would be the answer."""
    table, limit = asked.table, asked.limit
    low, middle, high = quantiles(totals, asked.level)
    if middle - table.observed > AT_CAP * limit:
        reason = (
            f"the draws pile up at the limit of {limit:,} unseen people: it would be the answer"
        )
        return Refusal(METHOD, table.observed, (reason,))
    diagnostics = Diagnostics(
        rhat=rhat(totals),
        ess=effective_size(totals),
        chains=len(totals),
        prior=f"{asked.classes} classes, a ~ Gamma(1/4, 1/4), n0 up to {limit}",
    )
    return Estimate(
        method=METHOD,
        model=f"{asked.classes} latent classes, stick-breaking prior"
        + (", run again on more heats" if again else ""),
        observed=table.observed,
        total=middle,
        interval=(low, high),
        level=asked.level,
        kind="credible",
        warnings=(
            *_fewer(totals.shape[1], asked.draws, len(table.lists)),
            *_warnings(table, diagnostics, high, limit, cut=totals.shape[1] < asked.draws),
            *warnings(table),
        ),
        diagnostics=diagnostics,
        draws=totals,
    )


def sample(  # noqa: PLR0913 - keyword-only parts of one request
    table: OverlapTable,
    *,
    seed: int,
    chains: int,
    draws: int,
    classes: int = CLASSES,
    cap: int,
    work: float = math.inf,
    progress: Progress = silent,
) -> tuple[Floats, bool]:
    """((chains, draws) of the number of people, whether the longer ladder was needed).

    There are fewer draws where all of them would be more than the work of the first or the second
    run: that of both ladders is known before they are drawn from.
    """
    posed = problem(np.array(table.counts, dtype=np.float64), float(cap), classes)
    generators = [
        np.random.Generator(np.random.PCG64(part))
        for part in np.random.SeedSequence(seed).spawn(chains)
    ]
    rounds = 3 * chains
    ladders: list[Ladder] = []
    for rng in generators:
        ladders.append(search(posed, HEATS, SEARCH_TURNS, SEARCH_LEAPS, rng))
        progress(len(ladders), rounds)
    made = affordable(ladders, posed, FIRST, draws, work)
    totals = np.empty((chains, made))
    for number, (ladder, rng) in enumerate(zip(ladders, generators, strict=True)):
        totals[number] = draw(coldest(ladder, FIRST), posed, LEAPS, made, rng)[0]
        progress(chains + number + 1, rounds)
    if chains == 1 or (rhat(totals) <= DISAGREE and tail_size(totals) >= made * ROUGH):
        progress(rounds, rounds)
        return totals, False
    made = affordable(ladders, posed, SECOND, draws, work)
    totals = np.empty((chains, made))
    for number, (ladder, rng) in enumerate(zip(ladders, generators, strict=True)):
        totals[number] = draw(coldest(ladder, SECOND), posed, LEAPS, made, rng)[0]
        progress(2 * chains + number + 1, rounds)
    return totals, True


def search_work(size: int) -> float:
    """The work of one chain's search, by the number of classes times that of patterns."""
    return float(SEARCH_TURNS * len(HEATS) * (SEARCH_LEAPS + BESIDES) * size)


def sweep_work(ladder: Ladder, posed: Problem, heats: int) -> float:
    """The work of one draw of a chain, by the tuned step lengths of its heats."""
    steps = ladder.steps[:heats]
    leaps = np.maximum(FEWEST_LEAPS, LEAPS * np.minimum(1.0, steps[0] / steps))
    return (float(leaps.sum()) + BESIDES * len(steps)) * posed.shares.size


def affordable(
    ladders: Sequence[Ladder], posed: Problem, heats: int, draws: int, work: float
) -> int:
    """Draws of each chain that this much work allows, at most those asked for."""
    number = work / sum(sweep_work(ladder, posed, heats) for ladder in ladders)
    return draws if number >= draws else min(draws, max(FEWEST_DRAWS, int(number)))


def _fewer(made: int, asked: int, lists: int) -> tuple[str, ...]:
    if made == asked:
        return ()
    number = f"{made:,} draws of each chain instead of {asked:,}"
    return (f"{number}: {lists} lists are much work, and R-hat and ESS are those of these draws",)


def _warnings(
    table: OverlapTable, diagnostics: Diagnostics, high: float, limit: int, *, cut: bool
) -> tuple[str, ...]:
    found: list[str] = []
    ratio, effective = diagnostics.rhat, diagnostics.ess
    if ratio is not None and ratio > UNMIXED:
        why = "the posterior has separate explanations, and their weights are not settled"
        if cut:
            why = "they are too short, or the posterior has separate explanations"
        found.append(f"the chains disagree (R-hat {ratio:.2f}): {why}")
    if effective is not None and effective < FEW:
        found.append(f"only {effective:.0f} effective draws: the interval's ends are rough")
    if high - table.observed > NEAR_CAP * limit:
        found.append(f"the interval runs into the limit of {limit} unseen people")
    if diagnostics.chains == 1:
        found.append("one chain cannot show whether it missed another explanation: run several")
    return tuple(found)
