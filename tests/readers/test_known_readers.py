"""Asking one pattern first finds what asking every reader and every entry of a table finds."""

import re
from itertools import chain, product

import pytest

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
    # whole beginnings of what is told by more than one piece
    b"<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'",
    "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'".encode("utf-16"),
    b"From a@b Mon Jan  1 10:10:10 2020\nFrom: a\nTo: b\nSubject: c\n\n",
    b"57\nFrom: a@b\nTo: c@d\nSubject: e\n\n",
    *(
        b"\xcf\xad\x12\xfe\xc5\xfd\x74\x6f",
        b"\x78\x9f\x3e\x22",
        b"\x76\xe8\x04\x60\xc4\x11\xe3\x86",
    ),
    bytes.fromhex("301d06092a864886f70d010701"),  # a message in DER, a certificate, a key
    bytes.fromhex("3012300c0500050005000500050005000500" + "0500"),
    bytes.fromhex("300d020100300506032b65700401") + b"7",
    bytes.fromhex("4c0000000114020000000000c000000000000046"),
    bytes.fromhex("000000000000000000000000c2ea8160b31411cfbd92080009c7318c181f1011"),
    b"\x03\x14\1\1"
    + bytes(4)
    + b"\x41\0\2\0"
    + bytes(20)
    + b"A".ljust(11, b"\0")
    + b"C\0\0\0\0\1".ljust(20, b"\0")
    + b"\r\0\0",
    *(b"\x47" + bytes(187), b"P6 1 1 ", b"..-lh5-", b"RIFF....WAVE", b"....ftypqt  ", b"\xff\xfb"),
)
_BEFORE = (b"", b" ", b"\t\r\n", b"\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\0", b"a" * 456, b"x")
HEADS = [b"".join(each) for each in product(_BEFORE, _PIECES, (b"", *_PIECES))]
_READERS_KNOWN = known(READERS)


def asked_one_by_one(head: bytes) -> str | None:
    for reader in _RECOGNISING:
        if reader.recognises is not None and reader.recognises(head):
            return reader.media_types[0]
    return None


def test_the_first_reader_that_knows_its_own_is_found() -> None:
    for head in HEADS:
        assert _READERS_KNOWN.recognised(head) == asked_one_by_one(head), head


@pytest.mark.parametrize("reader", _RECOGNISING, ids=lambda reader: reader.name)
def test_what_a_reader_recognises_begins_as_it_says(reader: Reader) -> None:
    begins = re.compile(reader.begins, re.DOTALL)
    own = [head for head in HEADS if reader.recognises is not None and reader.recognises(head)]
    assert len(own) > 0
    assert [head for head in own if begins.match(head) is None] == []


def test_no_table_and_nothing_beside_it_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    heads = [*HEADS, *(bytes(at) + start for at, start, _ in _ENTRIES)]
    quickly = [_by_tables(head) for head in heads]
    monkeypatch.setattr(Starts, "may_say", lambda _self, _head: True)
    assert quickly == [_by_tables(head) for head in heads]


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
