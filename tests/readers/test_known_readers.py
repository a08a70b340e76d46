"""Asking one pattern first finds what asking every reader and every entry of a table finds."""

import re
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import UsageError
from muniment.readers import READERS, Reader, media_signatures, rare_signatures, signatures
from muniment.readers.known_readers import KnownReaders, known
from muniment.readers.signatures import by_signature
from muniment.readers.starts import Starts

_RECOGNISING = [reader for reader in READERS if reader.recognises is not None]
_TABLES = (signatures._TABLE, media_signatures._TABLE, rare_signatures._TABLE)
_ENTRIES = list(chain.from_iterable(table._entries for table in _TABLES))
# What formats begin with, or are told by a little further on.
_PIECES = (
    *(b"\xef\xbb\xbf", b" ", b"\t", b"\r\n", b"\n", b"\0", b"<", b"<?xml ", b"<plist", b"0\x82"),
    *(b"gnumeric.org/v", b"Workbook", b"urn:schemas-microsoft-com:office:spreadsheet", b"x\x9c"),
    *(b"BEGIN:VCARD\r\n", b"begin:vevent\n", b"opendocument.spreadsheet", b"<office:document "),
    *(b"opendocument:xmlns:office:1.0", b"http://schemas.microsoft.com/office/2006/xmlPackage"),
    *(b"SPSSPORT", b"From: a\n", b"Subject: b\n", b"To: c\n", b">From d\n", b"12 \n"),
    *(b"From a Mon Jan  1 10:10:10 2020\n", b"\1\1\1\1\n", b"-----BEGIN PGP MESSAGE-----"),
    *(b"-----BEGIN CERTIFICATE-----", b"{\\rtf1", b"bplist00", b"WebMainResource", b"\x99\x01"),
    *(b"adobe:ns:meta/", b"TABLE\r\n0,1\r\n", b"ID;P\n", b"\nC;", b"\x09\x08\x10\0\0\6\5\0"),
    *(b"(This file must be converted with BinHex", b"\n:", b"\0\5\x16\7\0\2\0\0", b"\x73\1\1\0\0"),
    *(b"\x10" * 7 + b"\x11" * 6 + b"S\n", b"\0\1\0\0Standard Jet DB\0", bytes(12), b"$FL2"),
    *(b"<x:xmpmeta", b'{"muniment-mapi-record":1,', b"HEADER RECORD*******LIB", b"<stata_dta>"),
    *(b"\x47" + bytes(187), b"P6 1 1 ", b"..-lh5-", b"RIFF....WAVE", b"....ftypqt  ", b"\xff\xfb"),
)
_starts = st.sampled_from(_ENTRIES).map(lambda entry: bytes(entry[0]) + entry[1])
_piece = st.one_of(st.sampled_from(_PIECES), _starts, st.binary(max_size=6))
_heads = st.lists(_piece, max_size=6).map(b"".join)
_padded = st.tuples(_heads, st.sampled_from((0, 0, 150, 456, 600))).map(
    lambda pair: pair[0] + b"a" * pair[1] + pair[0]
)
_READERS_KNOWN = known(READERS)


def asked_one_by_one(head: bytes) -> str | None:
    for reader in _RECOGNISING:
        if reader.recognises is not None and reader.recognises(head):
            return reader.media_types[0]
    return None


@given(_padded)
def test_the_first_reader_that_knows_its_own_is_found(head: bytes) -> None:
    assert _READERS_KNOWN.recognised(head) == asked_one_by_one(head)


@given(_padded)
def test_what_a_reader_recognises_begins_as_it_says(head: bytes) -> None:
    for reader in _RECOGNISING:
        if reader.recognises is not None and reader.recognises(head):
            assert re.compile(reader.begins, re.DOTALL).match(head), reader.name


@given(_padded)
def test_no_table_and_nothing_beside_it_is_left_out(head: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        quickly = _by_tables(head)
        patch.setattr(Starts, "may_say", lambda _self, _head: True)
        assert quickly == _by_tables(head)


def _by_tables(head: bytes) -> tuple[str | None, ...]:
    return (
        by_signature(head),
        media_signatures.media_by_signature(head),
        rare_signatures.by_rare_signature(head, len(head)),
    )


def test_every_type_leads_to_the_first_reader_that_reads_it() -> None:
    for media_type in {each for reader in READERS for each in reader.media_types}:
        first = next(reader for reader in READERS if media_type in reader.media_types)
        assert _READERS_KNOWN.of(media_type) is first
    assert _READERS_KNOWN.of("application/of-no-reader") is None


def test_the_same_readers_are_put_in_order_once() -> None:
    assert known(READERS) is known(READERS)
    others = tuple(READERS[:3])
    assert known(others) is not known(READERS)


def test_a_pattern_with_a_group_is_refused() -> None:
    made = Reader("a", 1, ("a/b",), lambda _source, _context: iter(()), lambda _head: True, b"(a)")
    with pytest.raises(UsageError):
        KnownReaders((made,))
