# ruff: noqa: E501 - the XML of a document reads best unbroken
"""Documents that are XML in a zip, and iWork's archives: what is said where, in which order."""

import struct
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Child, Element, Member, Metadata, Part, Role, State, TextSpan
from muniment.readers.packaged_text import PACKAGED_TEXT
from muniment.readers.snappy_blocks import unsnappied
from tests.readers import samples
from tests.readers.contract import ReaderContract, codes, read_bytes

_OPF = """<package xmlns:dc="dc"><metadata><dc:title>A book</dc:title></metadata>
<manifest><item id="b" href="b%20c.xhtml" media-type="application/xhtml+xml"/><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="x" href="x.xhtml" media-type="application/xhtml+xml"/><item id="p" href="p.png" media-type="image/png"/></manifest>
<spine><itemref idref="b"/><itemref idref="a"/></spine></package>"""


def _page(inner: str) -> bytes:
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{inner}</body></html>'.encode()


def _book(*more: tuple[str, bytes]) -> bytes:
    return samples.zipped(
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b'<container><rootfile full-path="O/c.opf"/></container>'),
        ("O/c.opf", _OPF.encode()),
        ("O/a.xhtml", _page("<p>second <b>bold</b>\n part</p><style>no</style>")),
        ("O/b c.xhtml", _page("<h1>first</h1><img alt='a map'/>")),
        ("O/x.xhtml", _page("<p>not in the spine</p>")),
        ("O/p.png", samples.picture()),
        *more,
    )


def _opc(part: str, kind: str, *members: tuple[str, bytes]) -> bytes:
    types = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/{part}" ContentType="{kind}"/></Types>'
    return samples.zipped(("[Content_Types].xml", types.encode()), *members)


_VISIO = _opc(
    "visio/document.xml",
    "application/vnd.ms-visio.drawing.main+xml",
    ("visio/pages/page10.xml", b"<P><Shape><Text>tenth<cp IX='0'/> page</Text></Shape></P>"),
    ("visio/pages/page2.xml", b"<P><Shape><Cell V='1'/><Text>second</Text></Shape></P>"),
    ("visio/masters/master1.xml", b"<M><Text>master</Text></M>"),
    ("visio/comments.xml", b"<C><CommentEntry>look</CommentEntry></C>"),
    ("visio/media/i.png", samples.picture()),
)
_XPS = _opc(
    "FixedDocSeq.fdseq",
    "application/vnd.ms-package.xps-fixeddocumentsequence+xml",
    ("Documents/1/Pages/1.fpage", b"<FixedPage><Glyphs UnicodeString='{}Hello'/></FixedPage>"),
)
_HANGUL = samples.zipped(
    ("mimetype", b"application/hwp+zip"),
    ("Contents/section0.xml", "<s><p><run><t>본문</t><ctrl><header><p><run><t>머리</t></run></p></header></ctrl></run></p></s>".encode()),
    ("BinData/i.png", samples.picture()),
)  # fmt: skip
_PAGES_2009 = samples.zipped(
    ("index.xml", b'<sl:document xmlns:sl="http://developer.apple.com/namespaces/sl" xmlns:sf="http://developer.apple.com/namespaces/sf"><sf:p>Hello<sf:tab/>there</sf:p></sl:document>'),
    ("i.png", samples.picture()),
)  # fmt: skip


def _varint(number: int) -> bytes:
    found = b""
    while number > 0x7F:
        found, number = found + bytes([number & 0x7F | 0x80]), number >> 7
    return found + bytes([number])


def _field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _snappy(plain: bytes) -> bytes:
    """One literal."""
    return _varint(len(plain)) + b"\xf4" + struct.pack("<H", len(plain) - 1) + plain


def _archive(*messages: tuple[int, bytes]) -> bytes:
    data = b""
    for sort, message in messages:
        head = _field(1, 7) + _field(2, _field(1, sort) + _field(3, len(message)))
        data += _varint(len(head)) + head + message
    packed = _snappy(data)
    return b"\0" + len(packed).to_bytes(3, "little") + packed


_PAGES_2013 = samples.zipped(
    (
        "Index/Document.iwa",
        _archive(
            (2001, _field(1, 0) + _field(3, "A text\u2029of two".encode())),
            (2001, _field(1, 1) + _field(3, b"head")),
            (6005, _field(3, _field(1, 1) + _field(3, b"in a cell"))),
            (3056, _field(1, b"remark")),
            (212, _field(1, b"A. Reader")),
        ),
    ),
    ("Data/i.png", samples.picture()),
    ("preview.jpg", samples.picture("JPEG")),
)


class TestPackagedText(ReaderContract):
    reader = PACKAGED_TEXT
    samples: ClassVar = {
        "a book": _book(),
        "iWork of 2013": _PAGES_2013,
    }


def _spans(parts: list[Part]) -> list[TextSpan]:
    return [part for part in parts if isinstance(part, TextSpan)]


def _said(parts: list[Part]) -> list[tuple[str, Role, bool]]:
    return [(span.text.strip(), span.role, span.hidden) for span in _spans(parts)]


