import io
import os
import struct
import zipfile

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.simulate.compound import compound_file
from muniment.simulate.streams import stream
from muniment.simulate.zips import entry, zip_bytes
from tests.simulate.conftest import Leak

ODD = "11 异常"


def test_the_bomb_is_tiny_and_unpacks_to_a_hundred_mebibytes(leak: Leak) -> None:
    outer = leak.path(f"{ODD}/年度报表.zip")
    assert outer.stat().st_size < 1000
    with zipfile.ZipFile(outer) as opened, zipfile.ZipFile(opened.open("bomb.zip")) as inner:
        assert sum(entry.file_size for entry in inner.infolist()) == 100 << 20


def test_the_overlapping_entries_point_at_the_same_bytes(leak: Leak) -> None:
    data = leak.path(f"{ODD}/重叠.zip").read_bytes()
    offsets = [
        struct.unpack_from("<L", data, at + 42)[0]
        for at in range(len(data))
        if data[at : at + 4] == b"PK\x01\x02"
    ]
    assert offsets == [0] * 40


def test_the_entities_would_grow_tenfold_at_each_step(leak: Leak) -> None:
    with zipfile.ZipFile(leak.path(f"{ODD}/通知（打不开）.docx")) as opened:
        xml = opened.read("word/document.xml").decode()
    assert xml.count("<!ENTITY") == 10
    assert xml.count("&l0;") == 10


def test_names_are_bytes_that_no_encoding_explains(leak: Leak) -> None:
    names = os.listdir(os.fsencode(leak.path(f"{ODD}/文件名")))
    assert b"\xff\xfe\x80.txt" in names
    assert b"line\nfeed.txt" in names
    assert "不是UTF8.txt".encode("gbk") in names
    assert max(map(len, names)) == 238


def test_members_of_one_name_differ_in_content(leak: Leak) -> None:
    with zipfile.ZipFile(leak.path("08 压缩/同名.zip")) as opened:
        first, second = opened.infolist()
        assert first.filename == second.filename
        assert opened.read(first) != opened.read(second)


def test_names_from_the_old_system_are_not_flagged_as_utf_8(leak: Leak) -> None:
    with zipfile.ZipFile(leak.path("08 压缩/旧系统.zip"), metadata_encoding="gbk") as opened:
        assert opened.namelist() == ["名单说明.txt", "通知.docx"]
        assert all(not entry.flag_bits & 0x800 for entry in opened.infolist())


def test_member_names_try_to_leave_the_folder(leak: Leak) -> None:
    with zipfile.ZipFile(leak.path("08 压缩/路径.zip")) as opened:
        assert opened.namelist() == ["../../outside.txt", "/etc/absolute.txt"]


def test_the_member_with_the_wrong_sum_is_refused_and_the_other_read(leak: Leak) -> None:
    with zipfile.ZipFile(leak.path("10 损坏/校验错误.zip")) as opened:
        with pytest.raises(zipfile.BadZipFile, match="CRC"):
            opened.read("altered.txt")
        assert opened.read("whole.txt") == b"this member is whole\n"


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8"), min_size=1), st.binary())))
def test_any_files_come_out_of_a_zip_as_they_went_in(files: list[tuple[str, bytes]]) -> None:
    usable = [(name.replace("\0", "0"), data) for name, data in files]
    data = zip_bytes([entry(name, content) for name, content in usable])
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert [opened.read(found) for found in opened.infolist()] == [d for _, d in usable]
        assert [found.orig_filename for found in opened.infolist()] == [n for n, _ in usable]


names = st.text("abcdefghXYZ", min_size=1, max_size=20)


@given(st.dictionaries(names, st.binary(max_size=9000), min_size=1, max_size=9))
def test_any_streams_come_out_of_a_compound_file_as_they_went_in(
    streams: dict[str, bytes],
) -> None:
    unique = {name.upper(): content for name, content in streams.items()}
    opened = olefile.OleFileIO(
        io.BytesIO(compound_file({"inner": dict(unique), **unique})),
        raise_defects=olefile.DEFECT_INCORRECT,
    )
    for name, content in unique.items():
        assert opened.openstream(name).read() == content
        assert opened.openstream(["inner", name]).read() == content
    opened.close()


def test_streams_of_different_subjects_differ_and_of_one_agree() -> None:
    # fields are length-prefixed: ("ab", "c") and ("a", "bc") are two subjects
    first = stream(7, "ab", "c").random()
    assert first == stream(7, "ab", "c").random()
    assert first != stream(7, "a", "bc").random()
    assert first != stream(8, "ab", "c").random()


def test_the_first_numbers_of_a_stream_are_pinned() -> None:
    rng = stream(7, "people")
    assert [rng.randrange(1000) for _ in range(4)] == [396, 919, 627, 445]
