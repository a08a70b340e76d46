# ruff: noqa: E501 - the XML of a document reads best unbroken
"""OpenDocument: text with its roles at its place in the tree, changes, properties, what is inside."""

import base64
import hashlib
import os
import zlib
from pathlib import Path
from typing import ClassVar

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from muniment.core import Child, Element, Metadata, Part, Role, State, TextSpan
from muniment.readers import ChildSink, Context, Limits, open_source
from muniment.readers.keys import Keys
from muniment.readers.open_document import OPEN_DOCUMENT
from muniment.readers.signals import LockedError
from tests.readers import samples
from tests.readers.contract import ReaderContract, codes, read_bytes

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    [
        f'xmlns:{p}="{_URN}{p}:1.0"'
        for p in ("office", "text", "style", "draw", "meta", "table", "presentation", "manifest")
    ]
    + [
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        f'xmlns:svg="{_URN}svg-compatible:1.0"',
    ]
)
_TEXT = "application/vnd.oasis.opendocument.text"
_CONTENT = """<office:automatic-styles><style:style style:name="H"><style:text-properties text:display="none"/></style:style></office:automatic-styles>
<office:body><office:text>
<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>A. Writer</dc:creator><dc:date>2018-05-23T10:30:00</dc:date></office:change-info><text:p>struck</text:p></text:deletion></text:changed-region>
<text:changed-region text:id="c2"><text:insertion><office:change-info><dc:creator>B. Writer</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes>
<text:h>A  title</text:h>
<text:p>One<text:s text:c="2"/>two<text:tab/><text:span text:style-name="H">hidden</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>a note</text:p></text:note-body></text:note></text:p>
<text:p>was <text:change-start text:change-id="c2"/>added<text:change-end text:change-id="c2"/><office:annotation><dc:creator>C. Reader</dc:creator><dc:date>2018-06-01</dc:date><text:p>remark</text:p></office:annotation></text:p>
<table:table><table:table-row><table:table-cell><text:p>cell</text:p></table:table-cell></table:table-row></table:table>
<text:p><text:a xlink:href="http://x.test/">link</text:a><draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame><draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame></text:p>
<text:section text:display="none"><text:p>secret</text:p></text:section>
</office:text></office:body>"""
_STYLES = """<office:master-styles><style:master-page><style:header><text:p>head</text:p></style:header><style:footer><text:p>foot</text:p></style:footer></style:master-page></office:master-styles>"""
_META = """<office:meta><dc:title>A list</dc:title><meta:initial-creator>D. Clerk</meta:initial-creator><meta:user-defined meta:name="Case">12</meta:user-defined><meta:document-statistic meta:page-count="3"/></office:meta>"""


def _part(root: str, inner: str, more: str = "") -> bytes:
    return f'<?xml version="1.0"?><office:{root} {_SPACES} {more}>{inner}</office:{root}>'.encode()


def _package(sort: str, *members: tuple[str, bytes]) -> bytes:
    return samples.zipped(("mimetype", sort.encode()), *members)


_FULL = _package(
    _TEXT,
    ("content.xml", _part("document-content", _CONTENT)),
    ("styles.xml", _part("document-styles", _STYLES)),
    ("meta.xml", _part("document-meta", _META)),
    ("Pictures/1.png", samples.picture()),
    ("Object 1/content.xml", _part("document-content", "<text:p>inside</text:p>")),
    ("Basic/Standard/M.xml", b'<script:module xmlns:script="x">Sub Main</script:module>'),
)
_BINARY = base64.b64encode(samples.picture()).decode()
_FLAT = _part(
    "document",
    f"{_META}<office:body><office:text><text:p>flat</text:p><draw:image><office:binary-data>{_BINARY}</office:binary-data></draw:image></office:text></office:body>",
    f'office:mimetype="{_TEXT}"',
)
_SLIDES = """<office:automatic-styles><style:style style:name="d"><style:drawing-page-properties presentation:visibility="hidden"/></style:style></office:automatic-styles>
<office:body><office:presentation><draw:page draw:style-name="x"><draw:frame><draw:text-box><text:p>slide one</text:p></draw:text-box></draw:frame>
<draw:frame presentation:placeholder="true"><draw:text-box><text:p>click here</text:p></draw:text-box></draw:frame><presentation:notes><draw:frame><draw:text-box><text:p>say</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>
<draw:page draw:style-name="d"><draw:frame><draw:text-box><text:p>slide two</text:p></draw:text-box></draw:frame></draw:page></office:presentation></office:body>"""


class TestOpenDocument(ReaderContract):
    reader = OPEN_DOCUMENT
    samples: ClassVar = {"a text": _FULL, "a flat text": _FLAT}


def _spans(parts: list[Part]) -> list[TextSpan]:
    return [part for part in parts if isinstance(part, TextSpan)]


def _shown(parts: list[Part]) -> list[tuple[str, Role, bool]]:
    return [(span.text, span.role, span.hidden) for span in _spans(parts)]


