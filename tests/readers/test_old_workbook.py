"""Workbooks of Excel 2 to 2003, from streams written record by record."""

import struct
from pathlib import Path
from typing import ClassVar

import pytest

from muniment.core import (
    Cell,
    CellArea,
    CellKind,
    Child,
    Metadata,
    Part,
    Role,
    State,
    TextSpan,
    digest_of,
)
from muniment.readers import DEFAULT_LIMITS, READERS, ChildSink, Context, Limits, open_source
from muniment.readers.biff_formula import spelt_as_excel
from muniment.readers.biff_links import link_of
from muniment.readers.detect import detect
from muniment.readers.keys import Keys
from muniment.readers.known_readers import known
from muniment.readers.old_workbook import OLD_WORKBOOK
from muniment.readers.ole_object import OLE_OBJECT
from muniment.readers.signals import LockedError
from tests.readers import samples
from tests.readers import sheet_samples as made
from tests.readers.contract import ReaderContract, codes, read_bytes
from tests.readers.ole_samples import compound_file
from tests.readers.trove import trove

_SUM = b"\x44\x01\x00\x00\xc0\x1e\x01\x00\x03"  # B2 (relative) + 1
_NOTE = struct.pack("<HHHH", 1, 0, 0, 7) + made.short_text("A person", 2) + b"\0"
_SHEET = (
    made.record(0x208, struct.pack("<HHHHHHI", 2, 0, 5, 255, 0, 0, 0x20))
    + made.record(0x7D, struct.pack("<6H", 5, 5, 256, 0, 1, 0))
    + made.label(0, 0, 0)
    + made.label(1, 0, 1)
    + made.number(1, 1, 1969)
    + made.number(1, 2, 43243.4375, style=1)
    + made.formula(1, 3, struct.pack("<d", 1970), _SUM)
    + made.formula(1, 4, b"\0\0\0\0\0\0\xff\xff", _SUM)
    + made.record(0x207, made.short_text("名", 2))
    + made.record(0x205, struct.pack("<HHHBB", 2, 0, 0, 0x2A, 1))
    + made.record(0x205, struct.pack("<HHHBB", 3, 5, 0, 1, 0))
    + made.record(0x27E, struct.pack("<HHHI", 3, 0, 2, (5 << 2) | 3))
    + made.record(0xBD, struct.pack("<HHHIHIH", 4, 0, 0, 6, 0, (7 << 2) | 2, 1))
    + made.record(0xE5, struct.pack("<5H", 1, 4, 4, 0, 2))
    + made.record(0x5D, struct.pack("<HHHHH12x", 0x15, 18, 25, 7, 0))
    + made.record(0x1B6, struct.pack("<HH6xHHH", 0, 0, 9, 0, 0))
    + made.record(0x3C, b"\0look here")
    + made.record(0x1C, _NOTE)
    + made.record(0x14, made.short_text("&Cheading", 2))
)
STREAM = made.biff8(
    {"名单": (0, _SHEET), "Secret": (2, made.label(1, 1, 2))}, ("姓名", "甲", "very hidden")
)
_TEXT = "在押人员".encode("gb18030")
_OLD = made.record(0x204, struct.pack("<HHHH", 0, 0, 0, len(_TEXT)) + _TEXT)


def cells(parts: list[Part]) -> dict[tuple[str | None, int, int], Cell]:
    return {(p.at.sheet, p.at.row, p.at.column): p for p in parts if isinstance(p, Cell)}


class TestOldWorkbook(ReaderContract):
    reader = OLD_WORKBOOK
    samples: ClassVar = {
        "in an OLE file": compound_file({"Workbook": STREAM}),
        "a bare stream": STREAM,
        "Excel 95, code page 936": made.biff5("名".encode("gb18030"), _OLD),
        "Excel 2": made.record(0x09, struct.pack("<HH", 2, 0x10))
        + made.record(0x04, struct.pack("<HH3sB", 0, 0, b"\0\0\0", 2) + b"hi")
        + made.record(0x02, struct.pack("<HH3sH", 1, 0, b"\0\0\0", 42))
        + made.END,
    }


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Part]:
    folder = tmp_path_factory.mktemp("xls")
    return read_bytes(compound_file({"Workbook": STREAM}), folder)[1]


