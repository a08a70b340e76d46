"""Headings that stand above a table without being part of what gave it away.

             1957 – 1960            one text over several columns
          men      women            few texts, none over the first column
─────────────────────────────
North      10         11            where the table was noticed
"""

from collections.abc import Sequence

from muniment.readers.page_table_lines import Line, lines_of
from muniment.readers.page_table_records import Box, Rule, Word

_NEAR = 2.2  # letters' heights between a heading and what it heads
_WIDE = 0.5  # of the table's width: a caption
_INDENT = 0.15  # of the table's width, from which on a text alone heads columns
_MOST = 4  # lines of headings


def with_headings(
    words: Sequence[Word], chosen: Sequence[int], free: set[int], rules: Sequence[Rule], box: Box
) -> list[int]:
    """The chosen words, and those of the headings right above them; `box` holds the chosen."""
    top = min(words[index].baseline for index in chosen)
    size = max(words[index].size for index in chosen)
    others = free.difference(chosen)
    near = [
        index
        for index in others
        if top - _NEAR * _MOST * size < words[index].baseline < top
        and box[0] - size < (words[index].left + words[index].right) / 2 < box[2] + size
    ]
    found = list(chosen)
    for line in reversed(lines_of(words, near, rules)):
        if top - line.baseline > _NEAR * line.size or not _is_heading(line, box):
            break
        found.extend(index for segment in line.segments for index in segment.words)
        top = line.baseline
    return sorted(found)


def _is_heading(line: Line, box: Box) -> bool:
    width = box[2] - box[0]
    if max(segment.width for segment in line.segments) > _WIDE * width:
        return False
    return len(line.segments) > 1 or line.box[0] > box[0] + _INDENT * width
