"""Tables out of grids of lines: what stands in each ruled space is a cell.

- A space that holds several rows of figures beside each other is divided into those rows.
- A grid with too little in it (a chart, a form's boxes, a frame round prose) is no table.
"""

import bisect
from collections import Counter
from collections.abc import Iterable, Sequence

from muniment.readers.page_table_grid import Grid, Space, grid_of
from muniment.readers.page_table_lines import Line, lines_of, text_of
from muniment.readers.page_table_numbers import is_figure
from muniment.readers.page_table_records import Table, TableCell, Word, around, box_around
from muniment.readers.page_table_ruling import Ruling

_FEWEST_CELLS = 4
_FILLED = 0.25  # of a grid's spaces, at least
_TEXT = 120  # words in a cell: a table's largest cells hold more rarely


def ruled_table(words: Sequence[Word], ruling: Ruling) -> Table | None:
    """The table in a grid; None where there is none."""
    if len(ruling.across) < 2 or len(ruling.down) < 1:  # noqa: PLR2004 - two are the fewest
        return None
    grid = grid_of(ruling)
    spaces = grid.spaces
    if len(spaces) < 2:  # noqa: PLR2004 - two are the fewest
        return None
    held = _held(words, ruling, grid)
    filled = [space for space in spaces if space in held]
    if len(filled) < _FEWEST_CELLS or len(filled) < _FILLED * len(spaces):
        return None
    lines = {space: lines_of(words, chosen, ()) for space, chosen in held.items()}
    if _side_by_side(lines.values()):
        return None
    return _numbered(words, _divided(words, filled, lines))


def _held(words: Sequence[Word], ruling: Ruling, grid: Grid) -> dict[Space, list[int]]:
    """The words whose middle lies in each space that holds any."""
    left, top, right, bottom = ruling.box
    look = grid.at()
    held: dict[Space, list[int]] = {}
    for index, word in enumerate(words):
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        if left <= x <= right and top <= y <= bottom:
            space = look(x, y)
            if space is not None:
                held.setdefault(space, []).append(index)
    return held


def _side_by_side(spaces: Iterable[list[Line]]) -> bool:
    """Whether columns stand inside spaces: the grid is a frame, the table must be laid out."""
    wide = total = 0
    for lines in spaces:
        for line in lines:
            count = len(_in_order(line))
            total += count
            gaps = zip(line.segments, line.segments[1:], strict=False)
            # No space in a sentence is as wide.
            if any(b.box[0] - a.box[2] > 1.5 * line.size for a, b in gaps):
                wide += count
    return wide * 4 > total


Piece = tuple[int, int, int, int, list[int]]  # first and last row, first and last column, words


def _divided(
    words: Sequence[Word], spaces: Sequence[Space], held: dict[Space, list[Line]]
) -> list[Piece]:
    """The spaces, rows that hold several lines of figures divided; rows count in hundreds."""
    pieces: list[Piece] = []
    rows = sorted({space.row for space in spaces})
    for row in rows:
        band = [space for space in spaces if space.row == row]
        single = [space for space in band if space.last_row == row]
        lines = {space: held[space] for space in single}
        levels = _levels(words, lines)
        for space in band:
            if space in lines and len(levels) > 1:
                pieces.extend(_by_level(space, lines[space], levels))
            else:
                ordered = [index for line in held[space] for index in _in_order(line)]
                last = space.last_row * _STEP + (_STEP - 1 if space.last_row > row else 0)
                pieces.append((row * _STEP, last, space.column, space.last_column, ordered))
    return pieces


_STEP = 1_000


def _in_order(line: Line) -> list[int]:
    return [index for segment in line.segments for index in segment.words]


def _levels(words: Sequence[Word], lines: dict[Space, list[Line]]) -> list[float]:
    """Baselines of the rows inside a ruled row; none where it is one row."""
    tall = [found for found in lines.values() if len(found) > 1]
    figures = [found for found in tall if _all_figures(words, found)]
    if len(figures) == 0:
        return []
    model = max(figures, key=len)
    alike = [found for found in tall if _stand_level(found, model)]
    # Text that is longer than the figures beside it is one text with figures set in the middle.
    if len(alike) < 2 or any(len(found) > len(model) for found in tall):  # noqa: PLR2004 - two are the fewest
        return []
    return [line.baseline for line in model]


def _all_figures(words: Sequence[Word], found: Sequence[Line]) -> bool:
    return all(is_figure(text_of(words, _in_order(line))) for line in found)


def _stand_level(found: Sequence[Line], model: Sequence[Line]) -> bool:
    return len(found) == len(model) and all(
        abs(one.baseline - other.baseline) < one.size / 2
        for one, other in zip(found, model, strict=True)
    )


def _by_level(space: Space, lines: Sequence[Line], levels: Sequence[float]) -> list[Piece]:
    pieces: dict[int, list[int]] = {}
    for line in lines:
        level = _nearest(levels, line.baseline)
        pieces.setdefault(level, []).extend(_in_order(line))
    return [
        (space.row * _STEP + level, space.row * _STEP + level, space.column, space.last_column, one)
        for level, one in pieces.items()
    ]


def _nearest(levels: Sequence[float], baseline: float) -> int:
    above = bisect.bisect(levels, baseline)
    if above in (0, len(levels)):
        return max(0, above - 1)
    return above - (baseline - levels[above - 1] <= levels[above] - baseline)


def _numbered(words: Sequence[Word], pieces: Sequence[Piece]) -> Table | None:
    """Rows and columns that hold anything, counted from 0."""
    rows = sorted({piece[0] for piece in pieces})
    columns = sorted({piece[2] for piece in pieces})
    full = Counter(piece[0] for piece in pieces)
    # A list, or boxes of a drawing, and not a table.
    if len(columns) < 2 or sum(count > 1 for count in full.values()) < 2:  # noqa: PLR2004 - two are the fewest
        return None
    cells = []
    for first, last, column, last_column, chosen in sorted(pieces):
        row, start = bisect.bisect_left(rows, first), bisect.bisect_left(columns, column)
        last_row = row if last == first else bisect.bisect(rows, last) - 1
        end = start if last_column == column else bisect.bisect(columns, last_column) - 1
        text, box = text_of(words, chosen), box_around(words, chosen)
        cells.append(TableCell(row, start, last_row, end, text, box, tuple(chosen)))
    box = around([cell.box for cell in cells])
    return Table(box, len(rows), len(columns), _head(cells), tuple(cells))


def _head(cells: Sequence[TableCell]) -> int:
    figures = [c.row for c in cells if c.column > 0 and is_figure(c.text)]
    return min(figures, default=1)
