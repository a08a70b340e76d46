"""JSON: a list of records as a table of cells, line by line or in one array; else its text.

- Records are objects of nearly the same members; a cell stands at the record's number and the
  member's column, counted in the order in which members first appear.
- Values are as written, without quotes and escapes; nested ones are kept as JSON.
- A member that stands twice in one object is told: the last one is taken, as JSON programs do, and
  what stood there before is in the file alone.
- JSON that is no such list comes as text at its characters, whatever is wrong with it.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from muniment.core import Cell, CellArea, CellKind, Metadata, Part, Problem
from muniment.readers.encodings import Encoding, decoded, encoding_of
from muniment.readers.plain_text import encoding_parts, read_text
from muniment.readers.reader import Context, Reader
from muniment.readers.source import Source
from muniment.readers.table_rows import CellCount

_LARGEST_ARRAY = 1 << 27
_LONGEST_LINE = 1 << 24
_SAMPLE = 100  # records that decide whether it is a table
_HEAD = 1 << 20
_MOST_COLUMNS = 2_000
_SPREAD = 3  # how many times more members all records have together than one has
_LONG = 400  # digits that Python turns into a number at once
_MOST_NAMED = 10  # members that stand twice
_WHITE = " \t\r\n"


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


class _Twice(dict[str, Any]):
    """An object in which members stand more than once; `names` of these."""

    names: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    counts = Counter(name for name, _ in pairs)
    twice = _Twice(found)
    twice.names = tuple(sorted(name for name, count in counts.items() if count > 1))
    return twice


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_Number, parse_float=_Number, parse_constant=_Number
)
# A value that is no JSON, or deeper than the parser goes.
_TROUBLE = (ValueError, RecursionError)


def read_json(source: Source, context: Context) -> Iterator[Part]:
    """The cells of a list of records; the text of any other JSON.

    Raises:
        RefusedError: it has more cells than the limits allow.
    """
    encoding = encoding_of(source.blocks())
    records = _records(source, encoding)
    if records is None:
        yield from read_text(source, context)
        return
    yield from encoding_parts(encoding)
    columns: dict[str, int] = {}
    count = CellCount(context.limits.cells)
    for row, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            message = "a record is not an object, or is damaged"
            yield Problem(CellArea(row, 1), "record-damaged", message)
            continue
        count.add(len(record))
        if isinstance(record, _Twice):
            yield _told(CellArea(row, 1), record.names)
        for name, value in record.items():
            if name not in columns:
                columns[name] = len(columns) + 1
                yield Metadata(CellArea(1, columns[name]), "column", name)
            yield from _value_parts(CellArea(row, columns[name]), value)


def _value_parts(at: CellArea, value: Any) -> Iterator[Part]:
    """The cell of a value, if it has one, and what is wrong with it."""
    try:
        twice = sorted(set(_names_twice(value)))
        cell = _cell(at, value)
    except RecursionError:
        yield Problem(at, "record-damaged", "a value is nested too deeply")
        return
    if len(twice) > 0:
        yield _told(at, twice)
    if cell is not None:
        yield cell


def _names_twice(value: Any) -> Iterator[str]:
    """The members that stand twice in one object, anywhere in a value."""
    if isinstance(value, _Twice):
        yield from value.names
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _names_twice(each)


def _told(at: CellArea, names: Sequence[str]) -> Problem:
    shown = ", ".join(names[:_MOST_NAMED])
    return Problem(at, "member-twice", f"stands twice in one object, the last is taken: {shown}")


def _cell(at: CellArea, value: Any) -> Cell | None:
    match value:
        case None | "" | []:
            return None
        case dict() if len(value) == 0:  # the pattern {} would be any object
            return None
        case bool():
            return Cell(at, CellKind.BOOLEAN, "true" if value else "false")
        case _Number():
            return Cell(at, CellKind.NUMBER, str(value))
        case str():
            return Cell(at, CellKind.TEXT, value)
        case _:
            written = json.dumps(_plain(value), ensure_ascii=False)
            return Cell(at, CellKind.TEXT, written)


def _plain(value: Any) -> Any:
    """A nested value with its numbers as numbers again; the parser has bounded its depth."""
    match value:
        case dict():
            return {name: _plain(item) for name, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case _Number():
            return (
                int(value) if value.lstrip("-").isdigit() and len(value) < _LONG else float(value)
            )
        case _:
            return value


def _records(source: Source, encoding: Encoding) -> Iterator[Any] | None:
    """The records of a table; None where it is none."""
    head = "".join(decoded([source.read_at(0, _HEAD)], encoding)).lstrip(_WHITE)
    if head.startswith("["):
        if source.size > _LARGEST_ARRAY:
            return None
        text = "".join(decoded(source.blocks(), encoding))
        return _items(text) if _is_table(list(islice(_items(text), _SAMPLE))) else None
    if not head.startswith("{"):
        return None
    lines = [line for line in head.split("\n") if line.strip(_WHITE) != ""]
    whole = lines if source.size <= _HEAD else lines[:-1]
    first = [_value(line) for line in whole[:_SAMPLE]]
    if len(first) < 2 or not _is_table(first):  # noqa: PLR2004 - one line is one object
        return None
    return (_value(line) for line in _lines(decoded(source.blocks(), encoding)))


def _is_table(sample: list[Any]) -> bool:
    """Whether most of these are objects, and nearly of the same members."""
    records = [record for record in sample if isinstance(record, dict) and len(record) > 0]
    if 2 * len(records) <= len(sample):
        return False
    members = {name for record in records for name in record}
    usual = sum(map(len, records)) / len(records)
    return len(members) <= min(_MOST_COLUMNS, _SPREAD * usual)


def _value(line: str) -> Any:
    """The value on one line; None where it is none."""
    try:
        return _DECODER.decode(line)
    except _TROUBLE:
        return None


def _items(text: str) -> Iterator[Any]:
    """The items of the array that the text is; None for what breaks off, and then no more."""
    at = len(text) - len(text.lstrip(_WHITE)) + 1
    while True:
        at = _behind(text, at)
        if at >= len(text) or text[at] == "]":
            return
        try:
            value, at = _DECODER.raw_decode(text, at)
        except _TROUBLE:
            yield None
            return
        yield value
        at = _behind(text, at)
        if text[at : at + 1] == ",":
            at += 1


def _behind(text: str, at: int) -> int:
    while at < len(text) and text[at] in _WHITE:
        at += 1
    return at


def _lines(pieces: Iterator[str]) -> Iterator[str]:
    rest = ""
    for piece in pieces:
        *lines, rest = (rest + piece).split("\n")
        yield from (line for line in lines if line.strip(_WHITE) != "")
        if len(rest) > _LONGEST_LINE:
            yield rest  # no record any longer: it is told as damaged
            rest = ""
    if rest.strip(_WHITE) != "":
        yield rest


JSON_RECORDS = Reader(name="json", version=3, media_types=("application/json",), read=read_json)
