"""What is made to overflow is bounded, and every break in an archive is told."""

import gzip
import io
import lzma
import struct
import tarfile
from pathlib import Path

from muniment.core import Child, Part, State, TextSpan, digest_of
from muniment.readers import Limits
from tests.readers import samples
from tests.readers.contract import codes, read_bytes

SMALL = Limits(ratio=900, ratio_from_bytes=1 << 20)


def children(parts: list[Part]) -> list[Child]:
    return [part for part in parts if isinstance(part, Child)]


def tarred(*members: tuple[str, bytes]) -> bytearray:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in members:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return bytearray(buffer.getvalue())


def sparse(real: int, *runs: tuple[int, bytes]) -> bytes:
    """A tar of one old GNU sparse file (GNU tar manual, basic tar format)."""
    header = bytearray(512)
    packed = b"".join(data for _, data in runs)
    header[0:6] = b"sparse"
    for at, value in ((100, 0o644), (108, 0), (116, 0)):
        header[at : at + 8] = b"%07o\0" % value
    header[124:136] = b"%011o\0" % len(packed)
    header[136:148] = b"%011o\0" % 1_527_028_200
    header[156:157] = b"S"
    header[257:265] = b"ustar  \0"
    for number, (offset, data) in enumerate(runs):
        at = 386 + 24 * number
        header[at : at + 24] = b"%011o\0%011o\0" % (offset, len(data))
    header[483:495] = b"%011o\0" % real
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + packed + bytes(-len(packed) % 512) + bytes(1024)


def test_a_sparse_file_comes_out_with_its_holes(tmp_path: Path) -> None:
    data = sparse(4096, (512, b"x" * 512), (3584, b"y" * 512))
    _, parts, _ = read_bytes(data, tmp_path)
    expected = bytes(512) + b"x" * 512 + bytes(2560) + b"y" * 512
    assert [child.digest for child in children(parts)] == [digest_of(expected)]


def test_a_sparse_file_of_nothing_but_a_hole_is_bounded(tmp_path: Path) -> None:
    reading, parts, scratch = read_bytes(sparse((1 << 33) - 1, (0, b"x" * 512)), tmp_path, SMALL)
    assert codes(parts) == ["ratio-limit"]
    assert list(scratch.iterdir()) == []
    assert reading.failed == 1


def test_behind_a_damaged_header_the_tar_goes_on(tmp_path: Path) -> None:
    data = tarred(("a", b"1" * 600), ("b", b"2" * 600), ("c", b"3" * 600))
    at = data.index(b"b\0\0")
    data[at : at + 512] = b"\xff" * 512
    reading, parts, _ = read_bytes(bytes(data), tmp_path)
    assert [child.raw_name for child in children(parts)] == [b"a", b"c"]
    assert codes(parts) == ["directory-damaged"]
    assert (reading.announced, reading.emitted, reading.failed) == (3, 2, 1)


def test_streams_that_unpack_a_thousand_times_their_size_are_bounded(tmp_path: Path) -> None:
    for data in (gzip.compress(bytes(64 << 20)), lzma.compress(bytes(64 << 20))):
        reading, parts, scratch = read_bytes(data, tmp_path, SMALL)
        assert codes(parts) == ["ratio-limit"]
        assert list(scratch.iterdir()) == []
        assert reading.state is State.UNREADABLE


def test_entities_that_multiply_are_text_and_never_expanded(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    data = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">{entities}]><l>&l9;</l>'.encode()
    _, parts, _ = read_bytes(data, tmp_path)
    assert "".join(part.text for part in parts if isinstance(part, TextSpan)) == data.decode()


def test_a_directory_of_very_many_entries_ends_at_the_limit(tmp_path: Path) -> None:
    """Forty thousand headers over forty thousand empty files: 4 MB that would be as many files."""
    local, central = [], []
    at = 0
    for number in range(40_000):
        name = b"%06d" % number
        common = struct.pack("<5H3I2H", 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0)
        local.append(b"PK\3\4" + common + name)
        central.append(b"PK\1\2\x14\3" + common + struct.pack("<3H2I", 0, 0, 0, 0, at) + name)
        at += len(local[-1])
    directory = b"".join(central)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 40_000, 40_000, len(directory), at, 0)
    data = b"".join(local) + directory + end
    reading, parts, scratch = read_bytes(data, tmp_path, Limits(children=500))
    assert reading.state is State.REFUSED
    assert (len(children(parts)), reading.announced) == (500, 40_000)
    assert len(list(scratch.iterdir())) == 1


def test_an_archive_that_holds_itself_gives_itself_once_a_level(tmp_path: Path) -> None:
    inner = samples.zipped(("a.txt", b"one"))
    for _ in range(3):
        inner = samples.zipped(("next.zip", inner))
    reading, parts, _ = read_bytes(inner, tmp_path)
    assert (reading.emitted, len(children(parts))) == (1, 1)
