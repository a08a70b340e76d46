"""Archives that libarchive opens, written here byte by byte where no library writes them."""

import io
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import libarchive
import py7zr
import pytest

from muniment.core import Child, Member, Metadata, Part, Problem, State, digest_of
from muniment.readers import ChildSink, Context, Limits, libarchive_condition, open_source
from muniment.readers.archive_names import Names
from muniment.readers.keys import Keys
from muniment.readers.packed_archive import PACKED_ARCHIVE
from muniment.readers.signals import StopReadingError
from tests.readers.contract import ReaderContract, codes, kinds, read_bytes

pytestmark = pytest.mark.skipif(
    libarchive_condition() != "", reason="libarchive is not on this machine"
)
MEMBERS = (("list.txt", b"In 2018 a list was kept.\n" * 9), ("folder/empty", b""))
OPENS = "open sesame"


def made(form: str, *members: tuple[str, bytes]) -> bytes:
    """An archive as libarchive writes it."""
    pieces: list[bytes] = []
    with libarchive.custom_writer(_taker(pieces), form) as archive:
        for name, data in members:
            archive.add_file_from_memory(name, len(data), data, mtime=1_527_028_200)
    return b"".join(pieces)


def _taker(pieces: list[bytes]) -> Callable[[bytes], int]:
    def take(piece: bytes) -> int:
        pieces.append(bytes(piece))
        return len(piece)

    return take


def rar4(*members: tuple[str, bytes], volume: int = 0) -> bytes:
    """RAR 4 with stored entries; `volume` are the flags of the main header."""

    def block(kind: int, flags: int, body: bytes, data: bytes = b"") -> bytes:
        header = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
        return struct.pack("<H", zlib.crc32(header) & 0xFFFF) + header + data

    out = b"Rar!\x1a\x07\x00" + block(0x73, volume, bytes(6))
    for name, data in members:
        fields = struct.pack(
            "<IIBIIBBHI", len(data), len(data), 3, zlib.crc32(data), 0x4CB753C0, 20, 0x30,
            len(name), 0o100644,
        )  # fmt: skip
        out += block(0x74, 0x8000, fields + name.encode(), data)
    return out + block(0x7B, 0x4000, b"")


