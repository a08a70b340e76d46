"""Forms: what is asked on the left and answered on the right, one person a block or a column.

    Name: | Ali Vargas | Sex: | M            Name | Ali Vargas | Bek Osman
    Born: | 1980-01-02 |      |              Born | 1980-01-02 | 1975-03-04
          |            |      |
    Name: | Bek Osman  | Sex: | M            (across: each column of answers is a record)

- A column of labels: most of its cells end with a colon or are known to the lexicon, at least three
  differ, they come again in one order, and cells stand on their right. Some label that comes in
  most forms must ask for a name or a number: a column of kinds of prisons is none.
- A record ends where a label comes again. Labels that two columns share make two rows of forms.
- Where a row answers with headers, a list begins inside the form: it stands outside of the record,
  up to where the next form begins.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import numpy as np

from muniment.core import CellKind
from muniment.facts.arranging.gathering import Record, table_of_records
from muniment.facts.arranging.naming import names_something
from muniment.facts.header import is_known
from muniment.facts.shape import ACROSS, FORM, folded_header
from muniment.facts.table import Column, Table

_LOOKED_AT = 120  # rows from the top that say whether a table is a form
_FEWEST = 3  # different labels
_MOSTLY = 0.6  # share of a column's cells that are labels, and of labels that have an answer
_IN_ORDER = 0.75  # share of repetitions that begin with the first label
_LONGEST = 60  # letters of a label
_ENDS = ":：.…_ \u3000"


class Labels(msgspec.Struct, frozen=True):
    """A column of labels, the columns of answers beside it, and its labels by position."""

    column: int
    answers: tuple[int, ...]
    texts: dict[int, str]

    @property
    def folded(self) -> set[str]:
        """What is asked, as it is compared."""
        return {folded_header(text) for text in self.texts.values()}


def seems_form(table: Table) -> bool:
    """Whether a column holds labels letter for letter: quickly told, before the rest is asked."""
    asked: set[str] = set()
    for column in table.columns:
        codes = [int(code) for code in column.codes[:_LOOKED_AT] if code >= 0]
        sure = {code for code in set(codes) if _is_surely_label(column.values[code].displayed)}
        told = [column.values[code].displayed for code in sure]
        if sum(code in sure for code in codes) >= len(codes) / 2 and _are_labels(told):
            asked |= set(told)
    return len(asked) >= _FEWEST


def _is_surely_label(text: str) -> bool:
    return _ends_as_label(text) or is_known(text)


def _are_labels(texts: Sequence[str]) -> bool:
    """Whether they are enough for a column of labels: three, or fewer that all end with a colon."""
    return len(texts) >= _FEWEST or all(map(_ends_as_label, texts))


def _ends_as_label(text: str) -> bool:
    return text.rstrip().endswith((":", "："))


def records_of_form(table: Table) -> Table | None:
    """The records of a table that is made of forms; None where it is none."""
    columns = _label_columns(table)
    if len({folded_header(text) for _, texts in columns for text in texts.values()}) < _FEWEST:
        return None
    if not any(names_something(_usual(list(texts.values()))) for _, texts in columns):
        return None
    answered = [_with_answers(table, columns, place) for place in range(len(columns))]
    labels = _without_lists(table, [each for each in answered if each is not None])
    across = len(labels) == 1 and len(labels[0].answers) > 1
    return records_of_labels(table, labels, across=across)


def records_of_labels(table: Table, labels: Sequence[Labels], *, across: bool) -> Table | None:
    """The records of forms by their labels; None where nothing was answered.

    `across`: each column of answers is a record; else the first of them answers.
    """
    if len(labels) == 0:
        return None
    names = _names(labels)
    numbers = {folded_header(name): number for number, name in enumerate(names, 1)}
    records: list[Record] = []
    for stream in _streams(labels):
        for answer in range(len(stream[0].answers) if across else 1):
            records += _records(stream, answer, numbers)
    filled = [record for record in records if _is_filled(table, record)]
    if len(filled) == 0:
        return None
    told = {(each.column, position) for each in labels for position in each.texts}
    return table_of_records(table, filled, names, ACROSS if across else FORM, told=told)


def _label_columns(table: Table) -> list[tuple[Column, dict[int, str]]]:
    """Columns in which labels stand, with what may be one by position."""
    found = []
    for column in table.columns:
        held = np.flatnonzero(column.filled())
        texts = {
            int(position): label
            for position in held
            if (label := label_at(column, int(position))) is not None
        }
        top = {position: text for position, text in texts.items() if position < _LOOKED_AT}
        sure = {text: _is_label(column, position) for position, text in top.items()}
        count = sum(sure[text] for text in top.values())
        seen = int((held < _LOOKED_AT).sum())
        asked = [_displayed(column, position) for position in top if sure[top[position]]]
        enough = len(asked) > 0 and _are_labels(list(dict.fromkeys(asked)))
        if (
            enough
            and count >= _MOSTLY * seen
            and _is_in_order([folded_header(text) for text in top.values()])
        ):
            found.append((column, texts))
    return found


def _is_in_order(asked: Sequence[str]) -> bool:
    """Whether what is asked comes again in the order of the first form, mostly from its start.

    What comes once, such as a title above the first form, does not begin one.
    """
    counts = Counter(asked)
    repeated = [text for text in asked if counts[text] > 1]
    order = {text: place for place, text in enumerate(dict.fromkeys(repeated))}
    places = [order[text] for text in repeated]
    again = [after for before, after in pairwise(places) if after <= before]
    return sum(place == 0 for place in again) >= _IN_ORDER * len(again)


def _usual(texts: Sequence[str]) -> set[str]:
    """What is asked in most forms of a column: half as often as what is asked most often."""
    counts = Counter(texts)
    return {text for text, count in counts.items() if 2 * count >= max(counts.values())}


def label_at(column: Column, position: int) -> str | None:
    """What may be a label there: a short text that is no number; without its colon."""
    held = column.at(position)
    if held is None or held.kind is not CellKind.TEXT or len(held.displayed) > _LONGEST:
        return None
    text = " ".join(held.displayed.split()).rstrip(_ENDS)
    return text if any(map(str.isalpha, text)) else None


def _is_label(column: Column, position: int) -> bool:
    held = column.at(position)
    return _asks(column, position) or (held is not None and is_known(held.displayed))


def _asks(column: Column, position: int) -> bool:
    """Whether a cell ends with a colon."""
    held = column.at(position)
    return held is not None and _ends_as_label(held.displayed)


def _with_answers(
    table: Table, columns: Sequence[tuple[Column, dict[int, str]]], place: int
) -> Labels | None:
    """The labels of a column with its answers; None where too few of them have any."""
    column, texts = columns[place]
    numbers = [each.number for each in table.columns]
    end = columns[place + 1][0].number if place + 1 < len(columns) else numbers[-1] + 1
    between = [each for each in table.columns if column.number < each.number < end]
    rows = np.array(sorted(texts), np.int64)
    full = [each for each in between if each.filled()[rows].sum() >= _MOSTLY / 2 * len(rows)]
    if len(full) == 0 or full[0].filled()[rows].sum() < _MOSTLY * len(rows):
        return None
    # What is never answered, such as a title, is a label only where a colon says so.
    has = np.logical_or.reduce([each.filled()[rows] for each in full])
    answered = {texts[row] for row in rows[has].tolist()}
    kept = {row: text for row, text in texts.items() if text in answered or _asks(column, row)}
    return Labels(column.number, tuple(each.number for each in full), kept)


def _without_lists(table: Table, labels: list[Labels]) -> list[Labels]:
    """The labels without those in lists inside of forms."""
    lists = [row for row in _labelled(labels) if _begins_list(table, labels, row)]
    if len(lists) == 0:
        return labels
    first = folded_header(labels[0].texts[min(labels[0].texts)])
    forms = [row for row, text in labels[0].texts.items() if folded_header(text) == first]

    def is_in_list(row: int) -> bool:
        begun = max((each for each in lists if each <= row), default=None)
        return begun is not None and not any(begun < form <= row for form in forms)

    kept = [
        {row: text for row, text in each.texts.items() if not is_in_list(row)} for each in labels
    ]
    return [
        msgspec.structs.replace(each, texts=texts)
        for each, texts in zip(labels, kept, strict=True)
        if len(texts) > 0
    ]


def _labelled(labels: Sequence[Labels]) -> list[int]:
    return sorted({row for each in labels for row in each.texts})


def _begins_list(table: Table, labels: Sequence[Labels], row: int) -> bool:
    """Whether what is answered in a row, and all behind it, are headers letter for letter."""
    texts = {each.number: _column_at(table, each.number, row) for each in table.columns}
    filled = [text for text in texts.values() if text.strip() != ""]
    answers = [texts[each.answers[0]] for each in labels if row in each.texts]
    headers = len(filled) >= _FEWEST and all(map(is_known, filled[1:]))
    return headers and any(map(is_known, answers))


def _names(labels: Sequence[Labels]) -> list[str]:
    """The different labels in the order in which a reader meets them."""
    met = sorted(
        (position, each.column, text) for each in labels for position, text in each.texts.items()
    )
    found: dict[str, str] = {}
    for _, _, text in met:
        found.setdefault(folded_header(text), text)
    return list(found.values())


def _streams(labels: Sequence[Labels]) -> Iterator[list[Labels]]:
    """Columns of labels that belong to one form; those that ask the same are of another."""
    streams: list[list[Labels]] = []
    for each in labels:
        own = next((s for s in streams if all(not each.folded & one.folded for one in s)), None)
        if own is None:
            streams.append([each])
        else:
            own.append(each)
    return iter(streams)


def _records(stream: Sequence[Labels], answer: int, numbers: dict[str, int]) -> Iterator[Record]:
    """The records of a stream, one below the other: a label that comes again begins the next."""
    met = sorted((position, place) for place, each in enumerate(stream) for position in each.texts)
    record: Record | None = None
    asked: set[int] = set()
    for position, place in met:
        labels = stream[place]
        number = numbers[folded_header(labels.texts[position])]
        if record is None or number in asked:
            if record is not None:
                yield record
            record, asked = Record(position), set()
        asked.add(number)
        record.cells[number] = (labels.answers[min(answer, len(labels.answers) - 1)], position)
    if record is not None:
        yield record


def _displayed(column: Column, position: int) -> str:
    held = column.at(position)
    return "" if held is None else held.displayed


def _is_filled(table: Table, record: Record) -> bool:
    """Whether anything was answered."""
    held = (_column_at(table, *cell) for cell in record.cells.values())
    return any(each.strip() != "" for each in held)


def _column_at(table: Table, number: int, position: int) -> str:
    column = table.column(number)
    return "" if column is None else _displayed(column, position)
