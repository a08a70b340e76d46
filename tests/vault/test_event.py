"""One event has one line, and only that line is read back."""

import contextlib
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Digest, canonical_json, digest_of
from muniment.vault.event import (
    LINE_LIMIT,
    EventDraft,
    Outcome,
    decode_event,
    encode_event,
    parse_time,
    print_time,
)

AT = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
PREV = digest_of(b"before")
DRAFT = EventDraft(
    event="fixity check",
    actor="archivist-2",
    tool="muniment 0.1.0",
    objects=(digest_of(b"a"), digest_of(b"b")),
    outcome=Outcome.WARNING,
    detail={"checked": 2, "note": "刻字\n"},
)
LINE = (
    '{"actor":"archivist-2","at":"2026-01-02T03:04:05.000678Z",'
    '"detail":{"checked":2,"note":"刻字\\n"},"event":"fixity check","objects":['
    '"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",'
    '"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"],'
    '"outcome":"warning",'
    '"prev":"cb2d6ef60ea8a2a20b41cf79ae1a8a1b5bba2c1de36b2b7ceb6ba7d1e4a2c5fd",'
    '"seq":7,"tool":"muniment 0.1.0"}'
).replace("cb2d6ef60ea8a2a20b41cf79ae1a8a1b5bba2c1de36b2b7ceb6ba7d1e4a2c5fd", PREV.hex)

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def test_an_event_is_written_as_it_was_when_the_format_was_fixed() -> None:
    line, event = encode_event(DRAFT, 7, PREV, AT)
    assert line.decode() == LINE
    assert event.leaf.hex == digest_of(b"\x00" + line).hex


def test_what_was_written_is_read_back() -> None:
    line, event = encode_event(DRAFT, 7, PREV, AT)
    assert decode_event(line) == event


@given(st.dictionaries(st.text(), values, max_size=5), st.integers(0, 2**53 - 1))
def test_any_detail_is_read_back(detail: dict[str, Any], seq: int) -> None:
    draft = EventDraft(event="e", actor="a", tool="t", detail=detail)
    line, event = encode_event(draft, seq, PREV, AT)
    assert b"\n" not in line
    assert decode_event(line) == event


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_no_event_and_nothing_worse(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 the message is the decoder's
        decode_event(data)


@given(st.data())
def test_a_changed_byte_is_never_the_same_event(data: st.DataObject) -> None:
    line, event = encode_event(DRAFT, 7, PREV, AT)
    at = data.draw(st.integers(0, len(line) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != line[at]))
    changed = line[:at] + bytes([byte]) + line[at + 1 :]
    with contextlib.suppress(ValueError):
        assert decode_event(changed).leaf != event.leaf


def _line(**changes: Any) -> bytes:
    members = {
        "actor": "a",
        "at": "2026-01-02T03:04:05.000000Z",
        "detail": {},
        "event": "e",
        "objects": [],
        "outcome": "success",
        "prev": "0" * 64,
        "seq": 0,
        "tool": "t",
    }
    return canonical_json(members | changes)


BAD_LINES = {
    "a member that events do not have": _line(purpose="x"),
    "a member missing": _line().replace(b',"tool":"t"', b""),
    "white space": _line().replace(b'"seq":0', b'"seq": 0'),
    "members in another order": b'{"tool":"t",' + _line()[1:].replace(b',"tool":"t"', b""),
    "a member twice": _line().replace(b'"seq":0', b'"seq":0,"seq":0'),
    "an escaped letter": _line().replace(b'"a"', b'"\\u0061"'),
    "a float": _line(detail={"n": 7}).replace(b'"n":7', b'"n":7.5'),
    "a whole float": _line(detail={"n": 7}).replace(b'"n":7', b'"n":7.0'),
    "a huge number": _line(detail={"n": 7}).replace(b'"n":7', b'"n":' + b"9" * 5000),
    "not a number": _line(detail={"n": 7}).replace(b'"n":7', b'"n":NaN'),
    "nested too deeply": _line(detail={"n": 7}).replace(b"7", b"[" * 90_000 + b"]" * 90_000),
    "a time without its zone": _line(at="2026-01-02T03:04:05.000000"),
    "a time in another zone": _line(at="2026-01-02T03:04:05.000000+00:00"),
    "a day that does not exist": _line(at="2026-02-30T03:04:05.000000Z"),
    "an upper-case digest": _line(prev="A" * 64),
    "a digest in its other spelling": _line(objects=[digest_of(b"").ni]),
    "a short digest": _line(prev="0" * 63),
    "an outcome that does not exist": _line(outcome="fine"),
    "a negative position": _line(seq=-1),
    "no actor": _line(actor=""),
    "invalid UTF-8": _line(actor="ab").replace(b"ab", b"a\xff"),
    "a newline at the end": _line() + b"\n",
    "more than a line may hold": _line(actor="a" * LINE_LIMIT),
    "an array": b"[]",
    "nothing": b"",
}


@pytest.mark.parametrize("what", BAD_LINES)
def test_no_other_line_is_read(what: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 the message is the decoder's
        decode_event(BAD_LINES[what])


def test_the_plain_line_of_these_cases_is_good() -> None:
    assert decode_event(_line()).prev == Digest(bytes(32))


def test_an_event_that_cannot_be_written_is_refused() -> None:
    bad = {
        "a float": {"n": 0.5},
        "bytes": {"n": b""},
        "a lone surrogate": {"n": "\ud800"},
        "more than a line may hold": {"n": "x" * LINE_LIMIT},
    }
    for what, detail in bad.items():
        draft = EventDraft(event="e", actor="a", tool="t", detail=detail)
        with pytest.raises(ValueError):  # noqa: PT011 each has its own message
            encode_event(draft, 0, PREV, AT)
        assert what
    with pytest.raises(ValueError, match="actor"):
        EventDraft(event="e", actor="", tool="t")


@given(st.datetimes(timezones=st.just(timezone(timedelta(hours=5, minutes=45)))))
def test_a_time_in_any_zone_is_written_in_utc_and_read_back(moment: datetime) -> None:
    try:
        written = print_time(moment)
    except OverflowError:
        return  # within hours of year 1 or 9999 the zone shift leaves the calendar
    assert parse_time(written) == moment


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        print_time(datetime(2026, 1, 1))  # noqa: DTZ001 that is the point
