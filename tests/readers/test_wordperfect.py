"""WordPerfect documents: text at its bytes, tables, notes, what was undone, what is damaged."""

import struct
from pathlib import Path
from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Chars, Metadata, Part, Role, State, TextSpan
from muniment.readers.wordperfect_document import WORDPERFECT
from muniment.readers.wordperfect_five import tokens_of_five
from muniment.readers.wordperfect_signs import SETS_5, SETS_6, UNKNOWN, sign_of
from muniment.readers.wordperfect_six import tokens_of_six
from tests.readers.contract import ReaderContract, codes, read_bytes
from tests.readers.trove import trove

_FIVE, _SIX = 0, 2
_START = 16


def _document(version: int, text: bytes, *, before: bytes = b"", key: int = 0) -> bytes:
    start = _START + len(before)
    head = struct.pack("<IBBBBHH", start, 1, 10, version, 1, key, _START if before else 0)
    return b"\xffWPC" + head + before + text


def _five(code: int, sub: int, inner: bytes) -> bytes:
    ends = struct.pack("<H", len(inner) + 4)
    return bytes((code, sub)) + ends + inner + ends + bytes((sub, code))


def _six(code: int, sub: int, *packets: int) -> bytes:
    numbers = struct.pack(f"<B{len(packets)}H", len(packets), *packets)
    size = struct.pack("<H", len(numbers) + 10)
    return bytes((code, sub)) + size + b"\x80" + numbers + b"\0\0" + size + bytes((code,))


def _packets(*texts: bytes) -> bytes:
    """The list of packets of text, and the packets."""
    entries, contents = b"", b""
    first = _START + 14 * (len(texts) + 1)
    for text in texts:
        content = struct.pack("<HII", 1, 10, len(text)) + text
        entries += struct.pack("<BBHHII", 8, 8, 1, 0, len(content), first + len(contents))
        contents += content
    return struct.pack("<BBH10x", 2, 5, len(texts) + 1) + entries + contents


_NOTE = _five(0xD6, 0, b"\0\1\0\0" + bytes(11) + b"See page 4.")
_HEADER = _five(0xD5, 0, bytes(18) + b"Office")
_TABLE_5 = (
    _five(0xDC, 1, b"") + b"a" + _five(0xDC, 0, b"") + b"b\nc" + _five(0xDC, 1, b"")
    + b"d" + _five(0xDC, 2, b"")
)  # fmt: skip
_TEXT_5 = _HEADER + b"The list" + _NOTE + b" of \xc0\x1b\x01\xc0\n" + _TABLE_5 + b"Behind.\n"
_PACKETS = _packets(b"A\x80note", b"Left\x80over")
_TEXT_6 = (
    b"Two\x80" + _six(0xD7, 0, 1) + b"words\xcc\xf1\0\1\0\xf1gone\xf1\1\1\0\xf1"
    b"\xc5one\xc6two\xc5three\xbfBehind\xcc"
)
_FULL_5 = _document(_FIVE, _TEXT_5)
_FULL_6 = _document(_SIX, _TEXT_6, before=_PACKETS)


class TestWordPerfect(ReaderContract):
    reader = WORDPERFECT
    samples: ClassVar = {"version 5": _FULL_5, "version 6": _FULL_6}


def _spans(parts: list[Part]) -> list[tuple[str, Role]]:
    return [(part.text, part.role) for part in parts if isinstance(part, TextSpan)]


def _cells(parts: list[Part]) -> list[str]:
    return [part.written for part in parts if isinstance(part, Metadata) and part.name == "cell"]


def test_version_five_in_reading_order(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(_FULL_5, tmp_path)
    assert reading.state is State.READ
    assert _spans(parts) == [
        ("The list of \xe1", Role.BODY),
        ("Office", Role.HEADER),
        ("See page 4.", Role.NOTE),
        ("a", Role.BODY),
        ("b\nc", Role.BODY),
        ("d", Role.BODY),
        ("Behind.", Role.BODY),
    ]
    assert _cells(parts) == [
        "table 1: row 1, column 1",
        "table 1: row 1, column 2",
        "table 1: row 2, column 1",
    ]


def test_version_six_tells_what_was_undone_and_what_is_left_over(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(_FULL_6, tmp_path)
    assert _spans(parts) == [
        ("Two words", Role.BODY),
        ("A note", Role.NOTE),
        ("gone", Role.DELETED),
        ("one", Role.BODY),
        ("two", Role.BODY),
        ("three", Role.BODY),
        ("Behind", Role.BODY),
        ("Left over", Role.DELETED),
    ]
    hidden = [part.text for part in parts if isinstance(part, TextSpan) and part.hidden]
    assert hidden == ["gone", "Left over"]
    assert _cells(parts)[-1] == "table 1: row 2, column 1"


def test_text_stands_at_its_bytes(tmp_path: Path) -> None:
    data = _document(_FIVE, b"One line.\nAnother.\n")
    _, parts, _ = read_bytes(data, tmp_path)
    for part in parts:
        assert isinstance(part, TextSpan)
        assert isinstance(part.at, Chars)
        assert data[part.at.start : part.at.end].decode() == part.text


def test_a_password_locks(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(_document(_FIVE, b"Text", key=0x1234), tmp_path)
    assert reading.state is State.LOCKED
    assert parts == []


def test_a_macro_is_refused_with_what_it_is(tmp_path: Path) -> None:
    data = bytearray(_FULL_5)
    data[9] = 1
    reading, _, _ = read_bytes(bytes(data), tmp_path)
    assert reading.state is State.REFUSED
    assert "kind 1" in reading.reason


def test_a_damaged_function_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    data = _document(_FIVE, b"before\n" + _NOTE[:-1] + b"\nbehind\n")
    _, parts, _ = read_bytes(data, tmp_path)
    assert codes(parts) == ["part-damaged"]
    assert {"before", "behind"} <= {text for text, _ in _spans(parts)}


def test_a_box_and_a_character_that_are_not_read_are_problems(tmp_path: Path) -> None:
    data = _document(_FIVE, b"x" + _five(0xDA, 0, b"") + b"\xc0\1\x0f\xc0\n")
    _, parts, _ = read_bytes(data, tmp_path)
    assert _spans(parts) == [("x" + UNKNOWN, Role.BODY)]
    assert codes(parts) == ["drawing-not-read", "undecodable-bytes"]


def test_characters_of_sets() -> None:
    assert sign_of(SETS_5, 0, 8) == "\u0391"
    assert sign_of(SETS_6, 4, 10) == "\u0412"
    assert sign_of(SETS_6, 28, 4) == "\u2019"
    assert sign_of(SETS_6, 65, 0) == "A"
    assert sign_of(SETS_6, 255, 1) == UNKNOWN


@given(st.binary(max_size=200))
def test_tokens_stand_behind_each_other_within_the_text(data: bytes) -> None:
    for tokens in (tokens_of_five(data, 0, len(data)), tokens_of_six(data, 0, len(data), {})):
        at = 0
        for token in tokens:
            assert at <= token.start < token.end <= len(data)
            at = token.end


def test_real_files_are_read_with_their_places(tmp_path: Path) -> None:
    data = Path(trove("testWordPerfect.wpd")).read_bytes()
    reading, parts, _ = read_bytes(data, tmp_path)
    assert reading.reader == "wordperfect"
    assert _spans(parts)[0] == ("APPENDIX \u2018A\u2019", Role.BODY)
    assert ("this was deleted.", Role.DELETED) in _spans(parts)
