"""Tables in two old exchange formats: SYLK (slk) and DIF.

    SYLK    C;Y2;X1;K"text"          one record a line, fields parted by semicolons
    DIF     TABLE … DATA, then -1,0 BOT for a row, 0,number V or 1,0 "text" for a cell

- A cell stands at the row and column that its record names, or that follow from those before.
- Other records (formats, windows, fonts) are not read.

Source: "SYLK (SYmbolic LinK) file format" and "Data Interchange Format", Software Arts, 1980s.
"""

import itertools
import re
from collections.abc import Iterator

from muniment.core import Cell, CellArea, CellKind, Part, number_as_stored
from muniment.readers.encodings import decoded, encoding_of
from muniment.readers.number_formats import shown_of_stored
from muniment.readers.plain_text import encoding_parts
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_LARGEST = 1 << 27
_POSITION = re.compile(r"[1-9][0-9]{0,8}")
_DIF_START = re.compile(rb"\s*TABLE\r?\n0,1\r?\n")
_ERROR_TEXTS = ("NA", "ERROR")


def _text(source: Source) -> tuple[list[Part], str]:
    if source.size > _LARGEST:
        raise RefusedError(f"a table of more than {_LARGEST} bytes")
    encoding = encoding_of(source.blocks())
    return list(encoding_parts(encoding, source.blocks())), "".join(
        decoded(source.blocks(), encoding)
    )


def read_sylk(source: Source, context: Context) -> Iterator[Part]:
    """The cells of a SYLK table."""
    stated, text = _text(source)
    yield from stated
    row = column = 1
    cells = 0
    for line in text.splitlines():
        kind, *fields = (f.replace("\0", ";") for f in line.replace(";;", "\0").split(";"))
        if kind not in ("C", "F"):
            continue
        values = {field[:1]: field[1:] for field in fields if field != ""}
        row = _position(values.get("Y"), row)
        column = _position(values.get("X"), column)
        if kind == "C" and ("K" in values or "E" in values or "A" in values):
            yield _sylk_cell(CellArea(row, column), values)
            cells += 1
            _check(cells, context)


def _position(written: str | None, before: int) -> int:
    return int(written) if written is not None and _POSITION.fullmatch(written) else before


def _sylk_cell(at: CellArea, values: dict[str, str]) -> Cell:
    stored, formula, comment = values.get("K", ""), values.get("E"), values.get("A")
    if stored.startswith('"'):
        text = stored[1:].removesuffix('"').replace('""', '"')
        return Cell(at, CellKind.TEXT, text, formula=formula, comment=comment)
    if stored in ("TRUE", "FALSE"):
        written = str(int(stored == "TRUE"))
        return Cell(at, CellKind.BOOLEAN, written, formula=formula, comment=comment)
    number = number_as_stored(stored)
    if number is not None:
        return _number(at, number, formula, comment)
    kind = CellKind.ERROR if stored.startswith("#") else CellKind.TEXT
    kind = CellKind.BLANK if stored == "" else kind
    return Cell(at, kind, stored, formula=formula, comment=comment)


def read_dif(source: Source, context: Context) -> Iterator[Part]:
    """The cells of a DIF table."""
    stated, text = _text(source)
    yield from stated
    lines = iter(text.splitlines())
    for line in lines:
        if line.strip() == "DATA":
            break
    else:
        raise UnreadableError("its data never begins")
    for _ in itertools.islice(lines, 2):
        continue  # 0,0 and an empty text belong to the header item
    row = column = cells = 0
    for head, value in zip(lines, lines, strict=False):
        kind, _, number = head.partition(",")
        if kind.strip() == "-1":
            if value.strip() == "EOD":
                return
            row, column = row + 1, 0
            continue
        column += 1
        cell = _dif_cell(CellArea(max(row, 1), column), kind.strip(), number.strip(), value.strip())
        if cell is not None:
            yield cell
            cells += 1
            _check(cells, context)


def _dif_cell(at: CellArea, kind: str, number: str, value: str) -> Cell | None:
    if kind == "1":
        text = value
        if value.startswith('"'):
            text = value[1:].removesuffix('"').replace('""', '"')
        return None if text == "" else Cell(at, CellKind.TEXT, text)
    if value in ("TRUE", "FALSE"):
        return Cell(at, CellKind.BOOLEAN, str(int(value == "TRUE")))
    if value in _ERROR_TEXTS:
        return Cell(at, CellKind.ERROR, value)
    written = number_as_stored(number)
    return Cell(at, CellKind.TEXT, number) if written is None else _number(at, written)


def _number(
    at: CellArea, stored: str, formula: str | None = None, comment: str | None = None
) -> Cell:
    display = shown_of_stored(CellKind.NUMBER, stored, None, from_1904=False)
    return Cell(at, CellKind.NUMBER, stored, display, formula, comment=comment)


def _check(cells: int, context: Context) -> None:
    if cells > context.limits.cells:
        raise RefusedError(f"has more than {context.limits.cells} cells")


SYLK = Reader(
    name="sylk",
    version=3,
    media_types=("application/x-sylk",),
    read=read_sylk,
    recognises=lambda head: head.startswith(b"ID;") and b"\nC;" in head.replace(b"\r", b"\n"),
    begins=b"ID;",
)
DIF = Reader(
    name="dif",
    version=3,
    media_types=("application/x-dif",),
    read=read_dif,
    recognises=lambda head: _DIF_START.match(head) is not None,
    begins=_DIF_START.pattern,
)
