"""What a table can bear, asked before any estimate.

- A grave concern refuses every method: no statistics can bridge lists that share nobody.
- Any other concern is a warning that travels with each estimate.
"""

import itertools
from collections.abc import Sequence

import msgspec

from muniment.measure.table import OverlapTable

# with two lists dependence cannot be seen (International Working Group 1995, Am J Epidemiol
# 142:1047)
FEW_LISTS = 3
NEAR_SATURATION = (
    0.98  # share of people on every list above which hardly anything is left to estimate
)
THIN_OVERLAP = (
    0.02  # share of people on two lists or more below which intervals rest on a handful of people
)
# people on two lists or more, below which the same (Seber 1982, The Estimation of Animal Abundance,
# p. 60: with fewer recaptures even the mean of Chapman's estimate is off)
FEW_ON_SEVERAL = 7
# an estimate of more than this many times the people observed; the published ones stay under 15
FAR = 20
# people on two lists from which it is no chance that the lists hold the same
NO_CHANCE = 5


class Concern(msgspec.Struct, frozen=True):
    """One thing about a table that a reader of its estimate must know."""

    code: str
    text: str
    grave: bool  # no method may answer


def check(table: OverlapTable) -> tuple[Concern, ...]:
    """Every concern about this table, the grave ones first.

    Existence of an estimate by Fienberg and Rinaldo (2012, Annals of Statistics 40:996-1023).
    """
    if table.observed == 0:
        return (Concern("nobody", "nobody is on any list", grave=True),)
    found = [
        *_lists_apart(table),
        *_too_few(table),
        *_empty_lists(table),
        *_identical(table),
        *_twins(table),
    ]
    if not any(concern.grave for concern in found):
        found += [*_empty_pairs(table), *_thin(table), *_saturated(table), *_contained(table)]
    return tuple(sorted(found, key=lambda concern: not concern.grave))


def grave_reasons(table: OverlapTable) -> tuple[str, ...]:
    """Why no method may answer from this table; empty when there is no such reason."""
    return tuple(concern.text for concern in check(table) if concern.grave)


def warnings(table: OverlapTable) -> tuple[str, ...]:
    """The warnings that go with every estimate from this table."""
    return tuple(concern.text for concern in check(table) if not concern.grave)


def beyond(table: OverlapTable, total: float) -> tuple[str, ...]:
    """A warning where an estimate is many times the people observed; empty where it is not."""
    if total <= FAR * table.observed:
        return ()
    times = f"{total / table.observed:,.0f}"
    return (f"the estimate is {times} times the people observed: hardly anything of it is data",)


def saturated(table: OverlapTable, terms: Sequence[int]) -> tuple[str, ...]:
    """A warning where a model has as many terms as there are patterns; empty where it has fewer."""
    if len(terms) < len(table.counts) - 1:
        return ()
    return ("the chosen model has a term for every pattern: nothing is left to test it",)


def overlap_graph(table: OverlapTable) -> tuple[tuple[str, str, int], ...]:
    """Each pair of lists with the number of people on both."""
    pairs = itertools.combinations(range(len(table.lists)), 2)
    return tuple((table.lists[i], table.lists[j], table.overlap((i, j))) for i, j in pairs)


def components(table: OverlapTable) -> tuple[tuple[str, ...], ...]:
    """The groups of lists joined by people in common.

    One group in a table that can be estimated.
    """
    group = {name: {name} for name in table.lists}
    for first, second, people in overlap_graph(table):
        if people > 0 and group[first] is not group[second]:
            joined = group[first] | group[second]
            for name in joined:
                group[name] = joined
    ordered = {tuple(n for n in table.lists if n in group[name]): None for name in table.lists}
    return tuple(ordered)


def _too_few(table: OverlapTable) -> list[Concern]:
    number = len(table.lists)
    if number == 1:
        text = "there is one list: without an overlap nothing says how many people it missed"
        return [Concern("one-list", text, grave=True)]
    if number < FEW_LISTS:
        text = "there are two lists: their independence cannot be tested and decides the answer"
        return [Concern("two-lists", text, grave=False)]
    return []


def _lists_apart(table: OverlapTable) -> list[Concern]:
    nonempty = table.reordered([n for i, n in enumerate(table.lists) if table.size(i) > 0])
    groups = components(nonempty)
    if len(groups) == 1:
        return []
    parts = " | ".join(", ".join(group) for group in groups)
    text = f"lists share nobody with the others ({parts}): nothing in the data joins these groups"
    return [Concern("lists-apart", text, grave=True)]


def _empty_lists(table: OverlapTable) -> list[Concern]:
    return [
        Concern("empty-list", f"nobody is on list {name}: leave it out of the table", grave=True)
        for i, name in enumerate(table.lists)
        if table.size(i) == 0
    ]


def _identical(table: OverlapTable) -> list[Concern]:
    if len(table.lists) < 2 or table.counts[-1] < table.observed:  # noqa: PLR2004 - a pair
        return []
    text = "every person is on every list: the lists are copies of one list, not several"
    return [Concern("copies", text, grave=True)]


def _twins(table: OverlapTable) -> list[Concern]:
    """Two lists of the same people, beside others: a column given twice counts people twice."""
    if len(table.lists) < FEW_LISTS or table.counts[-1] == table.observed:
        return []
    return [
        Concern(
            "twins",
            f"{table.lists[i]} and {table.lists[j]} hold the same {table.size(i)} people: one is a "
            "copy of the other, leave it out",
            grave=table.size(i) >= NO_CHANCE,
        )
        for i, j in itertools.combinations(range(len(table.lists)), 2)
        if 0 < table.size(i) == table.size(j) == table.overlap((i, j))
    ]


def _empty_pairs(table: OverlapTable) -> list[Concern]:
    empty = [
        f"{first} and {second}" for first, second, people in overlap_graph(table) if people == 0
    ]
    if len(empty) == 0:
        return []
    text = (
        f"no person is on both {'; '.join(empty)}: their dependence can be judged only as 'none "
        f"or fewer'"
    )
    return [Concern("empty-pairs", text, grave=False)]


def _thin(table: OverlapTable) -> list[Concern]:
    several = sum(table.frequencies()[1:])
    if several >= max(FEW_ON_SEVERAL, THIN_OVERLAP * table.observed):
        return []
    text = (
        f"only {several} of {table.observed} people are on more than one list: the estimate rests "
        f"on these"
    )
    return [Concern("thin-overlap", text, grave=False)]


def _saturated(table: OverlapTable) -> list[Concern]:
    if table.counts[-1] < NEAR_SATURATION * table.observed:
        return []
    text = "nearly every person is on every list: an estimate adds little to the count"
    return [Concern("near-saturation", text, grave=False)]


def _contained(table: OverlapTable) -> list[Concern]:
    found = []
    for i, j in itertools.permutations(range(len(table.lists)), 2):
        if table.overlap((i, j)) == table.size(i) < table.size(j):
            text = (
                f"everyone on list {table.lists[i]} is also on {table.lists[j]}: perhaps one was "
                f"copied from the other"
            )
            found.append(Concern("contained", text, grave=False))
    return found
