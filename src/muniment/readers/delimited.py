"""Tables written as text: comma, semicolon, tab or bar between fields.

- A cell stands at its record and field, counted from 1; records are counted as they stand, empty
  ones and ragged ones too, so a row number is the record's true number in the file.
- Cells hold the field as written, without its quotes; empty fields are no cells.
- Records of another width than most are kept as they are and counted in a Problem.
- A quote that is never closed quotes nothing: its lines are records like all others, and a Problem
  says where.
- A line `sep=;` before the table is stated, and is no record of cells; it is counted.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator

import msgspec

from muniment.core import Cell, CellArea, CellKind, Field, Metadata, Part, Problem, Whole
from muniment.readers.control_bytes import control_problems
from muniment.readers.delimited_shape import LONGEST_FIELD, SEPARATOR_LINE, delimiter_of
from muniment.readers.encodings import Encoding, decoded, encoding_of
from muniment.readers.packed_cells import (
    CELL_START,
    FALSE,
    LARGEST_PACKED,
    NIL,
    STORED,
    reading_unpacked,
)
from muniment.readers.plain_text import encoding_parts, read_text
from muniment.readers.reader import Context, PackedCells, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_SAMPLE = 1 << 16
_MOST_LINES = 1_000  # of one quoted field; more is a quote that was never closed
_MOST_COLUMNS = 1 << 14  # whose beginnings are kept
_LARGEST_RECORD = 1 << 22
_REST = NIL * 3 + FALSE + NIL + STORED  # nothing shown, no formula, no format, seen, no comment

_encode = msgspec.msgpack.Encoder().encode


def read_delimited(source: Source, context: Context) -> Iterator[Part | PackedCells]:
    """The cells of a table written as text; its text where no delimiter separates it."""
    encoding = encoding_of(source.blocks())
    head = "".join(decoded([source.read_at(0, _SAMPLE)], encoding))
    delimiter = delimiter_of(head, whole=source.size <= _SAMPLE, expected=True)
    if delimiter is None:
        yield from read_text(source, context)
        return
    yield from encoding_parts(encoding, source.blocks())
    yield from control_problems(source, encoding)
    yield Metadata(Field("delimiter"), "delimiter", delimiter)
    separator = SEPARATOR_LINE.match(head)
    records = _Records(source, encoding, delimiter)
    table = _Table(context.limits.cells)
    for row, record in enumerate(records, start=1):
        if row == 1 and separator is not None:
            yield Metadata(CellArea(1, 1), "separator", separator[0].strip())
            continue
        yield from table.take(row, record)
    yield from table.flush()
    yield from records.problems
    yield from _ragged(table.widths)


class _Table:
    """Packs the records of a table."""

    def __init__(self, most_cells: int) -> None:
        self._most_cells = most_cells
        self._cells = 0
        self._columns: list[bytes] = []
        self._packed: list[bytes] = []
        self._size = self._count = 0
        self.widths: Counter[int] = Counter()

    def take(self, row: int, record: list[str]) -> Iterator[Part | PackedCells]:
        """The cells of a record, now or with those of later ones."""
        width = len(record)
        self.widths[width] += 1
        if width > len(self._columns):
            if width > _MOST_COLUMNS:
                yield from self._one_by_one(row, record)
                return
            known = range(len(self._columns) + 1, width + 1)
            kind = NIL * 3 + _encode(CellKind.TEXT)
            self._columns += [_encode(column) + kind for column in known]
        pairs = zip(self._columns, record, strict=False)
        made = [middle + _encode(written) for middle, written in pairs if written != ""]
        start = CELL_START + _encode(row)
        body = start + (_REST + start).join(made) + _REST if len(made) > 0 else b""
        if len(body) > _LARGEST_RECORD:
            yield from self._one_by_one(row, record)
            return
        self._packed.append(body)
        self._count += len(made)
        self._size += len(body)
        self._check(len(made))
        if self._size >= LARGEST_PACKED:
            yield from self.flush()

    def flush(self) -> Iterator[PackedCells]:
        """What was held back."""
        if self._count > 0:
            yield PackedCells(self._count, b"".join(self._packed))
        self._packed, self._size, self._count = [], 0, 0

    def _one_by_one(self, row: int, record: list[str]) -> Iterator[Part | PackedCells]:
        yield from self.flush()
        for column, written in enumerate(record, start=1):
            if written != "":
                yield Cell(CellArea(row, column), CellKind.TEXT, written)
                self._check(1)

    def _check(self, more: int) -> None:
        self._cells += more
        if self._cells > self._most_cells:
            raise RefusedError(f"has more than {self._most_cells} cells")


class _RunawayError(Exception):
    """A quoted field goes on for more lines than any does."""


class _Records:
    """The records of a table; `problems` says which quotes were never closed."""

    def __init__(self, source: Source, encoding: Encoding, delimiter: str) -> None:
        self._lines = _lines(decoded(source.blocks(), encoding))
        self._delimiter = delimiter
        self._held: list[str] = []
        self._row = 0
        self.problems: list[Problem] = []

    def __iter__(self) -> Iterator[list[str]]:
        """The records in order.

        Raises:
            UnreadableError: a field is longer than any table's.
        """
        csv.field_size_limit(LONGEST_FIELD)
        while True:
            try:
                for record in csv.reader(self._fed(), delimiter=self._delimiter, strict=False):
                    if len(self._held) > 1 and self._is_open():
                        break
                    self._held = []
                    self._row += 1
                    yield record
                else:
                    return
            except _RunawayError:
                pass
            except csv.Error as why:
                reason = f"a field is longer than {LONGEST_FIELD} characters"
                raise UnreadableError(reason) from why
            yield from self._unquoted()

    def _fed(self) -> Iterator[str]:
        for line in self._lines:
            self._held.append(line)
            if len(self._held) > _MOST_LINES:
                raise _RunawayError
            yield line

    def _is_open(self) -> bool:
        """Whether the lines of the last record end inside a quote."""
        try:
            list(csv.reader([*self._held, "\n"], delimiter=self._delimiter, strict=True))
        except csv.Error as why:
            return "unexpected end" in str(why)
        return False

    def _unquoted(self) -> Iterator[list[str]]:
        held, self._held = self._held, []
        message = (
            f"a quote in record {self._row + 1} is never closed; its lines are taken as records"
        )
        self.problems.append(Problem(CellArea(self._row + 1, 1), "quote-not-closed", message))
        for record in csv.reader(held, delimiter=self._delimiter, quoting=csv.QUOTE_NONE):
            self._row += 1
            yield record


def _lines(pieces: Iterator[str]) -> Iterator[str]:
    """Lines with their ends (CR LF, LF or CR), as csv wants them."""
    rest = ""
    for piece in pieces:
        # The last line stays back: it may go on, and its CR may be half of a CR LF.
        *lines, rest = io.StringIO(rest + piece, newline="") if rest + piece != "" else ("",)
        yield from lines
        if len(rest) > LONGEST_FIELD:
            raise UnreadableError(f"a line is longer than {LONGEST_FIELD} characters")
    if rest != "":
        yield rest


def _ragged(widths: Counter[int]) -> Iterator[Part]:
    blank = widths.pop(0, 0)
    if blank > 0:
        yield Problem(Whole(), "empty-records", f"{blank} records have no field")
    if len(widths) > 1:
        usual, count = widths.most_common(1)[0]
        others = widths.total() - count
        message = f"{others} of {widths.total()} records do not have {usual} fields"
        yield Problem(Whole(), "ragged-records", message)


DELIMITED = Reader(
    name="delimited",
    version=5,
    media_types=("text/csv", "text/tab-separated-values"),
    read=reading_unpacked(read_delimited),
    read_packed=read_delimited,
)
