"""Tables: true row numbers, values as stored, and what hides behind the cells."""

import io
from pathlib import Path

import openpyxl
import pytest

from muniment.core import (
    Cell,
    CellArea,
    CellKind,
    Child,
    Metadata,
    Part,
    State,
    digest_of,
    number_as_stored,
)
from muniment.readers import Limits
from muniment.readers.number_formats import shown_date, shown_of_stored, shows_dates
from muniment.readers.workbook_ranges import area_of, column_number
from tests.readers import samples
from tests.readers.contract import codes, read_bytes


def cells(parts: list[Part]) -> dict[tuple[str | None, int, int], Cell]:
    return {(p.at.sheet, p.at.row, p.at.column): p for p in parts if isinstance(p, Cell)}


def test_records_are_counted_as_they_stand(tmp_path: Path) -> None:
    data = b'name,year\n\n"two\nlines",1969\nragged,1,2\n,\n' + b"next,1970\n" * 8
    reading, parts, _ = read_bytes(data, tmp_path)
    found = cells(parts)
    assert found[None, 3, 1] == Cell(CellArea(3, 1), CellKind.TEXT, "two\nlines")
    assert found[None, 4, 3].written == "2"
    assert (None, 5, 1) not in found
    assert codes(parts) == ["empty-records", "ragged-records"]
    assert reading.state is State.READ


def test_prose_with_commas_is_no_table(tmp_path: Path) -> None:
    reading, _, _ = read_bytes(b"Yes, he said, indeed.\nNo, she said, never.\n", tmp_path)
    assert reading.media_type == "text/plain"


def test_lines_of_title_before_a_table_are_its_first_records(tmp_path: Path) -> None:
    data = b"Report of the county, 2017\nprinted by the office\n\nid,name,n\n1,a,3\n2,b,4\n3,c,5\n"
    reading, parts, _ = read_bytes(data, tmp_path)
    assert reading.media_type == "text/csv"
    cells = {(p.at.row, p.at.column): p.written for p in parts if isinstance(p, Cell)}
    assert (cells[1, 1], cells[2, 1], cells[5, 2]) == (
        "Report of the county",
        "printed by the office",
        "a",
    )


