"""Passages of a file whose lines are statements: all that is said of one subject is one passage.

- What a person is called and where she was born stand in two lines: asked for together, both are
  found, and each word leads to the cell of its own line.
- Ids, digests and codes around the values are no passage; a subject's id stands once before them.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from muniment.catalog.exchanged import Lines
from muniment.catalog.passages import Passage, Piece, passages
from muniment.core import Cell, Part

_LONGEST = 4_000  # code points, as of other passages


def subject_passages(parts: Iterable[Part], lines: Lines) -> Iterator[Passage]:
    """The passages of such a file, subject by subject; then those of what is no line of it."""
    others: list[Part] = []
    texts = _texts(_rows(parts, others), lines)
    for _, said in groupby(texts, key=lambda each: each[0]):
        yield from _passages([cell for _, cell in said])
    yield from passages(others)


def _rows(parts: Iterable[Part], others: list[Part]) -> Iterator[list[Cell]]:
    """The rows of cells; what is no cell is put into `others`."""
    row: list[Cell] = []
    for part in parts:
        if not isinstance(part, Cell):
            others.append(part)
            continue
        if len(row) > 0 and row[0].in_table.row != part.in_table.row:
            yield row
            row = []
        row.append(part)
    if len(row) > 0:
        yield row


def _texts(rows: Iterator[list[Cell]], lines: Lines) -> Iterator[tuple[str, Cell]]:
    """Each subject with the cells that are searched: its id once, then every value."""
    names = {cell.in_table.column: cell.written for cell in next(rows, [])}
    wanted = {*lines.values, lines.subject}
    before = None
    for row in rows:
        line = {name: cell for cell in row if (name := names.get(cell.in_table.column)) in wanted}
        subject = line.get(lines.subject)
        key = "" if subject is None else subject.written
        if subject is not None and key != before:
            yield key, subject
        before = key
        for cell in _values(line, lines):
            yield key, cell


def _values(line: Mapping[str, Cell], lines: Lines) -> Iterator[Cell]:
    """The values of a line, those that say the same once."""
    said = set()
    for name in lines.values:
        cell = line.get(name)
        if cell is not None and cell.written not in said:
            said.add(cell.written)
            yield cell


def _passages(cells: list[Cell]) -> Iterator[Passage]:
    """Cells as passages, none much longer than others are."""
    texts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for cell in cells:
        if length > 0 and length + len(cell.written) > _LONGEST:
            yield Passage("\t".join(texts), tuple(pieces), "row")
            texts, pieces, length = [], [], 0
        pieces.append(Piece(length, len(cell.written), cell.at))
        texts.append(cell.written)
        length += len(cell.written) + 1
    yield Passage("\t".join(texts), tuple(pieces), "row")
