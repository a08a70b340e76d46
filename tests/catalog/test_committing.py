"""The records that are committed to: every value of a row under a path of its own."""

import io
import zipfile
from pathlib import Path

from muniment.catalog.committing import records
from muniment.core import Cell, CellArea, CellKind
from tests.app.cli import muniment, muniment_json, muniment_lines

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def cell(row: int, column: int, written: str) -> Cell:
    return Cell(CellArea(row, column, "S"), CellKind.TEXT, written)


def test_a_cell_that_is_named_twice_has_two_paths() -> None:
    (record,) = records([cell(3, 1, "one"), cell(3, 1, "other"), cell(3, 2, "third")])
    assert record == [
        *(("sheet", "S"), ("row", "3"), ("1", "one"), ("1#2", "other"), ("2", "third")),
    ]


def twice() -> bytes:
    """A workbook whose third row holds A3 twice."""
    made = io.BytesIO()
    sheet = "".join(f'<c r="A3" t="inlineStr"><is><t>{t}</t></is></c>' for t in ("needle", "pin"))
    relation = f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type='
    with zipfile.ZipFile(made, "w") as opened:
        opened.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
            f'ContentType="{_TYPE}.sheet.main+xml"/></Types>',
        )
        target = '" Target="xl/workbook.xml"/></Relationships>'
        opened.writestr("_rels/.rels", f'{relation}"{_DOCUMENT}/officeDocument{target}')
        opened.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        target = '" Target="worksheets/sheet1.xml"/></Relationships>'
        name = "xl/_rels/workbook.xml.rels"
        opened.writestr(name, f'{relation}"{_DOCUMENT}/worksheet{target}')
        data = f'<worksheet xmlns="{_MAIN}"><sheetData><row r="3">{sheet}</row></sheetData>'
        opened.writestr("xl/worksheets/sheet1.xml", data + "</worksheet>")
    return made.getvalue()


def test_a_workbook_that_names_a_cell_twice_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "twice.xlsx").write_bytes(twice())
    case = tmp_path / "case"
    muniment("init", case)
    muniment("intake", case, tmp_path / "twice.xlsx")
    assert muniment_json("process", case)["by_state"] == {"read": 1}
    for word in ("needle", "pin"):
        (hit,) = muniment_lines("search", case, word)
        assert hit["citation"].endswith("#sheet=S&cell=3,1")
    assert muniment_json("verify", case)["ok"]