def _number(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def rar5(*members: tuple[str, bytes], volume: int = 0) -> bytes:
    def block(kind: int, flags: int, body: bytes, data: bytes = b"") -> bytes:
        fields = _number(kind) + _number(flags) + (_number(len(data)) if flags & 2 else b"") + body
        sized = _number(len(fields)) + fields
        return struct.pack("<I", zlib.crc32(sized)) + sized + data

    out = b"Rar!\x1a\x07\x01\x00" + block(1, 0, _number(volume))
    for name, data in members:
        body = _number(4) + _number(len(data)) + _number(0o100644)
        body += struct.pack("<I", zlib.crc32(data)) + _number(0) + _number(1)
        out += block(2, 2, body + _number(len(name)) + name.encode(), data)
    return out + block(5, 0, _number(0))


def cab(*members: tuple[str, bytes], flags: int = 0) -> bytes:
    content = b"".join(data for _, data in members)
    files = b""
    at = 0
    for name, data in members:
        files += struct.pack("<IIHHHH", len(data), at, 0, 0x4CB7, 0x53C0, 0x20)
        files += name.encode() + b"\0"
        at += len(data)
    files_at, data_at = 36 + 8, 36 + 8 + len(files)
    block = struct.pack("<IHH", 0, len(content), len(content)) + content
    size = data_at + len(block)
    head = struct.pack(
        "<4s5IBBHHHHH", b"MSCF", 0, size, 0, files_at, 0, 3, 1, 1, len(members), flags, 1, 0
    )
    return head + struct.pack("<IHH", data_at, 1, 0) + files + block


def lha(*members: tuple[str, bytes]) -> bytes:
    out = b""
    for name, data in members:
        body = b"-lh0-" + struct.pack("<IIIBB", len(data), len(data), 0x4CB753C0, 0x20, 0)
        body += bytes([len(name)]) + name.encode() + struct.pack("<H", _crc16(data))
        out += bytes([len(body), sum(body) & 255]) + body + data
    return out + b"\0"


def _crc16(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def rpm(*members: tuple[str, bytes]) -> bytes:
    lead = b"\xed\xab\xee\xdb\3\0" + bytes(90)
    header = b"\x8e\xad\xe8\x01" + bytes(4) + bytes(8)
    return lead + header + header + made("cpio_newc", *members)


def locked_7z(*, names: bool, members: tuple[tuple[str, bytes], ...] = MEMBERS) -> bytes:
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password=OPENS, header_encryption=names) as archive:
        for name, data in members:
            archive.writestr(data, name)
    return buffer.getvalue()


FORMATS = {
    "7z": made("7zip", *MEMBERS),
    "cpio": made("cpio_newc", *MEMBERS),
    "old cpio": made("cpio", *MEMBERS),
    "ar": made("ar_svr4", ("list.txt", MEMBERS[0][1]), ("empty", b"")),
    "iso": made("iso9660", *MEMBERS),
    "xar": made("xar", *MEMBERS),
    "rar 4": rar4(*MEMBERS),
    "rar 5": rar5(*MEMBERS),
    "cab": cab(*MEMBERS),
    "lha": lha(*MEMBERS),
    "rpm": rpm(*MEMBERS),
}


class TestPackedArchives(ReaderContract):
    reader = PACKED_ARCHIVE
    samples: ClassVar = {sort: FORMATS[sort] for sort in ("7z", "rar 4", "cab")}


@pytest.mark.night
class TestEveryPackedArchive(ReaderContract):
    reader = PACKED_ARCHIVE
    samples: ClassVar = FORMATS


@pytest.mark.parametrize("sort", FORMATS)
def test_every_format_gives_its_files_back(tmp_path: Path, sort: str) -> None:
    reading, parts, _ = read_bytes(FORMATS[sort], tmp_path)
    found = {child.raw_name.rstrip(b"/"): child.digest for child in children(parts)}
    assert found.pop(b"list.txt") == digest_of(MEMBERS[0][1])
    assert list(found.values()) == [digest_of(b"")]
    assert (reading.announced, reading.emitted, codes(parts)) == (2, 2, [])


def children(parts: list[Part]) -> list[Child]:
    return [part for part in parts if isinstance(part, Child)]


LOCAL = {"rar 4": "2018-05-23T10:30:00", "cab": "2018-05-23T10:30:00", "lha": "2018-05-23T10:30:00"}


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
@pytest.mark.parametrize("sort", LOCAL)
def test_local_times_are_those_in_the_file_wherever_it_is_read(
    tmp_path: Path, sort: str, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    _, parts, _ = read_bytes(FORMATS[sort], tmp_path)
    assert dict(children(parts)[0].stated)["local time"] == LOCAL[sort]


@pytest.mark.parametrize("locale", ["C", "ru_RU.KOI8-R"])
def test_names_are_the_same_in_every_locale(
    tmp_path: Path, locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w") as archive:
        archive.writestr(b"1", "名单 список.txt")
    _, parts, _ = read_bytes(buffer.getvalue(), tmp_path)
    assert [child.name for child in children(parts)] == ["名单 список.txt"]


def test_names_that_say_no_encoding_are_read_together() -> None:
    names = Names()
    written = [name.encode("gb18030") for name in ("在押人员名单.xls", "请核对人员信息.xls")]
    assert [names.read(name) for name in written] == ["在押人员名单.xls", "请核对人员信息.xls"]


def read_with(data: bytes, folder: Path, *secrets: str) -> tuple[list[Part], Keys, str]:
    (folder / "children").mkdir()
    (folder / "object").write_bytes(data)
    keys = Keys(secrets)
    sink = ChildSink(str(folder / "children"), Limits())
    parts: list[Part] = []
    with open_source(str(folder / "object")) as source:
        context = Context("application/x-7z-compressed", Limits(), sink, keys)
        try:
            parts.extend(PACKED_ARCHIVE.read(source, context))
        except StopReadingError as stop:
            return parts, keys, type(stop).__name__
    return parts, keys, ""


DAMAGED = tuple((f"f{n}.txt", bytes(range(97, 123)) * (90 + n)) for n in range(4))


def of_folders(*members: tuple[str, bytes]) -> bytes:
    """A 7z of a folder of packed bytes for each file, as 7-Zip writes one that is not solid."""
    buffer = io.BytesIO()
    for at, (name, data) in enumerate(members):
        with py7zr.SevenZipFile(buffer, "a" if at > 0 else "w") as archive:
            archive.writestr(data, name)
        buffer.seek(0)
    return buffer.getvalue()


def test_one_damaged_folder_of_a_7z_costs_its_files_alone(tmp_path: Path) -> None:
    data = bytearray(of_folders(*DAMAGED))
    at = 32 + len(of_folders(DAMAGED[0])[32:]) // 3
    data[at] ^= 0xFF
    reading, parts, _ = read_bytes(bytes(data), tmp_path)
    came = {child.name for child in children(parts)}
    (problem,) = kinds(parts, Problem)
    (named,) = [part for part in kinds(parts, Metadata) if isinstance(part, Metadata)]
    assert came == {name for name, _ in DAMAGED} - {named.written}
    assert isinstance(problem, Problem)
    assert (problem.code, problem.at, len(came)) == ("member-damaged", named.at, 3)
    assert (reading.announced, reading.emitted, reading.failed) == (4, 3, 1)


def test_what_stands_before_damage_in_a_solid_7z_comes_out_and_the_rest_is_named(
    tmp_path: Path,
) -> None:
    rng = random.Random(7)
    members = [(f"f{n}", bytes(rng.choices(b"abcdefgh \n", k=9_000))) for n in range(5)]
    data = bytearray(made("7zip", *members))
    data[len(data) // 2] ^= 0xFF
    reading, parts, _ = read_bytes(bytes(data), tmp_path)
    came = [child.name for child in children(parts)]
    assert came == [name for name, _ in members[: len(came)]]
    assert 0 < len(came) < 5
    lost = [part.written for part in kinds(parts, Metadata) if isinstance(part, Metadata)]
    assert lost == [name for name, _ in members[len(came) :]]
    assert (reading.announced, reading.emitted) == (5, len(came))


@pytest.mark.parametrize("names", [False, True])
def test_a_locked_7z_opens_with_the_right_key_among_wrong_ones(
    tmp_path: Path, *, names: bool
) -> None:
    parts, keys, stop = read_with(locked_7z(names=names), tmp_path, "wrong", OPENS)
    assert [(c.at, c.raw_name, c.digest) for c in children(parts)] == [
        (Member(n), name.encode(), digest_of(data)) for n, (name, data) in enumerate(MEMBERS)
    ]
    assert (keys.used, stop, codes(parts)) == ((1,), "", [])
    assert dict(children(parts)[0].stated)["encryption"] == "AES-256"
    assert OPENS not in repr(parts)
    assert len(list((tmp_path / "children").iterdir())) == 2


@pytest.mark.parametrize("names", [False, True])
def test_a_7z_that_no_key_opens_is_locked(tmp_path: Path, *, names: bool) -> None:
    parts, keys, stop = read_with(locked_7z(names=names), tmp_path, "wrong")
    assert (children(parts), keys.used, stop) == ([], (), "LockedError")
    assert list((tmp_path / "children").iterdir()) == []


def newc(name: bytes, content: bytes, mode: int) -> bytes:
    """One entry of a cpio in the new ASCII format."""
    fields = (1, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(name) + 1, 0)
    head = b"070701" + b"".join(b"%08x" % field for field in fields) + name + b"\0"
    return head + bytes(-len(head) % 4) + content + bytes(-len(content) % 4)


def test_links_are_stated_and_not_made(tmp_path: Path) -> None:
    data = newc(b"link", b"/etc/passwd", 0o120777) + newc(b"TRAILER!!!", b"", 0)
    reading, parts, _ = read_bytes(data, tmp_path)
    assert kinds(parts, Metadata) == [Metadata(Member(0), "link", "link -> /etc/passwd")]
    assert reading.emitted == 0


VOLUMES = {
    "the first volume of an archive": rar4(*MEMBERS, volume=0x101),
    "volume 3 of an archive": rar5(*MEMBERS, volume=3).replace(
        b"\x01\x00\x03", b"\x01\x00\x03\x02"
    ),
    "bytes and the list of entries are missing": made("7zip", *MEMBERS)[:-20],
    "one cabinet of an archive": cab(*MEMBERS, flags=2)[:36] + b"n\0d\0" + cab(*MEMBERS)[36:],
}


@pytest.mark.parametrize("said", VOLUMES)
def test_a_volume_says_that_others_are_missing(tmp_path: Path, said: str) -> None:
    _, parts, _ = read_bytes(VOLUMES[said], tmp_path)
    (problem, *_) = (part for part in parts if isinstance(part, Problem))
    assert problem.code == "volume-missing"
    assert said in problem.message


def test_an_archive_behind_a_program_is_found(tmp_path: Path) -> None:
    program = b"MZ" + bytes(200) + b"This program cannot be run" + bytes(0x5000)
    reading, parts, _ = read_bytes(program + rar4(*MEMBERS), tmp_path)
    assert reading.media_type == "application/vnd.rar"
    assert reading.state is not State.EMPTY
    assert len(parts) > 0


def test_a_member_that_unpacks_without_end_is_bounded(tmp_path: Path) -> None:
    data = made("7zip", ("bomb", bytes(64 << 20)), ("fine", b"one"))
    limits = Limits(ratio=1_000, ratio_from_bytes=1 << 20)
    reading, parts, scratch = read_bytes(data, tmp_path, limits)
    assert "ratio-limit" in codes(parts)
    assert reading.failed >= 1
    assert all(path.stat().st_size < 1 << 20 for path in scratch.iterdir())


def test_too_many_members_end_the_archive(tmp_path: Path) -> None:
    data = made("cpio_newc", *((str(n), b"x") for n in range(9)))
    reading, parts, _ = read_bytes(data, tmp_path, Limits(children=3))
    assert reading.state is State.REFUSED
    assert len(children(parts)) == 3
    assert reading.announced == 4


def test_volumes_that_were_put_end_to_end_miss_nothing(tmp_path: Path) -> None:
    data = rar4(*MEMBERS, volume=0x101) + rar4(("more.txt", b"more"), volume=0x1)
    _, parts, _ = read_bytes(data, tmp_path)
    assert "volume-missing" not in codes(parts)
    assert children(parts)[0].digest == digest_of(MEMBERS[0][1])
