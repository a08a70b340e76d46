"""Outlook's messages and stores: what they announce comes out, and can be checked elsewhere."""

import json
import struct
from pathlib import Path
from typing import ClassVar

import pypff  # type: ignore[import-not-found]
import pytest
from compressed_rtf import compress
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Chars, Child, Field, Metadata, Part, Problem, Relation, State, TextSpan
from muniment.readers.mapi_property import filetime
from muniment.readers.mapi_record import MAPI_RECORD
from muniment.readers.outlook_express import OUTLOOK_EXPRESS
from muniment.readers.outlook_message import OUTLOOK_MESSAGE
from muniment.readers.outlook_store import OUTLOOK_STORE
from muniment.readers.rtf_body import rtf_text
from muniment.readers.rtf_packed import unpacked_rtf
from muniment.readers.tnef_file import TNEF_FILE
from tests.readers import mail_stores
from tests.readers.contract import ReaderContract, codes, read_bytes

_MAIL = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: one\r\n\r\nBody of some length\r\n"


def texts(parts: list[Part]) -> list[str]:
    return [part.text for part in parts if isinstance(part, TextSpan)]


def children(parts: list[Part]) -> list[Child]:
    return [part for part in parts if isinstance(part, Child)]


def _record() -> bytes:
    row = ["0037001F", "PR_SUBJECT", "清单"]
    record = {
        "muniment-mapi-record": 1,
        "node": 5,
        "properties": [row, ["10130102", "PR_HTML", {"binary": "PHA+aGk="}]],
        "recipients": [[["3001001F", "PR_DISPLAY_NAME", "Somebody"]]],
        "attachments": [
            {"properties": [], "file": {"sha256": "00", "size": 3}, "record": None},
            {
                "properties": [["37050003", "PR_ATTACH_METHOD", 5]],
                "file": None,
                "record": {
                    "node": 6,
                    "properties": [["1000001F", "PR_BODY", "inside"]],
                    "recipients": [],
                    "attachments": [],
                    "troubles": [],
                },
            },
        ],
        "troubles": [],
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


class TestOutlookMessage(ReaderContract):
    reader = OUTLOOK_MESSAGE
    samples: ClassVar = {"a message in a message": mail_stores.outlook_message()}


class TestTnef(ReaderContract):
    reader = TNEF_FILE
    samples: ClassVar = {"a body and a file": mail_stores.tnef()}


class TestOutlookStore(ReaderContract):
    reader = OUTLOOK_STORE
    samples: ClassVar = {"Unicode": mail_stores.outlook_store()}


class TestMapiRecord(ReaderContract):
    reader = MAPI_RECORD
    samples: ClassVar = {"a message in a message": _record()}


class TestOutlookExpress(ReaderContract):
    reader = OUTLOOK_EXPRESS
    samples: ClassVar = {"two messages": mail_stores.outlook_express(_MAIL, _MAIL * 2)}


def test_an_outlook_message_is_read_with_all_its_bodies(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(mail_stores.outlook_message(), tmp_path)
    assert reading.state is State.READ
    spans = [(p.at, p.text) for p in parts if isinstance(p, TextSpan)]
    assert (Field("PR_SUBJECT"), "清单 list") in spans
    assert (Chars(0, 13, "1"), "See the list.") in spans
    assert (Chars(3, 25, "2"), "See the list é.") in spans
    assert any(
        at.section == "3" and text == "Wrapped" for at, text in spans if isinstance(at, Chars)
    )
    assert (Chars(0, 12, "4.2.1"), "found inside") in spans
    assert Metadata(Field("PR_CLIENT_SUBMIT_TIME"), "PR_CLIENT_SUBMIT_TIME",
                    "2018-05-23T10:30:00Z") in parts  # fmt: skip
    assert Metadata(Field("recipient"), "PR_EMAIL_ADDRESS", "b@example.org") in parts
    name = "PS_PUBLIC_STRINGS/Keywords"
    assert Metadata(Field(name), name, "urgent") in parts


def test_files_of_a_message_inside_come_out_and_references_are_told(tmp_path: Path) -> None:
    reading, parts, scratch = read_bytes(mail_stores.outlook_message(), tmp_path)
    found = children(parts)
    assert [(c.name, c.at) for c in found] == [
        ("список.csv", Chars(0, 0, "4.1")),
        ("список.csv", Chars(0, 0, "4.2.4.1")),
    ]
    assert (scratch / found[0].digest.hex).read_bytes() == b"1,2\n"
    assert (reading.announced, reading.emitted, reading.failed) == (3, 2, 1)
    assert "attachment-elsewhere" in codes(parts)


def test_winmail_is_read_in_its_code_page(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(mail_stores.tnef(), tmp_path)
    assert texts(parts) == ["список", "See it."]
    (child,) = children(parts)
    assert (child.name, (scratch / child.digest.hex).read_bytes()) == ("list.csv", b"1,2\n")
    name = "PS_PUBLIC_STRINGS/Keywords"
    assert Metadata(Field(name), name, "urgent") in parts


VERSIONS = {
    "ANSI": (14, 1),
    "Unicode, permuted": (23, 1),
    "Unicode, plain": (23, 0),
    "Unicode, cyclic": (23, 2),
    "large pages, deflated": (36, 0),
}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_store_gives_messages_files_and_what_its_folder_forgot(
    version: str, tmp_path: Path
) -> None:
    data = mail_stores.outlook_store(*VERSIONS[version])
    reading, parts, scratch = read_bytes(data, tmp_path)
    assert (reading.state, reading.failed) == (State.READ, 0)
    found = children(parts)
    assert [(c.relation, c.name, dict(c.stated)["folder"]) for c in found] == [
        (Relation.ATTACHMENT, "список.csv", "/Входящие"),
        (Relation.RENDERED, "清单 list", "/Входящие"),
        (Relation.ATTACHMENT, "список.csv", "/Входящие"),
        (Relation.RENDERED, "second", "/Входящие"),
        (Relation.RENDERED, "lost", "/recovered"),
    ]
    assert (scratch / found[0].digest.hex).read_bytes() == mail_stores.FILE
    assert "password-not-needed" in codes(parts)


def test_the_record_of_a_message_is_read_like_a_message(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(mail_stores.outlook_store(), tmp_path)
    second = children(parts)[3]
    record = (scratch / second.digest.hex).read_bytes()
    file = children(parts)[2]
    assert file.digest.hex.encode() in record
    reading, inner, _ = read_bytes(record, tmp_path)
    assert (reading.reader, reading.state, reading.failed) == ("mapi-record", State.READ, 0)
    assert (
        Metadata(Field("PR_SENT_REPRESENTING_NAME"), "PR_SENT_REPRESENTING_NAME", "Кто-то") in inner
    )
    assert "second" in texts(inner)
    assert "inside" in texts(inner)
    assert any(text.startswith("Two paragraphs.") for text in texts(inner))


def test_what_a_folder_announces_and_has_not_is_told(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(mail_stores.outlook_store(announced=7), tmp_path)
    assert reading.failed == 5
    problem = next(p for p in parts if isinstance(p, Problem) and p.code == "members-missing")
    assert problem.at == Field("/Входящие")


def test_outlook_express_gives_each_message_with_its_bytes(tmp_path: Path) -> None:
    data = mail_stores.outlook_express(_MAIL, _MAIL * 2, announced=3)
    reading, parts, scratch = read_bytes(data, tmp_path)
    assert [(scratch / c.digest.hex).read_bytes() for c in children(parts)] == [_MAIL, _MAIL * 2]
    assert (reading.announced, reading.failed) == (3, 1)


@given(st.binary(max_size=3_000))
def test_compressed_rtf_is_undone_as_the_library_compresses_it(data: bytes) -> None:
    unpacked = unpacked_rtf(compress(data))
    assert (unpacked.data, unpacked.wrong) == (data, "")


@given(st.binary(max_size=400))
def test_rtf_never_raises(data: bytes) -> None:
    rtf_text(data)
    unpacked_rtf(data)
    unpacked_rtf(struct.pack("<II4sI", len(data) + 12, 9, b"LZFu", 0) + data)


RTF = {
    b"{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'f0\\'e8\\'e2\\'e5\\'f2\\par again}": "Привет\nagain",
    b"{\\rtf1\\u28165?\\u21333 ? x}": "清单 x",
    b"{\\rtf1{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0\\'c7\\'e5}": "清",
    b"{\\rtf1{\\*\\unknown hidden}\\{a\\}}": "{a}",
    b"{\\rtf1\\u-10179?\\u-8704?}": "\U0001f600",
}


@pytest.mark.parametrize("rtf", RTF)
def test_rtf_is_shown_as_text(rtf: bytes) -> None:
    assert rtf_text(rtf).text == RTF[rtf]


TIMES = {
    0: "1601-01-01T00:00:00Z",
    131_715_450_000_000_000: "2018-05-23T10:30:00Z",
    131_715_450_000_000_001: "2018-05-23T10:30:00.0000001Z",
    (1 << 64) - 1: str((1 << 64) - 1),
}


@pytest.mark.parametrize("ticks", TIMES)
def test_a_filetime_is_written_in_utc(ticks: int) -> None:
    assert filetime(ticks) == TIMES[ticks]


def _by_pypff(path: Path) -> dict[int, tuple[str, int]]:
    """Subject and number of properties of each message, as libpff sees them."""
    found = {}
    file = pypff.file()
    file.open(str(path))
    pending = [file.root_folder]
    while pending:
        folder = pending.pop()
        for message in folder.sub_messages:
            entries = sum(record.number_of_entries for record in message.record_sets)
            found[message.identifier] = (message.subject, entries)
        pending.extend(folder.sub_folders)
    file.close()
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_stores_written_here_are_stores_to_libpff_too(version: str, tmp_path: Path) -> None:
    path = tmp_path / "store"
    path.write_bytes(mail_stores.outlook_store(*VERSIONS[version], lost=False))
    found = _by_pypff(path)
    assert sorted(subject for subject, _ in found.values()) == ["second", "清单 list"]
    _, parts, scratch = read_bytes(path.read_bytes(), tmp_path)
    second = (scratch / children(parts)[3].digest.hex).read_bytes()
    assert b'"PR_CONVERSATION_TOPIC","about second"' in second


def test_real_stores_hold_what_libpff_sees(real_material: Path, tmp_path: Path) -> None:
    for path in sorted((real_material / "trove" / "tika").glob("*.pst")):
        _, parts, scratch = read_bytes(path.read_bytes(), tmp_path)
        ours = {}
        for child in children(parts):
            if child.relation is Relation.RENDERED:
                record = json.loads((scratch / child.digest.hex).read_bytes())
                ours[record["node"]] = (child.name, len(record["properties"]))
        assert ours == _by_pypff(path), path.name
