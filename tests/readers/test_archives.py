"""Archives: the directory is the authority, positions are addresses, names are never paths."""

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from muniment.core import Child, Member, Metadata, Part, Relation, State, digest_of
from muniment.readers import Limits
from tests.readers import samples
from tests.readers.contract import codes, kinds, read_bytes


def children(parts: list[Part]) -> list[Child]:
    return [part for part in parts if isinstance(part, Child)]


def test_members_have_their_position_raw_name_and_digest(tmp_path: Path) -> None:
    data = samples.zipped(("a.txt", b"one"), ("folder/", b""), ("../../etc/passwd", b"two"))
    reading, parts, _ = read_bytes(data, tmp_path)
    assert [(c.at, c.index, c.raw_name, c.digest) for c in children(parts)] == [
        (Member(0), 0, b"a.txt", digest_of(b"one")),
        (Member(2), 2, b"../../etc/passwd", digest_of(b"two")),
    ]
    assert (reading.announced, reading.emitted, reading.failed) == (2, 2, 0)
    assert dict(children(parts)[0].stated)["local time"] == "2018-05-23T10:30:00"


def test_equal_names_stay_apart(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = samples.zipped(("a", b"one"), ("a", b"two"))
    _, parts, _ = read_bytes(data, tmp_path)
    assert [child.index for child in children(parts)] == [0, 1]
    assert children(parts)[0].digest != children(parts)[1].digest


def test_names_in_an_old_encoding_keep_their_bytes(tmp_path: Path) -> None:
    names = ["在押人员名单.xls", "请核对人员信息.xls"]
    ascii_names = ["x" * len(name.encode("gb18030")) for name in names]
    data = samples.zipped(*((name[:-1] + str(n), b"1") for n, name in enumerate(ascii_names)))
    for n, name in enumerate(names):
        data = data.replace((ascii_names[n][:-1] + str(n)).encode(), name.encode("gb18030"))
    _, parts, _ = read_bytes(data, tmp_path)
    assert [child.name for child in children(parts)] == names
    assert [child.raw_name for child in children(parts)] == [n.encode("gb18030") for n in names]


def _local_name_and_size_changed() -> bytes:
    data = samples.zipped(("aaaa", b"one"), method=zipfile.ZIP_STORED)
    return data.replace(b"aaaa", b"bbbb", 1).replace(struct.pack("<I", 3), struct.pack("<I", 4), 1)


def _content_changed() -> bytes:
    stored = samples.zipped(("a", b"oneone"), method=zipfile.ZIP_STORED)
    return stored.replace(b"oneone", b"onetwo")


def _overlapping() -> bytes:
    """Two central headers for one local header: how one stretch is unpacked many times."""
    data = samples.zipped(("a", b"one"))
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    header = data[start:end]
    closing = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2, 2, 2 * len(header), start, 0)
    return data[:start] + header * 2 + closing


def _method_unknown() -> bytes:
    data = samples.zipped(("a", b"one"))
    return data.replace(struct.pack("<HHH", 20, 0, 8), struct.pack("<HHH", 20, 0, 99))


REJECTED = {
    "headers-disagree": _local_name_and_size_changed,
    "members-overlap": _overlapping,
    "unknown-method": _method_unknown,
}


@pytest.mark.parametrize("code", REJECTED)
def test_what_contradicts_itself_is_rejected_not_guessed(tmp_path: Path, code: str) -> None:
    reading, parts, scratch = read_bytes(REJECTED[code](), tmp_path)
    assert code in codes(parts)
    assert children(parts) == []
    assert list(scratch.iterdir()) == []
    assert reading.state is State.UNREADABLE
    assert reading.announced == reading.failed > 0


