"""Mailboxes: as many messages as begin come out, each with its exact bytes."""

import mailbox
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muniment.core import Child
from muniment.readers.limits import DEFAULT_LIMITS
from muniment.readers.mailbox_file import MAILBOX_FILE, MMDF_FILE
from muniment.readers.reader import Context
from muniment.readers.sink import ChildSink
from muniment.readers.source import open_source
from tests.readers import samples
from tests.readers.contract import ReaderContract, codes, read_bytes

_LINE = b"From a@example.org Wed May 23 10:30:00 2018\n"
_ONE = b"From: a@example.org\nTo: b@example.org\nSubject: one\n\nBody\n"
_TWO = _ONE.replace(b"one", b"two")
_MARK = b"\x01\x01\x01\x01\n"


def _with_length(message: bytes) -> bytes:
    head, _, body = message.partition(b"\n\n")
    return head + b"\nContent-Length: %d\n\n" % len(body) + body


class TestMailbox(ReaderContract):
    reader = MAILBOX_FILE
    samples: ClassVar = {"two messages": samples.mailbox()}


class TestMmdf(ReaderContract):
    reader = MMDF_FILE
    samples: ClassVar = {"two messages": _MARK + _ONE + _MARK + _MARK + _TWO + _MARK}


_INSIDE = _ONE.replace(b"Body\n", b"Body\n\n" + _LINE + _TWO)
MAILBOXES: dict[str, tuple[bytes, list[bytes]]] = {
    "an empty line between": (_LINE + _ONE + b"\n" + _LINE + _TWO + b"\n", [_ONE, _TWO]),
    "no empty line between": (_LINE + _ONE + _LINE + _TWO, [_ONE, _TWO]),
    "line ends of Windows": (
        (_LINE + _ONE + b"\n" + _LINE + _TWO + b"\n").replace(b"\n", b"\r\n"),
        [_ONE.replace(b"\n", b"\r\n"), _TWO.replace(b"\n", b"\r\n")],
    ),
    "a line of text that begins with From": (
        _LINE + _ONE + b"\nFrom here on, text.\n\n" + _LINE + _TWO,
        [_ONE + b"\nFrom here on, text.\n", _TWO],
    ),
    "quoted From lines": (
        _LINE + _ONE + b"\n>" + _LINE + b"\n" + _LINE + _TWO,
        [_ONE + b"\n>" + _LINE, _TWO],
    ),
    "Netscape's From line": (
        b"From - Wed May 23 10:30:00 2018\nX-Mozilla-Status: 0001\n" + _ONE,
        [b"X-Mozilla-Status: 0001\n" + _ONE],
    ),
    "a mailbox inside a message, with lengths": (
        _LINE + _with_length(_INSIDE) + b"\n" + _LINE + _with_length(_TWO) + b"\n",
        [_with_length(_INSIDE), _with_length(_TWO)],
    ),
    "a length that hides a message": (
        _LINE + _ONE.replace(b"\n\n", b"\nContent-Length: 120\n\n", 1) + b"\n" + _LINE + _TWO,
        [_ONE.replace(b"\n\n", b"\nContent-Length: 120\n\n", 1), _TWO],
    ),
    "a message without a body": (
        _LINE + b"From: a@example.org\nSubject: x\n\n" + _LINE + _TWO,
        [b"From: a@example.org\nSubject: x\n", _TWO],
    ),
    "bytes of no encoding": (
        _LINE + _ONE + b"\x00\xff\xfe\x81" * 50 + b"\n\n" + _LINE + _TWO,
        [_ONE + b"\x00\xff\xfe\x81" * 50 + b"\n", _TWO],
    ),
}


def _messages(data: bytes, folder: Path) -> list[bytes]:
    reading, parts, scratch = read_bytes(data, folder)
    children = [part for part in parts if isinstance(part, Child)]
    assert reading.announced == reading.emitted == len(children)
    return [(scratch / child.digest.hex).read_bytes() for child in children]


@pytest.mark.parametrize("what", MAILBOXES)
def test_each_message_comes_out_with_its_bytes(what: str, tmp_path: Path) -> None:
    data, expected = MAILBOXES[what]
    assert _messages(data, tmp_path) == expected


def test_messages_are_found_across_windows(tmp_path: Path) -> None:
    filler = b"a line of text that goes on and on\n" * 40_000
    data = b"".join(_LINE + _ONE + filler + b"\n" for _ in range(9))
    assert len(_messages(data, tmp_path)) == 9


def test_bytes_before_the_first_message_are_told(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(b"\n\n" + _LINE + _ONE, tmp_path)
    assert "bytes-outside" not in codes(parts)


@given(st.lists(st.sampled_from([_ONE, _TWO, _INSIDE]), min_size=1, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lengths_are_believed_where_all_fit(tmp_path: Path, messages: list[bytes]) -> None:
    stated = [_with_length(message) for message in messages]
    (tmp_path / "box").write_bytes(b"".join(_LINE + message + b"\n" for message in stated))
    sink = ChildSink(str(tmp_path), DEFAULT_LIMITS)
    with open_source(str(tmp_path / "box")) as source:
        parts = list(MAILBOX_FILE.read(source, Context("application/mbox", DEFAULT_LIMITS, sink)))
    found = [part for part in parts if isinstance(part, Child)]
    assert [(tmp_path / child.digest.hex).read_bytes() for child in found] == stated


def test_real_mailboxes_hold_what_the_library_counts(real_material: Path, tmp_path: Path) -> None:
    for path in sorted((real_material / "trove" / "tika").glob("*.mbox")):
        copy = tmp_path / path.name
        copy.write_bytes(path.read_bytes())
        reading, _, _ = read_bytes(path.read_bytes(), tmp_path)
        assert reading.emitted == reading.announced
        box = mailbox.mbox(copy)
        assert reading.emitted == len(box), path.name
        box.close()
