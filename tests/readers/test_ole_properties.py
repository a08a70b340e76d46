"""Property sets: names as docProps gives them, values in the set's own code page."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Field, Metadata, Problem
from muniment.readers.ole_file import ole_of_bytes
from muniment.readers.ole_properties import DOCUMENT_SUMMARY, SUMMARY, ole_properties, property_set
from tests.readers import ole_samples as ole


def _stated(summary: bytes, document: bytes = b"") -> list[object]:
    tree = {SUMMARY: summary, DOCUMENT_SUMMARY: document}
    return list(ole_properties(ole_of_bytes(ole.compound_file(tree))))


def test_a_chinese_set_is_read_in_its_code_page() -> None:
    values = {1: ole.short(936), 2: ole.string("拘留名单".encode("gbk")), 9: ole.string(b"7")}
    assert _stated(ole.property_set((ole.SUMMARY_SET, values))) == [
        Metadata(Field("title"), "title", "拘留名单"),
        Metadata(Field("revision"), "revision", "7"),
    ]


def test_times_are_utc_and_editing_time_is_minutes() -> None:
    values = {10: ole.file_time(1_800_000_000), 12: ole.file_time(131_715_630_000_000_000)}
    found = property_set(ole.property_set((ole.SUMMARY_SET, values)))
    assert [(p.name, p.written) for p in found] == [
        ("TotalTime", "3"),
        ("created", "2018-05-23T15:30:00Z"),
    ]


def test_custom_properties_have_the_names_of_the_dictionary() -> None:
    dictionary = struct.pack("<III", 1, 2, 5) + b"Case\0"
    custom = {0: dictionary, 1: ole.short(1252), 2: ole.string(b"12/b")}
    data = ole.property_set((ole.DOCUMENT_SET, {15: ole.string(b"Works")}), (ole.USER_SET, custom))
    assert [(p.name, p.written) for p in property_set(data)] == [
        ("Company", "Works"),
        ("Case", "12/b"),
    ]


def test_a_vector_gives_its_entries() -> None:
    titles = (
        struct.pack("<II", 0x101E, 2) + struct.pack("<I", 3) + b"a b" + struct.pack("<I", 1) + b"c"
    )
    data = ole.property_set((ole.DOCUMENT_SET, {13: titles}))
    assert [p.written for p in property_set(data)] == ["a b", "c"]


@pytest.mark.parametrize("cut", range(28, 120, 4))
def test_a_set_that_breaks_off_is_trouble_and_no_crash(cut: int) -> None:
    whole = ole.property_set((ole.SUMMARY_SET, {2: ole.string(b"title"), 4: ole.string(b"a" * 60)}))
    parts = _stated(whole[:cut])
    assert all(isinstance(part, Metadata | Problem) for part in parts)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_raise_nothing_but_what_is_said(data: bytes) -> None:
    for start in (b"", struct.pack("<HHI16sI", 0xFFFE, 0, 2, b"", 1)):
        try:
            list(property_set(start + data))
        except (struct.error, ValueError, OverflowError):
            continue
