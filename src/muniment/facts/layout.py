"""Where in a table its headers stand, and what each of its rows is.

    title      above the headers, or over a block between data
    header     one row that names the columns, or two or three: groups above names
    repeated   the headers again, as on each printed page
    data       what a mapping reads
    total      a sum that is printed: it makes no statements, and is listed
    other      rows under headers of another kind: the sheet changed its shape half-way
    changed    rows that hold other things than those above, without headers that say so
    note       text below the data
    blank      nothing shown

- Rules decide, each with a reason that can be read; what no rule speaks of is data.
"""

from collections.abc import Mapping, Sequence
from enum import IntEnum

import msgspec
import numpy as np
from numpy.typing import NDArray

from muniment.core import CellArea, CellKind
from muniment.facts.header import header_says, is_known
from muniment.facts.lexicon.rows import NOTE_WORDS, TOTAL_LETTERS, TOTAL_WORDS
from muniment.facts.readings import READINGS, CellFacts
from muniment.facts.readings.numbers import decimal_of
from muniment.facts.shape import ARRANGEMENTS, BESIDE, folded_header, shape_of
from muniment.facts.table import NOTHING, Column, Held, Mask, Table

Kinds = NDArray[np.int8]
LOOKED_AT = 25  # rows in which headers are looked for
_BELOW = 40  # rows under a header that are compared with it
_KNOWN = 0.8  # score of a header that the lexicon knows
_SOME_KNOWN = 3  # headers of a wide row
_LONGEST_HEADER = 80  # letters
_LONG_NOTE = 30  # letters of a text alone in its row
_FIRST_LETTERS = TOTAL_LETTERS | {" ", "\u3000", "—", "-", "*"}
_SURE = 0.6  # share of known headers that makes a row in the middle one of other headers


class RowKind(IntEnum):
    """What a row is."""

    BLANK = 0
    TITLE = 1
    HEADER = 2
    REPEATED = 3
    DATA = 4
    TOTAL = 5
    OTHER = 6
    NOTE = 7
    CHANGED = 8


class Layout(msgspec.Struct, frozen=True):
    """Where the headers of a table are; rows by their true numbers.

    `names` are the headers as written, by column; those of several rows are joined "group / name".
    """

    headers: tuple[int, ...]  # none where columns are named by the file, or by nothing
    first: int  # the first row under them
    names: dict[int, str]
    groups: dict[int, str] = {}  # what stands above a header; of groups over groups, line by line
    titles: tuple[str, ...] = ()  # texts above the headers
    how: str = "none"  # stated, found, told, none; or how its records were arranged
    told: str = ""  # what a person told of it, as canonical JSON

    @property
    def arrangement(self) -> str:
        """How the records of the table were arranged; empty where they lie one a row."""
        return self.how if self.how in ARRANGEMENTS else ""

    @property
    def shape(self) -> str:
        """The shape that these headers have; empty where there are none."""
        if len(self.names) == 0:
            return ""
        return shape_of(self.names, self.arrangement, self.told)


class Rows(msgspec.Struct, frozen=True):
    """What each row of a table is, by position, and why where it is no data."""

    kinds: Kinds
    reasons: dict[int, str]

    def of(self, kind: RowKind) -> Mask:
        """Which rows are of a kind."""
        return np.asarray(self.kinds == kind, np.bool_)


def find_layout(table: Table) -> Layout:
    """Where a table's headers are."""
    stated = {column.number: column.name for column in table.columns if column.name}
    if table.told != "" and table.arrangement == "":
        return _told_layout(table)
    if len(stated) * 2 > len(table.columns):
        return _stated_layout(table, stated)
    top = min(len(table.rows), LOOKED_AT)
    rows = [table.texts(position) for position in range(min(len(table.rows), LOOKED_AT + _BELOW))]
    scores = [_header_score(table, rows, position) for position in range(top)]
    best = max(scores, default=0.0)
    if best <= 0:
        return Layout((), int(table.rows[0]) if len(table.rows) > 0 else 1, {})
    # The first row of headers that are known comes before a later one, which may be of a block.
    for position, score in enumerate(scores):
        if score == best or (score >= best - 0.7 and is_mostly_known(rows[position])):
            return _layout_at(table, rows, position)
    return _layout_at(table, rows, scores.index(best))


