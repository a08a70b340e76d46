"""The order in which the lines of a page are read.

- The order in which they are stored, where that goes down the page or from column to column.
- Lines that run down the page are read from the right.
- Where it jumps about, or where lines run across the gutter of two columns of prose, the order
  of their places: block by block, from top to bottom.
"""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from muniment.readers.page_table_lines import lines_of
from muniment.readers.page_table_prose import blocks_of
from muniment.readers.page_table_records import Box, Sheet, box_around

_JUMPS = 0.08  # of a page's lines may stand above the line before, over the same columns
_FEW_JUMPS = 2
_TALL = 1.6  # times as high as wide: a line of two letters that runs down
_MOST_WORDS = 20_000


class Stretch(msgspec.Struct, frozen=True):
    """Words of one stored line that are read together; positions among the sheet's words."""

    line: int
    words: tuple[int, ...]
    box: Box


def stretches_of(
    sheet: Sheet, free: Sequence[int], blocks: list[list[int]] | None = None
) -> list[Stretch]:
    """The free words by line, in reading order; `blocks` are theirs, where they are known."""
    stored = _by_line(sheet, free, dict.fromkeys(free, 0))
    if _is_vertical(sheet, [stretch for _, stretch in stored]):
        stored.sort(key=lambda one: (-one[1].box[2], one[1].box[1]))
        return [stretch for _, stretch in stored]
    if len(free) > _MOST_WORDS:
        return [stretch for _, stretch in stored]
    if blocks is None:
        blocks = blocks_of(sheet.words, lines_of(sheet.words, free, ()))
    if len(blocks) <= 1 and not _jumps([stretch for _, stretch in stored]):
        return [stretch for _, stretch in stored]
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
        (number, Stretch(line, tuple(words), box_around(sheet.words, words)))
        for (line, number), words in groups.items()
    ]


def _is_vertical(sheet: Sheet, stretches: Sequence[Stretch]) -> bool:
    """Whether most of the writing runs down the page, as Chinese and Japanese may."""
    down = total = 0
    for stretch in stretches:
        letters = sum(len(sheet.words[index].text) for index in stretch.words)
        wide, high = stretch.box[2] - stretch.box[0], stretch.box[3] - stretch.box[1]
        total += letters
        down += letters if letters > 1 and high > _TALL * wide else 0
    return down * 2 > total


def _jumps(stretches: Sequence[Stretch]) -> bool:
    """Whether lines stand above the one before, over the same part of the width, too often."""
    jumps = sum(
        after.box[3] <= before.box[1] + 1
        and min(before.box[2], after.box[2]) > max(before.box[0], after.box[0])
        for before, after in pairwise(stretches)
    )
    return jumps > max(_FEW_JUMPS, _JUMPS * len(stretches))
