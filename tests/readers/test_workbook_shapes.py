# ruff: noqa: E501 - the XML of a package reads best unbroken
"""Workbooks as different programs write them, each with the truth that was written into it."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.core import (
    Cell,
    CellArea,
    CellKind,
    Child,
    Element,
    Metadata,
    Part,
    Problem,
    Role,
    State,
    TextSpan,
)
from muniment.readers.formula_shift import column_letters, shifted
from muniment.readers.number_formats import Formats
from muniment.readers.packed_cells import unpacked
from muniment.readers.workbook_ranges import column_number
from muniment.readers.workbook_rows import OtherShapeError, RowPacker, SheetFacts
from muniment.readers.workbook_sheet import Sheet, read_sheet
from muniment.readers.workbook_strings import unescaped
from tests.readers import samples
from tests.readers import sheet_samples as made
from tests.readers.contract import codes, read_bytes
from tests.readers.trove import TROVE

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def cells(parts: list[Part]) -> dict[tuple[str | None, int, int], Cell]:
    return {(p.at.sheet, p.at.row, p.at.column): p for p in parts if isinstance(p, Cell)}


def written(data: bytes, folder: Path) -> dict[tuple[str | None, int, int], str]:
    return {at: cell.written for at, cell in cells(read_bytes(data, folder)[1]).items()}


# What one writer does → the package, and what its cells hold.
_PLAIN = made.sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>7</v></c></row>')
SHAPES: dict[str, tuple[bytes, dict[tuple[str, int, int], str]]] = {
    "shared strings, as Excel writes": (
        made.book({"S": _PLAIN}, strings="<si><t>甲</t></si>"),
        {("S", 1, 1): "甲", ("S", 1, 2): "7"},
    ),
    "inline strings, as streaming writers do": (
        made.book({"S": made.sheet('<row r="2"><c r="C2" t="inlineStr"><is><t xml:space="preserve"> a &amp; b</t></is></c></row>')}),
        {("S", 2, 3): " a & b"},
    ),
    "the strict namespace": (
        made.book({"S": made.sheet('<row r="1"><c r="A1"><v>1</v></c></row>', of=made.STRICT)}, of=made.STRICT),
        {("S", 1, 1): "1"},
    ),
    "a prefix on every element": (
        made.book({"S": f'<x:worksheet xmlns:x="{made.S}"><x:sheetData><x:row r="3"><x:c r="B3"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>'}),
        {("S", 3, 2): "2"},
    ),
    "no references at all": (
        made.book({"S": made.sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")}),
        {("S", 1, 1): "1", ("S", 1, 2): "2", ("S", 2, 1): "3"},
    ),
    "references after rows without, then with": (
        made.book({"S": made.sheet('<row r="4"><c r="A4"><v>1</v></c></row><row><c><v>2</v></c></row><row r="9"><c r="A9"><v>3</v></c></row>')}),
        {("S", 4, 1): "1", ("S", 5, 1): "2", ("S", 9, 1): "3"},
    ),
    "indented, one element a line": (
        made.book({"S": made.sheet('\n <row r="1">\n  <c r="A1">\n   <v>5</v>\n  </c>\n </row>\n')}),
        {("S", 1, 1): "5"},
    ),
    "UTF-16": (
        made.book({"S": made.sheet('<row r="1"><c r="A1" t="str"><v>甲</v></c></row>').replace("UTF-8", "UTF-16").encode("utf-16")}),  # type: ignore[dict-item]
        {("S", 1, 1): "甲"},
    ),
    "a comment among the rows": (
        made.book({"S": made.sheet('<row r="1"><c r="A1"><v>1</v></c></row><!-- <row r="2"><c r="A2"><v>no</v></c></row> --><row r="3"><c r="A3"><v>3</v></c></row>')}),
        {("S", 1, 1): "1", ("S", 3, 1): "3"},
    ),
    "rich text and phonetic guides": (
        made.book({"S": _PLAIN}, strings='<si><r><t>豊</t></r><r><t>田</t></r><rPh sb="0" eb="2"><t>トヨタ</t></rPh></si>'),
        {("S", 1, 1): "豊田", ("S", 1, 2): "7"},
    ),
    "blank styled cells between others": (
        made.book({"S": made.sheet('<row r="1" spans="1:3"><c r="A1" s="1"/><c r="B1" s="1"><v>61</v></c><c r="C1" s="2"/></row><row r="2"/><row r="3"><c r="A3"><v>9</v></c></row>')}),
        {("S", 1, 2): "61", ("S", 3, 1): "9"},
    ),
    "a cell whose own reference names another row": (
        made.book({"S": made.sheet('<row r="1"><c r="A1"><v>1</v></c><c r="B7"><v>2</v></c></row>')}),
        {("S", 1, 1): "1", ("S", 7, 2): "2"},
    ),
    "escaped control characters": (
        made.book({"S": made.sheet('<row r="1"><c r="A1" t="str"><v>a_x000D_b_xD83D__xDE00_</v></c></row>')}),
        {("S", 1, 1): "a\rb\U0001f600"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("writer", SHAPES)
def test_every_writer_is_read_right(writer: str, tmp_path: Path) -> None:
    data, truth = SHAPES[writer]
    assert written(data, tmp_path) == truth


def test_shared_formulas_read_as_they_do_in_each_cell(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$A$1+SUM(A:A)</f><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="B3"><f t="shared" si="0"></f><v>3</v></c><c r="C3"><f t="shared" si="9"/><v>4</v></c></row>'
        '<row r="4"><c r="D4"><f t="array" ref="D4:D5">A1:A2*2</f><v>2</v></c><c r="E4" t="str"><f>"x"&amp;A4</f><v>x1</v></c></row>'
    )
    found = cells(read_bytes(made.book({"S": made.sheet(rows)}), tmp_path)[1])
    assert [found["S", row, 2].formula for row in (1, 2, 3)] == [
        "A1*$A$1+SUM(A:A)",
        "A2*$A$1+SUM(A:A)",
        "A3*$A$1+SUM(A:A)",
    ]
    assert found["S", 3, 3].formula == "shared formula 9"
    assert found["S", 4, 4].formula == "A1:A2*2"
    assert (found["S", 4, 5].formula, found["S", 4, 5].written) == ('"x"&A4', "x1")


def test_a_huge_row_number_costs_that_cell_only(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        f'<row r="{"9" * 40}"><c r="A2"><v>2</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>'
    )
    reading, parts, _ = read_bytes(made.book({"S": made.sheet(rows)}), tmp_path)
    assert reading.state is State.READ
    found = cells(parts)
    assert found["S", 1, 1].written == "1"
    assert found["S", 3, 1].written == "3"


def test_rows_beyond_any_sheet_are_said_to_be(tmp_path: Path) -> None:
    rows = '<row r="9999999999"><c r="A9999999999"><v>1</v></c></row>'
    _, parts, _ = read_bytes(made.book({"S": made.sheet(rows)}), tmp_path)
    assert codes(parts) == ["row-beyond"]
    assert cells(parts)["S", 9999999999, 1].written == "1"


def test_broken_shared_strings_cost_the_cells_that_name_them(tmp_path: Path) -> None:
    strings = "<si><t>kept</t></si><si><t>lo"
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1"><v>5</v></c></row>'
    book = made.book({"S": made.sheet(rows)}, strings="")
    broken = book_with(book, "xl/sharedStrings.xml", f'<sst xmlns="{made.S}">{strings}')
    reading, parts, _ = read_bytes(broken, tmp_path)
    found = cells(parts)
    assert (found["S", 1, 1].written, found["S", 1, 3].written) == ("kept", "5")
    assert codes(parts) == ["part-damaged", "string-missing"]
    assert reading.state is State.READ


def book_with(data: bytes, name: str, content: str) -> bytes:
    import io  # noqa: PLC0415 - used here alone
    import zipfile  # noqa: PLC0415

    source = zipfile.ZipFile(io.BytesIO(data))
    return made.zipped({n: content if n == name else source.read(n) for n in source.namelist()})


def test_formats_and_what_they_show(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>43243</v></c><c r="B1" s="2"><v>0.1219</v></c><c r="C1" s="3"><v>2.5</v></c></row>'
    found = cells(read_bytes(made.book({"S": made.sheet(rows)}), tmp_path)[1])
    assert (found["S", 1, 1].kind, found["S", 1, 1].shown) == (CellKind.DATE, "2018-05-23")
    assert (found["S", 1, 2].shown, found["S", 1, 2].number_format) == ("12.19%", "0.00%")
    assert (found["S", 1, 3].shown, found["S", 1, 3].number_format) == ("2.50", "0.00")


def test_comments_name_their_authors_old_and_threaded(tmp_path: Path) -> None:
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": made.rels(
            ("c", "comments", "../comments1.xml"), ("t", "threadedComment", "../threaded1.xml")
        ),
        "xl/comments1.xml": f'<comments xmlns="{made.S}"><authors><author>A person</author></authors><commentList><comment ref="B2" authorId="0"><text><r><t>look </t></r><r><t>here</t></r></text></comment></commentList></comments>',
        "xl/threaded1.xml": '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="B3" personId="{1}"><text>agreed</text></threadedComment></ThreadedComments>',
        "xl/persons/person.xml": '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><person displayName="Another" id="{1}" userId="a@example.org"/></personList>',
    }
    book = made.book(
        {"S": made.sheet('<row r="2"><c r="B2"><v>1</v></c></row>')},
        more=parts,
        links=(("p", "person", "persons/person.xml"),),
    )
    found = read_bytes(book, tmp_path)[1]
    assert cells(found)["S", 2, 2].comment == "look here"
    assert cells(found)["S", 3, 2].comment == "agreed"
    assert Metadata(CellArea(2, 2, "S"), "comment author", "A person") in found
    assert Metadata(CellArea(3, 2, "S"), "comment author", "Another (a@example.org)") in found


def test_what_surrounds_the_cells_is_stated(tmp_path: Path) -> None:
    after = (
        '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
        '<dataValidations><dataValidation type="list" sqref="C2:C9 D2"><formula1>"released,held"</formula1></dataValidation></dataValidations>'
        '<hyperlinks><hyperlink ref="A2" r:id="h" location="x"/><hyperlink ref="A3" location="S!A1"/></hyperlinks>'
        "<headerFooter><oddHeader>&amp;Csecret</oddHeader></headerFooter>"
    )
    links = made.rels(("h", "hyperlink", "http://example.org/a"), outside=("h",))
    inside = '<absPath xmlns="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" url="D:\\lists\\"/><definedNames><definedName name="People" hidden="1">S!$A$1</definedName></definedNames>'
    book = made.book(
        {"S": made.sheet("", after=after), "H": made.sheet("")},
        states={"H": "veryHidden"},
        inside=inside,
        more={"xl/worksheets/_rels/sheet1.xml.rels": links},
    )
    parts = read_bytes(book, tmp_path)[1]
    stated = {(str(p.at), p.name): p.written for p in parts if isinstance(p, Metadata)}
    values = {p.written for p in parts if isinstance(p, Metadata)}
    assert stated[str(CellArea(1, 1, "S", 1, 2)), "merged"] == "A1:B1"
    assert stated[str(CellArea(2, 3, "S", 9, 3)), "allowed values"] == '"released,held"'
    assert stated[str(CellArea(2, 4, "S")), "allowed values"] == '"released,held"'
    assert stated[str(CellArea(2, 1, "S")), "link (hyperlink)"] == "http://example.org/a#x"
    assert stated[str(CellArea(3, 1, "S")), "link (hyperlink)"] == "#S!A1"
    assert {"&Csecret", "D:\\lists\\", "People (hidden) = S!$A$1", "H (veryHidden)"} <= values


def test_values_kept_of_pivots_links_and_charts_come_out(tmp_path: Path) -> None:
    chart = f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" {_A}><a:t>Held</a:t><c:numCache><c:pt idx="0"><c:v>120</c:v></c:pt></c:numCache></c:chartSpace>'
    drawing = f'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" {_A} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>2</xdr:row></xdr:from><xdr:to><xdr:col>3</xdr:col><xdr:row>4</xdr:row></xdr:to><xdr:graphicFrame><c r:id="c"/></xdr:graphicFrame></xdr:twoCellAnchor></xdr:wsDr>'
    more: dict[str, str | bytes] = {
        "xl/worksheets/_rels/sheet1.xml.rels": made.rels(("d", "drawing", "../drawings/drawing1.xml")),
        "xl/drawings/drawing1.xml": drawing,
        "xl/drawings/_rels/drawing1.xml.rels": made.rels(("c", "chart", "../charts/chart1.xml")),
        "xl/charts/chart1.xml": chart,
        "xl/pivotCache/pivotCacheDefinition1.xml": f'<pivotCacheDefinition xmlns="{made.S}" refreshedBy="Nobody"><cacheFields><cacheField name="name"><sharedItems><s v="甲"/><s v="乙"/></sharedItems></cacheField><cacheField name="year"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>',
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": made.rels(("r", "pivotCacheRecords", "pivotCacheRecords1.xml")),
        "xl/pivotCache/pivotCacheRecords1.xml": f'<pivotCacheRecords xmlns="{made.S}"><r><x v="1"/><n v="1969"/></r></pivotCacheRecords>',
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{made.S}"><externalBook><sheetNames><sheetName val="Other"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>kept</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": made.rels(("e", "externalLinkPath", "file:///D:/other.xlsx"), outside=("e",)),
        "xl/worksheets/sheet9.xml": made.sheet('<row r="1"><c r="A1"><v>99</v></c></row>'),
    }  # fmt: skip
    parts = read_bytes(made.book({"S": made.sheet("")}, more=more), tmp_path)[1]
    records = "xl/pivotCache/pivotCacheRecords1.xml"
    assert TextSpan(Element(records, (1, 1)), "乙\t1969", hidden=True) in parts
    assert TextSpan(Element("xl/externalLinks/externalLink1.xml", (1, 1, 2, 1, 1)), "kept", hidden=True) in parts  # fmt: skip
    assert TextSpan(CellArea(3, 2, "S", 5, 4), "Held\n120", Role.BOX) in parts
    assert cells(parts)["xl/worksheets/sheet9.xml", 1, 1].hidden
    values = {p.written for p in parts if isinstance(p, Metadata)}
    assert {"Nobody", "file:///D:/other.xlsx", "Other"} <= values


# The attributes of a data table's formula → how spreadsheets show it.
DATA_TABLES = {
    'dt2D="1" dtr="1" r1="A1" r2="A2"': "TABLE(A1,A2)",
    'dtr="1" r1="A1"': "TABLE(A1,)",
    'dt2D="0" dtr="0" r1="A1"': "TABLE(,A1)",
    'dt2D="1" dtr="1" r1="A1" r2="A2" del2="1"': "TABLE(A1,#REF!)",
}


@pytest.mark.parametrize("stated", DATA_TABLES)
def test_data_tables_keep_their_inputs(stated: str, tmp_path: Path) -> None:
    rows = f'<row r="2"><c r="B2"><f t="dataTable" ref="B2:C3" {stated}/><v>7</v></c><c r="C2"><v>8</v></c></row>'
    parts = read_bytes(made.book({"S": made.sheet(rows)}), tmp_path)[1]
    found = cells(parts)
    formula = DATA_TABLES[stated]
    assert (found["S", 2, 2].written, found["S", 2, 2].formula) == ("7", formula)
    assert found["S", 2, 3].formula is None
    assert Metadata(CellArea(2, 2, "S", 3, 3), "data table", formula) in parts


def test_numbers_are_written_as_the_file_spells_them(tmp_path: Path) -> None:
    stored = ("0.1000000000000000055", "1E3", "10.50", "440301196905230011", "0.3", " 7 ")
    row = "".join(f'<c r="{c}1"><v>{v}</v></c>' for c, v in zip("ABCDEF", stored, strict=True))
    for more in ("", "<!-- -->"):  # packed, and parsed
        sheet = made.sheet(f'<row r="1">{row}</row>{more}')
        found = cells(read_bytes(made.book({"S": sheet}), tmp_path)[1])
        held = [(cell.written, cell.shown) for cell in found.values()]
        assert [written for written, _ in held] == [value.strip() for value in stored]
        assert [shown for _, shown in held] == ["0.1", "1000", "10.5", None, None, None]


def test_macros_and_embedded_objects_are_children_where_they_stand(tmp_path: Path) -> None:
    after = '<oleObjects><oleObject progId="Package" r:id="o"><objectPr><anchor><from><col>2</col><row>4</row></from><to><col>3</col><row>6</row></to></anchor></objectPr></oleObject></oleObjects>'
    more: dict[str, str | bytes] = {
        "xl/worksheets/_rels/sheet1.xml.rels": made.rels(("o", "oleObject", "../embeddings/oleObject1.bin")),
        "xl/embeddings/oleObject1.bin": b"an object",
        "xl/vbaProject.bin": b"macros",
    }  # fmt: skip
    parts = read_bytes(made.book({"S": made.sheet("", after=after)}, more=more), tmp_path)[1]
    places = {part.name: part.at for part in parts if isinstance(part, Child)}
    assert places["xl/embeddings/oleObject1.bin"] == CellArea(5, 3, "S", 7, 4)
    assert "xl/vbaProject.bin" in places


def test_a_workbook_without_its_workbook_part_gives_its_sheets(tmp_path: Path) -> None:
    data = book_with(made.book({"S": _PLAIN}, strings="<si><t>x</t></si>"), "xl/workbook.xml", "<")
    reading, parts, _ = read_bytes(data, tmp_path)
    assert reading.state is State.READ
    assert "7" in {cell.written for cell in cells(parts).values()}


# --- the packed way and the parser agree -----------------------------------------------------------

_VALUES = st.one_of(
    st.integers(-(10**17), 10**17).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(
        [
            "0",
            "-0",
            "007",
            "1E3",
            " 5 ",
            "\t.5",
            "5.",
            "0.1000000000000000055",
            "nan",
            "",
            "1e999",
            "0.10",
            "2958465",
            "60.5",
            "-1",
        ]
    ),
    st.decimals(-1000, 70000, places=3).map(str),
    st.text("甲a<&>\"'_x0D41 \t\n\r]", max_size=9),
)
_CELLS = st.tuples(
    st.sampled_from(["A", "B", "Z", "AA", "XFD", "XFE"]),
    st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="3"', ' s="99"']),
    st.sampled_from(
        ["", ' t="n"', ' t="s"', ' t="str"', ' t="b"', ' t="e"', ' t="d"', ' t="inlineStr"']
    ),
    st.sampled_from(
        [
            "",
            "<f>A1+1</f>",
            '<f t="shared" si="0"/>',
            '<f t="shared" ref="A1:B9" si="0">B$1&amp;"A1"</f>',
        ]
    ),
    _VALUES,
)
_STRINGS = ("甲", "b & c", "long " * 200)


def _row(number: int, found: list[tuple[str, str, str, str, str]], *, hidden: bool) -> str:
    inner = ""
    for column, style, kind, formula, value in found:
        text = value.replace("&", "&amp;").replace("<", "&lt;")
        body = f"<is><t>{text}</t></is>" if "inline" in kind else f"<v>{text}</v>"
        inner += f'<c r="{column}{number}"{style}{kind}>{formula}{body}</c>'
    return f'<row r="{number}"' + (' hidden="1">' if hidden else ">") + inner + "</row>"


def _parts(rows: str, *, packed: bool) -> list[Part]:
    import io  # noqa: PLC0415 - used here alone

    sheet = Sheet("S", False, _STRINGS, _FORMATS, False, {}, {}, {}, {})
    # A comment among the rows sends all of them to the parser.
    data = made.sheet(
        rows if packed else rows + "<!-- -->",
        before='<cols><col min="2" max="2" hidden="1"/><col min="3" max="3" width="0"/></cols>',
    )
    return list(unpacked(read_sheet(io.BytesIO(data.encode()), sheet)))


_FORMATS = Formats((None, "yyyy\\-mm\\-dd", "0.00%", "0.00"), (False, True, False, False))


@settings(deadline=None, max_examples=150)
@given(rows=st.lists(st.tuples(st.lists(_CELLS, max_size=5), st.booleans()), max_size=4))
def test_packed_rows_are_what_the_parser_reads(
    rows: list[tuple[list[tuple[str, str, str, str, str]], bool]],
) -> None:
    xml = "".join(_row(n, found, hidden=hidden) for n, (found, hidden) in enumerate(rows, start=1))
    assert _parts(xml, packed=True) == _parts(xml, packed=False)


@pytest.mark.parametrize("packed", [True, False])
def test_what_has_no_height_or_width_is_hidden(packed: bool) -> None:
    xml = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c></row>'
        '<row r="2" ht="0" customHeight="1"><c r="A2"><v>3</v></c></row>'
        '<row r="3" ht="0.75" customHeight="1"><c r="A3"><v>4</v></c></row>'
    )
    found = {at[1:]: cell.hidden for at, cell in cells(_parts(xml, packed=packed)).items()}
    assert found == {(1, 1): False, (1, 3): True, (2, 1): True, (3, 1): False}


@settings(deadline=None, max_examples=60)
@given(shape=st.lists(_CELLS, min_size=1, max_size=4), values=st.lists(_VALUES, max_size=8))
def test_rows_after_many_of_one_shape_are_what_the_parser_reads(
    shape: list[tuple[str, str, str, str, str]], values: list[str]
) -> None:
    plain = [(column, style, kind, "") for column, style, kind, _, _ in shape]
    alike = [[(*cell, "1") for cell in plain]] * 34  # from some on, they have an expression
    rest = [[(*cell, value) for cell in plain] for value in values]
    rows = [*alike, *rest, shape, *alike[:2]]
    xml = "".join(_row(number, row, hidden=False) for number, row in enumerate(rows, start=1))
    assert _parts(xml, packed=True) == _parts(xml, packed=False)


def test_ordinary_rows_are_packed() -> None:
    facts = SheetFacts("S", False, _STRINGS, _FORMATS, False, set(), {})
    packer = RowPacker(facts)
    row = b'<row r="7"><c r="A7" t="s"><v>0</v></c><c r="B7" s="1"><v>43243</v></c><c r="C7"><f>A1</f><v>1</v></c>'
    assert packer.packed_row(row, lambda _: False)[0] == 3
    with pytest.raises(OtherShapeError):
        packer.packed_row(row.replace(b"<v>1</v>", b"<v>1</v><x/>"), lambda _: False)


CROSSED = {
    "texts and values closed as each other": b'<c r="A7" t="inlineStr"><is><t>1</v></c>'
    b'<c r="B7"><v>2</t></is></c>',
    "a text in a cell that announces none": b'<c r="A7"><is><t>1</t></is></c>',
    "texts in the wrong cells": b'<c r="A7" t="inlineStr"><v>1</v></c>'
    b'<c r="B7"><is><t>2</t></is></c>',
}


@pytest.mark.parametrize("cells_of_row", CROSSED.values(), ids=CROSSED.keys())
def test_texts_that_stand_where_none_is_announced_are_left_to_the_parser(
    cells_of_row: bytes,
) -> None:
    packer = RowPacker(SheetFacts("S", False, _STRINGS, _FORMATS, False, set(), {}))
    with pytest.raises(OtherShapeError):
        packer.packed_row(b'<row r="7">' + cells_of_row, lambda _: False)


NO_CELLS = {
    "of a sort that there is not": b'<c r="B7" t="zz"/>',
    "with an attribute cut short": b'<c r="B7" s=1/>',
    "past the last column": b'<c r="XFE7" s="1"/>',
}


@pytest.mark.parametrize("cell", NO_CELLS.values(), ids=NO_CELLS.keys())
def test_an_empty_cell_that_would_be_none_is_left_to_the_parser(cell: bytes) -> None:
    packer = RowPacker(SheetFacts("S", False, _STRINGS, _FORMATS, False, set(), {}))
    row = b'<row r="7"><c r="A7"><v>1</v></c>'
    assert packer.packed_row(row + b'<c r="XFD7" s="1"/>', lambda _: False)[0] == 1
    with pytest.raises(OtherShapeError):
        packer.packed_row(row + cell, lambda _: False)


# --- formulas --------------------------------------------------------------------------------------

SHIFTS = {
    ("A1+B$2+$C3+$D$4", 2, 1): "B3+C$2+$C5+$D$4",
    ('"A1"&A1', 1, 0): '"A1"&A2',
    ("'My A1'!A1+Sheet1!B2", 1, 1): "'My A1'!B2+Sheet1!C3",
    ("LOG10(A1)+tax_A1", 1, 0): "LOG10(A2)+tax_A1",
    ("SUM(A:B)+SUM(1:2)", 1, 1): "SUM(B:C)+SUM(2:3)",
    ("A1", -1, 0): "#REF!",
    ("SUM(A1:B2)", 0, 1): "SUM(B1:C2)",
    ("[1]Sheet1!A1", 1, 0): "[1]Sheet1!A2",
}


@pytest.mark.parametrize("call", SHIFTS)
def test_relative_references_move_with_the_cell(call: tuple[str, int, int]) -> None:
    assert shifted(*call) == SHIFTS[call]


@given(st.integers(1, 16_384))
def test_columns_are_lettered_and_counted_back(column: int) -> None:
    assert column_number(column_letters(column)) == column


@given(st.text())
def test_escapes_never_leave_half_a_character(text: str) -> None:
    unescaped(text + "_xD800_").encode()


# --- real files ------------------------------------------------------------------------------------

_REAL = ["testEXCEL.xlsx", "test-columnar.xlsx", "testEXCEL-formats.xlsx", "testEXCEL_headers_footers.xlsx", "testEXCEL_embeded.xlsx", "testEXCEL_phonetic.xlsx", "testEXCEL_1img.xlsx", "testEXCEL_big_numbers.xlsx", "testEXCEL_hyperlinks.xlsx", "testEXCEL_poi.xlsx", "testEXCEL_macro.xlsm", "CVLKRA-KYC_Download_File_Structure_V3.1.xlsx"]  # fmt: skip


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", _REAL)
def test_a_real_workbook_holds_what_openpyxl_finds(name: str, tmp_path: Path) -> None:
    if not (TROVE / name).exists():
        pytest.skip(f"{name} is not at {TROVE}; set MUNIMENT_DATA")
    shutil.copy(TROVE / name, tmp_path / "copy.xlsx")
    truth = openpyxl.load_workbook(tmp_path / "copy.xlsx", data_only=True)
    found = cells(read_bytes((TROVE / name).read_bytes(), tmp_path)[1])
    for sheet in truth.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.value is not None:
                mine = found[sheet.title, cell.row, cell.column]
                if isinstance(cell.value, str):
                    assert mine.written == cell.value
                elif isinstance(cell.value, (int, float)):
                    assert float(mine.written) == cell.value
                else:
                    assert mine.kind is CellKind.DATE


def test_problems_of_a_kind_are_bounded(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>5</v></c></row>' for n in range(1, 301))
    parts = read_bytes(made.book({"S": made.sheet(rows)}, strings=""), tmp_path)[1]
    assert len([p for p in parts if isinstance(p, Problem)]) == 101
    assert len(cells(parts)) == 300


def test_a_picture_in_a_cell_is_a_child_there(tmp_path: Path) -> None:
    child = next(p for p in read_bytes(samples.workbook(), tmp_path)[1] if isinstance(p, Child))
    assert child.at == CellArea(2, 8, "名单")


@pytest.mark.parametrize("damage", ["\x01", "&#1;", "<b"])
def test_a_damaged_row_costs_that_row(damage: str, tmp_path: Path) -> None:
    """The other rows are read, the damaged one as far as it can be, and a Problem says where."""
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}{damage if row == 3 else ""}</v></c></row>'
        for row in range(1, 7)
    )
    reading, parts, _ = read_bytes(made.book({"S": made.sheet(rows)}), tmp_path)
    assert reading.state is State.READ
    assert {("S", row, 1) for row in (1, 2, 4, 5, 6)} <= set(cells(parts))
    problems = [part for part in parts if isinstance(part, Problem)]
    assert CellArea(3, 1, "S") in [problem.at for problem in problems]
    assert "part-damaged" in codes(parts)
