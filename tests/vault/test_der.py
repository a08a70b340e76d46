"""DER is written in one way and read in that way only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.vault.der import (
    OCTETS,
    SEQUENCE,
    encode,
    encode_integer,
    encode_oid,
    read,
    read_integer,
)


@given(st.binary(max_size=300), st.binary(max_size=5))
def test_what_was_written_is_read_back(content: bytes, rest: bytes) -> None:
    assert read(encode(OCTETS, content) + rest, OCTETS) == (content, rest)


@given(st.integers(0, 2**200), st.binary(max_size=5))
def test_a_number_is_read_back(number: int, rest: bytes) -> None:
    assert read_integer(encode_integer(number) + rest) == (number, rest)


@given(st.binary(max_size=40))
def test_arbitrary_bytes_raise_nothing_else(data: bytes) -> None:
    for tag in (OCTETS, SEQUENCE):
        try:
            content, rest = read(data, tag)
        except ValueError:
            continue
        assert encode(tag, content) + rest == data


def test_numbers_and_names_are_written_as_x690_says() -> None:
    written = {0: "020100", 127: "02017f", 128: "02020080", 256: "02020100"}
    assert {number: encode_integer(number).hex() for number in written} == written
    assert encode_oid("1.2.840.113549").hex() == "06062a864886f70d"  # X.690 §8.19.5, RSADSI
    assert encode(OCTETS, bytes(200))[:3].hex() == "0481c8"
    assert encode(OCTETS, bytes(300))[:4].hex() == "0482012c"
    assert read_integer(bytes.fromhex("020180")) == (-128, b"")
    assert read_integer(bytes.fromhex("0201ff")) == (-1, b"")


BAD = {
    "another tag": "0401ff",
    "a number in too many bytes": "02020001",
    "a negative number in too many bytes": "0202ff80",
    "an empty number": "0200",
    "a length in too many bytes": "02810101",
    "a length that begins with zero": "0282000101",
    "a length without end": "0280010000",
    "a huge length": "0285ffffffffff",
    "cut off": "020201",
    "a tag of more bytes": "1f0101",
    "nothing": "",
}


@pytest.mark.parametrize("what", BAD)
def test_anything_else_is_refused(what: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 each has its own message
        read_integer(bytes.fromhex(BAD[what]))