def test_an_entry_of_two_names_comes_out_and_both_are_said(tmp_path: Path) -> None:
    data = samples.zipped(("list.txt", b"one")).replace(b"list.txt", b"tool.exe", 1)
    reading, parts, _ = read_bytes(data, tmp_path)
    (child,) = children(parts)
    assert (child.name, dict(child.stated)["local name"]) == ("list.txt", "tool.exe")
    assert (codes(parts), reading.state) == (["names-disagree"], State.READ)


def test_a_damaged_entry_comes_out_as_far_as_it_goes(tmp_path: Path) -> None:
    written = b"".join(b"%d, a line\n" % n for n in range(9_000))
    data = samples.zipped(("a", written), ("b", b"two"))
    at = len(data) // 2
    cases = {
        "flipped": data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :],
        "cut": data[:at],
        "another checksum": _content_changed(),
    }
    for sort, case in cases.items():
        reading, parts, scratch = read_bytes(case, tmp_path)
        child = children(parts)[0]
        assert "damaged" in dict(child.stated), sort
        assert {"crc-mismatch", "size-mismatch", "member-damaged"} & set(codes(parts)), sort
        assert reading.announced == reading.emitted, sort
        if sort == "cut":
            kept = (scratch / child.digest.hex).read_bytes()
            assert written.startswith(kept)
            assert len(kept) > 0.4 * len(written)


