"""Tables without ruling: lines that follow each other and are set in the same columns.

- Two columns of sentences are a book's page, a list of terms or of references, not a table;
  figures in the columns are what convinces, or many columns.
"""

import bisect
import re
import statistics
from collections.abc import Sequence
from itertools import pairwise

from muniment.readers.page_table_headings import with_headings
from muniment.readers.page_table_lines import Line, is_leader, lines_of
from muniment.readers.page_table_numbers import is_figure
from muniment.readers.page_table_prose import blocks_of
from muniment.readers.page_table_records import Rule, Sheet, Table, around
from muniment.readers.page_table_rows import Laid, Layout, laid_out, table_of

_FAR = 2.6  # letters' heights between lines: more ends a table
_FEWEST = 3  # lines set in columns
_WORDY = 5.0  # words in a segment: sentences
_FIGURES = 0.5  # of what stands beside the first column
_ALIGNED = 0.6  # of the columns: their texts begin, end or are centred at one place
_FILLED = 0.4  # of rows times columns; the letters of a chart fill less
_NEAR = 0.45  # of a letter's height
_IN_LINE = 0.6  # of a column's texts
_STRICT = 0.8  # of the columns, where no figures speak for a table
_FULL = 0.55  # of rows times columns, likewise
_STRAY = 0.12  # of the texts that lie over columns, likewise
_DENSE = 0.72  # of a line's width
_WIDE = 0.5  # of a table's width: a caption or a note
_NOTE = re.compile(
    r"(table|figure|tableau|tabelle|sources?|notes?|nb|n\.b)\b|\(\S{1,2}\)|[*†‡¹²³]", re.IGNORECASE
)
_PAGES = re.compile(r"(?<![\w.,])\d{1,4}(?![\w.])")
_LAST_PAGE = 1_000
_PLENTY = 4  # columns, from which on texts convince too


def aligned_tables(
    sheet: Sheet, rules: Sequence[Rule], free: set[int]
) -> tuple[list[Table], list[list[int]]]:
    """Tables among words that are still free, and the blocks in which these words stand."""
    whole = lines_of(sheet.words, free, rules)
    tables: list[Table] = []
    blocks = blocks_of(sheet.words, whole)
    for block in blocks:
        left = set(block)
        lines = whole if len(blocks) == 1 else lines_of(sheet.words, block, rules)
        for run in _runs(lines):
            layout = _laid_out(sheet, run, rules, left)
            if layout is not None:
                table = table_of(sheet.words, layout, rules)
                tables.append(table)
                left.difference_update(index for cell in table.cells for index in cell.words)
    return tables, blocks


def _laid_out(
    sheet: Sheet, run: Sequence[Line], rules: Sequence[Rule], left: set[int]
) -> Layout | None:
    """A run of lines as a table, with its headings and without its notes; None where it is none."""
    # Lines that follow each other are the same lines without those before and behind them.
    layout = laid_out(sheet.words, run)
    first, last = _without_notes(layout)
    if first == last:
        return None
    if last - first < len(layout.lines):
        layout = laid_out(sheet.words, run[first:last])
    if not convincing(layout, framed=False):
        return None
    body = run[first:last]
    box = around([line.box for line in body])
    chosen = _words_in(body)
    headed = with_headings(sheet.words, chosen, left, rules, box)
    if len(headed) == len(chosen):
        return layout
    return laid_out(sheet.words, lines_of(sheet.words, headed, rules))


