"""Office packages, mail and their like that programs wrote wrongly: what is in them comes out."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from muniment.core import Cell, Child, Metadata, Part, State, TextSpan
from muniment.readers.workbook_strings import shared_strings
from muniment.readers.xml_events import BadCharactersError
from tests.readers import samples
from tests.readers.contract import codes, read_bytes


def _repacked(data: bytes, *, slash: str = "/", without: str = "", bad: str = "") -> bytes:
    """A package with other slashes in its names, without a part, with a bad character in one."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == bad:
                content = content.replace(b"<w:t>First", b"<w:t>Fir&#1;st")
            if name != without:
                new.writestr(name.replace("/", slash), content)
    return made.getvalue()


def _sheet() -> bytes:
    book = openpyxl.Workbook()
    book.active["B2"] = "first"
    book.active["B3"] = "second"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _said(parts: list[Part]) -> list[str]:
    cells = [part.written for part in parts if isinstance(part, Cell)]
    return cells + [part.text for part in parts if isinstance(part, TextSpan)]


DOCUMENTS = {"a workbook": _sheet(), "a document": samples.document()}
WRONG = {
    "backslashes in its names": {"slash": "\\"},
    "no list of content types": {"without": "[Content_Types].xml"},
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("sort", DOCUMENTS)
def test_a_package_that_is_made_wrongly_is_read_as_what_it_is(
    tmp_path: Path, sort: str, wrong: str
) -> None:
    right, parts_of_it, _ = read_bytes(DOCUMENTS[sort], tmp_path)
    reading, parts, _ = read_bytes(_repacked(DOCUMENTS[sort], **WRONG[wrong]), tmp_path)
    assert reading.media_type == right.media_type
    assert _said(parts) == _said(parts_of_it)
    assert len(_said(parts)) > 1


def _flagged(data: bytes, name: str = "") -> bytes:
    """A package whose entries (or the one of this name) say that they are encrypted."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        starts = [e.header_offset for e in archive.infolist() if name in ("", e.filename)]
        at = archive.start_dir
    changed = bytearray(data)
    for start in starts:
        changed[start + 6] |= 1
    while (at := data.find(b"PK\1\2", at)) >= 0:
        if int.from_bytes(data[at + 42 : at + 46], "little") in starts:
            changed[at + 8] |= 1
        at += 4
    return bytes(changed)


def test_a_document_that_only_says_it_is_encrypted_is_read(tmp_path: Path) -> None:
    _, plain, _ = read_bytes(samples.document(), tmp_path)
    reading, parts, _ = read_bytes(_flagged(samples.document()), tmp_path)
    assert reading.state is State.READ
    assert _said(parts) == _said(plain)
    assert "headers-disagree" in codes(parts)


def test_one_part_that_is_flagged_and_damaged_locks_no_document(tmp_path: Path) -> None:
    data = bytearray(_flagged(samples.document(), "word/document.xml"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo("word/document.xml").header_offset
    data[start + 60 : start + 90] = bytes(30)
    reading, parts, _ = read_bytes(bytes(data), tmp_path)
    assert reading.state is not State.LOCKED
    assert "member-locked" in codes(parts)


def test_two_parts_of_one_name_are_told(tmp_path: Path) -> None:
    data = io.BytesIO(_sheet())
    with zipfile.ZipFile(data) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(data, "a") as archive,
    ):
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    _, parts, _ = read_bytes(data.getvalue(), tmp_path)
    assert codes(parts) == ["part-name-twice"]


def test_a_character_that_xml_forbids_costs_a_document_only_itself(tmp_path: Path) -> None:
    data = _repacked(DOCUMENTS["a document"], bad="word/document.xml")
    _, whole, _ = read_bytes(DOCUMENTS["a document"], tmp_path)
    _, parts, _ = read_bytes(data, tmp_path)
    assert [text.replace("\x01", "") for text in _said(parts)] == _said(whole)
    assert codes(parts) == ["part-damaged"]


def test_a_character_that_xml_forbids_costs_no_other_shared_string() -> None:
    found: list[str] = []
    part = b"<sst><si><t>fir&#1;st</t></si><si><t>second</t></si></sst>"
    strings = (text for text, _ in shared_strings(io.BytesIO(part)))
    with pytest.raises(BadCharactersError):
        found.extend(strings)
    assert [text.replace("\x01", "") for text in found] == ["first", "second"]


def test_the_choices_of_a_form_are_stated(tmp_path: Path) -> None:
    field = '<w:ffData><w:ddList><w:listEntry w:val="hall one"/></w:ddList></w:ffData>'
    body = f'<w:p><w:r><w:fldChar w:fldCharType="begin">{field}</w:fldChar></w:r></w:p>'
    _, parts, _ = read_bytes(samples.document(body), tmp_path)
    assert "hall one" in [part.written for part in parts if isinstance(part, Metadata)]


def test_a_formula_beside_the_paragraphs_is_text(tmp_path: Path) -> None:
    body = "<oMath><r><t>E=m</t></r></oMath>" + samples.paragraph("after")
    _, parts, _ = read_bytes(samples.document(body), tmp_path)
    assert _said(parts)[:2] == ["E=m", "after"]


def test_what_a_package_holds_and_nothing_reads_is_a_file_of_its_own(tmp_path: Path) -> None:
    left = {"[trash]/0000.dat": b"left", "customXml/item1.xml": b"<a>kept</a>"}
    _, parts, _ = read_bytes(samples.document(None, **left), tmp_path)
    names = {part.name for part in parts if isinstance(part, Child)}
    assert names == {"word/media/image1.png", *left}


_HEAD = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: list\r\nMIME-Version: 1.0\r\n"
MAILS = {
    "said to be base64 and is not": (
        b"Content-Transfer-Encoding: base64\r\n\r\nThe list, as it is. Nothing else!\r\n",
        "The list, as it is. Nothing else!",
        "transfer-damaged",
    ),
    "said to be latin-1 and is UTF-8": (
        b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\n" + "Список людей\r\n".encode(),
        "Список людей",
        "encoding-guessed",
    ),
}


@pytest.mark.parametrize("sort", MAILS)
def test_mail_that_is_not_what_it_says_is_read_as_what_it_is(tmp_path: Path, sort: str) -> None:
    body, text, said = MAILS[sort]
    _, parts, _ = read_bytes(_HEAD + body, tmp_path)
    assert [part.text for part in parts if isinstance(part, TextSpan)][-1].strip() == text
    assert codes(parts) == [said]


def test_latin_1_is_believed_where_it_may_be_meant(tmp_path: Path) -> None:
    body = b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nd\xe9tenu \xe0 l'h\xf4pital\r\n"
    _, parts, _ = read_bytes(_HEAD + body, tmp_path)
    assert "détenu à l'hôpital" in [p.text.strip() for p in parts if isinstance(p, TextSpan)]
    assert codes(parts) == []
