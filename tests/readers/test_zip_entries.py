"""Zip: every method that can be read, every way to lock an entry, and what a name says."""

import io
import lzma
import os
import struct
import zipfile
import zlib
from pathlib import Path
from typing import ClassVar

import inflate64
import pyppmd
import pytest
import pyzipper

from muniment.core import Child, Metadata, Part, Problem, State, digest_of
from muniment.readers import (
    ChildSink,
    Context,
    Limits,
    open_source,
)
from muniment.readers.keys import Keys
from muniment.readers.signals import LockedError, StopReadingError
from muniment.readers.zip_archive import ZIP_ARCHIVE
from muniment.readers.zstandard import zstd
from tests.readers import samples
from tests.readers.contract import ReaderContract, codes, read_bytes

OPENS = "open sesame"
TEXT = b"In 2018 a list was kept. " * 40


def written(
    name: bytes, packed: bytes, method: int, *, content: bytes = TEXT, flags: int = 0, **more: bytes
) -> bytes:
    """A zip of one entry, written field by field (APPNOTE §4.3)."""
    extra = more.get("extra", b"")
    crc = zlib.crc32(content)
    common = struct.pack(
        "<5H3I2H", 20, flags, method, 0x53D0, 0x4CB7, crc, len(packed), len(content), len(name),
        len(extra),
    )  # fmt: skip
    local = b"PK\x03\x04" + common + name + extra + packed
    mode = 0o120777 << 16 if "link" in more else 0
    where = struct.pack("<3H2I", 0, 0, 0, mode, 0)
    central = b"PK\x01\x02" + b"\x14\x03" + common + where + name + extra
    comment = more.get("comment", b"")
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local), len(comment))
    return local + central + end + comment


def _deflated64() -> bytes:
    packer = inflate64.Deflater()
    return packer.deflate(TEXT) + packer.flush()


def _ppmd() -> bytes:
    packer = pyppmd.Ppmd8Encoder(6, 1 << 20, 0)
    return struct.pack("<H", 5) + packer.encode(TEXT) + packer.flush()


def _lzma() -> bytes:
    alone = lzma.compress(TEXT, lzma.FORMAT_ALONE)
    return b"\x09\x14\x05\x00" + alone[:5] + alone[13:]


