"""Zips whose directory says wrongly where things lie: what the headers prove is given, and told."""

import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.core import Child, Member, Part, Problem, State, digest_of
from muniment.readers import open_source
from muniment.readers.zip_directory import read_directory
from muniment.readers.zip_sited import sited
from tests.readers import samples
from tests.readers.contract import codes, read_bytes
from tests.readers.trove import trove

CONTENTS = ((b"a", b"one" * 9), (b"b", b"two" * 200), (b"c", b"three" * 70))


def _local(name: bytes, data: bytes, *, method: int = 0, described: bool = False) -> bytes:
    packed = data if method == 0 else _deflated(data)
    sizes = (zlib.crc32(data), len(packed), len(data))
    head = (0, 0, 0) if described else sizes
    flags = 8 if described else 0
    start = struct.pack("<4s5H3I2H", b"PK\3\4", 20, flags, method, 0, 0x4CB7, *head, len(name), 0)
    behind = struct.pack("<4s3I", b"PK\7\b", *sizes) if described else b""
    return start + name + packed + behind


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _central(  # noqa: PLR0913 - a header has that many fields
    name: bytes, data: bytes, offset: int, *, method: int = 0, described: bool = False,
    sizes: tuple[int, int, int] | None = None,
) -> bytes:  # fmt: skip
    packed = data if method == 0 else _deflated(data)
    stated = sizes or (zlib.crc32(data), len(packed), len(data))
    flags = 8 if described else 0
    return (
        struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 20, 20, flags, method, 0, 0x4CB7, *stated, len(name),
            0, 0, 0, 0, 0, offset,
        )
        + name
    )  # fmt: skip


def _archive(
    locals_: list[bytes], centrals: list[bytes], *, shift: int = 0, announced: int | None = None
) -> bytes:
    before, directory = b"".join(locals_), b"".join(centrals)
    count = len(centrals) if announced is None else announced
    end = struct.pack(
        "<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(directory), len(before) - shift, 0
    )
    return before + directory + end


def _offsets(locals_: list[bytes]) -> list[int]:
    return [sum(map(len, locals_[:n])) for n in range(len(locals_))]


def _forgotten_descriptors(method: int) -> bytes:
    """A writer that leaves the descriptors out when it counts."""
    described = [False, True, True]
    locals_ = [
        _local(*item, method=method, described=d)
        for item, d in zip(CONTENTS, described, strict=True)
    ]
    offset, centrals = 0, []
    for item, d, local in zip(CONTENTS, described, locals_, strict=True):
        centrals.append(_central(*item, offset, method=method, described=d))
        offset += len(local) - (16 if d else 0)
    return _archive(locals_, centrals, shift=32)


def _offsets_all_wrong() -> bytes:
    locals_ = [_local(*item) for item in CONTENTS]
    return _archive(locals_, [_central(*item, 7) for item in CONTENTS])


def _sizes_wrong(method: int) -> bytes:
    locals_ = [_local(*item, method=method) for item in CONTENTS]
    centrals = [
        _central(*item, at, method=method, sizes=(zlib.crc32(item[1]) ^ 1, 0x7FFFFFF0, 0x7FFFFFF0))
        for item, at in zip(CONTENTS, _offsets(locals_), strict=True)
    ]
    return _archive(locals_, centrals)


def _unlisted() -> bytes:
    locals_ = [_local(*item) for item in CONTENTS]
    centrals = [_central(*item, at) for item, at in zip(CONTENTS, _offsets(locals_), strict=True)]
    return _archive(locals_, centrals[:1], announced=3)


DAMAGED = {
    "descriptors forgotten, stored": _forgotten_descriptors(0),
    "descriptors forgotten, deflated": _forgotten_descriptors(8),
    "every place wrong": _offsets_all_wrong(),
    "sizes wrong, stored": _sizes_wrong(0),
    "sizes wrong, deflated": _sizes_wrong(8),
    "announced and not listed": _unlisted(),
}


