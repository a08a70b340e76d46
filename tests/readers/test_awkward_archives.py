"""Archives that hold more than their lists say, or are packed as few are: all of it comes out."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import py7zr
import pytest

from muniment.core import Child, Metadata, Part, State, digest_of
from muniment.readers.zstandard import zstd
from tests.readers.contract import codes, read_bytes
from tests.readers.samples import tarred, zipped

_ONE, _OTHER = b"the list of the first hall\n", b"the list of the second hall\n"


def _children(parts: list[Part]) -> list[Child]:
    return [part for part in parts if isinstance(part, Child)]


def _contents(parts: list[Part], folder: Path) -> list[bytes]:
    return [(folder / child.digest.hex).read_bytes() for child in _children(parts)]


def _hidden_between() -> bytes:
    """A zip with an entry in front of its directory that the directory does not list."""
    shown, other = zipped(("shown.txt", _ONE)), zipped(("hidden.txt", _OTHER))
    entry = other[: other.index(b"PK\1\2")]
    start, end = shown.index(b"PK\1\2"), shown.index(b"PK\5\6")
    record = bytearray(shown[end:])
    record[16:20] = struct.pack("<I", start + len(entry))
    return shown[:start] + entry + shown[start:end] + bytes(record)


UNLISTED = {
    "an entry that no directory lists": _hidden_between(),
    "a zip in front of a zip": zipped(("hidden.txt", _OTHER)) + zipped(("shown.txt", _ONE)),
}


@pytest.mark.parametrize("sort", UNLISTED)
def test_what_a_zip_does_not_list_comes_out_behind_what_it_lists(tmp_path: Path, sort: str) -> None:
    reading, parts, folder = read_bytes(UNLISTED[sort], tmp_path)
    assert _contents(parts, folder) == [_ONE, _OTHER]
    assert ("directory", "does not list it") in _children(parts)[1].stated
    assert ("directory", "does not list it") not in _children(parts)[0].stated
    assert "unlisted-entries" in codes(parts)
    assert (reading.announced, reading.emitted) == (2, 2)


def test_a_zip_whose_entries_have_descriptors_lists_all_it_holds(tmp_path: Path) -> None:
    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    made = Unseekable()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one.txt", _ONE)
        archive.writestr("other.txt", _OTHER)
    _, parts, folder = read_bytes(made.getvalue(), tmp_path)
    assert _contents(parts, folder) == [_ONE, _OTHER]
    assert codes(parts) == []


def test_a_tar_behind_a_tar_is_read_and_told(tmp_path: Path) -> None:
    data = tarred(("one.txt", _ONE)) + tarred(("other.txt", _OTHER))
    reading, parts, folder = read_bytes(data, tmp_path)
    assert _contents(parts, folder) == [_ONE, _OTHER]
    assert codes(parts) == ["trailing-bytes"]
    assert (reading.announced, reading.emitted) == (2, 2)


def test_names_of_a_tar_are_read_in_the_encoding_that_fits_them(tmp_path: Path) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.GNU_FORMAT, encoding="gbk") as archive:
        archive.addfile(tarfile.TarInfo("第一监区名单.txt"))
    _, parts, _ = read_bytes(made.getvalue(), tmp_path)
    (child,) = _children(parts)
    assert child.name == "第一监区名单.txt"
    assert child.raw_name == "第一监区名单.txt".encode("gbk")


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstandard": zstd.compress,
    "gzip": gzip.compress,
}
BETWEEN = {"nothing": b"", "zeros": bytes(8)}


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("packer", PACKERS)
def test_streams_in_a_row_are_one_content(tmp_path: Path, packer: str, between: str) -> None:
    pack = PACKERS[packer]
    _, parts, folder = read_bytes(pack(_ONE) + BETWEEN[between] + pack(_OTHER), tmp_path)
    assert _contents(parts, folder) == [_ONE + _OTHER]
    assert codes(parts) == []


@pytest.mark.parametrize("packer", [*PACKERS, "zlib"])
def test_bytes_behind_a_packed_stream_are_told(tmp_path: Path, packer: str) -> None:
    pack = PACKERS.get(packer, zlib.compress)
    _, parts, folder = read_bytes(pack(_ONE) + b"and more", tmp_path)
    assert _contents(parts, folder) == [_ONE]
    assert codes(parts) == ["trailing-bytes"]


def test_frames_that_zstandard_skips_are_no_trouble(tmp_path: Path) -> None:
    skipped = b"\x50\x2a\x4d\x18\4\0\0\0note"
    data = zstd.compress(_ONE) + skipped + zstd.compress(_OTHER)
    _, parts, folder = read_bytes(data, tmp_path)
    assert _contents(parts, folder) == [_ONE + _OTHER]
    assert codes(parts) == []


def _seven(*, brotli: bool) -> bytes:
    made = io.BytesIO()
    filters = [{"id": py7zr.FILTER_BROTLI, "level": 3}] if brotli else None
    with py7zr.SevenZipFile(made, "w", filters=filters) as archive:
        archive.writestr(_ONE, "one.txt")
    return made.getvalue()


def test_a_7z_packed_by_a_method_that_libarchive_does_not_know_is_read(tmp_path: Path) -> None:
    _, parts, folder = read_bytes(_seven(brotli=True), tmp_path)
    assert _contents(parts, folder) == [_ONE]
    assert codes(parts) == []


PROGRAM = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0L\1" + bytes(600)
BEHIND = {"zip": zipped(("one.txt", _ONE)), "7z": _seven(brotli=False)}


@pytest.mark.parametrize("sort", BEHIND)
def test_a_program_for_windows_that_unpacks_itself_is_an_archive(tmp_path: Path, sort: str) -> None:
    _, parts, folder = read_bytes(PROGRAM + BEHIND[sort], tmp_path)
    assert _contents(parts, folder) == [_ONE]


SIGNS = {
    "of a 7z": b"7z\xbc\xaf\x27\x1c\x00" + bytes(40),
    "of a rar": b"Rar!\x1a\x07\x01\x00" + bytes(40),
    "of a cabinet": b"MSCF" + bytes(40),
    "of a zip's end": b"PK\5\6" + bytes(18),
}


@pytest.mark.parametrize("sign", SIGNS)
def test_a_program_that_only_holds_the_sign_of_an_archive_is_a_program(
    tmp_path: Path, sign: str
) -> None:
    reading, _, _ = read_bytes(PROGRAM + SIGNS[sign], tmp_path)
    assert (reading.state, reading.reader) == (State.REFUSED, "no-document")


def test_an_entry_that_does_not_come_out_is_known_by_its_name(tmp_path: Path) -> None:
    data = bytearray(zipped(("hall.txt", _ONE)))
    for at in (data.index(b"PK\3\4") + 6, data.index(b"PK\1\2") + 8):
        data[at] |= 1  # encrypted
    reading, parts, _ = read_bytes(bytes(data), tmp_path)
    named = [p.written for p in parts if isinstance(p, Metadata) and "did not come out" in p.name]
    assert reading.state is State.LOCKED
    assert named == ["hall.txt"]
    assert digest_of(_ONE) not in {child.digest for child in _children(parts)}