def test_line_ends_may_be_bare_returns(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(b"a;b\r1;2\r3;4\r", tmp_path)
    assert cells(parts)[None, 3, 2].written == "4"


def test_a_workbook_gives_what_hides_too(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(samples.workbook(), tmp_path)
    found = cells(parts)
    assert found["名单", 2, 1].comment == "look here"
    assert found["名单", 2, 2] == Cell(
        CellArea(2, 2, "名单"), CellKind.NUMBER, "1969", number_format=None
    )
    date = found["名单", 2, 3]
    assert (date.kind, date.written, date.shown) == (
        CellKind.DATE,
        "43243.4375",
        "2018-05-23T10:30:00",
    )
    assert found["名单", 2, 4].formula == "B2+1"
    assert found["名单", 3, 1].hidden
    assert found["名单", 4, 6].hidden
    assert found["名单", 5, 1].kind is CellKind.BOOLEAN
    assert found["名单", 7, 2].written == "0.1"
    assert found["Secret", 2, 2].hidden
    assert Metadata(CellArea(5, 1, "名单", 5, 3), "merged", "A5:C5") in parts
    assert Metadata(CellArea(1, 1, "Secret"), "sheet", "Secret (veryHidden)") in parts
    assert reading.state is State.READ


def test_a_picture_stands_at_the_cells_it_is_anchored_to(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(samples.workbook(), tmp_path)
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert child.at == CellArea(2, 8, "名单")
    assert child.digest == digest_of(samples.picture())


def test_too_many_cells_refuse_the_rest(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(samples.workbook(), tmp_path, Limits(cells=3))
    assert reading.state is State.REFUSED
    assert len(cells(parts)) == 3


def test_a_sheet_that_breaks_off_keeps_its_first_rows(tmp_path: Path) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="7"><c r="B7"><v>1</v></c></row><row r="8"><c r="B8"><v>2</v>'
    )
    reading, parts, _ = read_bytes(_workbook_with(sheet), tmp_path)
    assert cells(parts)["S", 7, 2].written == "1"
    assert codes(parts) == ["part-damaged"]
    assert reading.state is State.READ


def test_cells_without_references_follow_on(tmp_path: Path) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c>'
        '</row><row><c t="inlineStr"><is><r><t>a</t></r><rPh><t>no</t></rPh>'
        "<r><t>_x0041_</t></r></is>"
        "</c></row></sheetData></worksheet>"
    )
    found = cells(read_bytes(_workbook_with(sheet), tmp_path)[1])
    assert found["S", 1, 2].written == "2"
    assert found["S", 5, 4].written == "4"
    assert found["S", 6, 1].written == "aA"


def _workbook_with(sheet: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "S"
    buffer = io.BytesIO()
    book.save(buffer)
    source = samples.zipfile.ZipFile(buffer)
    return samples.zipped(
        *(
            (name, sheet.encode() if name == "xl/worksheets/sheet1.xml" else source.read(name))
            for name in source.namelist()
        )
    )


# What a file holds → what is written, and what is shown of it where no format says how.
NUMBERS = {
    "1": ("1", None),
    "-3": ("-3", None),
    "1.0": ("1.0", "1"),
    "0.1": ("0.1", None),
    "0.10000000000000001": ("0.10000000000000001", "0.1"),
    "0.1000000000000000055": ("0.1000000000000000055", "0.1"),
    "10.50": ("10.50", "10.5"),
    " 5 ": ("5", None),
    "1E3": ("1E3", "1000"),
    "1E+30": ("1E+30", None),
    "1.0000000000000001E-5": ("1.0000000000000001E-5", "1e-05"),
    "440301196905230011": ("440301196905230011", None),
    "-440301196905230011": ("-440301196905230011", None),
    "abc": None,
    "nan": None,
    "1_0": None,
    "1e999": None,
}


@pytest.mark.parametrize("stored", NUMBERS)
def test_numbers_are_written_as_stored_and_shown_in_the_digits_they_have(stored: str) -> None:
    written = number_as_stored(stored)
    if written is None:
        assert NUMBERS[stored] is None
    else:
        display = shown_of_stored(CellKind.NUMBER, written, None, from_1904=False)
        assert NUMBERS[stored] == (written, display)


# A format rounds the number, not its spelling: 1.005 is stored as 1.0049999999999999.
FORMATTED = {
    ("10.50", "0.00"): None,
    ("1.1000000000000001", "0.00"): "1.10",
    ("1.0049999999999999", "0.00"): "1.01",
    ("1.1000000000000001", "# ?/?"): None,
}


@pytest.mark.parametrize(("stored", "code"), FORMATTED)
def test_formats_show_the_number_that_is_meant(stored: str, code: str) -> None:
    found = shown_of_stored(CellKind.NUMBER, stored, code, from_1904=False)
    assert found == FORMATTED[stored, code]


# Serial, 1904 epoch → shown. Values from ECMA-376 Part 1, §18.17.4.
DATES = {
    ("1", False): "1900-01-01",
    ("59", False): "1900-02-28",
    ("60", False): None,
    ("61", False): "1900-03-01",
    ("43243.4375", False): "2018-05-23T10:30:00",
    ("0.5", False): "1900-01-00T12:00:00",
    ("0", False): "1900-01-00",
    ("0", True): "1904-01-01",
    ("41781", True): "2018-05-23",
    ("2958465", False): "9999-12-31",
    ("2958466", False): None,
    ("-1", False): None,
}


@pytest.mark.parametrize(("serial", "from_1904"), DATES)
def test_serials_are_shown_as_the_day_they_mean(serial: str, from_1904: bool) -> None:
    assert shown_date(serial, "yyyy-mm-dd", from_1904=from_1904) == DATES[serial, from_1904]


def test_below_the_first_day_a_format_of_times_shows_a_time() -> None:
    codes = ("h:mm", "mm:ss", None, "yyyy/m", "mmm")
    shown = [shown_date("0.5", code, from_1904=False) for code in codes]
    assert shown == ["12:00:00"] * 3 + ["1900-01-00T12:00:00"] * 2


FORMATS = {
    "General": False,
    "0.00": False,
    "yyyy-mm-dd": True,
    'yyyy"年"m"月"d"日"': True,
    "[$-409]h:mm AM/PM": True,
    '0" days"': False,
    "[Red]0": False,
    "mm:ss": True,
    "[h]:mm": True,
    "0E+00": False,
}


@pytest.mark.parametrize("code", FORMATS)
def test_a_number_is_a_date_because_its_format_says_so(code: str) -> None:
    assert shows_dates(code) is FORMATS[code]


def test_references_are_read() -> None:
    assert [column_number(c) for c in ("A", "Z", "AA", "XFD", "XFE", "")] == [
        1,
        26,
        27,
        16384,
        0,
        0,
    ]
    assert area_of("B2:D5", "S") == CellArea(2, 2, "S", 5, 4)
    assert area_of("$B$2", "S") == CellArea(2, 2, "S")
    assert area_of("B0", "S") is None