def _bits(*fields: tuple[int, int]) -> bytes:
    """Fields of so many bits each, the lowest bit first."""
    held = count = 0
    for value, width in fields:
        held |= value << count
        count += width
    return held.to_bytes(-(-count // 8), "little")


def _shrunk() -> bytes:
    """Each letter as its own code, the last two in longer codes."""
    first = ((byte, 9) for byte in TEXT[:-2])
    last = ((byte, 10) for byte in TEXT[-2:])
    return _bits(*first, (256, 9), (1, 9), *last)


def _imploded() -> bytes:
    """25 raw letters, and one match that repeats them to the end: 256 bytes and more a match."""
    tree = [(3, 8), *((0xF5, 8) for _ in range(4))]  # 64 codes of 6 bits
    fields = [*tree, *tree, *((1 | byte << 1, 9) for byte in TEXT[:25])]
    left = len(TEXT) - 25
    while left > 0:
        length = min(left, 63 + 255 + 2)
        coded = min(length - 2, 63)
        fields += [(0, 1), (24, 6), *_code(0), *_code(coded)]
        fields += [(length - 2 - 63, 8)] if coded == 63 else []
        left -= length
    return _bits(*fields)


def _code(symbol: int) -> list[tuple[int, int]]:
    """A code of 6 bits: its number inverted, the highest bit first."""
    return [(~symbol >> bit & 1, 1) for bit in range(5, -1, -1)]


METHODS = {
    "shrunk": (1, _shrunk()),
    "imploded": (6, _imploded()),
    "stored": (0, TEXT),
    "deflate64": (9, _deflated64()),
    "lzma": (14, _lzma()),
    "old zstandard": (20, zstd.compress(TEXT)),
    "zstandard": (93, zstd.compress(TEXT)),
    "xz": (95, lzma.compress(TEXT)),
    "ppmd": (98, _ppmd()),
}


def locked(*, aes: int | None = None) -> bytes:
    if aes is None:
        return _zip_crypto(b"a.txt", OPENS.encode())
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(buffer, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        archive.setpassword(OPENS.encode())
        archive.setencryption(pyzipper.WZ_AES, nbits=aes)
        archive.writestr("a.txt", TEXT)
    return buffer.getvalue()


def _zip_crypto(name: bytes, secret: bytes) -> bytes:
    """Encrypt as APPNOTE §6.1 says, written apart from the reader."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def crc(old: int, byte: int) -> int:
        return ~zlib.crc32(bytes([byte]), ~old & 0xFFFFFFFF) & 0xFFFFFFFF

    def move(byte: int) -> None:
        keys[0] = crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[2], keys[1] >> 24)

    for byte in secret:
        move(byte)
    clear = bytes(11) + bytes([zlib.crc32(TEXT) >> 24]) + TEXT
    packed = bytearray()
    for byte in clear:
        mixed = keys[2] | 2
        packed.append(byte ^ (mixed * (mixed ^ 1) >> 8) & 255)
        move(byte)
    return written(name, bytes(packed), 0, flags=1)


def read_with(data: bytes, folder: Path, *secrets: str) -> tuple[list[Part], Keys, str]:
    """The parts with these keys, the keys, and how the reader stopped."""
    (folder / "children").mkdir()
    (folder / "object").write_bytes(data)
    keys = Keys(secrets)
    sink = ChildSink(str(folder / "children"), Limits())
    parts: list[Part] = []
    with open_source(str(folder / "object")) as source:
        context = Context("application/zip", Limits(), sink, keys)
        try:
            parts.extend(ZIP_ARCHIVE.read(source, context))
        except StopReadingError as stop:
            return parts, keys, type(stop).__name__
    return parts, keys, ""


class TestZipMethods(ReaderContract):
    reader = ZIP_ARCHIVE
    samples: ClassVar = {
        "ppmd": written(b"a", METHODS["ppmd"][1], 98),
        "a comment and a link": written(b"l", b"/etc", 0, content=b"/etc", link=b"1", comment=b"c"),
    }


@pytest.mark.parametrize("name", METHODS)
def test_every_method_gives_the_bytes_back(tmp_path: Path, name: str) -> None:
    method, packed = METHODS[name]
    _, parts, _ = read_bytes(written(b"a.txt", packed, method), tmp_path)
    assert [part.digest for part in parts if isinstance(part, Child)] == [digest_of(TEXT)]


@pytest.mark.parametrize("number", [4, 10, 97])
def test_a_method_that_is_not_read_is_named(tmp_path: Path, number: int) -> None:
    _, parts, _ = read_bytes(written(b"a", TEXT, number), tmp_path)
    assert codes(parts) == ["unknown-method"]


LOCKED = {
    "ZipCrypto": locked(),
    "AES-128": locked(aes=128),
    "AES-192": locked(aes=192),
    "AES-256": locked(aes=256),
}


@pytest.mark.parametrize("sort", LOCKED)
def test_an_entry_opens_with_the_right_key_among_wrong_ones(tmp_path: Path, sort: str) -> None:
    parts, keys, stop = read_with(LOCKED[sort], tmp_path, "wrong", "пароль", OPENS)
    (child,) = (part for part in parts if isinstance(part, Child))
    assert (child.digest, keys.used, stop) == (digest_of(TEXT), (2,), "")
    assert dict(child.stated)["encryption"] == sort
    assert "sesame" not in repr(parts)


@pytest.mark.parametrize("sort", LOCKED)
def test_without_the_key_the_zip_is_locked_and_its_entry_named(tmp_path: Path, sort: str) -> None:
    reading, parts, scratch = read_bytes(LOCKED[sort], tmp_path)
    assert reading.state is State.LOCKED
    assert codes(parts) == ["member-locked"]
    assert (reading.announced, reading.failed, list(scratch.iterdir())) == (1, 1, [])


def test_wrong_zip_crypto_secrets_that_pass_the_check_byte_do_not_open(tmp_path: Path) -> None:
    parts, keys, stop = read_with(LOCKED["ZipCrypto"], tmp_path, *map(str, range(600)))
    assert (codes(parts), keys.used, stop) == (["member-locked"], (), LockedError.__name__)
    assert list((tmp_path / "children").iterdir()) == []


def test_an_archive_that_is_locked_in_part_gives_the_rest(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(buffer, "w") as archive:
        archive.writestr("open.txt", b"open")
        archive.setpassword(b"x")
        archive.setencryption(pyzipper.WZ_AES, nbits=256)
        archive.writestr("closed.txt", b"closed")
    reading, parts, _ = read_bytes(buffer.getvalue(), tmp_path)
    assert (reading.state, codes(parts)) == (State.READ, ["member-locked"])
    assert (reading.emitted, reading.failed) == (1, 1)


def test_an_encrypted_entry_whose_code_is_wrong_is_damaged(tmp_path: Path) -> None:
    data = bytearray(LOCKED["AES-256"])
    at = data.index(b"PK\x01\x02") - 15
    data[at] ^= 1
    parts, keys, _ = read_with(bytes(data), tmp_path, OPENS)
    assert (codes(parts)[0], keys.used) in [("crc-mismatch", ()), ("member-damaged", ())]


def test_names_are_read_as_they_were_meant(tmp_path: Path) -> None:
    unicode_path = b"\1" + struct.pack("<I", zlib.crc32(b"old")) + "новое".encode()
    extra = struct.pack("<HH", 0x7075, len(unicode_path)) + unicode_path
    given = {
        "новое": written(b"old", TEXT, 0, extra=extra),
        "é.txt": written("é.txt".encode(), TEXT, 0, flags=1 << 11),
        "déjà vu.txt": written("déjà vu.txt".encode("cp437"), TEXT, 0),
    }
    for name, data in given.items():
        (child,) = (part for part in read_bytes(data, tmp_path)[1] if isinstance(part, Child))
        assert child.name == name


def test_times_say_what_they_know_of_their_zone(tmp_path: Path) -> None:
    ntfs = struct.pack("<IHH3Q", 0, 1, 24, 131_715_018_000_000_007, 0, 0)
    extra = struct.pack("<HHBi", 0x5455, 5, 1, 1_527_028_200) + struct.pack("<HH", 10, 32) + ntfs
    _, parts, _ = read_bytes(written(b"a", TEXT, 0, extra=extra), tmp_path)
    stated = next(part.stated for part in parts if isinstance(part, Child))
    assert ("local time", "2018-05-23T10:30:32") in stated
    assert ("modified (Unix seconds, UTC)", "1527028200") in stated
    assert ("modified (Unix seconds, UTC)", "1527028200.0000007") in stated


def test_a_link_is_stated_and_not_followed(tmp_path: Path) -> None:
    data = written(b"l", b"/etc/passwd", 0, content=b"/etc/passwd", link=b"1")
    _, parts, _ = read_bytes(data, tmp_path)
    (child,) = (part for part in parts if isinstance(part, Child))
    assert ("kind", "symbolic link") in child.stated
    assert child.digest == digest_of(b"/etc/passwd")


def test_the_archives_comment_is_kept(tmp_path: Path) -> None:
    data = written(b"a", TEXT, 0, comment="Список".encode("cp866"))
    _, parts, _ = read_bytes(data, tmp_path)
    assert [part.written for part in parts if isinstance(part, Metadata)] == ["Список"]


def test_a_program_that_unpacks_itself_is_read_from_its_directory(tmp_path: Path) -> None:
    data = samples.zipped(("a", b"one"))
    shifted = b"MZ" + bytes(510) + data
    parts, _, _ = read_with(shifted, tmp_path)
    assert [part.digest for part in parts if isinstance(part, Child)] == [digest_of(b"one")]
    assert codes(parts) == ["leading-bytes"]


def test_the_last_volume_says_which_one_is_missing(tmp_path: Path) -> None:
    data = samples.zipped(("a", b"one"), ("b", b"two"))
    central = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    end = data.index(b"PK\x05\x06")
    data = (
        data[: central + 34]
        + b"\1\0"
        + data[central + 36 : end + 4]
        + b"\1\0\1\0"
        + data[end + 8 :]
    )
    reading, parts, _ = read_bytes(data, tmp_path)
    assert [part.message for part in parts if isinstance(part, Problem)] == [
        "an entry begins in volume 1 (.z01), which is another file"
    ]
    assert (reading.emitted, reading.failed) == (1, 1)


def test_the_first_volume_is_refused_with_the_reason(tmp_path: Path) -> None:
    reading, _, _ = read_bytes(b"PK\7\x08" + samples.zipped(("a", b"one"))[:40], tmp_path)
    assert reading.state is State.REFUSED
    assert "last one (.zip)" in reading.reason


def test_one_stretch_that_many_entries_share_is_refused_whole(tmp_path: Path) -> None:
    """The overlapping bomb of D. Fifield (2019): many central headers over one kernel."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(bytes(1 << 20)) + kernel.flush()
    data = written(b"a", packed, 8, content=bytes(1 << 20))
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    header = data[start:end]
    closing = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 900, 900, 900 * len(header), start, 0)
    reading, parts, _ = read_bytes(data[:start] + header * 900 + closing, tmp_path)
    assert set(codes(parts)) == {"members-overlap"}
    assert (reading.emitted, reading.failed) == (0, 900)


def test_a_member_that_unpacks_a_thousand_times_its_size_is_bounded(tmp_path: Path) -> None:
    data = samples.zipped(("bomb", bytes(64 << 20)))
    limits = Limits(ratio=900, ratio_from_bytes=1 << 20)
    _, parts, scratch = read_bytes(data, tmp_path, limits)
    assert codes(parts) == ["ratio-limit"]
    assert list(scratch.iterdir()) == []


TROVE = Path(os.environ.get("MUNIMENT_DATA", "../shared/data")) / "trove" / "tika"


@pytest.mark.skipif(not TROVE.is_dir(), reason="no collection of real files")
def test_what_the_first_pkzip_wrote_has_its_checksums(tmp_path: Path) -> None:
    reading, _, _ = read_bytes((TROVE / "moby.zip").read_bytes(), tmp_path)
    assert (reading.announced, reading.emitted) == (135, 135)


@pytest.mark.skipif(not TROVE.is_dir(), reason="no collection of real files")
def test_volumes_that_were_put_end_to_end_are_one_zip(tmp_path: Path) -> None:
    names = ("test-documents-spanned.z01", "test-documents-spanned.zip")
    reading, parts, _ = read_bytes(b"".join((TROVE / n).read_bytes() for n in names), tmp_path)
    assert (reading.announced, reading.emitted, codes(parts)) == (9, 9, [])