def _words_in(lines: Sequence[Line]) -> list[int]:
    return [index for line in lines for segment in line.segments for index in segment.words]


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that may be a table: set in columns, with single texts between them here and there."""
    runs: list[list[Line]] = []
    run: list[Line] = []
    waiting: list[Line] = []
    for line in lines:
        last = (waiting or run)[-1] if len(run) > 0 else None
        far = last is not None and line.baseline - last.baseline > _FAR * max(line.size, last.size)
        if far:
            runs.append(run)
            run, waiting = [], []
        if len(line.segments) > 1:
            run.extend([*waiting, line])
            waiting = []
        elif len(run) > 0:
            waiting.append(line)
            if len(waiting) > 2 or _is_sentence(line, run):  # noqa: PLR2004 - two of each are the fewest
                runs.append(run)
                run, waiting = [], []
    runs.append(run)
    return [run for run in runs if sum(len(line.segments) > 1 for line in run) > 1]


def _without_notes(layout: Layout) -> tuple[int, int]:
    """Which lines are left without the caption above them and the notes below: from, and up to."""
    lines = layout.lines
    first, last = 0, len(lines)
    if last == 0:
        return first, last
    width = max(one.line.box[2] for one in lines) - min(one.line.box[0] for one in lines)
    while first < last and _is_note(lines[first], width):
        first += 1
    while first < last and _is_note(lines[last - 1], width):
        last -= 1
    return first, last


def _is_note(laid: Laid, width: float) -> bool:
    if laid.has_figures:
        return False
    widest = max(segment.width for segment in laid.line.segments)
    return widest > _WIDE * width or _NOTE.match(laid.texts[0]) is not None


def _is_sentence(line: Line, run: Sequence[Line]) -> bool:
    left = min(other.box[0] for other in run)
    right = max(other.box[2] for other in run)
    return line.box[2] - line.box[0] > 0.7 * (right - left)


def convincing(layout: Layout, *, framed: bool) -> bool:
    """Whether laid out lines are a table and not prose."""
    columns = len(layout.columns)
    columned = sum(len(laid.columns) > 1 for laid in layout.lines)
    filled = sum(len(laid.columns) for laid in layout.lines)
    if columns < 2 or len(layout.lines) < 2 or columned == 0:  # noqa: PLR2004 - two of each at least
        return False
    if columned * 2 < len(layout.lines) or filled < _FILLED * columns * len(layout.lines):
        return False
    if _spanning(layout) or _is_contents(layout):
        return False
    figures, words = _beside(layout)
    aligned = _aligned(layout)
    if framed and figures >= _FIGURES:
        return aligned >= _ALIGNED / 2
    if aligned < _ALIGNED or _density(layout) > _DENSE or words > _WORDY or columned < 2:  # noqa: PLR2004 - see above
        return False
    if framed:
        return _is_strict(layout)
    return _convincing_alone(layout, columned, figures, words)


def _convincing_alone(layout: Layout, columned: int, figures: float, words: float) -> bool:
    """Whether figures, or many columns, make a table of lines that nothing frames."""
    columns = len(layout.columns)
    if columned < _FEWEST and (columns < _PLENTY or figures < _FIGURES):
        return False
    if columns == 2 and _all_figures(layout):  # noqa: PLR2004 - the scales of a chart
        return False
    return figures >= _FIGURES or (columns >= _PLENTY and words < _WORDY / 2 and _is_strict(layout))


def _is_strict(layout: Layout) -> bool:
    """Whether words alone keep to their columns as words in a table do."""
    spans = [span for laid in layout.lines for span in laid.spans]
    over = sum(span.last > span.first for span in spans)
    filled = sum(len(laid.columns) for laid in layout.lines)
    return (
        over <= _STRAY * len(spans)
        and filled >= _FULL * len(layout.columns) * len(layout.lines)
        and _aligned(layout) >= _STRICT
    )


def _beside(layout: Layout) -> tuple[float, float]:
    """Of what stands beside the first column: the share of figures, and words in a text."""
    texts = [
        text
        for laid in layout.lines
        if len(laid.columns) > 1
        for span, text in zip(laid.spans, laid.texts, strict=True)
        if span.first > 0
    ]
    if len(texts) == 0:
        return 0.0, 0.0
    figures = sum(map(is_figure, texts)) / len(texts)
    return figures, statistics.mean(len(text.split()) for text in texts)


def _aligned(layout: Layout) -> float:
    """The share of columns whose texts begin, end or have their middle at one place."""
    edges: list[list[tuple[float, float, float, float]]] = [[] for _ in layout.columns]
    for laid in layout.lines:
        for span, segment in zip(laid.spans, laid.line.segments, strict=True):
            left, _, right, _ = segment.box
            if span.first == span.last:
                edges[span.first].append((left, right, (left + right) / 2, laid.line.size))
    good = sum(_is_aligned(found) for found in edges)
    return good / len(layout.columns)


def _is_aligned(found: list[tuple[float, float, float, float]]) -> bool:
    if len(found) < 2:  # noqa: PLR2004 - two of each are the fewest
        return False
    for kind in range(3):
        places = sorted(one[kind] for one in found)
        within = _NEAR * found[0][3]
        most = max(bisect.bisect(places, at + within) - i for i, at in enumerate(places))
        if most >= _IN_LINE * len(found) and most > 1:
            return True
    return False


def _all_figures(layout: Layout) -> bool:
    first = [
        text
        for laid in layout.lines
        for span, text in zip(laid.spans, laid.texts, strict=True)
        if span.first == 0
    ]
    return all(map(is_figure, first))


def _density(layout: Layout) -> float:
    """How much of a line is text, in the middle of all lines: sentences fill it."""
    left = min(laid.line.box[0] for laid in layout.lines)
    right = max(laid.line.box[2] for laid in layout.lines)
    shares = [
        sum(
            segment.width
            for segment, text in zip(laid.line.segments, laid.texts, strict=True)
            if not is_leader(text)
        )
        / max(right - left, 1.0)
        for laid in layout.lines
    ]
    return statistics.median(shares)


def _spanning(layout: Layout) -> bool:
    """Whether texts lie over the columns more than in them."""
    spans = [span for laid in layout.lines for span in laid.spans]
    return sum(span.last > span.first for span in spans) * 3 > len(spans)


def _is_contents(layout: Layout) -> bool:
    """Whether this is a list of chapters or figures: titles, dots, pages that never go back."""
    last = len(layout.columns) - 1
    dotted = sum(any(is_leader(text) for text in laid.texts) for laid in layout.lines)
    pages = [
        [int(number) for number in _PAGES.findall(text)]
        for laid in layout.lines
        for span, text in zip(laid.spans, laid.texts, strict=True)
        if span.last == last and _PAGES.sub("", text).strip(" ,–-") == ""
    ]
    firsts = [numbers[0] for numbers in pages if len(numbers) > 0]
    rising = all(a <= b for a, b in pairwise(firsts))
    small = all(number < _LAST_PAGE for number in firsts)
    if len(firsts) * 2 <= len(layout.lines):
        return False
    led = dotted * 3 > len(layout.lines)
    if led:
        return rising or (small and last == 1)
    return rising and last == 1
