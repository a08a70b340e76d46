"""The columns that the segments of several lines agree on.

- Lines with most segments decide first; a segment that lies over several columns spans them.
- A column that only one line of many speaks for is none.
"""

from collections.abc import Sequence

import msgspec

from muniment.readers.page_table_lines import Line, Segment

_TOUCH = 1.0  # points or pixels by which letters of two columns may overlap
_PART = 0.3  # of the narrower of two, where that is less than a point
_FEWEST = 2  # columns of a table
_MANY = 4  # lines from which on a column needs two of them


class Span(msgspec.Struct, frozen=True, gc=False):
    """First and last column of a segment."""

    first: int
    last: int


class _Column:
    def __init__(self, left: float, right: float) -> None:
        self.left, self.right, self.lines = left, right, 1

    def touches(self, segment: Segment) -> bool:
        """Whether the segment may lie in the column; few of a page's do."""
        return self.left < segment.box[2] and segment.box[0] < self.right

    def shares(self, segment: Segment) -> float:
        """By how much the segment lies in the column."""
        shared = min(self.right, segment.box[2]) - max(self.left, segment.box[0])
        narrow = min(segment.width, self.right - self.left)
        return shared if shared > min(_TOUCH, _PART * narrow) else 0.0


def columns_of(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Left and right of each column, from left to right."""
    columns: list[_Column] = []
    ranked = sorted(lines, key=lambda line: (-len(line.segments), line.baseline))
    for line in ranked:
        for segment in sorted(line.segments, key=lambda one: one.width):
            _grow(columns, segment, line)
    columns.sort(key=lambda column: column.left)
    if len(lines) >= _MANY:
        columns = _supported(columns)
    return [(column.left, column.right) for column in columns]


def _grow(columns: list[_Column], segment: Segment, line: Line) -> None:
    shared = [column for column in columns if column.touches(segment)]
    shared = [column for column in shared if column.shares(segment) > 0]
    if len(shared) == 0:
        columns.append(_Column(segment.box[0], segment.box[2]))
        return
    if len(shared) > 1:
        shared = _unshared(shared, segment, line)
    if len(shared) == 1:
        column = shared[0]
        column.lines += 1
        others = [other for other in columns if other is not column]
        left = max([o.right for o in others if o.right <= column.left + _TOUCH], default=-1e9)
        right = min([o.left for o in others if o.left >= column.right - _TOUCH], default=1e9)
        column.left = max(min(column.left, segment.box[0]), min(left, column.left))
        column.right = min(max(column.right, segment.box[2]), max(right, column.right))


def _unshared(shared: list[_Column], segment: Segment, line: Line) -> list[_Column]:
    """Of the columns a segment lies over, those that no other segment of its line claims more."""
    own = []
    for column in shared:
        share = column.shares(segment)
        rivals = [o for o in line.segments if o is not segment and column.touches(o)]
        if all(column.shares(rival) < share for rival in rivals):
            own.append(column)
    return own


def _supported(columns: list[_Column]) -> list[_Column]:
    if len(columns) <= _FEWEST:
        return columns
    return [column for column in columns if column.lines > 1]


def spans_of(line: Line, columns: Sequence[tuple[float, float]]) -> list[Span]:
    """Which columns each segment of a line stands in."""
    spans: list[Span] = []
    for segment in line.segments:
        start, _, end, _ = segment.box
        touched = [
            index
            for index, (left, right) in enumerate(columns)
            if start < right
            and left < end
            and min(right, end) - max(left, start)
            > min(_TOUCH, _PART * min(end - start, right - left))
        ]
        if len(touched) == 0:
            touched = [_nearest(segment, columns)]
        spans.append(Span(touched[0], touched[-1]))
    return _parted(line, spans, columns)


def _nearest(segment: Segment, columns: Sequence[tuple[float, float]]) -> int:
    middle = (segment.box[0] + segment.box[2]) / 2
    return min(range(len(columns)), key=lambda i: abs(sum(columns[i]) / 2 - middle))


def _parted(line: Line, spans: list[Span], columns: Sequence[tuple[float, float]]) -> list[Span]:
    """No two segments of a line in one column, where one of them has another to stand in."""
    for index in range(len(spans) - 1):
        one, other = spans[index], spans[index + 1]
        if one.last < other.first:
            continue
        left, right = columns[other.first]
        mine = min(right, line.segments[index].box[2]) - max(left, line.segments[index].box[0])
        its = min(right, line.segments[index + 1].box[2]) - max(
            left, line.segments[index + 1].box[0]
        )
        if mine <= its and one.first < other.first:
            spans[index] = Span(one.first, other.first - 1)
        elif other.last > one.last:
            spans[index + 1] = Span(one.last + 1, other.last)
    return spans