@pytest.mark.parametrize(
    ("data", "said"),
    {
        "a book": (_book(), [("first", Role.BODY, False), ("a map", Role.BODY, False), ("second bold part", Role.BODY, False), ("not in the spine", Role.BODY, False)]),
        "a drawing": (_VISIO, [("second", Role.BODY, False), ("tenth page", Role.BODY, False), ("look", Role.COMMENT, False), ("master", Role.BOX, True)]),
        "fixed pages": (_XPS, [("Hello", Role.BODY, False)]),
        "Hangul": (_HANGUL, [("머리", Role.HEADER, False), ("본문", Role.BODY, False)]),
        "iWork of 2009": (_PAGES_2009, [("Hello\tthere", Role.BODY, False)]),
        "iWork of 2013": (_PAGES_2013, [("A text\nof two", Role.BODY, False), ("head", Role.HEADER, False), ("in a cell", Role.BODY, False), ("remark", Role.COMMENT, False)]),
    }.values(),
)  # fmt: skip
def test_each_format_says_what_it_says_in_its_order(
    tmp_path: Path, data: bytes, said: list[tuple[str, Role, bool]]
) -> None:
    _, parts, _ = read_bytes(data, tmp_path)
    assert _said(parts) == said


def test_text_stands_at_its_element_or_member(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_VISIO, tmp_path)
    assert _spans(parts)[0].at == Element("visio/pages/page2.xml", (1, 1, 2))
    _, parts, _ = read_bytes(_PAGES_2013, tmp_path)
    assert _spans(parts)[0].at == Member(0)


def test_a_book_states_its_title_and_gives_its_pictures(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_book(), tmp_path)
    stated = [part for part in parts if isinstance(part, Metadata)]
    assert [(part.name, part.written) for part in stated] == [("title", "A book")]
    assert [part.name for part in parts if isinstance(part, Child)] == ["O/p.png"]


def test_a_page_that_is_not_well_formed_is_said_and_comes_out_as_a_file(tmp_path: Path) -> None:
    data = _book().replace(b"O/x.xhtml", b"O/y.xhtml")
    broken = samples.zipped(
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b'<container><rootfile full-path="c.opf"/></container>'),
        ("c.opf", _OPF.encode()),
        ("a.xhtml", b"<html><body><p>kept</p><p>broken <br></p></body></html>"),
    )
    _, parts, _ = read_bytes(broken, tmp_path)
    assert [span.text for span in _spans(parts)] == ["kept"]
    assert codes(parts) == ["part-damaged"]
    assert [part.name for part in parts if isinstance(part, Child)] == ["a.xhtml"]
    assert data != broken


def test_a_book_whose_pages_are_encrypted_is_locked(tmp_path: Path) -> None:
    sealed = b"<encryption><EncryptedData><CipherReference URI='O/a.xhtml'/></EncryptedData></encryption>"
    reading, _, _ = read_bytes(_book(("META-INF/encryption.xml", sealed)), tmp_path)
    assert reading.state is State.LOCKED
    fonts = sealed.replace(b"a.xhtml", b"a.otf")
    reading, _, _ = read_bytes(_book(("META-INF/encryption.xml", fonts)), tmp_path)
    assert reading.state is State.READ


def test_any_archive_with_an_index_is_no_iwork_document(tmp_path: Path) -> None:
    reading, _, _ = read_bytes(samples.zipped(("index.xml", b"<index/>")), tmp_path)
    assert reading.media_type == "application/zip"


def test_copies_in_snappy_repeat_what_stood_before() -> None:
    # "abc", then twelve bytes from three before: overlapping copies repeat.
    assert unsnappied(b"\x0f\x08abc" + bytes([(12 - 1) << 2 | 2]) + b"\x03\x00", 99) == b"abc" * 5


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_snappy_or_refused(data: bytes) -> None:
    try:
        assert len(unsnappied(data, 1 << 16)) <= 1 << 16
    except ValueError:
        return


def _run(text: str, x: float, y: float, advances: str, more: str = "") -> str:
    return (
        f"<Glyphs UnicodeString='{text}' OriginX='{x}' OriginY='{y}' FontRenderingEmSize='10'"
        f" Indices='{advances}' {more}/>"
    )


def test_glyphs_are_joined_to_words_and_cells_stay_apart(tmp_path: Path) -> None:
    runs = (
        _run("W", 10, 20, "7"),
        _run("or", 19, 20, ",50;"),
        _run("d ", 28, 20, ",60;"),
        _run("next", 40, 20, ",50;,50;,50;"),
        _run("cell", 90, 20, ",50;,50;,50;"),
        _run("below", 90, 34, ""),
        _run("right", 95, 34, "", "BidiLevel='1' FixedPage.NavigateUri='https://example.org/'"),
    )
    data = _opc(
        "FixedDocSeq.fdseq",
        "application/vnd.ms-package.xps-fixeddocumentsequence+xml",
        ("Documents/1/Pages/1.fpage", f"<FixedPage>{''.join(runs)}</FixedPage>".encode()),
    )
    _, parts, _ = read_bytes(data, tmp_path)
    spans = [part for part in parts if isinstance(part, TextSpan)]
    assert [span.text for span in spans] == ["Word next", "cell", "below", "right"]
    assert isinstance(spans[1].at, Element)
    assert spans[1].at.path == (1, 5)
    links = [part.written for part in parts if isinstance(part, Metadata) and part.name == "link"]
    assert links == ["https://example.org/"]
