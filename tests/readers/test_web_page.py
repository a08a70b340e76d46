"""Pages: what is shown, what is hidden, what they state, and the files written into them."""

import plistlib
import struct
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Chars, Child, Field, Metadata, Part, Role, State, TextSpan
from muniment.readers.apple_mail import APPLE_MAIL
from muniment.readers.mailbox_file import FOXMAIL_BOX
from muniment.readers.markup_attributes import attributes_of
from muniment.readers.page_text import page_parts
from muniment.readers.web_archive import WEB_ARCHIVE
from muniment.readers.windows_shortcut import WINDOWS_SHORTCUT
from tests.readers.contract import ReaderContract, codes, read_bytes

_MAIL = b"From: a@example.org\nTo: b@example.org\nSubject: one\n\nBody\n"
_RESOURCE = {"WebResourceData": b"<p>page</p>", "WebResourceURL": "http://example.org/"}
_PICTURE = {"WebResourceData": b"GIF89a", "WebResourceURL": "http://example.org/a.gif"}
_ARCHIVE = {
    "WebMainResource": _RESOURCE,
    "WebSubresources": [_PICTURE],
    "WebSubframeArchives": [{"WebMainResource": _RESOURCE | {"WebResourceURL": "http://x/"}}],
}


def _emlx(mail: bytes = _MAIL, length: int | None = None) -> bytes:
    size = len(mail) if length is None else length
    return b"%d\n" % size + mail + plistlib.dumps({"flags": 1 << 4 | 1, "subject": "one"})


def _shortcut() -> bytes:
    head = bytes.fromhex("4c0000000114020000000000c000000000000046")
    head += struct.pack("<I4xQQQI", 2 | 4 | 0x80, 131_715_450_000_000_000, 0, 0, 123).ljust(
        56, b"\0"
    )
    path = b"C:\\secret\\\xf1\xef\xe8\xf1\xee\xea.xls\0"
    info = struct.pack("<IIIIIII", 28 + len(path), 28, 1, 0, 28, 0, 0) + path
    return head + info + struct.pack("<H", 4) + "清单 x".encode("utf-16-le")


class TestWebArchive(ReaderContract):
    reader = WEB_ARCHIVE
    samples: ClassVar = {
        "binary": plistlib.dumps(_ARCHIVE, fmt=plistlib.FMT_BINARY, sort_keys=False),
        "XML": plistlib.dumps(_ARCHIVE),
    }


class TestAppleMail(ReaderContract):
    reader = APPLE_MAIL
    samples: ClassVar = {"a message": _emlx()}


class TestShortcut(ReaderContract):
    reader = WINDOWS_SHORTCUT
    samples: ClassVar = {"a file on a disk": _shortcut()}


class TestFoxmail(ReaderContract):
    reader = FOXMAIL_BOX
    samples: ClassVar = {
        "two messages": (b"\x10" * 7 + b"\x11" * 6 + b"S\n" + _MAIL) * 2,
    }


def spans(page: str) -> list[tuple[str, Role, bool]]:
    found = [part for part in page_parts(page) if isinstance(part, TextSpan)]
    return [(span.text, span.role, span.hidden) for span in found]


