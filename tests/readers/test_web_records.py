"""WARC and ARC: what was fetched comes out as the browser got it."""

import gzip
import zlib
from pathlib import Path
from typing import ClassVar

import pytest

from muniment.core import Child, Member, Metadata, Part, digest_of
from muniment.readers.web_records import WEB_RECORDS
from tests.readers.contract import ReaderContract, codes, kinds, read_bytes

PAGE = b"<html><body>A list was kept.</body></html>"


def record(kind: str, block: bytes, uri: str = "http://example.org/a") -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\n"
    head += f"WARC-Date: 2018-05-23T10:30:00Z\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def http(body: bytes, *headers: str) -> bytes:
    head = "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/html", *headers))
    return head.encode() + b"\r\n\r\n" + body


def chunked(body: bytes, step: int = 10) -> bytes:
    pieces = [body[at : at + step] for at in range(0, len(body), step)]
    return b"".join(b"%x\r\n" % len(p) + p + b"\r\n" for p in pieces) + b"0\r\n\r\n"


WARC = record("warcinfo", b"software: none\r\n", "") + record("response", http(PAGE))
ARC = (
    b"filedesc://made.arc 0.0.0.0 20180523103000 text/plain 9\n1 0 None\n\n"
    b"http://example.org/a 192.0.2.1 20180523103000 text/html %d\n" % len(http(PAGE))
) + http(PAGE)


class TestWebRecords(ReaderContract):
    reader = WEB_RECORDS
    samples: ClassVar = {"warc": WARC, "arc": ARC}


def children(parts: list[Part]) -> list[Child]:
    return [part for part in parts if isinstance(part, Child)]


BODIES = {
    "as it is": http(PAGE),
    "in chunks": http(chunked(PAGE), "Transfer-Encoding: chunked"),
    "in gzip": http(gzip.compress(PAGE), "Content-Encoding: gzip"),
    "in zlib": http(zlib.compress(PAGE), "Content-Encoding: deflate"),
    "in gzip in chunks": http(
        chunked(gzip.compress(PAGE)), "Content-Encoding: gzip", "Transfer-Encoding: chunked"
    ),
    "said to be chunked and not": http(PAGE, "Transfer-Encoding: chunked"),
    "said to be packed and not": http(PAGE, "Content-Encoding: gzip"),
    "without headers": PAGE,
}


@pytest.mark.parametrize("sort", BODIES)
def test_a_body_comes_out_as_it_was_shown(tmp_path: Path, sort: str) -> None:
    reading, parts, _ = read_bytes(record("response", BODIES[sort]), tmp_path)
    (child,) = children(parts)
    assert (child.at, child.digest) == (Member(0), digest_of(PAGE))
    assert child.raw_name == b"http://example.org/a"
    assert dict(child.stated)["WARC-Date"] == "2018-05-23T10:30:00Z"
    assert (reading.announced, reading.emitted) == (1, 1)


def test_records_without_a_file_are_stated(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(WARC, tmp_path)
    assert kinds(parts, Metadata) == [Metadata(Member(0), "warcinfo", "")]
    assert [child.at for child in children(parts)] == [Member(1)]


def test_an_arc_gives_its_files(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(ARC, tmp_path)
    assert [(child.at, child.digest) for child in children(parts)] == [(Member(1), digest_of(PAGE))]


def test_a_record_that_runs_past_the_end_is_told_and_others_are_found(tmp_path: Path) -> None:
    long = record("response", PAGE).replace(b"Length: 4", b"Length: 9994")
    reading, parts, _ = read_bytes(long + record("resource", PAGE), tmp_path)
    assert codes(parts) == ["member-damaged"]
    assert [child.digest for child in children(parts)] == [digest_of(PAGE)]
    assert (reading.announced, reading.failed) == (2, 1)
