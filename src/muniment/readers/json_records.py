"""JSON: a list of records as a table of cells, line by line or in one array; else its text.

- Records are objects of nearly the same members; a cell stands at the record's number and the
  member's column, counted in the order in which members first appear.
- Values are as written, without quotes and escapes; nested ones are kept as JSON.
- A member that a record has twice is told, and each of its values has a column: programs differ in
  which of them they show. One that a nested object has twice is told, and kept as often.
- What is no record is told, and its text stands at its characters.
- JSON that is no such list comes as text at its characters, whatever is wrong with it.
"""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec

from muniment.core import (
    Cell,
    CellArea,
    CellKind,
    Chars,
    Metadata,
    Part,
    Problem,
    Role,
    TextSpan,
)
from muniment.readers.encodings import Encoding, decoded, encoding_of
from muniment.readers.plain_text import encoding_parts, read_text
from muniment.readers.reader import Context, Reader
from muniment.readers.source import Source
from muniment.readers.table_rows import CellCount
from muniment.readers.text_blocks import blocks_of

_LARGEST_ARRAY = 1 << 27
_LONGEST_LINE = 1 << 24
_SAMPLE = 100  # records that decide whether it is a table
_HEAD = 1 << 20
_MOST_COLUMNS = 2_000
_SPREAD = 3  # how many times more members all records have together than one has
_SHOWN_NAME = 80  # characters
_MOST_NAMED = 10  # members that stand more than once
_WHITE = " \t\r\n"


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


class _Twice(dict[str, Any]):
    """An object with members of one name; `members` has all of them."""

    __slots__ = ("members",)

    def __init__(self, members: list[tuple[str, Any]]) -> None:
        super().__init__(members)
        self.members = members


class _Record(msgspec.Struct, frozen=True):
    """A value of the list, or None for what is none; `text` is what stands there from `start`."""

    value: Any
    start: int
    text: str


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    return found if len(found) == len(members) else _Twice(members)


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
    yield from encoding_parts(encoding, source.blocks())
    columns: dict[tuple[str, int], int] = {}
    count = CellCount(context.limits.cells)
    for row, record in enumerate(records, start=1):
        if isinstance(record.value, dict):
            count.add(len(record.value))
            yield from _cells(row, record.value, columns)
        else:
            yield from _no_record(row, record)


def _cells(row: int, record: dict[str, Any], columns: dict[tuple[str, int], int]) -> Iterator[Part]:
    """The cells of a record, and its columns that are new."""
    for name, nth, value in _members(record):
        key = (name, nth)
        if key not in columns:
            columns[key] = len(columns) + 1
            title = name if nth == 1 else f"{name} ({nth})"
            yield Metadata(CellArea(1, columns[key]), "column", title)
            if nth > 1:
                message = f"this record, the first, has {_shown(name)} {nth} times"
                yield Problem(CellArea(row, columns[key]), "member-twice", message)
        yield from _value_parts(CellArea(row, columns[key]), value)


def _value_parts(at: CellArea, value: Any) -> Iterator[Part]:
    """The cell of a value, if it has one, and what is wrong with it."""
    try:
        twice = sorted(set(_names_twice(value)))
        cell = _cell(at, value)
    except RecursionError:
        yield Problem(at, "record-damaged", "a value is nested too deeply")
        return
    if len(twice) > 0:
        shown = ", ".join(map(_shown, twice[:_MOST_NAMED]))
        yield Problem(at, "member-twice", f"stands more than once in one object: {shown}")
    if cell is not None:
        yield cell


def _names_twice(value: Any) -> Iterator[str]:
    """The members that stand more than once in one object, anywhere in a value."""
    if isinstance(value, _Twice):
        counts = Counter(name for name, _ in value.members)
        yield from (name for name, count in counts.items() if count > 1)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _names_twice(each)


def _members(record: dict[str, Any]) -> Iterator[tuple[str, int, Any]]:
    """Name, how many times it has come in this record, and value of each member."""
    if not isinstance(record, _Twice):
        yield from ((name, 1, value) for name, value in record.items())
        return
    seen: Counter[str] = Counter()
    for name, value in record.members:
        seen[name] += 1
        yield name, seen[name], value


def _shown(name: str) -> str:
    return json.dumps(name[:_SHOWN_NAME], ensure_ascii=False)


def _no_record(row: int, record: _Record) -> Iterator[Part]:
    """The text of what is no record: it may be the one that was made to be overlooked."""
    message = "a record is not an object, or is damaged"
    yield Problem(CellArea(row, 1), "record-damaged", message)
    for block in blocks_of((record.text,)):
        at = Chars(record.start + block.start, record.start + block.end)
        yield TextSpan(at, block.text, Role.MARKUP)


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
            return Cell(at, CellKind.TEXT, _written(value))


def _written(value: Any) -> str:
    """A nested value as JSON, with its numbers as they were; the parser has bounded its depth."""
    match value:
        case dict():
            members = (
                f"{json.dumps(name, ensure_ascii=False)}: {_written(item)}"
                for name, _, item in _members(value)
            )
            return "{" + ", ".join(members) + "}"
        case list():
            return "[" + ", ".join(map(_written, value)) + "]"
        case _Number():
            return str(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


def _records(source: Source, encoding: Encoding) -> Iterator[_Record] | None:
    """The records of a table; None where it is none."""
    head = "".join(decoded([source.read_at(0, _HEAD)], encoding)).lstrip(_WHITE)
    if head.startswith("["):
        if source.size > _LARGEST_ARRAY:
            return None
        text = "".join(decoded(source.blocks(), encoding))
        first = [record.value for record in islice(_items(text), _SAMPLE)]
        return _items(text) if _is_table(first) else None
    if not head.startswith("{"):
        return None
    lines = [line for line in head.split("\n") if line.strip(_WHITE) != ""]
    whole = lines if source.size <= _HEAD else lines[:-1]
    values = [_value(line) for line in whole[:_SAMPLE]]
    if len(values) < 2 or not _is_table(values):  # noqa: PLR2004 - one line is one object
        return None
    lines_at = _lines(decoded(source.blocks(), encoding))
    return (_Record(_value(line), start, line) for start, line in lines_at)


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


def _items(text: str) -> Iterator[_Record]:
    """The items of the array that the text is; what breaks off is the last, without a value."""
    at = len(text) - len(text.lstrip(_WHITE)) + 1
    while True:
        at = _behind(text, at)
        if at >= len(text) or text[at] == "]":
            return
        start = at
        try:
            value, at = _DECODER.raw_decode(text, at)
        except _TROUBLE:
            yield _Record(None, start, text[start:])
            return
        yield _Record(value, start, "" if isinstance(value, dict) else text[start:at])
        at = _behind(text, at)
        if text[at : at + 1] == ",":
            at += 1


def _behind(text: str, at: int) -> int:
    while at < len(text) and text[at] in _WHITE:
        at += 1
    return at


def _lines(pieces: Iterator[str]) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, each with the character at which it begins."""
    rest = ""
    start = 0
    for piece in pieces:
        *lines, rest = (rest + piece).split("\n")
        for line in lines:
            if line.strip(_WHITE) != "":
                yield start, line
            start += len(line) + 1
        if len(rest) > _LONGEST_LINE:
            yield start, rest  # no record any longer: it is told as damaged
            start += len(rest)
            rest = ""
    if rest.strip(_WHITE) != "":
        yield start, rest


JSON_RECORDS = Reader(name="json", version=4, media_types=("application/json",), read=read_json)
