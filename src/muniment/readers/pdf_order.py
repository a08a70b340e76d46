"""The order in which the lines of a page are read.

- The order in which they are stored, where that goes down the page or from column to column.
- Where it jumps about, or where lines run across the gutter of two columns of prose, the order
  of their places: block by block, from top to bottom.
"""

import itertools
from collections.abc import Sequence

import msgspec

from muniment.readers.page_table_lines import lines_of
from muniment.readers.page_table_prose import blocks_of
from muniment.readers.page_table_records import Box, Sheet, around, box_of

_JUMPS = 0.08  # of a page's lines may stand above the line before, over the same columns
_FEW_JUMPS = 2
_MOST_WORDS = 20_000


class Stretch(msgspec.Struct, frozen=True):
    """Words of one stored line that are read together; positions among the sheet's words."""

    line: int
    words: tuple[int, ...]
    box: Box


def stretches_of(sheet: Sheet, free: Sequence[int]) -> list[Stretch]:
    """The free words by line, in reading order."""
    stored = _by_line(sheet, free, dict.fromkeys(free, 0))
    if len(free) > _MOST_WORDS:
        return [stretch for _, stretch in stored]
    blocks = blocks_of(sheet.words, lines_of(sheet.words, free, ()))
    place = {index: number for number, block in enumerate(blocks) for index in block}
    parted = _by_line(sheet, free, place)
    if len(parted) == len(stored) and not _jumps([stretch for _, stretch in stored]):
        return [stretch for _, stretch in stored]
    parted.sort(key=lambda one: (one[0], one[1].box[3], one[1].box[0]))
    return [stretch for _, stretch in parted]


def _by_line(sheet: Sheet, free: Sequence[int], block: dict[int, int]) -> list[tuple[int, Stretch]]:
    groups: dict[tuple[int, int], list[int]] = {}
    for index in sorted(free):
        groups.setdefault((sheet.words[index].line, block[index]), []).append(index)
    return [
        (number, Stretch(line, tuple(words), around([box_of(sheet.words[i]) for i in words])))
        for (line, number), words in groups.items()
    ]


def _jumps(stretches: Sequence[Stretch]) -> bool:
    """Whether lines stand above the one before, over the same part of the width, too often."""
    jumps = sum(
        after.box[3] <= before.box[1] + 1
        and min(before.box[2], after.box[2]) > max(before.box[0], after.box[0])
        for before, after in itertools.pairwise(stretches)
    )
    return jumps > max(_FEW_JUMPS, _JUMPS * len(stretches))
