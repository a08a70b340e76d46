"""What is known and not read is refused with what it is and what opens it."""

import gzip
from pathlib import Path

import pytest

from muniment.catalog.next_steps import step_for_state
from muniment.core import Child, State
from muniment.readers.not_read import NOT_READ
from tests.readers.contract import read_bytes
from tests.readers.trove import trove

_R = b"RDX3\nX\n\0\0\0\3\0\4\2\0\0\3\5\0\0\0\0\5UTF-8" + bytes(range(90))
KNOWN = {
    "image/jxl": (b"\xff\x0a" + bytes(range(100)), "djxl"),
    "image/bpg": (b"BPG\xfb" + bytes(range(100)), "bpgdec"),
    "image/vnd.djvu": (b"AT&TFORM\0\0\0\x20DJVU" + bytes(40), "ddjvu"),
    "application/avro": (b"Obj\x01\x04\x14avro.codec\x08null" + bytes(range(200)), "CSV"),
    "application/x-orc": (b"ORC\x0a" + bytes(range(250)) + b"ORC\x17", "orc-contents"),
    "application/x-r-data": (_R, "write.csv"),
}


@pytest.mark.parametrize("media_type", KNOWN)
def test_it_says_what_opens_it(media_type: str, tmp_path: Path) -> None:
    data, tool = KNOWN[media_type]
    reading, parts, _ = read_bytes(data, tmp_path)
    assert (reading.media_type, reading.state) == (media_type, State.REFUSED)
    assert tool in reading.reason
    assert parts == []
    assert "take that in beside it" in step_for_state(reading.state, reading.reason)


def test_every_such_format_is_tried_here() -> None:
    assert set(KNOWN) == set(NOT_READ.media_types)


def test_the_data_of_r_are_known_inside_of_gzip(tmp_path: Path) -> None:
    _, parts, scratch = read_bytes(gzip.compress(_R), tmp_path)
    (child,) = [part for part in parts if isinstance(part, Child)]
    inner = (scratch / child.digest.hex).read_bytes()
    assert read_bytes(inner, tmp_path)[0].media_type == "application/x-r-data"


@pytest.mark.parametrize("name", ["testBPG.bpg", "testDJVU.djvu", "testJXL.jxl"])
def test_real_pictures_of_such_kinds_are_known(name: str, tmp_path: Path) -> None:
    reading, _, _ = read_bytes(Path(trove(name)).read_bytes(), tmp_path)
    assert (reading.state, reading.reader) == (State.REFUSED, NOT_READ.name)


def test_an_encrypted_rar_is_locked_and_says_what_opens_it(tmp_path: Path) -> None:
    reading, _, _ = read_bytes(Path(trove("test-documents-enc.rar")).read_bytes(), tmp_path)
    assert reading.state is State.LOCKED
    assert "unrar" in step_for_state(reading.state, reading.reason)
