"""JSON: lists of records are tables; what is no list, or has no end, is text."""

import json
from pathlib import Path
from typing import ClassVar

import pytest

from muniment.core import (
    Cell,
    CellArea,
    CellKind,
    Chars,
    Metadata,
    Part,
    Problem,
    State,
    TextSpan,
)
from muniment.readers import Limits
from muniment.readers.json_records import JSON_RECORDS
from tests.readers.contract import ReaderContract, codes, kinds, read_bytes

RECORDS = [{"n": 1, "name": "甲", "ok": True}, {"n": 0.10, "more": [1, "b"], "none": None}]
LINES = b'{"n": 1.50, "name": "\\u7532"}\n\n{"n": 2, "name": ""}\r\nnot json\n{"n": 3}\n'


def cells(parts: list[Part]) -> dict[tuple[int, int], str]:
    found = (part for part in parts if isinstance(part, Cell))
    return {(cell.in_table.row, cell.in_table.column): cell.written for cell in found}


class TestJsonRecords(ReaderContract):
    reader = JSON_RECORDS
    samples: ClassVar = {
        "an array": json.dumps(RECORDS).encode(),
        "lines": LINES,
        "one object": b'{"type": "FeatureCollection", "features": [{"a": {"b": [1, 2]}}]}',
    }


def test_an_array_of_records_is_a_table(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(json.dumps(RECORDS).encode(), tmp_path)
    assert cells(parts) == {
        (1, 1): "1", (1, 2): "甲", (1, 3): "true", (2, 1): "0.1", (2, 4): '[1, "b"]',
    }  # fmt: skip
    assert Metadata(CellArea(1, 4), "column", "more") in parts


def test_lines_are_records_and_a_damaged_one_is_told(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(LINES, tmp_path)
    assert cells(parts) == {(1, 1): "1.50", (1, 2): "甲", (2, 1): "2", (4, 1): "3"}
    assert Cell(CellArea(1, 1), CellKind.NUMBER, "1.50") in parts
    assert codes(parts) == ["record-damaged"]


def test_what_is_nested_is_kept_as_json(tmp_path: Path) -> None:
    data = b'{"a": {"b": [1, "x"]}, "c": {}}\n{"a": {"b": []}, "c": ["y"]}\n'
    _, parts, _ = read_bytes(data, tmp_path)
    assert cells(parts) == {
        (1, 1): '{"b": [1, "x"]}',
        (2, 1): '{"b": []}',
        (2, 2): '["y"]',
    }


def test_a_member_that_stands_twice_keeps_both_values(tmp_path: Path) -> None:
    data = b'{"a": 1, "a": "x", "o": {"b": 1.50, "b": 2}}\n{"a": 3}\n'
    _, parts, _ = read_bytes(data, tmp_path)
    assert cells(parts) == {
        (1, 1): "1", (1, 2): "x", (1, 3): '{"b": 1.50, "b": 2}', (2, 1): "3",
    }  # fmt: skip
    assert Metadata(CellArea(1, 2), "column", "a (2)") in parts
    twice = [part for part in parts if isinstance(part, Problem)]
    assert twice == [
        Problem(CellArea(1, 2), "member-twice", 'this record, the first, has "a" 2 times'),
        Problem(CellArea(1, 3), "member-twice", 'stands more than once in one object: "b"'),
    ]
    array = b"[" + data.replace(b"}\n{", b"}, {") + b"]"
    assert cells(read_bytes(array, tmp_path)[1]) == cells(parts)


@pytest.mark.parametrize("what", ["not json", "[1, 2]", '{"n": nothing'])
def test_the_text_of_what_is_no_record_stands_at_its_characters(what: str, tmp_path: Path) -> None:
    texts = ('{"n": 1}\n{"n": "甲"}\n' + what + '\n{"n": 3}\n', f'[{{"n": 1}}, {{"n": 2}}, {what}]')
    for text in texts:
        _, parts, _ = read_bytes(text.encode(), tmp_path)
        (span,) = [part for part in parts if isinstance(part, TextSpan)]
        assert isinstance(span.at, Chars)
        assert text[span.at.start : span.at.end] == span.text
        assert span.text.startswith(what)
        assert codes(parts) == ["record-damaged"]


TEXTS = {
    "one object": b'{"a": {"b": 1}}',
    "an array of arrays": b"[[1, 2], [3, 4]]",
    "records with nothing in common": json.dumps([{f"k{n}": n} for n in range(50)]).encode(),
    "an array without end in depth": b"[" * 1_000_000 + b"]" * 1_000_000,
    "records without end in depth": b'[{"a":' * 300_000 + b"1" + b"}]" * 300_000,
}


@pytest.mark.parametrize("sort", TEXTS)
def test_what_is_no_list_of_records_is_text(tmp_path: Path, sort: str) -> None:
    reading, parts, _ = read_bytes(TEXTS[sort], tmp_path)
    assert (reading.reader, reading.state) == ("json", State.READ)
    spans = [part for part in parts if isinstance(part, TextSpan)]
    assert "".join(span.text for span in spans) == TEXTS[sort].decode()


def test_a_list_that_breaks_off_keeps_the_records_before(tmp_path: Path) -> None:
    data = b'[{"a": 1}, {"a": 2}, {"a": nonsense}]'
    _, parts, _ = read_bytes(data, tmp_path)
    assert (cells(parts), codes(parts)) == ({(1, 1): "1", (2, 1): "2"}, ["record-damaged"])


def test_more_cells_than_allowed_are_refused(tmp_path: Path) -> None:
    data = json.dumps([{"a": n} for n in range(50)]).encode()
    reading, parts, _ = read_bytes(data, tmp_path, Limits(cells=10))
    assert reading.state is State.REFUSED
    assert len(kinds(parts, Cell)) == 10


def test_a_member_that_stands_twice_is_told_at_its_record_or_value(tmp_path: Path) -> None:
    lines = b'{"id": 1, "id": 2, "n": 3}\n{"id": 4, "in": {"a": [{"b": 1, "b": 2}]}}\n{"id": 5}\n'
    _, parts, _ = read_bytes(lines, tmp_path)
    told = [part for part in parts if isinstance(part, Problem)]
    assert [(each.at, each.code) for each in told] == [
        (CellArea(1, 1), "member-twice"),
        (CellArea(2, 3), "member-twice"),
    ]
    assert [each.message.rsplit(": ", 1)[1] for each in told] == ["id", "b"]
    assert cells(parts)[1, 1] == "2"
