"""Tables written as text: comma, semicolon, tab or bar between fields.

- A cell stands at its record and field, counted from 1; records are counted as they stand, empty
  ones and ragged ones too, so a row number is the record's true number in the file.
- Cells hold the field as written, without its quotes; empty fields are no cells.
- Records of another width than most are kept as they are and counted in a Problem.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from muniment.core import Cell, CellArea, CellKind, Field, Metadata, Part, Problem, Whole
from muniment.readers.delimited_shape import LONGEST_FIELD, delimiter_of
from muniment.readers.encodings import Encoding, decoded, encoding_of
from muniment.readers.plain_text import encoding_parts, read_text
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_SAMPLE = 1 << 16


def read_delimited(source: Source, context: Context) -> Iterator[Part]:
    """The cells of a table written as text; its text where no delimiter separates it."""
    encoding = encoding_of(source.blocks())
    head = "".join(decoded([source.read_at(0, _SAMPLE)], encoding))
    delimiter = delimiter_of(head, whole=source.size <= _SAMPLE, expected=True)
    if delimiter is None:
        yield from read_text(source, context)
        return
    yield from encoding_parts(encoding)
    yield Metadata(Field("delimiter"), "delimiter", delimiter)
    widths: Counter[int] = Counter()
    cells = 0
    for row, record in enumerate(_records(source, encoding, delimiter), start=1):
        widths[len(record)] += 1
        for column, written in enumerate(record, start=1):
            if written != "":
                cells += 1
                yield Cell(CellArea(row, column), CellKind.TEXT, written)
        if cells > context.limits.cells:
            raise RefusedError(f"has more than {context.limits.cells} cells")
    yield from _ragged(widths)


def _records(source: Source, encoding: Encoding, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_FIELD)
    lines = _lines(decoded(source.blocks(), encoding))
    try:
        yield from csv.reader(lines, delimiter=delimiter, strict=False)
    except csv.Error as why:
        raise UnreadableError(f"a field is longer than {LONGEST_FIELD} characters") from why


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
    version=2,
    media_types=("text/csv", "text/tab-separated-values"),
    read=read_delimited,
)
