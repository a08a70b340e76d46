"""The rows that lines make, and the cells in them: for tables that are not ruled throughout.

- A line begins a row unless it goes on with the one above: nothing but broken-off text in it,
  set closer than rows are, no rule between.
- Headings of several lines are one row where each line stands over the same columns; a heading
  that spans several columns with others below it is a row of its own.
"""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from muniment.readers.page_table_columns import Span, columns_of, spans_of
from muniment.readers.page_table_lines import Line, Segment, segment_of, text_of
from muniment.readers.page_table_numbers import is_figure
from muniment.readers.page_table_records import Rule, Table, TableCell, Word, around, box_around

_CENTRED = 0.75  # of a letter's height off the middle
_GUTTER = 0.4  # of a letter's height: wider than a space between words
_LOOSE = 1.22  # how much farther apart rows stand than the lines of one
_RAISED = 0.6  # of a letter's height: a heading set half a line lower is no line below
_CLOSE = 1.6  # of a letter's height: lines of one cell stand no farther apart
_ACROSS = 0.5  # of a table's width, for a rule to part rows


class Laid(msgspec.Struct, frozen=True):
    """A line whose segments have their columns."""

    line: Line
    spans: tuple[Span, ...]
    texts: tuple[str, ...]

    @property
    def columns(self) -> frozenset[int]:
        """All columns in which something stands."""
        return frozenset(c for span in self.spans for c in range(span.first, span.last + 1))

    @property
    def has_figures(self) -> bool:
        """Whether anything but the first column holds a figure."""
        return any(
            span.first > 0 and is_figure(text)
            for span, text in zip(self.spans, self.texts, strict=True)
        )


class Layout(msgspec.Struct, frozen=True):
    """Lines laid into columns."""

    columns: tuple[tuple[float, float], ...]
    lines: tuple[Laid, ...]


def laid_out(words: Sequence[Word], found: Sequence[Line]) -> Layout:
    """Lines and the columns that they make."""
    columns = columns_of(found)
    if len(columns) == 0:
        return Layout((), ())
    lines = [_split_at_gutters(words, line, columns) for line in found]
    laid = []
    for line in lines:
        texts = tuple(text_of(words, segment.words) for segment in line.segments)
        laid.append(Laid(line, tuple(spans_of(line, columns)), texts))
    body = _first_figures(laid)
    for index in range(body - 1):
        laid[index] = _spread(laid[index], laid[index + 1 : body], columns)
    return Layout(tuple(columns), tuple(laid))


def _spread(laid: Laid, below: Sequence[Laid], columns: Sequence[tuple[float, float]]) -> Laid:
    """A heading set in the middle of several columns with headings of their own spans them."""
    spans = list(laid.spans)
    headed = frozenset().union(*(one.columns for one in below))
    middles = [(s.box[0] + s.box[2]) / 2 for s in laid.line.segments]
    for index, (span, segment) in enumerate(zip(spans, laid.line.segments, strict=True)):
        if span.first == 0:
            continue
        near = {
            column
            for column in headed
            if column > 0
            and index
            == min(range(len(middles)), key=lambda i: abs(sum(columns[column]) / 2 - middles[i]))
        }
        least, most = span.first, span.last
        while least - 1 in near:
            least -= 1
        while most + 1 in near:
            most += 1
        spans[index] = _centred(span, segment, (least, most), laid.line.size, columns)
    return msgspec.structs.replace(laid, spans=tuple(spans))


def _centred(
    span: Span,
    segment: Segment,
    room: tuple[int, int],
    size: float,
    columns: Sequence[tuple[float, float]],
) -> Span:
    """The widest span within the room of whose width the segment is the middle."""
    middle = (segment.box[0] + segment.box[2]) / 2
    best = span
    for first in range(min(room[0], span.first), span.first + 1):
        for last in range(span.last, max(room[1], span.last) + 1):
            away = abs((columns[first][0] + columns[last][1]) / 2 - middle)
            if away <= size * _CENTRED and last - first > best.last - best.first:
                best = Span(first, last)
    return best


def _split_at_gutters(
    words: Sequence[Word], line: Line, columns: Sequence[tuple[float, float]]
) -> Line:
    """Segments over several columns divided where a wide enough space stands in the gutter."""
    segments: list[Segment] = []
    for segment in line.segments:
        cuts = [
            place
            for place, (one, other) in enumerate(pairwise(segment.words), start=1)
            if _at_gutter(words[one], words[other], line.size, columns)
        ]
        if len(cuts) == 0:
            segments.append(segment)
        else:
            stretches = pairwise([0, *cuts, len(segment.words)])
            segments.extend(segment_of(words, segment.words[a:b]) for a, b in stretches)
    return msgspec.structs.replace(line, segments=tuple(segments))


def _at_gutter(one: Word, other: Word, size: float, columns: Sequence[tuple[float, float]]) -> bool:
    gap = other.left - one.right
    if gap <= _GUTTER / 2 * size:
        return False
    for (_, right), (left, _) in pairwise(columns):
        if one.right < left and gap > _GUTTER * size and one.right <= right + 1:
            if left - 1 <= other.left and right < other.left:
                return True
        elif abs(other.left - left) <= 2 and gap > _GUTTER / 2 * size:  # noqa: PLR2004 - in line
            return True
    return False


