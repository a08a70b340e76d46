# ruff: noqa: E501 - XML reads best unbroken
"""Spreadsheets in other formats: OpenDocument, xlsb, XML of 2003, Gnumeric, SYLK, DIF, text."""

import base64
import hashlib
import struct
import zlib
from pathlib import Path
from typing import ClassVar

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from python_calamine import CalamineWorkbook

from muniment.core import (
    Cell,
    CellArea,
    CellKind,
    Child,
    Element,
    Metadata,
    Part,
    Role,
    State,
    TextSpan,
    digest_of,
)
from muniment.readers import DEFAULT_LIMITS, ChildSink, Context, open_source
from muniment.readers.binary_records import Records
from muniment.readers.binary_workbook import BINARY_WORKBOOK
from muniment.readers.delimited import DELIMITED
from muniment.readers.exchange_tables import DIF, SYLK
from muniment.readers.gnumeric_sheet import GNUMERIC
from muniment.readers.keys import Keys
from muniment.readers.open_spreadsheet import FLAT_SPREADSHEET, OPEN_SPREADSHEET
from muniment.readers.xml_spreadsheet import XML_SPREADSHEET
from tests.readers import samples
from tests.readers import sheet_samples as made
from tests.readers.contract import ReaderContract, codes, read_bytes
from tests.readers.trove import trove


def cells(parts: list[Part]) -> dict[tuple[str | None, int, int], Cell]:
    return {(p.at.sheet, p.at.row, p.at.column): p for p in parts if isinstance(p, Cell)}


# --- OpenDocument ----------------------------------------------------------------------------------

_STYLES = (
    '<number:date-style style:name="N1"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/></number:date-style>'
    '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>'
)
_TABLES = (
    '<table:table table:name="名单"><table:table-column/><table:table-column table:visibility="collapse"/>'
    '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    '<table:table-row><table:table-cell office:value-type="string"><text:p>甲<text:s text:c="2"/>乙</text:p><text:p>second</text:p>'
    "<office:annotation><dc:creator>A person</dc:creator><text:p>look here</text:p></office:annotation></table:table-cell>"
    '<table:table-cell office:value-type="float" office:value="1969"><text:p>1969</text:p></table:table-cell>'
    '<table:table-cell table:style-name="ce1" office:value-type="date" office:date-value="2018-05-23"><text:p>2018-05</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="7" table:formula="of:=[.B4]+1" table:number-columns-repeated="2"><text:p>7.00</text:p></table:table-cell>'
    '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3" office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>'
    '<table:covered-table-cell/><table:table-cell office:value-type="string"><text:p><text:a xlink:href="http://example.org/">link</text:a></text:p>'
    '<draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame><draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame></table:table-cell></table:table-row>'
    '<table:table-row table:visibility="filter"><table:table-cell office:value-type="string"><text:p>hidden row</text:p></table:table-cell></table:table-row>'
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell office:value-type="string"><text:p>filled</text:p></table:table-cell></table:table-row>'
    '</table:table><table:table table:name="Secret" table:style-name="ta1"><table:table-row><table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50 %</text:p></table:table-cell></table:table-row></table:table>'
)


class TestOpenSpreadsheet(ReaderContract):
    reader = OPEN_SPREADSHEET
    samples: ClassVar = {
        "every kind of cell": made.open_book(
            _TABLES, _STYLES, {"Pictures/1.png": samples.picture()}
        )
    }


class TestFlatSpreadsheet(ReaderContract):
    reader = FLAT_SPREADSHEET
    samples: ClassVar = {"every kind of cell": made.flat_book(_TABLES)}


def test_an_open_spreadsheet_gives_each_cell_at_its_true_row(tmp_path: Path) -> None:
    data = made.open_book(_TABLES, _STYLES, {"Pictures/1.png": samples.picture()})
    reading, parts, _ = read_bytes(data, tmp_path)
    found = cells(parts)
    assert reading.state is State.READ
    assert found["名单", 4, 1].written == "甲  乙\nsecond"
    assert found["名单", 4, 1].comment == "look here"
    assert found["名单", 4, 2].hidden
    date = found["名单", 4, 3]
    assert (date.kind, date.written, date.shown, date.number_format) == (
        CellKind.DATE,
        "2018-05-23",
        "2018-05",
        "yyyy-mm",
    )
    assert (found["名单", 4, 5].formula, found["名单", 4, 5].shown) == ("[.B4]+1", "7.00")
    assert found["名单", 4, 6].kind is CellKind.BOOLEAN
    assert found["名单", 5, 1].hidden
    assert found["名单", 6, 1].written == "filled"
    assert ("名单", 7, 1) not in found
    assert (found["Secret", 1, 1].hidden, found["Secret", 1, 1].shown) == (True, "50 %")


