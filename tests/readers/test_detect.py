"""The type of an object is what its bytes are."""

import struct
from pathlib import Path

import pytest

from muniment.core import State
from muniment.readers import READERS, open_source
from muniment.readers.detect import detect
from muniment.readers.known_readers import known
from muniment.readers.magic_library import libmagic_condition
from tests.readers import samples
from tests.readers.contract import read_bytes


def ole(*names: str) -> bytes:
    """A compound file of one directory sector with these names ([MS-CFB] §2.2, 2.6)."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)  # the directory begins in sector 1
    struct.pack_into("<109I", header, 76, 0, *([0xFFFFFFFF] * 108))  # the FAT is sector 0
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFF] * 126))
    entries = b""
    nobody = 0xFFFFFFFF
    for number, name in enumerate(names, 1):
        raw = name.encode("utf-16-le")
        # The root's child is the next entry; each entry's right sibling is the one behind it.
        following = number if number < len(names) else nobody
        links = (nobody, nobody, following) if number == 1 else (nobody, following, nobody)
        entries += raw.ljust(64, b"\0") + struct.pack("<HH3I", len(raw) + 2, 0, *links) + bytes(48)
    return bytes(header) + fat + entries.ljust(512, b"\0")


KINDS = {
    "PDF after some bytes": (b"\n\n%PDF-1.4"[1:], "application/pdf"),
    "encrypted OOXML": (ole("Root Entry", "EncryptedPackage"), "application/x-ooxml-encrypted"),
    "doc": (ole("Root Entry", "WordDocument"), "application/msword"),
    "xls": (ole("Root Entry", "Workbook"), "application/vnd.ms-excel"),
    "msg": (ole("Root Entry", "__properties_version1.0"), "application/vnd.ms-outlook"),
    "OLE of no known kind": (ole("Root Entry"), "application/x-ole-storage"),
    "RTF": (b"{\\rtf1 text}", "application/rtf"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4", "application/x-7z-compressed"),
    "ODT": (
        samples.zipped(("mimetype", b"application/vnd.oasis.opendocument.text"), method=0),
        "application/vnd.oasis.opendocument.text",
    ),
    "a zip that lies about its kind": (
        samples.zipped(("mimetype", b"application/x y\n<script>"), method=0),
        "application/zip",
    ),
    "HTML behind a comment": (b"<!-- a --> <!DOCTYPE html><p>x", "text/html"),
    "XML without a declaration": (b"<list><a/></list>", "application/xml"),
    "mail": (b"Subject: x\nFrom: a\n\nbody", "message/rfc822"),
    "prose with a colon": (b"Note: this is prose.\nAnd: more.\n", "text/plain"),
    "less-than in prose": (b"a < b and b > c", "text/plain"),
}


@pytest.mark.parametrize("sort", KINDS)
def test_bytes_decide_the_type(tmp_path: Path, sort: str) -> None:
    data, expected = KINDS[sort]
    (tmp_path / "object").write_bytes(data)
    with open_source(str(tmp_path / "object")) as source:
        assert detect(source, known(READERS)) == expected


def test_an_encrypted_office_document_is_locked(tmp_path: Path) -> None:
    reading, _, _ = read_bytes(ole("Root Entry", "EncryptedPackage"), tmp_path)
    assert reading.state is State.LOCKED


def test_binary_without_a_name_is_refused_by_its_type(tmp_path: Path) -> None:
    reading, _, _ = read_bytes(bytes(range(256)) * 4, tmp_path)
    assert reading.state is State.REFUSED
    assert reading.reason.startswith("no reader yet for ")


def test_the_condition_of_libmagic_says_what_to_do() -> None:
    assert libmagic_condition() == "" or "install libmagic1" in libmagic_condition()
