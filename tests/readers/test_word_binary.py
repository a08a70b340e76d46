"""Binary Word documents: text at character positions, with roles, changes and what is inside."""

import hashlib
import io
import struct
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msoffcrypto.method.rc4 import DocumentRC4

from muniment.core import Chars, Child, Field, Metadata, Part, Problem, Role, State, TextSpan
from muniment.readers import ChildSink, Context, Limits, open_source
from muniment.readers.keys import Keys
from muniment.readers.ole_file import ole_of_bytes
from muniment.readers.ole_rewrap import rewrapped
from muniment.readers.signals import LockedError
from muniment.readers.vba_project import VBA_PROJECT, decompressed
from muniment.readers.word_binary import WORD, WORD_BINARY
from tests.readers import samples
from tests.readers import word_binary_samples as doc
from tests.readers.contract import ReaderContract, codes, read_bytes

_MAIN = (
    "First line.\rOld new hidden\rSee \x13 HYPERLINK x \x14there\x15.\rpicture \x01 object \x01\r"
)
_PICTURE = samples.picture()
_RUNS = (
    (12, 15, doc.DELETED),
    (16, 19, doc.INSERTED + doc.by(1, doc.dttm(2018, 5, 23, 10, 30))),
    (20, 26, doc.HIDDEN),
    (len(_MAIN) - 11, len(_MAIN) - 10, doc.SPECIAL + doc.picture_at(0)),
    (len(_MAIN) - 2, len(_MAIN) - 1, doc.SPECIAL + doc.OBJECT + doc.picture_at(77)),
)
_FULL = doc.word_document(
    [_MAIN, "\x02 note\r", "\rHead\rFoot\r", "", "\x05remark\r", "", "box\r"],
    _RUNS,
    tables={
        **doc.authors("Unknown", "A. Writer"),
        **doc.comments(("B. Reader", 8)),
        **doc.headers(1, 1, 1, 1, 1, 1, 6, 6, 6, 11),
        **doc.saved_by("A. Writer", "C:\\lists\\a.doc"),
        **doc.drawings(doc.art(0xF000, 0, doc.art(0xF001, 0, doc.blip(_PICTURE), 0xF), 0xF)),
    },
    streams={
        "Data": doc.inline(_PICTURE),
        "ObjectPool": {"_77": {"\x01Ole10Native": doc.packaged(b"list.csv", b"name\nsomeone\n")}},
        "Macros": doc.macro_project("Модуль".encode("cp1251"), "Sub Найти()\r\n".encode("cp1251")),
    },
)


class TestWordBinary(ReaderContract):
    reader = WORD_BINARY
    samples: ClassVar = {
        "every kind of text": _FULL,
        "8-bit text": doc.word_document(["Caf\xe9 € 5\r"], eight_bit=True),
    }


class TestMacros(ReaderContract):
    reader = VBA_PROJECT
    samples: ClassVar = {
        "one module": doc.compound_file(doc.macro_project(b"Module1", b"Sub Find()\r\nEnd Sub\r\n"))
    }


def _spans(parts: list[Part]) -> list[TextSpan]:
    return [part for part in parts if isinstance(part, TextSpan)]


def test_every_story_has_its_role_and_positions(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_FULL, tmp_path)
    after = len(_MAIN)
    found = [span for span in _spans(parts) if isinstance(span.at, Chars)]
    assert found == [
        TextSpan(Chars(0, 11), "First line."),
        TextSpan(Chars(12, 15), "Old", Role.DELETED),
        TextSpan(Chars(16, 19), "new", Role.INSERTED),
        TextSpan(Chars(20, 26), "hidden", hidden=True),
        TextSpan(Chars(27, 31), "See "),
        TextSpan(Chars(32, 45), " HYPERLINK x ", Role.MARKUP, hidden=True),
        TextSpan(Chars(46, 51), "there"),
        TextSpan(Chars(52, 53), "."),
        TextSpan(Chars(54, 62), "picture "),
        TextSpan(Chars(63, 71), " object "),
        TextSpan(Chars(after + 1, after + 6), " note", Role.NOTE),
        TextSpan(Chars(after + 8, after + 12), "Head", Role.HEADER),
        TextSpan(Chars(after + 13, after + 17), "Foot", Role.FOOTER),
        TextSpan(Chars(after + 19, after + 25), "remark", Role.COMMENT),
        TextSpan(Chars(after + 26, after + 29), "box", Role.BOX),
    ]


def test_who_changed_commented_and_saved_is_stated(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_FULL, tmp_path)
    after = len(_MAIN)
    said = {(part.at, part.name, part.written) for part in parts if isinstance(part, Metadata)}
    assert (Chars(16, 19), "ins by", "A. Writer 2018-05-23T10:30") in said
    assert (Chars(after + 18, after + 26), "comment by", "B. Reader") in said
    assert (Field("saved by"), "saved by", "A. Writer C:\\lists\\a.doc") in said


