"""RTF: what its source says, at the bytes that say it."""

import struct
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Chars, Child, Metadata, Part, Role, State, TextSpan
from muniment.readers.rtf_document import RTF_DOCUMENT
from tests.readers import samples
from tests.readers import word_binary_samples as doc
from tests.readers.contract import ReaderContract, codes, read_bytes


def _object(class_name: bytes, native: bytes) -> bytes:
    name = class_name + b"\0"
    data = struct.pack("<II", 0x501, 2) + struct.pack("<I", len(name)) + name + bytes(8)
    return data + struct.pack("<I", len(native)) + native


_PICTURE = samples.picture()
_FULL = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Serif;}{\f1\fcharset134 Song;}}"
    rb"{\colortbl;\red0\green0\blue0;}{\*\revtbl {Unknown;}{A. Writer;}}"
    rb"{\info{\title A list}{\author B. Clerk}{\creatim\yr2018\mo5\dy23\hr10\min30}{\nofpages2}}"
    rb"{\header Head\par}\pard Caf\'e9 {\f1 \'be\'d0\'c1\'f4} here{\footnote A note}\par "
    rb"{\v hidden}{\deleted\revauthdel1 old}{\revised\revauth1\revdttm1 new}\par "
    rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\par "
    rb"\uc1\u25304?\u30041?\par {\*\atnauthor C. Reader}{\*\annotation remark}"
    rb"a\cell b\cell\row{\*\unknown gone}{\*\shpinst{\shptxt box\par}}"
    rb"{\pict\pngblip " + _PICTURE.hex().encode() + rb"}"
    rb"{\object\objemb{\*\objclass Package}{\*\objdata "
    + _object(b"Package", doc.packaged(b"list.csv", b"a,b\n")[4:]).hex().encode()
    + rb"}}}"
)


class TestRtf(ReaderContract):
    reader = RTF_DOCUMENT
    samples: ClassVar = {"every kind of text": _FULL, "the least": rb"{\rtf1 x}"}


def _spans(parts: list[Part]) -> list[TextSpan]:
    return [part for part in parts if isinstance(part, TextSpan)]


def _shown(parts: list[Part]) -> list[tuple[str, Role, bool]]:
    return [(span.text, span.role, span.hidden) for span in _spans(parts)]


def test_every_kind_of_text_has_its_role(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_FULL, tmp_path)
    assert _shown(parts) == [
        ("Head", Role.HEADER, False),
        ("A note", Role.NOTE, False),
        ("Café 拘留 here", Role.BODY, False),
        ("hidden", Role.BODY, True),
        ("old", Role.DELETED, False),
        ("new", Role.INSERTED, False),
        ("HYPERLINK x", Role.MARKUP, True),
        ("link", Role.BODY, False),
        ("拘留", Role.BODY, False),
        ("remark", Role.COMMENT, False),
        ("a", Role.BODY, False),
        ("b", Role.BODY, False),
        ("box", Role.BOX, False),
    ]


def test_a_span_stands_at_the_bytes_that_say_it(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_FULL, tmp_path)
    source = _FULL.decode("latin-1")
    for span in _spans(parts):
        assert isinstance(span.at, Chars)
        said = source[span.at.start : span.at.end]
        if span.text.isascii():
            assert said == span.text
    cafe = next(span for span in _spans(parts) if span.text.startswith("Caf"))
    assert source[cafe.at.start : cafe.at.end].startswith(r"Caf\'e9 {\f1 \'be")


def test_properties_and_changes_stand_where_they_are_stated(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_FULL, tmp_path)
    stated = {part.name: part for part in parts if isinstance(part, Metadata)}
    written = {name: part.written for name, part in stated.items()}
    assert written["title"] == "A list"
    assert written["creator"] == "B. Clerk"
    assert written["created"] == "2018-05-23T10:30"
    assert written["comment by"] == "C. Reader"
    assert written["ins by"].startswith("A. Writer")
    at = stated["title"].at
    assert _FULL[at.start : at.end] == rb"{\title A list}"


def test_pictures_and_objects_are_children(tmp_path: Path) -> None:
    reading, parts, scratch = read_bytes(_FULL, tmp_path)
    children = [part for part in parts if isinstance(part, Child)]
    assert [child.name for child in children] == ["picture 1.png", "list.csv"]
    found = [(scratch / child.digest.hex).read_bytes() for child in children]
    assert found == [_PICTURE, b"a,b\n"]
    assert reading.announced == 2


