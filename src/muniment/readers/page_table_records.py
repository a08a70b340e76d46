"""What a page gives to the finder of tables, and what the finder gives back: plain records.

    x → to the right, y ↓ down, in one unit throughout (points of a PDF, pixels of a scan)

- Words stand upright: a page that is printed sideways is turned before it comes here.
- Nothing here knows of PDF or of pictures: whoever reads words with boxes can have tables.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter

import msgspec

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word and where it stands; `line` numbers the printed line that it was read in."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float  # height of its letters' font
    line: int = 0


class Rule(msgspec.Struct, frozen=True, gc=False):
    """A drawn line that runs along an axis, or the edge of a drawn rectangle.

    `at` is its place on the other axis, `start` and `end` where it runs from and to; `edge` says
    that it is not drawn itself but the edge of a painted area.
    """

    horizontal: bool
    at: float
    start: float
    end: float
    edge: bool = False


class Sheet(msgspec.Struct, frozen=True):
    """A page: its size, its words in the order they were read, its ruling."""

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()


class TableCell(msgspec.Struct, frozen=True):
    """A cell that holds words; rows and columns count from 0, the last ones belong to it."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str
    box: Box
    words: tuple[int, ...]  # positions among the sheet's words


class Table(msgspec.Struct, frozen=True):
    """A table: its box, its size, how many of its first rows are headings, its cells by row."""

    box: Box
    rows: int
    columns: int
    head: int
    cells: tuple[TableCell, ...]


box_of: Callable[[Word], Box] = attrgetter("left", "top", "right", "bottom")
"""The word's own box."""


def around(boxes: list[Box]) -> Box:
    """The smallest box that holds all of `boxes`, of which there is at least one."""
    if len(boxes) == 1:
        return boxes[0]
    if len(boxes) == 2:  # noqa: PLR2004 - the next most frequent, spelt out: half the time
        (a, b, c, d), (e, f, g, h) = boxes
        return min(a, e), min(b, f), max(c, g), max(d, h)
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def box_around(words: Sequence[Word], chosen: Sequence[int]) -> Box:
    """The smallest box that holds the chosen words, of which there is at least one."""
    return around([box_of(words[index]) for index in chosen])
