"""A table, or what was asked of it, as CSV and as Parquet, each row with its citation.

- In CSV a value that a spreadsheet would take for a formula gets an apostrophe before it: one that
  begins with = + - @, a tab or a line's end, also in full width, and is no plain number (OWASP,
  "CSV Injection"). `guarded=False` writes it as it stands. Parquet always holds it as it stands.
- Rows carry their true numbers, and where anything is hidden, which of their columns are.
- Rows leave a thousand at a time; nothing holds the whole table.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from muniment.catalog.flat import pack_rows
from muniment.catalog.sheets.headings import Headings
from muniment.catalog.sheets.letters import letters
from muniment.catalog.sheets.matching import matching
from muniment.catalog.sheets.ordering import in_order
from muniment.catalog.sheets.question import Question
from muniment.catalog.sheets.sheet import Sheet
from muniment.catalog.sheets.window import SeenCell, SeenRow, seen_rows
from muniment.core import CellArea, Citation, UsageError

_AT_ONCE = 1_000
_BOM = "\ufeff".encode()
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)?", re.ASCII)
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Cite(StrEnum):
    """How citations leave: one a row, one beside each cell, or none."""

    ROW = "row"
    CELL = "cell"
    NONE = "none"


class Leaving(msgspec.Struct, frozen=True):
    """What of a table leaves, and how.

    `written` takes what the file stores in place of what it shows; `bom` tells spreadsheet
    programs that the CSV is UTF-8; the row of headings, where one is known, names the columns and
    is no row of what leaves.
    """

    question: Question
    columns: tuple[int, ...]
    headings: Headings
    cite: Cite = Cite.ROW
    written: bool = False
    bom: bool = True
    guarded: bool = True


class _Held(msgspec.Struct, frozen=True):
    """A row that leaves: its number, hidden columns, values, citations."""

    number: int
    hidden: str
    values: tuple[str | None, ...]
    citations: tuple[str | None, ...]


def as_csv(sheet: Sheet, leaving: Leaving) -> Iterator[bytes]:
    """The rows as CSV in UTF-8 (RFC 4180), some thousand at a time.

    Raises:
        UsageError: the question names a column that holds no cell.
    """
    if leaving.bom:
        yield _BOM
    hides = _hides(sheet)
    yield _line(_names(leaving, hides=hides), leaving)
    for rows in _rows(sheet, leaving):
        yield b"".join(_line(_fields(row, leaving, hides=hides), leaving) for row in rows)


def write_parquet(sheet: Sheet, leaving: Leaving, folder: Path) -> Path:
    """The rows as one Parquet file in `folder`, which the caller empties; where it is.

    Raises:
        UsageError: the question names a column that holds no cell, or nothing answers it.
    """
    hides = _hides(sheet)
    names = _apart(_names(leaving, hides=hides))
    columns = dict.fromkeys(names, "VARCHAR") | {names[0]: "BIGINT"}
    rows = (
        dict(zip(names, [row.number, *_fields(row, leaving, hides=hides)[1:]], strict=True))
        for some in _rows(sheet, leaving)
        for row in some
    )
    pack_rows(folder, "table", columns, rows)
    target = folder / "table.parquet"
    if not target.exists():
        raise UsageError(
            "no row answers what was asked, so there is nothing to write",
            next_step="take a condition away",
        )
    return target


def guarded(text: str) -> str:
    """A value for a spreadsheet program that would take what begins so for a formula."""
    if text.startswith(_DANGEROUS) and _PLAIN_NUMBER.fullmatch(text) is None:
        return "'" + text
    return text


def _rows(sheet: Sheet, leaving: Leaving) -> Iterator[list[_Held]]:
    held = matching(sheet, leaving.question.where)
    positions = in_order(sheet, held, leaving.question.sort)
    for start in range(0, len(positions), _AT_ONCE):
        some = positions[start : start + _AT_ONCE]
        rows = zip(some.tolist(), seen_rows(sheet, leaving.columns, some), strict=True)
        yield [
            _held(sheet, leaving, position, row)
            for position, row in rows
            if row.number != leaving.headings.row
        ]


def _held(sheet: Sheet, leaving: Leaving, position: int, row: SeenRow) -> _Held:
    cells = tuple(zip(leaving.columns, row.cells, strict=True))
    hidden = " ".join(letters(each) for each, cell in cells if cell is not None and cell.hidden)
    return _Held(
        number=row.number,
        hidden="row" if row.hidden else hidden,
        values=tuple(_value(cell, leaving) for cell in row.cells),
        citations=_citations(sheet, leaving, position, cells),
    )


def _value(cell: SeenCell | None, leaving: Leaving) -> str | None:
    if cell is None:
        return None
    return cell.value.written if leaving.written else cell.value.displayed


def _citations(
    sheet: Sheet,
    leaving: Leaving,
    position: int,
    cells: Sequence[tuple[int, SeenCell | None]],
) -> tuple[str | None, ...]:
    if leaving.cite is Cite.NONE:
        return ()
    if leaving.cite is Cite.ROW:
        return (_row_citation(sheet, position, [each for each, cell in cells if cell is not None]),)
    return tuple(
        None if cell is None else str(sheet.citation(position, sheet.column(each)))
        for each, cell in cells
    )


def _row_citation(sheet: Sheet, position: int, columns: list[int]) -> str | None:
    """The stretch of a row from the first of these columns to the last.

    On a page a row has no place of its own: it is cited by its first cell.
    """
    if len(columns) == 0:
        return None
    first = sheet.citation(position, sheet.column(columns[0]))
    if not isinstance(first.place, CellArea):
        return str(first)
    row = int(sheet.rows[position])
    return str(Citation(sheet.digest, CellArea(row, columns[0], sheet.sheet, row, columns[-1])))


def _hides(sheet: Sheet) -> bool:
    return any(sheet.column(number).hidden is not None for number in sheet.columns)


def _names(leaving: Leaving, *, hides: bool) -> list[str]:
    named = [leaving.headings.of(column) for column in leaving.columns]
    values = named
    if leaving.cite is Cite.CELL:
        values = [each for name in named for each in (name, f"{name} (citation)")]
    last = ["citation"] if leaving.cite is Cite.ROW else []
    return ["row", *(["hidden"] if hides else []), *values, *last]


def _fields(row: _Held, leaving: Leaving, *, hides: bool) -> list[Any]:
    values: Sequence[str | None] = row.values
    if leaving.cite is Cite.CELL:
        pairs = zip(row.values, row.citations, strict=True)
        values = [each for pair in pairs for each in pair]
    last = row.citations if leaving.cite is Cite.ROW else ()
    return [str(row.number), *([row.hidden] if hides else []), *values, *last]


def _line(fields: Sequence[str | None], leaving: Leaving) -> bytes:
    target = io.StringIO()
    whole = ["" if field is None else field for field in fields]
    csv.writer(target).writerow([guarded(each) for each in whole] if leaving.guarded else whole)
    return target.getvalue().encode()


def _apart(names: list[str]) -> list[str]:
    """Names of which no two are the same, whatever their case, and none is empty."""
    found: list[str] = []
    taken: set[str] = set()
    for number, name in enumerate(names, start=1):
        plain = "".join(letter if letter.isprintable() else " " for letter in name) or "column"
        while plain.casefold() in taken:
            plain = f"{plain} ({number})"
        taken.add(plain.casefold())
        found.append(plain)
    return found
