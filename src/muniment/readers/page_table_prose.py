"""Pages set in columns of prose: where the gutter runs, and what stands on its sides.

    title across the page             one block
    left column  │  right column      a block for each side, where sentences stand on both
    table across the page             one block

- A gutter is a strip that no word crosses while sentences fill the lines on both sides.
- Blocks come in reading order; every line of the page is in one, cut in two at a gutter.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from muniment.readers.page_table_lines import Line
from muniment.readers.page_table_records import Word

_MIDDLE = (0.25, 0.75)  # of the width, where a gutter is looked for
_FEWEST = 8  # lines with sentences on both sides
_WORDS = 3  # of a sentence on one side
_WIDE = 0.6  # of a side, which its lines fill
_DENSE = 0.65
_BREAKS = 2  # lines across the gutter that end its columns
_DEEPEST = 3


def blocks_of(words: Sequence[Word], lines: Sequence[Line], depth: int = 0) -> list[list[int]]:
    """The words of the lines, by blocks."""
    rows = [[index for s in line.segments for index in s.words] for line in lines]
    gutter = _gutter(words, rows) if depth < _DEEPEST else None
    if gutter is None:
        return [[index for row in rows for index in row]]
    blocks: list[list[int]] = []
    for columned, stretch in _stretches(words, rows, gutter):
        if not columned:
            blocks.append([index for row in stretch for index in row])
            continue
        sides: tuple[list[int], list[int]] = ([], [])
        for index in chain.from_iterable(stretch):
            sides[(words[index].left + words[index].right) / 2 > gutter].append(index)
        blocks.extend(sides)
    return [block for block in blocks if len(block) > 0]


def _gutter(words: Sequence[Word], rows: Sequence[Sequence[int]]) -> float | None:
    """Where most lines have sentences on both sides and no word between."""
    if len(rows) < _FEWEST:
        return None
    left = min([words[index].left for row in rows for index in row])
    right = max([words[index].right for row in rows for index in row])
    gaps = [gap for row in rows for gap in _gaps([words[i] for i in row], left, right)]
    # Gaps open and close; where most are open, the gutter runs.
    edges = sorted([(start, -1) for start, _ in gaps] + [(end, 1) for _, end in gaps])
    best, place, open_ = 0, 0.0, 0
    for (x, change), (following, _) in pairwise([*edges, (right, 1)]):
        open_ -= change
        if open_ > best:
            best, place = open_, (x + following) / 2
    return place if best >= _FEWEST else None


def _gaps(row: Sequence[Word], left: float, right: float) -> Iterator[tuple[float, float]]:
    """The gaps of a line, in the middle half of the width, with sentences on both sides."""
    row = sorted(row, key=lambda word: word.left)
    for place in range(_WORDS, len(row) - _WORDS + 1):
        start, end = row[place - 1].right, row[place].left
        x = (start + end) / 2
        if (
            end - start > row[place].size / 2
            and _MIDDLE[0] * (right - left) < x - left < _MIDDLE[1] * (right - left)
            and start - row[0].left > _WIDE * (x - left)
            and row[-1].right - end > _WIDE * (right - x)
            and _is_sentence(row[:place])
            and _is_sentence(row[place:])
        ):
            yield start, end


def _is_sentence(side: Sequence[Word]) -> bool:
    """Whether words, not figures, fill the line without a gap."""
    width = max([word.right for word in side]) - min([word.left for word in side])
    inked = sum([word.right - word.left for word in side])
    return inked > _DENSE * width and sum(map(_has_letters, side)) > _DENSE * len(side)


def _has_letters(word: Word) -> bool:
    return word.text.isalpha() or any(map(str.isalpha, word.text))


def _stretches(
    words: Sequence[Word], rows: Sequence[Sequence[int]], gutter: float
) -> list[tuple[bool, list[Sequence[int]]]]:
    """Lines that follow each other, with whether they keep the gutter free."""
    found: list[tuple[bool, list[Sequence[int]]]] = []
    for row in rows:
        free = all(words[i].right <= gutter or words[i].left >= gutter for i in row)
        if len(found) > 0 and found[-1][0] == free:
            found[-1][1].append(row)
        else:
            found.append((free, [row]))
    return _without_short(found)


def _without_short(
    found: list[tuple[bool, list[Sequence[int]]]],
) -> list[tuple[bool, list[Sequence[int]]]]:
    """Single lines across the gutter (a formula, a headline) do not end the columns twice."""
    kept: list[tuple[bool, list[Sequence[int]]]] = []
    for free, stretch in found:
        whole = free and len(stretch) >= _BREAKS
        if len(kept) > 0 and kept[-1][0] == whole:
            kept[-1][1].extend(stretch)
        else:
            kept.append((whole, list(stretch)))
    return kept
