"""What is known and not read is refused with what it is and what opens it."""

import gzip
import struct
from pathlib import Path
from typing import ClassVar

import pytest

from muniment.catalog.next_steps import step_for_state
from muniment.core import Child, State
from muniment.readers.disk_images import DISK_IMAGE
from muniment.readers.no_document import NO_DOCUMENT
from muniment.readers.not_read import NOT_READ
from tests.readers.contract import RefusalContract, read_bytes
from tests.readers.trove import trove

_R = b"RDX3\nX\n\0\0\0\3\0\4\2\0\0\3\5\0\0\0\0\5UTF-8" + bytes(range(90))
KNOWN = {
    "image/jxl": (b"\xff\x0a" + bytes(range(100)), "djxl"),
    "image/bpg": (b"BPG\xfb" + bytes(range(100)), "bpgdec"),
    "image/vnd.djvu": (b"AT&TFORM\0\0\0\x20DJVU" + bytes(40), "ddjvu"),
    "application/avro": (b"Obj\x01\x04\x14avro.codec\x08null" + bytes(range(200)), "CSV"),
    "application/x-orc": (b"ORC\x0a" + bytes(range(250)) + b"ORC\x17", "orc-contents"),
    "application/x-r-data": (_R, "write.csv"),
    "application/vnd.sqlite3-wal": (bytes.fromhex("377f0682002de218") + bytes(40), "beside"),
}


class TestNotRead(RefusalContract):
    reader = NOT_READ
    state = State.REFUSED
    samples: ClassVar = {media_type: data for media_type, (data, _) in KNOWN.items()}


_BOOT_SECTOR = b"\xeb\x52\x90NTFS    ".ljust(510, b"\0") + b"\x55\xaa"


class TestDiskImages(RefusalContract):
    reader = DISK_IMAGE
    state = State.REFUSED
    samples: ClassVar = {
        "of a Macintosh": b"\0" * 1024 + b"koly" + struct.pack(">II", 4, 512) + bytes(500),
        "of VMware": b"KDMV" + bytes(600),
        "of QEMU": b"QFI\xfb" + bytes(600),
        "a sector that starts NTFS": _BOOT_SECTOR + bytes(512),
    }


class TestNoDocument(RefusalContract):
    reader = NO_DOCUMENT
    state = State.REFUSED
    samples: ClassVar = {
        "a program for Linux": b"\x7fELF\x02\x01\x01" + bytes(200),
        "a program for Windows": b"MZ".ljust(60, b"\0")
        + struct.pack("<I", 64)
        + b"PE\0\0"
        + bytes(60),
        "a program of Java": bytes.fromhex("cafebabe00000034") + bytes(60),
        "a font": b"wOF2" + bytes(60),
    }


class TestLockedWholly(RefusalContract):
    reader = NO_DOCUMENT
    state = State.LOCKED
    samples: ClassVar = {
        "a disk": b"LUKS\xba\xbe\0\x01" + bytes(600),
        "a file of OpenSSL": b"Salted__" + bytes(range(64)),
        "a file of age": b"age-encryption.org/v1\n" + bytes(range(64)),
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