def _stated_layout(table: Table, stated: dict[int, str]) -> Layout:
    """The layout of a table whose columns have names of their own."""
    first = int(table.rows[0]) if len(table.rows) > 0 else 1
    titles: dict[str, None] = {}
    if table.kinds is not None:
        for position in np.flatnonzero(table.kinds == RowKind.TITLE):
            titles |= dict.fromkeys(table.texts(int(position)).values())
    how = table.arrangement or "stated"
    return Layout(table.headers, first, stated, titles=tuple(titles), how=how, told=table.told)


def _told_layout(table: Table) -> Layout:
    """The layout of a list of which a person told the rows of headers and of data."""
    kinds = np.zeros(0, np.int8) if table.kinds is None else table.kinds
    data = np.flatnonzero(kinds == RowKind.DATA)
    first = int(table.rows[data[0]]) if len(data) > 0 else 1
    heads = np.flatnonzero(kinds == RowKind.HEADER).tolist()
    rows = {position: table.texts(position) for position in heads}
    names, groups = _names(table, rows, heads) if len(heads) > 0 else ({}, {})
    above = np.flatnonzero(kinds == RowKind.TITLE).tolist()
    titles = dict.fromkeys(_tidy(text) for row in above for text in table.texts(row).values())
    return Layout(table.headers, first, names, groups, tuple(titles), "told", table.told)


def is_mostly_known(row: Mapping[int, str]) -> bool:
    """Whether the lexicon knows most texts of a row."""
    return sum(_known(text) > 0 for text in row.values()) >= 0.6 * len(row)


def layout_with(table: Table, names: Mapping[int, str]) -> Layout | None:
    """The layout of a table whose headers are these; None where no row near the top says so."""
    found = find_layout(table)
    if found.shape == shape_of(names, found.arrangement):
        return found
    rows = [table.texts(position) for position in range(min(len(table.rows), LOOKED_AT + _BELOW))]
    for position in range(min(len(table.rows), LOOKED_AT)):
        layout = _layout_at(table, rows, position)
        if layout.shape == shape_of(names):
            return layout
    return None


def _layout_at(table: Table, rows: list[dict[int, str]], position: int) -> Layout:
    """The layout where `position` is a row of headers, alone or with the one above or below it."""
    first, last = position, position
    if _has_names_below(table, rows, position):
        last = position + 1
        grouped = any(_spans_across(table, last, column) for column in rows[last])
        if grouped and _has_names_below(table, rows, last):
            last += 1
    elif _has_groups_above(table, rows, position):
        first = position - 1
    if last == first + 1 and _has_merged_groups_above(table, rows, first):
        first -= 1
    names, groups = _names(table, dict(enumerate(rows)), range(first, last + 1))
    after = last + 1
    while after < len(rows) and _is_numbering(rows[after]):
        after += 1
    titles = tuple(
        " ".join(text.split()) for row in rows[:first] for text in dict.fromkeys(row.values())
    )
    header_rows = tuple(int(table.rows[each]) for each in range(first, after))
    start = int(table.rows[after]) if after < len(table.rows) else header_rows[-1] + 1
    return Layout(header_rows, start, names, groups, titles, "found")


def _header_score(table: Table, rows: list[dict[int, str]], position: int) -> float:
    """How much a row looks like headers; 0 or less where it does not."""
    row = rows[position]
    below = [each for each in rows[position + 1 : position + 1 + _BELOW] if len(each) > 0]
    if len(row) == 0 or (len(below) == 0 and position > 0) or _begins_a_sum(table, position, row):
        return 0.0
    width = float(np.median([len(each) for each in below])) if len(below) > 0 else len(row)
    if len(row) < 2 and (width > 1.5 or len(below) == 0):
        return 0.0
    texts = list(row.values())
    distinct = len({folded_header(text) for text in texts}) / len(texts)
    fill = min(1.0, len(row) / max(width, 1.0))
    if distinct < 0.6 or fill < 0.4:
        return 0.0
    naming = [column for column in row if _may_name(table, position, column)]
    texty = len(naming) / len(row)
    if texty < 0.7:
        return 0.0
    # What the lexicon knows is looked up last: most rows are data, and few of their texts headers.
    known = sum(_known(text) for text in texts) / len(texts)
    typed = _typed_below(table, position, row, naming)
    # A list of a thousand columns has few that are known: some of them, all different, are enough.
    some = known * len(texts) >= _SOME_KNOWN and texty == distinct == fill == 1.0
    if known < 0.3 and typed < 0.25 and not some:
        return 0.0
    return 2.2 * known + texty + 0.8 * fill + 0.6 * typed + 0.5 * distinct - 0.02 * position


