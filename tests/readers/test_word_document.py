# ruff: noqa: E501 - the XML of a package reads best unbroken
"""Open XML documents and presentations beyond their plain text: order, masters, charts, changes."""

import base64
from pathlib import Path
from typing import ClassVar

import pytest

from muniment.core import Child, Element, Metadata, Part, Problem, Role, Tally, TextSpan
from muniment.readers.office_xml import OFFICE_XML
from tests.readers import samples
from tests.readers.contract import ReaderContract, read_bytes

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = f'xmlns:p="p" xmlns:a="a" xmlns:c="c" xmlns:r="{_R}"'
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>'


def _links(*links: tuple[str, str, str]) -> bytes:
    inside = "".join(f'<Relationship Id="{i}" Type="{_R}/{k}" Target="{t}"/>' for i, k, t in links)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'.encode()


def _shape(text: str, place: str = "") -> str:
    return f"<p:sp><p:nvPr>{place}</p:nvPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"


def _slide(*shapes: str, root: str = "sld", more: str = "") -> bytes:
    return f"<p:{root} {_SPACES} {more}>{''.join(shapes)}</p:{root}>".encode()


_PRESENTATION = samples.zipped(
    ("[Content_Types].xml", _TYPES.encode()),
    ("_rels/.rels", _links(("r", "officeDocument", "ppt/presentation.xml"))),
    ("ppt/presentation.xml", f'<p:presentation {_SPACES}><p:sldId r:id="s2"/><p:sldId r:id="s1"/></p:presentation>'.encode()),
    ("ppt/_rels/presentation.xml.rels", _links(("m", "slideMaster", "m.xml"), ("s1", "slide", "slides/slide1.xml"), ("s2", "slide", "slides/slide2.xml"))),
    ("ppt/slides/slide1.xml", _slide(_shape("shown last"), more='show="0"')),
    ("ppt/slides/slide2.xml", _slide(_shape("Title", '<p:ph type="title"/>'), _shape("body"), '<p:pic><p:cNvPr descr="a map"/><a:blip r:embed="i"/></p:pic>')),
    ("ppt/slides/_rels/slide2.xml.rels", _links(("i", "image", "../media/image1.png"), ("n", "notesSlide", "../notesSlides/n.xml"), ("c", "comments", "../comments/c.xml"), ("h", "chart", "../charts/chart1.xml"))),
    ("ppt/notesSlides/n.xml", _slide(_shape("say"), root="notes")),
    ("ppt/comments/c.xml", f'<p:cmLst {_SPACES}><p:cm dt="2018-05-23T10:30:00"><p:text>look here</p:text></p:cm></p:cmLst>'.encode()),
    ("ppt/charts/chart1.xml", f"<c:chart {_SPACES}><c:ser><c:f>Sheet1!A1</c:f><c:pt><c:v>12.5</c:v></c:pt></c:ser></c:chart>".encode()),
    ("ppt/m.xml", _slide(_shape("Click here", '<p:ph type="body"/>'), _shape("Company"), root="sldMaster")),
    ("ppt/slides/slide9.xml", _slide(_shape("no longer listed"))),
    ("ppt/media/image1.png", samples.picture()),
)  # fmt: skip


def _spans(parts: list[Part]) -> list[TextSpan]:
    return [part for part in parts if isinstance(part, TextSpan)]


def test_slides_come_in_their_order_with_their_roles(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_PRESENTATION, tmp_path)
    assert [(s.text, s.role, s.hidden) for s in _spans(parts)] == [
        ("Title", Role.TITLE, False),
        ("body", Role.BODY, False),
        ("shown last", Role.BODY, True),
        ("say", Role.NOTE, False),
        ("look here", Role.COMMENT, False),
        ("12.5", Role.BOX, False),
        ("no longer listed", Role.BODY, False),
        ("Company", Role.BOX, True),
    ]
    assert [part.announced for part in parts if isinstance(part, Tally)] == [2, 1]


def test_what_slides_state_stands_at_its_element(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_PRESENTATION, tmp_path)
    slide = "ppt/slides/slide2.xml"
    assert Metadata(Element(slide, (1, 3, 1)), "alternative text", "a map") in parts
    assert Metadata(Element("ppt/slides/slide1.xml", (1,)), "hidden slide", "true") in parts
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert child.at == Element(slide, (1, 3, 2))