def test_what_hangs_on_cells_of_an_open_spreadsheet_stands_there(tmp_path: Path) -> None:
    data = made.open_book(_TABLES, _STYLES, {"Pictures/1.png": samples.picture()})
    parts = read_bytes(data, tmp_path)[1]
    child = next(part for part in parts if isinstance(part, Child))
    assert (child.at, child.digest) == (CellArea(4, 8, "名单"), digest_of(samples.picture()))
    assert TextSpan(CellArea(4, 8, "名单"), "boxed", Role.BOX) in parts
    assert TextSpan(Element("styles.xml", (1, 1, 1, 1)), "top secret", Role.HEADER) in parts
    stated = [(part.at, part.name) for part in parts if isinstance(part, Metadata)]
    assert (CellArea(4, 6, "名单", 6, 7), "merged") in stated
    assert (CellArea(4, 8, "名单"), "link (hyperlink)") in stated
    assert (CellArea(4, 1, "名单"), "comment author") in stated
    assert (CellArea(6, 1, "名单", 1_048_005, 1), "repeated") in stated


def _sealed(data: bytes, password: str) -> tuple[bytes, str]:
    """A member as LibreOffice encrypts it, and its entry in the manifest (OpenDocument §4.8)."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = compressor.compress(data) + compressor.flush()
    packed += b"\0" * (-len(packed) % 16)
    salt, vector = b"s" * 16, b"v" * 16
    start = hashlib.sha256(password.encode()).digest()
    key = hashlib.pbkdf2_hmac("sha1", start, salt, 1_000, 32)
    encryptor = Cipher(AES(key), CBC(vector)).encryptor()
    checksum = base64.b64encode(hashlib.sha256(packed[:1024]).digest()).decode()
    entry = (
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:size="{len(data)}">'
        f'<manifest:encryption-data manifest:checksum-type="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k" manifest:checksum="{checksum}">'
        f'<manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" manifest:initialisation-vector="{base64.b64encode(vector).decode()}"/>'
        f'<manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="32" manifest:iteration-count="1000" manifest:salt="{base64.b64encode(salt).decode()}"/>'
        '<manifest:start-key-generation manifest:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256" manifest:key-size="32"/>'
        "</manifest:encryption-data></manifest:file-entry>"
    )
    return encryptor.update(packed) + encryptor.finalize(), entry


def test_an_encrypted_open_spreadsheet_opens_with_its_key_alone(tmp_path: Path) -> None:
    sealed, entry = _sealed(made.open_content(_TABLES, _STYLES).encode(), "open sesame")
    manifest = f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entry}</manifest:manifest>'
    data = made.open_book("", more={"content.xml": sealed, "META-INF/manifest.xml": manifest})
    assert read_bytes(data, tmp_path)[0].state is State.LOCKED
    (tmp_path / "object").write_bytes(data)
    keys = Keys(("wrong", "open sesame"))
    sink = ChildSink(str(tmp_path), DEFAULT_LIMITS)
    with open_source(str(tmp_path / "object")) as source:
        context = Context(OPEN_SPREADSHEET.media_types[0], DEFAULT_LIMITS, sink, keys)
        parts = list(OPEN_SPREADSHEET.read(source, context))
    assert cells(parts)["名单", 4, 2].written == "1969"
    assert keys.used == (1,)


def test_a_picture_in_a_flat_spreadsheet_is_a_child(tmp_path: Path) -> None:
    picture = base64.b64encode(samples.picture()).decode()
    row = f'<table:table table:name="S"><table:table-row><table:table-cell><draw:frame><draw:image><office:binary-data>{picture}</office:binary-data></draw:image></draw:frame></table:table-cell></table:table-row></table:table>'
    parts = read_bytes(made.flat_book(row), tmp_path)[1]
    child = next(part for part in parts if isinstance(part, Child))
    assert (child.at, child.digest) == (CellArea(1, 1, "S"), digest_of(samples.picture()))


# --- xlsb ------------------------------------------------------------------------------------------


def _at(column: int, style: int = 0) -> bytes:
    return struct.pack("<II", column, style)


_BINARY = (
    made.binary_record(60, struct.pack("<4IH", 3, 3, 256, 0, 1))
    + made.binary_record(0, struct.pack("<IIHBBB", 6, 0, 300, 0, 0, 0) + b"\0" * 4)
    + made.binary_record(7, _at(0) + struct.pack("<I", 0))
    + made.binary_record(5, _at(1, 1) + struct.pack("<d", 43243))
    + made.binary_record(2, _at(2) + struct.pack("<I", (5 << 2) | 2))
    + made.binary_record(9, _at(3) + struct.pack("<d", 0.1) + b"\0" * 6)
    + made.binary_record(6, _at(4) + made.wide("inline"))
    + made.binary_record(3, _at(5) + b"\x07")
    + made.binary_record(0, struct.pack("<IIHBBB", 7, 0, 300, 0, 0x10, 0) + b"\0" * 4)
    + made.binary_record(4, _at(0) + b"\1")
    + made.binary_record(176, struct.pack("<4I", 8, 9, 0, 1))
)


class TestBinaryWorkbook(ReaderContract):
    reader = BINARY_WORKBOOK
    samples: ClassVar = {"one hidden sheet": made.binary_book(_BINARY, ("甲",))}


def test_a_binary_workbook_gives_what_is_stored(tmp_path: Path) -> None:
    parts = read_bytes(made.binary_book(_BINARY, ("甲",)), tmp_path)[1]
    found = cells(parts)
    values = [found["名单", 7, column].written for column in range(1, 7)]
    assert values == ["甲", "43243", "5", "0.1", "inline", "#DIV/0!"]
    assert found["名单", 7, 2].shown == "2018-05-23"
    assert all(cell.hidden for cell in found.values())
    assert found["名单", 8, 1].kind is CellKind.BOOLEAN
    assert Metadata(CellArea(9, 1, "名单", 10, 2), "merged", "merged") in parts
    assert codes(parts) == ["formulas-not-read"]


def test_shared_formulas_of_a_binary_workbook_read_as_they_do_in_each_cell(tmp_path: Path) -> None:
    def formula(tokens: bytes, extra: bytes = b"") -> bytes:
        return struct.pack("<I", len(tokens)) + tokens + struct.pack("<I", len(extra)) + extra

    above = b"\x4c" + struct.pack("<IH", 0xFFFFF, 0xC000) + b"\x1e\x02\0\x05"
    of_first = formula(b"\x01" + struct.pack("<I", 6), struct.pack("<I", 3))
    value = struct.pack("<dH", 4.0, 0)
    rows = [made.binary_record(0, struct.pack("<IIHBBB4x", n, 0, 300, 0, 0, 0)) for n in (6, 7)]
    sheet = (
        rows[0]
        + made.binary_record(9, _at(3) + value + of_first)
        + made.binary_record(427, struct.pack("<4I", 6, 7, 3, 3) + formula(above))
        + rows[1]
        + made.binary_record(9, _at(3) + value + of_first)
    )
    parts = read_bytes(made.binary_book(sheet, ()), tmp_path)[1]
    found = cells(parts)
    assert [found["名单", row, 4].formula for row in (7, 8)] == ["D6*2", "D7*2"]
    assert codes(parts) == []


def test_records_are_cut_as_they_are_made() -> None:
    data = made.binary_record(5, b"x" * 300) + made.binary_record(637, b"")
    assert [(kind, len(body)) for kind, body in Records(data)] == [(5, 300), (637, 0)]


@pytest.mark.parametrize(
    "name", ["test-columnar.xlsb", "testEXCEL_charts.xlsb", "testEXCEL_various.xlsb", "test-columnar.ods"]
)  # fmt: skip
def test_a_real_sheet_holds_what_calamine_finds(name: str, tmp_path: Path) -> None:
    path = trove(name)
    found = cells(read_bytes(Path(path).read_bytes(), tmp_path)[1])
    book = CalamineWorkbook.from_path(path)
    for title in book.sheet_names:
        rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
        for row, values in enumerate(rows, start=1):
            for column, value in enumerate(values, start=1):
                if isinstance(value, str) and value != "":
                    assert found[title, row, column].written.rstrip("\n") == value.rstrip("\n")
                elif isinstance(value, float):
                    assert float(found[title, row, column].written) == value


# --- XML of 2003, Gnumeric ---------------------------------------------------------------------------

_XML = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<DocumentProperties xmlns="urn:schemas-microsoft-com:office:office"><Author>Nobody</Author></DocumentProperties>'
    '<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style></Styles>'
    '<Worksheet ss:Name="名单"><Table><Column ss:Index="2" ss:Hidden="1"/>'
    '<Row ss:Index="3"><Cell><Data ss:Type="String">甲</Data><Comment ss:Author="A person"><ss:Data>look</ss:Data></Comment></Cell><Cell ss:StyleID="p" ss:Formula="=RC[-1]"><Data ss:Type="Number">0.5</Data></Cell><Cell ss:MergeAcross="2" ss:HRef="http://example.org/"><Data ss:Type="DateTime">2018-05-23T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>'
    '<Row ss:Hidden="1"><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row></Table></Worksheet>'
    '<Worksheet ss:Name="Secret"><Table><Row><Cell><Data ss:Type="Number">1e3</Data></Cell></Row></Table><x:WorksheetOptions><x:Visible>SheetVeryHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>'
).encode()
_GNUMERIC = (
    '<?xml version="1.0" encoding="UTF-8"?><gnm:Workbook xmlns:gnm="http://www.gnumeric.org/v10.dtd"><gnm:Sheets>'
    '<gnm:Sheet Visibility="GNM_SHEET_VISIBILITY_HIDDEN"><gnm:Name>S</gnm:Name><gnm:Rows><gnm:RowInfo No="1" Hidden="1"/></gnm:Rows>'
    '<gnm:Objects><gnm:CellComment Author="A person" Text="look" ObjectBound="A1"/></gnm:Objects><gnm:MergedRegions><gnm:Merge>A3:B3</gnm:Merge></gnm:MergedRegions>'
    '<gnm:Cells><gnm:Cell Row="0" Col="0" ValueType="60">甲</gnm:Cell><gnm:Cell Row="1" Col="1" ValueType="40" ValueFormat="yyyy-mm-dd">43243</gnm:Cell><gnm:Cell Row="2" Col="0">=A1+1</gnm:Cell></gnm:Cells></gnm:Sheet></gnm:Sheets></gnm:Workbook>'
).encode()


class TestXmlSpreadsheet(ReaderContract):
    reader = XML_SPREADSHEET
    samples: ClassVar = {"two sheets": _XML}


class TestGnumeric(ReaderContract):
    reader = GNUMERIC
    samples: ClassVar = {"one sheet": _GNUMERIC}


def test_an_xml_spreadsheet_of_2003_is_read(tmp_path: Path) -> None:
    parts = read_bytes(_XML, tmp_path)[1]
    found = cells(parts)
    assert found["名单", 3, 1].comment == "look"
    percent = found["名单", 3, 2]
    assert (percent.shown, percent.formula, percent.hidden) == ("50.00%", "RC[-1]", True)
    assert found["名单", 3, 3].kind is CellKind.DATE
    assert found["名单", 3, 6].kind is CellKind.BOOLEAN
    assert found["名单", 4, 1].hidden
    secret = found["Secret", 1, 1]
    assert (secret.written, secret.shown, secret.hidden) == ("1e3", "1000", True)
    assert Metadata(CellArea(1, 1, "Secret"), "sheet", "Secret (SheetVeryHidden)") in parts
    assert Metadata(CellArea(3, 3, "名单", 3, 5), "merged", "merged") in parts


def test_a_gnumeric_sheet_is_read(tmp_path: Path) -> None:
    found = cells(read_bytes(_GNUMERIC, tmp_path)[1])
    assert (found["S", 1, 1].written, found["S", 1, 1].comment) == ("甲", "look")
    assert found["S", 2, 2].shown == "2018-05-23"
    assert (found["S", 3, 1].formula, found["S", 3, 1].written) == ("A1+1", "")
    assert all(cell.hidden for cell in found.values())


# --- exchange formats --------------------------------------------------------------------------------

_SYLK = (
    b'ID;PWXL;N;E\nC;Y1;X1;K"name;; a ""b"""\nC;X2;K1969\nC;Y3;X1;KTRUE\nC;X2;K2.50;ER1C2+1\nE\n'
)
_DIF = b'TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS\r\n0,2\r\n""\r\nTUPLES\r\n0,2\r\n""\r\nDATA\r\n0,0\r\n""\r\n-1,0\r\nBOT\r\n1,0\r\n"name"\r\n0,1969\r\nV\r\n-1,0\r\nBOT\r\n1,0\r\n""\r\n0,1\r\nTRUE\r\n-1,0\r\nEOD\r\n'


