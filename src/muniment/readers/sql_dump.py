"""SQL dumps of MySQL, PostgreSQL, SQLite and SQL Server: each inserted row as cells of its table.

- A cell stands at the row's number in its table, counted through the dump, and its column; where
  in the text the rows stand is stated for each run of them.
- All other statements are text at their characters. Nothing is run.
"""

import binascii
from collections.abc import Iterator

from muniment.core import (
    Cell,
    CellArea,
    CellKind,
    Chars,
    Metadata,
    Part,
    Relation,
    Role,
    Tally,
    TextSpan,
    Whole,
)
from muniment.readers.blobs import Blobs
from muniment.readers.encodings import decoded, encoding_of
from muniment.readers.plain_text import encoding_parts
from muniment.readers.reader import Context, Reader
from muniment.readers.source import Source
from muniment.readers.sql_text import Statement, is_mysql, statements
from muniment.readers.sql_values import (
    Filling,
    Written,
    copied_row,
    copy_in,
    created_in,
    insert_in,
    rows_in,
)
from muniment.readers.table_rows import CellCount
from muniment.readers.text_blocks import LONGEST_BLOCK

_HEAD = 1 << 16


def read_sql(source: Source, context: Context) -> Iterator[Part]:
    """The rows and statements of a dump.

    Raises:
        RefusedError: a statement is too long, or it has more cells than the limits allow.
    """
    encoding = encoding_of(source.blocks())
    yield from encoding_parts(encoding, source.blocks())
    mysql = is_mysql("".join(decoded([source.read_at(0, _HEAD)], encoding)))
    blobs = Blobs(context.children, Relation.EMBEDDED)
    dump = _Dump(blobs, CellCount(context.limits.cells), mysql=mysql)
    for statement in statements(decoded(source.blocks(), encoding), mysql=mysql):
        yield from dump.parts(statement)
    yield from dump.end()
    yield Tally(Whole(), "embedded", blobs.count)


class _Table:
    """One table as far as it has come: its columns, its rows, and the run that is going on."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.columns: dict[str, int] = {}
        self.rows = 0
        self.run: tuple[int, int, int] | None = None  # first row, first and last character


class _Dump:
    def __init__(self, blobs: Blobs, count: CellCount, *, mysql: bool) -> None:
        self._blobs = blobs
        self._count = count
        self._mysql = mysql
        self._tables: dict[str, _Table] = {}
        self._open: _Table | None = None  # whose run is going on
        self._copying: Filling | None = None

    def parts(self, statement: Statement) -> Iterator[Part]:
        """What one statement, or one line of a COPY, gives."""
        if statement.is_row and self._copying is not None:
            span = (statement.start, statement.start + len(statement.text))
            yield from self._row(self._copying, copied_row(statement.text), span)
            return
        self._copying = copy_in(statement.text)
        created = created_in(statement.text)
        if created is not None:
            yield from self._columns(self._table(created[0]), created[1])
        behind = 0
        while (filling := insert_in(statement.text, behind)) is not None:
            yield from self._text(statement, behind, filling.start)
            start, behind = filling.start, filling.at
            for behind, row in rows_in(statement.text, filling.at, mysql=self._mysql):
                yield from self._row(
                    filling, row, (statement.start + start, statement.start + behind)
                )
                start = behind
        yield from self._text(statement, behind, len(statement.text))

    def end(self) -> Iterator[Part]:
        """What is stated of the last run of rows."""
        table, self._open = self._open, None
        if table is not None and table.run is not None:
            row, first, last = table.run
            table.run = None
            at = CellArea(row, 1, table.name, table.rows, 1)
            yield Metadata(at, "characters", f"{first}-{last}")

    def _text(self, statement: Statement, start: int, end: int) -> Iterator[Part]:
        text = statement.text[start:end]
        if text.strip(" \t\r\n;,()") in ("", "GO"):
            return
        for at in range(0, len(text), LONGEST_BLOCK):
            piece = text[at : at + LONGEST_BLOCK]
            first = statement.start + start + at
            yield TextSpan(Chars(first, first + len(piece)), piece, Role.MARKUP)

    def _table(self, name: str) -> _Table:
        return self._tables.setdefault(name, _Table(name))

    def _columns(self, table: _Table, columns: tuple[tuple[str, str], ...]) -> Iterator[Part]:
        for name, kind in columns:
            if name not in table.columns:
                table.columns[name] = len(table.columns) + 1
                at = CellArea(1, table.columns[name], table.name)
                yield Metadata(at, "column", name)
                if kind != "":
                    yield Metadata(at, "column type", kind)

    def _row(self, filling: Filling, row: list[Written], span: tuple[int, int]) -> Iterator[Part]:
        table = self._table(filling.table)
        if self._open is not table:
            yield from self.end()
            self._open = table
        yield from self._columns(table, tuple((name, "") for name in filling.columns))
        table.rows += 1
        first = (table.rows, span[0]) if table.run is None else table.run[:2]
        table.run = (*first, span[1])
        self._count.add(len(row))
        for number, value in enumerate(row):
            named = filling.columns[number] if number < len(filling.columns) else None
            column = number + 1 if named is None else table.columns[named]
            yield from self._value(CellArea(table.rows, column, table.name), value)

    def _value(self, at: CellArea, value: Written) -> Iterator[Part]:
        word = value.text.upper()
        if value.text == "" or (value.kind == "word" and word == "NULL"):
            return
        if value.kind == "hex":
            yield from self._blobs.parts(at, _bytes(value.text))
        elif value.kind == "word" and word in ("TRUE", "FALSE"):
            yield Cell(at, CellKind.BOOLEAN, word.lower())
        else:
            kind = CellKind.NUMBER if value.kind == "number" else CellKind.TEXT
            yield Cell(at, kind, value.text)


def _bytes(digits: str) -> bytes:
    return binascii.unhexlify(digits if len(digits) % 2 == 0 else "0" + digits)


SQL_DUMP = Reader(name="sql", version=3, media_types=("application/sql",), read=read_sql)
