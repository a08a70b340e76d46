"""The same method under other settings: what the answer owes to choices nobody can check.

- Each curve keeps the setting beside its outcome, so that a plot needs nothing else.
- What was cut for its cost stands with its setting: a curve never looks more complete than it is.
"""

import math
from collections.abc import Sequence

import msgspec

from muniment.measure.decomposable import graphs
from muniment.measure.estimators import Request
from muniment.measure.result import Outcome, Refusal
from muniment.measure.table import OverlapTable

DELTAS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)  # in units of 2^-k, the default
CLASSES = (3, 5, 10, 20)
WORK = 12e9  # of all numbers of classes above six lists: shares of a pattern in a class, 2 ns each
RUNS = 2  # of one fit at most, each with this much work


class Setting(msgspec.Struct, frozen=True, eq=False):
    """One setting and what the method said under it."""

    name: str
    value: float
    outcome: Outcome
    cut: str = ""  # why there is no estimate, or what of it was left undone


def remarks(settings: Sequence[Setting]) -> tuple[str, ...]:
    """What was cut, each with the settings it is of."""
    cuts: dict[str, list[str]] = {}
    for setting in settings:
        if setting.cut != "":
            cuts.setdefault(setting.cut, []).append(f"{setting.value:.2g}")
    return tuple(f"{settings[0].name} {', '.join(values)}: {cut}" for cut, values in cuts.items())


def prior_weight(
    table: OverlapTable, deltas: Sequence[float] = DELTAS, level: float = 0.95
) -> tuple[Setting, ...]:
    """The graph method under prior weights of these multiples of 2^-k on every pattern.

    Madigan and York (1997, Biometrika 84:19-31, section 3): the hyper-Dirichlet's delta.
    """
    unit = 2.0 ** -len(table.lists)
    return tuple(_weighed(table, level, delta * unit) for delta in sorted(deltas))


def _weighed(table: OverlapTable, level: float, delta: float) -> Setting:
    outcome = graphs(table, level, delta=delta)
    cut = "; ".join(outcome.reasons) if isinstance(outcome, Refusal) else ""
    return Setting("delta", delta, outcome, cut)


def number_of_classes(
    table: OverlapTable,
    classes: Sequence[int] = CLASSES,
    request: Request | None = None,
    *,
    bounded: bool = True,
) -> tuple[Setting, ...]:
    """The latent-class method with these largest numbers of classes K.

    Manrique-Vallier (2016, Biometrics 72:1246-1254, section 3): the sticks end at K. Above six
    lists all of them share a set amount of work: there are fewer draws, and the largest numbers may
    have none; `bounded=False` draws them all.
    """
    asked = Request() if request is None else request
    numbers = sorted(classes)
    work, tried = _shared(table, numbers, asked.chains) if bounded else (math.inf, numbers)
    found = []
    for number in numbers:
        found.append(_fitted(table, number, asked, work if number in tried else 0.0))
        asked.progress(len(found), len(numbers))
    return tuple(found)


def _shared(table: OverlapTable, numbers: list[int], chains: int) -> tuple[float, list[int]]:
    """(the work of each run, the numbers of classes whose searches leave work to draw with)."""
    # Numba takes a second to load: only this method needs it
    from muniment.measure.latent import UNBOUNDED_LISTS, search_work  # noqa: PLC0415

    if len(table.lists) <= UNBOUNDED_LISTS:
        return math.inf, numbers
    tried, left = list[int](), WORK
    for number in numbers:
        search = chains * search_work(number * len(table.counts))
        if search > left:
            break
        tried.append(number)
        left -= search
    return left / max(len(tried), 1) / RUNS, tried


def _fitted(table: OverlapTable, number: int, asked: Request, work: float) -> Setting:
    # Numba takes a second to load: only this method needs it
    from muniment.measure.latent import METHOD, latent_class  # noqa: PLC0415

    if work <= 0:
        cut = f"not fitted: {len(table.lists)} lists are too much work"
        return Setting("classes", number, Refusal(METHOD, table.observed, (cut,)), cut)
    outcome = latent_class(
        table,
        asked.level,
        seed=asked.seed,
        chains=asked.chains,
        draws=asked.draws,
        classes=number,
        bounded=math.isfinite(work),
        work=work,
    )
    if isinstance(outcome, Refusal):
        return Setting("classes", number, outcome, "; ".join(outcome.reasons))
    made = asked.draws if outcome.draws is None else outcome.draws.shape[1]
    cut = "" if made == asked.draws else f"{made:,} draws of each chain, not {asked.draws:,}"
    return Setting("classes", number, outcome, cut)