class TestSylk(ReaderContract):
    reader = SYLK
    samples: ClassVar = {"four cells": _SYLK}


class TestDif(ReaderContract):
    reader = DIF
    samples: ClassVar = {"three cells": _DIF}


def test_exchange_formats_are_read(tmp_path: Path) -> None:
    sylk = cells(read_bytes(_SYLK, tmp_path)[1])
    assert {at[1:]: cell.written for at, cell in sylk.items()} == {
        (1, 1): 'name; a "b"',
        (1, 2): "1969",
        (3, 1): "1",
        (3, 2): "2.50",
    }
    assert sylk[None, 3, 2].formula == "R1C2+1"
    dif = cells(read_bytes(_DIF, tmp_path)[1])
    assert {at[1:]: cell.written for at, cell in dif.items()} == {
        (1, 1): "name",
        (1, 2): "1969",
        (2, 2): "1",
    }


# --- tables written as text --------------------------------------------------------------------------

DIALECTS = {
    "a line that names the separator": (b"sep=;\r\na;b,c\r\n1;2\r\n", {(2, 1): "a", (2, 2): "b,c", (3, 1): "1", (3, 2): "2"}),
    "bars": (b"a|b\n1|2\n", {(1, 1): "a", (1, 2): "b", (2, 1): "1", (2, 2): "2"}),
    "UTF-16 without a mark": ("a;b\r\n1;2\r\n".encode("utf-16-be"), {(1, 1): "a", (1, 2): "b", (2, 1): "1", (2, 2): "2"}),
    "UTF-16 with a mark": ("甲;b\r\n1;2\r\n".encode("utf-16"), {(1, 1): "甲", (1, 2): "b", (2, 1): "1", (2, 2): "2"}),
    "a quoted newline": (b'a,b\n"1\n2",3\n', {(1, 1): "a", (1, 2): "b", (2, 1): "1\n2", (2, 2): "3"}),
    "a quote that is never closed": (b'a,b\n1,"2\n3,4\n', {(1, 1): "a", (1, 2): "b", (2, 1): "1", (2, 2): '"2', (3, 1): "3", (3, 2): "4"}),
}  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_dialect_is_read(dialect: str, tmp_path: Path) -> None:
    data, truth = DIALECTS[dialect]
    found = cells(read_bytes(data, tmp_path)[1])
    assert {at[1:]: cell.written for at, cell in found.items()} == truth


