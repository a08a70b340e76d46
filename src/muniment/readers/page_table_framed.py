"""Tables between rules: a frame, or lines above and below and under the headings.

- Rules of the same length above each other bound a table where what stands between them is set
  in columns; a rule under the page's header and one over its footer do not.
"""

import bisect
from collections.abc import Sequence
from itertools import pairwise

from muniment.readers.page_table_aligned import convincing
from muniment.readers.page_table_headings import with_headings
from muniment.readers.page_table_lines import lines_of
from muniment.readers.page_table_records import Rule, Sheet, Table, Word
from muniment.readers.page_table_rows import laid_out, table_of
from muniment.readers.page_table_ruling import NEAR, Ruling

_ALIKE = 8.0  # points by which the ends of a table's rules differ
_SHORTEST = 60.0
_FEWEST = 4  # words of a table
Area = tuple[float, float, float, float]


def framed_tables(
    sheet: Sheet, groups: Sequence[Ruling], rules: Sequence[Rule], free: set[int]
) -> list[Table]:
    """Tables inside of frames and between rules, of words that are still free."""
    frames, stacks = _frames(groups), _stacks(rules)
    if len(frames) == 0 and len(stacks) == 0:
        return []
    tables: list[Table] = []
    left = set(free)
    stock = _Stock(sheet.words, free)
    between = [area for stack in stacks for area in _runs(sheet.words, stack, rules, stock)]
    for area in [*frames, *between]:
        chosen = sorted(left.intersection(stock.in_(area)))
        if len(chosen) < _FEWEST:
            continue
        layout = laid_out(sheet.words, lines_of(sheet.words, chosen, rules))
        if convincing(layout, framed=True):
            headed = with_headings(sheet.words, chosen, left, rules, area)
            if len(headed) > len(chosen):
                lines = lines_of(sheet.words, headed, rules)
                chosen, layout = headed, laid_out(sheet.words, lines)
            tables.append(table_of(sheet.words, layout, rules))
            left -= set(chosen)
    return tables


class _Stock:
    """Words by height, so that those of an area are found without looking at all."""

    def __init__(self, words: Sequence[Word], free: set[int]) -> None:
        self._words = sorted(
            ((words[i].top + words[i].bottom) / 2, (words[i].left + words[i].right) / 2, i)
            for i in free
        )
        self._heights = [height for height, _, _ in self._words]

    def in_(self, area: Area) -> list[int]:
        """Positions of the words whose middle lies in an area, in order."""
        first = bisect.bisect_left(self._heights, area[1])
        last = bisect.bisect_right(self._heights, area[3])
        inside = self._words[first:last]
        return sorted(i for _, x, i in inside if area[0] - NEAR <= x <= area[2] + NEAR)


def _frames(groups: Sequence[Ruling]) -> list[Area]:
    return [ruling.box for ruling in groups if len(ruling.across) > 1 and len(ruling.down) > 0]


def _stacks(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules of one length above each other, two at least."""
    across = [r for r in rules if r.horizontal and r.end - r.start >= _SHORTEST]
    stacks: list[list[Rule]] = []
    used: set[int] = set()
    for index, rule in enumerate(across):
        if index in used:
            continue
        stack = [
            other
            for other in range(index, len(across))
            if abs(across[other].start - rule.start) <= _ALIKE
            and abs(across[other].end - rule.end) <= _ALIKE
        ]
        used.update(stack)
        if len(stack) > 1:
            stacks.append([across[i] for i in stack])
    return stacks


def _runs(
    words: Sequence[Word], stack: Sequence[Rule], rules: Sequence[Rule], stock: "_Stock"
) -> list[Area]:
    """Areas between rules above each other, as far as what stands there is set in columns."""
    areas: list[Area] = []
    start: Rule | None = None
    for above, below in pairwise(stack):
        area = (above.start, above.at, above.end, below.at)
        chosen = stock.in_(area)
        lines = lines_of(words, chosen, rules)
        columned = sum(len(line.segments) > 1 for line in lines)
        if columned * 2 >= len(lines) > 0 or (start is not None and len(lines) < 2):  # noqa: PLR2004 - a heading of one line
            start = start or above
            if len(areas) > 0 and areas[-1][3] == above.at:
                areas[-1] = (*areas[-1][:3], below.at)
            else:
                areas.append(area)
        else:
            start = None
    return areas