def test_binary_data_are_no_rtf(tmp_path: Path) -> None:
    data = rb"{\rtf1 before{\pict\jpegblip\bin4 }{\\" + rb"}after}"
    _, parts, scratch = read_bytes(data, tmp_path)
    assert [span.text for span in _spans(parts)] == ["before", "after"]
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert (scratch / child.digest.hex).read_bytes() == rb"}{\\"


@pytest.mark.parametrize(
    ("source", "shown"),
    {
        "a double byte whose second is a letter": (
            rb"{\rtf1\ansi\ansicpg932 \'83A\'83B}",
            "アィ",
        ),
        "fallbacks of two bytes": (rb"{\rtf1\uc2 \u25304\'be\'d0x}", "拘x"),
        "a pair of surrogates": (rb"{\rtf1\uc0 \u-10176\u-9216 x}", "\U00020000x"),
        "a font of the document's page": (
            rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset0 A;}}\f0\'be\'d0}",
            "拘",
        ),
        "text in two forms": (rb"{\rtf1{\upr{gone}{\*\ud{kept}}}}", "kept"),
        "an ignorable word that is not first": (rb"{\rtf1{\b0\*\cs7\f0 kept}}", "kept"),
        "escaped braces": (rb"{\rtf1 \{a\\b\}}", r"{a\b}"),
    }.values(),
)
def test_what_the_source_says_is_shown(tmp_path: Path, source: bytes, shown: str) -> None:
    _, parts, _ = read_bytes(source, tmp_path)
    assert "".join(span.text for span in _spans(parts)) == shown


def test_html_in_rtf_is_text_once(tmp_path: Path) -> None:
    data = (
        rb"{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}\htmlrtf \par only rtf\htmlrtf0 Hello "
        rb"{\*\htmltag84 <b>}\htmlrtf {\b\htmlrtf0 you\htmlrtf }\htmlrtf0{\*\htmltag92 </b>}}"
    )
    _, parts, _ = read_bytes(data, tmp_path)
    body = [span.text for span in _spans(parts) if span.role is Role.BODY]
    assert body == ["Hello you"]
    assert [s.text for s in _spans(parts) if s.role is Role.MARKUP] == ["<p>", "<b>", "</b>"]


def test_a_file_cut_in_the_middle_keeps_its_text(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(rb"{\rtf1 one\par {\b two", tmp_path)
    assert reading.state is State.READ
    assert [span.text for span in _spans(parts)] == ["one", "two"]
    assert codes(parts) == ["text-missing"]


def test_groups_without_end_are_read(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(rb"{\rtf1 " + b"{" * 20_000 + b"deep", tmp_path)
    assert reading.state is State.READ
    assert [span.text for span in _spans(parts)] == ["deep"]


def test_a_token_at_the_end_of_a_block_is_whole(tmp_path: Path) -> None:
    for pad in range((1 << 20) - 40, (1 << 20) + 4, 9):
        data = rb"{\rtf1 " + b" " * pad + rb"\uc1\u25304?\par\'e9 x}"
        _, parts, _ = read_bytes(data, tmp_path)
        assert [span.text.strip() for span in _spans(parts)] == ["拘", "é x"]


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40))
def test_what_unicode_words_say_is_read_back(text: str) -> None:
    units = struct.unpack(f"<{len(text.encode('utf-16-le')) // 2}h", text.encode("utf-16-le"))
    source = rb"{\rtf1\uc0 " + b"".join(rb"\u%d " % unit for unit in units) + b"}"
    assert "".join(_texts(source)) == ("" if text.isspace() else text)


def _texts(source: bytes) -> list[str]:
    import os  # noqa: PLC0415
    import tempfile  # noqa: PLC0415

    from muniment.readers import ChildSink, Context, Limits, open_source  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "object")
        Path(path).write_bytes(source)
        with open_source(path) as opened:
            context = Context("application/rtf", Limits(), ChildSink(folder, Limits()))
            parts = RTF_DOCUMENT.read(opened, context)
            return [part.text for part in parts if isinstance(part, TextSpan)]
