"""Drawings: what is stated of them and their preview; that the rest is not read is said."""

import struct
from pathlib import Path
from typing import ClassVar

import pytest

from muniment.core import Child, Field, Metadata, Relation, State
from muniment.readers.drawing_file import DRAWING_FILE
from tests.readers.contract import ReaderContract, codes, read_bytes
from tests.readers.trove import trove

_SENTINEL = bytes.fromhex("1f256d07d4362828 9d57ca3f9d44102b")
_BITMAP = struct.pack("<IiiHHIIiiII", 40, 2, 1, 1, 24, 0, 8, 0, 0, 0, 0) + bytes(8)
_TEXTS = ("Plan of a hall", "", "Nobody", "hall, plan", "", "Никто", "", "")
_DAY = 2_458_262  # 23 May 2018, by the Julian day number


def drawing(version: int, *, own: tuple[str, str] = ("room", "7")) -> bytes:
    """A drawing of AutoCAD 2004 or later: head, properties, preview; without anything drawn."""

    def text(written: str) -> bytes:
        raw = f"{written}\0".encode("utf-16-le" if version >= 1021 else "cp1251")
        return struct.pack("<H", len(written) + 1) + raw

    summary = b"".join(map(text, _TEXTS)) + struct.pack("<6I", 0, 0, _DAY, 61_200_000, 0, 0)
    summary += struct.pack("<H", 1) + text(own[0]) + text(own[1])
    preview = 0x30 + len(summary)
    head = f"AC{version}".encode().ljust(0x0D, b"\0") + struct.pack("<I2xH", preview, 29)
    head = head.ljust(0x20, b"\0") + struct.pack("<I", 0x30)
    start = preview + 16 + 5 + 9
    listed = struct.pack("<IBBII", 9, 1, 2, start, len(_BITMAP))
    return head.ljust(0x30, b"\0") + summary + _SENTINEL + listed + _BITMAP


def old_drawing() -> bytes:
    """A drawing of AutoCAD 2000: pairs behind the cookie."""
    pairs = ((2, "Plan of a hall"), (4, "Никто"), (300, "room=7"))
    items = b"".join(
        struct.pack("<HHB", code, len(raw), 29) + raw
        for code, raw in ((code, written.encode("cp1251")) for code, written in pairs)
    )
    number = struct.pack("<Hd", 41, 2_458_262.5)
    start = 0x40 + 16 + 5 + 9
    listed = struct.pack("<IBBII", 9, 1, 2, start, len(_BITMAP))
    head = b"AC1015".ljust(0x0D, b"\0") + struct.pack("<I", 0x40)
    preview = head.ljust(0x40, b"\0") + _SENTINEL + listed + _BITMAP
    return preview + b"DWGPROPS COOKIE" + number + items + b"\xff\xff"


class TestDrawing(ReaderContract):
    reader = DRAWING_FILE
    samples: ClassVar = {
        "2004": drawing(1018),
        "2007": drawing(1021),
        "2018": drawing(1032),
        "2000": old_drawing(),
    }


@pytest.mark.parametrize("version", [1018, 1021, 1032])
def test_its_properties_are_stated_and_its_preview_is_a_file(tmp_path: Path, version: int) -> None:
    _, parts, folder = read_bytes(drawing(version), tmp_path)
    stated = {part.name: part.written for part in parts if isinstance(part, Metadata)}
    assert stated == {
        "title": "Plan of a hall",
        "author": "Nobody",
        "keywords": "hall, plan",
        "last saved by": "Никто",
        "created": "2018-05-23T17:00:00",
        "room": "7",
    }
    (preview,) = (part for part in parts if isinstance(part, Child))
    assert preview.relation is Relation.THUMBNAIL
    assert (folder / preview.digest.hex).read_bytes() == b"BM" + struct.pack(
        "<IHHI", 14 + len(_BITMAP), 0, 0, 54
    ) + _BITMAP
    assert codes(parts) == ["drawing-not-read"]


def test_properties_of_an_older_one_stand_behind_the_cookie(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(old_drawing(), tmp_path)
    assert Metadata(Field("author"), "author", "Никто") in parts
    assert Metadata(Field("own property", 4), "room", "7") in parts


@pytest.mark.parametrize("left", range(1, 9))
def test_properties_that_break_off_give_those_before(tmp_path: Path, left: int) -> None:
    data = old_drawing()
    _, parts, _ = read_bytes(data[: data.index(b"room=7") - 5 + left], tmp_path)
    assert Metadata(Field("author"), "author", "Никто") in parts
    assert codes(parts) == ["drawing-not-read"]


def test_a_drawing_without_a_preview_is_refused_and_what_it_states_is_kept(tmp_path: Path) -> None:
    data = drawing(1032).replace(_SENTINEL, bytes(16))
    reading, parts, _ = read_bytes(data, tmp_path)
    assert reading.state is State.REFUSED
    assert Metadata(Field("author"), "author", "Nobody") in parts


def test_a_real_drawing_states_what_its_author_added(tmp_path: Path) -> None:
    data = Path(trove("testDWG2010_custom_props.dwg")).read_bytes()
    _, parts, _ = read_bytes(data, tmp_path)
    assert Metadata(Field("own property"), "customprop1", "valueforcustomprop1") in parts
