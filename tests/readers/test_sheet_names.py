# ruff: noqa: E501 - the XML of a package reads best unbroken
"""Sheets of one name and cells without a place: nothing is cited twice, nothing is moved."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Cell, CellArea, Field, Metadata, Part, Problem, Role, TextSpan
from muniment.core.citation import Citation, parse_citation
from muniment.core.digest import digest_of
from muniment.readers.sheet_names import SheetNames
from tests.readers import samples
from tests.readers import sheet_samples as made
from tests.readers.contract import codes, read_bytes

_ROW = '<row r="1"><c r="A1"><v>{}</v></c></row>'
_XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{}</Workbook>'
)
_XML_SHEET = '<Worksheet ss:Name="Liste"><Table>{}</Table></Worksheet>'
_XML_CELL = '<Row><Cell><Data ss:Type="Number">{}</Data></Cell></Row>'
_GNUMERIC = '<gnm:Workbook xmlns:gnm="http://www.gnumeric.org/v10.dtd"><gnm:Sheets>{}</gnm:Sheets></gnm:Workbook>'
_GNUMERIC_SHEET = "<gnm:Sheet><gnm:Name>Liste</gnm:Name><gnm:Cells>{}</gnm:Cells></gnm:Sheet>"
_GNUMERIC_CELL = '<gnm:Cell Row="{}" Col="0" ValueType="40">{}</gnm:Cell>'
_FLAT = (
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document>'
)
_FLAT_SHEET = (
    '<table:table table:name="Liste"><table:table-row><table:table-cell office:value-type="float" office:value="{}">'
    "<text:p>{}</text:p></table:table-cell></table:table-row></table:table>"
)


def cells(parts: list[Part]) -> list[tuple[str | None, int, int, str]]:
    return [(p.at.sheet, p.at.row, p.at.column, p.written) for p in parts if isinstance(p, Cell)]  # type: ignore[union-attr]


def _package() -> bytes:
    """Two sheets called `Liste`, in a package whose workbook names both so."""
    whole = made.book({"Liste": made.sheet(_ROW.format(1)), "Andre": made.sheet(_ROW.format(2))})
    archive = samples.zipfile.ZipFile(samples.io.BytesIO(whole))
    return samples.zipped(
        *((name, archive.read(name).replace(b'"Andre"', b'"Liste"')) for name in archive.namelist())
    )


TWICE = {
    "xlsx": _package(),
    "Excel's XML": _XML.format(
        "".join(_XML_SHEET.format(_XML_CELL.format(n)) for n in (1, 2))
    ).encode(),
    "Gnumeric": _GNUMERIC.format(
        "".join(_GNUMERIC_SHEET.format(_GNUMERIC_CELL.format(0, n)) for n in (1, 2))
    ).encode(),
    "OpenDocument": _FLAT.format("".join(_FLAT_SHEET.format(n, n) for n in (1, 2))).encode(),
}


@pytest.mark.parametrize("sort", TWICE)
def test_the_second_sheet_of_one_name_is_cited_otherwise_and_said_to_be(
    sort: str, tmp_path: Path
) -> None:
    _, parts, _ = read_bytes(TWICE[sort], tmp_path)
    assert cells(parts) == [("Liste", 1, 1, "1"), ("Liste[2]", 1, 1, "2")]
    assert [p.at for p in parts if isinstance(p, Problem)] == [CellArea(1, 1, "Liste[2]")]
    assert codes(parts) == ["sheet-name-twice"]
    stated = [p.written for p in parts if isinstance(p, Metadata) and p.name == "sheet"]
    assert stated == ["Liste (visible)"] * 2
    for part in parts:
        citation = Citation(digest_of(TWICE[sort]), part.at)
        assert parse_citation(str(citation)) == citation


@given(st.lists(st.sampled_from(["a", "a[2]", "a[3]", "a[2][2]", "", "[2]"]), max_size=12))
def test_no_two_sheets_are_ever_cited_alike(called: list[str]) -> None:
    names = SheetNames()
    cited = [names.cited_as(name) for name in called]
    assert len(set(cited)) == len(called)
    for position, name in enumerate(called):
        if name not in cited[:position]:
            assert cited[position] == name


def _of(rows: str, tmp_path: Path, **options: object) -> list[Part]:
    return read_bytes(made.book({"S": made.sheet(rows)}, **options), tmp_path)[1]  # type: ignore[arg-type]


def test_a_cell_beyond_the_last_column_stands_where_it_says_and_is_trouble(tmp_path: Path) -> None:
    parts = _of('<row r="3"><c r="A3"><v>1</v></c><c r="ZZZZ99999999"><v>7</v></c></row>', tmp_path)
    assert cells(parts) == [("S", 3, 1, "1"), ("S", 99_999_999, 475_254, "7")]
    (trouble,) = [p for p in parts if isinstance(p, Problem)]
    assert (trouble.code, trouble.at) == ("reference-beyond", CellArea(99_999_999, 475_254, "S"))
    assert "ZZZZ99999999" in trouble.message


NO_PLACE = ["5", "?B2", "R1C1", "B0", "ABCDEFGHIJKLM1", "B12345678901234567890", "A1 B2", "À1"]


@pytest.mark.parametrize("reference", NO_PLACE)
def test_what_stands_at_no_place_is_kept_under_its_reference(
    reference: str, tmp_path: Path
) -> None:
    row = f'<row r="1"><c r="A1"><v>1</v></c><c r="{reference}"><v>7</v></c><c r="{reference}"><f>1+7</f><v>8</v></c><c r="C1"><v>9</v></c></row>'
    parts = _of(row, tmp_path)
    assert cells(parts) == [("S", 1, 1, "1"), ("S", 1, 3, "9")]
    name = f"S!{reference}"
    kept = [p for p in parts if isinstance(p, Metadata) and p.name == "cell without a place"]
    assert kept == [
        Metadata(Field(name), "cell without a place", "7"),
        Metadata(Field(name, 2), "cell without a place", "=1+7: 8"),
    ]
    assert codes(parts) == ["reference-unreadable"] * 2


def test_a_merged_range_that_names_no_cells_is_told(tmp_path: Path) -> None:
    data = made.book(
        {
            "S": made.sheet(
                _ROW.format(1), after='<mergeCells><mergeCell ref="A1:ZZZZ9"/></mergeCells>'
            )
        }
    )
    _, parts, _ = read_bytes(data, tmp_path)
    assert Metadata(CellArea(1, 1, "S"), "merged", "A1:ZZZZ9") in parts
    assert codes(parts) == ["reference-unreadable"]


def test_a_comment_on_no_cell_is_kept(tmp_path: Path) -> None:
    comments = f'<comments xmlns="{made.S}"><authors><author>a</author></authors><commentList><comment ref="ZZZZ9" authorId="0"><text><t>said</t></text></comment></commentList></comments>'
    more: dict[str, str | bytes] = {
        "xl/comments1.xml": comments,
        "xl/worksheets/_rels/sheet1.xml.rels": made.rels(("rId1", "comments", "../comments1.xml")),
    }
    parts = _of(_ROW.format(1), tmp_path, more=more)
    assert TextSpan(Field("S!ZZZZ9"), "said", Role.COMMENT) in parts
    assert codes(parts) == ["reference-unreadable"]


def test_a_row_beyond_the_last_is_trouble_however_it_is_written(tmp_path: Path) -> None:
    parts = _of('<row r="2000000"><c r="A2000000"><v>1</v></c></row>', tmp_path)
    assert cells(parts) == [("S", 2_000_000, 1, "1")]
    assert codes(parts) == ["row-beyond"]


def test_a_gnumeric_cell_of_no_row_is_kept(tmp_path: Path) -> None:
    data = _GNUMERIC.format(
        _GNUMERIC_SHEET.format(
            _GNUMERIC_CELL.format("99999999999", 7) + _GNUMERIC_CELL.format(0, 8)
        )
    )
    _, parts, _ = read_bytes(data.encode(), tmp_path)
    assert cells(parts) == [("Liste", 1, 1, "8")]
    at = Field("Liste!row 99999999999, column 0")
    assert Metadata(at, "cell without a place", "7") in parts
    assert codes(parts) == ["reference-unreadable"]


def test_an_index_of_excels_xml_that_is_no_number_is_told(tmp_path: Path) -> None:
    row = '<Row><Cell><Data ss:Type="Number">1</Data></Cell><Cell ss:Index="x9"><Data ss:Type="Number">2</Data></Cell></Row>'
    _, parts, _ = read_bytes(_XML.format(_XML_SHEET.format(row)).encode(), tmp_path)
    assert cells(parts) == [("Liste", 1, 1, "1"), ("Liste", 1, 2, "2")]
    assert codes(parts) == ["reference-unreadable"]