def test_each_cell_is_as_stored(parts: list[Part]) -> None:
    found = cells(parts)
    assert found["名单", 1, 1].written == "姓名"
    assert found["名单", 2, 2] == Cell(CellArea(2, 2, "名单"), CellKind.NUMBER, "1969")
    date = found["名单", 2, 3]
    assert (date.kind, date.written, date.shown, date.number_format) == (
        CellKind.DATE,
        "43243.4375",
        "2018-05-23T10:30:00",
        "yyyy-mm-dd",
    )
    assert found["名单", 4, 1].shown == "5.00%"
    assert found["名单", 3, 1].written == "#N/A"
    assert found["名单", 5, 1].written == "1"
    assert found["名单", 5, 2].written == "7"


SPELT = {
    "'?error -101?'!B1:B1/2": "#REF!B1/2",
    "'?internal; deleted sheet?'!C3:D4": "#REF!C3:D4",
    "Sheet2!$A$1:$A$1+A1:A1": "Sheet2!$A$1+A1:A1",
    "'a b'!A1:A10*2.0": "'a b'!A1:A10*2",
    'IF(A1>2.0,"x!A1:A1 2.0",3.5)': 'IF(A1>2,"x!A1:A1 2.0",3.5)',
}


@pytest.mark.parametrize("text", SPELT)
def test_formulas_are_spelt_as_in_excel(text: str) -> None:
    assert spelt_as_excel(text) == SPELT[text]


def test_formulas_read_as_they_do_in_excel(parts: list[Part]) -> None:
    found = cells(parts)
    assert (found["名单", 2, 4].formula, found["名单", 2, 4].written) == ("A2+1", "1970")
    assert (found["名单", 2, 5].kind, found["名单", 2, 5].written) == (CellKind.TEXT, "名")


def test_what_hides_is_hidden_and_what_annotates_stands_with_its_cell(parts: list[Part]) -> None:
    found = cells(parts)
    assert found["名单", 3, 1].hidden
    assert found["名单", 4, 6].hidden
    assert not found["名单", 2, 1].hidden
    assert found["Secret", 2, 2].hidden
    assert Metadata(CellArea(1, 1, "Secret"), "sheet", "Secret (veryHidden)") in parts
    assert found["名单", 2, 1].comment == "look here"
    assert Metadata(CellArea(2, 1, "名单"), "comment author", "A person") in parts
    assert Metadata(CellArea(5, 1, "名单", 5, 3), "merged", "A5:C5") in parts
    assert Metadata(CellArea(1, 1, "名单"), "header", "&Cheading") in parts


def test_a_code_page_is_followed(tmp_path: Path) -> None:
    _, found, _ = read_bytes(made.biff5("名".encode("gb18030"), _OLD), tmp_path)
    assert cells(found)["名", 1, 1].written == "在押人员"


def test_strings_go_on_over_records(tmp_path: Path) -> None:
    table = struct.pack("<II", 1, 1) + struct.pack("<HB", 8, 0) + b"abcd"
    sheet = made.bof(0x10) + made.label(0, 0, 0) + made.END
    head = made.bof(5)
    tail = made.record(0xFC, table) + made.record(0x3C, b"\1" + "甲乙丙丁".encode("utf-16-le"))
    bound = made.record(
        0x85, struct.pack("<IBB", len(head) + 13 + len(tail) + 4, 0, 0) + made.short_text("S")
    )
    _, found, _ = read_bytes(head + bound + tail + made.END + sheet, tmp_path)
    assert cells(found)["S", 1, 1].written == "abcd甲乙丙丁"


def test_a_damaged_record_costs_that_record(tmp_path: Path) -> None:
    content = made.label(0, 0, 99) + made.record(0x203, b"\0") + made.label(1, 0, 0)
    _, found, _ = read_bytes(made.biff8({"S": (0, content)}, ("kept",)), tmp_path)
    assert codes(found) == ["cell-damaged", "cell-damaged"]
    assert cells(found)["S", 2, 1].written == "kept"