def children(parts: list[Part]) -> list[tuple[bytes, object]]:
    return [(part.raw_name, part.digest) for part in parts if isinstance(part, Child)]


@pytest.mark.parametrize("sort", DAMAGED)
def test_every_entry_comes_out_whole_and_what_was_wrong_is_told(sort: str, tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(DAMAGED[sort], tmp_path)
    assert children(parts) == [(name, digest_of(data)) for name, data in CONTENTS]
    assert (reading.announced, reading.emitted, reading.failed) == (3, 3, 0)
    assert reading.state is State.READ
    assert "member-salvaged" in codes(parts)
    assert "leading-bytes" not in codes(parts)


def test_bytes_that_do_stand_before_an_archive_are_still_said(tmp_path: Path) -> None:
    data = b"#!/bin/sh\n" + samples.zipped(("a", b"one"))
    reading, parts, _ = read_bytes(data, tmp_path)
    if reading.reader == "zip":
        assert codes(parts) == ["leading-bytes"]
    assert children(parts) == [(b"a", digest_of(b"one"))]


def test_of_two_headers_that_would_do_none_is_taken(tmp_path: Path) -> None:
    locals_ = [_local(b"a", b"one"), _local(b"a", b"one")]
    _, parts, _ = read_bytes(_archive(locals_, [_central(b"a", b"one", 7)]), tmp_path)
    assert children(parts) == []
    assert codes(parts) == ["headers-disagree"]


def test_bytes_without_a_checksum_that_is_theirs_are_not_given(tmp_path: Path) -> None:
    local = _local(b"a", b"one").replace(b"one", b"two")
    wrong = _central(b"a", b"one", 0, sizes=(1, 2, 2))
    _, parts, _ = read_bytes(_archive([local], [wrong]), tmp_path)
    assert children(parts) == []
    assert codes(parts) == ["headers-disagree"]


def test_a_lost_directory_and_a_gap_cost_only_what_lies_in_the_gap(tmp_path: Path) -> None:
    locals_ = [_local(*item, method=8) for item in CONTENTS]
    data = locals_[0] + b"\xff" * 77 + locals_[1] + locals_[2]
    reading, parts, _ = read_bytes(data, tmp_path)
    assert children(parts) == [(name, digest_of(data)) for name, data in CONTENTS]
    assert codes(parts) == ["directory-missing"]
    assert reading.state is State.READ


@settings(max_examples=60, deadline=None)
@given(
    names=st.lists(st.binary(min_size=1, max_size=4), min_size=1, max_size=5),
    method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
)
def test_a_sound_zip_is_left_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, names: list[bytes], method: int
) -> None:
    locals_ = [_local(name, name * 30, method=method) for name in names]
    centrals = [
        _central(name, name * 30, at, method=method)
        for name, at in zip(names, _offsets(locals_), strict=True)
    ]
    path = tmp_path_factory.mktemp("zip") / "object"
    path.write_bytes(_archive(locals_, centrals))
    with open_source(str(path)) as source:
        directory = read_directory(source)
        found = sited(source, directory)
    assert found.directory == directory
    assert found.problems == ()


def test_real_zips_with_wrong_places_and_sizes_give_all_their_entries(tmp_path: Path) -> None:
    data = Path(trove("testZip_with_DataDescriptor.zip")).read_bytes()
    reading, parts, _ = read_bytes(data, tmp_path)
    assert (reading.announced, reading.emitted) == (5, 5)
    displaced = [p.at for p in parts if isinstance(p, Problem) and p.code == "member-salvaged"]
    assert displaced == [Member(2), Member(3), Member(4)]
    data = Path(trove("testZIP_corrupted_oom.zip")).read_bytes()
    _, parts, _ = read_bytes(data, tmp_path)
    assert children(parts) == [(b"hello.txt", digest_of(b"Hello World\n"))]
