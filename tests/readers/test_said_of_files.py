# ruff: noqa: E501 - the XML of a package reads best unbroken
"""What is said of a file means something to people: errors, made-up names, marks against changes."""

import binascii
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import PIL
import pytest
from lxml import etree  # type: ignore[import-untyped]

from muniment.catalog.next_steps import step_for_state
from muniment.core import Child, Member, Metadata, Part, Relation, State
from muniment.readers.said_of_errors import said_of
from tests.readers import samples
from tests.readers.contract import codes, read_bytes
from tests.readers.trove import trove

RAISED: dict[str, tuple[Callable[[], object], str]] = {
    "a key that is not there": (lambda: {}["x"], "refers to"),
    "a value of another kind": (lambda: len(7), "another kind"),  # type: ignore[arg-type]
    "packed bytes": (lambda: zlib.decompress(b"x"), "packed bytes"),
    "a short record": (lambda: struct.unpack("<I", b"x"), "too short"),
    "base64": (lambda: binascii.a2b_base64(b"x"), "base64"),
    "a zip": (lambda: zipfile.ZipFile("/dev/null"), "entry of its package"),
    "XML": (lambda: etree.fromstring(b"<a>"), "well-formed"),
    "letters": (lambda: b"\xff".decode("utf-8"), "letters"),
    "a picture": (lambda: PIL.Image.open("/dev/null"), "picture format that is read here"),
    "a number": (lambda: 1 / 0, "out of range"),
    "JSON": (lambda: json.loads("{"), "a value in it is wrong"),
}


@pytest.mark.parametrize("sort", RAISED)
def test_an_error_is_said_in_words_and_not_by_its_name(sort: str) -> None:
    raising, words = RAISED[sort]
    why = _raised(raising)
    said = said_of(why)
    assert words in said
    assert type(why).__name__ not in said


def _raised(raising: Callable[[], object]) -> Exception:
    try:
        raising()
    except Exception as why:  # noqa: BLE001 - whatever a library raises is asked about
        return why
    raise AssertionError


def test_what_nobody_foresaw_is_said_too() -> None:
    assert said_of(type("OddError", (Exception,), {})()) != ""


def test_no_reader_shows_the_name_of_an_exception() -> None:
    rooms = Path(__file__).parents[2] / "src" / "muniment" / "readers"
    allowed = {"child.py", "report.py", "extracted.py", "said_of_errors.py"}
    telling = [
        path.name
        for path in rooms.rglob("*.py")
        if path.name not in allowed and re.search(r"type\(why\)\.__name__", path.read_text())
    ]
    assert telling == []


# Why something was not read → a word of what to do.
STEPS_SAID = {
    "Tika cannot read it: it is damaged, or of a form that Tika does not know": "without a network",
    "no picture can be opened (it is of no picture format that is read here)": "without a network",
    "the reader x failed on it: a value in it is wrong (to be reported: ValueError)": "report",
    "its package is damaged (an entry of its package is damaged)": "another copy",
    "x took longer than 60 s": "split the file",
}


@pytest.mark.parametrize("reason", STEPS_SAID)
def test_another_copy_is_asked_for_only_where_it_may_help(reason: str) -> None:
    assert STEPS_SAID[reason] in step_for_state(State.UNREADABLE, reason)


def children(parts: list[Part]) -> list[Child]:
    return [part for part in parts if isinstance(part, Child)]


def test_a_name_that_the_file_does_not_give_is_said_to_be_made_up(tmp_path: Path) -> None:
    picture = samples.picture().hex()
    data = rb"{\rtf1 {\pict\pngblip " + picture.encode() + b"}}"
    (child,) = children(read_bytes(data, tmp_path)[1])
    assert child.raw_name == b""
    assert dict(child.stated)["name"] == "made up here; the file gives none"


def test_a_name_that_the_file_gives_is_not(tmp_path: Path) -> None:
    (child,) = children(read_bytes(samples.zipped(("a", b"one")), tmp_path)[1])
    assert child.raw_name == b"a"
    assert "name" not in dict(child.stated)


def protections(parts: list[Part]) -> list[str]:
    return [p.written for p in parts if isinstance(p, Metadata) and p.name == "protection"]


PROTECTING = {
    '<w:writeProtection w:recommended="1"/>': "against changes (writeProtection); recommended=1",
    '<w:writeProtection w:hash="aaaa" w:salt="b"/>': "against changes, by a password (writeProtection)",
    '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>': "against changes (documentProtection); edit=readOnly; enforcement=1",
    '<w:documentProtection w:edit="readOnly" w:enforcement="0"/>': "not enforced (documentProtection); edit=readOnly; enforcement=0",
}


@pytest.mark.parametrize("mark", PROTECTING)
def test_a_mark_against_changes_is_stated_and_the_document_read(mark: str, tmp_path: Path) -> None:
    whole = zipfile.ZipFile(samples.io.BytesIO(samples.document()))
    link = samples._REL.format("s", "settings", "settings.xml")
    rels = "word/_rels/document.xml.rels"
    parts = {name: whole.read(name) for name in whole.namelist()}
    parts[rels] = parts[rels].replace(b"</Relationships>", link.encode() + b"</Relationships>")
    parts["word/settings.xml"] = f'<w:settings xmlns:w="{samples.W}">{mark}</w:settings>'.encode()
    reading, found, _ = read_bytes(samples.zipped(*parts.items()), tmp_path)
    assert reading.state is State.READ
    assert protections(found) == [PROTECTING[mark]]


def test_a_protected_sheet_of_xlsx_is_read_and_says_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.protection.sheet = True
    book.active["A1"] = 7
    written = samples.io.BytesIO()
    book.save(written)
    reading, parts, _ = read_bytes(written.getvalue(), tmp_path)
    assert reading.state is State.READ
    assert [p.name for p in parts if isinstance(p, Metadata) and p.name == "sheetProtection"]


def test_a_protected_sheet_of_xls_is_read_and_says_so(tmp_path: Path) -> None:
    data = Path(trove("testEXCEL_extra_metadata.xls")).read_bytes()
    reading, parts, _ = read_bytes(data, tmp_path)
    assert reading.state is State.READ
    protected = [
        p.at.sheet for p in parts if isinstance(p, Metadata) and p.name == "sheetProtection"
    ]  # type: ignore[union-attr]
    assert protected == ["protected-sheet"]


def test_the_envelope_of_a_message_is_a_property_of_its_own(tmp_path: Path) -> None:
    line = "From nobody@example.org Wed May 23 10:30:00 2018"
    message = "From: a@example.org\nSubject: x\n\nHello\n\n"
    _, parts, _ = read_bytes(f"{line}\n{message}".encode(), tmp_path)
    assert Metadata(Member(0), "from line", line) in parts
    assert codes(parts) == []


def test_a_model_of_solidworks_is_no_document_of_works(tmp_path: Path) -> None:
    data = Path(trove("testsolidworksDrawing2014SP0.SLDDRW")).read_bytes()
    reading, parts, _ = read_bytes(data, tmp_path)
    assert (reading.media_type, reading.state) == ("application/sldworks", State.REFUSED)
    assert [child.relation for child in children(parts)] == [Relation.THUMBNAIL]