def test_pictures_and_objects_are_children_where_they_stand(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(_FULL, tmp_path)
    children = [part for part in parts if isinstance(part, Child)]
    assert [(child.name, child.at) for child in children[:2]] == [
        ("list.csv", Chars(71, 72)),
        ("picture 1.png", Chars(62, 63)),
    ]
    assert (scratch / children[0].digest.hex).read_bytes() == b"name\nsomeone\n"
    assert {(scratch / child.digest.hex).read_bytes() for child in children[1:]} == {_PICTURE}


def test_macros_are_text_in_the_projects_code_page(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_FULL, tmp_path)
    macro = TextSpan(Field("Macros/VBA/Модуль"), "Sub Найти()", Role.MARKUP)
    assert macro in parts


def test_a_pair_of_surrogates_takes_two_positions(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(doc.word_document(["\U00020000x\ry\r"]), tmp_path)
    assert _spans(parts) == [TextSpan(Chars(0, 3), "\U00020000x"), TextSpan(Chars(4, 5), "y")]


def _word_95(text: bytes, language: int) -> bytes:
    head = bytearray(struct.pack("<HHHH", 0xA5DC, 104, 0, language).ljust(0x300, b"\0"))
    struct.pack_into("<III", head, 24, 0x300, 0x300 + len(text), 0)
    struct.pack_into("<I", head, 52, len(text))
    return doc.compound_file({"WordDocument": bytes(head) + text})


@pytest.mark.parametrize(
    ("language", "page", "text"),
    [(0x0804, "gbk", "拘留"), (0x0411, "cp932", "名簿"), (0x0419, "cp1251", "Список")],
)
def test_word_95_is_read_in_the_page_of_its_language(
    tmp_path: Path, language: int, page: str, text: str
) -> None:
    raw = text.encode(page)
    _, parts, _ = read_bytes(_word_95(raw + b"\r", language), tmp_path)
    assert _spans(parts) == [TextSpan(Chars(0, len(raw)), text)]


def test_word_2_needs_no_compound_file(tmp_path: Path) -> None:
    head = bytearray(struct.pack("<HHHH", 0xA5DB, 45, 0, 0x0409).ljust(0x180, b"\0"))
    struct.pack_into("<II", head, 24, 0x180, 0x185)
    struct.pack_into("<I", head, 52, 5)
    _, parts, _ = read_bytes(bytes(head) + b"Hello", tmp_path)
    assert _spans(parts) == [TextSpan(Chars(0, 5), "Hello")]


def test_a_text_that_breaks_off_is_said(tmp_path: Path) -> None:
    pieces = struct.pack("<II", 0, 90_000) + struct.pack("<HIH", 0, doc.TEXT_AT, 0)
    table = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    data = doc.word_document(["Here\r"], tables={33: table})
    _, parts, _ = read_bytes(data, tmp_path)
    assert _spans(parts)[0] == TextSpan(Chars(0, 4), "Here")
    assert codes(parts) == ["text-missing"]


def test_a_locked_document_is_locked(tmp_path: Path) -> None:
    data = doc.word_document(["secret\r"])
    at = data.index(struct.pack("<HH", 0xA5EC, 0xC1)) + 11
    reading, parts, _ = read_bytes(data[:at] + bytes([data[at] | 1]) + data[at + 1 :], tmp_path)
    assert reading.state is State.LOCKED
    assert _spans(parts) == []


def _encrypted(secret: str) -> bytes:
    """A document under RC4 ([MS-OFFCRYPTO] §2.3.6); the key stream is msoffcrypto-tool's."""
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    digest = hashlib.md5(verifier).digest()  # noqa: S324 - the format fixes it
    stream = DocumentRC4.decrypt(secret, salt, io.BytesIO(verifier + digest))
    header = struct.pack("<HH", 1, 1) + salt + stream.read()
    ole = ole_of_bytes(doc.word_document(["opened\r"], tables={0: header}))
    document, table = ole.read("WordDocument") or b"", ole.read("1Table") or b""
    head = bytearray(document[:68])
    head[11] |= 1
    struct.pack_into("<I", head, 14, len(header))
    sealed = [
        DocumentRC4.decrypt(secret, salt, io.BytesIO(plain)).read() for plain in (document, table)
    ]
    return doc.compound_file(
        {"WordDocument": bytes(head) + sealed[0][68:], "1Table": header + sealed[1][len(header) :]}
    )


@pytest.mark.parametrize(("secrets", "used"), [(("wrong", "right"), (1,)), (("wrong",), ())])
def test_a_locked_document_opens_with_its_key(
    tmp_path: Path, secrets: tuple[str, ...], used: tuple[int, ...]
) -> None:
    (tmp_path / "object").write_bytes(_encrypted("right"))
    keys = Keys(secrets)
    context = Context(WORD, Limits(), ChildSink(str(tmp_path), Limits()), keys)
    spans: list[TextSpan] = []
    with open_source(str(tmp_path / "object")) as source:
        try:
            spans = _spans(list(WORD_BINARY.read(source, context)))
        except LockedError:
            assert used == ()
    assert spans == ([TextSpan(Chars(0, 6), "opened")] if used else [])
    assert keys.used == used


def test_a_storage_written_out_is_a_compound_file_of_the_same_streams() -> None:
    inner = {"Small": b"abc", "Large": bytes(range(256)) * 40, "Deep": {"Leaf": b"x" * 70}}
    ole = ole_of_bytes(doc.compound_file({"Pool": {"_1": inner}, "Other": b""}))
    again = ole_of_bytes(rewrapped(ole, ("Pool", "_1")))
    assert sorted(again.paths) == [("Deep",), ("Deep", "Leaf"), ("Large",), ("Small",)]
    assert again.read("Large") == inner["Large"]
    assert again.read("Deep", "Leaf") == inner["Deep"]["Leaf"]  # type: ignore[index,call-overload]


def test_the_worked_example_of_compression_unpacks() -> None:
    """[MS-OVBA] §3.2.2: normal compression."""
    packed = bytes.fromhex(
        "01 2f b0 00 23 61 61 61 62 63 64 65 82 66 00 70 61 67 68 69 6a 01 38 08 61 6b 6c 00 30"
        "6d 6e 6f 70 06 71 02 70 04 10 72 73 74 75 76 10 77 78 79 7a 00 3c"
    )
    plain = b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
    assert decompressed(packed) == plain


@given(st.binary(max_size=300))
def test_arbitrary_bytes_unpack_or_are_refused(data: bytes) -> None:
    try:
        decompressed(b"\x01" + data)
    except ValueError:
        return


def test_bytes_that_are_no_document_are_said(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(doc.compound_file({"WordDocument": b"\xec\xa5"}), tmp_path)
    assert reading.state is State.UNREADABLE
    assert [part for part in parts if not isinstance(part, Problem)] == []


_VANISHES, _SHOWS = b"\x3c\x08\x01", b"\x3c\x08\x00"
_LIKE_ITS_STYLE, _UNLIKE_IT = b"\x3c\x08\x80", b"\x3c\x08\x81"


def _style(kind: int, base: int, chpx: bytes) -> bytes:
    """A style of the sheet ([MS-DOC] §2.9.260): a paragraph's (1) or a stretch's (2)."""
    lists = ([b"\0\0"] if kind == 1 else []) + [chpx]
    body = struct.pack("<5H", 0, kind | base << 4, len(lists), 0, 0)
    body += struct.pack("<HHH", 1, ord("s"), 0)
    for properties in lists:
        body += struct.pack("<H", len(properties)) + properties + bytes(len(properties) % 2)
    return struct.pack("<H", len(body)) + body


def _styled_document(words: Sequence[str], runs: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Paragraphs of the styles plain, hiding and based on hiding, in turn; a hiding style 3."""
    sheet = struct.pack("<HHH", 18, 4, 10) + bytes(14)
    sheet += _style(1, 0xFFF, b"") + _style(1, 0, _VANISHES) + _style(1, 1, b"")
    sheet += _style(2, 0xFFF, _VANISHES)
    text = "".join(word + "\r" for word in words)
    ends = [0, *accumulate(2 * len(word) + 2 for word in words)]
    page = bytearray(512)
    struct.pack_into(f"<{len(ends)}I", page, 0, *(doc.TEXT_AT + end for end in ends))
    for number in range(len(words)):
        at = 480 - 4 * number
        page[4 * len(ends) + 13 * number] = at // 2
        page[at : at + 4] = struct.pack("<BHB", 2, number % 3, 0)
    page[511] = len(words)
    place = struct.pack("<III", doc.TEXT_AT, doc.TEXT_AT + ends[-1], doc.TEXT_AT // 512 + 1)
    behind = "\0" * (256 - len(text)) + bytes(page).decode("utf-16-le", "surrogatepass")
    return doc.word_document([text], runs, tables={1: sheet, 13: place}, more=behind)


STYLED: dict[str, tuple[list[tuple[int, int, bytes]], list[bool]]] = {
    "by the paragraph's style alone": ([], [False, True, True]),
    "that shows itself": ([(4, 7, _SHOWS)], [False, False, True]),
    "that is like its style": ([(4, 7, _LIKE_ITS_STYLE)], [False, True, True]),
    "that is unlike its style": ([(0, 3, _UNLIKE_IT), (4, 7, _UNLIKE_IT)], [True, False, True]),
    "with a hiding style of its own": (
        [(0, 3, b"\x30\x4a\x03\0"), (4, 7, b"\x30\x4a\x03\0")],
        [True, False, True],
    ),
}


@pytest.mark.parametrize("sort", STYLED)
def test_text_is_hidden_by_its_style(tmp_path: Path, sort: str) -> None:
    runs, hidden = STYLED[sort]
    _, parts, _ = read_bytes(_styled_document(["one", "two", "six"], runs), tmp_path)
    spans = [part for part in parts if isinstance(part, TextSpan)]
    assert [span.text for span in spans][:3] == ["one", "two", "six"]
    assert [span.hidden for span in spans][:3] == hidden
