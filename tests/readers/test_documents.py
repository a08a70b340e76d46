"""Documents, pages, mail and pictures: what is where, also what nobody was meant to see."""

from pathlib import Path

import pytest

from muniment.core import (
    Area,
    Chars,
    Child,
    Element,
    Field,
    Image,
    Metadata,
    Part,
    Problem,
    Relation,
    Role,
    State,
    TextSpan,
    Whole,
    digest_of,
)
from tests.readers import samples
from tests.readers.contract import codes, read_bytes


def spans(parts: list[Part]) -> list[TextSpan]:
    return [part for part in parts if isinstance(part, TextSpan)]


def test_a_document_gives_every_kind_of_text(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(samples.document(), tmp_path)
    main = "word/document.xml"
    assert spans(parts) == [
        TextSpan(Element(main, (1, 1, 1)), "First"),
        TextSpan(Element(main, (1, 1, 2, 1, 1, 1)), "in a cell"),
        TextSpan(Element(main, (1, 1, 3), (0, 5)), "kept "),
        TextSpan(Element(main, (1, 1, 3), (5, 11)), "struck", Role.DELETED),
        TextSpan(Element(main, (1, 1, 3), (11, 17)), "unseen", hidden=True),
        TextSpan(Element(main, (1, 1, 4, 1, 1, 1)), "boxed", Role.BOX),
        TextSpan(Element("word/footnotes.xml", (1, 1, 1)), "a note", Role.NOTE),
        TextSpan(Element("word/header1.xml", (1, 1)), "a header", Role.HEADER),
    ]
    assert Metadata(Element(main, (1, 1, 3, 2)), "del by", "Somebody 2018-05-23T10:30:00Z") in parts


def test_a_document_that_breaks_off_keeps_what_stood_before(tmp_path: Path) -> None:
    data = samples.document(samples.paragraph("kept") + "<w:p><broken")
    reading, parts, _ = read_bytes(data, tmp_path)
    assert spans(parts)[0].text == "kept"
    assert codes(parts) == ["part-damaged"]
    assert reading.state is State.READ


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    attack = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    data = samples.zipped(
        *(
            (name, content.replace(b'<?xml version="1.0"?><w:d', attack.encode() + b"<w:d"))
            for name, content in _members(samples.document(samples.paragraph("a&e;b")))
        )
    )
    _, parts, _ = read_bytes(data, tmp_path)
    assert all("root:" not in span.text for span in spans(parts))


def _members(data: bytes) -> list[tuple[str, bytes]]:
    archive = samples.zipfile.ZipFile(samples.io.BytesIO(data))
    return [(name, archive.read(name)) for name in archive.namelist()]


# The line stands 10 points right of and 20 below the corner that is the upper left one before the
# page is turned; it is about 27 wide and 9 high; the page shows 300 by 200 points.
ROTATIONS = {
    0: (300, 200, lambda x, y, w, h: (9 < x < 13, 5 < y < 22, w > h)),
    90: (200, 300, lambda x, y, w, h: (170 < x < 200, 9 < y < 13, h > w)),
    180: (300, 200, lambda x, y, w, h: (255 < x < 275, 178 < y < 195, w > h)),
    270: (200, 300, lambda x, y, w, h: (5 < x < 22, 255 < y < 275, h > w)),
}


@pytest.mark.parametrize("rotation", ROTATIONS)
def test_a_line_stands_in_its_box_as_displayed(tmp_path: Path, rotation: int) -> None:
    data = samples.pdf(samples.line("Hello", 60, 220), rotate=rotation)
    _, parts, _ = read_bytes(data, tmp_path)
    (span,) = spans(parts)
    width, height, holds = ROTATIONS[rotation]
    assert Image(Area(page=1), width, height) in parts
    assert span.text == "Hello"
    assert span.at.page == 1
    assert all(holds(*span.at.box)), span.at.box


def test_invisible_and_cropped_text_is_hidden(tmp_path: Path) -> None:
    page = samples.line("seen", 60, 220) + samples.line("unseen", 60, 180, mode=3)
    page += samples.line("outside", 60, 10)
    _, parts, _ = read_bytes(samples.pdf(page), tmp_path)
    assert [(span.text, span.hidden) for span in spans(parts)] == [
        ("seen", False),
        ("unseen", True),
        ("outside", True),
    ]


def test_a_page_without_text_says_so(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(samples.pdf(b"", samples.line("two", 60, 220)), tmp_path)
    assert codes(parts) == ["page-without-text"]
    assert [part.at for part in parts if isinstance(part, Problem)] == [Area(page=1)]
    assert reading.state is State.READ


def test_attachments_of_a_pdf_are_children(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(samples.pdf(b""), tmp_path)
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert (child.relation, child.name, child.digest) == (
        Relation.ATTACHMENT,
        "note.txt",
        digest_of(b"attached"),
    )
    assert (reading.announced, reading.emitted) == (1, 1)
    assert Metadata(Field("Title"), "Title", "A list") in parts


def test_an_encrypted_pdf_is_locked_and_an_owner_password_is_not_encryption(tmp_path: Path) -> None:
    page = samples.line("Hello", 60, 220)
    assert read_bytes(samples.pdf(page, owner="a", user="b"), tmp_path)[0].state is State.LOCKED
    assert read_bytes(samples.pdf(page, owner="a"), tmp_path)[0].state is State.READ


def test_mail_keeps_headers_as_written_and_numbers_sections(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(samples.mail(), tmp_path)
    headers = [part for part in parts if isinstance(part, Metadata)]
    assert Metadata(Field("Received", 2), "Received", "from two") in headers
    assert any(h.name == "Subject" and h.written.startswith("=?utf-8?") for h in headers)
    (subject,) = [span for span in spans(parts) if span.at == Field("Subject")]
    assert subject.role is Role.HEADER
    assert "=?" not in subject.text
    bodies = [span for span in spans(parts) if isinstance(span.at, Chars)]
    assert [(span.at.section, span.text) for span in bodies] == [
        ("1.1", "See the list."),
        ("1.1", "Two paragraphs."),
        ("1.2", "See the list."),
        ("1.2", "no()"),
    ]
    children = [part for part in parts if isinstance(part, Child)]
    assert [child.name for child in children] == ["список.csv", ""]
    assert children[0].at == Chars(0, 0, "2")
    assert (reading.announced, reading.emitted, reading.failed) == (2, 2, 0)


def test_a_message_in_a_message_is_mail_again(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(samples.mail(), tmp_path)
    inner = [part for part in parts if isinstance(part, Child)][1]
    reading, again, _ = read_bytes((scratch / inner.digest.hex).read_bytes(), tmp_path)
    assert reading.media_type == "message/rfc822"
    assert [span.text for span in spans(again)] == ["inside"]


def test_a_mailbox_gives_each_message_with_its_exact_bytes(tmp_path: Path) -> None:
    data = samples.mailbox()
    _, parts, scratch = read_bytes(data, tmp_path)
    children = [part for part in parts if isinstance(part, Child)]
    assert len(children) == 2
    second = (scratch / children[1].digest.hex).read_bytes()
    offset = int(dict(children[1].stated)["offset"])
    assert data[offset : offset + children[1].size] == second
    assert b"From here on, text." in second


def test_a_page_is_shown_as_text_and_cited_in_its_source(tmp_path: Path) -> None:
    page = "<html><title>T&amp;T</title><body><p>One <b>two</b></p><script>no()</script x><p>three"
    _, parts, _ = read_bytes(page.encode(), tmp_path)
    assert [(span.text, span.role) for span in spans(parts)] == [
        ("T&T", Role.TITLE),
        ("One two", Role.BODY),
        ("no()", Role.MARKUP),
        ("three", Role.BODY),
    ]
    at = spans(parts)[1].at
    assert page[at.start : at.end] == "One <b>two"


def test_a_comment_in_a_page_is_kept_as_hidden(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(b"<html><p>a</p><!-- left in -->", tmp_path)
    assert spans(parts)[1] == TextSpan(Chars(14, 30), "left in", Role.COMMENT, hidden=True)


def test_a_photograph_states_its_exif(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(samples.photograph(), tmp_path)
    stated = {part.name: part.written for part in parts if isinstance(part, Metadata)}
    assert stated["Image Make"] == "Muniment Optics"
    assert stated["Image DateTime"] == "2018:05:23 10:30:00"
    assert Image(Whole(), 8, 6) in parts


def test_a_picture_cut_off_is_said(tmp_path: Path) -> None:
    data = samples.picture("PNG", (64, 64))
    reading, parts, _ = read_bytes(data[: len(data) - 30], tmp_path)
    assert reading.state is State.READ
    assert set(codes(parts)) == {"pixels-damaged"}  # its pixels, and its missing end


def test_text_keeps_exact_positions_in_any_encoding(tmp_path: Path) -> None:
    text = "甲乙丙丁，名单如下。\r\n第二行。\r\n\r\n另一段文字，在这里。\r\n" * 3
    for encoding in ("utf-8", "utf-16", "gb18030"):
        _, parts, _ = read_bytes(text.encode(encoding), tmp_path)
        for span in spans(parts):
            assert text[span.at.start : span.at.end] == span.text
        assert len(spans(parts)) == 4