def _begins_a_sum(table: Table, position: int, row: dict[int, str]) -> bool:
    """Whether a row below the first begins with a word for a sum: Total, 18 persons."""
    held = _held(table, position, min(row)) if position > 0 else None
    return held is not None and _is_total(held)


def _may_name(table: Table, position: int, column: int) -> bool:
    held = _held(table, position, column)
    if held is None or held.kind is not CellKind.TEXT:
        return False
    text = " ".join(held.displayed.split())
    if len(text) > _LONGEST_HEADER or decimal_of(text) is not None:
        return False
    date = READINGS["date"](text, CellFacts(), {"order": "dmy"})
    identity = READINGS["identity"](text, CellFacts(), {})
    return date.read is None and (identity.read is None or not identity.read[-1].isdecimal())


def is_known_header(text: str) -> bool:
    """Whether the lexicon knows a text as a header."""
    return _known(text) > 0


def _known(text: str) -> float:
    said = header_says(text[:_LONGEST_HEADER])
    return said.best if said.best >= _KNOWN else 0.0


def _typed_below(table: Table, position: int, row: dict[int, str], naming: list[int]) -> float:
    """The share of columns with mostly numbers or dates below and a name (`naming`) in this row."""
    found = 0
    for number in naming:
        column = table.column(number)
        if column is None:
            continue
        codes = column.codes[position + 1 : position + 1 + _BELOW]
        held = [column.values[int(code)] for code in codes if code != NOTHING]
        typed = sum(
            each.kind in (CellKind.NUMBER, CellKind.DATE) or any(map(str.isdecimal, each.displayed))
            for each in held
        )
        digits = any(map(str.isdecimal, row[number]))
        found += len(held) > 0 and typed > 0.6 * len(held) and not digits
    return found / len(row)


