"""The printed lines of a page or a part of it, and the segments that gaps divide them into.

    Germany      28.5    27,5      one line, three segments; a segment is one or more words

- A line is what stands on one baseline across the whole page, whatever order it was read in.
- A segment ends at a gap wider than a letter, or at a vertical rule.
"""

import bisect
import re
from collections.abc import Iterable, Sequence

import msgspec

from muniment.readers.page_table_records import Box, Rule, Word, around, box_around, box_of

_SIGNS = frozenset("$€£¥₽")
_MARKS = frozenset("%‰")
_LEADER = re.compile(r"([.·…_]){3,}$|…$")
_LEADER_ENDS = ".·…_\n"
_SAME_LINE = 0.35  # of a letter's height: a sub- or superscript stays on its line
_GAP = 0.75  # of a letter's height: wider is no space between words


class Segment(msgspec.Struct, frozen=True, gc=False):
    """Words that stand together on a line, from left to right; positions among the words."""

    words: tuple[int, ...]
    box: Box

    @property
    def width(self) -> float:
        """From its left to its right."""
        return self.box[2] - self.box[0]


class Line(msgspec.Struct, frozen=True):
    """What stands on one baseline."""

    baseline: float
    size: float
    segments: tuple[Segment, ...]
    box: Box


def lines_of(words: Sequence[Word], chosen: Iterable[int], rules: Sequence[Rule]) -> list[Line]:
    """The lines of the chosen words from top to bottom."""
    standing = [rule for rule in rules if not rule.horizontal]
    placed = sorted([(words[index].baseline, index) for index in chosen])
    lines: list[Line] = []
    first = 0
    for place, (baseline, index) in enumerate(placed):
        top, head = placed[first]
        below = baseline - top
        if below > _SAME_LINE and below > _SAME_LINE * min(words[head].size, words[index].size):
            lines.append(_line(words, placed[first:place], standing))
            first = place
    if len(placed) > 0:
        lines.append(_line(words, placed[first:], standing))
    return lines


def _line(
    words: Sequence[Word], placed: Sequence[tuple[float, int]], standing: Sequence[Rule]
) -> Line:
    """The line of words that are given with their baselines, from the highest on."""
    baseline, index = placed[len(placed) // 2]
    if len(placed) == 1:
        alone = Segment((index,), box_of(words[index]))
        return Line(baseline, words[index].size, (alone,), alone.box)
    sizes = sorted([words[index].size for _, index in placed])
    size = sizes[len(sizes) // 2]
    near = sorted([rule.at for rule in standing if rule.start < baseline - size / 3 < rule.end])
    row = sorted([(words[index].left, index) for _, index in placed])
    groups: list[list[int]] = [[]]
    last = words[row[0][1]]
    for left, index in row:
        word = words[index]
        if (left > last.right or len(near) > 0) and _is_apart(last, word, size, near):
            groups.append([])
        groups[-1].append(index)
        last = word
    segments = tuple([segment_of(words, group) for group in groups])
    return Line(baseline, size, segments, around([segment.box for segment in segments]))


def _is_apart(one: Word, other: Word, size: float, near: list[float]) -> bool:
    gap = other.left - one.right
    if gap > 0:
        if one.text in _SIGNS or other.text in _MARKS:
            # A sign is set at the edge of its column, away from the number it belongs to.
            gap /= 4
        if gap > _GAP * size or (is_leader(one.text) and not is_leader(other.text)):
            return True
    if len(near) == 0:
        return False
    # A rule may graze a letter; it parts what stands on its two sides.
    place = bisect.bisect_left(near, one.right - size / 3)
    return place < len(near) and near[place] <= other.left + size / 3 and one.left < near[place]


def is_leader(text: str) -> bool:
    """Whether a word is, or ends in, the dots that lead the eye to a number."""
    return text[-1:] in _LEADER_ENDS and _LEADER.search(text) is not None


def segment_of(words: Sequence[Word], group: Sequence[int]) -> Segment:
    """The segment that these words make."""
    if len(group) == 1:
        return Segment((group[0],), box_of(words[group[0]]))
    # The order in which a line was read is that of its writing, also from right to left.
    one_line = len({words[index].line for index in group}) == 1
    return Segment(tuple(sorted(group) if one_line else group), box_around(words, group))


def text_of(words: Sequence[Word], chosen: Sequence[int]) -> str:
    """What these words say, line after line; Chinese lines are joined without a space."""
    if len(chosen) == 1:
        return words[chosen[0]].text
    pieces: list[str] = []
    last: Word | None = None
    for index in chosen:
        word = words[index]
        if last is not None and not _runs_on(last, word):
            pieces.append(" ")
        pieces.append(word.text)
        last = word
    return "".join(pieces)


def _runs_on(one: Word, other: Word) -> bool:
    """Whether two words of an unspaced script are one text broken over two lines."""
    if one.text == "" or other.text == "":
        return True
    broken = abs(one.baseline - other.baseline) > _SAME_LINE * max(one.size, 1.0)
    return broken and _is_unspaced(one.text[-1]) and _is_unspaced(other.text[0])


def _is_unspaced(letter: str) -> bool:
    return "\u3040" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff"
