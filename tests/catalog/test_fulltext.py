"""The text of an object holds what people wrote about it, each wording once, and no more."""

import pytest

from muniment.catalog.fulltext import full_text
from muniment.catalog.written_properties import is_written_for_people
from muniment.core import Chars, Field, Metadata, Part, TextSpan

WRITTEN = [
    "title", "Title", "dc:title", "XMP dc:title[x-default]", "XMP dc:creator[2]", "Subject",
    "IPTC 2:120 caption", "IPTC 2:25 keyword", "IPTC 2:80 by-line", "EXIF UserComment",
    "Image ImageDescription", "Image Artist", "Image XPComment", "PNG Comment", "General Title",
    "General Performer", "keywords", "description", "lastModifiedBy", "Author", "creator",
    "PR_SUBJECT", "comment author", "pdf:Keywords",
]  # fmt: skip
NOT_WRITTEN = [
    "Creator", "Producer", "pdf:Creator", "xmp:CreatorTool", "ICC description", "PNG icc:copyright",
    "MakerNote Comment", "encoding", "EXIF ExifVersion", "Image Software", "PR_SENDER_ENTRYID",
    "pdfaExtension:schemas/pdfaSchema:property/pdfaProperty:description", "TitlesOfParts",
    "XMP xmpMM:History[1]/stEvt:softwareAgent", "Content-Description", "page label",
]  # fmt: skip


@pytest.mark.parametrize("name", WRITTEN)
def test_what_a_person_writes_about_a_file_is_read_with_it(name: str) -> None:
    assert is_written_for_people(name)


@pytest.mark.parametrize("name", NOT_WRITTEN)
def test_what_programs_write_is_not(name: str) -> None:
    assert not is_written_for_people(name)


def _parts() -> list[Part]:
    return [
        Metadata(Field("Title"), "Title", "A list of names"),
        Metadata(Field("dc:title"), "dc:title", "A list of names"),
        Metadata(Field("Producer"), "Producer", "a program"),
        Metadata(Field("Author"), "Author", "Nobody"),
        TextSpan(Chars(0, 5), "Hello"),
    ]


def test_of_a_file_without_text_each_wording_stands_once() -> None:
    text = "".join(full_text(_parts()[:-1], "image/jpeg"))
    assert text.count("A list of names") == 1
    assert "Nobody" in text
    assert "a program" not in text


def test_a_file_that_holds_text_is_that_text() -> None:
    assert list(full_text(_parts(), "application/pdf")) == ["Hello\n"]


def test_they_can_be_left_out() -> None:
    assert list(full_text(_parts(), "application/pdf", with_properties=False)) == ["Hello\n"]


def test_the_headers_of_mail_all_stand_in_its_text() -> None:
    parts: list[Part] = [
        Metadata(Field("X-Mailer"), "X-Mailer", "a program"),
        Metadata(Field("Subject"), "Subject", "a program"),
    ]
    assert "".join(full_text(parts, "message/rfc822")).count("a program") == 2