@pytest.mark.parametrize(
    ("body", "said"),
    {
        "a simple field": ('<w:p><w:fldSimple w:instr="AUTHOR"><w:r><w:t>A</w:t></w:r></w:fldSimple></w:p>', [("AUTHOR", Role.MARKUP), ("A", Role.BODY)]),
        "letters drawn as a shape": ('<w:p><w:r><v:textpath xmlns:v="v" string="DRAFT"/></w:r></w:p>', [("DRAFT", Role.BOX)]),
        "a formula": ('<w:p><m:oMath xmlns:m="m"><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>', [("x=1", Role.BODY)]),
        "a content control": ("<w:sdt><w:sdtContent><w:p><w:r><w:t>in</w:t></w:r></w:p></w:sdtContent></w:sdt>", [("in", Role.BODY)]),
        "alternatives": ('<w:p><mc:AlternateContent xmlns:mc="mc"><mc:Choice><w:txbxContent><w:p><w:r><w:t>once</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>once</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>', [("once", Role.BOX)]),
        "a move": ("<w:p><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>come</w:t></w:r></w:moveTo></w:p>", [("gone", Role.DELETED), ("come", Role.INSERTED)]),
    }.values(),
)  # fmt: skip
def test_text_is_found_wherever_it_stands(
    tmp_path: Path, body: str, said: list[tuple[str, Role]]
) -> None:
    _, parts, _ = read_bytes(samples.document(body), tmp_path)
    found = [(s.text, s.role) for s in _spans(parts) if s.at.member == "word/document.xml"]  # type: ignore[union-attr]
    assert found == said


_WORDML = f"""<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:o="o">
<o:DocumentProperties><o:Title>A list</o:Title><o:LastAuthor>A. Clerk</o:LastAuthor></o:DocumentProperties>
<w:body><w:p><w:r><w:t>kept </w:t></w:r><aml:annotation w:type="Word.Deletion" aml:author="B. Writer" aml:createdate="2018-05-23T10:30:00Z"><aml:content><w:r><w:delText>struck</w:delText></w:r></aml:content></aml:annotation></w:p>
<w:sectPr><w:hdr w:type="odd"><w:p><w:r><w:t>head</w:t></w:r></w:p></w:hdr></w:sectPr>
<w:p><w:pict><w:binData w:name="wordml://01.png">{base64.b64encode(samples.picture()).decode()}</w:binData></w:pict></w:p></w:body></w:wordDocument>""".encode()
_FLAT_OPC = f"""<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"><pkg:part pkg:name="/word/document.xml"><pkg:xmlData>
<w:document xmlns:w="{samples.W}"><w:body>{samples.paragraph("flat")}</w:body></w:document></pkg:xmlData></pkg:part>
<pkg:part pkg:name="/word/media/a.png"><pkg:binaryData>{base64.b64encode(samples.picture()).decode()}</pkg:binaryData></pkg:part></pkg:package>""".encode()


class TestOfficeXml(ReaderContract):
    reader = OFFICE_XML
    samples: ClassVar = {"Word 2003": _WORDML, "a flat package": _FLAT_OPC}


def test_word_2003_xml_has_text_changes_and_pictures(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(_WORDML, tmp_path)
    assert [(s.text, s.role) for s in _spans(parts)] == [
        ("kept ", Role.BODY),
        ("struck", Role.DELETED),
        ("head", Role.HEADER),
    ]
    said = {part.name: part.written for part in parts if isinstance(part, Metadata)}
    assert said["del by"] == "B. Writer 2018-05-23T10:30:00Z"
    assert (said["title"], said["lastModifiedBy"]) == ("A list", "A. Clerk")
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert child.name == "wordml://01.png"
    assert (scratch / child.digest.hex).read_bytes() == samples.picture()


def test_a_flat_package_has_its_text_and_its_files(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_FLAT_OPC, tmp_path)
    assert [s.text for s in _spans(parts)] == ["flat"]
    assert [part.name for part in parts if isinstance(part, Child)] == ["/word/media/a.png"]


_P, _END = "<w:p><w:r><w:t>", "</w:t></w:r></w:p>"
BROKEN = {
    "an ampersand": (f"{_P}one{_END}{_P}two & three{_END}", ["one", "two "]),
    "the end in a paragraph": (f"{_P}one{_END}{_P}half", ["one", "half"]),
    "the end in the only paragraph": (f"{_P}all there is", ["all there is"]),
    "the end in a cell": (f"<w:tbl><w:tr><w:tc>{_P}a{_END}</w:tc><w:tc>{_P}b", ["a", "b"]),
    "the end behind runs": (f"{_P}one</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>x", ["one\tx"]),
    "the end in a box": (f"<w:p><w:r><w:t>out</w:t><w:txbxContent>{_P}in", ["in", "out"]),
}


@pytest.mark.parametrize("sort", BROKEN)
def test_all_text_before_a_break_is_there_and_the_break_told_at_its_place(
    sort: str, tmp_path: Path
) -> None:
    body, truth = BROKEN[sort]
    _, parts, _ = read_bytes(samples.document(body), tmp_path)
    found = [s for s in _spans(parts) if s.at.member == "word/document.xml"]  # type: ignore[union-attr]
    assert [span.text for span in found] == truth
    (trouble,) = [p for p in parts if isinstance(p, Problem) and p.code == "part-damaged"]
    assert trouble.at == found[-1].at