def test_of_two_zips_of_one_length_the_last_is_the_archive(tmp_path: Path) -> None:
    one, two = samples.zipped(("one", b"111")), samples.zipped(("two", b"222"))
    assert len(one) == len(two)
    _, parts, _ = read_bytes(one + two, tmp_path)
    assert [child.name for child in children(parts)] == ["two", "one"]
    assert codes(parts) == ["leading-bytes", "unlisted-entries"]


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, bz2.compress, lzma.compress])
def test_a_packed_stream_that_breaks_off_gives_its_beginning(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    written = random.Random(1).randbytes(1_300_000)
    packed = pack(written)
    reading, parts, scratch = read_bytes(packed[: len(packed) * 9 // 10], tmp_path)
    (child,) = children(parts)
    kept = (scratch / child.digest.hex).read_bytes()
    assert written.startswith(kept)
    assert len(kept) > 0.6 * len(written)
    assert (codes(parts), reading.emitted, reading.failed) == (["member-damaged"], 1, 0)


def test_a_wrong_checksum_costs_no_byte_of_a_gzip(tmp_path: Path) -> None:
    data = gzip.compress(b"line\n" * 9_000)
    wrong = data[:-8] + bytes([data[-8] ^ 0xFF]) + data[-7:]
    _, parts, scratch = read_bytes(wrong, tmp_path)
    (child,) = children(parts)
    assert (scratch / child.digest.hex).read_bytes() == b"line\n" * 9_000
    assert codes(parts) == ["member-damaged"]


def test_a_bomb_is_known_by_what_comes_out(tmp_path: Path) -> None:
    data = samples.zipped(("bomb", bytes(40 << 20)), ("fine", b"one"))
    limits = Limits(ratio=100, ratio_from_bytes=1 << 20)
    reading, parts, scratch = read_bytes(data, tmp_path, limits)
    assert codes(parts) == ["ratio-limit"]
    assert [child.raw_name for child in children(parts)] == [b"fine"]
    assert (reading.announced, reading.emitted, reading.failed) == (2, 1, 1)
    assert len(list(scratch.iterdir())) == 1


def test_too_many_children_refuse_the_archive(tmp_path: Path) -> None:
    data = samples.zipped(*((str(n), b"x") for n in range(5)))
    reading, parts, _ = read_bytes(data, tmp_path, Limits(children=3))
    assert reading.state is State.REFUSED
    assert (len(children(parts)), reading.failed) == (3, 2)


def test_an_encrypted_zip_is_locked(tmp_path: Path) -> None:
    data = samples.zipped(("a", b"one"))
    for header in (b"PK\x03\x04\x14\x00", b"PK\x01\x02\x14\x03\x14\x00"):
        data = data.replace(header + b"\0\0", header + b"\x01\0")
    reading, parts, _ = read_bytes(data, tmp_path)
    assert reading.state is State.LOCKED
    assert codes(parts) == ["member-locked"]


def test_a_zip_that_lost_its_directory_gives_what_its_entries_say(tmp_path: Path) -> None:
    data = samples.zipped(("a", b"one"), ("b", bytes(9_000)), ("c", b"three"))
    cut = data[: data.index(b"PK\x03\x04", data.index(b"c") - 40) + 20]
    for lost in (data[:-10], data[: data.index(b"PK\x01\x02")], cut):
        reading, parts, _ = read_bytes(lost, tmp_path)
        assert codes(parts)[0] == "directory-missing"
        assert [child.raw_name for child in children(parts)][:2] == [b"a", b"b"]
        assert reading.state is State.READ


def test_entries_of_unknown_length_are_followed_to_their_end(tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        """What zipfile takes for a pipe: lengths come behind the bytes."""

        def __init__(self) -> None:
            self.written = b""

        def writable(self) -> bool:
            return True

        def write(self, piece: object) -> int:
            self.written += bytes(piece)  # type: ignore[call-overload]
            return len(piece)  # type: ignore[arg-type]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"one" * 500)
        archive.writestr("b", b"two")
    lost = pipe.written[: pipe.written.index(b"PK\x01\x02")]
    _, parts, _ = read_bytes(lost, tmp_path)
    assert [child.digest for child in children(parts)] == [
        digest_of(b"one" * 500),
        digest_of(b"two"),
    ]


def test_what_holds_no_entry_at_all_is_unreadable(tmp_path: Path) -> None:
    reading, _, _ = read_bytes(b"PK\x03\x04" + bytes(9), tmp_path)
    assert reading.state is State.UNREADABLE


def test_bytes_before_the_archive_are_said(tmp_path: Path) -> None:
    data = samples.zipped(("a", b"one"))
    _, parts, _ = read_bytes(data + b"trailing", tmp_path)
    assert codes(parts) == ["trailing-bytes"]
    assert len(children(parts)) == 1


def test_a_zip64_directory_is_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, archive.open("a", "w", force_zip64=True) as one:
        one.write(b"one")
    _, parts, _ = read_bytes(buffer.getvalue(), tmp_path)
    assert [child.digest for child in children(parts)] == [digest_of(b"one")]


def test_links_in_a_tar_are_stated_and_not_made(tmp_path: Path) -> None:
    reading, parts, scratch = read_bytes(samples.tarred(("a", b"one")), tmp_path)
    assert (reading.announced, reading.emitted) == (1, 1)
    assert kinds(parts, Metadata) == [Metadata(Member(1), "link", "link -> /etc/passwd")]
    assert len(list(scratch.iterdir())) == 1


def test_a_tar_cut_in_a_member_keeps_the_others(tmp_path: Path) -> None:
    data = samples.tarred(("a", b"one"), ("b", bytes(5000)))
    reading, parts, _ = read_bytes(data[:3000], tmp_path)
    assert [(child.raw_name, child.size) for child in children(parts)] == [(b"a", 3), (b"b", 1464)]
    assert (reading.state, codes(parts)) == (State.READ, ["member-cut"])


def test_a_compressed_stream_has_one_child_with_its_stored_name(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(samples.gzipped(b"1,2\n"), tmp_path)
    (child,) = children(parts)
    assert (child.relation, child.raw_name) == (Relation.DECOMPRESSED, b"list.csv")
    assert child.digest == digest_of(b"1,2\n")
    assert (reading.announced, reading.emitted) == (1, 1)


def test_a_tar_in_a_gzip_is_found_a_level_down(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("empty"))
    _, parts, scratch = read_bytes(buffer.getvalue(), tmp_path)
    (child,) = children(parts)
    inner, _, _ = read_bytes((scratch / child.digest.hex).read_bytes(), tmp_path)
    assert inner.media_type == "application/x-tar"