def _has_names_below(table: Table, rows: list[dict[int, str]], position: int) -> bool:
    """Whether the next row names what this row groups."""
    if position + 1 >= len(rows):
        return False
    row, below = rows[position], rows[position + 1]
    under = [
        column for column in below if column not in row or _spans_across(table, position, column)
    ]
    if len(below) == 0 or len(under) == 0:
        return False
    fit = sum(_may_name(table, position + 1, column) for column in below) == len(below)
    known = sum(_known(text) >= _KNOWN for text in below.values()) / len(below)
    grouped = any(_spans_across(table, position, column) for column in row)
    blanks = [column for column in below if column not in row]
    if not fit or len(below) < 2:
        return False
    if grouped and known >= 0.3:
        return True
    downward = any(_spans_down(table, position, column) for column in row)
    return (len(blanks) >= max(1, len(below) // 4) or downward) and known >= 0.5


def _has_groups_above(table: Table, rows: list[dict[int, str]], position: int) -> bool:
    """Whether the row above groups what this row names."""
    if position == 0:
        return False
    row, above = rows[position], rows[position - 1]
    if len(above) == 0 or not all(_may_name(table, position - 1, column) for column in above):
        return False
    number = table.rows[position - 1]
    spans = [each for each in table.merged if each.row == number and _width(each) > 1]
    if len(above) == 1:
        (column,) = above
        whole = any(_width(each) >= len(row) for each in spans)
        return len(spans) == 1 and not whole and min(row) < column
    # A column that is named in the upper row alone has nothing to say in the lower one.
    alone = [column for column in above if column not in row]
    named = all(
        _spans_down(table, position - 1, column) or _known(above[column]) >= _KNOWN
        for column in alone
    )
    return named and any(column not in above for column in row)


def _has_merged_groups_above(table: Table, rows: list[dict[int, str]], position: int) -> bool:
    """Whether the row above groups groups: several texts, each merged over columns or down."""
    if position == 0:
        return False
    above = rows[position - 1]
    merged = all(
        _spans_across(table, position - 1, column) or _spans_down(table, position - 1, column)
        for column in above
    )
    grouped = any(_spans_across(table, position - 1, column) for column in above)
    named = all(_may_name(table, position - 1, column) for column in above)
    return len(above) > 1 and merged and grouped and named


def _names(
    table: Table, rows: Mapping[int, dict[int, str]], heads: Sequence[int]
) -> tuple[dict[int, str], dict[int, str]]:
    """The headers of each column, and the groups that they stand under, the widest first."""
    levels = [_level(table, rows, heads[place:]) for place in range(len(heads))]
    names: dict[int, str] = {}
    groups: dict[int, str] = {}
    for column in sorted({number for level in levels for number in level}):
        texts: list[str] = []
        for level in levels:
            text = _tidy(level.get(column, ""))
            if text != "" and folded_header(text) not in map(folded_header, texts):
                texts.append(text)
        names[column] = " / ".join(texts)
        if len(texts) > 1:
            groups[column] = "\n".join(texts[:-1])
    return names, groups


def _level(
    table: Table, rows: Mapping[int, dict[int, str]], heads: Sequence[int]
) -> dict[int, str]:
    """What the first row of `heads` says of each column: its own text, or that of its group."""
    position, *lower = heads
    row = rows[position]
    below = {column for each in lower for column in rows[each]}
    found: dict[int, str] = {}
    carried = ""
    for column in sorted({*row, *below}):
        carried = row.get(column, carried)
        spanned = _anchor(table, position, column, row)
        text = row.get(column) or spanned or (carried if column in below else "")
        if text != "":
            found[column] = text
    return found


def _anchor(table: Table, position: int, column: int, row: dict[int, str]) -> str:
    """What stands in the merged range of this row that covers a column."""
    number = int(table.rows[position])
    for area in table.merged:
        if area.row == number and area.column < column <= (area.last_column or area.column):
            return row.get(area.column, "")
    return ""


def _spans_across(table: Table, position: int, column: int) -> bool:
    number = int(table.rows[position])
    return any(
        area.row == number
        and area.column <= column <= (area.last_column or area.column)
        and _width(area) > 1
        for area in table.merged
    )


def _spans_down(table: Table, position: int, column: int) -> bool:
    number = int(table.rows[position])
    return any(
        area.row == number and area.column == column and (area.last_row or area.row) > number
        for area in table.merged
    )


def _width(area: CellArea) -> int:
    return (area.last_column or area.column) - area.column + 1


def _is_numbering(row: dict[int, str]) -> bool:
    """Whether a row under the headers only numbers the columns: 1, 2, 3 and so on."""
    texts = [text.strip(" ().") for text in row.values()]
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 4]
    run = list(range(1, len(numbers) + 1))
    return len(numbers) >= 3 and len(texts) - len(numbers) <= 1 and numbers == run


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _held(table: Table, position: int, column: int) -> Held | None:
    found = table.column(column)
    return None if found is None else found.at(position)


def rows_of(table: Table, layout: Layout) -> Rows:
    """What each row of a table is."""
    count = len(table.rows)
    kinds = np.full(count, RowKind.DATA, np.int8)
    reasons: dict[int, str] = {}
    filled = {column.number: column.filled() for column in table.columns}
    width = np.zeros(count, np.int64)
    for mask in filled.values():
        width += mask
    kinds[width == 0] = RowKind.BLANK
    if table.kinds is not None:
        kinds = np.where(width > 0, table.kinds, RowKind.BLANK).astype(np.int8)
        aside = np.flatnonzero(kinds == RowKind.NOTE)
        reasons |= dict.fromkeys(aside.tolist(), "stands outside of the records")
    else:
        _mark_headers(table, layout, kinds, width)
    state = _State(table, layout, kinds, width, reasons)
    _mark_repeated(state)
    _mark_totals(state)
    if table.told == "":  # what a person told to be data goes on to its end
        _mark_other(state)
    _mark_alone(state)
    return Rows(kinds, reasons)


def _mark_headers(table: Table, layout: Layout, kinds: Kinds, width: NDArray[np.int64]) -> None:
    """Rows of headers, and the titles above them."""
    above = table.rows < (layout.headers[0] if len(layout.headers) > 0 else layout.first)
    kinds[above & (width > 0)] = RowKind.TITLE
    for number in layout.headers:
        position = table.position(number)
        if position is not None:
            kinds[position] = RowKind.HEADER


class _State(msgspec.Struct, frozen=True):
    """What is known of the rows while they are told apart."""

    table: Table
    layout: Layout
    kinds: Kinds
    width: NDArray[np.int64]
    reasons: dict[int, str]

    def mark(self, positions: NDArray[np.int64], kind: RowKind, why: str) -> None:
        """Note what these rows are, and why."""
        self.kinds[positions] = kind
        for position in positions:
            self.reasons[int(position)] = why

    def typical(self) -> float:
        """How many cells a row of data usually fills."""
        data = self.width[self.kinds == RowKind.DATA]
        return float(np.median(data)) if len(data) > 0 else 0.0


def _mark_repeated(state: _State) -> None:
    """Rows that say again what the headers say."""
    if state.layout.how not in ("found", "told", BESIDE):
        return
    table = state.table
    upper = [table.position(row) for row in state.layout.headers]
    texts = [table.texts(position) for position in upper if position is not None]
    same = np.zeros(len(table.rows), np.int64)
    for column in table.columns:
        said = {folded_header(row[column.number]) for row in texts if column.number in row}
        if len(said) > 0:
            longest = 2 * max(len(text) for text in said) + 8
            same += column.of_values(
                [
                    len(value.displayed) <= longest and folded_header(value.displayed) in said
                    for value in column.values
                ]
            )
    enough = (same >= 2) & (same >= 0.6 * state.width) & (state.kinds == RowKind.DATA)
    state.mark(np.flatnonzero(enough), RowKind.REPEATED, "the headers again")


def _mark_totals(state: _State) -> None:
    """Rows with a word for a sum in front, and few cells or mostly numbers beside it."""
    table = state.table
    word = np.zeros(len(table.rows), np.bool_)
    met = np.zeros(len(table.rows), np.int64)
    for column in table.columns:
        first = met < 3
        if not first.any():
            break
        word |= column.of_values([_is_total(value) for value in column.values]) & first
        met += column.filled()
    typical = state.typical()
    for position in np.flatnonzero(word & (state.kinds == RowKind.DATA)):
        texts = table.texts(int(position)).values()
        numbers = sum(decimal_of(text) is not None for text in texts)
        if len(texts) <= max(2.0, 0.6 * typical) or numbers >= len(texts) - 2:
            state.mark(np.array([position]), RowKind.TOTAL, "a word for a sum, few cells beside it")


def _is_total(value: Held) -> bool:
    text = value.displayed
    if len(text) > 40 or value.kind is not CellKind.TEXT or text[:1] not in _FIRST_LETTERS:
        return False
    folded = folded_header(text).strip(":：.。*-—–=")
    if folded in TOTAL_WORDS:
        return True
    bare = folded.rstrip("0123456789.,人名个個:：()（）")
    return bare in TOTAL_WORDS or any(
        folded.startswith(each) and not folded[len(each) : len(each) + 1].isalpha()
        for each in TOTAL_WORDS
    )


def _mark_other(state: _State) -> None:
    """Rows under other headers, in the middle of the table."""
    table = state.table
    known = np.zeros(len(table.rows), np.int64)
    for column in table.columns:
        known += column.of_values([is_known(value.displayed) for value in column.values])
    candidates = np.flatnonzero(
        (known >= 3) & (known >= _SURE * state.width) & (state.kinds == RowKind.DATA)
    )
    for position in candidates:
        later = np.flatnonzero(state.kinds[position:] == RowKind.REPEATED)
        end = position + int(later[0]) if len(later) > 0 else len(table.rows)
        span = np.arange(position, end)
        span = span[np.isin(state.kinds[span], (RowKind.DATA, RowKind.TOTAL))]
        state.mark(span, RowKind.OTHER, f"under other headers, in row {int(table.rows[position])}")


def _mark_alone(state: _State) -> None:
    """Tell titles and notes by a text alone in its row, where rows usually hold more."""
    if state.typical() < 3:
        return
    table, data = state.table, state.kinds == RowKind.DATA
    alone = np.flatnonzero(data & (state.width == 1))
    last = (
        int(np.flatnonzero(data & (state.width > 1))[-1])
        if (data & (state.width > 1)).any()
        else -1
    )
    across = {area.row for area in table.merged if _width(area) > 2}
    for position in alone:
        ((column, text),) = table.texts(int(position)).items()
        starts = folded_header(text).startswith(NOTE_WORDS)
        is_text = decimal_of(text) is None
        first = column == table.columns[0].number
        if is_text and (starts or (int(position) > last and (first or len(text) > _LONG_NOTE))):
            state.mark(np.array([position]), RowKind.NOTE, "a text alone, below the data")
        elif is_text and int(table.rows[position]) in across:
            state.mark(np.array([position]), RowKind.TITLE, "a text over several columns")
        elif is_text and first and _is_numbered(table.columns[0], data):
            state.mark(np.array([position]), RowKind.TITLE, "a text alone where rows are numbered")


def _is_numbered(column: Column, rows: Mask) -> bool:
    held = column.codes[rows & column.filled()][:200]
    numbers = sum(decimal_of(column.values[int(code)].written) is not None for code in held)
    return len(held) > 0 and numbers > 0.7 * len(held)