def test_a_lost_directory_loses_no_records(tmp_path: Path) -> None:
    ole = bytearray(compound_file({"Workbook": STREAM + b"\0" * 4096}))
    ole[48:52] = b"\xff\xff\xff\x7f"  # where the directory begins
    (tmp_path / "object").write_bytes(bytes(ole))
    with open_source(str(tmp_path / "object")) as source:
        context = Context(
            "application/vnd.ms-excel", DEFAULT_LIMITS, ChildSink(str(tmp_path), DEFAULT_LIMITS)
        )
        found = list(OLD_WORKBOOK.read(source, context))
    assert "directory-damaged" in codes(found)
    assert cells(found)["名单", 2, 1].written == "甲"


def test_too_many_cells_refuse_the_rest(tmp_path: Path) -> None:
    reading, found, _ = read_bytes(STREAM, tmp_path, Limits(cells=3))
    assert reading.state is State.REFUSED
    assert len(cells(found)) == 3


def test_a_chart_keeps_what_it_draws(tmp_path: Path) -> None:
    chart = (
        made.bof(0x20)
        + made.record(0x100D, b"\0\0" + made.short_text("Detained"))
        + made.record(0x203, struct.pack("<HHHd", 0, 0, 0, 12.5))
        + made.END
    )
    _, found, _ = read_bytes(made.biff8({"S": (0, made.label(0, 0, 0) + chart)}, ("x",)), tmp_path)
    assert TextSpan(CellArea(1, 1, "S"), "Detained\n12.5", Role.BOX) in found


LINKS = {
    "an address": (
        bytes.fromhex("d0c9ea79f9bace118c8200aa004ba90b")
        + struct.pack("<II", 2, 3)
        + bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
        + struct.pack("<I", 26)
        + "http://a.b/c\0".encode("utf-16-le"),
        "http://a.b/c",
    ),
    "a place in the workbook": (
        b"\0" * 16 + struct.pack("<III", 2, 8, 3) + "A1\0".encode("utf-16-le"),
        "#A1",
    ),
}


@pytest.mark.parametrize("sort", LINKS)
def test_links_lead_where_they_say(sort: str) -> None:
    data, target = LINKS[sort]
    assert link_of(data) == target


def test_a_locked_workbook_opens_with_its_key(tmp_path: Path) -> None:
    path = trove("testEXCEL_protected_passtika.xls")
    sink = ChildSink(str(tmp_path), DEFAULT_LIMITS)
    with open_source(path) as source:
        media_type = detect(source, known(READERS))
        with pytest.raises(LockedError):
            list(OLD_WORKBOOK.read(source, Context(media_type, DEFAULT_LIMITS, sink)))
        keys = Keys(("wrong", "tika"))
        found = list(OLD_WORKBOOK.read(source, Context(media_type, DEFAULT_LIMITS, sink, keys)))
    assert keys.used == (1,)
    assert len(cells(found)) > 0
    assert "tika" not in str(found)


_PACKED = struct.pack("<H", 2) + b"list.csv\0C:\\list.csv\0" + struct.pack("<HHI", 0, 3, 12)
_PACKED += b"C:\\list.csv\0" + struct.pack("<I", 4) + b"1,2\n"


class TestOleObject(ReaderContract):
    reader = OLE_OBJECT
    samples: ClassVar = {
        "a package": compound_file({"\x01Ole": b"\0" * 20, "Package": samples.workbook()}),
        "contents": compound_file({"\x01Ole": b"\0" * 20, "CONTENTS": samples.picture()}),
        "a packaged file": compound_file(
            {"\x01Ole10Native": struct.pack("<I", len(_PACKED)) + _PACKED}
        ),
    }


def test_what_an_object_wraps_is_its_child_byte_for_byte(tmp_path: Path) -> None:
    data = TestOleObject.samples["contents"]
    _, found, _ = read_bytes(data, tmp_path)
    (child,) = [part for part in found if isinstance(part, Child)]
    assert child.digest == digest_of(samples.picture())
    _, found, _ = read_bytes(TestOleObject.samples["a packaged file"], tmp_path)
    (child,) = [part for part in found if isinstance(part, Child)]
    assert (child.name, child.digest) == ("list.csv", digest_of(b"1,2\n"))
