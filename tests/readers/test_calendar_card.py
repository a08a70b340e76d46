"""Calendars and address cards: every property at its lines, and the files written into them."""

from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Chars, Child, Metadata, Tally, TextSpan
from muniment.readers.calendar_card import ADDRESS_CARD, CALENDAR, _lines
from tests.readers.contract import ReaderContract, codes, read_bytes

_EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Asia/Urumqi:20180523T103000\r\n"
    'ATTENDEE;CN="Nobody, A.";ROLE=CHAIR:mailto:n@example.org\r\nSUMMARY:Встре\r\n ча\r\n'
    "DESCRIPTION:One\\nTwo\\, three\r\nATTACH;ENCODING=BASE64;VALUE=BINARY;FMTTYPE=text/plain:\r\n"
    " aGVs\r\n bG8=\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
_CARD = (
    "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=GB2312;ENCODING=QUOTED-PRINTABLE:=C3=FB=\n=B5=A5;\n"
    "FN:Nobody\nitem1.TEL;WORK:123\nPHOTO;ENCODING=b;TYPE=GIF:R0lG\n ODlh\n\nEND:VCARD\n"
)


class TestCalendar(ReaderContract):
    reader = CALENDAR
    samples: ClassVar = {"an event": _EVENT.encode()}


class TestAddressCard(ReaderContract):
    reader = ADDRESS_CARD
    samples: ClassVar = {"a card": _CARD.encode()}


def test_an_event_is_read_at_its_lines(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(_EVENT.encode(), tmp_path)
    spans = {part.text: part.at for part in parts if isinstance(part, TextSpan)}
    assert list(spans) == ["Nobody, A. mailto:n@example.org", "Встреча", "One\nTwo, three"]
    at = spans["Встреча"]
    assert isinstance(at, Chars)
    assert _EVENT[at.start : at.end] == "SUMMARY:Встре\r\n ча"
    start = next(p for p in parts if isinstance(p, Metadata) and p.name.startswith("DTSTART"))
    assert (start.name, start.written) == ("DTSTART;TZID=Asia/Urumqi", "20180523T103000")
    assert Tally(parts[1].at, "VCALENDAR", 1) in parts
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert (scratch / child.digest.hex).read_bytes() == b"hello"


def test_a_fold_inside_a_letter_costs_no_letter(tmp_path: Path) -> None:
    data = _EVENT.encode().replace("ре\r\n ".encode(), "р".encode() + b"\xd0\r\n \xb5")
    assert len(data) == len(_EVENT.encode())
    _, parts, _ = read_bytes(data, tmp_path)
    assert "Встреча" in [part.text for part in parts if isinstance(part, TextSpan)]
    assert codes(parts) == []


def test_a_card_is_read_in_its_charset(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(_CARD.encode(), tmp_path)
    assert [p.text for p in parts if isinstance(p, TextSpan)] == ["名单;", "Nobody", "123"]
    (child,) = [part for part in parts if isinstance(part, Child)]
    assert (scratch / child.digest.hex).read_bytes() == b"GIF89a"


BROKEN = {
    "no end": ("BEGIN:VCARD\r\nFN:Nobody\r\n", "component-unended"),
    "a line that is no property": ("BEGIN:VCARD\r\nwhat\r\nFN:x\r\nEND:VCARD", "line-damaged"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_wrong_is_told(what: str, tmp_path: Path) -> None:
    data, code = BROKEN[what]
    assert code in codes(read_bytes(data.encode(), tmp_path)[1])


@given(st.text(alphabet='aA:;="\r\n \t,é', max_size=200))
def test_lines_lie_one_after_the_other(text: str) -> None:
    position = 0
    for line in _lines(text):
        assert position <= line.at.start <= line.at.end <= len(text)
        position = line.at.end
