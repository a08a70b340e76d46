"""OneNote sections and binary property lists: texts where they stand, files in them."""

import plistlib
import struct
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest

from muniment.core import Child, Field, Metadata, Part, State, TextSpan
from muniment.readers import child_path
from muniment.readers.note_section import NOTE_SECTION
from muniment.readers.property_list import PROPERTY_LIST
from tests.readers import samples
from tests.readers.contract import ReaderContract, codes, read_bytes

_FILE = bytes.fromhex("e716e3bd65261145a4c48d4d0b7a9eac")


def section(*texts: str, file: bytes = b"") -> bytes:
    """A section's header, its texts as property values, and one embedded file."""
    data = bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3") + bytes(1_008) + b"\xff\xff\xff\xff"
    for text in texts:
        raw = text.encode("utf-16-le")
        data += b"\x22\x1c\x00\x1c" + struct.pack("<I", len(raw)) + raw + b"\xff\xff\xff"
    if file != b"":
        data += _FILE + struct.pack("<Q", len(file)) + bytes(12) + file
    return data + b"\xff" * 40


def packed(value: Any) -> bytes:
    return plistlib.dumps(value, fmt=plistlib.FMT_BINARY)


_LIST = {
    "name": "名单",
    "people": [{"born": 1969}, {"born": -1}],
    "when": datetime(2018, 5, 23, 10, 30),  # noqa: DTZ001 - plistlib wants it so
    "share": 0.5,
    "sure": True,
    "letter": b"<html><p>a page</p></html>",
    "picture": samples.picture("PNG"),
    "key": b"\x00\x01\x02",
}


class TestNoteSection(ReaderContract):
    reader = NOTE_SECTION
    samples: ClassVar = {"two texts and a file": section("会议记录", "Agreed.", file=samples.pdf())}


class TestPropertyList(ReaderContract):
    reader = PROPERTY_LIST
    samples: ClassVar = {"values of every kind": packed(_LIST)}


def children(parts: list[Part]) -> list[Child]:
    return [part for part in parts if isinstance(part, Child)]


def test_texts_of_a_section_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(section("会议记录", "Agreed.", file=b"%PDF-1.4 x"), tmp_path)
    assert [part for part in parts if isinstance(part, TextSpan)] == [
        TextSpan(Field("OneNote text"), "会议记录"),
        TextSpan(Field("OneNote text", 2), "Agreed."),
    ]
    assert codes(parts) == ["places-unknown"]
    [child] = children(parts)
    assert Path(child_path(str(scratch), child.digest)).read_bytes() == b"%PDF-1.4 x"


def test_what_only_looks_like_a_text_is_none(tmp_path: Path) -> None:
    noise = bytes(range(1, 256)) * 40
    reading, _, _ = read_bytes(section() + noise, tmp_path)
    assert reading.state is not State.READ


def test_every_value_of_a_list_stands_at_its_path(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(packed(_LIST), tmp_path)
    written = {p.name: p.written for p in parts if isinstance(p, Metadata)}
    assert written == {
        "people/0/born": "1969",
        "people/1/born": "-1",
        "when": "2018-05-23 10:30:00",
        "share": "0.5",
        "sure": "true",
        "key": "3 bytes",
    }
    assert TextSpan(Field("name"), "名单") in parts
    kept = {c.at: Path(child_path(str(scratch), c.digest)).read_bytes() for c in children(parts)}
    assert kept == {Field("letter"): _LIST["letter"], Field("picture"): _LIST["picture"]}


def test_letters_where_ascii_is_announced_cost_nothing(tmp_path: Path) -> None:
    data = packed({"a": "cafe", "b": "next"}).replace(b"cafe", b"caf\xe9")
    _, parts, _ = read_bytes(data, tmp_path)
    assert [part.text for part in parts if isinstance(part, TextSpan)] == ["caf\ufffd", "next"]


_TRAILER = struct.pack(">6xBBQQQ", 1, 1, 1, 0, 10)
BROKEN = {
    "cut": packed(_LIST)[:-9],
    "a list that holds itself": b"bplist00\xa1\x00\x08" + _TRAILER,
    "offsets beyond the end": b"bplist00\xa1\x00\xff" + _TRAILER,
    "a huge count": b"bplist00\xdf\x13\x08" + b"\xff" * 8 + _TRAILER,
}


@pytest.mark.parametrize("sort", BROKEN)
def test_a_broken_list_ends_in_a_state(sort: str, tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(BROKEN[sort], tmp_path)
    assert reading.state in (State.UNREADABLE, State.EMPTY)
    assert set(codes(parts)) <= {"unreadable", "part-damaged"}