def test_a_runaway_quote_in_a_long_table_loses_nothing(tmp_path: Path) -> None:
    data = b"a,b\n" + b'1,"2\n' + b"3,4\n" * 5_000
    _, parts, _ = read_bytes(data, tmp_path)
    assert len(cells(parts)) == 2 * 5_002
    assert codes(parts) == ["quote-not-closed"]


def test_uyghur_in_its_code_page_is_decoded(tmp_path: Path) -> None:
    text = "ئىسىم;يىل\r\n".replace("ې", "") + "مۇھەممەد;1969\r\n" * 9
    data = text.encode("cp1256", "ignore")
    _, parts, _ = read_bytes(data, tmp_path)
    assert cells(parts)[None, 2, 2].written == "1969"
    assert (
        cells(parts)[None, 2, 1].written == data.decode("cp1256").splitlines()[1].partition(";")[0]
    )


def test_a_very_long_field_is_kept(tmp_path: Path) -> None:
    (tmp_path / "object").write_bytes(b"a,b\n1," + b"x" * (5 << 20) + b"\n")
    context = Context("text/csv", DEFAULT_LIMITS, ChildSink(str(tmp_path), DEFAULT_LIMITS))
    with open_source(str(tmp_path / "object")) as source:
        parts = list(DELIMITED.read(source, context))
    assert len(cells(parts)[None, 2, 2].written) == 5 << 20


def test_packed_and_plain_reading_give_the_same(tmp_path: Path) -> None:
    assert DELIMITED.read_packed is not None
    data = b"a,b\n1,2\n"
    _, parts, _ = read_bytes(data, tmp_path)
    assert cells(parts)[None, 2, 1] == Cell(CellArea(2, 1), CellKind.TEXT, "1")