def test_every_kind_of_text_has_its_role(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_FULL, tmp_path)
    assert _shown(parts) == [
        ("head", Role.HEADER, False),
        ("foot", Role.FOOTER, False),
        ("struck", Role.DELETED, False),
        ("A title", Role.BODY, False),
        ("a note", Role.NOTE, False),
        ("One  two\t", Role.BODY, False),
        ("hidden", Role.BODY, True),
        ("1", Role.NOTE, False),
        ("remark", Role.COMMENT, False),
        ("was ", Role.BODY, False),
        ("added", Role.INSERTED, False),
        ("cell", Role.BODY, False),
        ("boxed", Role.BOX, False),
        ("link", Role.BODY, False),
        ("secret", Role.BODY, True),
        ("inside", Role.BOX, False),
        ("Sub Main", Role.MARKUP, False),
    ]


def test_a_paragraph_stands_at_its_child_sequence(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_FULL, tmp_path)
    found = {span.text: span.at for span in _spans(parts)}
    assert found["A title"] == Element("content.xml", (1, 2, 1, 2))
    assert found["hidden"] == Element("content.xml", (1, 2, 1, 3), (9, 15))
    assert found["head"] == Element("styles.xml", (1, 1, 1, 1, 1))


def test_changes_comments_links_and_properties_are_stated(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_FULL, tmp_path)
    said = {part.name: part.written for part in parts if isinstance(part, Metadata)}
    assert said["del by"] == "A. Writer 2018-05-23T10:30:00"
    assert said["ins by"] == "B. Writer"
    assert said["comment by"] == "C. Reader 2018-06-01"
    assert said["link"] == "http://x.test/"
    assert (said["title"], said["creator"], said["Case"]) == ("A list", "D. Clerk", "12")
    assert said["Pages"] == "3"


def test_a_picture_is_a_child_where_it_is_shown(tmp_path: Path) -> None:
    for data in (_FULL, _FLAT):
        _, parts, scratch = read_bytes(data, tmp_path)
        (child,) = [part for part in parts if isinstance(part, Child)]
        assert isinstance(child.at, Element)
        assert (scratch / child.digest.hex).read_bytes() == samples.picture()


def test_slides_are_text_and_what_is_not_shown_is_hidden(tmp_path: Path) -> None:
    sort = "application/vnd.oasis.opendocument.presentation"
    data = _package(
        sort,
        ("content.xml", _part("document-content", _SLIDES)),
        ("styles.xml", _part("document-styles", _STYLES)),
    )
    _, parts, _ = read_bytes(data, tmp_path)
    assert _shown(parts) == [
        ("head", Role.HEADER, True),
        ("foot", Role.FOOTER, True),
        ("slide one", Role.BODY, False),
        ("click here", Role.BODY, True),
        ("say", Role.NOTE, False),
        ("slide two", Role.BODY, True),
    ]


def test_a_part_that_breaks_off_keeps_what_stood_before(tmp_path: Path) -> None:
    broken = _part("document-content", _CONTENT)[:-400]
    _, parts, _ = read_bytes(_package(_TEXT, ("content.xml", broken)), tmp_path)
    assert "A title" in [span.text for span in _spans(parts)]
    assert codes(parts) == ["part-damaged"]


def _encrypted(secret: str) -> bytes:
    """A package as OpenDocument 1.2 encrypts it with AES."""
    packer = zlib.compressobj(wbits=-15)
    plain = _part("document-content", "<text:p>opened</text:p>")
    packed = packer.compress(plain) + packer.flush()
    salt, vector = bytes(range(16)), bytes(range(16, 32))
    start = hashlib.sha256(secret.encode()).digest()
    key = hashlib.pbkdf2_hmac("sha1", start, salt, 1000, 32)
    padded = packed + os.urandom(-len(packed) % 16)
    encryptor = Cipher(AES(key), CBC(vector)).encryptor()
    checksum = base64.b64encode(hashlib.sha256(padded[:1024]).digest()).decode()
    entry = f"""<manifest:manifest {_SPACES}><manifest:file-entry manifest:full-path="content.xml" manifest:size="{len(plain)}">
    <manifest:encryption-data manifest:checksum-type="{_URN}manifest:1.0#sha256-1k" manifest:checksum="{checksum}">
    <manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" manifest:initialisation-vector="{base64.b64encode(vector).decode()}"/>
    <manifest:start-key-generation manifest:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256" manifest:key-size="32"/>
    <manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="32" manifest:iteration-count="1000" manifest:salt="{base64.b64encode(salt).decode()}"/>
    </manifest:encryption-data></manifest:file-entry></manifest:manifest>"""
    data = encryptor.update(padded) + encryptor.finalize()
    return _package(_TEXT, ("content.xml", data), ("META-INF/manifest.xml", entry.encode()))


def test_an_encrypted_document_is_locked(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(_encrypted("right"), tmp_path)
    assert reading.state is State.LOCKED
    assert parts == []


@pytest.mark.parametrize(("secrets", "used"), [(("wrong", "right"), (1,)), (("wrong",), ())])
def test_an_encrypted_document_opens_with_its_key(
    tmp_path: Path, secrets: tuple[str, ...], used: tuple[int, ...]
) -> None:
    (tmp_path / "object").write_bytes(_encrypted("right"))
    keys = Keys(secrets)
    context = Context(_TEXT, Limits(), ChildSink(str(tmp_path), Limits()), keys)
    texts: list[str] = []
    with open_source(str(tmp_path / "object")) as source:
        try:
            texts = [p.text for p in OPEN_DOCUMENT.read(source, context) if isinstance(p, TextSpan)]
        except LockedError:
            assert used == ()
    assert texts == (["opened"] if used else [])
    assert keys.used == used
