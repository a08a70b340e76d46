"""Small files of the plain kinds, made here and holding nothing of anybody (`first_files.py`)."""

import io
import zipfile

_WORDS = "A list of names, as it was kept: Zoë, Łucja and Ømer. Written by hand.\n\nIn two parts.\n"
_CHINESE = "名单由办公室保存，每页二十人。姓名、年龄和地点写在表格里。\n"
_RUSSIAN = "Список составлен в канцелярии, по двадцать человек на странице.\n"
_MAIL = """From: One <one@example.org>
To: Two <two@example.org>
Subject: =?utf-8?q?A_list_of_names?=
Date: Mon, 5 Jan 2015 10:00:00 +0800
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

A list of names.
--b
Content-Type: text/html; charset=utf-8

<html><body><p>A list of <b>names</b>.</p></body></html>
--b--
"""
_PAGE = """<!doctype html><html><head><title>Names</title></head><body><h1>Names</h1>
<p>A list.</p><table><tr><td>1</td><td>Zoë</td></tr></table></body></html>"""
_TABLE = "number;name;place\n1;Zoë;A\n2;Ømer;B\n3;Łucja;C\n"
_RICH = r"{\rtf1\ansi\deff0{\fonttbl{\f0 Times;}}\f0\fs24 A list of \b names\b0 .\par In two.\par}"
_RECORDS = '[{"number": 1, "name": "Zoë"}, {"number": 2, "name": "Ømer"}]'
_DOCUMENT = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORDML}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": f'<w:document xmlns:w="{_DOCUMENT}"><w:body><w:p><w:r><w:t>Names</w:t>'
    "</w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "</w:body></w:document>",
}


def office_samples() -> tuple[bytes, ...]:
    """Texts in some encodings, a page, a mail, a table, a package, and bytes that are nothing."""
    texts = (
        _WORDS,
        _CHINESE,
        _MAIL,
        _PAGE,
        _TABLE,
        _RICH,
        _RECORDS,
        f'<?xml version="1.0"?>{_PAGE[15:]}',
    )
    others = (
        _WORDS.encode("cp1252", "replace"),
        _CHINESE.encode("gb18030"),
        _RUSSIAN.encode("cp1251"),
    )
    return (*(text.encode() for text in texts), *others, _package(), bytes(range(256)) * 4)


def _package() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in _PARTS.items():
            package.writestr(zipfile.ZipInfo(name), content)
    return held.getvalue()
