"""The ruling of a page put in order: broken lines joined, double ones made one, grids told apart.

- Lines that touch or nearly touch belong to one grid.
- What is shorter than a letter is no ruling.
"""

from collections.abc import Sequence

import msgspec

from muniment.readers.page_table_records import Box, Rule

NEAR = 3.0  # points: the width of a double line
_SHORTEST = 6.0
_MOST = 4_000  # lines of one page that are looked at; a drawing has more, a table does not


class Ruling(msgspec.Struct, frozen=True):
    """Lines that hang together, across and down, each sorted, and the box they take up."""

    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    box: Box


def joined(rules: Sequence[Rule]) -> list[Rule]:
    """The rules, with pieces of one line joined and lines beside each other made one."""
    found: list[Rule] = []
    for horizontal in (True, False):
        same = sorted(
            (rule for rule in rules if rule.horizontal == horizontal),
            key=lambda rule: (rule.at, rule.start),
        )
        for group in _levels(same):
            found.extend(_pieces(horizontal, group))
    return [rule for rule in found if rule.end - rule.start >= _SHORTEST][:_MOST]


def _levels(rules: list[Rule]) -> list[list[Rule]]:
    """Rules at one height (or one distance from the left)."""
    groups: list[list[Rule]] = []
    for rule in rules:
        if len(groups) > 0 and rule.at - groups[-1][0].at <= NEAR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _pieces(horizontal: bool, group: list[Rule]) -> list[Rule]:  # noqa: FBT001 - a field, passed on
    at = sum([rule.at * (rule.end - rule.start) for rule in group])
    length = sum([rule.end - rule.start for rule in group])
    level = at / length if length > 0 else group[0].at
    spans: list[list[float]] = []
    for start, end in sorted([(rule.start, rule.end) for rule in group]):
        if len(spans) > 0 and start <= spans[-1][1] + NEAR:
            spans[-1][1] = max(spans[-1][1], end)
        else:
            spans.append([start, end])
    return [Rule(horizontal, level, start, end) for start, end in spans]


def rulings(rules: Sequence[Rule]) -> list[Ruling]:
    """The groups of joined rules that touch each other, from top to bottom."""
    across = [rule for rule in rules if rule.horizontal]
    down = [rule for rule in rules if not rule.horizontal]
    parent = list(range(len(across) + len(down)))
    for i, one in enumerate(across):
        for j, other in enumerate(down):
            if _meet(one, other):
                _unite(parent, i, len(across) + j)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate([*across, *down]):
        groups.setdefault(_root(parent, index), []).append(rule)
    return sorted(map(_ruling, groups.values()), key=lambda ruling: (ruling.box[1], ruling.box[0]))


def _meet(across: Rule, down: Rule) -> bool:
    return (
        across.start - NEAR <= down.at <= across.end + NEAR
        and down.start - NEAR <= across.at <= down.end + NEAR
    )


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def _unite(parent: list[int], one: int, other: int) -> None:
    parent[_root(parent, one)] = _root(parent, other)


def _ruling(rules: list[Rule]) -> Ruling:
    across = tuple(rule for rule in rules if rule.horizontal)
    down = tuple(rule for rule in rules if not rule.horizontal)
    lefts = [rule.start for rule in across] + [rule.at for rule in down]
    rights = [rule.end for rule in across] + [rule.at for rule in down]
    tops = [rule.at for rule in across] + [rule.start for rule in down]
    bottoms = [rule.at for rule in across] + [rule.end for rule in down]
    return Ruling(across, down, (min(lefts), min(tops), max(rights), max(bottoms)))