PAGES = {
    "<p>a<span style='display: none'>b</span>c</p>": [
        ("a", Role.BODY, False), ("b", Role.BODY, True), ("c", Role.BODY, False)],
    "<p hidden>a<p>b": [("a", Role.BODY, True), ("b", Role.BODY, False)],
    "<div hidden><div>a</div>b</div>c": [
        ("a", Role.BODY, True), ("b", Role.BODY, True), ("c", Role.BODY, False)],
    '<img alt="a &amp; b" src=x>': [("a & b", Role.BOX, False)],
    "<input type=hidden value='secret'><input value=seen>": [
        ("secret", Role.BOX, True), ("seen", Role.BOX, False)],
    "<!-- note --><style>x{}</style><script>y</script>": [
        ("note", Role.COMMENT, True), ("y", Role.MARKUP, True)],
    "<template><p>kept</template><p>seen": [
        ("kept", Role.BODY, True), ("seen", Role.BODY, False)],
    "<textarea>a <b></textarea>c": [("a <b>c", Role.BODY, False)],
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_what_it_shows(page: str) -> None:
    assert spans(page) == PAGES[page]


def test_what_a_page_states_stands_at_its_tag(tmp_path: Path) -> None:
    page = '<meta name="author" content="Nobody"><a href="http://x/?a=1&amp;b=2">x</a><frame src=f>'
    parts = list(page_parts(page))
    assert Metadata(Chars(0, 37), "author", "Nobody") in parts
    assert [p.written for p in parts if isinstance(p, Metadata) and p.name == "link"] == [
        "http://x/?a=1&b=2"
    ]
    assert any(isinstance(p, Metadata) and p.name == "frame" for p in parts)


CHARSETS: dict[str, tuple[bytes, str]] = {
    "stated and right": (
        b'<html><meta charset="koi8-r"><p>' + "Привет".encode("koi8-r"), "Привет"),
    "gb2312 that is GBK": (
        b'<meta http-equiv=Content-Type content="text/html; charset=gb2312"><p>'
        + "镕".encode("gbk"), "镕"),
    "stated, but it is UTF-8": (b'<meta charset="big5"><p>' + "清单".encode(), "清单"),
    "stated to be nothing known": (b'<meta charset="x-none"><p>caf\xe9 au lait', "café au lait"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHARSETS)
def test_the_charset_is_the_one_that_fits(what: str, tmp_path: Path) -> None:
    data, expected = CHARSETS[what]
    _, parts, _ = read_bytes(data, tmp_path)
    assert [part.text for part in parts if isinstance(part, TextSpan)] == [expected]


@pytest.mark.parametrize("code_page", ["cp037", "cp500"])
def test_a_page_of_a_mainframe_is_a_page(code_page: str, tmp_path: Path) -> None:
    page = "<!DOCTYPE html>\n<html><title>List</title><p>Kept by hand!</p><p>In two.</p></html>\n"
    reading, parts, _ = read_bytes(page.encode(code_page), tmp_path)
    assert reading.media_type == "text/html"
    spans = [part.text for part in parts if isinstance(part, TextSpan)]
    assert spans == ["List", "Kept by hand!", "In two."]
    assert "encoding-guessed" in codes(parts)


def test_files_written_into_a_page_are_children(tmp_path: Path) -> None:
    page = b"<p>x<img src='data:image/gif;base64,R0lGODlh'><a href='data:,plain%20text'>y</a>"
    reading, parts, scratch = read_bytes(page, tmp_path)
    found = [part for part in parts if isinstance(part, Child)]
    assert [(scratch / c.digest.hex).read_bytes() for c in found] == [b"GIF89a", b"plain text"]
    assert page[found[0].at.start : found[0].at.end].startswith(b"data:image/gif")  # type: ignore[union-attr]
    assert reading.failed == 0


@given(st.text(alphabet="<>a b='\"/hidentypsl:;-!&", max_size=120))
def test_parts_lie_inside_of_the_page(page: str) -> None:
    for part in page_parts(page):
        assert isinstance(part.at, Chars)
        assert part.at.end <= len(page)


@given(st.text(alphabet="<a b='\"/=>", max_size=80))
def test_values_of_attributes_are_where_they_are_written(tag: str) -> None:
    for found in attributes_of("<a " + tag, 0, len(tag) + 3).values():
        assert ("<a " + tag)[found.start : found.end] == found.value


def test_an_archive_gives_pages_of_frames_too(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(plistlib.dumps(_ARCHIVE), tmp_path)
    names = [part.name for part in parts if isinstance(part, Child)]
    assert names == ["http://example.org/", "http://example.org/a.gif", "http://x/"]
    assert reading.failed == 0


def test_apple_mail_gives_the_message_and_its_flags(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(_emlx(), tmp_path)
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert (scratch / child.digest.hex).read_bytes() == _MAIL
    assert Metadata(Field("flags", 2), "flags", "read, flagged") in parts


APPLE_TROUBLE = {
    "cut off": (_emlx(length=9_999), "member-cut"),
    "partial": (_emlx(b"X-Apple-Content-Length: 99\n" + _MAIL), "message-partial"),
}


@pytest.mark.parametrize("what", APPLE_TROUBLE)
def test_what_is_missing_from_apple_mail_is_told(what: str, tmp_path: Path) -> None:
    data, code = APPLE_TROUBLE[what]
    reading, parts, _ = read_bytes(data, tmp_path)
    assert reading.state is State.READ
    assert code in codes(parts)


def _texts(parts: list[Part]) -> list[str]:
    return [part.text for part in parts if isinstance(part, TextSpan)]


def test_a_shortcut_says_where_it_leads(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_shortcut(), tmp_path)
    assert _texts(parts) == ["C:\\secret\\список.xls", "清单 x"]
    assert Metadata(Field("created"), "created", "2018-05-23T10:30:00Z") in parts
