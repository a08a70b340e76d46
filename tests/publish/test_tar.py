"""The tar stream: GNU tar and the standard library read ours; hostile ones are refused."""

import io
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import IntegrityError, UsageError, digest_of
from muniment.publish.streams import ChunkReader
from muniment.publish.tar import Limits, tar_chunks, unpack

ROOM = Limits(files=100, bytes=10_000_000)
DIGEST_PATH = f"data/sha256/ab/{'ab' * 32}"


def folder_of(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


FILES = {DIGEST_PATH: b"x" * 3_000_000, "bagit.txt": b"", "custody/keys.txt": b"k" * 512}


def packed(folder: Path) -> bytes:
    return b"".join(tar_chunks(folder, "bag"))


def test_what_is_packed_comes_out_again(tmp_path: Path) -> None:
    stream = ChunkReader(tar_chunks(folder_of(tmp_path / "bag", FILES), "some-bag"))
    unpack(stream, tmp_path / "out", ROOM)
    assert {name: (tmp_path / "out" / name).read_bytes() for name in FILES} == FILES


def test_the_standard_library_reads_the_same(tmp_path: Path) -> None:
    data = packed(folder_of(tmp_path / "bag", FILES))
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        found = {member.name: member for member in tar.getmembers()}
        assert sorted(found) == sorted(f"bag/{name}" for name in FILES)
        assert {(m.uid, m.gid, m.mtime, m.mode) for m in found.values()} == {(0, 0, 0, 0o644)}


def test_stock_tar_reads_the_same(tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_bytes(packed(folder_of(tmp_path / "bag", FILES)))
    (tmp_path / "out").mkdir()
    command = ["tar", "--extract", "--file", str(tmp_path / "x.tar"), "--directory"]
    subprocess.run([*command, str(tmp_path / "out")], check=True)
    assert {n: (tmp_path / "out" / "bag" / n).read_bytes() for n in FILES} == FILES


def test_what_stock_tar_packs_as_ustar_comes_out(tmp_path: Path) -> None:
    folder_of(tmp_path / "bag", FILES)
    command = ["tar", "--create", "--format=ustar", "--directory", str(tmp_path), "bag"]
    data = subprocess.run(command, check=True, capture_output=True).stdout
    unpack(io.BytesIO(data), tmp_path / "out", ROOM)
    assert (tmp_path / "out" / DIGEST_PATH).read_bytes() == FILES[DIGEST_PATH]


def test_the_bytes_are_pinned(tmp_path: Path) -> None:
    data = packed(folder_of(tmp_path / "bag", {"a/b.txt": b"hello\n", "c": b""}))
    assert digest_of(data).hex == GOLDEN


GOLDEN = "68750d61f128f6e3c23074be814bcd22794cc5052e62d133e895718e1a9ce30b"


@given(st.lists(st.integers(min_value=0, max_value=3_000), max_size=4), st.integers(1, 700))
def test_a_stream_is_the_same_however_it_is_read(sizes: list[int], piece: int) -> None:
    chunks = [bytes([n]) * size for n, size in enumerate(sizes)]
    reader = ChunkReader(iter(chunks))
    pieces = list(iter(lambda: reader.read(piece), b""))
    assert b"".join(pieces) == b"".join(chunks)
    assert all(len(each) <= piece for each in pieces)


def member(name: str, content: bytes = b"x", **changes: object) -> bytes:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for key, value in changes.items():
        setattr(info, key, value)
    return info.tobuf(tarfile.USTAR_FORMAT) + content + bytes(-len(content) % 512)


END = bytes(1024)
HOSTILE: dict[str, Callable[[], bytes]] = {
    "it climbs out": lambda: member("../evil") + END,
    "it climbs out from inside": lambda: member("bag/../../evil") + END,
    "it is absolute": lambda: member("/etc/evil") + END,
    "it has a hidden name": lambda: member("bag/.bashrc") + END,
    "it has a name with a line break": lambda: member("bag/a\nb") + END,
    "it has a back slash": lambda: member("bag/a\\b") + END,
    "it is a symbolic link": lambda: (
        member("bag/x", b"", type=tarfile.SYMTYPE, linkname="/etc/passwd") + END
    ),
    "it is a hard link": lambda: (
        member("bag/x", b"", type=tarfile.LNKTYPE, linkname="/etc/passwd") + END
    ),
    "it is a device": lambda: member("bag/x", b"", type=tarfile.CHRTYPE) + END,
    "it is a pipe": lambda: member("bag/x", b"", type=tarfile.FIFOTYPE) + END,
    "it has an extended header": lambda: (
        member("bag/x", b"30 path=../../evil\n", type=tarfile.XHDTYPE) + member("bag/y") + END
    ),
    "a GNU long name": lambda: member("bag/x", b"../evil\0", type=tarfile.GNUTYPE_LONGNAME) + END,
    "two members of one name": lambda: member("bag/x") + member("bag/x") + END,
    "a file where a folder is wanted": lambda: member("bag/x") + member("bag/x/y") + END,
    "a folder where a file is wanted": lambda: member("bag/x/y") + member("bag/x") + END,
    "two folders at the top": lambda: member("bag/x") + member("other/x") + END,
    "a file at the top": lambda: member("bag") + END,
    "cut off in a header": lambda: member("bag/x")[:300],
    "cut off in a file": lambda: member("bag/x", b"y" * 2000)[:1500],
    "cut off before the end": lambda: member("bag/x"),
    "one block of zeros only": lambda: member("bag/x") + bytes(512),
    "bytes after the end": lambda: member("bag/x") + END + b"more",
    "a size that lies": lambda: member("bag/x", b"y", size=8**11 - 1) + END,
    "a wrong checksum": lambda: member("bag/x").replace(b"bag/x", b"bag/y", 1) + END,
    "a negative size": lambda: _with_size(b"\xff" * 12) + END,
    "a size that is no number": lambda: _with_size(b"eleven 1234\0") + END,
    "too many files": lambda: b"".join(member(f"bag/{n}") for n in range(101)) + END,
    "nothing at all": lambda: b"",
    "not a tar": lambda: b"PK\3\4" + bytes(1020),
}


def _with_size(field: bytes) -> bytes:
    block = bytearray(member("bag/x"))
    block[124:136] = field
    block[148:156] = b"%06o\0 " % (sum(block[:148]) + 8 * 32 + sum(block[156:512]))
    return bytes(block)


@pytest.mark.parametrize("wrong", HOSTILE)
def test_a_hostile_tar_is_refused_and_leaves_nothing(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(IntegrityError, match="refused"):
        unpack(io.BytesIO(HOSTILE[wrong]()), tmp_path / "in" / "out", _made(tmp_path))
    assert list((tmp_path / "in").iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} == {"in"}


def _made(folder: Path) -> Limits:
    (folder / "in").mkdir()
    return ROOM


@given(st.binary(max_size=2_000))
def test_arbitrary_bytes_are_refused_or_unpacked_never_worse(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    target = tmp_path_factory.mktemp("x") / "out"
    try:
        unpack(io.BytesIO(data), target, ROOM)
    except IntegrityError:
        assert not target.exists()


def test_a_size_beyond_8_gib_is_written_as_gnu_tar_reads_it(tmp_path: Path) -> None:
    big = tmp_path / "bag" / "big"
    big.parent.mkdir()
    with big.open("wb") as file:
        file.truncate(9 * 2**30)
    header = next(tar_chunks(tmp_path / "bag", "bag"))
    info = tarfile.TarInfo.frombuf(header, "ascii", "strict")
    assert (info.name, info.size) == ("bag/big", 9 * 2**30)


@pytest.mark.parametrize("name", ["", "..", "a/b", "ä", "x" * 156, "a b"])
def test_a_bag_whose_name_is_not_plain_is_not_packed(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        next(tar_chunks(tmp_path, name))
