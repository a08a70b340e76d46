"""A name disagrees only where its extension plainly promises another type than the bytes are."""

import pytest

from muniment.catalog.disagreement import disagreement
from muniment.catalog.extensions import promised_types

AGREE = {
    "the same": ("a/report.PDF", "application/pdf"),
    "a locked document": ("list.docx", "application/x-ooxml-encrypted"),
    "text by another name": ("list.csv", "text/plain"),
    "JSON in a text file": ("a.txt", "application/json"),
    "a raw photograph is a TIFF": ("IMG.NEF", "image/tiff"),
    "an unknown extension": ("a.unknown", "application/pdf"),
    "an extension of many trades": ("thumbs.db", "application/vnd.sqlite3"),
    "no extension": ("pdf", "text/plain"),
    "a hidden name": (".pdf", "text/plain"),
    "no bytes": ("a.pdf", "application/x-empty"),
    "not looked at yet": ("a.pdf", ""),
}
DISAGREE = {
    "a program by a document's name": ("list.doc", "application/x-elf"),
    "an archive as a picture": ("holiday.jpg", "application/zip"),
    "a film as a sheet": ("list.xlsx", "video/mp4"),
    "a message that is read as text": ("a.eml", "text/plain"),
    "a list of records that is read as text": ("a.json", "text/plain"),
    "a backslash path": ("C:\\lists\\a.pdf", "text/plain"),
}


@pytest.mark.parametrize("sort", AGREE)
def test_an_honest_name_is_left_alone(sort: str) -> None:
    assert disagreement(*AGREE[sort]) is None


@pytest.mark.parametrize("sort", DISAGREE)
def test_a_name_that_says_otherwise_is_said(sort: str) -> None:
    name, media_type = DISAGREE[sort]
    assert disagreement(name, media_type) == (
        f"the name ends in .{name.rpartition('.')[2].lower()}, the bytes are {media_type}"
    )


def test_bytes_of_no_known_type_are_named_so() -> None:
    said = disagreement("a.pdf", "application/octet-stream")
    assert said == "the name ends in .pdf, the bytes are of no known type"


def test_promises_are_types_or_their_beginnings() -> None:
    for extension in ("pdf", "docx", "jpg", "mp4", "csv"):
        assert all("/" in promise for promise in promised_types(f"a.{extension}"))
