# ruff: noqa: E501 - the XML of a package reads best unbroken
"""Pictures that are the value of a cell belong to that cell, as those that float above it do."""

from pathlib import Path

from muniment.core import CellArea, Child, Member, Part
from tests.readers import sheet_samples as made
from tests.readers.contract import read_bytes

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RICH = 'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"'
_VALUES = f'<metadata xmlns="{made.S}" {_RICH.replace("xmlns", "xmlns:x")}><futureMetadata name="XLRICHVALUE">{{}}</futureMetadata><valueMetadata>{{}}</valueMetadata></metadata>'
_RICH_LINKS = (
    ("m", "sheetMetadata", "metadata.xml"),
    ("l", "richValueRel", "richData/richValueRel.xml"),
    ("v", "rdRichValue", "richData/rdrichvalue.xml"),
    ("s", "rdRichValueStructure", "richData/rdrichvaluestructure.xml"),
)


def _places(data: bytes, folder: Path) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    parts: list[Part] = read_bytes(data, folder)[1]
    for part in parts:
        if isinstance(part, Child):
            found.setdefault(part.name, []).append(part.at)
    return found


def test_a_picture_of_wps_office_is_in_each_cell_that_names_it(tmp_path: Path) -> None:
    def picture(name: str, key: str) -> str:
        return f'<e:cellImage><p:pic><p:cNvPr name="{name}"/><a:blip r:embed="{key}"/></p:pic></e:cellImage>'

    def cell(at: str, name: str) -> str:
        return (
            f'<c r="{at}" t="str"><f>_xlfn.DISPIMG("{name}",1)</f><v>=DISPIMG("{name}",1)</v></c>'
        )

    rows = (
        f'<row r="2">{cell("B2", "ID_A")}{cell("C2", "ID_B")}</row><row r="3">{cell("B3", "ID_A")}'
        f"{cell('C3', 'ID_NONE')}</row>"
    )
    images = f'<e:cellImages xmlns:e="e" xmlns:p="p" {_A} {_R}>{picture("ID_A", "r1")}{picture("ID_B", "r2")}</e:cellImages>'
    more: dict[str, str | bytes] = {
        "xl/cellimages.xml": images,
        "xl/_rels/cellimages.xml.rels": made.rels(
            ("r1", "image", "media/image1.png"), ("r2", "image", "media/image2.png")
        ),
        "xl/media/image1.png": b"one",
        "xl/media/image2.png": b"two",
    }
    found = _places(made.book({"S": made.sheet(rows)}, more=more), tmp_path)
    assert found["xl/media/image1.png"] == [CellArea(2, 2, "S"), CellArea(3, 2, "S")]
    assert found["xl/media/image2.png"] == [CellArea(2, 3, "S")]
    # What WPS writes about its pictures is still there to be read.
    assert "xl/cellimages.xml" in found


def test_a_picture_placed_in_a_cell_by_excel_is_there(tmp_path: Path) -> None:
    block = '<bk><x:rvb i="{}"/></bk>'
    values = _VALUES.format(
        block.format(1) + block.format(0),
        '<bk><rc t="1" v="0"/></bk><bk><rc t="1" v="1"/></bk><bk><rc t="1" v="9"/></bk>',
    )
    more: dict[str, str | bytes] = {
        "xl/metadata.xml": values,
        "xl/richData/rdrichvalue.xml": f'<rvData {_RICH}><rv s="0"><v>5</v><v>1</v></rv><rv s="1"><v>a word</v></rv></rvData>',
        "xl/richData/rdrichvaluestructure.xml": f'<rvStructures {_RICH}><s><k n="CalcOrigin"/><k n="_rvRel:LocalImageIdentifier"/></s><s><k n="_Self"/></s></rvStructures>',
        "xl/richData/richValueRel.xml": f'<richValueRels {_R}><rel r:id="r1"/><rel r:id="r2"/></richValueRels>',
        "xl/richData/_rels/richValueRel.xml.rels": made.rels(
            ("r1", "image", "../media/image1.png"), ("r2", "image", "../media/image2.png")
        ),
        "xl/media/image1.png": b"one",
        "xl/media/image2.png": b"two",
    }
    cells = "".join(
        f'<c r="B{row}" t="e" vm="{row}"><v>#VALUE!</v></c>'.join((f'<row r="{row}">', "</row>"))
        for row in (1, 2, 3, 4)
    )
    found = _places(made.book({"S": made.sheet(cells)}, more=more, links=_RICH_LINKS), tmp_path)
    assert found["xl/media/image2.png"] == [CellArea(2, 2, "S")]
    assert [type(at) for at in found["xl/media/image1.png"]] == [Member]
    assert "xl/richData/rdrichvalue.xml" in found