def table_of(words: Sequence[Word], layout: Layout, rules: Sequence[Rule]) -> Table:
    """The table that laid out lines make."""
    rows = _rows(layout, rules)
    cells: list[TableCell] = []
    for number, row in enumerate(rows):
        cells.extend(_cells(words, number, row))
    box = around([cell.box for cell in cells])
    return Table(box, len(rows), len(layout.columns), _head(rows), tuple(cells))


def _cells(words: Sequence[Word], number: int, row: Sequence[Laid]) -> list[TableCell]:
    """One cell for each group of columns that anything in the row spans."""
    groups: list[tuple[int, int, list[int]]] = []
    found = [
        (span.first, span.last, segment.words)
        for laid in row
        for span, segment in zip(laid.spans, laid.line.segments, strict=True)
    ]
    for first, last, chosen in found:
        groups = _merge(groups, first, last, list(chosen))
    cells = []
    for first, last, members in sorted(groups):
        box = box_around(words, members)
        text = text_of(words, members)
        cells.append(TableCell(number, first, number, last, text, box, tuple(members)))
    return cells


def _merge(
    groups: list[tuple[int, int, list[int]]], first: int, last: int, chosen: list[int]
) -> list[tuple[int, int, list[int]]]:
    apart, members = [], []
    for group in groups:
        if group[0] <= last and first <= group[1]:
            first, last = min(first, group[0]), max(last, group[1])
            members.extend(group[2])
        else:
            apart.append(group)
    return [*apart, (first, last, members + chosen)]


def _rows(layout: Layout, rules: Sequence[Rule]) -> list[list[Laid]]:
    lines = layout.lines
    leading = _leading(lines)
    body = _first_figures(lines)
    rows = [[lines[0]]]
    for index in range(1, len(lines)):
        above, line = lines[index - 1], lines[index]
        if _is_ruled_off(above.line, line.line, rules):
            goes_on = False
        elif index < body:
            goes_on = _heading_goes_on(rows[-1], line, leading)
        else:
            goes_on = _goes_on(rows[-1], line, leading)
        if goes_on:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _first_figures(lines: Sequence[Laid]) -> int:
    for index, laid in enumerate(lines):
        if laid.has_figures and not _are_years(laid):
            return index
    return 0 if len(lines) < 1 else min(1, len(lines))


def _are_years(laid: Laid) -> bool:
    """Whether a line's figures are all years, as headings are."""
    figures = [
        text
        for span, text in zip(laid.spans, laid.texts, strict=True)
        if span.first > 0 and is_figure(text)
    ]
    return all(len(t) == 4 and t.isdigit() and "1800" <= t <= "2100" for t in figures)  # noqa: PLR2004 - as many as it takes


def _leading(lines: Sequence[Laid]) -> float:
    """The distance of rows: below it stand the lines of one cell; 0 where all are alike."""
    gaps = sorted(b.line.baseline - a.line.baseline for a, b in pairwise(lines))
    least = _RAISED * min(laid.line.size for laid in lines)
    gaps = [gap for gap in gaps if gap > least]
    if len(gaps) < 3:  # noqa: PLR2004 - as many as it takes
        return 0.0
    steps = [(b / a, a, b) for a, b in pairwise(gaps)]
    most, low, high = max(steps)
    if most < _LOOSE or gaps.index(high) < 1:
        return 0.0
    return (low + high) / 2


def _is_ruled_off(above: Line, below: Line, rules: Sequence[Rule]) -> bool:
    """Whether a rule runs between two lines under or over most of what stands there."""
    left, right = min(above.box[0], below.box[0]), max(above.box[2], below.box[2])
    covered = 0.0
    for rule in rules:
        if (
            rule.horizontal
            and above.baseline - above.size / 4 < rule.at < below.baseline - below.size / 3
        ):
            covered += max(0.0, min(right, rule.end) - max(left, rule.start))
    return covered >= _ACROSS * (right - left)


def _heading_goes_on(row: Sequence[Laid], line: Laid, leading: float) -> bool:
    gap = line.line.baseline - row[-1].line.baseline
    if gap > _CLOSE * line.line.size or 0 < leading < gap:
        return False
    wide = [span for laid in row for span in laid.spans if span.last > span.first]
    for span in wide:
        below = [s for s in line.spans if s.first >= span.first and s.last <= span.last]
        if len(below) > 1:
            return False
    return True


def _goes_on(row: Sequence[Laid], line: Laid, leading: float) -> bool:
    above = row[-1]
    gap = line.line.baseline - above.line.baseline
    if gap > _CLOSE * max(line.line.size, above.line.size):
        return False
    if _begins_low(line) and line.columns == {0}:
        return True
    if leading > 0 and gap > leading:
        return False
    standing = frozenset().union(*(laid.columns for laid in row))
    if line.has_figures and any(laid.has_figures for laid in row):
        return False
    if not line.columns <= standing and not _begins_low(line):
        return False
    if leading > 0:
        return not (
            line.columns == standing
            and len(standing) > 1
            and 0 in line.columns
            and line.has_figures
        )
    return _begins_low(line) or (0 not in line.columns and not line.has_figures)


def _begins_low(line: Laid) -> bool:
    """Whether the first text of a line is the middle of a sentence."""
    first = line.texts[0][:1]
    return first.islower() or first in "(,;)/&"


def _head(rows: Sequence[Sequence[Laid]]) -> int:
    for number, row in enumerate(rows):
        if any(laid.has_figures and not _are_years(laid) for laid in row):
            return number
    return 1 if len(rows) > 1 else 0
